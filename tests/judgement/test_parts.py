"""The smaller parts: routes, pressure, closing ratio, questions, status line, words."""

from dataclasses import replace
from datetime import time
from decimal import Decimal

import pytest

from review_board.judgement.argument_text import next_touch_words
from review_board.judgement.card_status import status_line
from review_board.judgement.closing_ratio import closing_ratio, wilson_interval
from review_board.judgement.due.queue_order import is_owed, what_we_owe
from review_board.judgement.due.tasks import agenda_of
from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import gather
from review_board.judgement.pressure import contact_pressure
from review_board.judgement.question_packs import PACKS
from review_board.judgement.questions import disqualifying_answer, open_questions
from review_board.judgement.recommendation import as_json
from review_board.judgement.record_on_day import record_on_day
from review_board.judgement.rule import Owed
from review_board.judgement.unknown_answers import stale_answers, unknown_questions
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, DoNotContact, Drop, NextStep, Nurture, Rescue
from review_board.pipeline.vocabulary import (
    AnswerState,
    Channel,
    Column,
    DropReason,
    Outcome,
    QuoteState,
    Role,
    Route,
    Track,
    Verdict,
)
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Calendar, Estimates, Questions, Thresholds
from review_board.settings.tree import Settings
from review_board.wording import several
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    advice,
    answer,
    day,
    evidence,
    finding,
    in_lines,
    moment,
    money,
    promise,
    prospect,
    quote,
    recommend,
    touch,
    touches,
    verdict_record,
)
from tests.judgement.scenarios import Scenario
from tests.judgement.test_scenarios import SCENARIOS
from tests.judgement.test_thresholds import silent, unknown_to

CALENDAR = Calendar()


class TestRoutes:
    def test_people_come_before_channels(self) -> None:
        roles = (Role.ASSISTANT, Role.GATEKEEPER, Role.ECONOMIC_BUYER, Role.CHAMPION)
        people = tuple(Contact(id=role, name=role.title(), role=role) for role in roles)
        routes = [route.kind for route in evidence(prospect(contacts=people)).routes]
        first = [Route.CHAMPION, Route.OTHER_CONTACT, Route.ASSISTANT]
        assert routes == [*first, Route.IN_PERSON, Route.MAIL, Route.EMAIL, Route.PHONE]

    def test_a_person_is_tried_once_a_touch_names_them(self) -> None:
        people = (Contact(id="a", name="A"), Contact(id="b", name="B"))
        called = prospect(touch(Outcome.NO_ANSWER, 3, contact="a"), contacts=people)
        tried = {route.name for route in evidence(called).routes if route.tried}
        assert tried == {"A", "phone"}
        rung = prospect(touch(Outcome.NO_ANSWER, 3), contacts=people[:1])
        assert {route.name for route in evidence(rung).routes if route.tried} == {"A", "phone"}

    def test_what_they_used_is_no_try_of_ours(self) -> None:
        wrote = prospect(touch(Outcome.INBOUND, 3, channel=Channel.MAIL))
        assert not any(route.tried for route in evidence(wrote).routes)

    def test_a_rescue_needs_an_untried_route(self) -> None:
        channels = (Channel.PHONE, Channel.EMAIL, Channel.MAIL, Channel.IN_PERSON)
        tried = tuple(touch(Outcome.NO_ANSWER, 60 - n, channel=channels[n % 4]) for n in range(8))
        worn = prospect(touch(Outcome.TALKED, 90), *tried, value=money(400_000))
        found = finding(worn)
        assert (found.rule, found.destination) == (RuleName.GONE_SILENT, Column.NURTURE)
        helped = worn.with_changes(contacts=(Contact(id="x", name="Dana", role=Role.CHAMPION),))
        assert finding(helped).route is Route.CHAMPION

    def test_a_used_rescue_is_not_given_twice(self) -> None:
        used = Rescue(on=day(90), until=day(60), route="the champion")
        assert finding(silent(120, 9).with_changes(rescue=used)).rule is RuleName.GONE_SILENT


class TestPressure:
    def test_nothing_stands_in_the_way_at_first(self) -> None:
        pressure = contact_pressure(evidence(prospect()))
        assert (pressure.earliest, pressure.why) == (TODAY.day, "nothing stands in the way")

    def test_an_answer_lets_us_call_again(self) -> None:
        tried = touches(Outcome.NO_ANSWER, 4, 3, 2)
        assert contact_pressure(evidence(prospect(*tried))).earliest == day(-3)
        answered = prospect(*tried, touch(Outcome.TALKED, 1))
        assert contact_pressure(evidence(answered)).earliest == TODAY.day

    def test_the_wait_is_never_in_the_past(self) -> None:
        assert contact_pressure(evidence(prospect(touch(Outcome.EMAIL, 90)))).earliest == TODAY.day

    def test_what_we_are_to_send_eases_that_step_alone(self) -> None:
        """A call waits as long as it would without it; nothing waits less where they complained."""
        tried = prospect(touch(Outcome.TALKED, 20), *touches(Outcome.VOICEMAIL, 8, 6, 4, 2))
        pressed = contact_pressure(evidence(tried))
        assert pressed.earliest == pressed.step_from == day(-5)
        for action, first in (("Send the drawings", -3), ("Call Kim", -5)):
            planned = tried.with_changes(next_step=NextStep(action=action, on=day(-3)))
            made = advice(planned)
            assert made.pressure.earliest == day(-5), "any other step waits"
            assert made.pressure.step_from == made.next_touch == day(first)
            assert agenda_of(evidence(planned), made.finding).earliest == day(first)
        overdue = tried.with_changes(next_step=NextStep(action="Send the plan", on=day(3)))
        assert advice(overdue).next_touch == TODAY.day
        assert next_touch_words(advice(overdue), TODAY, DEFAULTS.calendar).startswith("now")
        step = NextStep(action="Send it", on=day(-3))
        angry = contact_pressure(evidence(prospect(touch(Outcome.COMPLAINT, 1), next_step=step)))
        assert angry.step_from == angry.earliest != step.on

    def test_a_complaint_out_of_the_blue_counts_from_its_day(self) -> None:
        complained = contact_pressure(evidence(prospect(touch(Outcome.COMPLAINT, 4))))
        assert complained.earliest == day(4 - 30)
        assert complained.slow_down
        assert complained.other_channel

    def test_it_is_forgotten_once_they_move(self) -> None:
        moved = prospect(touch(Outcome.COMPLAINT, 4), touch(Outcome.MEETING, 2))
        assert not contact_pressure(evidence(moved)).complaint

    def test_three_times_one_channel_asks_for_another(self) -> None:
        def other(*channels: Channel) -> bool:
            tried = (touch(Outcome.NO_ANSWER, 9 - n, channel=c) for n, c in enumerate(channels))
            return contact_pressure(evidence(prospect(*tried))).other_channel

        assert other(Channel.PHONE, Channel.PHONE, Channel.PHONE)
        assert not other(Channel.PHONE, Channel.PHONE)
        assert not other(Channel.PHONE, Channel.EMAIL, Channel.PHONE)

    def test_left_alone_means_every_channel(self) -> None:
        request = DoNotContact(at=moment(2), by="ann")
        made = advice(prospect(touch(Outcome.EMAIL, 1), do_not_contact=request))
        assert made.pressure.earliest is None
        assert made.earliest is None
        assert next_touch_words(made, TODAY, CALENDAR) == "never: they asked not to be contacted"

    def test_the_earliest_day_is_a_working_day(self) -> None:
        """TODAY is a Friday: two days of wait would end on a Sunday."""
        made = advice(prospect(touch(Outcome.VOICEMAIL, 0)))
        assert made.earliest == day(-3)
        assert next_touch_words(made, TODAY, CALENDAR).startswith("from 23 Nov (")

    def test_on_a_day_off_the_next_touch_waits_for_that_alone(self) -> None:
        days = Calendar(working_days=("mon",))
        silent = advice(prospect(touch(Outcome.VOICEMAIL, 9)))
        said = "from 23 Nov (today is no working day of yours)"
        assert next_touch_words(silent, TODAY, days) == said
        planned = NextStep(action="demo", on=day(-100))
        assert next_touch_words(replace(silent, planned=planned), TODAY, days) == (
            "28 Feb: demo, as planned"
        )

    def test_the_planned_step_is_the_next_touch_and_nobody_is_said_to_have_agreed(self) -> None:
        step = NextStep(action="demo", on=day(-100), time=time(15))
        card = prospect(touch(Outcome.TALKED, 5), next_step=step)
        made = advice(card)
        said = next_touch_words(made, TODAY, CALENDAR)
        assert said == "28 Feb 15:00, as planned"
        assert made.next_touch == step.on == agenda_of(evidence(card), made.finding).earliest
        assert as_json(made)["earliest_next_touch"] == "2027-02-28"

    def test_a_step_planned_too_early_is_named_beside_the_earliest_day(self) -> None:
        step = NextStep(action="call", on=day(-4))
        tried = [touch(Outcome.VOICEMAIL, ago) for ago in (12, 9, 6, 3, 0)]
        made = advice(prospect(*tried, next_step=step))
        said = next_touch_words(made, TODAY, CALENDAR)
        assert said == (
            "from 4 Dec, not on 24 Nov as planned, slow down (5 attempts in the last 14 days)"
        )
        assert made.next_touch == day(-14)

    @pytest.mark.parametrize("action", ["send CE paper", "Angebot schicken", "Schick die Muster"])
    def test_what_we_are_to_send_waits_for_no_answer(self, action: str) -> None:
        step = NextStep(action=action, on=day(-1))
        made = advice(prospect(touch(Outcome.VOICEMAIL, 0), next_step=step))
        assert made.planned_from == step.on
        assert next_touch_words(made, TODAY, CALENDAR) == "21 Nov, as planned"
        complained = prospect(touch(Outcome.COMPLAINT, 0), next_step=step)
        assert "not on 21 Nov as planned" in next_touch_words(advice(complained), TODAY, CALENDAR)

    @pytest.mark.parametrize(
        "action",
        [
            "send the last e-mail",
            "send a reminder",
            "Liefertermin klären",
            "Environment audit",
            "call Kim",
        ],
    )
    def test_what_asks_them_for_an_answer_waits(self, action: str) -> None:
        made = advice(
            prospect(touch(Outcome.VOICEMAIL, 0), next_step=NextStep(action=action, on=day(-1)))
        )
        assert made.earliest_step
        assert made.earliest_step > day(-1)

    def test_a_resting_callback_is_not_called_before_its_day(self) -> None:
        made = advice(prospect(touch(Outcome.TALKED, 5), callback=promise(5, 30)))
        assert made.pressure.earliest == TODAY.day
        assert made.earliest == day(-30)
        assert next_touch_words(made, TODAY, CALENDAR).startswith("from 20 Dec")

    def test_a_nurtured_one_not_before_its_next_touch(self) -> None:
        plan = Nurture(since=day(5), next_on=day(-25))
        made = advice(prospect(touch(Outcome.MAILING, 5), column=Column.NURTURE, nurture=plan))
        assert made.earliest == day(-25)

    @pytest.mark.parametrize(
        ("planned", "contact", "action", "next_touch"),
        [
            (11, 2, "Next contact on 18 Dec", "from 18 Dec (it rests until then)"),
            (11, None, "Next contact now: it was due on 9 Nov", "now"),
            (0, None, "Next contact today", "now"),
        ],
    )
    def test_the_next_touch_of_nurture_is_the_same_wherever_it_is_told(
        self, planned: int, contact: int | None, action: str, next_touch: str
    ) -> None:
        plan = Nurture(since=day(41), next_on=day(planned))
        talks = [touch(Outcome.TALKED, contact)] if contact else []
        made = advice(prospect(*talks, column=Column.NURTURE, nurture=plan))
        assert made.finding.action == action
        assert next_touch_words(made, TODAY, CALENDAR).startswith(next_touch)

    def test_a_far_one_not_before_it_wakes(self) -> None:
        made = advice(prospect(touch(Outcome.TALKED, 5), callback=promise(5, 300)))
        assert made.earliest == day(-300 + 14)

    def test_an_unproven_one_is_asked_now(self) -> None:
        made = advice(prospect(touch(Outcome.DEFERRED, 5), callback=promise(5, 30, proven=False)))
        assert made.earliest == TODAY.day


class TestClosingRatio:
    def test_nineteen_outcomes_are_not_enough(self) -> None:
        usual = closing_ratio(19, 0, Estimates())
        assert (usual.ratio, usual.label) == (Decimal("0.30"), "usual closing ratio 30 %")

    def test_twenty_are(self) -> None:
        own = closing_ratio(5, 15, Estimates())
        assert (own.ratio, own.label) == (
            Decimal("0.25"),
            "your closing ratio 25 % of 20 outcomes, likely 11 to 47 %",
        )

    def test_from_a_hundred_on_it_stands_without_its_interval(self) -> None:
        assert closing_ratio(30, 69, Estimates()).interval
        many = closing_ratio(30, 70, Estimates())
        assert (many.label, many.interval) == ("your closing ratio 30 % of 100 outcomes", None)

    @pytest.mark.parametrize(
        ("hits", "trials", "low", "high"),
        [(0, 20, "0", "0.1611"), (20, 20, "0.8389", "1"), (10, 20, "0.2993", "0.7007")],
    )
    def test_the_interval_is_wilsons(self, hits: int, trials: int, low: str, high: str) -> None:
        assert wilson_interval(hits, trials) == (Decimal(low), Decimal(high))

    def test_none_won_is_a_ratio_too(self) -> None:
        assert closing_ratio(0, 20, Estimates()).ratio == 0

    def test_it_stands_in_for_a_probability(self) -> None:
        own = closing_ratio(10, 10, Estimates())
        made = recommend(silent(40, 5, 1000), TODAY, DEFAULTS, own)
        assert "your closing ratio 50 % of 20 outcomes" in " ".join(made.assumptions)
        assert "$500 per hour of work" in made.finding.because.text

    def test_it_says_what_a_quote_stands_for(self) -> None:
        own = closing_ratio(10, 10, Estimates())
        quoted = prospect(touch(Outcome.QUOTE, 9), quotes=(quote(9),))
        assert "$12k at stake" in recommend(quoted, TODAY, DEFAULTS, own).finding.because.text


class TestQuotes:
    @pytest.mark.parametrize("state", [s for s in QuoteState if s is not QuoteState.OPEN])
    def test_a_decided_one_is_not_open(self, state: QuoteState) -> None:
        quoted = prospect(touch(Outcome.TALKED, 9), quotes=(quote(8, state, decided_on=day(1)),))
        assert finding(quoted).rule is RuleName.WORKING

    def test_it_was_open_the_day_before(self) -> None:
        declined = quote(8, QuoteState.DECLINED, decided_on=day(1))
        quoted = prospect(touch(Outcome.TALKED, 9), quotes=(declined,))
        assert finding(quoted, today=Today(day(2))).rule is RuleName.OPEN_QUOTE

    def test_it_is_open_from_the_day_it_is_sent(self) -> None:
        assert finding(prospect(quotes=(quote(0),))).rule is RuleName.OPEN_QUOTE
        assert evidence(prospect(quotes=(quote(-1), quote(0)))).quote == quote(0)

    def test_the_one_sent_last_counts(self) -> None:
        quoted = prospect(quotes=(quote(3), quote(30)))
        assert evidence(quoted).quote == quote(3)

    def test_a_deferral_outweighs_it(self) -> None:
        for reason in (None, "budget"):
            put_off = touch(Outcome.DEFERRED, 3, reason=reason)
            quoted = prospect(put_off, quotes=(quote(8),))
            assert finding(quoted).rule is not RuleName.OPEN_QUOTE

    def test_unless_they_moved_since(self) -> None:
        moved = prospect(
            touch(Outcome.DEFERRED, 50), touch(Outcome.MEETING, 40), quotes=(quote(8),)
        )
        assert finding(moved).rule is RuleName.OPEN_QUOTE


class TestQuestions:
    def test_what_will_have_changed_is_asked_of_who_defers(self) -> None:
        subject = prospect()
        assert "change" not in open_questions(subject, "weiss", deferring=False)
        assert "change" in open_questions(subject, "weiss", deferring=True)

    @pytest.mark.parametrize(
        ("agreed", "outcome", "answers"),
        [
            (True, Outcome.VOICEMAIL, True),
            (False, Outcome.ADVANCED, False),
            (None, Outcome.TALKED, True),
            (None, Outcome.VOICEMAIL, False),
        ],
        ids=["they agreed", "our plan", "nobody noted, they spoke", "nobody noted, they never did"],
    )
    def test_a_next_step_answers_its_question_when_they_agreed_to_it(
        self, agreed: bool | None, outcome: Outcome, answers: bool
    ) -> None:
        called = prospect(touch(outcome, 3))
        step = NextStep(action="demo", on=day(-3), agreed=agreed)
        assert "next-step" in unknown_questions(evidence(called))
        assert (
            "next-step" in unknown_questions(evidence(called.with_changes(next_step=step)))
        ) is not answers

    def test_what_the_record_proves_is_not_asked(self) -> None:
        """Who signs answered us, they named the day of the next call with its reason, they ordered."""
        signs = Contact(id="c-1", name="Ada", role=Role.ECONOMIC_BUYER)
        asked = prospect(touch(Outcome.TALKED, 3, contact="c-1"), contacts=(signs,))
        assert set(unknown_questions(evidence(prospect()))) - set(
            unknown_questions(evidence(asked))
        ) == {"decision"}
        unheard = prospect(touch(Outcome.VOICEMAIL, 3, contact="c-1"), contacts=(signs,))
        assert "decision" in unknown_questions(evidence(unheard))
        waiting = prospect(callback=promise(3, 20))
        assert "next-step" not in unknown_questions(evidence(waiting))
        assert "next-step" in unknown_questions(
            evidence(prospect(callback=promise(3, 20, proven=False)))
        )
        ordered = prospect(quotes=(quote(8).model_copy(update={"state": QuoteState.ACCEPTED}),))
        assert unknown_questions(evidence(ordered)) == ("next-step",)
        old = {"decision": answer(AnswerState.CLAIMED, 90)}
        assert "decision" not in stale_answers(evidence(asked.with_changes(answers=old)))

    @pytest.mark.parametrize("state", AnswerState)
    def test_only_unknown_is_open(self, state: AnswerState) -> None:
        answered = prospect(answers={"budget": answer(state)})
        still = "budget" in open_questions(answered, "weiss", deferring=False)
        assert still is (state is AnswerState.UNKNOWN)

    @pytest.mark.parametrize("question", [q.id for q in PACKS["weiss"]])
    def test_which_answers_disqualify(self, question: str) -> None:
        answered = prospect(answers={question: answer(AnswerState.NEGATIVE)})
        knocked = question in {"budget", "decision", "process"}
        assert (disqualifying_answer(answered, "weiss") is not None) is knocked
        assert (finding(answered).rule is RuleName.KNOCKED_OUT) is knocked

    def test_stale_ones_and_open_ones_stand_in_one_order(self) -> None:
        asked_again = prospect(
            touch(Outcome.DEFERRED, 5),
            answers={
                "budget": answer(AnswerState.CLAIMED, 40),
                "decision": answer(AnswerState.CONFIRMED, 3),
            },
        )
        made = advice(asked_again)
        assert made.missing == ("change", "budget", "process", "next-step")
        assert made.unknown == ("change", "process", "next-step")

    def test_two_reviews_running_and_not_three_apart(self) -> None:
        assert finding(unknown_to(2)).rule is RuleName.UNANSWERED_QUESTIONS
        broken = unknown_to(2).verdicts
        between = verdict_record(1, id="between", at=moment(1, 18))
        assert finding(unknown_to(2).with_changes(verdicts=(*broken, between))).rule is (
            RuleName.WORKING
        )

    def test_whom_nobody_called_nobody_could_ask(self) -> None:
        """The first call was planned in two reviews: no reason to let them go before it is made."""
        uncalled = unknown_to(2).with_changes(touches=())
        assert finding(uncalled).rule is not RuleName.UNANSWERED_QUESTIONS

    def test_whom_nobody_reached_nobody_could_ask_either(self) -> None:
        """Two calls that nobody answered, each planned in a review: silence has rules of its own."""
        tried = unknown_to(2).with_changes(touches=touches(Outcome.NO_ANSWER, 5, 1))
        assert finding(tried).verdict is Verdict.KEEP

    @pytest.mark.parametrize(("ahead", "counts"), [(-1, True), (0, False), (3, False)])
    def test_a_review_counts_once_the_step_that_it_planned_is_over(
        self, ahead: int, counts: bool
    ) -> None:
        """Kept as advised with a call on Wednesday it was to be let go at once, for its open questions."""
        planned = NextStep(action="call", on=day(-ahead))
        first, last = unknown_to(2).verdicts
        reviews = (first, last.model_copy(update={"step": planned}))
        found = finding(unknown_to(2).with_changes(verdicts=reviews))
        assert (found.rule is RuleName.UNANSWERED_QUESTIONS) is counts
        today = last.model_copy(update={"at": moment(0, 9)})
        kept_today = unknown_to(2).with_changes(verdicts=(first, today))
        assert finding(kept_today).rule is not RuleName.UNANSWERED_QUESTIONS

    def test_a_quote_that_nobody_followed_up_is_owed_before_they_owe_an_answer(self) -> None:
        """They named a day, and nobody noted a reason: the quote of ours is no less open for that."""
        quoted = unknown_to(2).with_changes(
            touches=(touch(Outcome.TALKED, 41),),
            quotes=(quote(37),),
            callback=promise(0, 56, proven=False, asked_by_buyer=True),
        )
        facts, found = evidence(quoted), finding(quoted)
        assert (found.rule, found.verdict) == (RuleName.UNPROVEN_CALLBACK, Verdict.KEEP)
        assert is_owed(facts, found)
        assert what_we_owe(facts, found.match) is Owed.QUOTE
        tried = quoted.with_changes(touches=(*quoted.touches, touch(Outcome.VOICEMAIL, 5)))
        assert finding(tried).rule is RuleName.UNANSWERED_QUESTIONS

    def test_who_answers_is_asked_before_they_are_let_go(self) -> None:
        step = NextStep(action="Agree the start date", on=day(-4))
        asked = "Nurture it; keep it only if you ask for budget, decision and process"
        assert finding(unknown_to(2)).action == f"{asked} now"
        planned = finding(unknown_to(2).with_changes(next_step=step))
        assert planned.action == f"{asked} on 24 Nov"
        long_ago = unknown_to(2).with_changes(touches=(touch(Outcome.TALKED, 50),))
        assert finding(long_ago).action == "Nurture until somebody answers"

    def test_one_review_decided_twice_is_one(self) -> None:
        """Back to the card and decided again: two verdicts, one session."""
        first = unknown_to(1).verdicts
        again = verdict_record(1, "budget", "decision", "process", id="again", at=moment(1, 15))
        twice = unknown_to(1).with_changes(verdicts=(*first, again))
        assert finding(twice).rule is RuleName.WORKING

    def test_two_people_on_one_day_hold_one_review(self) -> None:
        first = unknown_to(1).verdicts
        same_day = moment(1, 15)
        again = verdict_record(
            1, "budget", "decision", "process", session="s-b", id="b", at=same_day
        )
        twice = unknown_to(1).with_changes(verdicts=(*first, again))
        assert finding(twice).rule is RuleName.WORKING

    def test_answered_since_they_no_longer_count(self) -> None:
        known = {**unknown_to(2).answers, "budget": answer(AnswerState.CLAIMED, 0)}
        assert finding(unknown_to(2).with_changes(answers=known)).rule is RuleName.WORKING

    def test_different_questions_do_not_add_up(self) -> None:
        verdicts = (
            verdict_record(9, "budget", "decision", "process"),
            verdict_record(2, "budget", "change", "next-step"),
        )
        asked = prospect(touch(Outcome.TALKED, 4), verdicts=verdicts)
        assert finding(asked).rule is RuleName.WORKING

    def test_its_evidence_is_those_verdicts(self) -> None:
        made = advice(unknown_to(4))
        assert made.finding.because.evidence == ("verdicts/v-2", "verdicts/v-1")


class TestMidnight:
    """Midnight belongs to the day that begins."""

    MIDNIGHT = moment(-1, 0)

    def test_for_touches(self) -> None:
        met = touch(Outcome.MEETING, -1, 0)
        assert met.at == self.MIDNIGHT
        assert evidence(prospect(met)).timeline.touches == ()
        assert record_on_day(prospect(met), TODAY).touches == ()

    def test_for_verdicts_and_facts(self) -> None:
        request = DoNotContact(at=self.MIDNIGHT, by="ann")
        late = prospect(verdicts=(verdict_record(-1, at=self.MIDNIGHT),), do_not_contact=request)
        stood = record_on_day(late, TODAY)
        assert (stood.verdicts, stood.do_not_contact) == ((), None)
        assert record_on_day(late, Today(day(-1))) is late


class TestKnockedOut:
    def test_an_answer_of_tomorrow_hides_none_of_today(self) -> None:
        answers = {
            "budget": answer(AnswerState.NEGATIVE, -1),
            "process": answer(AnswerState.NEGATIVE, 1, "bought from a cousin"),
        }
        found = finding(prospect(answers=answers))
        assert found.rule is RuleName.KNOCKED_OUT
        assert "bought from a cousin" in found.because.text
        assert found.because.evidence == ("answers/process",)

    BOTH = prospect(
        touch(Outcome.TALKED, 3),
        answers={
            "budget": answer(AnswerState.NEGATIVE),
            "decision": answer(AnswerState.NEGATIVE),
            "timeline": answer(AnswerState.NEGATIVE),
        },
    )

    def test_two_answers_that_disqualify_are_both_named_in_what_would_turn_it(self) -> None:
        condition = advice(self.BOTH).what_would_change
        assert condition is not None
        assert condition.words == "the answers on budget and decision change"
        turned, _ = condition.apply(self.BOTH, TODAY)
        assert {q for q, a in turned.answers.items() if a.state is AnswerState.CLAIMED} == {
            "budget",
            "decision",
        }

    def test_and_each_of_them_speaks_for_letting_go(self) -> None:
        told = [line.text for line in advice(self.BOTH).reasons_to_let_go]
        assert "no budget and none planned" in told
        assert "access to the decision refused" in told

    def test_they_go_by_the_labels_of_the_pack(self) -> None:
        pack = Settings(questions=Questions(pack="meddic"))
        condition = recommend(self.BOTH, TODAY, pack).what_would_change
        assert condition is not None
        assert condition.words == "the answers on economic buyer and budget change"


class TestWords:
    @pytest.mark.parametrize("scenario", SCENARIOS, ids=[s.id for s in SCENARIOS])
    def test_a_status_fits_its_card(self, scenario: Scenario) -> None:
        found = gather(scenario.prospect, Today(scenario.today), DEFAULTS)
        said = status_line(found, finding(scenario.prospect, today=Today(scenario.today)))
        assert 0 < len(said) <= 20

    def test_a_callback_on_a_card_with_fresh_interest_shows_its_day(self) -> None:
        asked = prospect(touch(Outcome.MEETING, 2), callback=promise(1, 40, proven=False))
        found = gather(asked, TODAY, DEFAULTS)
        assert status_line(found, finding(asked)) == "call back 30 Dec"

    @pytest.mark.parametrize(
        ("scenario", "status"),
        [
            ("S1", "quote 3 of 5"),
            ("S2", "put off 7×"),
            ("S3", "18 Jan proven"),
            ("S4", "ultimatum 10 Nov"),
            ("S5", "gone silent"),
            ("S6", "last attempt left"),
            ("S7", "next 17 Dec"),
            ("S9", "next 25 Nov"),
            ("S10", "3 answers missing"),
            ("S11", "came back 18 Nov"),
            ("S12a", "send last email"),
            ("S12b", "too small"),
        ],
    )
    def test_what_a_card_says(self, scenario: str, status: str) -> None:
        one = next(s for s in SCENARIOS if s.id == scenario)
        found = gather(one.prospect, Today(one.today), DEFAULTS)
        assert status_line(found, finding(one.prospect, today=Today(one.today))) == status

    def test_working_without_a_step_asks_for_one(self) -> None:
        found = finding(prospect(touch(Outcome.TALKED, 3)))
        assert found.ask == "What is the next step, and on which day?"
        dated = NextStep(action="Send the drawings", on=day(-3))
        stepped = finding(prospect(touch(Outcome.TALKED, 3), next_step=dated))
        assert (stepped.ask, stepped.action) == ("", "Send the drawings")

    def test_a_step_of_the_past_is_none(self) -> None:
        overdue = NextStep(action="Send the drawings", on=day(1))
        assert finding(prospect(touch(Outcome.TALKED, 3), next_step=overdue)).ask

    def test_the_whole_argument_in_lines(self) -> None:
        lines = in_lines(silent(90, 8, 6_000).with_changes(hours_spent=Decimal(9)), with_rules=True)
        assert lines[0].startswith("PURGE to Dropped: no answer for 90 days")
        assert "  gone-silent: 90 d ≥ 60, thresholds.unreachable_days" in lines
        assert "Reasons to keep" in lines
        assert "Reasons to let go" in lines
        assert any(line.startswith("  Turns to KEEP if") for line in lines)
        assert "(9 hours of work, 9 contacts so far: no reason to go on)" in lines
        assert not any(line.startswith("  When") for line in lines)

    @pytest.mark.parametrize(
        ("count", "word", "said"),
        [
            (1, "attempt", "1 attempt"),
            (1200, "day", "1,200 days"),
            (0, "attempt", "0 attempts"),
            (2, "touch", "2 touches"),
        ],
    )
    def test_plurals(self, count: int, word: str, said: str) -> None:
        assert several(count, word) == said

    def test_markup_in_their_words_stays_text(self) -> None:
        said = "[@click=app.quit]take it[/] or leave it"
        found = finding(prospect(touch(Outcome.HOSTILE, 1, note=said)))
        assert said in found.because.text


class TestFlips:
    def test_poor_payoff_names_the_worth_that_would_do(self) -> None:
        made = advice(silent(40, 5, 400).with_changes(probability=Decimal("0.1")))
        assert made.rule is RuleName.POOR_PAYOFF
        assert made.what_would_change is not None
        assert made.what_would_change.words == "it is worth $1,500 or more"

    def test_with_no_chance_at_all_only_they_can_turn_it(self) -> None:
        made = advice(silent(40, 5, 400).with_changes(probability=Decimal(0)))
        assert made.what_would_change is not None
        assert made.what_would_change.words == "they take a step of their own"

    def test_what_people_sent_to_nurture_turns_to_keep_by_news_alone(self) -> None:
        sent = verdict_record(0, verdict=Verdict.PURGE, destination=Column.NURTURE)
        plan = Nurture(track=Track.KEEP_IN_TOUCH, since=TODAY.day)
        quoted = prospect(touch(Outcome.TALKED, 41), quotes=(quote(37),))
        subject = quoted.with_changes(column=Column.NURTURE, nurture=plan, verdicts=(sent,))
        assert finding(quoted).rule is RuleName.OPEN_QUOTE
        made = advice(subject)
        assert (made.rule, made.destination) == (RuleName.NURTURING, Column.NURTURE)
        assert made.changes_if == "they come to us or take a step of their own"
        again = due_on(evidence(subject))
        assert again is not None
        later = recommend(subject, Today(again, TODAY.zone), DEFAULTS)
        assert later.rule is RuleName.OPEN_QUOTE, "it is asked about when it falls due again"

    def test_where_the_settings_leave_nothing_it_says_so(self) -> None:
        """A missing line would read as a screen that is broken."""
        off = {rule: False for rule in RuleName if rule is not RuleName.WORKING}
        subject, settings = prospect(touch(Outcome.TALKED, 3)), Settings(rules=off)
        made = advice(subject, settings)
        assert made.what_would_change is None
        assert "  Nothing turns it: the rules that could are off" in in_lines(subject, settings)
        assert as_json(made)["flips_if"] is None

    def test_too_soon_names_the_attempts_to_come(self) -> None:
        made = advice(silent(40, 3, 1_000))
        assert made.what_would_change is not None
        words = "2 more attempts and the last email bring no answer by 12 Dec"
        assert made.what_would_change.words == words
        again = advice(silent(40, 4, 1_000))
        assert "only 4 of 5 attempts made" in again.finding.because.text
        assert again.changes_if == "1 more attempt and the last email bring no answer by 5 Dec"
        sent = (touch(Outcome.TALKED, 50), touch(Outcome.LAST_CALL, 40))
        assert advice(prospect(*sent)).changes_if == "4 more attempts bring no answer by 19 Dec"

    def test_a_push_of_this_evening_is_before_the_supposed_step(self) -> None:
        """Found by the search: a step supposed at noon left a push of 20:00 standing."""
        drawn = [{"id": f"x{n}", "at": moment(n, 20)} for n in range(3)]
        base = prospect(touch(Outcome.TALKED, 90)).model_dump()
        pushes = [one | {"from_day": day(9), "to_day": day(-9)} for one in drawn]
        subject = type(prospect()).model_validate(base | {"pushes": pushes})
        made = advice(subject)
        assert made.rule is RuleName.SERIAL_DEFERRAL
        assert made.what_would_change is not None

    def test_a_serial_deferrer_in_nurture_is_let_go_in_the_end(self) -> None:
        """High tier is nurtured by email; twelve emails without a word exhaust that as well."""
        plan = Nurture(since=day(60))
        put_off = touches(Outcome.DEFERRED, 90, 80, 70)
        mailed = touches(Outcome.MAILING, *range(40, 51))
        rich = prospect(
            *put_off, *mailed, value=money(400_000), column=Column.NURTURE, nurture=plan
        )
        assert finding(rich).destination is Column.NURTURE
        twelfth = rich.with_changes(touches=(*rich.touches, touch(Outcome.MAILING, 3)))
        assert finding(twelfth).destination is Column.DROPPED


def test_settings_of_another_zone_are_the_same_rules() -> None:
    assert Settings(timezone="Europe/Berlin").fingerprint() == Settings().fingerprint()
    assert Settings(currency="EUR").fingerprint() != Settings().fingerprint()


@pytest.mark.parametrize(
    ("off", "subject", "rule"),
    [
        (RuleName.TOO_SOON, silent(44, 2, 1000), RuleName.WORKING),
        (
            RuleName.NURTURE_EXHAUSTED,
            prospect(
                *touches(Outcome.EMAIL, *range(1, 15)),
                column=Column.NURTURE,
                nurture=Nurture(since=day(60)),
            ),
            RuleName.NURTURING,
        ),
    ],
)
def test_words_stay_true_where_a_rule_is_off(
    off: RuleName, subject: Prospect, rule: RuleName
) -> None:
    found = finding(subject, Settings(rules={off: False}))
    assert found.rule is rule
    assert found.because.threshold.startswith((">", "≥"))


def test_on_probation_the_limit_is_named_by_its_own_key() -> None:
    back = prospect(
        touch(Outcome.MEETING, 20),
        touch(Outcome.DEFERRED, 5),
        drop=Drop(at=moment(40), reason=DropReason.TIMING),
    )
    limits = Thresholds(probation_deferrals=2, recent_days=10)
    found = finding(back, Settings(thresholds=limits))
    assert found.rule is RuleName.UNPROVEN_CALLBACK
    assert found.because.key == "thresholds.probation_deferrals"


class TestAnotherCurrency:
    """Nothing converts an amount, so what compares it with a figure of ours says so."""

    YEN = Money(amount=Decimal(12_000_000), currency="JPY")
    REMARK = "(JPY counted as USD)"

    def test_where_the_tier_decides(self) -> None:
        silent = prospect(*touches(Outcome.VOICEMAIL, *range(130, 10, -10)), value=self.YEN)
        lines = in_lines(silent, with_rules=True)
        size = f"a large sale {self.REMARK}"
        assert any(f"worth ¥12,000,000, {size}" in line for line in lines)
        assert any(f"{size}: silence" in line for line in lines)
        assert self.REMARK not in lines, "it is said with the size already"

    def test_where_the_payoff_decides(self) -> None:
        poor = prospect(value=Money(amount=Decimal(10), currency="JPY"))
        assert any(f"(under 150 is little) {self.REMARK}" in line for line in in_lines(poor))

    def test_our_own_needs_no_remark(self) -> None:
        lines = in_lines(prospect(value=money(10)))
        assert not any("counted as USD" in line for line in lines)


class TestWhatIsCounted:
    """Two counts of attempts on one page say from when each counts; days say what they are of."""

    def test_attempts_since_the_quote_and_since_their_last_answer(self) -> None:
        record = [touch(Outcome.VOICEMAIL, ago) for ago in (18, 15, 12)]
        card = prospect(*record, touch(Outcome.TALKED, 8), quotes=(quote(20),))
        lines = in_lines(card, with_rules=True)
        assert any("4 of 5 attempts" in line for line in lines)
        assert any(
            "nobody tried since they answered 8 days ago: silence does not count yet" in line
            for line in lines
        )

    def test_only_the_rule_says_how_many_attempts_are_enough(self) -> None:
        lines = in_lines(silent(90, 8, 6_000), with_rules=True)
        assert any("8 attempts without an answer: no longer too soon" in line for line in lines)
        assert sum("enough" in line for line in lines if "attempts" in line) == 1

    def test_the_days_of_a_silence_say_what_they_are_of(self) -> None:
        long = advice(silent(90, 8, 6_000)).finding.because
        assert long.text.startswith(
            "no answer for 90 days, 8 attempts (60 days and 6 attempts are enough)"
        )
