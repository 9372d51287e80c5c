"""What is on record, in words: verdicts with all they asked for, bets, snoozes, drops before the last."""

from datetime import time, timedelta
from typing import Any

import pytest

from review_board.judgement.event_text import EventKind, events_of
from review_board.judgement.record_text import facts_of, page_of
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import (
    Bet,
    Contact,
    Drop,
    FirstImpression,
    NextStep,
    NoteEntry,
    Push,
    Snooze,
    Touch,
)
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    DropReason,
    Outcome,
    ReasonKind,
    SignalKind,
    Verdict,
)
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Questions
from review_board.settings.tree import Settings
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    answer,
    day,
    moment,
    promise,
    prospect,
    quote,
    touch,
    verdict_record,
)

STEP = NextStep(action="ask the assistant", on=TODAY.day + timedelta(days=10))
PURGED: dict[str, Any] = {"verdict": Verdict.PURGE, "destination": Column.NURTURE}


def events(subject: Prospect) -> list[str]:
    return [f"{e.sign} {e.text}" for e in events_of(subject, TODAY, DEFAULTS)][:-1]  # but "added"


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "◆ KEEP in Active, as advised · ann"),
        (
            PURGED | {"against": "they merged", "start_anew": False},
            (
                "◆ PURGE to Nurture, against the advice (KEEP in Active): they merged,"
                " would not start with them today · ann"
            ),
        ),
        (
            PURGED | {"recommended": Verdict.PURGE, "recommended_destination": Column.DROPPED},
            "◆ PURGE to Nurture, advised was Dropped · ann",
        ),
        (
            {"sooner": "she asked"},
            "◆ KEEP in Active, as advised, sooner than advised because: she asked · ann",
        ),
        (
            {"importance": 4, "step": STEP},
            (
                "◆ KEEP in Active, as advised, importance 4 of 5,"
                " next step 30 Nov: ask the assistant · ann"
            ),
        ),
        (
            {"changed": "a new owner"},
            "◆ KEEP in Active, as advised, changed since the drop: a new owner · ann",
        ),
        (
            {"reason": DropReason.TIMING, "note": "in May again"},
            "◆ KEEP in Active, as advised, wrong time, in May again · ann",
        ),
    ],
)
def test_a_verdict_is_told_with_what_it_asked_for(given: dict[str, Any], told: str) -> None:
    assert events(prospect(verdicts=(verdict_record(3, **given),))) == [told]


def test_a_verdict_that_kept_a_callback_says_which_and_why() -> None:
    kept = verdict_record(3, destination=Column.CALLBACK, recommended_destination=Column.ACTIVE)
    asked = prospect(verdicts=(kept,), callback=promise(5, 59))
    why = "they asked for 18 Jan because of budget: the budget is voted"
    assert events(asked) == [f"◆ KEEP in Callback-Pending, advised was Active, {why} · ann"]
    asked_later = prospect(verdicts=(kept,), callback=promise(1, 59))
    assert events(asked_later) == ["◆ KEEP in Callback-Pending, advised was Active · ann"]


def test_a_verdict_that_puts_off_a_call_we_owe_is_not_as_advised() -> None:
    kept = verdict_record(
        0,
        rule=RuleName.PROMISE_MISSED,
        destination=Column.CALLBACK,
        recommended_destination=Column.CALLBACK,
    )
    owed, later = promise(60, -19), promise(0, 59)
    put_off = prospect(verdicts=(kept,), callback=later, earlier_callbacks=(owed,))
    assert events(put_off)[0].startswith("◆ KEEP in Callback-Pending, advised was to call now,")
    due_later = prospect(verdicts=(kept,), callback=later, earlier_callbacks=(promise(60, 9),))
    assert events(due_later)[0].startswith("◆ KEEP in Callback-Pending, as advised,")


KIM = Contact(id="kim", name="Kim Aldous")


@pytest.mark.parametrize(
    ("what", "told"),
    [
        (touch(Outcome.VOICEMAIL, 3), "→ voicemail left · ann"),
        (touch(Outcome.VOICEMAIL, 3, contact="kim"), "→ voicemail left for Kim Aldous · ann"),
        (touch(Outcome.MEETING, 3, contact="kim", by=""), "⇄ met Kim Aldous"),
        (touch(Outcome.INBOUND, 3, contact="kim", by=""), "← Kim Aldous came to us"),
        (
            touch(Outcome.ADVANCED, 3, contact="kim", signal=SignalKind.QUOTE_REQUEST, by=""),
            "⇄ talked with Kim Aldous, progress, asked for a quote",
        ),
        (
            touch(Outcome.DEFERRED, 3, contact="kim", reason=ReasonKind.BUDGET, note="in May"),
            "⟳ Kim Aldous asked for a callback, because of budget: in May · ann",
        ),
    ],
)
def test_a_touch_is_a_sentence_with_who_it_was_with(what: Touch, told: str) -> None:
    assert events(prospect(what, contacts=(KIM,))) == [told]


def test_every_outcome_has_its_sentence() -> None:
    subject = prospect(*(touch(o, 3, contact="kim", by="") for o in Outcome), contacts=(KIM,))
    assert all("Kim Aldous" in text for text in events(subject))


def test_events_are_of_a_kind_and_the_newest_comes_first() -> None:
    subject = prospect(
        touch(Outcome.TALKED, 5),
        notes=(NoteEntry(id="n", at=moment(4), by="raj", text="two\nlines"),),
        verdicts=(verdict_record(3),),
        pushes=(Push(id="p", at=moment(2), by="ann", from_day=day(9), to_day=day(-9)),),
    )
    corrected = subject.pushes[0].model_copy(update={"correction": True})
    (told, *_) = events_of(subject.with_changes(pushes=(corrected,)), TODAY, DEFAULTS)
    assert told.text == "close date corrected from 11 Nov to 29 Nov · ann"
    found = events_of(subject, TODAY, DEFAULTS)
    kinds = [event.kind for event in found]
    assert kinds == [*reversed(EventKind), EventKind.CHANGE]
    assert found[0].text == "close date pushed from 11 Nov to 29 Nov, no reason given · ann"
    assert found[2].text == "two\nlines · raj"
    assert found[-1].text == "added"


def test_a_step_and_a_callback_are_told_with_their_time() -> None:
    subject = prospect(
        next_step=NextStep(action="demo", on=day(-7), time=time(10)),
        callback=promise(5, 59, time=time(10, 30)),
    )
    told = {line.label: line.text for line in page_of(subject, TODAY, [], DEFAULTS)}
    assert told["Next step"] == "27 Nov 10:00: demo"
    assert told["Callback"].startswith("18 Jan 10:30, they asked")


def test_a_callback_that_was_made_comes_no_more() -> None:
    asked = promise(20, -5)
    due = prospect(touch(Outcome.TALKED, 30), callback=asked)
    told = {line.label: line.text for line in page_of(due, TODAY, [], DEFAULTS)}
    assert told["Callback"].startswith("15 Nov, they asked")
    called = due.with_changes(touches=(*due.touches, touch(Outcome.TALKED, 2)))
    told = {line.label: line.text for line in page_of(called, TODAY, [], DEFAULTS)}
    assert "Callback" not in told
    assert told["Earlier"].startswith("asked on 31 Oct for 15 Nov, they asked")


def test_bets_and_snoozes_stand_in_the_timeline() -> None:
    subject = prospect(
        bets=(Bet(id="b", at=moment(4), by="ann", action="sign", until=day(-3)),),
        snoozes=(Snooze(id="z", at=moment(2), by="raj", until=day(-5)),),
    )
    assert events(subject) == [
        "± not this week: until 25 Nov · raj",
        "± bet until 23 Nov: sign · ann",
    ]


def test_the_page_tells_its_interval_its_first_call_and_the_drops_before_the_last() -> None:
    subject = prospect(
        review_days=30,
        first_impression=FirstImpression(solid=True, at=moment(90)),
        drop=Drop(at=moment(5), by="ann", reason=DropReason.TIMING),
        earlier_drops=(Drop(at=moment(60), by="raj", reason="moved-away", note="to Oslo"),),
    )
    page = {line.label: line.text for line in page_of(subject, TODAY, [], DEFAULTS)}
    assert page["Review days"] == "30"
    assert page["First call"] == "it felt right"
    assert page["Before that"] == "21 Sep by raj, moved away: to Oslo"


def test_reasons_and_questions_are_called_what_the_settings_call_them() -> None:
    drop = Drop(at=moment(9), by="ann", reason=DropReason.NO_RESPONSE)
    subject = prospect(
        drop=drop,
        answers={"need": answer(AnswerState.NEGATIVE), "process": answer(AnswerState.CLAIMED)},
        verdicts=(verdict_record(9, reason=DropReason.NO_RESPONSE),),
    )
    own = Settings(
        reasons={"no-response": "gone quiet on us"}, questions=Questions(pack="meddpicc")
    )
    told = [line.text for line in page_of(subject, TODAY, [], own)]
    assert any(line.startswith("Pain: no") for line in told)
    assert any(line.startswith("process: said") for line in told)
    assert sum("gone quiet on us" in line for line in told) == 2
    assert not any("no-response" in line for line in told)


def test_what_nobody_reviewed_yet_says_from_which_day_on_it_is_to_review() -> None:
    def said(subject: Prospect) -> str:
        page = {line.label: line.text for line in page_of(subject, TODAY, [], DEFAULTS)}
        return page.get("To review", "")

    assert said(prospect(created=moment(3))) == "from 24 Nov on, added 17 Nov"
    assert said(prospect(created=moment(30))) == ""
    assert said(prospect(created=moment(3), verdicts=(verdict_record(1),))) == ""


def test_a_quote_of_what_was_dropped_is_not_called_open_now() -> None:
    dropped = prospect(
        quotes=(quote(20),), column=Column.DROPPED, drop=Drop(at=moment(1), reason="timing")
    )
    (said,) = [part.lines for part in facts_of(dropped, TODAY, DEFAULTS) if part.title == "Quotes"]
    assert said[0].text.endswith("open when dropped")
