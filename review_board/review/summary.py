"""What a session has come to so far: how many were kept and purged, and the hours that frees."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Ruling
from review_board.pipeline.vocabulary import Column, Direction, Verdict
from review_board.review.session import Session
from review_board.settings import Estimates

WEEKS = 4
"""Weeks of the past over which the work on a prospect is averaged."""


SELLING = frozenset({Column.ACTIVE, Column.CALLBACK, None})
"""Columns that take selling time; an older verdict does not say where the card stood."""


@dataclass(frozen=True, slots=True)
class Line:
    """One decided card as the summary tells it."""

    prospect: Prospect
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Summary:
    """How far a session has come. ``hours_freed`` is working hours a week, estimated."""

    decided: int
    skipped: int
    hours_freed: Decimal
    purges: tuple[Line, ...]
    keeps: tuple[Line, ...]


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
    taken = (line for line in purges if line.ruling.was in SELLING)
    hours = (weekly_hours(line.prospect, today, estimates) for line in taken)
    return Summary(
        decided=len(lines),
        skipped=len(session.skipped),
        hours_freed=sum(hours, Decimal(0)),
        purges=purges,
        keeps=tuple(line for line in lines if line.ruling.verdict is Verdict.KEEP),
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
