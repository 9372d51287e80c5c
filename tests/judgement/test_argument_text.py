"""The argument in the seller's words."""

from decimal import Decimal
from typing import Any

import pytest

from review_board.judgement.argument_text import next_touch_words, resting_lines, without_repeats
from review_board.judgement.card_status import (
    advice_with_reason,
    advice_words,
    place_words,
    status_line,
)
from review_board.judgement.due.tasks import agenda_of
from review_board.judgement.questions import callback_question
from review_board.judgement.record_text import facts_of
from review_board.judgement.routes import ContactRoute, by_route, in_rescue_words
from review_board.judgement.rule_words import tried_too_little
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import (
    Answer,
    Contact,
    DoNotContact,
    Drop,
    NextStep,
    Nurture,
    Rescue,
)
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    Outcome,
    Role,
    Route,
    Track,
    Verdict,
)
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    advice,
    answer,
    argued,
    day,
    evidence,
    finding,
    in_lines,
    moment,
    money,
    promise,
    prospect,
    quote,
    touch,
    touches,
)


def test_a_question_whose_answer_is_too_old_says_when_that_was_given() -> None:
    old = Answer(state=AnswerState.CLAIMED, text="40k", on=day(50), by="ann")
    subject = prospect(answers={"budget": old})
    said = argued(subject).to_ask
    again = [text for text in said if text.endswith(": ask again")]
    assert again == [
        "Is there a budget for this, or a plan to get one? answered on 1 Oct, too long ago: ask again"
    ]
    assert len(said) > 1, "what nobody answered stands beside it, without a remark"


def test_an_answer_that_is_too_old_says_so_where_the_answers_stand() -> None:
    old = Answer(state=AnswerState.CLAIMED, text="40k", on=day(50), by="ann")
    subject = prospect(answers={"budget": old, "process": answer(AnswerState.CONFIRMED, 2)})
    (section,) = (s for s in facts_of(subject, TODAY, DEFAULTS) if s.title == "Answers")
    assert [line.text for line in section.lines] == [
        "Budget: answered on 1 Oct, too long ago: ask again (said: 40k)",
        "Process: proven (18 Nov): said so",
    ]


def test_one_silence_is_one_line_and_the_stronger_one() -> None:
    for days, limit in ((45, "over 30 is long"), (90, "60 is too long")):
        made = advice(prospect(*touches(Outcome.VOICEMAIL, days, days - 5)))
        told = [line.text for line in without_repeats(made.reasons_to_let_go)]
        assert any(
            text.startswith("no sign of") for text in (o.text for o in made.reasons_to_let_go)
        )
        assert not any(text.startswith("no sign of interest") for text in told)
        assert any(text.startswith(f"never an answer in {days} days ({limit})") for text in told)


def test_a_silence_is_told_as_the_card_counts_it() -> None:
    def told(*outcomes: Outcome) -> list[str]:
        """Return the reasons after contacts on days 90, 60 ..., then a voicemail."""
        record = [touch(outcome, 90 - 30 * place) for place, outcome in enumerate(outcomes)]
        made = advice(prospect(*record, touch(Outcome.VOICEMAIL, 10)))
        return [line.text for line in made.reasons_to_let_go]

    assert any(t.startswith("nothing from them for 90 days") for t in told(Outcome.MEETING))
    later = told(Outcome.MEETING, Outcome.TALKED)
    assert any(text.startswith("no sign of interest for 90 days") for text in later)
    assert any(text.startswith("no answer for 60 days") for text in later)


def test_who_rests_until_a_day_is_called_then_and_counts_as_no_put_off() -> None:
    kim = Contact(id="k", name="Kim", phone="555-0142")
    asked = prospect(
        touch(Outcome.DEFERRED, 3, reason="budget"), callback=promise(3, 20), contacts=(kim,)
    )
    assert argued(asked).do == "Leave it until 10 Dec, then call Kim 555-0142"
    assert not any("put off" in line.text for line in advice(asked).reasons_to_keep)


def test_interest_is_told_as_what_they_did() -> None:
    came = finding(prospect(touch(Outcome.INBOUND, 3, signal="inbound")))
    assert came.because.text == "they showed interest 3 days ago (they came to us)"


def test_a_purge_that_moves_the_card_tells_no_planned_day() -> None:
    step = NextStep(action="Agree the start date", on=day(-4))
    silent = touches(Outcome.VOICEMAIL, *range(100, 60, -5))
    gone = advice(prospect(*silent, value=money(50_000), next_step=step))
    assert (gone.destination, gone.says_when) == (Column.NURTURE, False)


def test_what_to_do_and_when_name_one_action() -> None:
    """The step that is planned comes before what the record alone would have us do."""
    step = NextStep(action="send paperwork", on=day(-15))
    said = argued(prospect(next_step=step))
    assert (said.do, said.when) == ("Send paperwork", "5 Dec, as planned")
    quoted = argued(prospect(touch(Outcome.MEETING, 26), quotes=(quote(25),), next_step=step))
    assert quoted.do == "Send paperwork"
    complained = argued(
        prospect(touch(Outcome.TALKED, 10), touch(Outcome.COMPLAINT, 2), next_step=step)
    )
    assert complained.do == "Send paperwork", "on no day that the next line takes back"
    assert "not on 5 Dec as planned" in complained.when
    missed = prospect(touch(Outcome.MEETING, 6), next_step=step.model_copy(update={"on": day(3)}))
    assert argued(missed).do == "Send paperwork (due 17 Nov)"


def test_a_plan_says_itself_how_and_with_whom() -> None:
    """A letter is not to be called; whom the plan names is whom it is with."""
    kim, lee = (
        Contact(id=name, name=f"{name} Aldous", phone="555-0142") for name in ("Kim", "Lee")
    )
    step = NextStep(action="Hand-written letter to Kim", on=day(-15))
    spoke = touch(Outcome.MEETING, 6, contact="Lee")
    planned = prospect(spoke, next_step=step, contacts=(lee, kim))
    assert argued(planned).do == "Hand-written letter to Kim · Kim Aldous 555-0142"
    assert argued(prospect(spoke, contacts=(lee, kim))).do.endswith("· call Lee Aldous 555-0142")


def test_who_left_is_not_to_be_called_and_their_successor_is_asked_for_first() -> None:
    kim = Contact(id="Kim", name="Kim Aldous", phone="555-0142")
    tried = touches(Outcome.VOICEMAIL, *range(100, 60, -5))
    left = touch(Outcome.AUTO_REPLY, 5, contact="Kim", note="left the company")
    gone = argued(prospect(*tried, left, contacts=(kim,), value=money(50_000)))
    assert gone.do == "Nurture it; keep it only if you ask who follows Kim Aldous"
    quoted = prospect(touch(Outcome.MEETING, 26), left, contacts=(kim,), quotes=(quote(25),))
    assert "555-0142" not in argued(quoted).do
    named = quoted.with_changes(next_step=NextStep(action="Call Kim", on=day(-5)))
    assert argued(named).do == "Call Kim"


def test_what_was_dropped_and_stays_so_is_left_and_asked_nothing() -> None:
    drop = Drop(at=moment(40), by="ann", reason="no-response")
    tried = touches(Outcome.VOICEMAIL, *range(160, 60, -5))
    said = argued(prospect(*tried, column=Column.DROPPED, drop=drop, value=money(5_000)))
    assert (said.do, said.to_ask) == ("Leave it, unless something new comes from them", ())


def test_a_call_that_only_we_planned_is_said_once_and_they_are_asked_for_their_day() -> None:
    planned = prospect(
        touch(Outcome.TALKED, 10), column=Column.CALLBACK, callback=promise(4, 20, proven=False)
    )
    made, said = advice(planned), argued(planned)
    assert made.finding.because.text == "we named 10 Dec for a call, they did not ask for it"
    assert not [line for line in made.reasons_to_keep if "plan" in line.text]
    against = [line.text for line in made.reasons_to_let_go]
    assert "callback not proven: they did not ask for it" in against
    assert said.do.startswith("Ask them for a day of their own")
    assert "when shall we talk again" in said.ask
    assert said.ask not in said.to_ask
    asking = planned.with_changes(next_step=NextStep(action="ask for the plans", on=day(-14)))
    assert (argued(asking).do, argued(asking).when) == ("Ask for the plans", "4 Dec, as planned")
    assert "when shall we talk again" in argued(asking).ask


def test_what_is_planned_is_what_to_do_and_stands_on_the_card() -> None:
    """Silence, a quote or a new lead without a call: a step ahead is done first, a late one still is."""
    silent = prospect(touch(Outcome.TALKED, 60), touch(Outcome.VOICEMAIL, 50))
    last = prospect(
        touch(Outcome.TALKED, 50),
        *touches(Outcome.VOICEMAIL, 40, 35, 30, 25, 20),
        value=money(24_000),
    )
    quoted = prospect(touch(Outcome.TALKED, 20), quotes=(quote(10),))
    new = prospect(created=moment(3))
    for subject, before in ((silent, ""), (last, ""), (quoted, "quote, "), (new, "new, ")):
        for days, word, late in ((-14, "next 4 Dec", ""), (3, "overdue 17 Nov", " (due 17 Nov)")):
            step = NextStep(action="send reference", on=day(days))
            planned = subject.with_changes(next_step=step)
            assert argued(planned).do == f"Send reference{late}"
            found = finding(planned)
            assert status_line(evidence(planned), found) == before + word
            assert "act first" not in place_words(found, Column.ACTIVE) or late
            assert "Send" not in found.first_step


def test_who_names_no_day_is_asked_for_one() -> None:
    asked = callback_question("Kim", None, TODAY.day)
    assert asked == "Kim, when shall we talk again, and what will have changed by then?"


@pytest.mark.parametrize(
    ("route", "words"),
    [
        ("champion", "through the champion"),
        ("in person", "in person"),
        ("in-person", "in person"),
        ("mail", "by letter"),
        ("Kim Aldous", "through Kim Aldous"),
    ],
)
def test_how_a_last_attempt_went_in_is_no_bare_word(route: str, words: str) -> None:
    assert in_rescue_words(route) == words


def test_our_own_silence_is_held_against_nobody_but_us() -> None:
    """Whom nobody tried since their last answer is not said to give none."""
    left = advice(prospect(touch(Outcome.MEETING, 90), touch(Outcome.TALKED, 66)))
    against = [line.text for line in left.reasons_to_let_go]
    assert not any("answer for" in text or "nothing from" in text for text in against), against
    said = "nobody tried since they answered 66 days ago"
    assert left.finding.because.text == said
    assert said in [line.text for line in left.reasons_to_keep]


def test_a_contact_of_ours_after_their_answer_is_what_nobody_followed_up() -> None:
    """A quote is a contact, and so is a call in which they put us off."""
    talked = touch(Outcome.TALKED, 66)
    quoted = prospect(talked, touch(Outcome.QUOTE, 60), quotes=(quote(60),))
    alone = prospect(talked, quotes=(quote(60),))
    for left in (quoted, alone):
        assert tried_too_little(evidence(left)) == "nobody called since the quote of 21 Sep"
        counted = [
            text for text in _reasons_to_keep(left) if "attempts" in text or "nobody" in text
        ]
        assert len(counted) == 1, "its attempts are counted once"
    put_off = prospect(talked, touch(Outcome.DEFERRED, 40))
    assert "nobody called since they put us off 40 days ago" in _reasons_to_keep(put_off)
    lately = prospect(talked, touch(Outcome.DEFERRED, 9))
    assert not [text for text in _reasons_to_keep(lately) if "nobody" in text]


def test_who_bought_elsewhere_is_no_more_to_be_kept_for_too_few_tries() -> None:
    bought = {"process": answer(AnswerState.NEGATIVE, 57)}
    for tried in ((), touches(Outcome.VOICEMAIL, 50, 40)):
        gone = prospect(touch(Outcome.TALKED, 57), *tried, answers=bought)
        said = _reasons_to_keep(gone)
        assert not [text for text in said if "nobody" in text or "attempts" in text], said
        assert not [g for g in advice(gone).guards if "silence does not count" in g.line.text]


def test_who_asked_for_a_day_with_its_reason_is_neither_silent_nor_untried() -> None:
    asked = advice(prospect(touch(Outcome.TALKED, 120), callback=promise(100, -10)))
    lines = [line.text for line in (*asked.reasons_to_keep, *asked.reasons_to_let_go)]
    assert not [text for text in lines if "no sign of interest" in text or "nobody tried" in text]


@pytest.mark.parametrize(
    "closed",
    [
        {"do_not_contact": DoNotContact(at=moment(3))},
        {"answers": {"process": answer(AnswerState.NEGATIVE, 3)}},
        {"touches": (touch(Outcome.HOSTILE, 50),)},
    ],
)
def test_who_is_not_to_be_sold_to_is_asked_nothing_and_has_no_way_left_to_try(
    closed: dict[str, Any],
) -> None:
    left = prospect(**{"touches": (touch(Outcome.TALKED, 60),)} | closed)
    made = advice(left)
    assert made.missing == ()
    assert made.unknown, "a verdict still notes what nobody asked"
    said = [line.text for line in (*made.reasons_to_keep, *made.reasons_to_let_go)]
    assert not [t for t in said if "tried" in t or "attempts" in t or "not known" in t], said
    new = advice(prospect(**closed))
    assert not [line.text for line in new.reasons_to_keep if "nobody ever called" in line.text]


def _reasons_to_keep(subject: Prospect) -> list[str]:
    return [line.text for line in advice(subject).reasons_to_keep]


def test_what_went_out_in_nurture_is_called_what_it_was() -> None:
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=day(400))
    sent = touches(Outcome.MAILING, *range(370, 10, -30))
    kept = {"column": Column.NURTURE, "nurture": plan}
    mailed = prospect(touch(Outcome.TALKED, 500), *sent, **kept)
    assert advice(mailed).finding.because.text.startswith("12 mailings since it is in Nurture")
    assert status_line(evidence(mailed), finding(mailed)) == "12 mailings, no answer"
    called = mailed.with_changes(touches=(*mailed.touches, touch(Outcome.VOICEMAIL, 3)))
    assert status_line(evidence(called), finding(called)) == "13 contacts, no answer"


def test_what_the_advice_asks_is_not_asked_again_in_other_words() -> None:
    put_off = argued(prospect(touch(Outcome.DEFERRED, 3), callback=promise(3, 40, change="")))
    assert "what will have changed between" in put_off.ask
    assert not [text for text in put_off.to_ask if "changed" in text]
    talked = argued(prospect(touch(Outcome.TALKED, 3)))
    assert talked.ask == "What is the next step, and on which day?"
    assert not [text for text in talked.to_ask if "next step" in text]


def test_a_change_named_before_the_callback_is_no_word_about_its_day() -> None:
    asked = promise(10, 30, proven=False)
    said = {"change": answer(AnswerState.CLAIMED, 40)}
    told = [line.text for line in advice(prospect(callback=asked, answers=said)).reasons_to_let_go]
    assert any("what they said on 11 Oct was about another day" in text for text in told), told
    again = argued(prospect(callback=asked, answers=said)).to_ask
    assert not [text for text in again if "changed" in text and "too long ago" in text]
    assert "change" in advice(prospect(callback=asked, answers=said)).missing
    later = {"change": answer(AnswerState.CLAIMED, 3)}
    fresh = [
        line.text for line in advice(prospect(callback=asked, answers=later)).reasons_to_let_go
    ]
    assert not any("another day" in text for text in fresh)


def test_what_is_let_go_where_it_is_stays_there() -> None:
    nurtured = finding(prospect(column=Column.NURTURE))
    assert advice_with_reason(nurtured, Column.NURTURE).startswith("STAYS in Nurture: ")
    assert place_words(nurtured, Column.ACTIVE) == "to Nurture"
    kept = finding(prospect(touch(Outcome.MEETING, 2)))
    assert place_words(kept, Column.ACTIVE) == "in Active"


def test_what_is_kept_only_if_something_is_done_says_so_in_every_place() -> None:
    """The sign on the board, the line of a list and the advice on the card are one word."""
    put_off = finding(prospect(touch(Outcome.DEFERRED, 20)))
    assert place_words(put_off, Column.CALLBACK) == "in Callback-Pending, act first"
    assert advice_words(put_off, Column.CALLBACK, is_left=False) == "KEEP, act first"
    kept = finding(prospect(touch(Outcome.MEETING, 2)))
    assert advice_words(kept, Column.ACTIVE, is_left=False) == "KEEP"
    nurtured = finding(prospect(column=Column.NURTURE))
    assert advice_words(nurtured, Column.NURTURE, is_left=True) == "stays in Nurture"


def test_a_way_in_is_named_with_its_word() -> None:
    kim = Contact(id="c", name="Kim", role=Role.CHAMPION)
    assert (
        by_route(ContactRoute(Route.CHAMPION, tried=False, contact=kim)) == "through Kim (champion)"
    )
    assert by_route(ContactRoute(Route.IN_PERSON, tried=False)) == "in person"
    assert by_route(ContactRoute(Route.MAIL, tried=False)) == "by letter"


def test_an_answer_without_words_says_what_it_is() -> None:
    assert AnswerState.CLAIMED.said("") == "they said yes"
    assert AnswerState.CLAIMED.said("40k") == "said"
    assert AnswerState.NEGATIVE.said("") == "no"


def test_a_quote_was_followed_up_by_a_contact_of_which_a_list_tells() -> None:
    listed = touch(Outcome.CONTACTED, 10, from_list=True)
    assert len(evidence(prospect(listed, quotes=(quote(30),))).quote_attempts) == 1
    assert not evidence(prospect(listed, quotes=(quote(5),))).quote_attempts


def _headline(*tries: int, **fields: Any) -> str:
    record = (touch(Outcome.TALKED, 100), *touches(Outcome.VOICEMAIL, *tries))
    return finding(prospect(*record, **fields)).because.text


def test_a_keep_says_first_what_is_left_to_do_not_what_speaks_for_letting_go() -> None:
    chief = Contact(id="c-1", name="Bruno Chen", role=Role.ECONOMIC_BUYER)
    large = {"value": money(250_000), "contacts": (chief,)}
    left = _headline(90, 80, 70, 60, 50, 40, **large)
    assert left == "4 ways are left to try, first through Bruno Chen (no answer for 100 days)"
    mate = Contact(id="c-2", name="Bruno", role=Role.ECONOMIC_BUYER)
    record = (touch(Outcome.TALKED, 100), *touches(Outcome.VOICEMAIL, 90, 80, 70, 60, 50, 40))
    said = finding(prospect(*record, **large | {"contacts": (chief, mate)})).action
    assert said.startswith("Go through Bruno Chen, by "), "not through two at once"
    called = _headline(45, 40, 35, 30, 20, value=money(24_000))
    assert called.startswith("one last email is left (no answer for")
    assert called.endswith("worth $7,200 per hour of work")
    cold = finding(prospect(*touches(Outcome.VOICEMAIL, 9, 5))).because.text
    assert cold == "only 2 attempts so far, the first 9 days ago"
    put_off = finding(prospect(touch(Outcome.DEFERRED, 5))).because.text
    assert put_off == "put off only once without a reason (3 are too many)"


def test_a_last_try_says_from_when_to_when() -> None:
    record = (touch(Outcome.TALKED, 100), *touches(Outcome.VOICEMAIL, 90, 80, 70, 60, 50, 2))
    made = advice(prospect(*record, value=money(250_000)))
    assert made.finding.action == "Try in person, 18 Dec to 17 Jan"
    assert made.changes_if == "the attempt in person brings no answer by 17 Jan"


def test_who_was_never_asked_need_not_wait_because_another_was_rung() -> None:
    people = (Contact(id="a", name="Astrid"), Contact(id="b", name="Bruno Chen"))
    large = {"value": money(250_000), "contacts": people}
    tries = touches(Outcome.VOICEMAIL, 90, 80, 70, 60, 50, 2, contact="a")
    record = (touch(Outcome.TALKED, 100, contact="a"), *tries)
    made = advice(prospect(*record, **large))
    assert made.finding.action == "Go through Bruno Chen, by 20 Dec"
    assert next_touch_words(made, TODAY, DEFAULTS.calendar) == "now"
    assert made.changes_if == "the attempt through Bruno Chen brings no answer by 20 Dec"
    angry = touch(Outcome.COMPLAINT, 1, contact="a")
    assert advice(prospect(*record, angry, **large)).earliest == day(-31)


def test_a_last_try_that_is_out_waits_for_its_day() -> None:
    used = Rescue(on=day(3), until=day(-5), route="in person")
    tries = touches(Outcome.VOICEMAIL, 90, 80, 70, 60, 50, 2)
    made = advice(prospect(touch(Outcome.TALKED, 100), *tries, value=money(250_000), rescue=used))
    assert made.finding.because.text.startswith("the last attempt runs until 25 Nov, in person")
    assert made.finding.action == "The last attempt is out: give it until 25 Nov"
    assert (made.says_when, made.finding.needs_action) == (False, False)


def test_a_last_attempt_goes_on_until_an_answer_to_it_needs_the_days_that_are_left() -> None:
    large = {
        "value": money(250_000),
        "rescue": Rescue(on=day(20), until=day(-8), route="in person"),
    }
    tries = touches(Outcome.VOICEMAIL, 90, 80, 70, 60, 50, 1)
    early = advice(prospect(touch(Outcome.TALKED, 100), *tries, **large))
    assert early.finding.action == "Reach them in person by 28 Nov"
    assert (early.says_when, early.finding.rests) == (False, False)
    angry = prospect(touch(Outcome.TALKED, 100), *tries, touch(Outcome.COMPLAINT, 1), **large)
    assert advice(angry).finding.action == "The last attempt is out: give it until 28 Nov"


def test_two_counts_on_one_card_say_what_they_count() -> None:
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=day(60))
    record = touches(Outcome.VOICEMAIL, 150, 140, 130, 120, 110, 100, 50, 20)
    made = advice(prospect(*record, column=Column.NURTURE, nurture=plan))
    assert made.finding.because.text.startswith("monthly email, 2 contacts since it is in Nurture")
    told = " ".join(line.text for line in made.reasons_to_let_go)
    assert "8 attempts unanswered" in told
    assert "mailings" not in told
    often = prospect(
        *touches(Outcome.DEFERRED, 90, 80), touch(Outcome.MEETING, 60), touch(Outcome.DEFERRED, 5)
    )
    told = " ".join(line.text for line in advice(often).reasons_to_keep)
    assert "put off only once without a reason (3 are too many), 3 times in all" in told


def test_who_is_let_go_is_told_no_day_but_that_of_its_track() -> None:
    silent = touches(Outcome.VOICEMAIL, *range(100, 60, -5))
    gone = advice(prospect(*silent, value=money(50_000)))
    assert (gone.destination, gone.says_when) == (Column.NURTURE, False)
    plan = Nurture(track=Track.MONTHLY_EMAIL, since=day(5), next_on=day(-12))
    deferred = touches(Outcome.DEFERRED, 50, 40, 30)
    stays = prospect(*deferred, column=Column.NURTURE, nurture=plan, value=money(200_000))
    assert argued(stays).when == "2 Dec: monthly email, as planned"


def test_what_was_just_dropped_is_left_alone_whatever_the_record_would_say() -> None:
    drop = Drop(at=moment(0), by="ann", reason="bet-lost", note="“a day” is not on record")
    subject = prospect(touch(Outcome.MEETING, 11), column=Column.DROPPED, drop=drop)
    made = advice(subject)
    assert made.verdict is Verdict.KEEP
    first, second = resting_lines(evidence(subject), made)
    assert first == "Dropped on 20 Nov, bet lost (“a day” is not on record)."
    assert second == "Leave it, unless something new comes from them."


@pytest.mark.parametrize("column", [Column.NURTURE, Column.DROPPED])
def test_what_was_planned_as_it_was_let_go_is_still_to_be_done(column: Column) -> None:
    step = NextStep(action="visit Zoe", on=day(-10))
    far = prospect(
        touch(Outcome.TALKED, 5),
        column=column,
        callback=promise(5, 300),
        next_step=step,
        nurture=Nurture(track=Track.WAKE_UP, since=day(0), next_on=day(-286)),
        drop=Drop(at=moment(0), by="ann", reason="other") if column is Column.DROPPED else None,
    )
    e, made = evidence(far), advice(far)
    assert agenda_of(e, made.finding).earliest == step.on
    if column is Column.NURTURE:
        said = argued(far)
        assert (said.do, said.when) == ("Visit Zoe", "30 Nov, as planned")
    else:
        _, planned, rest = resting_lines(e, made)
        assert planned == "Still planned for 30 Nov: visit Zoe."
        assert rest == "Otherwise leave it, unless something new comes from them."
    ruled_out = prospect(
        column=Column.DROPPED,
        next_step=step,
        answers={"process": answer(AnswerState.NEGATIVE)},
    )
    assert argued(ruled_out).do == "Visit Zoe"


def test_hours_of_the_next_step_are_not_those_already_spent() -> None:
    tried = touches(Outcome.VOICEMAIL, *range(45, 20, -5))
    subject = prospect(*tried, value=money(1_000), hours=Decimal(4), hours_spent=Decimal(4))
    lines = "\n".join(in_lines(subject))
    assert "÷ 4 h), 5 attempts" in lines
    assert "(4 hours of work, 5 contacts so far: no reason to go on)" in lines


def test_the_usual_hours_are_named_only_where_a_line_rests_on_them() -> None:
    note = "the next step is counted as 1 h of work"
    assert note not in argued(prospect(touch(Outcome.TALKED, 3))).notes
    assert note in argued(prospect(touch(Outcome.TALKED, 3), value=money(100))).notes


def test_what_turns_it_names_the_way_in_that_is_left() -> None:
    kim = Contact(id="k", name="Kim Aldous", role=Role.CHAMPION)
    tried = touches(Outcome.VOICEMAIL, *range(50, 25, -5))
    large = prospect(*tried, value=money(400_000), contacts=(kim,))
    assert argued(large).turns.startswith(
        "Turns to PURGE if the last email and an attempt through Kim Aldous bring no answer by "
    )
