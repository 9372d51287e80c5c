"""The two clocks: what winds them, what counts once, what ends a silence."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from review_board.pipeline.dates import Today
from review_board.pipeline.records import Nurture, Push, Touch, touch_of
from review_board.pipeline.vocabulary import (
    OUTCOMES,
    Channel,
    Column,
    Direction,
    Outcome,
    ReasonKind,
)
from review_board.settings.rule_names import RuleName
from tests.judgement.build import (
    TODAY,
    day,
    evidence,
    finding,
    moment,
    promise,
    prospect,
    quote,
    touch,
    touches,
)


def deferred(days_ago: int, reason: ReasonKind | None = None, hour: int = 12) -> Touch:
    return touch(Outcome.DEFERRED, days_ago, hour, reason=reason)


def push(days_ago: int, reason: ReasonKind | None = None) -> Push:
    return Push(
        id=f"x{days_ago}",
        at=moment(days_ago),
        from_day=day(0),
        to_day=day(-30),
        reason=reason,
    )


class TestAttempts:
    def test_several_on_one_day_count_once(self) -> None:
        tried = tuple(touch(Outcome.NO_ANSWER, 3, hour) for hour in (8, 12, 17))
        assert evidence(prospect(*tried, touch(Outcome.EMAIL, 2))).unanswered == 2

    @pytest.mark.parametrize("outcome", [Outcome.MAILING, Outcome.QUOTE, Outcome.AUTO_REPLY])
    def test_what_expects_no_answer_is_none(self, outcome: Outcome) -> None:
        assert evidence(prospect(touch(outcome, 3))).unanswered == 0

    def test_what_they_send_us_is_none_of_ours(self) -> None:
        """An inbound voicemail is an answer, whatever the word for its outcome."""
        theirs = touch(Outcome.VOICEMAIL, 2, direction=Direction.INBOUND)
        found = evidence(prospect(*touches(Outcome.NO_ANSWER, 9, 8, 7), theirs))
        assert found.unanswered == 0
        assert found.silent_days == 2

    def test_an_answer_starts_the_count_anew(self) -> None:
        tried = touches(Outcome.NO_ANSWER, 9, 8, 3)
        assert evidence(prospect(*tried, touch(Outcome.TALKED, 5))).unanswered == 1

    def test_an_answered_call_is_an_attempt_on_a_quote(self) -> None:
        talks = touches(Outcome.TALKED, 1, 2, 3, 4)
        quoted = {"quotes": (quote(9),)}
        assert finding(prospect(*talks, **quoted)).rule is RuleName.OPEN_QUOTE
        five = (*talks, touch(Outcome.TALKED, 5))
        assert finding(prospect(*five, **quoted)).rule is RuleName.WORKING

    @pytest.mark.parametrize("direction", list(Direction))
    def test_a_request_to_be_left_alone_is_no_attempt_on_a_quote(
        self, direction: Direction
    ) -> None:
        asked = touch(Outcome.DO_NOT_CONTACT, 2, direction=direction)
        found = evidence(prospect(asked, quotes=(quote(9),)))
        assert (found.quote_attempts, found.was_contacted) == ((), False)

    def test_the_order_of_the_record_is_no_order_of_time(self) -> None:
        tried = touches(Outcome.NO_ANSWER, 3, 9, 8)
        late = prospect(*tried, touch(Outcome.TALKED, 5))
        assert evidence(late).unanswered == 1
        assert evidence(late).touch_days == 3


class TestSignals:
    @pytest.mark.parametrize("outcome", Outcome)
    def test_only_what_the_buyer_spends_winds_their_clock(self, outcome: Outcome) -> None:
        found = evidence(prospect(touch(outcome, 4)))
        spends = outcome in {Outcome.INBOUND, Outcome.ADVANCED, Outcome.MEETING}
        assert OUTCOMES[outcome].signal is spends
        assert found.signal_days == (4 if spends else None)

    @pytest.mark.parametrize("outcome", [Outcome.MAILING, Outcome.EMAIL, Outcome.VOICEMAIL])
    def test_ours_winds_ours(self, outcome: Outcome) -> None:
        found = evidence(prospect(touch(Outcome.MEETING, 50), touch(outcome, 2)))
        assert (found.touch_days, found.signal_days, found.silent_days) == (2, 50, 50)


class TestDeferrals:
    def test_one_kind_of_reason_explains_once(self) -> None:
        again = prospect(deferred(30, ReasonKind.BUDGET), deferred(9, ReasonKind.BUDGET))
        assert [d.id for d in evidence(again).unexplained] == ["touches/deferred-9-12"]

    def test_another_kind_explains_too(self) -> None:
        other = prospect(deferred(30, ReasonKind.BUDGET), deferred(9, ReasonKind.PERSON))
        assert evidence(other).unexplained == ()

    def test_a_signal_between_makes_the_reason_good_again(self) -> None:
        moved = prospect(
            deferred(30, ReasonKind.BUDGET),
            touch(Outcome.MEETING, 20),
            deferred(9, ReasonKind.BUDGET),
        )
        assert evidence(moved).unexplained == ()

    def test_a_push_is_one(self) -> None:
        pushed = prospect(touch(Outcome.TALKED, 90), pushes=(push(60), push(40), push(20)))
        assert finding(pushed).rule is RuleName.SERIAL_DEFERRAL
        explained = pushed.with_changes(pushes=(push(60, ReasonKind.EVENT), push(40), push(20)))
        assert len(evidence(explained).unexplained) == 2

    def test_a_push_uses_up_a_reason(self) -> None:
        pushed = prospect(deferred(10, ReasonKind.EVENT), pushes=(push(20, ReasonKind.EVENT),))
        assert [d.id for d in evidence(pushed).unexplained] == ["touches/deferred-10-12"]

    def test_a_signal_forgets_them_but_not_for_life(self) -> None:
        found = evidence(
            prospect(*touches(Outcome.DEFERRED, 50, 40, 30), touch(Outcome.MEETING, 3))
        )
        assert found.unexplained == ()
        assert len(found.deferral_days) == 3

    def test_an_empty_one_ends_no_silence(self) -> None:
        put_off = prospect(
            touch(Outcome.TALKED, 90),
            *touches(Outcome.VOICEMAIL, 80, 70, 60, 50, 40, 30),
            deferred(2),
        )
        found = evidence(put_off.with_changes(value=None))
        assert (found.silent_days, found.unanswered) == (90, 6)
        assert finding(put_off.with_changes(value=None)).destination is Column.DROPPED

    def test_an_explained_one_does(self) -> None:
        asked = prospect(touch(Outcome.TALKED, 90), deferred(2, ReasonKind.PROJECT))
        assert evidence(asked).silent_days == 2

    def test_it_does_end_the_run_of_unanswered_attempts_for_the_pressure(self) -> None:
        put_off = prospect(*touches(Outcome.VOICEMAIL, 6, 5, 4, 3), deferred(2))
        assert evidence(put_off).timeline.since_response == ()


class TestEnteredTwice:
    """A file may hold the same event more than once: a day on which they put us off counts once."""

    def test_a_proven_callback_stays_proven(self) -> None:
        told = {"reason": ReasonKind.PROJECT, "note": "kick-off on the 10th"}
        four = tuple(
            touch(Outcome.DEFERRED, 0, hour, by=by, **told)
            for hour, by in ((9, "ann"), (10, "ann"), (11, "bob"), (12, "ann"))
        )
        asked = promise(0, 20, reason=ReasonKind.PROJECT, touch=four[-1].id)
        subject = prospect(*four, callback=asked)
        assert finding(subject).rule is RuleName.PROVEN_CALLBACK
        assert evidence(subject).unexplained == ()
        assert len(evidence(subject).deferral_days) == 1

    def test_without_a_reason_it_counts_once(self) -> None:
        four = tuple(touch(Outcome.DEFERRED, 3, hour) for hour in (9, 10, 11, 12))
        found = evidence(prospect(*four, callback=promise(3, 5, proven=False, touch=four[1].id)))
        assert [d.id for d in found.unexplained] == ["touches/deferred-3-9"]

    @pytest.mark.parametrize("first", [None, ReasonKind.BUDGET])
    def test_a_reason_given_by_one_of_two_explains_the_day(self, first: ReasonKind | None) -> None:
        second = None if first else ReasonKind.BUDGET
        told = (
            touch(Outcome.DEFERRED, 3, 9, reason=first),
            touch(Outcome.DEFERRED, 3, 11, reason=second),
        )
        assert evidence(prospect(*told)).unexplained == ()

    def test_a_call_and_the_pushed_close_date_of_its_day_are_one(self) -> None:
        push = Push(id="x", at=moment(3, 14), from_day=day(-9), to_day=day(-40))
        found = evidence(prospect(touch(Outcome.DEFERRED, 3), pushes=(push,)))
        assert len(found.unexplained) == 1

    def test_a_mailing_entered_twice_is_one_of_the_track(self) -> None:
        plan = Nurture(since=day(100))
        sent = [touch(Outcome.MAILING, days, hour) for days in (60, 30) for hour in (9, 10)]
        found = evidence(prospect(*sent, column=Column.NURTURE, nurture=plan))
        assert len(found.nurture_touches) == 2


class TestUltimatum:
    def test_a_signal_later_that_day_takes_it_back(self) -> None:
        hostile, back = touch(Outcome.HOSTILE, 9, 10), touch(Outcome.ADVANCED, 9, 15)
        assert finding(prospect(hostile, back)).rule is RuleName.LIVE_INTEREST
        assert finding(prospect(back, hostile)).rule is RuleName.LIVE_INTEREST

    def test_a_signal_earlier_that_day_does_not(self) -> None:
        signal, hostile = touch(Outcome.ADVANCED, 9, 10), touch(Outcome.HOSTILE, 9, 15)
        assert finding(prospect(signal, hostile)).rule is RuleName.HOSTILE
        assert finding(prospect(hostile, signal)).rule is RuleName.HOSTILE

    def test_at_one_instant_the_record_decides(self) -> None:
        signal, hostile = touch(Outcome.ADVANCED, 9), touch(Outcome.HOSTILE, 9)
        assert finding(prospect(signal, hostile)).rule is RuleName.HOSTILE
        assert finding(prospect(hostile, signal)).rule is RuleName.LIVE_INTEREST

    def test_a_friendly_word_is_no_signal(self) -> None:
        hostile, talk = touch(Outcome.HOSTILE, 9, note="now or never"), touch(Outcome.TALKED, 3)
        found = finding(prospect(hostile, talk))
        assert found.rule is RuleName.HOSTILE
        assert "“now or never”" in found.because.text


class TestLastCall:
    def test_a_second_one_does_not_start_the_wait_anew(self) -> None:
        tried = (touch(Outcome.TALKED, 40), *touches(Outcome.EMAIL, 35, 30, 25))
        called = touches(Outcome.LAST_CALL, 9, 2)
        assert finding(prospect(*tried, *called)).rule is RuleName.GONE_SILENT

    def test_an_answer_takes_it_back(self) -> None:
        tried = touches(Outcome.EMAIL, 60, 55, 50, 45)
        answered = prospect(*tried, touch(Outcome.LAST_CALL, 20), touch(Outcome.TALKED, 15))
        assert evidence(answered).timeline.last_call is None
        assert finding(answered).rule is RuleName.WORKING

    def test_alone_it_is_too_soon(self) -> None:
        assert finding(prospect(touch(Outcome.LAST_CALL, 40))).rule is RuleName.TOO_SOON


class TestNeverContacted:
    def test_a_mailing_is_no_call(self) -> None:
        mailed = prospect(*touches(Outcome.MAILING, 200, 100))
        assert finding(mailed).rule is RuleName.NEVER_WORKED

    def test_they_came_and_nobody_called(self) -> None:
        came = prospect(touch(Outcome.INBOUND, 40))
        assert finding(came).rule is RuleName.NEVER_WORKED
        assert finding(prospect(touch(Outcome.INBOUND, 4))).rule is RuleName.LIVE_INTEREST

    def test_without_a_day_of_entry_it_counts_as_old(self) -> None:
        assert finding(prospect(created=None)).rule is RuleName.NEVER_WORKED


class TestPoorPayoff:
    def test_a_week_of_calls_to_somebody_new_is_no_month_without_a_signal(self) -> None:
        tried = touches(Outcome.NO_ANSWER, 1, 2, 3, 4, 5, 6)
        assert finding(prospect(*tried, value=None)).rule is RuleName.WORKING
        cheap = prospect(*tried).with_changes(value=quote(1).amount.times(0))
        assert finding(cheap).rule is RuleName.WORKING
        longer = cheap.with_changes(touches=(*tried, touch(Outcome.NO_ANSWER, 31)))
        assert finding(longer).rule is RuleName.POOR_PAYOFF

    def test_friendly_talks_are_attempts_too(self) -> None:
        talks = prospect(*touches(Outcome.TALKED, 3, 9, 15, 20, 33))
        assert finding(talks).rule is RuleName.WORKING
        assert finding(talks.with_changes(value=quote(1).amount.times(0))).rule is (
            RuleName.POOR_PAYOFF
        )


class TestZones:
    LATE = datetime(2026, 11, 19, 23, 30, tzinfo=UTC)

    def test_late_in_london_is_tomorrow_in_berlin(self) -> None:
        called = prospect(touch_of(Outcome.VOICEMAIL, id="late", at=self.LATE))
        assert evidence(called).touch_days == 1
        berlin = Today(TODAY.day, ZoneInfo("Europe/Berlin"))
        assert evidence(called, today=berlin).touch_days == 0

    def test_tonight_there_is_not_yet_here(self) -> None:
        """What fell on the next day of the pipeline's zone does not exist yet."""
        called = prospect(touch_of(Outcome.MEETING, id="late", at=self.LATE))
        berlin = Today(date(2026, 11, 19), ZoneInfo("Europe/Berlin"))
        assert evidence(called, today=berlin).signal_days is None
        assert evidence(called, today=Today(date(2026, 11, 19))).signal_days == 0

    @pytest.mark.parametrize("on", [date(2026, 3, 29), date(2026, 10, 25)])
    def test_days_of_23_and_25_hours_are_days(self, on: date) -> None:
        berlin = ZoneInfo("Europe/Berlin")
        night = datetime(on.year, on.month, on.day, 0, 5, tzinfo=berlin)
        evening = datetime(on.year, on.month, on.day, 23, 55, tzinfo=berlin)
        tried = prospect(
            touch_of(Outcome.VOICEMAIL, id="night", at=night.astimezone(UTC)),
            touch_of(Outcome.VOICEMAIL, id="evening", at=evening.astimezone(UTC)),
        )
        today = Today(on, berlin)
        assert evidence(tried, today=today).unanswered == 1
        assert evidence(tried, today=today).touch_days == 0
        tomorrow = Today(date.fromordinal(on.toordinal() + 1), berlin)
        assert evidence(tried, today=tomorrow).touch_days == 1

    def test_midnight_that_never_was(self) -> None:
        """In Beirut the clocks went from 23:59 to 01:00."""
        zone = ZoneInfo("Asia/Beirut")
        first = datetime(2024, 3, 30, 22, 0, tzinfo=UTC)
        called = prospect(touch_of(Outcome.MEETING, id="first", at=first), created=None)
        before, after = Today(date(2024, 3, 30), zone), Today(date(2024, 3, 31), zone)
        assert evidence(called, today=before).signal_days is None
        assert evidence(called, today=after).signal_days == 0


class TestNurture:
    def test_other_touches_of_ours_count(self) -> None:
        subject = prospect(
            *touches(Outcome.MAILING, *range(1, 11)),
            touch(Outcome.EMAIL, 12),
            column=Column.NURTURE,
        )
        plan = {"track": "monthly-email", "since": day(20)}
        nurtured = type(subject).model_validate(subject.model_dump() | {"nurture": plan})
        assert len(evidence(nurtured).nurture_touches) == 11

    def test_a_word_of_theirs_starts_the_count_anew(self) -> None:
        plan = {"track": "monthly-email", "since": day(60)}
        mailed = touches(Outcome.MAILING, *range(30, 43))
        base = prospect(*mailed, column=Column.NURTURE)
        nurtured = type(base).model_validate(base.model_dump() | {"nurture": plan})
        assert finding(nurtured).rule is RuleName.NURTURE_EXHAUSTED
        thanked = nurtured.with_changes(touches=(*mailed, touch(Outcome.TALKED, 29)))
        assert finding(thanked).rule is RuleName.NURTURING
        more = touches(Outcome.MAILING, *range(1, 13))
        again = nurtured.with_changes(touches=(*thanked.touches, *more))
        assert finding(again).rule is RuleName.NURTURE_EXHAUSTED

    def test_a_talk_on_the_day_it_began_does_not_spare_it_for_ever(self) -> None:
        plan = {"track": "monthly-email", "since": day(60)}
        mailed = touches(Outcome.MAILING, *range(30, 42))
        base = prospect(touch(Outcome.TALKED, 60, 8), *mailed, column=Column.NURTURE)
        nurtured = type(base).model_validate(base.model_dump() | {"nurture": plan})
        assert finding(nurtured).rule is RuleName.NURTURE_EXHAUSTED


class TestProbation:
    def test_our_own_move_is_no_return(self) -> None:
        drop = {"at": moment(30), "by": "ann", "reason": "timing"}
        base = prospect(touch(Outcome.TALKED, 3), column=Column.ACTIVE)
        dropped = type(base).model_validate(base.model_dump() | {"drop": drop})
        assert evidence(dropped).probation_until is None

    def test_it_runs_from_the_first_signal_after_the_drop(self) -> None:
        drop = {"at": moment(30), "by": "ann", "reason": "timing"}
        base = prospect(*touches(Outcome.INBOUND, 40, 20, 10))
        dropped = type(base).model_validate(base.model_dump() | {"drop": drop})
        assert evidence(dropped).probation_until == day(20 - 90)

    def test_the_first_empty_deferral_ends_it(self) -> None:
        drop = {"at": moment(30), "by": "ann", "reason": "timing"}
        base = prospect(touch(Outcome.INBOUND, 10), touch(Outcome.DEFERRED, 1))
        dropped = type(base).model_validate(base.model_dump() | {"drop": drop})
        found = finding(dropped)
        assert (found.rule, found.destination) == (RuleName.SERIAL_DEFERRAL, Column.DROPPED)
        assert found.because.key == "thresholds.probation_deferrals"


def test_channels_are_as_recorded() -> None:
    visited = touch(Outcome.NO_ANSWER, 1, channel=Channel.IN_PERSON)
    assert evidence(prospect(visited)).unanswered == 1
