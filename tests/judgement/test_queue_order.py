"""The due queue: who is due, and in which order."""

from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given

from review_board.judgement.due.queue_order import Group, QueueCard, due_queue, is_owed, queue_card
from review_board.judgement.due.tasks import agenda_of
from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import gather
from review_board.judgement.recommend import judge, match_rules
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Drop, NextStep, Nurture, Won
from review_board.pipeline.vocabulary import Column, DropReason, Outcome
from review_board.report.items import ItemSource, Obligation, read
from review_board.settings.tree import Settings
from tests.judgement.build import (
    TODAY,
    day,
    evidence,
    moment,
    money,
    promise,
    prospect,
    quote,
    touch,
    touches,
    verdict_record,
)
from tests.judgement.due_strategies import any_day, looked_at, somebodys
from tests.judgement.scenarios import load_scenarios


def due(subject: Prospect) -> bool:
    found = due_on(evidence(subject))
    return found is not None and found <= TODAY.day


def card(subject: Prospect) -> QueueCard:
    seen = evidence(subject)
    found = queue_card(seen, match_rules(seen))
    assert found is not None
    return found


@pytest.mark.parametrize(("days", "expected"), [(6, False), (7, True)])
def test_an_active_card_is_due_a_week_after_its_verdict(days: int, expected: bool) -> None:
    assert due(prospect(verdicts=(verdict_record(days),))) is expected


def test_a_card_that_was_never_reviewed_is_due_a_week_after_it_was_added() -> None:
    assert not due(prospect(created=moment(6)))
    assert due(prospect(created=moment(7)))
    assert due(prospect(created=None))


def test_a_card_decided_today_is_not_due_again_today() -> None:
    assert not due(prospect(verdicts=(verdict_record(30), verdict_record(0))))


def test_a_proven_callback_rests_until_its_date() -> None:
    resting = prospect(column=Column.CALLBACK, callback=promise(30, 1))
    assert not due(resting)
    assert due(prospect(column=Column.CALLBACK, callback=promise(30, 0)))


def test_an_unproven_callback_is_questioned_every_two_weeks() -> None:
    subject = prospect(column=Column.CALLBACK, callback=promise(30, 20, proven=False))
    assert due(subject.with_changes(verdicts=(verdict_record(14),)))
    assert not due(subject.with_changes(verdicts=(verdict_record(13),)))


def test_nurture_is_due_after_ninety_days_or_on_a_response() -> None:
    resting = prospect(
        column=Column.NURTURE, nurture=Nurture(since=day(60)), verdicts=(verdict_record(60),)
    )
    assert not due(resting)
    assert due(resting.with_changes(verdicts=(verdict_record(90),)))
    assert due(resting.with_changes(touches=(touch(Outcome.TALKED, 3),)))
    assert not due(
        resting.with_changes(touches=(touch(Outcome.TALKED, 3),), verdicts=(verdict_record(2),))
    )


def test_a_far_callback_wakes_fourteen_days_before() -> None:
    subject = prospect(
        column=Column.NURTURE,
        nurture=Nurture(since=day(80)),
        callback=promise(80, 14),
        verdicts=(verdict_record(80),),
    )
    assert due(subject)
    assert not due(subject.with_changes(callback=promise(80, 15)))


def test_a_dropped_card_wakes_only_on_a_signal_after_the_drop() -> None:
    drop = Drop(at=moment(30), reason=DropReason.NO_RESPONSE)
    dropped = prospect(column=Column.DROPPED, drop=drop)
    assert not due(dropped)
    assert not due(dropped.with_changes(touches=(touch(Outcome.INBOUND, 31),)))
    assert not due(dropped.with_changes(touches=(touch(Outcome.TALKED, 2),)))
    assert due(dropped.with_changes(touches=(touch(Outcome.INBOUND, 2),)))


def test_what_was_won_is_never_reviewed() -> None:
    won = prospect(won=Won(on=day(1)))
    seen = evidence(won)
    assert due_on(seen) is None
    assert queue_card(seen, match_rules(seen)) is None


def test_the_queue_goes_from_owed_to_sure_to_delicate_to_the_rest() -> None:
    owed = prospect(touch(Outcome.ADVANCED, 26), quotes=(quote(25),), id="owed")
    sure = prospect(*touches(Outcome.DEFERRED, 90, 60, 30), id="sure")
    delicate = prospect(touch(Outcome.TALKED, 5), id="delicate", value=money(400_000))
    rest = prospect(touch(Outcome.TALKED, 5), id="rest")
    cards = [card(p) for p in (rest, delicate, sure, owed)]
    assert [c.id for c in due_queue(cards)] == ["owed", "sure", "delicate", "rest"]
    assert [c.group for c in due_queue(cards)] == [
        Group.OWED,
        Group.SURE_PURGE,
        Group.HIGH_OR_BORDERLINE,
        Group.REST,
    ]


def test_what_is_owed_on_a_day_ahead_is_no_part_of_what_is_owed_now() -> None:
    offer = prospect(touch(Outcome.ADVANCED, 26), quotes=(quote(25),))
    tried = offer.with_changes(touches=(*offer.touches, touch(Outcome.VOICEMAIL, 0)))
    planned = offer.with_changes(next_step=NextStep(action="call", on=day(-4)))
    assert card(offer).group is Group.OWED
    assert Group.OWED not in {card(tried).group, card(planned).group}
    assert all(is_owed(evidence(p), judge(evidence(p))) for p in (offer, tried, planned))


def test_the_rest_goes_by_payoff_the_best_first() -> None:
    small = prospect(touch(Outcome.TALKED, 5), id="small", value=money(11_000))
    large = prospect(touch(Outcome.TALKED, 5), id="large", value=money(90_000))
    slow = prospect(touch(Outcome.TALKED, 5), id="slow", value=money(90_000), hours=Decimal(20))
    assert [c.id for c in due_queue(map(card, (slow, small, large)))] == ["large", "small", "slow"]


def abroad(key: str, amount: int, currency: str, **fields: Any) -> Prospect:
    worth = Money(amount=Decimal(amount), currency=currency)
    return prospect(touch(Outcome.TALKED, 5), id=key, value=worth, **fields)


def test_amounts_of_other_currencies_come_after_ours_and_currency_by_currency() -> None:
    cards = [
        abroad("yen", 1_000_000, "JPY"),
        abroad("euro", 20_000, "EUR"),
        abroad("euros", 30_000, "EUR"),
        abroad("dollar", 24_000, "USD"),
        abroad("dollars", 60_000, "USD"),
        abroad("yens", 2_000_000, "JPY"),
        prospect(touch(Outcome.TALKED, 5), id="unknown", value=None),
    ]
    of_each = [[c.id for c in due_queue(map(card, cards)) if c.group is group] for group in Group]
    assert of_each == [[], [], ["yens", "yen"], ["dollars", "dollar", "euros", "euro", "unknown"]]
    mixed = [abroad("yen", 9_000_000, "JPY"), abroad("dollar", 100_000, "USD")]
    assert [c.id for c in due_queue(map(card, mixed))] == ["dollar", "yen"]


def test_the_order_does_not_depend_on_the_order_of_the_file() -> None:
    cards = [card(prospect(touch(Outcome.TALKED, 5), id=f"p-{n}")) for n in range(5)]
    assert due_queue(cards) == due_queue(reversed(cards))


def test_scenarios_say_themselves_whether_they_belong_in_the_weekly_queue() -> None:
    checked = 0
    for scenario in load_scenarios():
        expected = scenario.expect.get("in_weekly_queue")
        if expected is not None:
            assert due(scenario.prospect) is expected, scenario.title
            checked += 1
    assert checked


@given(looked_at(), any_day, somebodys)
def test_what_we_owe_is_in_the_report_and_nothing_else_is_listed_as_owed(
    some: Prospect, today: Today, settings: Settings
) -> None:
    seen = gather(some, today, settings)
    made = judge(seen)
    owed = not some.won and is_owed(seen, made)
    assert owed == any(isinstance(item, Obligation) for item in read(ItemSource(seen, made)))
    assert owed or not any(task.owed for task in agenda_of(seen, made).tasks)
