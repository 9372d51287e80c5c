"""The sure purges of a review: a line of the list each, as the record stands now."""

from dataclasses import dataclass

from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.judgement import Recommendation
from review_board.judgement.evidence import Evidence
from review_board.pipeline.vocabulary import Verdict
from review_board.review import Decision
from review_board.review.bets import lost_bet
from review_board.review.proposals import proposed_purge


@dataclass(frozen=True, slots=True)
class SurePurge:
    """One line of the list, with the decision that ticking it takes."""

    id: str
    evidence: Evidence
    made: Recommendation
    decision: Decision


def sure_purge(board: Board, prospect_id: str) -> SurePurge | None:
    """The line of a prospect, if it still is to be purged and can be read."""
    try:
        evidence, made = board.evidence(prospect_id), board.recommendation(prospect_id)
    except InvalidValueError:
        return None
    if made.verdict is not Verdict.PURGE and not lost_bet(evidence.prospect, evidence.today):
        return None
    return SurePurge(prospect_id, evidence, made, proposed_purge(evidence, made))
