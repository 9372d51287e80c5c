"""What enter agrees to has to be seen first: one key too many, meant for a form, agrees to nothing."""

from datetime import datetime, timedelta

from review_board.pair.controller import PairReview
from review_board.pair.session import Proposal
from review_board.pair.settling import Phase
from review_board.tui.pair import words

LONG_ENOUGH = timedelta(seconds=1.5)
"""How long it must have been on the screen."""


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
