"""Where prospects come in a queue: told of thousands at a time, with nothing of it kept."""

from datetime import date

from review_board.board.assess import Place
from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.judgement import Evidence, claim, gather
from review_board.pipeline.prospect import Prospect
from review_board.review import due_on, queue_card
from review_board.review.maybe_due import ANY_DAY, not_due_before


class Places:
    """The places of today. Glances that the board has are used; else a record is read on trust."""

    def __init__(self, board: Board) -> None:
        from review_board.pipeline.plain import read_plainly  # a library that only queues need

        self._board = board
        self._today = board.today
        self._settings = board.assessor.settings
        self._closing = board.assessor.closing
        self._known = board.assessor.known_glances(board.today)
        self._read = read_plainly
        self._last: tuple[str, Prospect | None] = ("", None)

    def first_day(self, prospect_id: str) -> date | None:
        """The day before which it is not due; ``None`` when it never will be, as things stand."""
        if known := self._known.get(prospect_id):
            return known.due_on
        plain = self._plain(prospect_id)
        if plain is None:
            return ANY_DAY
        try:
            return not_due_before(plain, self._today, self._settings)
        except ArithmeticError:  # a day out of all range: the model says what is wrong
            return ANY_DAY

    def maybe_due(self, prospect_id: str) -> bool:
        """Whether it can be due today at all: who cannot is not worth judging."""
        day = self.first_day(prospect_id)
        return day is not None and day <= self._today.day

    def place(self, prospect_id: str) -> Place:
        """Its place; one that cannot be read has none."""
        if known := self._known.get(prospect_id):
            return known
        if found := self._place_on_trust(prospect_id):
            return found
        try:
            return _placed(self._board.assessor.evidence(prospect_id, self._today))
        except InvalidValueError as error:
            return Place(spoilt=str(error))

    def _place_on_trust(self, prospect_id: str) -> Place | None:
        plain = self._plain(prospect_id)
        if plain is None:
            return None
        try:
            return _placed(gather(plain, self._today, self._settings, self._closing))
        except ArithmeticError:  # an amount out of all range: the model says what is wrong
            return None

    def _plain(self, prospect_id: str) -> Prospect | None:
        """Its record, read on trust; whoever asks for its day mostly asks for its place next."""
        last, plain = self._last
        if last != prospect_id:
            plain = self._read(self._board.document(prospect_id) or {})
            self._last = (prospect_id, plain)
        return plain


def _placed(evidence: Evidence) -> Place:
    card = queue_card(evidence, claim(evidence, evidence.settings))
    return Place(card=card, due_on=due_on(evidence))
