"""The sure purges of a review: a line of the list each, as the record stands now."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from review_board.board.board import Board
from review_board.board.standing import waits
from review_board.errors import InvalidValueError
from review_board.judgement import Recommendation
from review_board.judgement.evidence import Evidence
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.review import Decision, Mark, Session
from review_board.review.bets import lost_bet
from review_board.review.proposals import proposed_purge


@dataclass(frozen=True, slots=True)
class SurePurge:
    """One line of the list: the decision that is proposed, and what a person did to the line."""

    id: str
    evidence: Evidence
    made: Recommendation
    proposed: Decision
    mark: Mark

    @property
    def ticked(self) -> bool:
        """Whether it goes when the list is passed."""
        return self.mark.ticked

    @property
    def decision(self) -> Decision:
        """What ticking it takes: as proposed, for the reason given if it still is to be dropped."""
        if self.mark.reason is None or self.proposed.destination is not Column.DROPPED:
            return self.proposed
        return replace(self.proposed, reason=self.mark.reason, note=self.mark.note)

    def marked(self, **changed: object) -> "SurePurge":
        """The line ticked, or no longer, or with another reason."""
        return replace(self, mark=self.mark.model_copy(update=changed))


def sure_lines(board: Board, session: Session, ids: Iterable[str]) -> Iterator[SurePurge]:
    """The lines of those that still are sure purges and that the session has not decided."""
    for prospect_id in ids:
        left = session.marks.get(prospect_id)
        if waits(board, session, prospect_id) and (line := _line(board, prospect_id, left)):
            yield line


def _line(board: Board, prospect_id: str, left: Mark | None) -> SurePurge | None:
    """The line of a prospect, if it still is to be purged and can be read.

    The mark that was ``left`` on it counts on its own day: by the next the record may say more.
    """
    try:
        evidence, made = board.evidence(prospect_id), board.recommendation(prospect_id)
    except InvalidValueError:
        return None
    if made.verdict is not Verdict.PURGE and not lost_bet(evidence.prospect, evidence.today):
        return None
    today = evidence.today.day
    mark = left if left and left.on == today else Mark(on=today)
    return SurePurge(prospect_id, evidence, made, proposed_purge(evidence, made), mark)
