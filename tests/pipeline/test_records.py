"""A stored prospect is read, checked and written back without losing what we do not know."""

import json
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pydantic import ValidationError

from review_board.errors import InvalidValueError
from review_board.pipeline import changes
from review_board.pipeline.fast_load import read_plainly
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, from_document, json_schema, to_document
from review_board.pipeline.records import Answer, touch_of
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import (
    OUTCOMES,
    AnswerState,
    Channel,
    Column,
    Direction,
    Outcome,
    Verdict,
)
from tests.judgement.scenarios import load_scenarios

MOMENT = "2026-11-18T10:00:00Z"
TOUCH = {"id": "t-1", "at": MOMENT, "outcome": "email", "channel": "email", "direction": "outbound"}

scalars = st.none() | st.booleans() | st.integers(-(2**53), 2**53) | st.text(max_size=9)
json_values = (
    scalars | st.lists(scalars, max_size=2) | st.dictionaries(st.text(max_size=4), scalars)
)
unknown = st.dictionaries(st.from_regex(r"x_[a-z]{1,6}", fullmatch=True), json_values, max_size=3)


def document(**fields: Any) -> dict[str, Any]:
    return {"id": "p-1", "name": "Acme", **fields}


@pytest.mark.parametrize("prospect", [s.prospect for s in load_scenarios()], ids=lambda p: p.name)
def test_a_prospect_survives_the_file(prospect: Prospect) -> None:
    stored = to_document(prospect)
    again = from_document(json.loads(json.dumps(stored)))
    assert again == prospect
    assert to_document(again) == stored


@settings(max_examples=30)
@given(unknown, unknown, unknown, unknown)
def test_unknown_fields_survive_at_every_depth(
    top: dict[str, Any],
    in_touch: dict[str, Any],
    in_money: dict[str, Any],
    in_answer: dict[str, Any],
) -> None:
    stored = document(
        value={"amount": "5", **in_money},
        touches=[{**TOUCH, **in_touch}],
        answers={"budget": {"state": "claimed", **in_answer}},
        **top,
    )
    assert to_document(from_document(stored)) == stored


def test_unknown_fields_survive_a_change() -> None:
    read = from_document(document(mood="odd", touches=[{**TOUCH, "weather": "rain"}]))
    changed = to_document(read.with_changes(owner="raj"))
    assert changed["mood"] == "odd"
    assert changed["touches"][0]["weather"] == "rain"


def test_what_has_its_default_is_not_stored() -> None:
    assert to_document(from_document(document())) == document()


@pytest.mark.parametrize("amount", ["24000", "0.30", "1e3", 24000, 24000.5])
def test_amounts_are_stored_as_plain_strings(amount: object) -> None:
    stored = to_document(from_document(document(value={"amount": amount})))["value"]["amount"]
    assert isinstance(stored, str)
    assert "e" not in stored.lower()
    assert float(stored) == float(str(amount))


@pytest.mark.parametrize(
    "fields",
    [
        {"name": ""},
        {"name": "\x00\u200b"},
        {"id": ""},
        {"id": "x" * 65},
        {"id": None},
        {"column": "won"},
        {"value": {"amount": "-5"}},
        {"value": {"amount": "NaN"}},
        {"value": {"amount": float("inf")}},
        {"value": {"amount": "5", "currency": "dollars"}},
        {"probability": "1.2"},
        {"probability": "-0.1"},
        {"hours": "0"},
        {"locations": 0},
        {"locations": 2.5},
        {"close_date": "2026-02-30"},
        {"close_date": "01/02/2026"},
        {"close_date": "2026-W01-1"},
        {"close_date": "9999-12-31"},
        {"created": "2026-11-18T10:00:00"},
        {"created": "9999-12-31T23:59:59Z"},
        {"created": "0001-01-01T00:00:00Z"},
        {"touches": [{**TOUCH, "outcome": "smiled"}]},
        {"touches": [{**TOUCH, "at": "yesterday"}]},
        {"touches": "many"},
        {"contacts": [{"id": "c", "name": "Ann", "role": "king"}]},
        {"answers": {"budget": {"state": "confirmed"}}},
        {"answers": {"budget": {"state": "maybe"}}},
        {"nurture": {"track": "monthly-email"}},
        {"tags": [1]},
    ],
    ids=str,
)
def test_a_bad_record_names_who_and_where(fields: dict[str, Any]) -> None:
    with pytest.raises(InvalidValueError) as refused:
        from_document(document() | fields)
    assert next(iter(fields)) in str(refused.value)
    assert "doctor" in refused.value.cure


def test_text_from_a_file_is_cleaned_everywhere() -> None:
    dirty = "a\x1b[2Jb\u202ec"
    read = from_document(
        document(
            name=dirty,
            owner=dirty,
            tags=[dirty],
            contacts=[{"id": "c", "name": dirty, "email": dirty}],
            touches=[{**TOUCH, "note": dirty, "by": dirty}],
            notes=[{"id": "n", "at": MOMENT, "text": dirty}],
            answers={"budget": {"state": "claimed", "text": dirty}},
            next_step={"action": dirty, "on": "2026-11-25"},
        )
    )
    shown = read.model_dump_json()
    assert "\x1b" not in shown.encode().decode("unicode_escape")
    assert "\u202e" not in shown


def test_a_lone_surrogate_is_replaced_not_refused() -> None:
    assert from_document(document(name="A\ud800cme")).name == "A\N{REPLACEMENT CHARACTER}cme"


def test_confirmed_needs_evidence_and_a_date() -> None:
    with pytest.raises(ValidationError, match="evidence"):
        Answer(state=AnswerState.CONFIRMED, text="she said so")
    assert Answer(state=AnswerState.CLAIMED).text == ""


@pytest.mark.parametrize("outcome", list(Outcome))
def test_every_outcome_says_what_it_counts_as(outcome: Outcome) -> None:
    touch = touch_of(outcome, id="t", at=datetime(2026, 11, 18, tzinfo=UTC), note=None)
    meaning = OUTCOMES[outcome]
    assert touch.meaning is meaning
    assert (touch.channel, touch.direction) == (meaning.channel, meaning.direction)
    assert not (meaning.attempt and meaning.response)
    assert meaning.response or not meaning.signal


def test_what_is_given_outweighs_what_an_outcome_implies() -> None:
    moment = datetime(2026, 11, 18, tzinfo=UTC)
    touch = touch_of(Outcome.INBOUND, id="t", at=moment, channel=Channel.EMAIL)
    assert (touch.channel, touch.direction) == (Channel.EMAIL, Direction.INBOUND)


def test_codes_are_unique_and_plain() -> None:
    codes = [meaning.code for meaning in OUTCOMES.values() if meaning.code]
    assert len(set(codes)) == len(codes)
    assert all(code.strip("+").isalpha() for code in codes)


def test_keep_and_purge_follow_from_the_column() -> None:
    kept = {column for column in Column if Verdict.of(column) is Verdict.KEEP}
    assert kept == {Column.ACTIVE, Column.CALLBACK}
    assert Column.CALLBACK.title == "Callback-Pending"


def test_a_ruling_knows_whether_advice_was_followed() -> None:
    verdict = VerdictRecord(
        id="v",
        at=datetime(2026, 11, 18, tzinfo=UTC),
        by="ann",
        verdict=Verdict.KEEP,
        destination=Column.ACTIVE,
        recommended=Verdict.PURGE,
        recommended_destination=Column.DROPPED,
        rule="hostile",
    )
    assert not verdict.followed


def test_potential_and_weighted_value() -> None:
    shop = from_document(document(value={"amount": "4000"}, locations=120, probability="0.25"))
    assert shop.potential
    assert shop.potential.amount == 480_000
    usual = Decimal("0.30")
    assert shop.weighted(usual) == Money(amount=Decimal(1000))
    assert changes.edit(shop, probability=None).weighted(usual) == Money(amount=Decimal(1200))
    assert from_document(document()).potential is None


def test_the_schema_names_every_field() -> None:
    assert set(json_schema()["properties"]) == set(Prospect.model_fields)


@pytest.mark.parametrize("read", [from_document, read_plainly], ids=["checked", "on trust"])
def test_a_touch_that_asks_to_be_left_alone_is_the_request(read: Any) -> None:
    """It came by JSON or from another program, without what we store beside it."""
    asked = {"id": "t", "at": "2026-11-18T09:00:00Z", "outcome": "do-not-contact", "by": "ann"}
    document = {
        "id": "p-1",
        "name": "Acme",
        "touches": [asked | {"channel": "phone", "direction": "inbound"}],
    }
    request = read(document).do_not_contact
    assert (request.at.isoformat(), request.by) == ("2026-11-18T09:00:00+00:00", "ann")
