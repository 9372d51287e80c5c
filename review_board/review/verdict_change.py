"""A decision of a review as a change of its prospect, made when it is committed."""

from review_board.board.board import Board, Change
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stamp import Stamp
from review_board.review.verdicts import Circumstances, Decision, rule


def verdict_change(
    board: Board, decision: Decision, made: Recommendation, circumstances: Circumstances
) -> Change:
    """The change that puts the verdict on record."""
    today, settings = board.today, board.settings

    def change(prospect: Prospect, stamp: Stamp) -> Prospect:
        return rule(
            prospect, decision, made, today, stamp, settings=settings, circumstances=circumstances
        )

    return change
