"""The days on which a verdict can turn by the calendar alone, so that a replay may skip the others.

While no fact is added, the record stands still and only its ages grow: a rule changes its mind on
the few days on which an age passes one of the thresholds.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from review_board.judgement.bets import last_day
from review_board.judgement.evidence import Evidence
from review_board.judgement.timeline import DatedTouch


def next_turn(evidence: Evidence) -> date | None:
    """The first later day on which time alone may change the verdict; ``None``: never."""
    today = evidence.today.day
    return min((day for day in _turns(evidence) if day > today), default=None)


def _turns(e: Evidence) -> Iterator[date]:
    limits, timeline = e.limits, e.timeline
    for age in (e.silent_days, e.signalless_days, e.signal_days):
        if age is not None:
            began = _after(e.today.day, -age)
            yield _after(began, limits.recent_days + 1)
            yield _after(began, limits.unreachable_days)
    yield from _passed(timeline.ultimatum, limits.hostile_days + 1)
    yield from _passed(timeline.last_call, limits.last_call_days)
    if e.probation_until:
        yield _after(e.probation_until, 1)
    if e.callback:
        yield _after(e.callback.on, -limits.callback_days)
        yield _after(e.callback.on, limits.callback_grace_days + 1)
    if e.prospect.created:
        yield _after(e.today.day_of(e.prospect.created), limits.fresh_days + 1)
    if e.bet:
        yield _after(last_day(e.bet, e.today), 1)
    if e.has_no_history:
        yield from _lying_still(e)
    if e.prospect.rescue:
        yield _after(e.prospect.rescue.until, 1)


def _lying_still(e: Evidence) -> Iterator[date]:
    """The days on which one without contact history may have lain still for too long."""
    close, step, created = e.prospect.close_date, e.prospect.next_step, e.prospect.created
    if step:
        yield _after(step.on, 1)
    if close:
        yield _after(close, e.still_limit)
    elif created:
        yield _after(e.today.day_of(created), e.still_limit)


def _passed(dated: DatedTouch | None, days: int) -> Iterator[date]:
    if dated:
        yield _after(dated.day, days)


def _after(day: date, days: int) -> date:
    return day + timedelta(days=days)
