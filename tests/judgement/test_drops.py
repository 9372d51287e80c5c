"""A recorded drop: a reason that disqualifies is an answer, until the buyer brings something new."""

from datetime import timedelta
from typing import Any

import pytest

from review_board.judgement.argument_text import resting_lines
from review_board.judgement.card_status import status_line
from review_board.judgement.record_on_day import record_on_day
from review_board.pipeline import changes
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import DoNotContact, Drop
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import AnswerState, Column, DropReason, Outcome, Verdict
from review_board.review.proposals import proposed_reason
from review_board.review.verdicts import is_against
from review_board.settings.rule_names import RuleName
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    advice,
    answer,
    evidence,
    finding,
    moment,
    promise,
    prospect,
    quote,
    touch,
)

AS_ANN = Stamp(at=moment(0), by="ann", key="back")


def dropped(reason: DropReason, *after: Any, **fields: Any) -> Prospect:
    """Dropped ten days ago for a reason, with a quote that is still open."""
    gone = Drop(at=moment(10), by="ann", reason=reason, note="chose Acme")
    given = {"column": Column.DROPPED, "drop": gone, "quotes": (quote(25),)} | fields
    return prospect(touch(Outcome.QUOTE, 25), *after, **given)


def status(subject: Prospect) -> str:
    """What its card says."""
    return status_line(evidence(subject), finding(subject))


def resting(subject: Prospect) -> list[str]:
    """What stands in place of its argument."""
    return resting_lines(evidence(subject), advice(subject))


@pytest.mark.parametrize(
    "reason",
    [
        DropReason.BOUGHT_ELSEWHERE,
        DropReason.NO_NEED,
        DropReason.NO_BUDGET,
        DropReason.NO_ACCESS,
    ],
)
def test_a_reason_that_disqualifies_is_an_answer(reason: DropReason) -> None:
    card = dropped(reason)
    made = advice(card)
    label = DEFAULTS.reason_label(reason)
    assert (made.rule, made.destination) == (RuleName.KNOCKED_OUT, Column.DROPPED)
    said = f"dropped on 10 Nov, {label} (“chose Acme”), and nothing new from them since"
    assert made.finding.because.text == said
    assert made.changes_if == "they come to us or take a step of their own"
    assert status(card) == label
    assert proposed_reason(made.finding, DEFAULTS) is reason
    assert not is_against(Column.ACTIVE, made), "taking it up asks what has changed instead"
    assert resting(card) == [], "the argument itself begins with the drop"


def test_what_was_taken_up_is_judged_by_the_rest_of_its_record() -> None:
    gone = dropped(DropReason.BOUGHT_ELSEWHERE)
    back = changes.take_up(gone, AS_ANN, TODAY.day).with_changes(column=Column.ACTIVE)
    assert (finding(back).rule, status(back)) == (RuleName.OPEN_QUOTE, "quote 0 of 5")
    assert resting(back) == []


def test_a_mere_column_takes_nothing_up_and_the_days_before_know_of_no_return() -> None:
    gone = dropped(DropReason.BOUGHT_ELSEWHERE)
    assert finding(gone.with_changes(column=Column.ACTIVE)).rule is RuleName.KNOCKED_OUT
    back = changes.take_up(gone, AS_ANN, TODAY.day)
    day_before = Today(TODAY.day - timedelta(days=1), TODAY.zone)
    assert record_on_day(back, day_before).drop == gone.drop


def test_something_new_from_the_buyer_ends_it() -> None:
    came = dropped(DropReason.BOUGHT_ELSEWHERE, touch(Outcome.INBOUND, 2))
    asked = dropped(
        DropReason.NO_NEED, touch(Outcome.DEFERRED, 2, reason="budget"), callback=promise(2, 20)
    )
    found = dropped(DropReason.NO_BUDGET, answers={"budget": answer(AnswerState.CLAIMED, 2)})
    for card in (came, asked, found):
        assert finding(card).rule is not RuleName.KNOCKED_OUT
        assert resting(card) == []
    assert finding(came).verdict is Verdict.KEEP


@pytest.mark.parametrize(
    ("question", "state", "days_ago"),
    [
        ("budget", AnswerState.CLAIMED, 10),
        ("budget", AnswerState.UNKNOWN, 2),
        ("decision", AnswerState.CONFIRMED, 2),
    ],
)
def test_an_answer_of_before_or_about_something_else_does_not(
    question: str, state: AnswerState, days_ago: int
) -> None:
    card = dropped(DropReason.NO_BUDGET, answers={question: answer(state, days_ago)})
    assert finding(card).rule is RuleName.KNOCKED_OUT


def test_who_asked_to_be_left_alone_is_said_to_have() -> None:
    request = DoNotContact(at=moment(3), by="ann")
    for reason in (DropReason.TIMING, DropReason.NO_NEED):
        card = dropped(reason, do_not_contact=request)
        assert finding(card).rule is RuleName.DO_NOT_CONTACT
        assert resting(card) == []
        assert status(card) != DEFAULTS.reason_label(reason)


def test_what_came_before_the_drop_or_is_no_step_of_theirs_does_not() -> None:
    for after in (
        touch(Outcome.MEETING, 11),
        touch(Outcome.VOICEMAIL, 3),
        touch(Outcome.TALKED, 3),
    ):
        card = dropped(DropReason.BOUGHT_ELSEWHERE, after)
        assert finding(card).rule is RuleName.KNOCKED_OUT


def test_a_step_of_theirs_on_the_day_of_the_drop_turns_it() -> None:
    late = Drop(at=moment(0, 18), by="ann", reason=DropReason.NO_NEED)
    made = advice(prospect(column=Column.DROPPED, drop=late))
    assert made.changes_if == "they come to us or take a step of their own"


def test_another_reason_stands_in_place_of_what_the_record_would_say() -> None:
    card = dropped(DropReason.TIMING)
    assert finding(card).rule is RuleName.OPEN_QUOTE
    assert status(card) == "wrong time"
    assert resting(card)[0] == "Dropped on 10 Nov, wrong time (“chose Acme”)."


def test_what_an_import_brought_as_lost_is_told_so_first() -> None:
    gone = Drop(at=moment(40), by="import", reason=DropReason.OTHER, note="lost (imported)")
    card = prospect(column=Column.DROPPED, drop=gone, contact_history=False)
    assert finding(card).rule is RuleName.NO_HISTORY
    assert status(card) == "lost (imported)"
    assert resting(card)[0] == "Dropped on 11 Oct, lost (imported)."


def test_a_note_is_the_reason_where_no_usual_one_was() -> None:
    gone = Drop(
        at=moment(40), by="ann", reason=DropReason.OTHER, note="bought\nat Busch " + 9 * "so "
    )
    card = prospect(column=Column.DROPPED, drop=gone, contact_history=False)
    assert status(card) == "bought at Busch so so so so so so so so…"
    assert resting(card)[0].startswith(f"Dropped on 11 Oct, {status(card)} (“bought at Busch so so")
    let_go = [line.text for line in advice(card).reasons_to_let_go]
    assert f"dropped on 11 Oct, {status(card)}" in let_go
