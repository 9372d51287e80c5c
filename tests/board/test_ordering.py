"""The orders of the cards: each one, its ties, and what is not known."""

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.board.card_summary import CardSummary
from review_board.board.index import Entry, entry_of
from review_board.board.ordering import ORDERS, USUAL, ordered
from review_board.judgement.due.queue_order import Group, QueueCard
from review_board.judgement.due.tasks import Agenda, Task, TaskKind
from review_board.settings.kinds import OrderName
from review_board.settings.rule_names import RuleName


def entry(name: str, value: int | None = None, **fields: Any) -> Entry:
    """An entry whose id is its name, unless told otherwise."""
    worth = {} if value is None else {"value": {"amount": str(value), "currency": "USD"}}
    return entry_of({"id": name, "name": name, **worth, **fields}, Decimal("0.3"), "USD")


def due(*days: int) -> Agenda:
    """Duties on these days of November."""
    tasks = tuple(Task(TaskKind.STEP, date(2026, 11, day), "call") for day in days)
    return Agenda(tasks, (), None, None, None)


def pays(payoff: int) -> QueueCard:
    return QueueCard("x", Group.REST, RuleName.WORKING, Decimal(payoff), Decimal(0))


def sort(order: OrderName, card_summaries: Mapping[str, CardSummary]) -> str:
    """The names, in order, of entries with these summaries."""
    return "".join(
        e.name for e in ordered((entry(n) for n in card_summaries), order, card_summaries.get)
    )


def card_summary(**fields: Any) -> CardSummary:
    return CardSummary(status="", **fields)


def test_there_is_an_order_for_every_name() -> None:
    assert tuple(ORDERS) == get_args(OrderName)
    letters = [order.letter for order in ORDERS.values()]
    assert len(set(letters)) == len(letters)
    assert all((order.rank is None) != (order.judged is None) for order in ORDERS.values())


def test_by_value_the_largest_stands_first() -> None:
    found = ordered([entry("a", 5), entry("b"), entry("c", 9)], "value", lambda _: None)
    assert [e.name for e in found] == ["c", "a", "b"]


def test_by_value_currencies_are_not_compared_ours_comes_first() -> None:
    def worth(name: str, amount: str, currency: str) -> Entry:
        value = {"amount": amount, "currency": currency}
        return entry_of({"id": name, "name": name, "value": value}, Decimal("0.3"), "USD")

    mixed = [
        worth("y", "1000000", "JPY"),
        worth("e", "20", "EUR"),
        entry("n"),
        worth("E", "30", "EUR"),
        worth("d", "5", "USD"),
    ]
    assert [e.name for e in ordered(mixed, "value", lambda _: None)] == ["d", "E", "e", "y", "n"]


def test_by_payoff_currencies_are_not_compared_ours_comes_first() -> None:
    yen = pays(9_000)._replace(currency_rank="JPY")
    found = {"a": card_summary(), "b": card_summary(card=pays(10)), "c": card_summary(card=yen)}
    assert sort("payoff", found) == "bca"


def test_by_name_neither_case_nor_accent_nor_company_counts() -> None:
    entries = [
        entry("beta"),
        entry("Ärger"),
        entry("Acme", company="Zeta"),
        entry("Acme Alpha"),
    ]
    found = ordered(entries, "name", lambda _: None)
    assert [e.name for e in found] == ["Acme", "Acme Alpha", "Ärger", "beta"]


def test_the_earliest_of_several_dates_counts_and_none_is_last() -> None:
    found = {
        "a": card_summary(),
        "b": card_summary(agenda=due(25, 3)),
        "c": card_summary(agenda=due(4)),
    }
    assert sort("next", found) == "bca"


def test_never_touched_stands_before_the_longest_untouched() -> None:
    found = {"a": card_summary(touch_days=3), "b": card_summary(), "c": card_summary(touch_days=90)}
    assert sort("contact", found) == "bca"


def test_without_a_signal_stands_before_the_oldest_signal() -> None:
    found = {
        "a": card_summary(signal_days=3),
        "b": card_summary(),
        "c": card_summary(signal_days=90),
    }
    assert sort("signal", found) == "bca"


def test_the_best_hour_stands_first_and_one_that_pays_nothing_last() -> None:
    found = {
        "a": card_summary(),
        "b": card_summary(card=pays(10)),
        "c": card_summary(card=pays(500)),
    }
    assert sort("payoff", found) == "cba"


@pytest.mark.parametrize("order", ORDERS)
def test_ties_stand_by_name_then_by_id(order: OrderName) -> None:
    entries = [entry("b", 1, id="1"), entry("a", 1, id="3"), entry("a", 1, id="2")]
    same = card_summary(touch_days=3, signal_days=3, agenda=due(3), card=pays(3))
    found = ordered(entries, order, lambda _: same)
    assert [e.id for e in found] == ["2", "3", "1"]


@pytest.mark.parametrize("order", [name for name, order in ORDERS.items() if order.judged])
def test_what_is_not_known_or_cannot_be_read_comes_last_by_value(order: OrderName) -> None:
    entries = [entry("a", 1), entry("b", 9), entry("c", 5), entry("d")]
    known = {"d": card_summary(), "c": card_summary(spoilt="no date")}
    assert [e.name for e in ordered(entries, order, known.get)] == ["d", "b", "c", "a"]


days = st.none() | st.integers(0, 400)
card_summaries = st.builds(
    card_summary,
    touch_days=days,
    signal_days=days,
    agenda=st.lists(st.integers(1, 30), max_size=3).map(lambda found: due(*found)),
    card=st.none() | st.integers(0, 9).map(pays),
    spoilt=st.sampled_from(["", "", "spoilt"]),
)
entries = st.builds(
    entry,
    st.text("aB é", min_size=1, max_size=3),
    st.none() | st.integers(0, 9),
    id=st.uuids().map(str),
)


@given(st.data(), st.lists(entries, max_size=12, unique_by=lambda e: e.id))
def test_every_order_is_a_permutation_whatever_comes_first(
    data: st.DataObject, found: list[Entry]
) -> None:
    known = {e.id: data.draw(st.none() | card_summaries) for e in found}
    for name in ORDERS:
        made = ids(ordered(found, name, known.get))
        assert sorted(made) == sorted(ids(found))
        assert made == ids(ordered(reversed(found), name, known.get))


def ids(found: Iterable[Entry]) -> list[str]:
    return [e.id for e in found]


def test_the_usual_order_is_that_of_the_board() -> None:
    found = [entry("b", 3, company="x"), entry("b", 3, company="a", id="c"), entry("a")]
    assert ordered(found, USUAL, lambda _: None) == sorted(found, key=lambda e: e.rank)
