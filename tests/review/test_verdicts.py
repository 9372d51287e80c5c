"""A verdict: what each destination demands, and what goes on record."""

from datetime import timedelta

import pytest

from review_board.errors import RefusedError
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Track, Verdict
from review_board.review import Circumstances, Decision, refusal, rule
from tests.judgement.build import (
    TODAY,
    advice,
    day,
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
    return rule(subject, decision, advice(subject), TODAY, STAMP, circumstances=circumstances)


@pytest.mark.parametrize(
    ("decision", "missing"),
    [
        (Decision(Column.ACTIVE), "next step"),
        (Decision(Column.ACTIVE, step=NextStep(action="call", on=day(1))), "past"),
        (Decision(Column.CALLBACK), "date"),
        (Decision(Column.DROPPED, against="x"), "reason"),
        (Decision(Column.DROPPED, reason=DropReason.TIMING), "one line"),
        (Decision(Column.DROPPED, reason=DropReason.TIMING, against="  "), "one line"),
        (Decision(Column.NURTURE), "one line"),
    ],
)
def test_what_is_missing_is_refused_and_nothing_decided(decision: Decision, missing: str) -> None:
    assert missing in (refusal(decision, advice(WORKING), TODAY) or "")
    with pytest.raises(RefusedError, match="nothing was decided"):
        decided(WORKING, decision)


def test_a_keep_goes_to_active_with_its_step() -> None:
    kept = decided(WORKING, Decision(Column.ACTIVE, step=STEP))
    assert (kept.column, kept.next_step) == (Column.ACTIVE, STEP)


def test_a_callback_waits_for_its_date() -> None:
    promised = promise(0, 30)
    kept = decided(WORKING, Decision(Column.CALLBACK, callback=promised))
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
    assert refusal(Decision(Column.NURTURE), advice(SERIAL), TODAY) is None


def test_the_ruling_keeps_what_was_recommended_beside_what_was_decided() -> None:
    decision = Decision(Column.ACTIVE, step=STEP, against="their CFO starts on Monday")
    (ruling,) = decided(SERIAL, decision).verdicts
    assert (ruling.verdict, ruling.recommended) == (Verdict.KEEP, Verdict.PURGE)
    assert ruling.recommended_destination is Column.DROPPED
    assert ruling.rule == "serial-deferral"
    assert ruling.against == "their CFO starts on Monday"
    assert ruling.evidence == advice(SERIAL).evidence
    assert ruling.unknown == advice(SERIAL).unknown
    assert (ruling.session, ruling.seconds, ruling.by) == ("s-1", 31, "ann")
    assert ruling.settings == advice(SERIAL).settings
    assert not ruling.followed


def test_keeping_for_the_rescue_uses_it_up() -> None:
    silent = prospect(
        touch(Outcome.TALKED, 90),
        *touches(Outcome.VOICEMAIL, 88, 80, 70, 60, 50, 40),
        value=money(400_000),
    )
    kept = decided(silent, Decision(Column.ACTIVE, step=STEP))
    assert kept.rescue is not None
    assert kept.rescue.until == TODAY.day + timedelta(days=30)
    assert advice(silent).rule == "rescue"


def test_a_second_verdict_erases_nothing() -> None:
    once = decided(WORKING, Decision(Column.ACTIVE, step=STEP))
    again = decided(once, Decision(Column.ACTIVE, step=STEP))
    assert len(again.verdicts) == 2
