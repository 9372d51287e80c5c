"""Many replays added up: what letting go would have cost and freed."""

from decimal import Decimal

from review_board.learning.backtest import Backtest, backtest
from review_board.learning.outcomes import End
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Drop, Won
from review_board.pipeline.vocabulary import Column, DropReason, Outcome
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from tests.judgement.build import DEFAULTS, TODAY, day, moment, prospect, touch, touches
from tests.learning.past import imported, kept

PUT_OFF = touches(Outcome.DEFERRED, 200, 170, 140)
SILENT = (touch(Outcome.TALKED, 200), *touches(Outcome.NO_ANSWER, 190, 185, 180, 175, 170, 165))


def lost(days_ago: int, *what: object, **fields: object) -> Prospect:
    """Dropped on that day."""
    drop = Drop(at=moment(days_ago), by="ann", reason=DropReason.NO_DECISION)
    return prospect(*what, drop=drop, column=Column.DROPPED, **fields)  # type: ignore[arg-type]


BOOK = (
    prospect(*PUT_OFF, id="p-won", won=Won(on=day(20))),
    prospect(id="p-untouched", won=Won(on=day(250))),
    lost(30, *PUT_OFF, *touches(Outcome.EMAIL, 100, 90), id="p-deferrer"),
    lost(100, *SILENT, id="p-silent"),
    lost(299, id="p-quick"),
    prospect(touch(Outcome.TALKED, 2), id="p-open"),
)


def run(settings: Settings = DEFAULTS, **fields: object) -> Backtest:
    """The whole pipeline replayed."""
    return backtest([imported(p) for p in BOOK], TODAY, settings, **fields)  # type: ignore[arg-type]


def test_costs_and_gains_are_counted_apart() -> None:
    found = run()
    assert [len(p.all) for p in (found.won, found.lost, found.open)] == [2, 3, 1]
    assert [one.id for one in found.won.purged] == ["p-won"]
    assert [one.id for one in found.lost.purged] == ["p-deferrer", "p-silent"]
    assert found.lost.hours_freed == Decimal("0.3")
    # Let go 110 days before the one drop, and 40 before the other.
    assert found.lost.days_earlier == 40
    assert [p.untouched for p in (found.won, found.lost, found.open)] == [1, 1, 0]


def test_rules_stand_in_the_order_of_the_rules_with_their_destination() -> None:
    lines = [(line.rule, line.destination) for line in run().rules]
    assert lines == [
        (RuleName.SERIAL_DEFERRAL, Column.DROPPED),
        (RuleName.GONE_SILENT, Column.NURTURE),
    ]
    first = run().rules[0]
    assert (len(first.won.all), len(first.lost.all), len(first.open.all)) == (1, 1, 0)


def test_other_settings_give_other_figures() -> None:
    patient = run(Settings.model_validate({"rules": {"serial-deferral": False}}))
    assert not patient.won.purged
    assert [one.id for one in patient.lost.purged] == ["p-silent"]


def test_since_leaves_out_what_ended_before() -> None:
    found = run(since=day(100))
    assert [one.id for one in found.all] == ["p-won", "p-deferrer", "p-silent", "p-open"]


def test_the_curve_counts_by_age_and_never_falls() -> None:
    lost_part = run().lost
    counts = [lost_part.purged_by_age(age) for age in (0, 139, 140, 160, 400)]
    assert counts == [0, 0, 0, 2, 2]


def test_work_it_or_release_it_is_counted_with_its_age() -> None:
    part = run().won
    assert [one.id for one in part.never_worked] == ["p-won", "p-untouched"]
    assert part.never_worked_age == 15


def test_what_ends_after_today_is_open_and_what_began_after_it_does_not_count() -> None:
    ahead = [prospect(id="p", won=Won(on=day(-1))), lost(-1, id="q"), prospect(created=moment(-1))]
    found = backtest([imported(p, day(-2)) for p in ahead], TODAY, DEFAULTS)
    assert [len(p.all) for p in (found.won, found.lost, found.open)] == [0, 0, 2]


def test_what_was_recorded_after_today_had_not_come_about() -> None:
    called = prospect(touch(Outcome.TALKED, 20), won=Won(on=day(20)))
    later = kept((300, prospect()), (10, called))
    then = Today(day(15))
    (one,) = backtest([later], then, DEFAULTS).open.all
    assert (one.ending.end, one.touched) == (End.OPEN, False)
    taken_back = kept((300, prospect()), (200, None), (10, prospect()))
    assert not backtest([taken_back], then, DEFAULTS).all
