"""Where prospects come in a queue: told of thousands at a time, with nothing of it kept."""

from datetime import date
from typing import NamedTuple

from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.judgement.due.due_day import due_on
from review_board.judgement.due.prefilter import ANY_DAY, DuePrefilter
from review_board.judgement.due.queue import QueueCard, queue_card
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.recommend import match_rules
from review_board.pipeline.fast_tuple import maker
from review_board.pipeline.prospect import Prospect


class QueuePosition(NamedTuple):
    """Where a prospect comes in a queue, and the day on which it falls due there.

    ``spoilt`` says why the record cannot be read.
    """

    card: QueueCard | None = None
    due_on: date | None = None
    spoilt: str = ""


_new_place = maker(QueuePosition)


class QueuePositions:
    """The places of today. Card summaries that the board has are used; else a record is read on trust."""

    def __init__(self, board: Board) -> None:
        from review_board.pipeline.fast_load import read_plainly  # a library that only queues need

        self._board = board
        self._today, self._day = board.today, board.today.day
        self._settings = board.evaluator.settings
        self._closing = board.evaluator.closing
        self._known = board.evaluator.known_card_summaries(board.today)
        self._read = read_plainly
        self._prefilter = DuePrefilter(board.today, self._settings)

    def first_day(self, prospect_id: str) -> date | None:
        """The day before which it is not due; ``None`` when it never will be, as things stand."""
        if known := self._known.get(prospect_id):
            return known.due_on
        plain = self._plain(prospect_id)
        return self._first_day(plain) if plain else ANY_DAY

    def maybe_due(self, prospect_id: str) -> bool:
        """Whether it can be due today at all."""
        day = self.first_day(prospect_id)
        return day is not None and day <= self._day

    def due(self, prospect_id: str) -> QueuePosition | None:
        """Its place if it is due today, or if that cannot be told: who cannot be is not judged."""
        place = self._known_place(prospect_id) if self._known else None
        if place is None and (plain := self._plain(prospect_id)):
            day = self._first_day(plain)
            if day is None or day > self._day:
                return None
            place = self._placed(plain, day if self._prefilter.is_certain(plain) else None)
        place = place or self._place_of_model(prospect_id)
        is_due = place.due_on is not None and place.due_on <= self._day
        return place if place.spoilt or is_due else None

    def place(self, prospect_id: str) -> QueuePosition:
        """Its place; one that cannot be read has none."""
        if known := self._known_place(prospect_id):
            return known
        plain = self._plain(prospect_id)
        return (self._placed(plain) if plain else None) or self._place_of_model(prospect_id)

    def _known_place(self, prospect_id: str) -> QueuePosition | None:
        card_summary = self._known.get(prospect_id)
        return (
            _new_place((card_summary.card, card_summary.due_on, card_summary.spoilt))
            if card_summary
            else None
        )

    # Inside: a figure out of all range is an ArithmeticError, and the model says what is wrong

    def _plain(self, prospect_id: str) -> Prospect | None:
        return self._read(self._board.document(prospect_id) or {})

    def _first_day(self, plain: Prospect) -> date | None:
        try:
            return self._prefilter.first_day(plain)
        except ArithmeticError:
            return ANY_DAY

    def _placed(self, plain: Prospect, day: date | None = None) -> QueuePosition | None:
        try:
            return _place(gather(plain, self._today, self._settings, self._closing), day)
        except ArithmeticError:
            return None

    def _place_of_model(self, prospect_id: str) -> QueuePosition:
        try:
            return _place(self._board.evaluator.evidence(prospect_id, self._today))
        except InvalidValueError as error:
            return QueuePosition(spoilt=str(error))


def _place(evidence: Evidence, day: date | None = None) -> QueuePosition:
    """The place of a card; ``day`` is when it falls due, where that is known already."""
    card = queue_card(evidence, match_rules(evidence))
    return _new_place((card, day or due_on(evidence), ""))
