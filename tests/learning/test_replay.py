"""What a replay of one prospect comes to."""

from datetime import UTC
from decimal import Decimal

from review_board.judgement.time_spent import TimeSpent
from review_board.learning.history import before_the_record
from review_board.learning.outcomes import End
from review_board.learning.replay import replay
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Drop, NextStep, Nurture, Won
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    DropReason,
    Outcome,
    QuoteState,
    Verdict,
)
from review_board.settings.rule_names import RuleName
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    answer,
    day,
    moment,
    prospect,
    quote,
    touch,
    touches,
)
from tests.learning.past import advice_on, imported, kept

PUT_OFF = touches(Outcome.DEFERRED, 200, 170, 140)
"""Three times without a reason: from 140 days ago on a serial deferrer."""
CALLED_ON = touches(Outcome.VOICEMAIL, 140, 120, 100, 30)


def dropped(days_ago: int) -> dict[str, object]:
    """Dropped on that day."""
    drop = Drop(at=moment(days_ago), by="ann", reason=DropReason.NO_RESPONSE)
    return {"drop": drop, "column": Column.DROPPED}


def test_a_later_loss_frees_the_touches_after_the_day_of_the_purge() -> None:
    lost = prospect(*PUT_OFF, *CALLED_ON, hours=Decimal("0.5"), **dropped(60))
    found = replay(imported(lost), TODAY, DEFAULTS)
    assert (found.ending.end, found.ending.day) == (End.LOST, day(60))
    assert found.purge
    assert found.purge.rule is RuleName.SERIAL_DEFERRAL
    assert (found.purge.day, found.purge.destination) == (day(140), Column.DROPPED)
    # Of the four voicemails one is of the same day and one came after the drop.
    assert found.later == TimeSpent(touches=2, minutes=10)


def test_a_mailing_takes_no_selling_time() -> None:
    mailed = touches(Outcome.MAILING, 130, 110, 90)
    found = replay(imported(prospect(*PUT_OFF, *mailed)), TODAY, DEFAULTS)
    assert found.later == TimeSpent()


def test_a_win_is_replayed_up_to_the_day_before_it() -> None:
    won = prospect(*PUT_OFF, won=Won(on=day(140)))
    assert replay(imported(won), TODAY, DEFAULTS).purge is None
    later = prospect(*PUT_OFF, won=Won(on=day(139)))
    found = replay(imported(later), TODAY, DEFAULTS)
    assert found.purge
    assert found.purge.day == day(140)


def test_who_was_never_called_is_told_to_work_it_once_it_is_no_longer_fresh() -> None:
    found = replay(imported(prospect()), TODAY, DEFAULTS)
    assert (found.purge, found.touched) == (None, False)
    assert found.never_worked == day(300 - 15)
    assert found.age_on(day(285)) == 15


def test_a_backdated_touch_counts_only_from_its_commit_on() -> None:
    before = prospect(*PUT_OFF[:2])
    after = prospect(*PUT_OFF)
    history = kept((250, before), (100, after))
    found = replay(history, TODAY, DEFAULTS)
    assert found.purge
    assert found.purge.day == day(100)


def test_a_prospect_off_the_record_has_no_advice() -> None:
    history = kept((250, prospect()), (200, None), (150, prospect()))
    assert advice_on(history, day(201), DEFAULTS) is not None
    assert advice_on(history, day(180), DEFAULTS) is None
    assert advice_on(history, day(150), DEFAULTS) is not None


def test_the_first_version_tells_earlier_days_without_the_outcome_in_it() -> None:
    final = prospect(
        touch(Outcome.TALKED, 200),
        column=Column.NURTURE,
        nurture=Nurture(since=day(100)),
        won=Won(on=day(5)),
        probability=Decimal(1),
        stage="Closed Won",
        next_step=NextStep(action="sign", on=day(3)),
        answers={
            "process": answer(AnswerState.NEGATIVE, None),
            "budget": answer(AnswerState.CLAIMED, 199),
        },
        quotes=(
            quote(150, QuoteState.ACCEPTED),
            quote(140, QuoteState.DECLINED, decided_on=day(90)),
        ),
    )
    first = before_the_record(final)
    assert (first.column, first.nurture, first.won) == (Column.ACTIVE, None, None)
    assert (first.probability, first.next_step, first.stage) == (None, None, "")
    assert list(first.answers) == ["budget"]
    assert [q.state for q in first.quotes] == [QuoteState.OPEN, QuoteState.DECLINED]
    assert first.value == final.value


def test_a_quote_declined_on_no_day_is_followed_up_until_the_end() -> None:
    def said(state: QuoteState) -> RuleName | None:
        record = prospect(touch(Outcome.TALKED, 160), quotes=(quote(150, state),))
        made = advice_on(imported(record), day(100), DEFAULTS)
        return made.rule if made else None

    assert said(QuoteState.DECLINED) is said(QuoteState.OPEN) is RuleName.OPEN_QUOTE


def test_a_prospect_begins_with_its_first_fact() -> None:
    assert imported(prospect(touch(Outcome.TALKED, 400))).begins == day(400)
    assert imported(prospect()).begins == day(300)
    assert imported(Prospect(id="p", name="P")).begins == TODAY.day
    assert imported(prospect(), on=day(350)).begins == day(350)


def test_dropped_and_back_in_work_is_open() -> None:
    back = prospect(**(dropped(60) | {"column": Column.ACTIVE}))
    assert replay(imported(back, zone=UTC), TODAY, DEFAULTS).ending.end is End.OPEN


def test_advice_of_the_past_is_a_whole_recommendation() -> None:
    made = advice_on(imported(prospect(*PUT_OFF)), day(139), DEFAULTS)
    assert made
    assert made.verdict is Verdict.PURGE
    assert made.what_would_change
