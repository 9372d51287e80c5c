"""A record without what is dated after today, its outcome among it."""

from collections.abc import Iterator
from typing import Any

from review_board.judgement.record_on_day import record_on_day
from review_board.learning.history import fact_days
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column


def known_by(prospect: Prospect, today: Today) -> Prospect | None:
    """The prospect as its dates tell it by the end of a day; ``None`` when all of it came later."""
    days = [*fact_days(prospect, today.zone)]
    days += [today.day_of(prospect.created)] if prospect.created else []
    if days and min(days) > today.day:
        return None
    stood, undone = record_on_day(prospect, today), dict(_undone(prospect, today))
    return stood.with_changes(**undone) if undone else stood


def _undone(prospect: Prospect, today: Today) -> Iterator[tuple[str, Any]]:
    """What had not come about yet; who had not been moved is taken to be in work."""
    if prospect.won and prospect.won.on > today.day:
        yield "won", None
    moved = {
        Column.DROPPED: prospect.drop and today.day_of(prospect.drop.at),
        Column.NURTURE: prospect.nurture and prospect.nurture.since,
        Column.CALLBACK: prospect.callback and prospect.callback.asked_on,
    }.get(prospect.column)
    if prospect.nurture and prospect.nurture.since > today.day:
        yield "nurture", None
    if moved and moved > today.day:
        yield "column", Column.ACTIVE
