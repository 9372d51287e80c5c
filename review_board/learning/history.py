"""The past of one prospect: what stood on its record on each day, and nothing that came later."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, tzinfo
from operator import attrgetter
from typing import Any

from review_board.judgement.record_on_day import record_on_day
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column, QuoteState

UNDATED = ("value", "locations", "contacts", "hours of the next step")
"""What is taken from the first version for the days before it, though it carries no date."""


@dataclass(frozen=True, slots=True)
class RecordVersion:
    """The record as it stood from a day on; no prospect where its addition had been taken back."""

    since: date
    prospect: Prospect | None


@dataclass(frozen=True, slots=True)
class History:
    """A prospect ``now``, and what was on record before.

    ``oldest`` is the oldest version there is; cut down by :func:`before_the_record` it is ``first``,
    which tells the days before ``versions``, of which there is one for each day of change, the
    oldest first. ``always`` says that it was there before the record began.
    """

    now: Prospect
    oldest: Prospect
    versions: tuple[RecordVersion, ...]
    zone: tzinfo
    always: bool = False
    first: Prospect = field(init=False)
    begins: date | None = field(init=False)
    """The day it was put on record, or of the first fact that it came with."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "first", before_the_record(self.oldest))
        object.__setattr__(self, "begins", min(self._beginnings(), default=None))

    def _beginnings(self) -> Iterator[date]:
        yield from fact_days(self.first, self.zone)
        if self.first.created:
            yield _day(self.first.created, self.zone)
        yield from (version.since for version in self.versions[:1])

    @property
    def known(self) -> date:
        """Return the day from which on it was on record."""
        return date.min if self.always or not self.versions else self.versions[0].since

    def next_change(self, day: date) -> date | None:
        """Return the first later day on which another version came."""
        place = bisect_right(self.versions, day, key=attrgetter("since"))
        return self.versions[place].since if place < len(self.versions) else None

    def on(self, day: date) -> Prospect | None:
        """Return the newest record at the end of a day, later-dated facts still among it."""
        place = bisect_right(self.versions, day, key=attrgetter("since"))
        return self.versions[place - 1].prospect if place else self.first

    def was_there(self, day: date) -> bool:
        """Return whether it had begun by a day, and was not off the record then."""
        return bool(self.begins and self.begins <= day and self.with_outcome_on(day))

    def with_outcome_on(self, day: date) -> Prospect | None:
        """Return the same with its outcome: before the first version the oldest tells that as well."""
        return self.on(day) if self.versions and self.versions[0].since <= day else self.oldest


def before_the_record(first: Prospect) -> Prospect:
    """Return the oldest version without what is undated and may hold the outcome.

    The column, what was won, the track, the stage, the next step and the probability are those of
    the end; an answer without a day may have come last, and so may the decision on a quote.
    """
    quotes = tuple(
        q
        if q.state is QuoteState.OPEN or q.decided_on
        else q.model_copy(update={"state": QuoteState.OPEN})
        for q in first.quotes
    )
    return first.with_changes(
        column=Column.ACTIVE,
        won=None,
        nurture=None,
        stage="",
        next_step=None,
        probability=None,
        close_date=None,
        hours_spent=None,
        answers={q: a for q, a in first.answers.items() if a.on},
        quotes=quotes,
    )


def fact_days(prospect: Prospect, zone: tzinfo) -> Iterator[date]:
    """Yield the days of all facts that a rule may look at, in no order."""
    yield from (_day(touch.at, zone) for touch in prospect.touches)
    yield from (_day(push.at, zone) for push in prospect.pushes)
    yield from (_day(verdict.at, zone) for verdict in prospect.verdicts)
    yield from (_day(bet.at, zone) for bet in prospect.bets)
    yield from (_day(drop.at, zone) for drop in prospect.drops)
    if prospect.do_not_contact:
        yield _day(prospect.do_not_contact.at, zone)
    yield from (a.on for a in prospect.answers.values() if a.on)
    for quote in prospect.quotes:
        yield quote.sent_on
        if quote.decided_on:
            yield quote.decided_on
    yield from (callback.asked_on for callback in prospect.callbacks)
    if prospect.rescue:
        yield prospect.rescue.on


def _day(moment: datetime, zone: tzinfo) -> date:
    return moment.astimezone(zone).date()


def first_day(prospect: Prospect, today: Today) -> date | None:
    """Return the day of the first fact that a prospect tells; ``None`` where nothing on it has a day."""
    days = [*fact_days(prospect, today.zone)]
    days += [today.day_of(prospect.created)] if prospect.created else []
    return min(days, default=None)


def known_by(prospect: Prospect, today: Today) -> Prospect | None:
    """Return the prospect as its dates tell it by the end of a day; ``None`` when all of it came later."""
    begins = first_day(prospect, today)
    if begins and begins > today.day:
        return None
    record, undone = record_on_day(prospect, today), dict(_undone(prospect, today))
    return record.with_changes(**undone) if undone else record


def moved_on(prospect: Prospect, today: Today) -> date | None:
    """Return the day on which it came to its column, where a date tells it; before that it was in work."""
    days: dict[Column, date | None] = {
        Column.DROPPED: today.day_of(prospect.drop.at) if prospect.drop else None,
        Column.NURTURE: prospect.nurture.since if prospect.nurture else None,
        Column.CALLBACK: prospect.callback.asked_on if prospect.callback else None,
    }
    return days.get(prospect.column)


def _undone(prospect: Prospect, today: Today) -> Iterator[tuple[str, Any]]:
    """Yield what had not come about yet."""
    if prospect.won and prospect.won.on > today.day:
        yield "won", None
    moved = moved_on(prospect, today)
    if prospect.nurture and prospect.nurture.since > today.day:
        yield "nurture", None
    if moved and moved > today.day:
        yield "column", Column.ACTIVE
