"""How a change turned the recommendation: what every change is acknowledged with."""

from contextlib import suppress

from review_board.board.board import Board
from review_board.errors import InvalidValueError
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


def turn(before: Recommendation | None, after: Recommendation | None, now: Prospect) -> str:
    """Return ``KEEP → … becomes PURGE → …``, or ``still KEEP → …``; nothing for what was won."""
    if after is None or now.won:
        return ""
    new = headline(after)
    if before is None:
        return new
    old = headline(before)
    return f"still {new}" if old == new else f"{old}  becomes  {new}"


def headline(made: Recommendation) -> str:
    """Return ``PURGE → Dropped serial-deferral (7 ≥ 3)``."""
    return " ".join(made.headline.split())
