"""The kinds of change that a comparison tells apart; the command line offers them without making one."""

from enum import StrEnum


class ChangeKind(StrEnum):
    """What happened to a prospect; ``title`` and ``meaning`` say it to a reader."""

    CAME_IN = "came-in"
    WOKE = "woke-up"
    CAME_BACK = "came-back"
    MOVED = "moved"
    PUT_OFF = "put-off"
    PURGED = "purged"
    BET_LOST = "dropped-by-bet"
    WON = "won"
    GAINED = "gained-value"
    LOST = "lost-value"
    OWNER = "changed-owner"
    STAGE = "moved-stage"
    RENAMED = "renamed"
    DETAILS = "changed-details"
    LEFT_LIST = "left-the-list"
    BACK_ON_LIST = "back-on-list"
    REMOVED = "removed"

    @property
    def title(self) -> str:  # type: ignore[override]
        """Return ``Came in``, ``Gained value``."""
        return self.value.replace("-", " ").capitalize()

    @property
    def meaning(self) -> str:
        """Return what counts as this."""
        return MEANINGS[self]


MEANINGS = {
    ChangeKind.CAME_IN: "new in the pipeline",
    ChangeKind.WOKE: "taken up again, out of Nurture",
    ChangeKind.CAME_BACK: "out of Dropped, or a sale that was reopened",
    ChangeKind.MOVED: "between Active and Callback-Pending",
    ChangeKind.PUT_OFF: "they said later or moved the day, no reason",
    ChangeKind.PURGED: "let go, to Nurture or Dropped",
    ChangeKind.BET_LOST: "lost bets, dropped as a review began",
    ChangeKind.WON: "they bought",
    ChangeKind.GAINED: "worth more now than then, by this sum",
    ChangeKind.LOST: "worth less now than then, by this sum",
    ChangeKind.OWNER: "given to somebody else",
    ChangeKind.STAGE: "in another stage of the sale",
    ChangeKind.RENAMED: "under another name",
    ChangeKind.DETAILS: "company, people, chance, close date and the like",
    ChangeKind.LEFT_LIST: "no longer in its list: gone:yes finds it",
    ChangeKind.BACK_ON_LIST: "in its list again",
    ChangeKind.REMOVED: "merged with another, or its adding undone",
}
