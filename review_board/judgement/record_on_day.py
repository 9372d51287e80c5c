"""The record as it stood at the end of a day: what is dated later does not exist yet.

Everything else in this room reads such a record, so that no fact of tomorrow speaks today and a
rule can be replayed on the past.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, datetime
from operator import attrgetter
from typing import Any, Protocol, TypeVar

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Quote
from review_board.pipeline.vocabulary import QuoteState


class _Stamped(Protocol):
    @property
    def at(self) -> datetime: ...


T = TypeVar("T", bound=_Stamped)

_STAMPED = ("pushes", "verdicts", "notes", "bets", "snoozes", "reopenings")
_stamped: Callable[[Prospect], tuple[tuple[_Stamped, ...], ...]] = attrgetter(*_STAMPED)


def record_on_day(prospect: Prospect, today: Today) -> Prospect:
    """Return the same prospect, or a copy without what came after the day.

    Column, value and next step carry no date and stay as they are.
    """
    touches = _until(prospect.touches, today.end)
    if len(touches) == len(prospect.touches) and not has_later_facts(prospect, today):
        return prospect
    return prospect.with_changes(touches=touches, **dict(_later_facts(prospect, today)))


def has_later_facts(prospect: Prospect, today: Today) -> bool:
    """Tell whether anything but a touch is dated after the day."""
    end = today.end
    for items in _stamped(prospect):
        for item in items:
            if item.at >= end:
                return True
    return _has_other_facts(prospect) and any(_other_later_facts(prospect, today))


def _has_other_facts(p: Prospect) -> bool:
    """Tell whether there is anything more to look at; most prospects have nothing."""
    return bool(
        p.quotes
        or p.answers
        or p.callback
        or p.rescue
        or p.drop
        or p.do_not_contact
        or p.first_impression
    )


def _until(items: Iterable[T], end: datetime) -> tuple[T, ...]:
    return tuple([item for item in items if item.at < end])


def _later_facts(prospect: Prospect, today: Today) -> Iterator[tuple[str, Any]]:
    """Yield the fields that say more than was known, each with what it said then."""
    for name, items in zip(_STAMPED, _stamped(prospect), strict=True):
        if len(known := _until(items, today.end)) < len(items):
            yield name, known
    yield from _other_later_facts(prospect, today)


def _other_later_facts(prospect: Prospect, today: Today) -> Iterator[tuple[str, Any]]:
    """Yield the same of what is no list of moments."""
    day, end = today.day, today.end
    if prospect.quotes:
        quotes = tuple(_quote(q, day) for q in prospect.quotes if q.sent_on <= day)
        if quotes != prospect.quotes:
            yield "quotes", quotes
    if prospect.answers and any(a.on and a.on > day for a in prospect.answers.values()):
        yield "answers", {q: a for q, a in prospect.answers.items() if not a.on or a.on <= day}
    yield from _later_callbacks(prospect, day)
    if prospect.rescue and prospect.rescue.on > day:
        yield "rescue", None
    yield from _later_drops(prospect, end)
    for name in ("do_not_contact", "first_impression"):
        fact: _Stamped | None = getattr(prospect, name)
        if fact and fact.at >= end:
            yield name, None


def _later_callbacks(prospect: Prospect, day: date) -> Iterator[tuple[str, Any]]:
    """Yield the callback that held then: an earlier one where the last was asked for after."""
    if prospect.callback is None:
        return
    made = prospect.callbacks
    known = tuple([callback for callback in made if callback.asked_on <= day])
    if len(known) < len(made):
        yield "callback", known[-1] if known else None
        yield "earlier_callbacks", known[:-1]


def _later_drops(prospect: Prospect, end: datetime) -> Iterator[tuple[str, Any]]:
    """Yield the drop that held then: an earlier one where the last came after."""
    if prospect.drop and prospect.drop.at >= end:
        before = _until(prospect.earlier_drops, end)
        yield "drop", before[-1] if before else None
        yield "earlier_drops", before[:-1]
    elif prospect.drop and prospect.drop.taken_up and prospect.drop.taken_up >= end:
        yield "drop", prospect.drop.model_copy(update={"taken_up": None})


def _quote(quote: Quote, day: date) -> Quote:
    """Return the quote, open while it was not decided."""
    if quote.state is QuoteState.OPEN or quote.decided_on is None or quote.decided_on <= day:
        return quote
    return quote.model_copy(update={"state": QuoteState.OPEN, "decided_on": None})
