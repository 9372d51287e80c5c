"""What is on record, in words: verdicts with all they asked for, bets, snoozes, drops before the last."""

from datetime import time, timedelta
from typing import Any

import pytest

from review_board.judgement.record_text import events_of, page_of
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, Drop, FirstImpression, NextStep, Snooze
from review_board.pipeline.vocabulary import AnswerState, Column, DropReason, Verdict
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
    verdict_record,
)

STEP = NextStep(action="ask the assistant", on=TODAY.day + timedelta(days=10))
PURGED: dict[str, Any] = {"verdict": Verdict.PURGE, "destination": Column.NURTURE}


def events(subject: Prospect) -> list[str]:
    return [text for _, text in events_of(subject, TODAY, DEFAULTS)]


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({}, "KEEP → Active by ann, as advised"),
        (
            PURGED | {"against": "they merged", "start_anew": False},
            "PURGE → Nurture by ann, against working: they merged, would not start anew",
        ),
        (
            PURGED | {"recommended": Verdict.PURGE, "recommended_destination": Column.DROPPED},
            "PURGE → Nurture by ann, advised was Dropped (working)",
        ),
        ({"sooner": "she asked"}, "KEEP → Active by ann, as advised, so soon because: she asked"),
        (
            {"importance": 4, "step": STEP},
            "KEEP → Active by ann, as advised, importance 4 of 5, ask the assistant on 30 Nov",
        ),
        (
            {"changed": "a new owner"},
            "KEEP → Active by ann, as advised, changed since the drop: a new owner",
        ),
        (
            {"reason": DropReason.TIMING, "note": "in May again"},
            "KEEP → Active by ann, as advised, wrong time, in May again",
        ),
    ],
)
def test_a_verdict_is_told_with_what_it_asked_for(given: dict[str, Any], told: str) -> None:
    assert events(prospect(verdicts=(verdict_record(3, **given),))) == [told]


def test_a_step_and_a_callback_are_told_with_their_time() -> None:
    subject = prospect(
        next_step=NextStep(action="demo", on=day(-7), time=time(10)),
        callback=promise(5, 59, time=time(10, 30)),
    )
    told = {line.label: line.text for line in page_of(subject, TODAY, [], DEFAULTS)}
    assert told["Next step"] == "demo, 27 Nov 10:00"
    assert told["Callback"].startswith("18 Jan 10:30, they asked")


def test_bets_and_snoozes_stand_in_the_timeline() -> None:
    subject = prospect(
        bets=(Bet(id="b", at=moment(4), by="ann", action="sign", until=day(-3)),),
        snoozes=(Snooze(id="z", at=moment(2), by="raj", until=day(-5)),),
    )
    assert events(subject) == [
        "not this week, said raj: until 25 Nov",
        "bet by ann until 23 Nov: sign",
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
    assert page["First call"].startswith("solid")
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
    assert any(line.startswith("Pain: negative") for line in told)
    assert any(line.startswith("process: claimed") for line in told)
    assert sum("gone quiet on us" in line for line in told) == 2
    assert not any("no-response" in line for line in told)
