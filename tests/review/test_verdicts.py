"""A verdict: what each destination demands, and what goes on record."""

from dataclasses import replace
from datetime import timedelta

import pytest

from review_board.errors import RefusedError
from review_board.judgement.due.tasks import TaskKind, agenda_of
from review_board.judgement.due.when_due import due_on
from review_board.judgement.recommendation import Observation
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, Drop, NextStep, Nurture
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Track, Verdict
from review_board.review.verdicts import (
    Circumstances,
    Decision,
    done_words,
    reason_to_go,
    record_decision,
    refusal,
    why_against,
)
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    advice,
    day,
    evidence,
    finding,
    moment,
    money,
    promise,
    prospect,
    touch,
    touches,
)

STAMP = Stamp(at=moment(0, 15), by="ann", key="k-1")
STEP = NextStep(action="call about the quote", on=TODAY.day + timedelta(days=3))
WORKING = prospect(touch(Outcome.TALKED, 5))
SERIAL = prospect(*touches(Outcome.DEFERRED, 90, 60, 30))


def decided(subject: Prospect, decision: Decision) -> Prospect:
    circumstances = Circumstances("s-1", 31)
    return record_decision(
        subject,
        decision,
        advice(subject),
        TODAY,
        STAMP,
        settings=DEFAULTS,
        circumstances=circumstances,
    )


def missing(subject: Prospect, decision: Decision) -> str:
    return refusal(subject, decision, advice(subject), TODAY, DEFAULTS) or ""


@pytest.mark.parametrize(
    ("decision", "told"),
    [
        (Decision(Column.ACTIVE), "next step"),
        (Decision(Column.ACTIVE, step=NextStep(action="call", on=day(1))), "is over"),
        (Decision(Column.CALLBACK), "day"),
        (Decision(Column.DROPPED, against="a word", start_anew=False), "reason"),
        (
            Decision(Column.DROPPED, reason=DropReason.TIMING, against="a word"),
            "start with them",
        ),
        (Decision(Column.DROPPED, reason=DropReason.OTHER), "needs"),
        (Decision(Column.DROPPED, reason=DropReason.OTHER, note="x"), "“x” is too short"),
        (Decision(Column.NURTURE), "in a line"),
    ],
)
def test_what_is_missing_is_refused_and_nothing_decided(decision: Decision, told: str) -> None:
    assert told in missing(WORKING, decision)
    with pytest.raises(RefusedError, match="othing was decided"):
        decided(WORKING, decision)


def test_the_reason_of_a_drop_is_the_line_against_the_advice_too() -> None:
    drop = Decision(Column.DROPPED, reason=DropReason.TIMING, start_anew=False)
    assert missing(WORKING, drop) == ""
    assert why_against(drop, DEFAULTS) == "wrong time"
    assert why_against(replace(drop, note="their CFO left"), DEFAULTS) == "their CFO left"
    assert why_against(replace(drop, against="two votes"), DEFAULTS) == "two votes"


def test_a_keep_goes_to_active_with_its_step() -> None:
    kept = decided(WORKING, Decision(Column.ACTIVE, step=STEP))
    assert kept.column is Column.ACTIVE
    assert STEP.says_same(kept.next_step)


def test_a_callback_waits_for_its_date() -> None:
    promised = promise(0, 30)
    kept = decided(WORKING, Decision(Column.CALLBACK, callback=AgreedCallback.of(promised)))
    assert (kept.column, kept.callback) == (Column.CALLBACK, promised)


def test_nurture_takes_a_track_and_ends_the_next_step() -> None:
    subject = SERIAL.with_changes(next_step=STEP)
    purged = decided(subject, Decision(Column.NURTURE, track=Track.KEEP_IN_TOUCH))
    assert purged.column is Column.NURTURE
    assert purged.nurture is not None
    assert purged.nurture.next_on == TODAY.day + timedelta(days=60)
    assert purged.next_step is None


def test_a_purge_as_recommended_needs_no_line() -> None:
    dropped = decided(SERIAL, Decision(Column.DROPPED, reason=DropReason.ONLY_DEFERRALS))
    assert dropped.drop is not None
    assert dropped.drop.reason is DropReason.ONLY_DEFERRALS


def test_the_other_purge_is_not_against_the_recommendation() -> None:
    assert missing(SERIAL, Decision(Column.NURTURE)) == ""


def test_the_record_keeps_what_was_recommended_beside_what_was_decided() -> None:
    decision = Decision(
        Column.ACTIVE, step=STEP, against="their CFO starts on Monday", start_anew=True
    )
    (given,) = decided(SERIAL, decision).verdicts
    assert (given.verdict, given.recommended) == (Verdict.KEEP, Verdict.PURGE)
    assert given.recommended_destination is Column.DROPPED
    assert given.rule == "serial-deferral"
    assert (given.against, given.start_anew) == ("their CFO starts on Monday", True)
    assert given.step == STEP
    assert given.evidence == advice(SERIAL).evidence
    assert given.unknown == advice(SERIAL).unknown
    assert (given.session, given.seconds, given.by) == ("s-1", 31, "ann")
    assert given.settings == advice(SERIAL).settings
    assert not given.followed


def test_keeping_for_the_rescue_uses_it_up() -> None:
    silent = prospect(
        touch(Outcome.TALKED, 90),
        *touches(Outcome.VOICEMAIL, 88, 80, 70, 60, 50, 40),
        value=money(400_000),
    )
    kept = decided(silent, Decision(Column.ACTIVE, step=STEP, sooner="through the champion"))
    assert kept.rescue is not None
    assert kept.rescue.until == TODAY.day + timedelta(days=30)
    assert advice(silent).rule == "rescue"


def test_a_second_verdict_erases_nothing() -> None:
    once = decided(WORKING, Decision(Column.ACTIVE, step=STEP))
    again = decided(once, Decision(Column.ACTIVE, step=STEP))
    assert len(again.verdicts) == 2


class TestACallback:
    """A promise whose day is over takes a new one; our own idea of a day respects the pressure."""

    late = prospect(touch(Outcome.TALKED, 40), column=Column.CALLBACK, callback=promise(40, -16))
    pressed = prospect(touch(Outcome.TALKED, 20), *touches(Outcome.VOICEMAIL, 12, 9, 6, 3, 2, 1))

    def test_one_that_is_over_needs_a_dated_step(self) -> None:
        assert self.late.callback
        kept = Decision(Column.CALLBACK, callback=AgreedCallback.of(self.late.callback))
        assert "dated next step" in missing(self.late, kept)
        assert missing(self.late, replace(kept, step=STEP)) == ""
        assert STEP.says_same(decided(self.late, replace(kept, step=STEP)).next_step)

    def test_one_that_lies_ahead_rests_as_it_is(self) -> None:
        rests = prospect(column=Column.CALLBACK, callback=promise(5, 16))
        assert rests.callback
        kept = Decision(Column.CALLBACK, callback=AgreedCallback.of(rests.callback))
        assert missing(rests, kept) == ""

    def test_our_own_day_before_pressure_allows_it_takes_a_word(self) -> None:
        ours = AgreedCallback.of(promise(0, 1, asked_by_buyer=False))
        soon = Decision(Column.CALLBACK, callback=ours)
        assert "why so soon" in missing(self.pressed, soon)
        assert missing(self.pressed, replace(soon, sooner="she is at the fair")) == ""

    def test_a_day_that_the_buyer_asked_for_takes_none(self) -> None:
        asked = Decision(Column.CALLBACK, callback=AgreedCallback.of(promise(0, 1)))
        assert missing(self.pressed, asked) == ""

    def test_the_record_says_where_the_card_stood(self) -> None:
        asked = Decision(Column.CALLBACK, callback=AgreedCallback.of(promise(0, 9)))
        assert decided(WORKING, asked).verdicts[-1].was is Column.ACTIVE


class TestAStepBeforePressureAllowsIt:
    """Six calls since the last talk: the seventh may not come tomorrow without a word."""

    pressed = prospect(touch(Outcome.TALKED, 20), *touches(Outcome.VOICEMAIL, 12, 9, 6, 3, 2, 1))

    def test_it_takes_a_word(self) -> None:
        step = NextStep(action="call", on=TODAY.day + timedelta(days=1))
        assert "why so soon" in missing(self.pressed, Decision(Column.ACTIVE, step=step))

    def test_what_we_send_takes_one_only_where_they_complained_and_the_last_email_takes_it(
        self,
    ) -> None:
        on = TODAY.day + timedelta(days=1)
        paper, last = (
            NextStep(action=f"send the {what}", on=on) for what in ("paper", "last email")
        )
        assert missing(self.pressed, Decision(Column.ACTIVE, step=paper)) == ""
        assert "why so soon" in missing(self.pressed, Decision(Column.ACTIVE, step=last))
        complained = prospect(touch(Outcome.COMPLAINT, 2))
        assert "why so soon" in missing(complained, Decision(Column.ACTIVE, step=paper))

    def test_the_word_is_kept(self) -> None:
        step = NextStep(action="call", on=TODAY.day + timedelta(days=1))
        kept = decided(self.pressed, Decision(Column.ACTIVE, step=step, sooner="she asked me to"))
        assert kept.verdicts[-1].sooner == "she asked me to"

    def test_on_the_earliest_day_none_is_needed(self) -> None:
        earliest = advice(self.pressed).earliest
        assert earliest is not None
        step = NextStep(action="call", on=earliest)
        assert missing(self.pressed, Decision(Column.ACTIVE, step=step)) == ""


class TestAHighTierPurge:
    high = prospect(*touches(Outcome.DEFERRED, 90, 60, 30), value=money(500_000))
    idea = NextStep(action="ask their assistant what would work", on=TODAY.day + timedelta(days=9))

    def test_it_asks_how_important_the_sale_is(self) -> None:
        assert "How important" in missing(self.high, Decision(Column.NURTURE))

    @pytest.mark.parametrize(("importance", "demands"), [(3, False), (4, True), (5, True)])
    def test_an_important_one_demands_an_idea(self, importance: int, demands: bool) -> None:
        told = missing(self.high, Decision(Column.NURTURE, importance=importance))
        assert ("one more idea" in told) is demands

    def test_the_idea_is_tried_soon_enough_to_count(self) -> None:
        for ahead, allowed in ((90, True), (91, False)):
            idea = NextStep(action="x", on=TODAY.day + timedelta(days=ahead))
            decision = Decision(Column.NURTURE, importance=5, idea=idea)
            told = missing(self.high, decision)
            assert ("The idea is tried within 90 days" in told) is not allowed

    @pytest.mark.parametrize("to", [Column.NURTURE, Column.DROPPED])
    def test_the_idea_is_the_next_step_and_brings_the_card_back_on_its_day(
        self, to: Column
    ) -> None:
        reason = DropReason.ONLY_DEFERRALS if to is Column.DROPPED else None
        decision = Decision(to, reason=reason, importance=5, idea=self.idea)
        purged = decided(self.high, decision)
        assert self.idea.says_same(purged.next_step)
        assert (purged.verdicts[-1].importance, purged.verdicts[-1].step) == (5, self.idea)
        assert due_on(evidence(purged)) == self.idea.on

    def test_a_low_tier_purge_does_not_ask(self) -> None:
        low = Decision(Column.DROPPED, reason=DropReason.ONLY_DEFERRALS)
        assert missing(SERIAL, low) == ""

    def test_one_that_stays_in_nurture_is_not_asked_again(self) -> None:
        plan = Nurture(since=day(40), next_on=day(-20))
        staying = prospect(column=Column.NURTURE, nurture=plan, value=money(500_000))
        assert missing(staying, Decision(Column.NURTURE)) == ""
        assert "How important" in missing(
            staying, Decision(Column.DROPPED, reason=DropReason.TIMING)
        )


class TestTakingUpWhatWasDropped:
    old = Drop(at=moment(100), by="ann", reason=DropReason.ONLY_DEFERRALS)
    back = prospect(touch(Outcome.INBOUND, 1), column=Column.DROPPED, drop=old)

    def test_it_takes_what_has_changed(self) -> None:
        assert "changed since" in missing(self.back, Decision(Column.ACTIVE, step=STEP))

    def test_the_answer_and_the_old_drop_stay_on_record(self) -> None:
        kept = decided(self.back, Decision(Column.ACTIVE, step=STEP, why="a new budget"))
        assert kept.verdicts[-1].changed == "a new budget"
        assert kept.drop == self.old.model_copy(update={"taken_up": kept.verdicts[-1].at})

    def test_dropping_it_again_keeps_both_drops(self) -> None:
        kept = decided(self.back, Decision(Column.ACTIVE, step=STEP, why="a new budget"))
        again = Decision(
            Column.DROPPED, reason=DropReason.TIMING, against="it was a mistake", start_anew=False
        )
        dropped = decided(kept, again)
        assert [drop.at for drop in dropped.earlier_drops] == [self.old.at]
        assert dropped.drop is not None
        assert dropped.drop.reason is DropReason.TIMING


class TestABet:
    until = TODAY.day + timedelta(days=10)

    def test_it_is_kept_with_the_buyers_action_and_its_day(self) -> None:
        bet = NextStep(action="they sign the trial", on=self.until)
        kept = decided(WORKING, Decision(Column.ACTIVE, step=STEP, bet=bet))
        assert [(b.action, b.until) for b in kept.bets] == [("they sign the trial", self.until)]
        assert due_on(evidence(kept)) == self.until + timedelta(days=1)

    @pytest.mark.parametrize(("days", "stays"), [(0, True), (9, True), (-1, False)])
    def test_a_step_that_is_ahead_stays_planned(self, days: int, stays: bool) -> None:
        """A demo that they agreed to was gone from every list; a bet asks for no step of its own."""
        demo = NextStep(action="demo", on=TODAY.day + timedelta(days=days), agreed=True)
        planned, bet = WORKING.with_changes(next_step=demo), NextStep(action="sign", on=self.until)
        on_a_bet = Decision(Column.ACTIVE, bet=bet)
        assert done_words(on_a_bet, "Harbor") == "kept Harbor → Active on a bet"
        kept = decided(planned, on_a_bet)
        assert kept.next_step == (demo if stays else None)
        assert [task.kind for task in agenda_of(evidence(kept), finding(kept)).tasks] == [
            *[TaskKind.STEP] * stays,
            TaskKind.BET,
        ]

    @pytest.mark.parametrize(("days", "refused"), [(0, True), (1, False), (14, False), (15, True)])
    def test_it_ends_within_two_weeks(self, days: int, refused: bool) -> None:
        bet = NextStep(action="they sign", on=TODAY.day + timedelta(days=days))
        told = missing(WORKING, Decision(Column.ACTIVE, step=STEP, bet=bet))
        assert ("bet needs" in told) is refused

    def test_lost_it_is_dropped_without_a_line(self) -> None:
        bet = Bet(id="b-1", at=moment(14), action="sign", until=day(1))
        lost = prospect(touch(Outcome.TALKED, 20), bets=(bet,))
        drop = Decision(Column.DROPPED, reason=DropReason.NO_DECISION)
        assert missing(lost, drop) == ""
        assert "in a line" in missing(lost, Decision(Column.NURTURE))
        won = lost.with_changes(touches=(*lost.touches, touch(Outcome.ADVANCED, 3)))
        assert "start with them" in missing(won, drop)


class TestReasonToGo:
    def test_a_purge_goes_for_what_decided_it(self) -> None:
        made = advice(SERIAL)
        assert (
            reason_to_go(Column.DROPPED, made)
            == f"It goes to Dropped: {made.finding.because.text}."
        )

    def test_what_speaks_for_keeping_is_no_reason_to_let_go(self) -> None:
        """A quote of $330,000 once stood as the reason to drop."""
        made = advice(WORKING)
        assert made.verdict is Verdict.KEEP
        assert made.finding.because.text not in reason_to_go(Column.DROPPED, made)

    def test_against_the_advice_only_a_reason_that_somebody_gave_is_one(self) -> None:
        made = advice(WORKING)
        made = replace(made, reasons_to_let_go=(Observation("no reply to 3 tries"),))
        said = reason_to_go(Column.DROPPED, made, "no budget")
        assert said == "It goes to Dropped: no budget."
        said = reason_to_go(Column.NURTURE, made)
        assert said == "It goes to Nurture by your choice: the record says keep it."
