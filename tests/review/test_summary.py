"""The summary: what a session decided, in money and hours."""

from decimal import Decimal

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
    assert (summary.decided, summary.left, summary.seconds_a_card) == (2, 2, 30)
    assert summary.by_destination == ((Column.ACTIVE, 1), (Column.DROPPED, 1))
    assert [m.amount for m in summary.kept_value] == [Decimal(60_000)]


def test_currencies_are_never_summed() -> None:
    euro = purged(id="euro", value=money(5_000).model_copy(update={"currency": "EUR"}))
    summary = summarise(SESSION, [purged(), euro], TODAY, Estimates())
    assert [(m.currency, m.amount) for m in summary.purged_value] == [
        ("USD", Decimal(20_000)),
        ("EUR", Decimal(5_000)),
    ]


def test_what_was_decided_against_advice_is_listed() -> None:
    summary = summarise(SESSION, [kept(), purged()], TODAY, Estimates())
    assert [line.prospect.id for line in summary.against] == ["purged"]


def test_hours_freed_are_our_touches_of_four_weeks() -> None:
    assert weekly_hours(purged(), TODAY, Estimates()) == Decimal("1.0")
    assert weekly_hours(purged(hours=Decimal(3)), TODAY, Estimates()) == Decimal("3.0")


def test_an_empty_session_comes_to_nothing() -> None:
    summary = summarise(SESSION, [], TODAY, Estimates())
    assert (summary.decided, summary.seconds_a_card, summary.hours_freed) == (0, 0, Decimal(0))
