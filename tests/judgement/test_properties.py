"""What must hold for every prospect: the last paragraph of the product's design, as laws."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from review_board.judgement.evidence import gather
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.records import (
    Callback,
    Contact,
    Drop,
    NextStep,
    Nurture,
    Quote,
    Rescue,
    Touch,
    touch_of,
)
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, QuoteState, Track
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Thresholds, Tiers
from review_board.settings.tree import Settings
from tests.judgement import circumstances, condition_laws, laws, ledger_laws
from tests.judgement.build import DEFAULTS, TODAY, advice, day, moment, recommend, touch, touches
from tests.judgement.circumstances import moved, todays
from tests.judgement.laws import dump, judged, last_moment, with_touch
from tests.judgement.machines import ELSEWHERE, judged_elsewhere
from tests.judgement.strategies import (
    ATTEMPTS,
    SIGNALS,
    clock_times,
    pick,
    prospects,
    stories,
    worths,
)

ODD = (
    Settings(
        thresholds=Thresholds(
            attempts=2,
            deferrals=1,
            recent_days=60,
            unknown_reviews=1,
            callback_grace_days=0,
            min_hourly_value=Decimal("0.5"),
            fresh_days=0,
        )
    ),
    Settings(
        thresholds=Thresholds(
            attempts=9,
            gone_silent_attempts=9,
            deferrals=6,
            probation_deferrals=4,
            unknown_questions=1,
            unknown_reviews=3,
            callback_days=20,
            recent_days=1,
            fresh_days=300,
            min_hourly_value=Decimal(9000),
        ),
        tiers=Tiers(high_from=Decimal("10000.50")),
    ),
)
"""Other figures, some of them at an edge."""


@pytest.mark.parametrize("rule", RuleName)
def test_each_rule_has_its_prospects(rule: RuleName) -> None:
    @settings(max_examples=settings().max_examples // 2)
    @given(stories(rule), todays)
    def found(told: Prospect, today: Today) -> None:
        made = recommend(moved(told, today), today, DEFAULTS)
        assert made.rule is rule
        assert made.what_would_change is not None

    found()


@settings(max_examples=settings().max_examples * 3 // 2)
@given(
    told=prospects,
    today=todays,
    somebodys=circumstances.settings,
    off=circumstances.switches,
    spent=pick(None, Decimal("0.5"), Decimal(400)),
    more=worths,
    locations=pick(1, 120),
    signal=st.sampled_from(SIGNALS),
    attempt=st.sampled_from(ATTEMPTS),
    random=st.randoms(use_true_random=False),
    to=st.sampled_from(Column),
    ago=st.integers(-90, 400),
    outcome=st.sampled_from(Outcome),
    ahead=st.integers(1, 90),
    odd=st.sampled_from(ODD),
)
def test_every_law_holds_for_any_record_on_any_day_under_any_settings(
    *,
    told: Prospect,
    today: Today,
    somebodys: Settings,
    off: frozenset[RuleName],
    spent: Decimal | None,
    more: int | None,
    locations: int,
    signal: Outcome,
    attempt: Outcome,
    random: Any,
    to: Column,
    ago: int,
    outcome: Outcome,
    ahead: int,
    odd: Settings,
) -> None:
    """All that are asked of every record: to draw it takes ten times as long as to ask one."""
    subject = moved(told, today)
    some_off = somebodys.model_copy(update={"rules": dict.fromkeys(off, False)})
    event(f"rule {laws.found(subject, today, somebodys).rule}")
    laws.few_attempts_are_never_held_against_anybody(subject, today, somebodys)
    laws.hours_spent_count_for_nothing(subject, today, somebodys, spent)
    laws.more_value_never_drops(subject, today, somebodys, more, locations)
    laws.a_signal_today_is_never_dropped(subject, today, somebodys, signal)
    laws.everybody_gets_a_verdict_a_rule_and_evidence(subject, today, somebodys)
    assert laws.what_would_change_it_does(subject, today, somebodys)
    condition_laws.a_flip_says_what_it_supposes(subject, today)
    condition_laws.each_event_of_a_condition_is_news(subject, today)
    condition_laws.any_day_that_a_flip_allows_will_do(subject, today)
    ledger_laws.every_comparison_is_true_and_names_its_setting(subject, today)
    ledger_laws.every_comparison_is_true_and_names_its_setting(subject, today, odd)
    ledger_laws.each_line_stands_on_the_side_that_it_speaks_for(subject, today)
    ledger_laws.each_line_stands_on_the_side_that_it_speaks_for(subject, today, odd)
    laws.no_order_of_keys_leaks_in(subject, today, somebodys, random)
    laws.our_own_notes_and_moves_change_nothing(subject, today, somebodys, to)
    laws.the_same_touch_told_by_somebody_else_changes_nothing(subject, today, somebodys)
    laws.taking_the_advice_to_keep_it_does_not_turn_it(subject, today, somebodys)
    no_zone_and_no_date_decides(told, today, somebodys)
    without_the_rules_that_decide_it_is_still_judged_and_could_change(subject, today, some_off)
    without_the_rules_that_decide_it_is_still_judged_and_could_change(subject, today, somebodys)
    what_comes_later_changes_no_earlier_day(subject, today, somebodys, ago)
    a_touch_of_tomorrow_says_nothing_today(subject, today, somebodys, outcome, ahead)
    pressure_never_changes_a_verdict(subject, today, somebodys)
    what_we_send_never_winds_the_buyers_clock(subject, today, somebodys, attempt)


def no_zone_and_no_date_decides(told: Prospect, today: Today, somebodys: Settings) -> None:
    """A story told elsewhere and at another time, over a change of the clocks too, ends the same."""
    here, there = (
        recommend(subject, on, somebodys)
        for subject, on in ((told, TODAY), (moved(told, today), today))
    )
    assert there.finding.match == here.finding.match
    assert there.evidence == here.evidence


@given(prospects, todays, circumstances.settings, st.integers(0, 400), clock_times)
def test_one_more_empty_deferral_in_time_or_late_never_softens_a_drop(
    told: Prospect, today: Today, somebodys: Settings, ago: int, minutes: int
) -> None:
    late, subject = timedelta(days=ago, minutes=minutes), moved(told, today)
    assume(laws.an_empty_deferral_never_softens_a_drop(subject, today, somebodys))
    laws.an_empty_deferral_never_softens_a_drop(subject, today, somebodys, late)


def what_comes_later_changes_no_earlier_day(
    subject: Prospect, today: Today, somebodys: Settings, ago: int
) -> None:
    then = Today(today.day - timedelta(days=ago), today.zone)
    cut = _as_known_then(subject, then)
    assert judged(subject, then, somebodys) == judged(cut, then, somebodys)


def _as_known_then(subject: Prospect, then: Today) -> Prospect:
    """The record without whatever carries a later date."""

    def known(on: date | None) -> bool:
        return on is None or on <= then.day

    def until(items: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(item for item in items if known(then.day_of(item.at)))

    def undecided(quote: Any) -> Any:
        if known(quote.decided_on):
            return quote
        return quote.model_copy(update={"state": QuoteState.OPEN, "decided_on": None})

    drop, silenced = subject.drop, subject.do_not_contact
    made = (*subject.earlier_callbacks, subject.callback)
    promises = tuple(promise for promise in made if promise and known(promise.asked_on))
    taken_back = subject.callback is None  # nobody knows when
    return subject.with_changes(
        touches=until(subject.touches),
        pushes=until(subject.pushes),
        notes=until(subject.notes),
        verdicts=until(subject.verdicts),
        quotes=tuple(undecided(q) for q in subject.quotes if known(q.sent_on)),
        answers={key: a for key, a in subject.answers.items() if known(a.on)},
        callback=None if taken_back or not promises else promises[-1],
        earlier_callbacks=subject.earlier_callbacks if taken_back else promises[:-1],
        rescue=subject.rescue if subject.rescue and known(subject.rescue.on) else None,
        drop=drop if drop and known(then.day_of(drop.at)) else None,
        do_not_contact=silenced if silenced and known(then.day_of(silenced.at)) else None,
    )


def a_touch_of_tomorrow_says_nothing_today(
    subject: Prospect, today: Today, somebodys: Settings, outcome: Outcome, ahead: int
) -> None:
    day = today.day + timedelta(days=ahead)
    later = with_touch(subject, outcome, datetime.combine(day, time(), today.zone))
    assert judged(later, today, somebodys) == judged(subject, today, somebodys)


def without_the_rules_that_decide_it_is_still_judged_and_could_change(
    subject: Prospect, today: Today, somebodys: Settings
) -> None:
    """The rule that decides is switched off, then the one that decides in its place, to the last."""
    without = somebodys
    for _ in RuleName:
        laws.everybody_gets_a_verdict_a_rule_and_evidence(subject, today, without)
        laws.what_would_change_it_does(subject, today, without)
        laws.few_attempts_are_never_held_against_anybody(subject, today, without)
        rule = laws.found(subject, today, without).rule
        assert without.is_on(rule)
        if rule is RuleName.WORKING:
            return
        without = without.model_copy(update={"rules": {**without.rules, rule: False}})
    raise AssertionError("some rule decides twice")


def pressure_never_changes_a_verdict(subject: Prospect, today: Today, somebodys: Settings) -> None:
    """It runs beside the rules: other waits, the same finding.

    Only the days of a contact that waits for it move: the next of a nurture, those of a last attempt to come.
    """
    waits = somebodys.pressure.model_copy(update={"wait_days": (40,), "burst_attempts": 1})
    pressed = somebodys.model_copy(update={"pressure": waits})
    made, usual = (recommend(subject, today, each) for each in (pressed, somebodys))
    here, there = usual.finding, made.finding
    is_to_come = here.rule is RuleName.RESCUE and subject.rescue is None
    if here.rule is RuleName.NURTURING or is_to_come:
        assert (here.until is None) is (there.until is None)
        here, there = (replace(found, action="", until=None) for found in (here, there))
    assert there == here
    earliest = made.pressure.earliest
    assert (earliest is None) is (made.rule is RuleName.DO_NOT_CONTACT)
    assert earliest is None or earliest >= today.day
    assert made.earliest is None or earliest is None or made.earliest >= earliest


def test_pressure_tells_no_running_last_attempt_to_wait() -> None:
    """Called yesterday, with most of its days left: no wait of the settings makes it one that is out."""
    tries = touches(Outcome.VOICEMAIL, 90, 80, 70, 60, 50, 1)
    record = (touch(Outcome.TALKED, 100), *tries)
    running = Rescue(on=day(1), until=day(-31), route="in person")
    large = Money(amount=Decimal(250_000))
    subject = Prospect(id="p", name="N", touches=record, value=large, rescue=running)
    assert advice(subject).rule is RuleName.RESCUE
    pressure_never_changes_a_verdict(subject, TODAY, DEFAULTS)


def test_pressure_moves_the_days_of_a_contact_and_not_the_verdict() -> None:
    """The next contact of a nurture, and the last attempt to come at a large sale."""
    tries = touches(Outcome.VOICEMAIL, 90, 80, 70, 60, 50, 1)
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=day(61))
    nurtured = Prospect(id="p", name="N", column=Column.NURTURE, nurture=plan, touches=tries[-1:])
    record, large = (touch(Outcome.TALKED, 100), *tries), Money(amount=Decimal(250_000))
    silent = Prospect(id="p", name="N", touches=record, value=large)
    for subject, rule in ((nurtured, RuleName.NURTURING), (silent, RuleName.RESCUE)):
        assert advice(subject).rule is rule
        pressure_never_changes_a_verdict(subject, TODAY, DEFAULTS)


def test_a_dropped_card_with_a_step_ahead_is_judged_the_same_wherever_it_lies() -> None:
    drop = Drop(at=moment(0), by="ann", reason=DropReason.NO_NEED)
    ahead = NextStep(action="call", on=day(-54))
    subject = Prospect(id="p", name="N", column=Column.DROPPED, drop=drop, next_step=ahead)
    laws.our_own_notes_and_moves_change_nothing(subject, TODAY, DEFAULTS, Column.ACTIVE)


def test_a_dropped_card_with_a_quote_and_a_late_callback_is_judged_the_same_wherever_it_lies() -> (
    None
):
    drop = Drop(at=moment(0), by="ann", reason=DropReason.NO_RESPONSE)
    quote = Quote(id="q", sent_on=day(14), amount=Money(amount=Decimal(700)))
    call = Callback(on=day(42), asked_on=day(51))
    kept = {"quotes": (quote,), "callback": call, "created": moment(51), "contact_history": True}
    subject = Prospect(id="p", name="N", column=Column.DROPPED, drop=drop, **kept)
    laws.our_own_notes_and_moves_change_nothing(subject, TODAY, DEFAULTS)


def what_we_send_never_winds_the_buyers_clock(
    subject: Prospect, today: Today, somebodys: Settings, outcome: Outcome
) -> None:
    before = gather(subject, today, somebodys)
    sent = with_touch(subject, outcome, last_moment(subject, today))
    after = gather(sent, today, somebodys)
    assert after.timeline.last_signal == before.timeline.last_signal
    assert after.timeline.last_answer == before.timeline.last_answer
    assert after.timeline.deferrals == before.timeline.deferrals
    assert before.unanswered <= after.unanswered <= before.unanswered + 1


def test_no_machine_leaks_in() -> None:
    """Hash seed, time zone and locale of the process are none of the judgement's business."""
    from tests.judgement.scenarios import load_scenarios

    ways = Contact(id="k", name="Kim", phone="555-0142", email="kim@acme.example")
    met = Prospect(id="m", name="Met", contacts=(ways,), touches=(touch(Outcome.MEETING, 40),))
    documents = [to_document(p) for p in (met, *(s.prospect for s in load_scenarios()))]
    berlin = Today(TODAY.day, ZoneInfo("Europe/Berlin"))
    here = [dump(recommend(from_document(d), berlin, DEFAULTS)).decode() for d in documents]
    for surroundings in ELSEWHERE:
        dated = [(TODAY.day, document) for document in documents]
        assert judged_elsewhere(dated, *surroundings) == here


def test_a_touch_keeps_its_day_through_the_file() -> None:
    """What is written and read again judges the same."""
    subject = Prospect(id="p", name="N", touches=(_late_call(),), created=_late_call().at)
    again = from_document(to_document(subject))
    assert dump(advice(again)) == dump(advice(subject))


def _late_call() -> Touch:
    late = datetime.combine(day(40), datetime.min.time(), ZoneInfo("America/New_York"))
    return touch_of(Outcome.VOICEMAIL, id="late", at=late, by="ann")
