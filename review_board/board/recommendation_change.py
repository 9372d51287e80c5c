"""How a change turned the recommendation: what every change is acknowledged with."""

from contextlib import suppress

from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.judgement.card_status import advice_with_reason
from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline.prospect import Prospect


def recommended(board: Board, prospect_id: str) -> Recommendation | None:
    """Return the recommendation; ``None`` for a record that cannot be read."""
    with suppress(InvalidValueError):
        return board.recommendation(prospect_id)
    return None


def readable(board: Board, prospect_id: str) -> Evidence | None:
    """Return the evidence; ``None`` for a record that cannot be read."""
    with suppress(InvalidValueError):
        return board.evidence(prospect_id)
    return None


def turn(
    before: Recommendation | None, after: Recommendation | None, was: Prospect, now: Prospect
) -> str:
    """Return ``KEEP in … becomes PURGE to …``, or ``still KEEP in …`` with its reason now; nothing for what was won."""
    if after is None or now.won:
        return ""
    new = advice_with_reason(after.finding, now.column)
    if before is None:
        return new
    if (before.verdict, before.destination) == (after.verdict, after.destination):
        return f"still {new}"
    return f"{advice_with_reason(before.finding, was.column)}  becomes  {new}"
