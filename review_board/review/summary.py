"""What a session came to: decisions, money, hours, and what still waits."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money, total_by_currency
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Ruling
from review_board.pipeline.vocabulary import Column, Direction, Verdict
from review_board.review.session import Session
from review_board.settings import Estimates

WEEKS = 4
"""Weeks of the past over which the work on a prospect is averaged."""


@dataclass(frozen=True, slots=True)
class Line:
    """One decided card as the summary tells it."""

    prospect: Prospect
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Summary:
    """The outcome of a session. ``hours_freed`` is working hours a week, estimated."""

    cards: int
    decided: int
    skipped: int
    left: int
    by_destination: tuple[tuple[Column, int], ...]
    kept_value: tuple[Money, ...]
    purged_value: tuple[Money, ...]
    hours_freed: Decimal
    purges: tuple[Line, ...]
    keeps: tuple[Line, ...]
    against: tuple[Line, ...]
    seconds_a_card: int


def summarise(
    session: Session, prospects: Iterable[Prospect], today: Today, estimates: Estimates
) -> Summary:
    """The summary of what a session decided; ``prospects`` are those of its queue, in order."""
    lines = [
        Line(prospect, ruling)
        for prospect in prospects
        if (ruling := ruling_in(prospect, session.id))
    ]
    purges = tuple(line for line in lines if line.ruling.verdict is Verdict.PURGE)
    keeps = tuple(line for line in lines if line.ruling.verdict is Verdict.KEEP)
    counts = Counter(line.ruling.destination for line in lines)
    seconds = sum(line.ruling.seconds for line in lines)
    return Summary(
        cards=len(session.queue),
        decided=len(lines),
        skipped=len(session.skipped),
        left=len(session.queue) - len(lines) - len(session.skipped),
        by_destination=tuple((column, counts[column]) for column in Column if counts[column]),
        kept_value=_value(keeps),
        purged_value=_value(purges),
        hours_freed=sum(
            (weekly_hours(line.prospect, today, estimates) for line in purges), Decimal(0)
        ),
        purges=purges,
        keeps=keeps,
        against=tuple(x for x in lines if x.ruling.verdict is not x.ruling.recommended),
        seconds_a_card=seconds // len(lines) if lines else 0,
    )


def ruling_in(prospect: Prospect, session_id: str) -> Ruling | None:
    """The last verdict on a prospect in a session, if there is one."""
    return next((r for r in reversed(prospect.verdicts) if r.session == session_id), None)


def weekly_hours(prospect: Prospect, today: Today, estimates: Estimates) -> Decimal:
    """Hours a week that a prospect has been taking: our touches of four weeks, each a step long."""
    touches = sum(
        t.direction is Direction.OUTBOUND and 0 <= today.days_since(today.day_of(t.at)) < WEEKS * 7
        for t in prospect.touches
    )
    hours = prospect.hours or estimates.hours
    return (hours * touches / WEEKS).quantize(Decimal("0.1"))


def _value(lines: Iterable[Line]) -> tuple[Money, ...]:
    return total_by_currency(x.prospect.value for x in lines if x.prospect.value)
