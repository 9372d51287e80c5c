"""Where prospects come in a queue: told of thousands at a time, with nothing of it kept."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from review_board.board.assess import Place
from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.judgement import Evidence, claim, gather
from review_board.pipeline.prospect import Prospect
from review_board.review import due_on, queue_card
from review_board.review.maybe_due import ANY_DAY, not_due_before

T = TypeVar("T")
U = TypeVar("U")


class Places:
    """The places of today. Glances that the board has are used; else a record is read on trust."""

    def __init__(self, board: Board) -> None:
        from review_board.pipeline.plain import read_plainly  # a library that only queues need

        self._board = board
        self._today = board.today
        self._settings = board.assessor.settings
        self._read = read_plainly
        self._last: tuple[str, Prospect | None] = ("", None)

    def first_day(self, prospect_id: str) -> date | None:
        """The day before which it is not due; ``None`` when it never will be, as things stand."""
        if known := self._board.assessor.known_glance(prospect_id, self._today):
            return known.due_on
        return self._told(
            prospect_id, lambda plain: not_due_before(plain, self._today, self._settings), ANY_DAY
        )

    def maybe_due(self, prospect_id: str) -> bool:
        """Whether it can be due today at all: who cannot is not worth judging."""
        day = self.first_day(prospect_id)
        return day is not None and day <= self._today.day

    def place(self, prospect_id: str) -> Place:
        """Its place; one that cannot be read has none."""
        assessor = self._board.assessor
        if known := assessor.known_glance(prospect_id, self._today):
            return known
        if found := self._told(prospect_id, lambda plain: _placed(self._gather(plain)), None):
            return found
        try:
            return _placed(assessor.evidence(prospect_id, self._today))
        except InvalidValueError as error:
            return Place(spoilt=str(error))

    def _gather(self, plain: Prospect) -> Evidence:
        return gather(plain, self._today, self._settings, self._board.assessor.closing)

    def _told(self, prospect_id: str, tell: Callable[[Prospect], T], otherwise: U) -> T | U:
        """What its record tells, or what is said ``otherwise``, where that cannot be trusted.

        Whoever asks for its day mostly asks for its place next: the last reading serves for both.
        """
        if self._last[0] != prospect_id:
            self._last = (prospect_id, self._read(self._board.document(prospect_id) or {}))
        plain = self._last[1]
        try:
            return tell(plain) if plain else otherwise
        except ArithmeticError:
            return otherwise  # a day or an amount out of all range: the model says what is wrong


def _placed(evidence: Evidence) -> Place:
    card = queue_card(evidence, claim(evidence, evidence.settings))
    return Place(card=card, due_on=due_on(evidence))
