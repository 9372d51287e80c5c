"""What cards and lists say is the same whether a record was read on trust or checked in full."""

from dataclasses import fields, replace
from datetime import UTC
from typing import Any

import pytest
from hypothesis import given

from review_board.board.board import Board
from review_board.board.card_summary import CardSummary
from review_board.errors import InvalidValueError
from review_board.judgement.due.tasks import NOTHING
from review_board.pipeline.prospect import Prospect, to_document
from review_board.settings.tree import Settings
from review_board.store.protocol import PROSPECTS
from tests.judgement.build import DEFAULTS
from tests.judgement.due_strategies import looked_at, somebodys
from tests.memory_store import Disk, MemoryStore
from tests.office import Hands


def holding(document: dict[str, Any], settings: Settings = DEFAULTS) -> Board:
    """A board over a file that holds this and nothing else."""
    disk = Disk({PROSPECTS: {"p-1": {"name": "N", "rev": 1} | document | {"id": "p-1"}}})
    return Board(MemoryStore(disk), settings, Hands(), UTC, "ann", "board").open()


def parts(card_summary: CardSummary) -> tuple[object, ...]:
    """All that a summary holds; the amounts of quotes by what they come to."""
    agenda = card_summary.agenda
    quotes = [
        (
            *tuple(getattr(quote, field.name) for field in fields(quote) if field.name != "amount"),
            quote.amount and (quote.amount.amount, quote.amount.currency),
        )
        for quote in agenda.quotes
    ]
    rest = replace(card_summary, agenda=NOTHING)
    return rest, agenda.tasks, agenda.allowed_from, agenda.earliest, quotes


@given(looked_at(), somebodys)
def test_on_trust_it_is_what_the_model_says(some: Prospect, settings: Settings) -> None:
    board = holding(to_document(some), settings)
    evaluator = board.evaluator
    outline, card_summary = evaluator.outline("p-1"), evaluator.card_summary("p-1")
    evaluator.forget_all()
    board.prospect("p-1")  # a model that is in use is taken
    checked = evaluator.card_summary("p-1")
    assert parts(card_summary) == parts(checked)
    assert (outline.status, outline.due_on) == (checked.status, checked.due_on)
    assert (outline.touch_days, outline.signal_days) == (checked.touch_days, checked.signal_days)
    assert outline.finding == checked.finding


@pytest.mark.parametrize(
    "spoilt",
    [
        {"touches": [7]},
        {"created": "1850-01-02T09:00:00Z"},
        {"close_date": "9999-12-31"},
        {"value": {"amount": "0.00001"}},
        {"hours_spent": "0"},
        {"answers": {"budget": {"state": "confirmed"}}},
        {"contacts": [{"id": "c-1", "name": "\u200b"}]},
    ],
    ids=str,
)
def test_a_spoilt_record_is_told_as_such(spoilt: dict[str, Any]) -> None:
    board = holding(spoilt)
    with pytest.raises(InvalidValueError) as told:
        board.prospect("p-1")
    assert board.evaluator.outline("p-1").spoilt == str(told.value)
    assert board.evaluator.card_summary("p-1").spoilt == str(told.value)
