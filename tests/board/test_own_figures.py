"""Tiers by percentile are figures of the pipeline itself, fixed while it is open."""

from collections.abc import Collection, Mapping
from datetime import UTC
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.board.board import Board
from review_board.board.own_figures import open_worths, with_own_figures
from review_board.pipeline import changes
from review_board.pipeline.money import Money
from review_board.settings.assignments import override
from review_board.settings.ready_defaults import unset
from review_board.settings.setting_groups import LEAST_WORTHS, percentile
from review_board.settings.tree import Settings
from tests.memory_store import MemoryStore
from tests.office import Office

PERCENTILE = override(Settings(), ["tiers.by=percentile"])


def documents(*amounts: int, **fields: Any) -> list[dict[str, Any]]:
    return [{"value": {"amount": str(a), "currency": "USD"}, **fields} for a in amounts]


def figures(
    found: Collection[Mapping[str, Any]], settings: Settings = PERCENTILE
) -> tuple[int, int]:
    tiers = with_own_figures(settings, found).tiers
    return int(tiers.low_below), int(tiers.high_from)


@pytest.mark.parametrize(
    ("percent", "figure"), [(0, 1), (1, 1), (10, 1), (11, 2), (50, 5), (90, 9), (91, 10), (100, 10)]
)
def test_a_percentile_is_a_figure_on_record(percent: int, figure: int) -> None:
    assert percentile([Decimal(n) for n in range(1, 11)], percent) == figure


@given(
    st.lists(st.integers(0, 60), min_size=LEAST_WORTHS, max_size=40),
    st.tuples(st.integers(0, 100), st.integers(0, 100)).map(sorted),
)
def test_any_two_percentiles_part_the_pipeline_where_they_say(
    amounts: list[int], percents: list[int]
) -> None:
    """Each figure is the least on record with so many percent at or below it."""
    low, high = percents
    asked = [f"tiers.low_percentile={low}", f"tiers.high_percentile={high}"]
    somebodys = override(Settings(), ["tiers.by=percentile", *asked[::-1]])
    for percent, figure in zip(percents, figures(documents(*amounts), somebodys), strict=True):
        assert figure in amounts
        assert 100 * sum(a <= figure for a in amounts) >= percent * len(amounts)
        below = sum(a < figure for a in amounts)
        assert below == 0 or 100 * below < percent * len(amounts)


def test_figures_come_from_the_open_prospects() -> None:
    assert figures(documents(*range(100, 1100, 100))) == (500, 900)


def test_potential_counts_not_one_location() -> None:
    assert open_worths(documents(100, locations=120), "USD") == [Decimal(12_000)]


@pytest.mark.parametrize(
    "left_out",
    [
        documents(10**6, column="dropped"),
        documents(10**6, won={"on": "2026-11-01"}),
        [{"value": {"amount": "1000000", "currency": "EUR"}}],
        [{"value": None}, {}, {"value": "much"}, {"value": {"amount": "nan", "currency": "USD"}}],
    ],
    ids=["dropped", "won", "another currency", "no value"],
)
def test_what_does_not_count(left_out: list[dict[str, Any]]) -> None:
    known = documents(*range(100, 1100, 100))
    assert figures(known + left_out * 5) == figures(known)


@pytest.mark.parametrize("count", [0, 1, LEAST_WORTHS - 1])
def test_with_too_few_the_fixed_figures_decide(count: int) -> None:
    assert with_own_figures(PERCENTILE, documents(*[5] * count)) is PERCENTILE


def test_fixed_figures_stay_fixed() -> None:
    assert with_own_figures(Settings(), documents(*range(50))) == Settings()


def in_currencies(*codes: str) -> list[dict[str, Any]]:
    return [{"value": {"amount": "5", "currency": code}} for code in codes]


@pytest.mark.parametrize(
    ("used", "currency"),
    [
        (["EUR", "EUR", "USD"], "EUR"),
        (["EUR", "USD"], "USD"),
        (["SEK", "EUR"], "EUR"),
        (["EUR"], "EUR"),
        ([], "USD"),
    ],
)
def test_a_pipeline_is_in_the_currency_of_most_of_its_values(
    used: list[str], currency: str
) -> None:
    known = [*in_currencies(*used), {"name": "of no value"}, {"value": "spoilt"}]
    assert with_own_figures(Settings(), known).currency == currency
    assert with_own_figures(unset(), known).currency == currency


def test_a_currency_that_was_set_stands() -> None:
    chosen = override(Settings(), ["currency=USD"])
    assert with_own_figures(chosen, in_currencies("EUR", "EUR")).currency == "USD"


def test_a_spoilt_number_of_locations_counts_as_one() -> None:
    assert open_worths(documents(7, locations="many"), "USD") == [Decimal(7)]


def test_the_figures_are_fixed_while_the_pipeline_is_open(office: Office) -> None:
    board = Board(MemoryStore(office.disk), PERCENTILE, office.clock, UTC, "ann").open()
    for number in range(1, 11):
        value = Money(amount=Decimal(number * 100), currency="USD")
        board.add([changes.create(f"Acme {number}", board.stamp(), value=value)], "added")
    assert board.settings.tiers == PERCENTILE.tiers
    again = Board(MemoryStore(office.disk), PERCENTILE, office.clock, UTC, "raj").open()
    assert figures(again.documents().values()) == (500, 900)
    assert again.settings == with_own_figures(PERCENTILE, again.documents().values())
    (lowest,) = [i for i in again.documents() if again.prospect(i).name == "Acme 1"]
    (highest,) = [i for i in again.documents() if again.prospect(i).name == "Acme 10"]
    assert (again.evidence(lowest).tier, again.evidence(highest).tier) == ("low", "high")
    assert again.recommendation(lowest).settings == again.settings.fingerprint()


def test_the_first_values_bring_their_currency_to_a_pipeline_that_was_opened_empty(
    office: Office,
) -> None:
    board = Board(MemoryStore(office.disk), Settings(), office.clock, UTC, "ann").open()
    assert board.settings.currency == "USD"
    board.add([changes.create("No value", board.stamp())], "added")
    for amount, currency in ((18_000, "EUR"), (9_000, "EUR"), (7_000, "USD"), (1, "USD")):
        value = Money(amount=Decimal(amount), currency=currency)
        board.add([changes.create(f"Acme {amount}", board.stamp(), value=value)], "added")
        assert board.settings.currency == "EUR"
    assert {entry.currency_rank for entry in board.index.entries.values()} == {"", "USD", "~"}
