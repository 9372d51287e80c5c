"""A callback is proven by who asked, why, and what will have changed; else it is a deferral."""

from typing import Any

import pytest

from review_board.judgement.arguments import put_off_long_ago
from review_board.judgement.callback_proof import prove
from review_board.judgement.card_status import status_line
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.due.queue_order import queue_card
from review_board.judgement.due.tasks import TaskKind, agenda_of
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.pressure import is_callback_owed
from review_board.judgement.recommendation import RuleMatch
from review_board.judgement.record_text import page_of
from review_board.pipeline.changes import set_callback
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback, Drop, Nurture, Push
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, ReasonKind
from review_board.settings.rule_names import RuleName
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    advice,
    argued,
    day,
    evidence,
    finding,
    moment,
    promise,
    prospect,
    touch,
    touches,
)


def test_a_day_that_we_named_in_a_contact_of_ours_counts_against_nobody() -> None:
    """A voicemail of ours with a day to call again is our plan; a call in which they put us off is not."""
    ours = promise(3, 20, proven=False, asked_by_buyer=False, touch="voicemail-3-12")
    tried = prospect(touch(Outcome.VOICEMAIL, 3), callback=ours)
    assert tried.touches[0].id == ours.touch
    assert evidence(tried).unexplained == ()
    theirs = promise(3, 20, proven=False, asked_by_buyer=False)
    assert len(evidence(prospect(touch(Outcome.DEFERRED, 3), callback=theirs)).unexplained) == 1


def test_a_day_of_ours_that_is_over_is_still_to_be_replaced_now() -> None:
    ours = promise(24, -5, proven=False, asked_by_buyer=False, touch="voicemail-24-12")
    tried = prospect(touch(Outcome.VOICEMAIL, 24), callback=ours)
    assert argued(tried).when == "now (1 attempt without an answer)"
    theirs = promise(24, -5, proven=False)
    assert argued(prospect(touch(Outcome.DEFERRED, 24), callback=theirs)).when == "now"


class TestBroughtForward:
    """They asked for a nearer day than they had named: that puts nothing off."""

    def asked(self, ahead: int, *, signal: bool = False, **fields: Any) -> Prospect:
        first = promise(10, 20, touch="deferred-10-12", reason=ReasonKind.PROJECT)
        again = promise(
            2, ahead, touch="deferred-2-12", **({"reason": ReasonKind.PROJECT} | fields)
        )
        between = [touch(Outcome.MEETING, 6)] if signal else []
        calls = [touch(Outcome.DEFERRED, ago, reason=ReasonKind.PROJECT) for ago in (10, 2)]
        return prospect(*calls, *between, earlier_callbacks=(first,), callback=again)

    @pytest.mark.parametrize("signal", [False, True])
    def test_a_nearer_day_stays_proven_by_the_same_reason(self, signal: bool) -> None:
        found = evidence(self.asked(15, signal=signal))
        assert (found.has_proven_callback, found.unexplained) == (True, ())
        assert found.deferral_days == {day(10)}

    def test_a_later_day_puts_off_and_the_reason_is_used_up(self) -> None:
        found = evidence(self.asked(25))
        assert (found.has_proven_callback, len(found.unexplained)) == (False, 1)

    def test_without_a_reason_it_is_asked_about_as_any(self) -> None:
        assert not evidence(self.asked(15, reason=None)).has_proven_callback


class TestProof:
    def test_all_three(self) -> None:
        proof = prove(promise(3, 20), ())
        assert (proof.is_proven, proof.grade) == (True, "proven")

    @pytest.mark.parametrize(
        ("missing", "failed"),
        [
            ({"asked_by_buyer": False}, "they did not ask for it"),
            ({"reason": None}, "no reason"),
            ({"change": ""}, "nobody said what changes by then"),
        ],
    )
    def test_each_one_missing(self, missing: dict[str, Any], failed: str) -> None:
        proof = prove(promise(3, 20, **missing), ())
        assert (proof.is_proven, proof.failed, proof.grade) == (False, (failed,), "claimed")

    def test_nothing_of_it(self) -> None:
        assert prove(promise(3, 20, proven=False), ()).grade == "unproven"

    def test_the_same_reason_twice_is_none(self) -> None:
        proof = prove(promise(3, 20), [ReasonKind.BUDGET])
        assert proof.failed == ("budget was the reason before",)

    def test_a_commitment_is_a_bonus_and_no_proof(self) -> None:
        assert not prove(promise(3, 20, proven=False, commitment="a visit"), ()).is_proven
        assert "promised a step" in prove(promise(3, 20, commitment="a visit"), ()).passed[-1]

    def test_the_reason_of_its_own_touch_is_not_used_up(self) -> None:
        for link in ("deferred-3-12", None):
            asked = touch(Outcome.DEFERRED, 3, reason=ReasonKind.BUDGET)
            subject = prospect(asked, callback=promise(3, 20, touch=link))
            assert finding(subject).rule is RuleName.PROVEN_CALLBACK

    def test_the_reason_of_an_earlier_deferral_is(self) -> None:
        before = touch(Outcome.DEFERRED, 40, reason=ReasonKind.BUDGET)
        subject = prospect(before, callback=promise(3, 20))
        assert finding(subject).rule is RuleName.UNPROVEN_CALLBACK

    @pytest.mark.parametrize(
        ("callback", "before", "said"),
        [
            (promise(3, 20, proven=False, asked_by_buyer=True), [], "without a reason"),
            (promise(3, 20, change=""), [], "with no word of what will change"),
            (promise(3, 20), [40], "without a new reason"),
        ],
    )
    def test_what_it_lacks_is_what_is_said_of_it(
        self, callback: Callback, before: list[int], said: str
    ) -> None:
        told = [touch(Outcome.DEFERRED, ago, reason=ReasonKind.BUDGET) for ago in before]
        because = finding(prospect(*told, callback=callback)).because.text
        assert because == f"put off only once {said} (3 are too many)"


class TestWhoPutItOff:
    """What we moved or planned ourselves counts, and is told as ours."""

    def moved(self, *ago: int, **fields: Any) -> tuple[Push, ...]:
        return tuple(
            Push(id=f"x-{n}", at=moment(n), by="owen", from_day=day(n), to_day=day(-n), **fields)
            for n in ago
        )

    def test_a_close_date_that_a_rep_moved_is_no_word_of_theirs(self) -> None:
        subject = prospect(touch(Outcome.MEETING, 121), pushes=self.moved(80, 50, 20))
        facts, found = evidence(subject), finding(subject)
        assert (found.rule, found.destination) == (RuleName.SERIAL_DEFERRAL, Column.DROPPED)
        said = "close date moved 3 times by owen without a reason (3 are too many)"
        assert found.because.text == said
        assert found.action == "Let it go; keep it only if you ask what has changed"
        assert found.drop_reason is DropReason.NO_DECISION
        assert status_line(facts, found) == "date moved 3×"
        assert not facts.their_deferral_days
        sure, asked = queue_card(*_put_off_thrice()), queue_card(facts, found.match)
        assert sure is not None
        assert asked is not None
        assert asked.group is not sure.group, "nobody lets it go unread"

    def test_a_close_date_that_was_wrong_puts_nothing_off(self) -> None:
        bare = prospect(touch(Outcome.MEETING, 121))
        wrong = bare.with_changes(pushes=self.moved(80, 50, 20, correction=True))
        assert finding(wrong) == finding(bare)
        assert not evidence(wrong).deferral_days

    def test_a_day_of_ours_after_theirs_is_no_put_off_of_theirs(self) -> None:
        theirs, ours = promise(10, -2), promise(4, 20, proven=False)
        owed = prospect(touch(Outcome.ADVANCED, 10), callback=ours, earlier_callbacks=(theirs,))
        assert finding(owed).rule is RuleName.PROVEN_CALLBACK
        assert put_off_long_ago(evidence(owed)) == ""

    def test_both_are_told_apart(self) -> None:
        said = prospect(*touches(Outcome.DEFERRED, 90, 60), pushes=self.moved(20))
        words = "put off 2 times and close date moved once without a reason (3 are too many)"
        assert finding(said).because.text == words
        assert status_line(evidence(said), finding(said)) == "put off 2×"

    def test_a_date_moved_on_the_day_on_which_they_said_so_is_theirs(self) -> None:
        for hour in (9, 15):
            subject = prospect(touch(Outcome.DEFERRED, 20, hour), pushes=self.moved(20))
            assert finding(subject).because.text.startswith("put off only once")

    def test_a_call_that_we_planned_is_our_plan(self) -> None:
        subject = prospect(touch(Outcome.VOICEMAIL, 9), callback=promise(3, 20, proven=False))
        found = finding(subject)
        assert found.rule is RuleName.UNPROVEN_CALLBACK
        assert found.because.text == "we named 10 Dec for a call, they did not ask for it"
        assert status_line(evidence(subject), found) == "10 Dec named by us"
        _, them = contact_lines(evidence(subject), 80)[1:]
        assert "⟳" not in them.cells
        assert them.age == "no answer"

    def test_our_plans_are_never_counted_against_them(self) -> None:
        ours = tuple(promise(ago, ago - 40, proven=False) for ago in (30, 20, 10))
        subject = prospect(
            touch(Outcome.VOICEMAIL, 9),
            earlier_callbacks=ours,
            callback=promise(3, 20, proven=False),
        )
        assert evidence(subject).unexplained == ()
        assert finding(subject).rule is RuleName.UNPROVEN_CALLBACK
        assert advice(subject).changes_if == "they put you off 3 times without a reason"

    def test_a_day_of_our_own_puts_off_no_call_that_they_asked_for(self) -> None:
        asked, ours = promise(32, -8), promise(0, 25, proven=False)
        subject = prospect(touch(Outcome.QUOTE, 40), earlier_callbacks=(asked,), callback=ours)
        facts, found = evidence(subject), finding(subject)
        assert found.rule is RuleName.PROMISE_MISSED
        assert found.because.text == "they asked us to call on 12 Nov, and nobody did"
        assert is_callback_owed(facts)
        assert not facts.unexplained
        _, them = contact_lines(facts, 80)[1:]
        assert them.age == "asked 32 d ago for 12 Nov"
        called = subject.with_changes(touches=(*subject.touches, touch(Outcome.VOICEMAIL, 1)))
        assert is_callback_owed(evidence(called))
        assert not evidence(called).unexplained
        talked = subject.with_changes(touches=(*subject.touches, touch(Outcome.TALKED, 1)))
        assert not is_callback_owed(evidence(talked))
        _, them = contact_lines(evidence(called), 80)[1:]
        assert them.age.endswith("for 12 Nov"), "our call makes it no put-off"

    def test_a_reason_on_record_is_not_missing(self) -> None:
        """The callback names it, the contact in which it was asked does not."""
        asked = promise(9, 20, change="", touch="deferred-9-12")
        subject = prospect(*touches(Outcome.DEFERRED, 40, 9), callback=asked)
        said = "put off only 2 times with no word of what will change (3 are too many)"
        assert finding(subject).because.text == said


def _put_off_thrice() -> tuple[Evidence, RuleMatch]:
    subject = prospect(*touches(Outcome.DEFERRED, 80, 50, 20))
    return evidence(subject), finding(subject).match


class TestMade:
    def test_a_talk_on_its_day_makes_it(self) -> None:
        called = prospect(touch(Outcome.TALKED, 2), callback=promise(30, -2))
        assert evidence(called).callback is None

    @pytest.mark.parametrize("outcome", [Outcome.VOICEMAIL, Outcome.NO_ANSWER, Outcome.EMAIL])
    def test_a_try_that_nobody_answers_leaves_our_debt_and_their_reason(
        self, outcome: Outcome
    ) -> None:
        """We were eleven days late: of that nothing is held against them."""
        tried = prospect(touch(outcome, 0), column=Column.CALLBACK, callback=promise(101, -11))
        facts, found = evidence(tried), finding(tried)
        assert (found.rule, found.destination) == (RuleName.PROMISE_MISSED, Column.CALLBACK)
        said = "they asked us to call on 9 Nov, tried once so far, no answer"
        assert found.because.text == said
        assert found.action == "Call them again: you owe them"
        assert is_callback_owed(facts)
        assert status_line(facts, found) == "call again 23 Nov"
        made = advice(tried)
        assert made.reasons_to_keep[0].text.startswith("they named 9 Nov")
        held = {line.key for line in made.reasons_to_let_go}
        assert held == {"thresholds.unknown_questions"}, "no day of silence is held against them"
        assert made.next_touch == day(-3)  # a Sunday is none

    def test_within_its_days_of_grace_too(self) -> None:
        tried = prospect(
            touch(Outcome.MEETING, 27), touch(Outcome.NO_ANSWER, 1), callback=promise(20, -5)
        )
        found = finding(tried)
        assert found.rule is RuleName.PROVEN_CALLBACK
        assert found.because.text.startswith("they asked us to call on 15 Nov, tried once so far")
        assert not found.rests

    def test_after_the_usual_attempts_it_is_made_and_silence_begins_with_the_first(self) -> None:
        waits = touches(Outcome.NO_ANSWER, 20, 17, 13, 8)
        before, due = touch(Outcome.TALKED, 121), promise(121, -35)
        tried = prospect(before, *waits, callback=due)
        assert evidence(tried).callback == due
        enough = prospect(before, *waits, touch(Outcome.NO_ANSWER, 1), callback=due)
        facts = evidence(enough)
        assert facts.callback is None
        assert facts.silent_days == 20
        found = finding(enough)
        assert found.rule is RuleName.WORKING
        said = "first called as they asked 20 days ago, 5 attempts unanswered"
        assert found.because.text == said

    def test_one_not_proven_is_made_by_a_try(self) -> None:
        asked = promise(30, -2, proven=False, asked_by_buyer=True)
        assert evidence(prospect(touch(Outcome.NO_ANSWER, 1), callback=asked)).callback is None

    def test_one_whose_day_has_come_says_when_to_call(self) -> None:
        assert advice(prospect(callback=promise(30, -5))).says_when

    def test_one_before_does_not(self) -> None:
        called = prospect(touch(Outcome.NO_ANSWER, 3), callback=promise(30, -2))
        assert finding(called).rule is RuleName.PROVEN_CALLBACK

    def test_a_mailing_is_no_call(self) -> None:
        mailed = prospect(touch(Outcome.MAILING, 2), callback=promise(60, -20))
        assert finding(mailed).rule is RuleName.PROMISE_MISSED

    def test_later_today_is_not_made_by_the_talk_that_asked_for_it(self) -> None:
        """They said to call back this afternoon: asked and due on one day."""
        asked = touch(Outcome.DEFERRED, 0, 9, reason=ReasonKind.PERSON)
        due = promise(0, 0, reason=ReasonKind.PERSON, touch=asked.id)
        assert finding(prospect(asked, callback=due)).rule is RuleName.PROVEN_CALLBACK
        called = touch(Outcome.TALKED, 0, 15)
        assert evidence(prospect(asked, called, callback=due)).callback is None
        twice = asked.model_copy(update={"id": "told by the colleague", "by": "bob"})
        assert finding(prospect(asked, twice, callback=due)).rule is RuleName.PROVEN_CALLBACK

    def test_the_column_owes_nobody_a_call(self) -> None:
        due = promise(30, 0)
        lying = [
            prospect(callback=due, column=column) for column in (Column.ACTIVE, Column.DROPPED)
        ]
        assert {is_callback_owed(evidence(one)) for one in lying} == {True}

    @pytest.mark.parametrize(("ahead", "owed"), [(-20, False), (-5, False), (0, True)])
    def test_who_was_nurtured_when_the_call_was_due_is_owed_it_no_more(
        self, ahead: int, owed: bool
    ) -> None:
        plan = Nurture(since=day(5), next_on=day(-60))
        nurtured = prospect(callback=promise(40, ahead), column=Column.NURTURE, nurture=plan)
        assert is_callback_owed(evidence(nurtured)) is owed
        made = advice(nurtured)
        assert (made.rule is RuleName.NURTURING) is not owed
        tasks = agenda_of(evidence(nurtured), made.finding).tasks
        assert [task.kind for task in tasks if task.owed] == [TaskKind.CALLBACK] * owed


class TestUnproven:
    EMPTY = promise(10, 20, proven=False, asked_by_buyer=True)

    def test_alone_it_is_one_deferral(self) -> None:
        found = finding(prospect(callback=self.EMPTY))
        assert (found.rule, found.because.observed) == (RuleName.UNPROVEN_CALLBACK, "1")
        assert found.destination is Column.CALLBACK

    def test_with_its_touch_it_is_still_one(self) -> None:
        for link in ("deferred-10-12", "lost", None):
            linked = self.EMPTY.model_copy(update={"touch": link})
            subject = prospect(touch(Outcome.DEFERRED, 10), callback=linked)
            assert len(evidence(subject).unexplained) == 1

    def test_a_reason_alone_does_not_prove_it(self) -> None:
        asked = touch(Outcome.DEFERRED, 10, reason=ReasonKind.EVENT)
        vague = promise(10, 20, reason=ReasonKind.EVENT, change="", touch=asked.id)
        assert len(evidence(prospect(asked, callback=vague)).unexplained) == 1

    def test_our_call_does_not_wipe_it_out(self) -> None:
        """It was a deferral before we called, and is one after."""
        due = promise(40, -2, proven=False, asked_by_buyer=True)
        before = touches(Outcome.DEFERRED, 90, 60)
        assert finding(prospect(*before, callback=due)).rule is RuleName.SERIAL_DEFERRAL
        called = prospect(*before, touch(Outcome.VOICEMAIL, 1), callback=due)
        assert finding(called).rule is RuleName.SERIAL_DEFERRAL

    def test_a_step_of_theirs_does(self) -> None:
        for signal in (touch(Outcome.MEETING, 9), touch(Outcome.MEETING, 10, 15)):
            assert evidence(prospect(signal, callback=self.EMPTY)).unexplained == ()

    def test_on_probation_a_signal_later_that_day_saves_them(self) -> None:
        """A signal today is never dropped, though they also asked for a callback this morning."""
        drop = Drop(at=moment(50), by="ann", reason=DropReason.TIMING)
        back, asked = touch(Outcome.INBOUND, 20), touch(Outcome.DEFERRED, 0, 9)
        due = promise(0, 30, proven=False, touch=asked.id)
        subject = prospect(back, asked, callback=due, drop=drop)
        assert finding(subject).destination is Column.DROPPED
        moved = subject.with_changes(touches=(back, asked, touch(Outcome.ADVANCED, 0, 15)))
        assert finding(moved).rule is RuleName.LIVE_INTEREST

    def test_it_asks_with_name_and_date(self) -> None:
        theirs = self.EMPTY.model_copy(update={"asked_by_buyer": True})
        asked = finding(prospect(callback=theirs)).ask
        assert asked == (
            "Harbor Auto Glass, what will have changed between 10 Nov and 10 Dec "
            "that lets us move forward?"
        )

    def test_asked_for_tomorrow_it_does_not_exist_yet(self) -> None:
        later = Callback(on=day(-30), asked_on=day(-1))
        assert finding(prospect(callback=later)).rule is RuleName.NEVER_WORKED


def test_a_missed_promise_is_ours() -> None:
    found = finding(prospect(callback=promise(60, -8)))
    assert found.action == "Call them: you owe them"
    assert found.because.observed == "8 d overdue"


def test_hostile_outweighs_a_promise() -> None:
    subject = prospect(touch(Outcome.HOSTILE, 3), callback=promise(60, 8))
    assert finding(subject).rule is RuleName.HOSTILE


def test_a_promise_outweighs_silence_and_deferrals() -> None:
    put_off = touches(Outcome.DEFERRED, 90, 80, 70, 60)
    subject = prospect(*put_off, callback=promise(5, 30))
    assert finding(subject).rule is RuleName.PROVEN_CALLBACK


def put_off(*promises: Callback, **fields: Any) -> Prospect:
    """A prospect whose promises were set one after the other, without a touch."""
    subject = prospect(**fields)
    for made in promises:
        subject = set_callback(subject, made)
    return subject


class TestPromisedAgain:
    """A promise that a later one moved further on was a postponement, touch or none."""

    def test_the_same_reason_explains_only_once(self) -> None:
        again = put_off(promise(30, -16, touch=None), promise(16, 20, touch=None))
        found = finding(again)
        assert (found.rule, found.because.observed) == (RuleName.UNPROVEN_CALLBACK, "1")

    def test_another_reason_explains_again(self) -> None:
        other = promise(16, 20, touch=None, reason=ReasonKind.PROJECT)
        assert finding(put_off(promise(30, -16, touch=None), other)).rule is (
            RuleName.PROVEN_CALLBACK
        )

    def test_three_without_a_reason_are_a_serial_deferral(self) -> None:
        theirs: dict[str, Any] = {"proven": False, "asked_by_buyer": True}
        empty = [promise(n, 14 - n, touch=None, **theirs) for n in (42, 28, 14)]
        subject = put_off(*empty)
        found = finding(subject)
        assert (found.rule, found.because.observed) == (RuleName.SERIAL_DEFERRAL, "3")
        assert found.because.evidence == (
            "earlier_callbacks/0",
            "earlier_callbacks/1",
            "callback",
        )
        assert finding(put_off(*empty[1:])).rule is RuleName.UNPROVEN_CALLBACK

    def test_a_nearer_day_puts_nothing_off(self) -> None:
        nearer = put_off(promise(30, 40, touch=None), promise(3, 20, touch=None))
        assert finding(nearer).rule is RuleName.PROVEN_CALLBACK

    def test_one_with_a_touch_is_counted_once(self) -> None:
        asked = touch(Outcome.DEFERRED, 30)
        first = promise(30, -16, touch=asked.id, proven=False)
        again = promise(3, 20, touch=None, proven=False, asked_by_buyer=True)
        subject = put_off(first, again, touches=(asked,))
        assert len(evidence(subject).unexplained) == 2

    def test_a_signal_since_ends_it(self) -> None:
        met = touch(Outcome.MEETING, 20)
        first = promise(30, -16, touch=None)
        again = put_off(first, promise(16, 20, touch=None), touches=(met,))
        assert RuleName.PROVEN_CALLBACK is finding(again).rule

    def test_on_a_day_before_the_second_the_first_holds(self) -> None:
        first, second = promise(30, 5, touch=None), promise(3, 40, touch=None)
        then = gather(put_off(first, second), Today(day(10)), DEFAULTS)
        assert (then.callback, then.prospect.earlier_callbacks) == (first, ())
        assert then.unexplained == ()

    def test_it_stays_on_record(self) -> None:
        subject = put_off(promise(30, -16, touch=None), promise(3, 20, touch=None, proven=False))
        page = {line.label: line.text for line in page_of(subject, TODAY, [], DEFAULTS)}
        assert page["Earlier"] == (
            "asked on 21 Oct for 4 Nov, they asked, because of budget: the budget is voted"
        )
