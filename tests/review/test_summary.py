"""The summary: what a session decided, in money and hours."""

from decimal import Decimal

import pytest

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column, Outcome, Verdict
from review_board.review.session import start
from review_board.review.summary import summarise
from review_board.settings.setting_groups import Minutes
from tests.judgement.build import TODAY, day, moment, money, prospect, touches, verdict_record

LONG = Minutes(voicemail=120)
"""Five voicemails in eight weeks are ten hours: 1.2 a week, rounded."""
SESSION = start("s-1", "ann", moment(0), ["kept", "purged", "euro", "open"])


def kept(**fields: object) -> Prospect:
    return prospect(
        id="kept", value=money(60_000), verdicts=(verdict_record(0, session="s-1", seconds=40),)
    ).with_changes(**fields)


def purged(**fields: object) -> Prospect:
    verdict = verdict_record(
        0,
        session="s-1",
        seconds=20,
        verdict=Verdict.PURGE,
        destination=Column.DROPPED,
    )
    return prospect(
        *touches(Outcome.VOICEMAIL, 1, 8, 15, 22, 29),
        id="purged",
        verdicts=(verdict,),
        column=Column.DROPPED,
    ).with_changes(**fields)


def test_it_counts_what_this_session_decided() -> None:
    earlier = prospect(id="open", verdicts=(verdict_record(7, session="s-0"),))
    summary = summarise(SESSION, [kept(), purged(), earlier], TODAY, LONG)
    assert (summary.decided, len(summary.keeps), len(summary.purges)) == (2, 1, 1)
    assert summary.hours_freed == Decimal("1.2")


@pytest.mark.parametrize(
    ("was", "frees"), [(None, True), (Column.ACTIVE, True), (Column.NURTURE, False)]
)
def test_what_took_no_selling_time_frees_none(was: Column | None, frees: bool) -> None:
    (verdict_change,) = purged().verdicts
    card = purged(verdicts=(verdict_change.model_copy(update={"was": was}),))
    assert bool(summarise(SESSION, [card], TODAY, LONG).hours_freed) is frees


def test_what_a_lost_bet_dropped_at_the_start_frees_hours_and_is_no_decision() -> None:
    summary = summarise(SESSION, [kept()], TODAY, LONG, [purged()])
    assert (summary.decided, len(summary.purges), summary.lost_bets) == (1, 0, 1)
    assert summary.hours_freed == Decimal("1.2")


def test_hours_freed_are_those_of_the_day_the_session_began_whatever_was_logged_since() -> None:
    met = purged().touches + touches(Outcome.MEETING, -1, -2, -3)
    later = Today(day(-3), TODAY.zone)
    shown = [summarise(SESSION, [purged(touches=t)], TODAY, LONG) for t in (purged().touches, met)]
    shown.append(summarise(SESSION, [purged(touches=met)], later, LONG))
    assert {summary.hours_freed for summary in shown} == {Decimal("1.2")}


def test_the_hours_of_the_next_step_have_no_part_in_the_hours_freed() -> None:
    card = purged(hours=Decimal(300))
    assert summarise(SESSION, [card], TODAY, LONG).hours_freed == Decimal("1.2")


def test_a_purge_that_was_moved_back_counts_and_frees_nothing() -> None:
    summary = summarise(SESSION, [kept(), purged(column=Column.ACTIVE)], TODAY, LONG)
    assert (summary.decided, len(summary.purges), summary.moved) == (2, 1, 1)
    assert summary.hours_freed == 0


def test_what_stays_in_nurture_is_not_counted_as_purged() -> None:
    (verdict,) = purged().verdicts
    stays = {"was": Column.NURTURE, "destination": Column.NURTURE}
    left = purged(verdicts=(verdict.model_copy(update=stays),), column=Column.NURTURE)
    summary = summarise(SESSION, [kept(), left], TODAY, LONG)
    assert (len(summary.purges), len(summary.nurtured), summary.decided) == (0, 1, 2)


def test_an_empty_session_comes_to_nothing() -> None:
    summary = summarise(SESSION, [], TODAY, LONG)
    assert (summary.decided, summary.hours_freed) == (0, Decimal(0))
