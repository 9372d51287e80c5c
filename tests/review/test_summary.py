"""The summary: what a session decided, in money and hours."""

from decimal import Decimal

import pytest

from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column, Outcome, Verdict
from review_board.review import summarise, weekly_hours
from review_board.review.session import start
from review_board.settings import Estimates
from tests.judgement.build import TODAY, moment, money, prospect, ruling, touches

SESSION = start("s-1", "ann", moment(0), ["kept", "purged", "euro", "open"])


def kept(**fields: object) -> Prospect:
    return prospect(
        id="kept", value=money(60_000), verdicts=(ruling(0, session="s-1", seconds=40),)
    ).with_changes(**fields)


def purged(**fields: object) -> Prospect:
    verdict = ruling(
        0,
        session="s-1",
        seconds=20,
        verdict=Verdict.PURGE,
        destination=Column.DROPPED,
    )
    return prospect(
        *touches(Outcome.VOICEMAIL, 1, 8, 15, 22, 29), id="purged", verdicts=(verdict,)
    ).with_changes(**fields)


def test_it_counts_what_this_session_decided() -> None:
    earlier = prospect(id="open", verdicts=(ruling(7, session="s-0"),))
    summary = summarise(SESSION, [kept(), purged(), earlier], TODAY, Estimates())
    assert (summary.decided, len(summary.keeps), len(summary.purges)) == (2, 1, 1)
    assert summary.hours_freed == weekly_hours(purged(), TODAY, Estimates())


@pytest.mark.parametrize(
    ("was", "frees"), [(None, True), (Column.ACTIVE, True), (Column.NURTURE, False)]
)
def test_what_took_no_selling_time_frees_none(was: Column | None, frees: bool) -> None:
    (ruled,) = purged().verdicts
    card = purged(verdicts=(ruled.model_copy(update={"was": was}),))
    assert bool(summarise(SESSION, [card], TODAY, Estimates()).hours_freed) is frees


def test_hours_freed_are_our_touches_of_four_weeks() -> None:
    assert weekly_hours(purged(), TODAY, Estimates()) == Decimal("1.0")
    assert weekly_hours(purged(hours=Decimal(3)), TODAY, Estimates()) == Decimal("3.0")


def test_an_empty_session_comes_to_nothing() -> None:
    summary = summarise(SESSION, [], TODAY, Estimates())
    assert (summary.decided, summary.hours_freed) == (0, Decimal(0))
