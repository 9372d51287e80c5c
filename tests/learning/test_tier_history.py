"""By percentile, the tiers of a month are those of the pipeline on its eve."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from review_board.learning.history import History
from review_board.learning.replay import findings
from review_board.learning.tier_history import TierHistory
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Drop, Won
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.settings.assignments import override
from review_board.settings.tree import Settings
from tests.judgement.build import DEFAULTS, TODAY, day, moment, money, prospect
from tests.learning.past import imported, kept

PERCENTILE = override(DEFAULTS, ["tiers.by=percentile"])
FIXED = (10_000, 100_000)
ONE = imported(prospect())
"""Imported today, created 300 days ago."""


def worth(amount: int, **fields: object) -> Prospect:
    return prospect(value=money(amount), **fields)


TEN = [imported(worth(amount)) for amount in range(100, 1100, 100)]
FIGURES = (500, 900)
THEN = day(100)


def figures(
    others: list[History], on: date = THEN, of: History = ONE, rules: Settings = PERCENTILE
) -> tuple[int, int]:
    tiers = TierHistory(others).settings_on(on, of, rules).tiers
    return int(tiers.low_below), int(tiers.high_from)


def test_what_was_imported_together_tells_its_months_by_its_days() -> None:
    assert figures(TEN) == FIGURES
    # Created on 24 January: from February on they are there.
    assert figures(TEN, on=date(2026, 2, 1)) == FIGURES
    assert figures(TEN, on=date(2026, 1, 31)) == FIXED


def test_too_few_leave_it_to_the_fixed_figures() -> None:
    assert figures(TEN[1:]) == FIXED


def test_fixed_figures_need_no_book() -> None:
    tiers = TierHistory(TEN)
    assert tiers.settings_on(day(100), ONE, DEFAULTS) is DEFAULTS
    assert tiers.next_change(day(100), DEFAULTS) is None


@pytest.mark.parametrize(
    "left_out",
    [
        imported(worth(10**6, won=Won(on=day(150)))),
        imported(
            worth(
                10**6,
                column=Column.DROPPED,
                drop=Drop(at=moment(150), by="ann", reason=DropReason.TIMING),
            )
        ),
        kept((300, worth(10**6)), (150, worth(10**6, won=Won(on=day(150))))),
        kept((300, worth(10**6)), (150, worth(10**6, column=Column.DROPPED))),
        kept((300, worth(10**6)), (150, None), (20, worth(10**6))),
        imported(prospect(value=Money(amount=Decimal(10**6), currency="EUR"))),
        imported(prospect(value=None)),
        imported(worth(10**6, created=moment(90))),
    ],
    ids=[
        *("won", "dropped", "won here", "dropped here", "off the record"),
        *("another currency", "no value", "not yet begun"),
    ],
)
def test_what_was_not_open_then_does_not_count(left_out: History) -> None:
    assert figures([*TEN, *[left_out] * 5]) == FIGURES


def test_each_counts_with_the_value_it_had_then() -> None:
    raised = [kept((300, worth(n)), (50, worth(10**6))) for n in range(100, 1100, 100)]
    assert figures(raised) == FIGURES
    assert figures(raised, on=TODAY.day) == (10**6, 10**6)


def test_who_was_on_record_before_is_not_judged_by_a_later_import() -> None:
    old = kept((300, prospect()))
    assert figures(TEN, of=old) == FIXED
    assert figures(TEN, of=replace(ONE, always=True)) == FIXED
    assert figures([replace(h, always=True) for h in TEN], of=old) == FIGURES


def test_a_new_month_may_turn_what_the_rules_say() -> None:
    tiers = TierHistory([ONE, *TEN])
    firsts = [on for on, _, _ in findings(ONE, TODAY.day, PERCENTILE, tiers) if on.day == 1]
    assert firsts == [date(2026, month, 1) for month in range(2, 12)]
