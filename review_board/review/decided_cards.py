"""The cards that a session has decided, and what they come to: the summary, the days that are set."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date

from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.pipeline.prospect import Prospect
from review_board.review import reviewable as standing
from review_board.review.session import Session
from review_board.review.summary import Summary, summarise
from review_board.store.protocol import Document


class DecidedCards:
    """Reads the decided cards of a session; each is built once for each state of its document."""

    def __init__(self, board: Board) -> None:
        self._board = board
        self._models: dict[str, tuple[Document | None, Prospect]] = {}

    def of(self, session: Session) -> Iterator[Prospect]:
        """The prospects that a session has decided, in the queue's order."""
        for prospect_id in session.queue:
            if standing.is_decided(self._board, session, prospect_id):
                try:
                    yield self._model(prospect_id)
                except InvalidValueError:
                    continue

    def summary(self, session: Session) -> Summary:
        """What a session has come to so far."""
        board = self._board
        return summarise(session, self.of(session), board.today, board.settings.minutes)

    def planned(self, session: Session) -> Mapping[date, int]:
        """Return how many steps and first touches of Nurture a session has set for each day."""
        decided = [*self.of(session)]
        steps = [p.next_step.on for p in decided if p.next_step]
        touches = [p.nurture.next_on for p in decided if p.nurture and p.nurture.next_on]
        return Counter(steps + touches)

    def _model(self, prospect_id: str) -> Prospect:
        document = self._board.document(prospect_id)
        kept = self._models.get(prospect_id)
        if kept is None or kept[0] is not document:
            kept = self._models[prospect_id] = (document, self._board.prospect(prospect_id))
        return kept[1]
