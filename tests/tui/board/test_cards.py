"""What a card says."""

from decimal import Decimal

import pytest

from review_board.board.card_summary import CardSummary
from review_board.board.index import Entry, entry_of
from review_board.judgement.recommendation import Finding, Observation
from review_board.pipeline.money import Money
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from review_board.tui.board.cards import ColumnHead, card_of, sums

USUAL = Settings()


def entry(amount: int | None = 24000, currency: str = "USD", column: str = "active") -> Entry:
    value = {} if amount is None else {"value": {"amount": amount, "currency": currency}}
    return entry_of(
        {"id": "p-1", "name": "Harbor", "owner": "ann", "column": column, **value},
        Decimal(1),
        "USD",
    )


def card_summary(**fields: object) -> CardSummary:
    given: dict[str, object] = {
        "finding": None,
        "touch_days": 9,
        "signal_days": None,
        "attempts": 3,
        "deferrals": 0,
        "status": "quote 3/5",
        "card": None,
        "due_on": None,
    }
    return CardSummary(**(given | fields))  # type: ignore[arg-type]


def finding(rule: RuleName, verdict: Verdict, to: Column, *, now: bool = False) -> Finding:
    return Finding(rule, verdict, to, Observation("why"), "do", needs_action=now)


KEPT = finding(RuleName.OPEN_QUOTE, Verdict.KEEP, Column.ACTIVE)


def test_it_says_why_it_stands_there_and_how_long_ago_they_came_to_us() -> None:
    card = card_of(entry(), card_summary(finding=KEPT), USUAL)
    assert (card.why, card.tone) == ("quote 3/5", "keep")
    assert (card.clock, card.age) == ("no answer", "old")


@pytest.mark.parametrize(
    ("company", "shown"), [("Alpine Lifts", "Alpine Lifts"), ("HARBOR Inc.", ""), ("", "")]
)
def test_the_company_is_shown_unless_the_name_says_it(company: str, shown: str) -> None:
    named = entry_of({"id": "p-1", "name": "Harbor", "company": company}, Decimal(1), "USD")
    assert card_of(named, None, USUAL).company == shown


def test_clocks_that_nobody_can_know_are_not_shown() -> None:
    unknown = card_summary(
        finding=finding(RuleName.NO_HISTORY, Verdict.KEEP, Column.ACTIVE),
        touch_days=None,
        lacks_history=True,
    )
    assert card_of(entry(), unknown, USUAL).clock == ""


@pytest.mark.parametrize(
    ("column", "rule", "verdict", "to", "tone", "age"),
    [
        ("active", RuleName.RESCUE, Verdict.KEEP, Column.ACTIVE, "act", "old"),
        ("active", RuleName.GONE_SILENT, Verdict.PURGE, Column.DROPPED, "let-go", "old"),
        ("nurture", RuleName.NURTURING, Verdict.PURGE, Column.NURTURE, "nurture", ""),
        ("nurture", RuleName.NURTURE_EXHAUSTED, Verdict.PURGE, Column.DROPPED, "let-go", ""),
        ("dropped", RuleName.LIVE_INTEREST, Verdict.KEEP, Column.ACTIVE, "keep", ""),
    ],
)
def test_its_stripe_is_the_advice_or_the_column_that_agrees(
    column: str, rule: RuleName, verdict: Verdict, to: Column, tone: str, age: str
) -> None:
    found = finding(rule, verdict, to, now=tone == "act")
    left = tone == column
    card = card_of(entry(column=column), card_summary(finding=found, is_left_there=left), USUAL)
    assert (card.tone, card.age) == (tone, age)


def test_who_rests_in_dropped_has_the_colour_of_the_column() -> None:
    said = card_summary(finding=KEPT, is_left_there=True)
    assert card_of(entry(column="dropped"), said, USUAL).tone == "dropped"


def test_clocks_do_not_count_with_who_asked_not_to_be_contacted() -> None:
    left = finding(RuleName.DO_NOT_CONTACT, Verdict.PURGE, Column.DROPPED)
    assert card_of(entry(), card_summary(finding=left), USUAL).clock == ""


def test_the_usual_currency_goes_without_saying() -> None:
    assert card_of(entry(), card_summary(), USUAL).value == "24k"
    assert card_of(entry(currency="EUR"), card_summary(), USUAL).value == "€24k"
    assert card_of(entry(None), card_summary(), USUAL).value == ""
    assert card_of(entry(), card_summary(sites=3), USUAL).value == "24k/site"


def test_states_are_signs_and_not_colours() -> None:
    card = card_of(
        entry(),
        card_summary(spoilt="no name", owed=True, status="cannot be read"),
        USUAL,
        marked=True,
    )
    assert card.marks == "✓!✗"
    assert card.why == "cannot be read"


def test_a_heading_gives_way_where_room_is_short() -> None:
    head = ColumnHead("Callback-Pending", 21, 21, "$800k")
    assert head.fitting(40) == ("Callback-Pending", "21", "$800k")
    assert head.fitting(22) == ("Callback", "21", "$800k")
    assert head.fitting(12) == ("Callback", "21", "")


@pytest.mark.parametrize(
    ("room", "shown"),
    [
        (39, "$800k · €30k · £1.25M · ¥1.5M"),
        (24, "$800k +€ +£ +¥"),
        (20, "$800k +3"),
        (16, ""),  # the first alone would read as all of it
    ],
)
def test_of_several_currencies_none_is_left_out_without_a_sign(room: int, shown: str) -> None:
    head = ColumnHead("Active", 21, 21, "$800k · €30k · £1.25M · ¥1.5M")
    assert head.fitting(room) == ("Active", "21", shown)
    swiss = ColumnHead("Active", 21, 21, "$800k · CHF 30k · €2k")
    assert swiss.fitting(25) == ("Active", "21", "$800k +CHF +€")


def test_a_filtered_heading_says_how_many_of_how_many() -> None:
    assert ColumnHead("Active", 3, 38).fitting(40) == ("Active", "3 of 38", "")
    assert ColumnHead("Callback-Pending", 3, 38).fitting(12) == ("Callback", "3", "")


def test_currencies_stand_side_by_side_and_are_never_summed() -> None:
    money = [Money(amount=Decimal(2100), currency="USD"), Money(amount=Decimal(50), currency="EUR")]
    assert sums(money) == "$2.1k · €50"
