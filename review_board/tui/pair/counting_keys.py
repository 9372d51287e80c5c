"""Which keys of a pair review do something now, for this person, and the word for each in the footer.

What enter agrees to has to be seen first: one key too many, meant for a form, agrees to nothing.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta

from review_board.pair.controller import PairReview
from review_board.pair.session import Proposal
from review_board.pair.settling import Phase
from review_board.tui.pair import words

VOTING = ("keep", "callback", "nurture", "drop", "wheel", "follow", "skip", "leave", "help")
DECIDING = {"keep", "callback", "nurture", "drop"}
SPLIT = ("again", "bet", "agree", "speak", "overrule", "note", "timeline", "leave", "help")
SETTLING = {
    Phase.SPLIT: SPLIT,
    Phase.DIFFERENT: ("agree", *VOTING),
    Phase.SETTLED: ("agree", "wheel", "undo", "note", "timeline", "leave", "help"),
    Phase.DECIDED: ("undo", "skip", "back", "note", "timeline", "leave", "help"),
    Phase.OVER: ("agree", "wheel", "undo", "back", "leave", "help"),
}
"""The keys in the footer while a card is voted on, and at each other phase."""


def counting_keys(review: PairReview, sides: Sequence[PairReview]) -> list[str]:
    """Return the names of the keys that do something now; ``sides`` are those of all at this terminal."""
    if words.who_votes_next(review, sides):
        return ["speak", "leave", "help"]
    if review.alone_at is not None:
        return ["follow", "back", "skip", "note", "leave", "help"]
    if not review.is_voter:
        return ["follow", "note", *([] if review.is_blind else ["timeline"]), "leave", "help"]
    idle = _idle(review, is_shared=len(sides) > 1)
    return [name for name in SETTLING.get(review.phase, VOTING) if name not in idle]


def _idle(review: PairReview, *, is_shared: bool) -> set[str]:
    """Return the names of the keys that do nothing for a voter as the card stands."""
    idle = {"wheel"} if review.driver == review.me or is_shared else set[str]()
    if not (review.may_drive or is_shared):
        idle |= {"skip", "back"}
    if review.phase is Phase.DIFFERENT:
        ways = words.other_ways(review) if words.may_propose(review) else ()
        idle |= DECIDING - {name for name, _ in ways}
    if review.turn_to_speak is None or review.proposal:
        idle.add("speak")
    if not words.may_overrule(review):
        idle.add("overrule")
    if review.session:
        idle.add("again" if review.session.card.again else "bet")
    if review.phase is Phase.REVEALING and not review.needs_my_vote:
        idle |= DECIDING
    return idle


def label(name: str, usual: str, review: PairReview, sides: Sequence[PairReview]) -> str:
    """Return the word for what a key does now; ``usual`` where that is the same everywhere."""
    is_alone = review.alone_at is not None
    if name == "agree":
        return words.agree_label(review).partition(" with ")[0]  # with whom stands in the band
    if name == "follow" and is_alone:
        return "Follow"
    if name == "skip" and is_alone:
        return "Next"
    if name == "skip" and review.phase is Phase.DECIDED:
        return "Go on"
    if name == "speak" and (after := words.who_votes_next(review, sides)):
        return f"{after.me} sits here"
    return usual


LONG_ENOUGH = timedelta(seconds=1.5)
"""How long what enter does must have been on the screen."""
EnterOffer = tuple[str | None, int, Proposal | None, str]
"""What enter does now: on which card, at which of its votes, for which proposal, and its word."""


def offer_of(review: PairReview) -> EnterOffer | None:
    """Return what enter settles or ends now; ``None`` where it does neither."""
    session, label = review.session, words.agree_label(review)
    if session is None or not label or review.phase is Phase.SETTLED:
        return None
    return session.current, session.card.turn, review.proposal, label


class SeenOffer:
    """Since when a screen shows what enter does."""

    def __init__(self) -> None:
        self._shown: tuple[EnterOffer | None, datetime] | None = None
        self._is_covered = False

    def cover(self) -> None:
        """Let a dialog stand before it."""
        self._is_covered, self._shown = True, None

    def uncover(self, review: PairReview) -> None:
        """Let it be seen again, as it is now."""
        self._is_covered = False
        self.note(review)

    def note(self, review: PairReview) -> None:
        """Note what was just painted."""
        offer = offer_of(review)
        if not self._is_covered and (self._shown is None or self._shown[0] != offer):
            self._shown = offer, review.board.clock()

    def allows(self, review: PairReview) -> bool:
        """Return whether what enter does now was on the screen for long enough to be read."""
        offer = offer_of(review)
        if offer is None:
            return True
        if self._shown is None or self._shown[0] != offer:
            return False
        return review.board.clock() - self._shown[1] >= LONG_ENOUGH
