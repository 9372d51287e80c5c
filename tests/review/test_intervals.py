"""Every figure of the review at its edge: the day before it is not due, on the day it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from review_board.judgement.due.manager_queue import PickReason, pick_for_manager
from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import gather
from review_board.judgement.recommend import judge
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, Drop, NextStep, Nurture, Snooze
from review_board.pipeline.vocabulary import Column, DropReason, Outcome
from review_board.settings.tree import Settings
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    day,
    evidence,
    finding,
    moment,
    promise,
    prospect,
    touch,
    verdict_record,
)


def nurtured(days: int, **fields: object) -> Prospect:
    plan = Nurture(since=day(200), next_on=day(-30))
    given = {
        "column": Column.NURTURE,
        "nurture": plan,
        "verdicts": (verdict_record(days),),
    } | fields
    return prospect(**given)


@dataclass(frozen=True)
class Edge:
    """A card last looked at so many days ago, and the setting from which on it is due."""

    key: str
    card: Callable[[int], Prospect]


EDGES = (
    Edge("active_days", lambda n: prospect(verdicts=(verdict_record(n),))),
    Edge("active_days", lambda n: prospect(created=moment(n))),
    Edge(
        "unproven_days",
        lambda n: prospect(
            verdicts=(verdict_record(n),),
            column=Column.CALLBACK,
            callback=promise(90, 90, proven=False),
        ),
    ),
    Edge("nurture_days", nurtured),
)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.key)
def test_an_interval_ends_on_its_day_wherever_it_is_set(edge: Edge) -> None:
    usual = getattr(DEFAULTS.review, edge.key)
    for value in {usual - 1, usual, usual + 1, *range(1, 200, 7), 365}:
        settings = Settings.model_validate({"review": {edge.key: value}})
        assert due_on(evidence(edge.card(value - 1), settings)) == day(-1)
        assert due_on(evidence(edge.card(value), settings)) == day(0)


@pytest.mark.parametrize("edge", EDGES, ids=lambda edge: edge.key)
@pytest.mark.parametrize("own", [3, 45])
def test_an_interval_of_its_own_beats_the_settings(edge: Edge, own: int) -> None:
    card = edge.card(own).with_changes(review_days=own)
    assert due_on(evidence(card)) == day(0)
    assert due_on(evidence(edge.card(own - 1).with_changes(review_days=own))) == day(-1)


def test_a_proven_callback_has_its_day_and_no_interval() -> None:
    card = prospect(column=Column.CALLBACK, callback=promise(30, 40), review_days=1)
    assert due_on(evidence(card)) == day(-40)


@pytest.mark.parametrize(("until", "due"), [(-6, -6), (0, 0), (3, 0)])
def test_a_snooze_puts_the_day_off_and_never_brings_it_nearer(until: int, due: int) -> None:
    snooze = Snooze(id="z-1", at=moment(1), until=day(until))
    card = prospect(verdicts=(verdict_record(7),), snoozes=(snooze,))
    assert due_on(evidence(card)) == day(due)


def test_a_verdict_after_a_snooze_counts_instead_of_it() -> None:
    snooze = Snooze(id="z-1", at=moment(5), until=day(-20))
    card = prospect(verdicts=(verdict_record(3),), snoozes=(snooze,))
    assert due_on(evidence(card)) == day(-4)


def test_a_bet_is_due_when_its_day_is_over_and_a_later_verdict_settles_it() -> None:
    bet = Bet(id="b-1", at=moment(4), action="they sign", until=day(-10))
    running = prospect(verdicts=(verdict_record(4),), bets=(bet,))
    assert due_on(evidence(running)) == day(-11)
    settled = running.with_changes(verdicts=(verdict_record(4), verdict_record(2)))
    assert due_on(evidence(settled)) == day(-5)


@pytest.mark.parametrize("column", [Column.NURTURE, Column.DROPPED])
def test_the_one_more_idea_brings_a_purged_card_back_on_its_day(column: Column) -> None:
    step = NextStep(action="ask the assistant", on=day(-9))
    drop = Drop(at=moment(5), by="ann", reason=DropReason.TIMING)
    card = nurtured(5, column=column, drop=drop, next_step=step)
    assert due_on(evidence(card)) == day(-9)


@pytest.mark.parametrize("column", [Column.NURTURE, Column.DROPPED])
@pytest.mark.parametrize("decided", [0, 1])
def test_an_idea_for_the_day_of_the_verdict_comes_the_day_after(
    column: Column, decided: int
) -> None:
    step = NextStep(action="ask the assistant", on=day(decided))
    drop = Drop(at=moment(decided), by="ann", reason=DropReason.TIMING)
    card = nurtured(decided, column=column, drop=drop, next_step=step)
    assert due_on(evidence(card)) == day(decided - 1)


def test_a_dropped_card_without_signal_or_idea_is_never_due() -> None:
    drop = Drop(at=moment(50), by="ann", reason=DropReason.TIMING)
    assert due_on(evidence(prospect(column=Column.DROPPED, drop=drop))) is None


@pytest.mark.parametrize("kept", [2, 3, 4])
@pytest.mark.parametrize("limit", [2, 3, 4])
def test_a_zombie_is_one_from_so_many_reviews_on(kept: int, limit: int) -> None:
    settings = Settings.model_validate({"review": {"zombie_reviews": limit}})
    card = prospect(
        touch(Outcome.TALKED, 90), verdicts=tuple(verdict_record(7 * n) for n in range(kept, 0, -1))
    )
    seen = gather(card, TODAY, settings)
    shown = pick_for_manager(seen, finding(card, settings))
    assert shown is not None
    assert (shown.reason is PickReason.ZOMBIE) is (kept >= limit)


def test_a_signal_and_a_purge_end_the_count_of_a_zombie() -> None:
    kept = tuple(verdict_record(7 * n) for n in (4, 3, 2))
    signal = prospect(touch(Outcome.ADVANCED, 10), verdicts=kept)
    shown = pick_for_manager(gather(signal, TODAY, DEFAULTS), judge(evidence(signal)))
    assert shown is not None
    assert shown.reason is PickReason.KEPT


BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("given", "last"),
    [
        (datetime(2026, 10, 24, 22, 30, tzinfo=UTC), date(2026, 10, 25)),  # the night of 25 hours
        (datetime(2026, 10, 25, 23, 30, tzinfo=UTC), date(2026, 10, 26)),
        (datetime(2026, 3, 28, 23, 30, tzinfo=UTC), date(2026, 3, 29)),  # the night of 23 hours
        (datetime(2026, 3, 29, 22, 30, tzinfo=UTC), date(2026, 3, 30)),
    ],
)
def test_days_are_those_of_the_zone_also_when_the_clocks_change(
    given: datetime, last: date
) -> None:
    card = prospect(verdicts=(verdict_record(0, at=given),))
    seen = gather(card, Today(last + timedelta(days=3), BERLIN), DEFAULTS)
    assert due_on(seen) == last + timedelta(days=7)
