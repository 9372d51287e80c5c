"""What the record proves: evidence, rules in order, contact pressure, a recommendation.

This room is pure. It knows the records below it and the settings it is handed; it knows no clock,
no file and no screen. A recommendation is a function of (prospect, today, rules) and nothing else.
"""

from review_board.judgement.closing import ClosingRatio, closing_ratio
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.flips import Flip
from review_board.judgement.narrate import dropped_lines, explain_lines, won_lines
from review_board.judgement.pressure import contact_pressure
from review_board.judgement.recommend import argue, claim, decide, recommend
from review_board.judgement.recommendation import (
    Claim,
    ContactPressure,
    Finding,
    Observation,
    Recommendation,
    as_json,
)
from review_board.judgement.status import status_line

__all__ = [
    "Claim",
    "ClosingRatio",
    "ContactPressure",
    "Evidence",
    "Finding",
    "Flip",
    "Observation",
    "Recommendation",
    "argue",
    "as_json",
    "claim",
    "closing_ratio",
    "contact_pressure",
    "decide",
    "dropped_lines",
    "explain_lines",
    "gather",
    "recommend",
    "status_line",
    "won_lines",
]
