"""What is filled in before a person is asked."""

from collections import Counter
from dataclasses import replace
from datetime import date, time, timedelta

from review_board.judgement.evidence import gather
from review_board.pipeline.dates import Today
from review_board.pipeline.records import DAY_ALONE, Contact, NextStep
from review_board.pipeline.vocabulary import AnswerState, Column, DropReason, Outcome, Role, Track
from review_board.review.proposals import (
    proposed_bet_day,
    proposed_idea_day,
    proposed_ideas,
    proposed_plan,
    proposed_reason,
    proposed_step,
    spread_touches,
)
from review_board.review.verdicts import Decision, too_soon
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Calendar
from review_board.settings.tree import Settings
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    advice,
    answer,
    day,
    evidence,
    finding,
    money,
    promise,
    prospect,
    touch,
    touches,
)


def test_the_step_is_proposed_for_the_earliest_day_that_pressure_allows() -> None:
    tried = prospect(touch(Outcome.TALKED, 9), *touches(Outcome.VOICEMAIL, 3, 2, 1))
    _, on, _ = proposed_step(advice(tried), evidence(tried))
    assert on == advice(tried).pressure.earliest
    assert on > TODAY.day


def test_a_step_on_record_is_kept_and_an_overdue_one_is_not() -> None:
    step = NextStep(action="demo", on=TODAY.day + timedelta(days=5), time=time(10))
    coming = prospect(touch(Outcome.TALKED, 5), next_step=step)
    assert proposed_step(advice(coming), evidence(coming)) == ("demo", step.on, time(10))
    nameless = coming.with_changes(next_step=NextStep(action=DAY_ALONE, on=step.on))
    action, on, _ = proposed_step(advice(nameless), evidence(nameless))
    assert (action, on) == ("contact them again", step.on), "a day of a list alone is no text"
    overdue = NextStep(action="demo", on=TODAY.day - timedelta(days=5))
    late = coming.with_changes(next_step=overdue)
    assert proposed_step(advice(late), evidence(late))[1] == TODAY.day, "as When says now"


def test_a_step_is_never_proposed_for_a_day_that_the_card_calls_too_early() -> None:
    step = NextStep(action="demo", on=TODAY.day + timedelta(days=5), time=time(10))
    angry = prospect(touch(Outcome.TALKED, 9), touch(Outcome.COMPLAINT, 2), next_step=step)
    allowed = advice(angry).pressure.earliest
    assert allowed is not None
    assert proposed_step(advice(angry), evidence(angry)) == ("demo", allowed, None)


def test_what_we_are_to_send_is_proposed_for_its_own_day() -> None:
    tried = prospect(touch(Outcome.TALKED, 20), *touches(Outcome.VOICEMAIL, 8, 6, 4, 2))
    for action, on in (("send the plans", day(-3)), ("call Kim", day(-5))):
        planned = tried.with_changes(next_step=NextStep(action=action, on=day(-3)))
        assert proposed_step(advice(planned), evidence(planned)) == (action, on, None)


def test_the_far_day_for_which_a_card_is_let_go_is_none_of_the_step_that_keeps_it() -> None:
    far = prospect(callback=promise(3, 300))
    made = advice(far)
    assert made.rule is RuleName.FAR_CALLBACK
    assert proposed_step(made, evidence(far))[1] == TODAY.day
    assert not too_soon(TODAY.day, made)


def test_a_last_attempt_is_proposed_with_one_day_alone() -> None:
    champion = Contact(id="c-1", name="Olga Abbot", role=Role.CHAMPION)
    tried = prospect(
        touch(Outcome.TALKED, 100),
        *touches(Outcome.VOICEMAIL, *range(95, 25, -10)),
        value=money(400_000),
        contacts=(champion,),
    )
    assert proposed_step(advice(tried), evidence(tried))[0] == "ask Olga Abbot why it stalled"


def test_the_reason_follows_the_rule() -> None:
    serial = prospect(*touches(Outcome.DEFERRED, 90, 60, 30))
    assert proposed_reason(finding(serial), DEFAULTS) is DropReason.ONLY_DEFERRALS
    poor = prospect(answers={"budget": answer(AnswerState.NEGATIVE)})
    assert proposed_reason(finding(poor), DEFAULTS) is DropReason.NO_BUDGET
    assert proposed_reason(finding(prospect(touch(Outcome.TALKED, 2))), DEFAULTS) is None


def test_a_high_tier_deferrer_is_nurtured_by_email() -> None:
    high = prospect(*touches(Outcome.DEFERRED, 90, 60, 30), value=money(500_000))
    assert proposed_plan(evidence(high), finding(high)) == (Track.MONTHLY_EMAIL, None)


def test_many_steps_of_one_review_are_spread_from_today_over_the_working_days() -> None:
    """TODAY is a Friday: the next free day is Monday."""
    card, planned, days = prospect(touch(Outcome.TALKED, 5)), Counter[date](), []
    for _ in range(2 * DEFAULTS.review.steps_a_day + 1):
        _, on, _ = proposed_step(advice(card), evidence(card), planned)
        planned[on] += 1
        days.append((on - TODAY.day).days)
    assert [days.count(ahead) for ahead in (0, 3, 4)] == [8, 8, 1]


def test_holidays_are_passed_over_as_weekends_are() -> None:
    """TODAY is a Friday and off as Monday and Tuesday are, and so is the usual day of the letter."""
    letter = DEFAULTS.first_touch(Track.KEEP_IN_TOUCH, TODAY.day)
    off = [*(TODAY.day + timedelta(days=ahead) for ahead in (0, 3, 4)), letter]
    settings = Settings(calendar=Calendar(holidays=tuple(map(str, off))))
    seen = gather(prospect(touch(Outcome.TALKED, 5)), TODAY, settings)
    _, on, _ = proposed_step(advice(seen.prospect, settings), seen)
    assert on == TODAY.day + timedelta(days=5)
    after = settings.first_touch(Track.KEEP_IN_TOUCH, TODAY.day)
    assert after == DEFAULTS.calendar.working_from(letter + timedelta(days=1))


def test_first_touches_of_nurture_are_spread_as_steps_are() -> None:
    usual, many = DEFAULTS.first_touch(Track.KEEP_IN_TOUCH, TODAY.day), DEFAULTS.review.steps_a_day
    named = Decision(Column.NURTURE, track=Track.KEEP_IN_TOUCH, first=usual)
    open_day = replace(named, first=None)
    asked = [named, *[open_day] * (many + 1), Decision(Column.ACTIVE)]
    spread = spread_touches(asked, TODAY.day, DEFAULTS, {})
    days = [decision.first for decision in spread]
    assert days[: many + 1] == [usual] * (many + 1)
    assert days[many + 1] == DEFAULTS.calendar.working_from(usual + timedelta(days=1))
    assert days[-1] is None


def test_bets_and_ideas_end_on_working_days_within_their_limit() -> None:
    for back in range(7):
        today = Today(day(back), TODAY.zone)
        for length in (1, 2, 9, 14):
            review = DEFAULTS.review.model_copy(
                update={"bet_days": length, "last_attempt_days": length}
            )
            settings = DEFAULTS.model_copy(update={"review": review})
            seen = gather(prospect(touch(Outcome.TALKED, 20)), today, settings)
            for on in (proposed_bet_day(seen), proposed_idea_day(seen)):
                assert today.day < on <= today.day + timedelta(days=length)
                within = [today.day + timedelta(days=n) for n in range(1, length + 1)]
                working = any(map(settings.calendar.is_working, within))
                assert settings.calendar.is_working(on) is working


def test_nobody_who_is_not_on_record_is_to_be_asked() -> None:
    alone = proposed_ideas(evidence(prospect()))
    assert alone[0] == "find another contact"
    assert not any("assistant" in idea or "stalled" in idea for idea in alone)
    kim = Contact(id="k", name="Kim Aldous", role=Role.ASSISTANT)
    helped = proposed_ideas(evidence(prospect(contacts=(kim,))))
    assert helped[1] == "ask Kim Aldous (assistant) what would work"


def test_a_callback_that_rests_is_proposed_as_no_step() -> None:
    """Kept in Active it would be due twice on its day, and "leave it" is nothing to do."""
    rests = prospect(touch(Outcome.DEFERRED, 5), column=Column.CALLBACK, callback=promise(5, 60))
    assert proposed_step(advice(rests), evidence(rests))[0] == ""
