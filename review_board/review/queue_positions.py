"""Positions of prospects in a queue: computed for thousands at a time, with nothing of it kept."""

from contextlib import suppress
from datetime import date
from typing import NamedTuple

from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.judgement.due.queue_order import QueueCard, queue_card
from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.recommend import match_rules


class QueuePosition(NamedTuple):
    """Where a prospect comes in a queue, and the day on which it falls due there.

    ``spoilt`` says why the record cannot be read.
    """

    card: QueueCard | None = None
    due_on: date | None = None
    spoilt: str = ""


class QueuePositions:
    """The positions of today. Card summaries that the board has are used; else records are read fast."""

    def __init__(self, board: Board) -> None:
        from review_board.pipeline.fast_load import read_plainly  # a library that only queues need

        self._board = board
        self._today, self._day = board.today, board.today.day
        self._settings = board.evaluator.settings
        self._closing = board.evaluator.closing
        self._known = board.evaluator.known_card_summaries(board.today)
        self._read = read_plainly

    def due(self, prospect_id: str) -> QueuePosition | None:
        """Return its place if it is due today, or if nobody can tell: what cannot be read is not judged."""
        found = self._found(prospect_id, only_due=True)
        is_due = found.due_on is not None and found.due_on <= self._day
        return found if found.spoilt or is_due else None

    def place(self, prospect_id: str) -> QueuePosition:
        """Return its position, due or not; one that cannot be read has none."""
        return self._found(prospect_id)

    def _found(self, prospect_id: str, *, only_due: bool = False) -> QueuePosition:
        if known := self._known.get(prospect_id):
            return QueuePosition(known.card, known.due_on, known.spoilt)
        with suppress(ArithmeticError):  # a figure out of all range: the model says what is wrong
            if plain := self._read(self._board.document(prospect_id) or {}):
                evidence = gather(plain, self._today, self._settings, self._closing)
                return self._position(evidence, only_due=only_due)
        try:
            evidence = self._board.evaluator.evidence(prospect_id, self._today)
        except InvalidValueError as error:
            return QueuePosition(spoilt=str(error))
        return self._position(evidence, only_due=only_due)

    def _position(self, evidence: Evidence, *, only_due: bool) -> QueuePosition:
        """Return the position of a card; with ``only_due`` without the card of one that is not due."""
        day = due_on(evidence)
        if only_due and (day is None or day > self._day):
            return QueuePosition(due_on=day)
        return QueuePosition(queue_card(evidence, match_rules(evidence)), day)
