"""What a user can do to saved changes: take back all or one of many, decide on those missing on disk."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, tzinfo
from enum import Enum
from string import ascii_letters, digits
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from review_board.board.board import Board
from review_board.store.protocol import SESSIONS, Commit
from review_board.tui.app_protocol import BoardApp
from review_board.tui.dialogs.choices import lettered
from review_board.tui.dialogs.dialog import Dialog, Text
from review_board.tui.dialogs.pick import PickDialog
from review_board.tui.show_errors import attempt
from review_board.wording import several

NO_LETTER = "·"


class TakeBackDialog(PickDialog[str]):
    """Asks how much is taken back; gives ``all`` or ``one``. Enter alone takes back nothing."""

    accepts_letter = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('all')", "All", id="take_back.all", tooltip="Take back all of it"),
        Binding("o", "answer('one')", "One", id="take_back.one", tooltip="One of them alone"),
        Binding("n", "take_back", "None", id="take_back.none", tooltip="Change nothing"),
    ]
    hint = "a letter answers · {dialog.cancel:esc} changes nothing"

    def __init__(self, count: int, action: str) -> None:
        labels = ("no: change nothing", f"yes: all {count:,} of them", "one of them alone")
        answers = lettered(("", "all", "one"), "nyo", labels)
        question = f"This takes back {count:,} changes at once: {action}."
        super().__init__("Take back all of it?", answers, "", question=question)

    def action_answer(self, answer: str) -> None:
        """Answer with that much."""
        self.dismiss(answer)


class OneOfThemDialog(PickDialog[str]):
    """Asks which one is taken back alone, by name; gives its id."""

    def __init__(self, names: Mapping[str, str]) -> None:
        letters = (ascii_letters + digits).ljust(len(names), NO_LETTER)[: len(names)]
        options = lettered([*names], letters, [*names.values()])
        super().__init__("Which one is taken back alone?", options)

    def enter_does(self, prospect_id: str) -> str:
        """Say who is taken back."""
        return f"take {self.label(prospect_id)} back alone"


MOST = 8
"""Changes that are named one by one."""


class MissingChoice(Enum):
    """What to do with them."""

    WRITE = "write"
    DROP = "drop"


class MissingDialog(Dialog[MissingChoice]):
    """Asks what becomes of missing changes; gives a ``MissingChoice``. Enter alone answers nothing."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("w", "write", "Write", id="missing.write", tooltip="Write them again"),
        Binding("x", "drop", "Give up", id="missing.drop", tooltip="Give them up for good"),
    ]
    hint = (
        "{missing.write:w} writes them again · {missing.drop:x} gives them up for good · "
        "{dialog.cancel:esc} later"
    )

    def __init__(self, missing: Sequence[Commit], zone: tzinfo) -> None:
        count = len(missing)
        super().__init__(several(count, "change is", "changes are") + " missing")
        self._missing = missing
        self._zone = zone

    def fields(self) -> ComposeResult:
        """Yield what happened, and the changes, the newest first."""
        yield Text(
            "The pipeline's files were cut or replaced. These changes were saved, and you still "
            "see them, but they are no longer on disk:"
        )
        for commit in self._missing[: -MOST - 1 : -1]:
            at = datetime.fromisoformat(commit.at).astimezone(self._zone)
            yield Text(f"  {at:%d %b %H:%M}  {commit.by} {commit.action}")
        if len(self._missing) > MOST:
            yield Text(f"  and {len(self._missing) - MOST:,} before")

    def action_write(self) -> None:
        """Write the changes once more."""
        self.dismiss(MissingChoice.WRITE)

    def action_drop(self) -> None:
        """Give the changes up: the disk is right."""
        self.dismiss(MissingChoice.DROP)


async def take_back_some(
    app: BoardApp, board: Board, commit: Commit, done: Callable[[Commit], None] | None
) -> None:
    """Take back a change of many prospects, or one of them alone, after asking which."""
    names = {d.id: entry.name for d in commit.docs if (entry := board.entry(d.id))}
    count = sum(change.table != SESSIONS for change in commit.docs)
    much = await app.push_screen_wait(TakeBackDialog(count, commit.action))
    only = await app.push_screen_wait(OneOfThemDialog(names)) if much == "one" else None
    if only or much == "all":
        attempt(app, lambda: board.undo_commit(commit.seq, done, only))
        if only:
            app.notify(f"Taken back alone: {names[only]}")


async def decide_missing(app: BoardApp, board: Board, then: Callable[[], object] | None) -> None:
    """Write the changes that are no longer on disk again, or give them up, after asking which."""
    if not board.missing:
        app.notify("Nothing is missing on disk")
        return
    changes = several(len(board.missing), "change")

    def done(words: str) -> None:
        app.notify(f"{words}: {changes}")
        if then:
            then()

    choice = await app.push_screen_wait(MissingDialog(board.missing, board.zone))
    if choice is MissingChoice.WRITE:
        attempt(app, lambda: board.write_again(lambda: done("Written again")))
    elif choice is MissingChoice.DROP:
        attempt(app, lambda: board.drop_missing(lambda: done("Given up")))
