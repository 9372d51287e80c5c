"""What was put off without a touch of its own: a close date moved later, a callback moved further on."""

from collections.abc import Iterator
from datetime import date, datetime, time
from itertools import pairwise
from typing import NamedTuple

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback, Touch
from review_board.pipeline.vocabulary import Outcome, ReasonKind


class Postponement(NamedTuple):
    """One postponement. ``holds`` says whether its reason counts at all, ``ours`` that we brought it about."""

    at: datetime
    day: date
    id: str
    reason: ReasonKind | None
    holds: bool = True
    ours: bool = False


def find_postponements(prospect: Prospect, record: list[Touch], today: Today) -> list[Postponement]:
    """Return what was put off up to the end of the day, in order, where no touch of ``record`` says so."""
    found = [*_pushes(prospect, today), *_moved_callbacks(prospect, record, today)]
    return sorted(found, key=lambda postponement: postponement.at)


def place_of_request(callback: Callback, record: list[Touch], today: Today) -> int:
    """Return the place of the touch in which it was asked for: the linked one, or that day's last; or −1."""
    same_day = -1
    for place, touch in enumerate(record):
        if touch.id == callback.touch:
            return place
        if touch.outcome is Outcome.DEFERRED and today.day_of(touch.at) == callback.asked_on:
            same_day = place
    return same_day


def _pushes(prospect: Prospect, today: Today) -> Iterator[Postponement]:
    for push in prospect.moved_later:
        if push.at < today.end:
            day = today.day_of(push.at)
            yield Postponement(push.at, day, f"pushes/{push.id}", push.reason, ours=True)


def _moved_callbacks(
    prospect: Prospect, record: list[Touch], today: Today
) -> Iterator[Postponement]:
    """Yield the callbacks of theirs that were followed by one for a later day; a nearer one puts nothing off.

    The day is known and not the hour: it comes before what else happened on that day.
    """
    known = [callback for callback in prospect.callbacks if callback.asked_on <= today.day]
    for place, (callback, later) in enumerate(pairwise(known)):
        is_put_off = callback.asked_by_buyer and later.on > callback.on
        if is_put_off and place_of_request(callback, record, today) < 0:
            at = datetime.combine(callback.asked_on, time(), today.zone)
            holds = bool(callback.change)
            evidence = f"earlier_callbacks/{place}"
            yield Postponement(at, callback.asked_on, evidence, callback.reason, holds)
