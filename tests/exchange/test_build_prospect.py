from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.build_prospect import PlainRow
from review_board.exchange.build_prospect import build as build_plain
from review_board.exchange.day_columns import ParsedDay
from review_board.exchange.import_result import ImportContext
from review_board.exchange.people import people_of
from review_board.exchange.read_rows import UnreadCell, Values
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.vocabulary import Column, DropReason
from tests.exchange.support import NOW

DEALS = ImportContext("deals", NOW, "ann", "EUR")
LEADS = ImportContext("leads", NOW, "ann", "EUR")
PAST, FUTURE = ParsedDay(date(2026, 10, 1)), ParsedDay(date(2026, 12, 24))


def build(row: Values, prospect_id: str, place: StageMeaning, context: ImportContext) -> Prospect:
    people = people_of(row, context.kind)
    return build_plain(PlainRow(2, "", prospect_id, row, place, people), context)


def built(
    row: Values, place: StageMeaning = StageMeaning.OPEN, context: ImportContext = DEALS
) -> Prospect:
    prospect = build({"name": "Acme", **row}, "x-1", place, context)
    assert from_document(to_document(prospect)) == prospect
    return prospect


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ({"name": "Big deal", "company": "Acme"}, "Big deal"),
        ({"company": "Acme", "product": "GTX"}, "Acme - GTX"),
        ({"company": "Acme"}, "Acme"),
        ({"product": "GTX", "id": "Z1"}, "opportunity Z1"),
        ({"contact": "Ann Lee"}, "Ann Lee"),
        ({"email": ("a@b.co",), "id": "7"}, "a@b.co"),
    ],
)
def test_what_a_deal_is_called(row: Values, title: str) -> None:
    assert build(row, "x-1", StageMeaning.OPEN, DEALS).name == title


@pytest.mark.parametrize(
    ("row", "title"),
    [
        ({"name": "Ann Lee", "company": "Acme"}, "Acme - Ann Lee"),
        ({"name": "Ann Lee", "phone": ("555",)}, "Ann Lee"),
        ({"company": "Acme", "last_name": "Lee"}, "Acme - Lee"),
        ({"id": "L1", "owner": "ann"}, "lead L1"),
    ],
)
def test_what_a_lead_is_called(row: Values, title: str) -> None:
    assert build(row, "x-1", StageMeaning.OPEN, LEADS).name == title


def test_a_row_without_anybody_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="no name"):
        build({"value": (Decimal(5), "")}, "x-1", StageMeaning.OPEN, DEALS)


def test_an_open_deal() -> None:
    row: Values = {
        "id": "D1", "company": "Acme", "owner": "ann", "value": (Decimal(500), "USD"),
        "created": PAST, "close_date": PAST, "expected_close": FUTURE, "probability": Decimal("0.5"),
        "stage": "Proposal", "product": "GTX", "tags": (("hot", "new"),), "source": "Fair",
        "next_activity": FUTURE, "next_step": "Demo", "locations": 3,
    }  # fmt: skip
    prospect = built(row)
    assert prospect.value == Money(amount=Decimal(500), currency="USD")
    assert prospect.created == datetime(2026, 10, 1, tzinfo=UTC)
    assert prospect.close_date == FUTURE.day
    assert prospect.next_step is not None
    assert (prospect.next_step.action, prospect.next_step.on) == ("Demo", FUTURE.day)
    assert prospect.tags == ("hot", "new", "GTX")
    assert prospect.stage == "Proposal"
    assert (prospect.external_id, prospect.source, prospect.locations) == ("D1", "Fair", 3)
    assert prospect.column is Column.ACTIVE


def test_the_currency_is_that_of_the_column_the_cell_or_the_settings() -> None:
    rows: list[tuple[Values, str]] = [
        ({"currency": "CHF", "value": (Decimal(1), "USD")}, "CHF"),
        ({"value": (Decimal(1), "USD")}, "USD"),
        ({"value": (Decimal(1), "")}, "EUR"),
    ]
    for row, currency in rows:
        value = built(row).value
        assert value is not None
        assert value.currency == currency


def test_cells_that_were_not_read_are_kept_in_one_note() -> None:
    unread = (
        UnreadCell("value", "Amount", "TBD", "no"),
        UnreadCell("close_date", "Close", "Q3", "no"),
    )
    plain = PlainRow(2, "", "x-1", {"name": "Acme"}, StageMeaning.OPEN, (), unread)
    (note,) = build_plain(plain, DEALS).notes
    assert note.text == "in the list, and not understood: Amount: TBD; Close: Q3"


def test_nought_of_a_lost_deal_is_no_value() -> None:
    row: Values = {"value": (Decimal(0), "")}
    assert built(row, StageMeaning.LOST).value is None
    assert built(row).value == Money(amount=Decimal(0), currency="EUR")


def test_who_must_not_be_called_is_left_alone_with_the_words() -> None:
    prospect = built({"do_not_call": True, "do_not_email": True})
    assert prospect.do_not_contact is not None
    assert prospect.do_not_contact.note == "do not call, no email (in the list)"
    assert built({"do_not_email": True}).closed_channels == ("email",)
    assert built({"do_not_call": False}).do_not_contact is None


def test_a_last_activity_never_moves_the_buyers_clock() -> None:
    prospect = built({"last_activity": PAST, "next_step": "call", "note": ("a", "b")})
    assert prospect.touches == ()
    assert [note.text for note in prospect.notes] == [
        "a",
        "b",
        "next step in the CRM: call",
        "last activity in the CRM on 1 Oct 2026; it does not say by whom",
    ]
    assert prospect.notes[-1].at == datetime(2026, 10, 1, tzinfo=UTC)
    assert len({note.id for note in prospect.notes}) == 4


def test_won_is_the_exit_with_the_value_and_never_a_day_to_come() -> None:
    prospect = built({"close_date": FUTURE, "value": (Decimal(9), "")}, StageMeaning.WON)
    assert prospect.won is not None
    assert prospect.won.on == NOW.date()
    assert prospect.won.value == prospect.value
    assert prospect.next_step is None


def test_lost_is_dropped_with_its_words() -> None:
    prospect = built({"close_date": PAST, "lost_reason": "Chose Competitor"}, StageMeaning.LOST)
    assert prospect.column is Column.DROPPED
    assert prospect.drop is not None
    assert prospect.drop.reason is DropReason.BOUGHT_ELSEWHERE
    assert prospect.drop.note == "Chose Competitor"
    assert prospect.drop.at == datetime(2026, 10, 1, 23, 59, 59, tzinfo=UTC)


def test_lost_without_a_reason_says_so() -> None:
    drop = built({"stage": "Closed Lost"}, StageMeaning.LOST).drop
    assert drop is not None
    assert (drop.reason, drop.note) == (DropReason.OTHER, "lost (imported)")
    assert drop.at.date() == NOW.date()


def test_who_asked_to_be_left_alone_is_suppressed() -> None:
    prospect = built({"status": "Do Not Contact"}, StageMeaning.LOST)
    assert prospect.do_not_contact is not None
    assert prospect.drop is not None
    assert prospect.drop.reason is DropReason.DO_NOT_CONTACT


def test_nurture_starts_today_and_wakes_when_planned() -> None:
    later = built({"next_activity": FUTURE}, StageMeaning.NURTURE)
    assert later.column is Column.NURTURE
    assert later.nurture is not None
    assert later.nurture.next_on == FUTURE.day
    plain = built({}, StageMeaning.NURTURE).nurture
    assert plain is not None
    assert plain.next_on == date(2026, 12, 20)


def test_a_callback_from_a_list_is_never_proven() -> None:
    prospect = built({"next_activity": FUTURE, "last_activity": PAST}, StageMeaning.CALLBACK)
    assert prospect.column is Column.CALLBACK
    assert prospect.callback is not None
    assert (prospect.callback.on, prospect.callback.asked_on) == (FUTURE.day, PAST.day)
    assert not prospect.callback.asked_by_buyer
    assert built({}, StageMeaning.CALLBACK).callback is None


def test_further_addresses_become_a_note() -> None:
    prospect = built({"contact": "Ann", "email": ("a@b.co", "c@d.co"), "phone": ("1", "2")})
    assert prospect.contacts[0].email == "a@b.co"
    assert prospect.notes[0].text == "also reached at: c@d.co, 2"


@pytest.mark.parametrize(
    ("said", "stage"),
    [
        ({"stage": " Value\tProposition "}, "Value Proposition"),
        ({"status": "Attempted to Contact"}, "Attempted to Contact"),
        ({"stage": "Open"}, ""),
        ({}, ""),
    ],
)
def test_the_stage_is_kept_as_the_list_said_it(said: Values, stage: str) -> None:
    assert built({"company": "Acme", **said}).stage == stage


def test_the_owner_me_is_who_takes_the_list_in() -> None:
    owners = [built({"company": "Acme", "owner": said}).owner for said in ("Me", "Mel", "raj")]
    assert owners == [DEALS.by, "Mel", "raj"]
