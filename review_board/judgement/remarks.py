"""What a change did beside what was asked for: told in the preview, and when it is saved."""

from collections.abc import Iterator

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import earliest_allowed
from review_board.judgement.timeline import is_attempt
from review_board.pipeline.dates import WEEKDAYS, long_when, short_day
from review_board.pipeline.records import NextStep


def remarks(before: Evidence, after: Evidence) -> list[str]:
    """Return, in words, the appointment that went, a day that is early or a day off, a second try."""
    return [*_replaced(before, after), *_about_the_day(before, after), *_counts_once(before, after)]


def _replaced(before: Evidence, after: Evidence) -> Iterator[str]:
    """The step that went while its day was still to come."""
    old, new, today = before.prospect.next_step, after.prospect.next_step, before.today.day
    if old is None or old == new or old.on < today:
        return
    came = _new_touches(before, after) and old.on == today
    if not came:
        when = long_when(old.on, old.time, today)
        yield f"{'instead of' if new else 'no longer planned'}: {old.action} {when}"


def _about_the_day(before: Evidence, after: Evidence) -> Iterator[str]:
    step, today = after.prospect.next_step, after.today.day
    if step is None or step == before.prospect.next_step:
        return
    yield from _too_early(step, after)
    if not after.settings.calendar.is_working(step.on):
        name = WEEKDAYS[step.on.weekday()]
        yield f"{short_day(step.on, today)} is a {name}, no working day of yours"


def _too_early(step: NextStep, after: Evidence) -> Iterator[str]:
    allowed = earliest_allowed(after)
    if allowed and step.on < allowed:
        tries = len(after.timeline.since_response)
        why = f": {tries} without an answer" if tries else ""
        yield f"earlier than {short_day(allowed, after.today.day)}, when the next call is welcome{why}"


def _counts_once(before: Evidence, after: Evidence) -> Iterator[str]:
    days = {d.day for d in before.timeline.touches if is_attempt(d.touch)}
    new = _new_touches(before, after)
    if any(is_attempt(d.touch) and d.day in days for d in after.timeline.touches if d.id in new):
        yield "several attempts on one day count once"


def _new_touches(before: Evidence, after: Evidence) -> set[str]:
    return {d.id for d in after.timeline.touches} - {d.id for d in before.timeline.touches}
