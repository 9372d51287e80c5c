"""What one prospect asks of us, and when."""

from dataclasses import replace
from datetime import date, time, timedelta
from typing import Any

import pytest

from review_board.judgement.argument_text import next_touch_words
from review_board.judgement.card_status import status_line
from review_board.judgement.due.queue_order import is_owed, owed_on
from review_board.judgement.due.task_wording import (
    callable_now,
    contact_words,
    day_off_note,
    how_late,
    nobody_callable,
    not_before,
    sum_words,
    task_words,
)
from review_board.judgement.due.tasks import (
    NOTHING,
    Agenda,
    Task,
    TaskKind,
    agenda_of,
    owed_task,
    with_plan_told,
)
from review_board.judgement.pressure import contact_pressure, earliest_allowed
from review_board.judgement.recommend import judge, recommend_from
from review_board.judgement.record_text import facts_of
from review_board.judgement.rule import Owed
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import (
    Bet,
    Contact,
    DoNotContact,
    Drop,
    NextStep,
    Nurture,
    Rescue,
    Touch,
    Won,
)
from review_board.pipeline.vocabulary import Column, Outcome, QuoteState, Role, Track
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Calendar
from tests.judgement.build import (
    DEFAULTS,
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


def agenda(subject: Prospect) -> Agenda:
    facts = evidence(subject)
    return agenda_of(facts, judge(facts))


def tasks(*what: Any, **fields: Any) -> dict[TaskKind, Task]:
    return {task.kind: task for task in agenda(prospect(*what, **fields)).tasks}


# Callbacks


@pytest.mark.parametrize(("ahead", "owed"), [(1, False), (0, True), (-3, True)])
def test_a_proven_callback_is_owed_from_its_day_on(ahead: int, owed: bool) -> None:
    """Once it is late, its text says the day: their words may speak of "that day"."""
    late = ", asked for 17 Nov" if ahead < 0 else ""
    found = tasks(column=Column.CALLBACK, callback=promise(20, ahead))
    assert found == {
        TaskKind.CALLBACK: Task(
            TaskKind.CALLBACK, day(-ahead), f"call{late}: the budget is voted", owed=owed
        )
    }


def test_an_unproven_callback_is_a_question_and_no_debt() -> None:
    found = tasks(column=Column.CALLBACK, callback=promise(20, -3, proven=False))
    assert list(found) == [TaskKind.UNPROVEN]
    assert not found[TaskKind.UNPROVEN].owed
    assert found[TaskKind.UNPROVEN].action == "call and ask what will have changed"


@pytest.mark.parametrize("proven", [True, False])
def test_a_callback_is_made_at_the_time_that_was_agreed(proven: bool) -> None:
    told = promise(20, 3, proven=proven, time=time(9, 5))
    (task,) = tasks(column=Column.CALLBACK, callback=told).values()
    assert task.action.startswith("call at 09:05")
    assert task.time == time(9, 5)


@pytest.mark.parametrize("column", [Column.NURTURE, Column.DROPPED])
def test_an_unproven_callback_left_with_the_purge(column: Column) -> None:
    assert TaskKind.UNPROVEN in tasks(callback=promise(20, -3, proven=False))
    assert tasks(column=column, callback=promise(20, -3, proven=False)) == {}


def test_a_track_that_waits_for_an_unproven_callback_has_its_own_touch() -> None:
    plan = Nurture(track=Track.WAKE_UP, since=day(10), next_on=day(-5))
    found = tasks(column=Column.NURTURE, callback=promise(10, 20, proven=False), nurture=plan)
    assert set(found) == {TaskKind.NURTURE}


def test_a_callback_that_was_made_is_done() -> None:
    called = touch(Outcome.TALKED, 2)
    assert tasks(called, column=Column.CALLBACK, callback=promise(20, -3)) == {}


def test_a_callback_that_nobody_answered_is_to_be_tried_again() -> None:
    tried = touch(Outcome.VOICEMAIL, 2)
    task = tasks(tried, column=Column.CALLBACK, callback=promise(20, -3))[TaskKind.CALLBACK]
    assert task.owed
    assert task.action.startswith("call again, asked for 17 Nov")


def test_a_far_callback_in_nurture_wakes_before_its_day() -> None:
    plan = Nurture(track=Track.WAKE_UP, since=day(10), next_on=day(-186))
    found = tasks(column=Column.NURTURE, callback=promise(10, 200), nurture=plan)
    assert set(found) == {TaskKind.CALLBACK, TaskKind.WAKE}
    assert found[TaskKind.WAKE].day == day(-200) - timedelta(days=14)
    assert "they named 8 Jun" in found[TaskKind.WAKE].action


# Steps


def test_a_next_step_has_its_own_words_and_time() -> None:
    step = NextStep(action="show the samples", on=day(-2), time=time(10, 30))
    assert tasks(next_step=step)[TaskKind.STEP] == Task(
        TaskKind.STEP, day(-2), "show the samples at 10:30", time=time(10, 30)
    )


def test_an_idea_for_what_was_dropped_stays_a_duty_and_nothing_else_does() -> None:
    step = NextStep(action="send the case study", on=day(0))
    found = tasks(column=Column.DROPPED, next_step=step, callback=promise(20, -3))
    assert list(found) == [TaskKind.STEP]


# Nurture


def nurtured(track: Track, *what: Any, next_in: int | None = None, **fields: Any) -> Task:
    plan = Nurture(track=track, since=day(40), next_on=None if next_in is None else day(-next_in))
    return tasks(*what, column=Column.NURTURE, nurture=plan, **fields)[TaskKind.NURTURE]


@pytest.mark.parametrize(
    ("track", "action"),
    [
        (Track.MONTHLY_EMAIL, "send the monthly email"),
        (Track.CHAMPION, "ask Cleo how it stands inside"),
        (Track.ASSISTANT, "find the assistant, and ask what would work"),
        (Track.WAKE_UP, "call again, and ask how things stand"),
    ],
)
def test_each_track_has_its_own_touch(track: Track, action: str) -> None:
    cleo = Contact(id="c-1", name="Cleo", role=Role.CHAMPION)
    assert nurtured(track, next_in=0, contacts=(cleo,)).action == action


def test_a_track_without_a_day_counts_from_its_beginning() -> None:
    assert nurtured(Track.MONTHLY_EMAIL).day == day(40 - 30)


def test_a_touch_sets_the_next_an_interval_later_and_never_before_the_planned_day() -> None:
    early, done = touch(Outcome.MAILING, 12), touch(Outcome.MAILING, 10)
    assert nurtured(Track.MONTHLY_EMAIL, early, next_in=-10).day == day(12 - 30)
    assert nurtured(Track.MONTHLY_EMAIL, early, next_in=60).day == day(-60)
    assert nurtured(Track.MONTHLY_EMAIL, done, next_in=-10).day == day(10 - 30)


@pytest.mark.parametrize(
    ("outcome", "moves"),
    [
        (Outcome.TALKED, True),
        (Outcome.COMPLAINT, True),
        (Outcome.VOICEMAIL, True),
        (Outcome.AUTO_REPLY, False),
    ],
)
def test_a_real_contact_of_either_side_sets_the_next_touch(outcome: Outcome, moves: bool) -> None:
    sent, met = touch(Outcome.MAILING, 19), touch(outcome, 10)
    found = nurtured(Track.MONTHLY_EMAIL, sent, met, next_in=-19)
    assert found.day == day((10 if moves else 19) - 30)


def test_a_touch_of_the_day_it_went_to_nurture_leaves_the_planned_day() -> None:
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=day(0), next_on=day(-7))
    found = tasks(touch(Outcome.TALKED, 0), column=Column.NURTURE, nurture=plan)
    assert found[TaskKind.NURTURE].day == day(-7)


def test_a_planned_touch_waits_until_contact_pressure_allows_it() -> None:
    tried = touches(Outcome.NO_ANSWER, 20, 15, 10, 5, 2, 1)
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=day(0), next_on=day(-3))
    found = tasks(*tried, column=Column.NURTURE, nurture=plan)
    assert found[TaskKind.NURTURE].day == day(-31), "30 days end on a Saturday"


@pytest.mark.parametrize(("first", "says"), [(-60, "next 10 Dec"), (-10, "keep in touch 30 Nov")])
def test_one_more_idea_stands_on_the_card_of_one_in_nurture(first: int, says: str) -> None:
    """Unless the next touch of its track comes first; the record names the first contact beside it."""
    plan = Nurture(track=Track.KEEP_IN_TOUCH, since=day(0), next_on=day(first))
    idea = NextStep(action="visit them", on=day(-20))
    subject = prospect(column=Column.NURTURE, nurture=plan, next_step=idea)
    assert status_line(evidence(subject), judge(evidence(subject))) == says
    said = [line.text for part in facts_of(subject, TODAY, DEFAULTS) for line in part.lines]
    assert (
        f"keep in touch since 20 Nov, first contact on {short_day(day(first), TODAY.day)}" in said
    )


def test_an_exhausted_track_asks_for_no_more_touches() -> None:
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=day(400), next_on=day(1))
    sent = touches(Outcome.MAILING, *range(2, 390, 31))
    assert tasks(*sent, column=Column.NURTURE, nurture=plan) == {}


# Bets and rescues


def test_a_bet_falls_due_unless_a_verdict_was_given_since() -> None:
    bet = Bet(id="b-1", at=moment(20), until=day(3), action="sends the figures")
    lost = "log it today if it happened: sends the figures; the next review drops it"
    assert tasks(bets=(bet,))[TaskKind.BET] == Task(TaskKind.BET, day(3), lost)
    assert TaskKind.BET not in tasks(bets=(bet,), verdicts=(verdict_record(1),))


@pytest.mark.parametrize("words", ["check the bet: {}", "see whether they {}"])
def test_a_step_of_older_files_that_only_looks_at_a_bet_is_not_listed_beside_it(words: str) -> None:
    bet = Bet(id="b-1", at=moment(2), until=day(-3), action="sends the figures")
    look = NextStep(action=words.format(bet.action), on=bet.until)
    assert list(tasks(bets=(bet,), next_step=look)) == [TaskKind.BET]
    other = NextStep(action="demo", on=bet.until)
    assert list(tasks(bets=(bet,), next_step=other)) == [TaskKind.STEP, TaskKind.BET]
    settled = verdict_record(0)
    assert list(tasks(bets=(bet,), next_step=look, verdicts=(settled,))) == [TaskKind.STEP]
    assert agenda(prospect(bets=(bet,), next_step=look)).earliest == bet.until


def test_whether_a_bet_is_won_can_be_asked_before_it_is_lost() -> None:
    """After six attempts contact pressure allowed it a week after the bet's last day."""
    tried = touches(Outcome.VOICEMAIL, 60, 50, 40, 30, 20, 10)
    bet = Bet(id="b-1", at=moment(0), until=day(-13), action="they sign")
    facts = evidence(prospect(*tried, bets=(bet,)))
    made = recommend_from(facts)
    assert (made.next_touch, agenda_of(facts, made.finding).earliest) == (bet.until, bet.until)
    assert next_touch_words(made, facts.today, Calendar()) == "3 Dec, as planned"
    meeting = NextStep(action="demo", on=day(-5), agreed=True)
    planned = recommend_from(evidence(prospect(*tried, bets=(bet,), next_step=meeting)))
    assert (planned.finding.action, planned.next_touch) == ("Demo", meeting.on)


def test_what_was_sent_last_is_named_so_that_it_is_not_sent_again() -> None:
    plan = Nurture(track=Track.KEEP_IN_TOUCH, since=day(200))
    nurtured = {"column": Column.NURTURE, "nurture": plan}
    assert "same as" not in tasks(**nurtured)[TaskKind.NURTURE].action
    sent = touch(Outcome.MAILING, 70, note="postcard of the mill")
    assert tasks(sent, **nurtured)[TaskKind.NURTURE].action == (
        "send an article, a letter, a newsletter or a postcard;"
        " not the same as last time, 11 Sep: “postcard of the mill”"
    )


def test_a_rescue_ends_unless_they_answered() -> None:
    rescue = Rescue(on=day(31), until=day(1), route="champion")
    assert tasks(rescue=rescue)[TaskKind.RESCUE].day == day(1)
    assert tasks(rescue=rescue)[TaskKind.RESCUE].action == (
        "decide whether to keep them: the last attempt, through the champion, had no answer"
    )
    assert TaskKind.RESCUE not in tasks(touch(Outcome.TALKED, 8), rescue=rescue)
    assert TaskKind.RESCUE not in tasks(rescue=rescue, verdicts=(verdict_record(0),))
    assert TaskKind.RESCUE not in tasks(rescue=rescue, column=Column.NURTURE)


# Who is left alone


def test_who_asked_to_be_left_alone_or_bought_asks_nothing_of_us() -> None:
    step = NextStep(action="call", on=day(0))
    request = DoNotContact(at=moment(1))
    assert agenda(prospect(next_step=step, do_not_contact=request)) == NOTHING
    assert agenda(prospect(next_step=step, won=Won(on=day(1)))) == NOTHING


def test_a_proven_callback_rests_and_pressure_alone_does_not() -> None:
    tried = touch(Outcome.VOICEMAIL, 0)
    resting = agenda(prospect(tried, column=Column.CALLBACK, callback=promise(20, 30)))
    assert (resting.allowed_from, resting.earliest) == (day(-3), day(-30))
    assert agenda(prospect(tried)).earliest == day(-3), "two days end on a Sunday"


def test_an_agreed_step_ahead_is_not_for_now_unless_a_promise_is_owed() -> None:
    step = NextStep(action="letter", on=day(-7))
    assert agenda(prospect(next_step=step)).earliest == day(-7)
    assert agenda(prospect(next_step=step)).allowed_from == TODAY.day
    late = NextStep(action="letter", on=day(3))
    assert agenda(prospect(next_step=late)).earliest == TODAY.day
    for ahead in (0, -3, -30):
        owed = prospect(next_step=step, column=Column.CALLBACK, callback=promise(40, ahead))
        assert agenda(owed).earliest == TODAY.day


# Quotes


def test_quotes_count_the_tries_since_each() -> None:
    sent = (quote(40), quote(20), quote(10, QuoteState.EXPIRED))
    found = agenda(prospect(*touches(Outcome.VOICEMAIL, 30, 15, 12), quotes=sent)).quotes
    assert [(q.id, q.attempts, q.newest) for q in found] == [
        ("q-40", 3, False),
        ("q-20", 2, True),
    ]


def test_a_quote_is_followed_up_once_they_had_time_to_answer_it() -> None:
    def owed_from(*what: Touch, sent: int) -> tuple[bool, date | None]:
        seen = evidence(prospect(touch(Outcome.QUOTE, sent), *what, quotes=(quote(sent),)))
        return is_owed(seen, judge(seen)), earliest_allowed(seen)

    assert owed_from(sent=0) == (False, day(-3)), "two days end on a Sunday"
    assert owed_from(sent=1) == (False, day(-3))
    assert owed_from(sent=2) == (True, day(0))
    assert owed_from(touch(Outcome.INBOUND, 0), sent=1) == (True, day(0)), "they came to us"
    why = contact_pressure(evidence(prospect(quotes=(quote(0),)))).why
    assert why == "the quote went out today"


@pytest.mark.parametrize("outcome", [Outcome.TALKED, Outcome.ADVANCED])
def test_who_was_reached_about_a_quote_today_is_owed_no_second_call_today(outcome: Outcome) -> None:
    """As after a call that nobody answered, the next is owed later; before, only that one was."""
    for tried in (Outcome.NO_ANSWER, outcome):
        called = evidence(prospect(touch(tried, 0, hour=9), quotes=(quote(22),)))
        found = judge(called)
        later = agenda_of(called, found).earliest
        assert (is_owed(called, found), later) == (True, day(-3)), "two days end on a Sunday"
    assert contact_pressure(called).why == "the quote was followed up today"
    then = called.on(Today(day(-3), TODAY.zone))
    assert agenda_of(then, judge(then)).earliest == day(-3)


def test_a_day_that_they_named_waits_for_nothing() -> None:
    """Our own plan does, and so does every other day before and after it."""
    tried = touches(Outcome.VOICEMAIL, 3, 1)
    for asked in (True, False):
        callback = promise(0, 1, asked_by_buyer=asked)
        step = NextStep(action="demo", on=day(-1), agreed=asked)
        for fields in ({"callback": callback}, {"next_step": step}):
            earliest = agenda(prospect(*tried, **fields)).earliest
            assert earliest == day(-1 if asked else -3), fields
    later = promise(0, 30)
    assert earliest_allowed(evidence(prospect(*tried, callback=later))) == day(-3)
    complaint = touch(Outcome.COMPLAINT, 2)
    moaned = prospect(complaint, next_step=NextStep(action="demo", on=day(-1), agreed=True))
    assert earliest_allowed(evidence(moaned)) != day(-1)


def test_the_quote_of_a_dropped_prospect_lies_on_no_desk() -> None:
    assert agenda(prospect(quotes=(quote(40),), column=Column.DROPPED)).quotes == ()


CLEO = Contact(id="c", name="Cleo", role=Role.CHAMPION, phone="555-0101", email="cleo@c.example")
KIM = Contact(id="k", name="Kim", phone="555-0142", email="kim@k.example")


def on_track(track: Track) -> Task:
    plan = Nurture(track=track, since=day(20), next_on=day(1))
    found = tasks(column=Column.NURTURE, nurture=plan, contacts=(KIM, CLEO))
    return found[TaskKind.NURTURE]


def test_a_task_says_whom_to_call() -> None:
    found = tasks(column=Column.CALLBACK, callback=promise(20, 1), contacts=(KIM,))
    assert task_words(found[TaskKind.CALLBACK]) == "call Kim 555-0142: the budget is voted"
    step = NextStep(action="send the deck", on=day(-1))
    assert task_words(tasks(next_step=step, contacts=(KIM,))[TaskKind.STEP]) == (
        "send the deck · Kim 555-0142"
    )


def test_a_nurture_touch_names_its_own_person_and_a_mail_its_address() -> None:
    assert task_words(on_track(Track.CHAMPION)) == "ask Cleo how it stands inside · Cleo 555-0101"
    assert task_words(on_track(Track.MONTHLY_EMAIL)) == "send the monthly email · Kim kim@k.example"


# Words


@pytest.mark.parametrize(
    ("late", "words"),
    [
        (0, "today"),
        (1, "1 d late"),
        (999, "999 d late"),
        (1160, "3 y late"),
        (-5, "in 5 d"),
        (-3650, "in 10 y"),
    ],
)
def test_how_late(late: int, words: str) -> None:
    assert how_late(day(late), TODAY.day) == words
    assert len(words) <= 10


def test_words_for_days_people_and_sums() -> None:
    later = date(2026, 12, 17)
    assert not_before(None, day(3), TODAY.day) == not_before(TODAY.day, day(3), TODAY.day) == ""
    assert not_before(later, day(3), TODAY.day) == "not before 17 Dec"
    assert not_before(later, later, TODAY.day) == "", "its own day says so"
    assert contact_words(CLEO) == "Cleo (champion) · 555-0101 · cleo@c.example"
    nameless = Contact(id="c", name="555-0150", phone="555-0150", email="cleo@c.example")
    assert contact_words(nameless) == "555-0150 · cleo@c.example"
    assert (
        task_words(Task(TaskKind.CALLBACK, TODAY.day, "call: x", owed=True))
        == "call: x; you owe them"
    )
    euros = replace(money("0.6"), currency="EUR")
    assert sum_words([money("1308230.10"), euros]) == "$1,308,230 · €1"


def test_a_day_that_is_no_working_day_is_named() -> None:
    assert (
        day_off_note(date(2026, 11, 22), Calendar()) == "today is Sunday, no working day of yours"
    )
    assert day_off_note(date(2026, 11, 23), Calendar()) == ""
    assert day_off_note(date(2026, 11, 22), Calendar(working_days=("sun",))) == ""


def test_on_a_day_off_nobody_is_callable_now() -> None:
    friday, monday = TODAY.day, day(-3)
    assert callable_now(7, friday, friday) == "7 to contact now"
    assert callable_now(7, monday, day(-1)) == "7 to contact on Mon 23 Nov"
    assert nobody_callable(friday, friday) == "There is nobody to contact now"
    assert nobody_callable(monday, day(-1)) == "There is nobody to contact on Mon 23 Nov"


def test_who_came_to_us_while_in_nurture_is_to_be_taken_up_again() -> None:
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=day(40), next_on=day(-5))
    back = prospect(touch(Outcome.INBOUND, 3), column=Column.NURTURE, nurture=plan)
    found = {task.kind: task for task in agenda(back).tasks}
    assert list(found) == [TaskKind.BACK]
    assert found[TaskKind.BACK].day == day(3)
    facts = evidence(back)
    assert status_line(facts, judge(facts)) == "came back 17 Nov"
    before = back.with_changes(touches=(touch(Outcome.INBOUND, 40),))
    assert TaskKind.BACK not in {task.kind for task in agenda(before).tasks}


def test_a_step_planned_for_a_call_that_is_owed_is_told_with_that_call() -> None:
    """One call is one line: since when it is owed, and the day that was set for it."""
    owed = prospect(
        column=Column.CALLBACK,
        callback=promise(40, -11),
        next_step=NextStep(on=day(0), action="call them back"),
    )
    (told,) = with_plan_told(agenda(owed).tasks, TODAY.day)
    assert (told.kind, told.day) == (TaskKind.CALLBACK, day(11))
    assert told.action.endswith("; your day today: call them back")
    earlier = owed.with_changes(next_step=NextStep(on=day(20), action="send the deck"))
    assert len(with_plan_told(agenda(earlier).tasks, TODAY.day)) == 2


def test_what_we_owe_on_a_day_ahead_is_owed_later() -> None:
    """The day is that of the card: planned, or the first that contact pressure allows."""

    def owed_at(subject: Prospect) -> date | None:
        facts = evidence(subject)
        return owed_on(facts, judge(facts), agenda(subject).earliest)

    offer = prospect(quotes=(quote(25),))
    assert owed_at(offer) == day(0)
    step = NextStep(on=day(-4), action="call")
    assert owed_at(offer.with_changes(next_step=step)) == day(-4)
    tried = offer.with_changes(touches=(touch(Outcome.VOICEMAIL, 0),))
    assert owed_at(tried) == agenda(tried).earliest != day(0)
    assert owed_at(prospect(touch(Outcome.TALKED, 3))) is None


def test_an_owed_quote_is_the_one_thing_to_do_whatever_rule_keeps_the_card() -> None:
    """What will have changed is asked in that call; a quote too new to be followed up leaves it first."""
    put_off = touch(Outcome.DEFERRED, 10)
    for sent, do in ((5, "Follow the quote up"), (0, "Ask what will have changed")):
        kept = prospect(touch(Outcome.MEETING, 40), put_off, quotes=(quote(sent),))
        facts = evidence(kept)
        found = judge(facts)
        assert found.rule is RuleName.UNPROVEN_CALLBACK
        assert found.action.startswith(do)
        assert "what will have changed" in found.ask
        owed = is_owed(facts, found)
        assert owed is (sent == 5)
        if owed:
            assert owed_task(Owed.QUOTE, agenda(kept), TODAY.day).action == do.lower()


def test_who_came_back_to_dropped_is_to_be_taken_up_again() -> None:
    drop = Drop(at=moment(40), by="ann", reason="no-need")
    back = {"column": Column.DROPPED, "drop": drop}
    found = tasks(touch(Outcome.INBOUND, 5), **back)
    assert found[TaskKind.BACK].day == day(5)
    assert tasks(touch(Outcome.INBOUND, 50), **back) == {}


def test_a_close_date_asks_for_what_the_record_advises() -> None:
    card = prospect(touch(Outcome.QUOTE, 20), quotes=(quote(20),), close_date=day(0))
    assert judge(evidence(card)).action == "Follow the quote up"
    closes = {task.kind: task for task in agenda(card).tasks}[TaskKind.CLOSE]
    assert closes.action == "it is to close today: follow the quote up"


def test_a_callback_of_ours_whose_day_is_over_is_what_the_advice_says_and_overdue() -> None:
    card = prospect(
        touch(Outcome.ADVANCED, 17),
        column=Column.CALLBACK,
        callback=promise(10, -3, proven=False),
    )
    facts = evidence(card)
    made = judge(facts)
    assert made.rule is RuleName.LIVE_INTEREST
    task = {task.kind: task for task in agenda(card).tasks}[TaskKind.UNPROVEN]
    assert task.action == "call and ask what will have changed"
    assert made.action == "Call them and ask what will have changed (due 17 Nov)"
    assert status_line(facts, made) == "overdue 17 Nov"
    left = prospect(touch(Outcome.ADVANCED, 17), callback=promise(10, 3, proven=False))
    assert status_line(evidence(left), judge(evidence(left))) == "call back 23 Nov"


def test_a_close_date_is_a_task_until_its_day_is_over() -> None:
    closes = tasks(close_date=day(0))[TaskKind.CLOSE]
    assert closes.day == day(0)
    assert closes.action.startswith("it is to close today: ")
    large = {"value": money(500_000), "close_date": day(-70)}
    ahead = tasks(*touches(Outcome.DEFERRED, 90, 60, 30), **large)[TaskKind.CLOSE]
    assert ahead.action == "it is to close 29 Jan: ask for the decision"
    assert tasks(close_date=day(1)) == {}
    assert tasks(close_date=day(0), column=Column.NURTURE) == {}
