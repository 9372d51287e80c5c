"""Says after a verdict where a prospect is now, and what comes next on which day."""

from collections.abc import Iterator

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import next_nurture_touch
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.vocabulary import Column


def where_it_is(e: Evidence, was: Column) -> str:
    """Return ``Harbor is in Callback-Pending now: call on 18 Jan, proven``."""
    prospect = e.prospect
    column = prospect.column
    place = f"stays in {column.title}" if column is was else f"is in {column.title} now"
    then = ", ".join(_what_follows(e))
    return f"{prospect.name} {place}: {then}" if then else f"{prospect.name} {place}"


def _what_follows(e: Evidence) -> Iterator[str]:
    prospect, today = e.prospect, e.today.day
    step, plan = prospect.next_step, prospect.nurture
    if prospect.column is Column.CALLBACK and e.callback and e.callback.on >= today:
        yield f"call on {short_when(e.callback.on, e.callback.time, today)}"
        yield "proven" if e.has_proven_callback else "not proven"
    elif prospect.column is Column.NURTURE and plan:
        yield plan.track.label
        if day := next_nurture_touch(e):
            yield f"next on {short_day(day, today)}"
    elif prospect.column is Column.DROPPED and prospect.drop:
        yield e.settings.reason_label(prospect.drop.reason)
    elif step:
        yield f"{step.action} on {short_when(step.on, step.time, today)}"
