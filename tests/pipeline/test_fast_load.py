"""What is read on trust holds what the model holds, field by field."""

from datetime import time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from review_board.pipeline.fast_load import read_plainly
from review_board.pipeline.model import Model
from review_board.pipeline.prospect import Prospect, from_document, to_document
from tests.judgement.build import promise, prospect
from tests.judgement.due_strategies import looked_at


def same(plain: Any, model: Any) -> bool:
    """Whether two records, or two values, hold the same."""
    if isinstance(model, Model):
        return all(same(getattr(plain, f), getattr(model, f)) for f in type(model).model_fields)
    if isinstance(model, tuple):
        return len(plain) == len(model) and all(map(same, plain, model))
    if isinstance(model, dict):
        return plain.keys() == model.keys() and all(same(plain[k], model[k]) for k in model)
    return bool(plain == model)


@given(looked_at())
def test_every_field_of_every_record(some: Prospect) -> None:
    document = to_document(some)
    plain = read_plainly(document)
    assert plain is not None
    assert same(plain, from_document(document))
    assert same(plain.potential, some.potential)


def test_what_is_unknown_is_no_hindrance() -> None:
    plain = read_plainly({"id": "p-1", "name": "N", "touches": [], "colour": "red"})
    assert plain is not None
    assert plain == read_plainly({"id": "p-1", "name": "N"})


def test_a_callback_is_read_with_its_time_and_without() -> None:
    for at in (None, time(10, 30)):
        some = prospect(callback=promise(5, 20, time=at))
        plain = read_plainly(to_document(some))
        assert plain is not None
        assert plain.callback is not None
        assert plain.callback.time == at
        assert from_document(to_document(some)) == some


def test_it_is_copied_with_changes_as_a_model_is() -> None:
    plain = read_plainly(to_document(prospect()))
    assert plain is not None
    assert plain.with_changes(probability=Decimal("0.5")).probability == Decimal("0.5")
    assert plain.probability is None


@pytest.mark.parametrize(
    "odd",
    [
        {},
        {"id": "p-1"},
        {"id": 5, "name": "N"},
        {"touches": [{}]},
        {"created": "2026-11-20T09:00:00"},
        {"created": 5},
        {"locations": "3"},
        {"probability": "NaN"},
        {"hours": "Infinity"},
        {"value": {"amount": "NaN"}},
        {"value": 5},
        {"column": "\ud800"},
        {"created": "\ud800"},
    ],
    ids=str,
)
def test_what_is_not_plain_is_not_read(odd: dict[str, Any]) -> None:
    document = odd if not odd or "id" in odd else {"id": "p-1", "name": "N"} | odd
    assert read_plainly(document) is None
