"""The day on which a prospect falls due in a review."""

from typing import Any

import pytest

from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import gather
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, Drop, Nurture, Snooze, Won
from review_board.pipeline.vocabulary import Column, Direction, DropReason, Outcome
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    day,
    moment,
    promise,
    prospect,
    touch,
    verdict_record,
)

LATELY = (verdict_record(3),)
NURTURED: dict[str, Any] = {"column": Column.NURTURE, "nurture": Nurture(since=day(50))}
WAITS: dict[str, Any] = {"column": Column.CALLBACK, "verdicts": (verdict_record(8),)}
DROPPED: dict[str, Any] = {
    "column": Column.DROPPED,
    "drop": Drop(at=moment(-2), reason=DropReason.TIMING),
}

DUE = {
    "a far callback wakes": prospect(
        **NURTURED, verdicts=(verdict_record(30),), callback=promise(60, 10, touch=None)
    ),
    "a bet made with the verdict is over": prospect(
        verdicts=LATELY, bets=(Bet(id="b", at=LATELY[0].at, action="they call", until=day(1)),)
    ),
    "a verdict followed what was put off": prospect(
        verdicts=(verdict_record(8),), snoozes=(Snooze(id="s", at=moment(9), until=day(-9)),)
    ),
    "the call was made": prospect(touch(Outcome.NO_ANSWER, 0), **WAITS, callback=promise(60, 0)),
    "the callback is asked for tomorrow": prospect(**WAITS, callback=promise(-1, 90)),
    "it is dropped only later": prospect(touch(Outcome.INBOUND, 1), **DROPPED),
    "a proven callback is too far ahead to wait for": prospect(
        **{**WAITS, "verdicts": (verdict_record(15),)}, callback=promise(3, 300)
    ),
    "they left a voicemail": prospect(
        touch(Outcome.VOICEMAIL, 1, direction=Direction.INBOUND), **NURTURED, verdicts=LATELY
    ),
}


@pytest.mark.parametrize("why", DUE)
def test_what_makes_it_due_is_seen(why: str) -> None:
    assert (due_on(gather(DUE[why], TODAY, DEFAULTS)) or day(-999)) <= day(0)


def due_day(some: Prospect) -> object:
    return due_on(gather(some, TODAY, DEFAULTS))


class TestRests:
    """These wait for a day to come, or for none."""

    def test_what_was_decided_lately(self) -> None:
        assert due_day(prospect(verdicts=(verdict_record(3),))) == day(-4)

    def test_what_was_decided_within_an_interval_of_its_own(self) -> None:
        assert due_day(prospect(verdicts=(verdict_record(3),), review_days=30)) == day(-27)

    def test_what_is_new(self) -> None:
        assert due_day(prospect(created=moment(1))) == day(-6)

    def test_what_was_put_off(self) -> None:
        snooze = Snooze(id="s", at=moment(1), until=day(-6))
        assert due_day(prospect(created=moment(30), snoozes=(snooze,))) == day(-6)

    def test_what_is_in_nurture_and_has_not_answered_since(self) -> None:
        talked, plan = touch(Outcome.TALKED, 60), Nurture(since=day(50))
        some = prospect(talked, created=moment(60), column=Column.NURTURE, nurture=plan)
        assert due_day(some) == day(-30)

    def test_a_proven_callback_waits_for_its_day(self) -> None:
        callback = promise(3, 60)
        some = prospect(verdicts=(verdict_record(3),), column=Column.CALLBACK, callback=callback)
        assert due_day(some) == day(-60)

    def test_what_was_dropped_and_is_silent(self) -> None:
        met, drop = touch(Outcome.MEETING, 40), Drop(at=moment(9), reason=DropReason.TIMING)
        assert due_day(prospect(met, column=Column.DROPPED, drop=drop)) is None

    def test_what_was_won(self) -> None:
        assert due_day(prospect(created=moment(99), won=Won(on=day(1)))) is None
