"""What a change did beside what was asked for: said in the preview, and when it is saved."""

from collections.abc import Iterator
from datetime import date

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import earliest_allowed, step_allowed
from review_board.judgement.timeline import is_attempt, is_try
from review_board.pipeline.dates import long_when, short_day
from review_board.pipeline.prospect import Prospect
from review_board.wording import WEEKDAYS, several

STEP, CALLBACK, NURTURE = "step", "callback", "nurture"
"""The days that a change may set; only that of Nurture is moved by contact pressure itself."""


def remarks(before: Evidence, after: Evidence) -> list[str]:
    """Return, in words, the appointment that went, a day that is early or a day off, a second try."""
    return [
        *replaced_step(before, after),
        *_about_the_day(before, after),
        *_counts_once(before, after),
    ]


def replaced_step(before: Evidence, after: Evidence) -> Iterator[str]:
    """Say which step went while its day was still to come."""
    old, new, today = before.prospect.next_step, after.prospect.next_step, before.today.day
    if old is None or old.says_same(new) or old.on < today:
        return
    came = _new_touches(before, after) and old.on == today
    if not came:
        when = long_when(old.on, old.time, today)
        yield f"{'instead of' if new else 'no longer planned'}: {old.action} {when}"


def _about_the_day(before: Evidence, after: Evidence) -> Iterator[str]:
    """Say of the days that the change sets which are too early for a call, or no working days."""
    known, today = _days_set(before.prospect), after.today.day
    new = {name: day for name, day in _days_set(after.prospect).items() if known.get(name) != day}
    allowed = earliest_allowed(after)
    first_days = {STEP: step_allowed(after, allowed), CALLBACK: allowed}
    early = (first for name, first in first_days.items() if first and new.get(name, first) < first)
    for first in dict.fromkeys(early):
        yield _too_early(first, after)
    for day in dict.fromkeys(new.values()):
        if not after.settings.calendar.is_working(day):
            yield f"{short_day(day, today)} is a {day_off(day)}"


def _days_set(prospect: Prospect) -> dict[str, date]:
    """Return the day of the next step, of the callback, and of the next touch of Nurture."""
    step, callback, plan = prospect.next_step, prospect.callback, prospect.nurture
    days = {
        STEP: step and step.on,
        CALLBACK: callback and callback.on,
        NURTURE: plan and plan.next_on,
    }
    return {name: day for name, day in days.items() if day}


def day_off(day: date) -> str:
    """Return what to say of a day that is not for work: ``Sunday, no working day of yours``."""
    return f"{WEEKDAYS[day.weekday()]}, no working day of yours"


def _too_early(allowed: date, after: Evidence) -> str:
    tries = len(after.timeline.since_response)
    why = f", after {several(tries, 'attempt')} without an answer" if tries else ""
    return f"early: better from {short_day(allowed, after.today.day)}{why}"


def _counts_once(before: Evidence, after: Evidence) -> Iterator[str]:
    """Say why a count did not move: of a quote a talk counts as an attempt, too."""
    days = {d.day for d in before.timeline.touches if is_attempt(d.touch)}
    followed_up = {d.day for d in before.quote_attempts} if after.quote else set()
    new = _new_touches(before, after)
    if any(
        (is_attempt(d.touch) and d.day in days) or (is_try(d.touch) and d.day in followed_up)
        for d in after.timeline.touches
        if d.id in new
    ):
        yield "several attempts on one day count once"


def _new_touches(before: Evidence, after: Evidence) -> set[str]:
    return {d.id for d in after.timeline.touches} - {d.id for d in before.timeline.touches}
