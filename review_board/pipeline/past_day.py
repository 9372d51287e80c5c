"""Days that are over, as they are typed: ``yesterday``, ``-3d``, ``mon``, ``18nov``."""

import re
from datetime import date, timedelta

from review_board.errors import InvalidValueError
from review_board.pipeline.dates import EARLIEST, parse_day

BACKDATING = "write @yesterday, @-3d, @mon, @18nov or @2026-11-18"
"""How a day that is over is written in a line; the cure where it cannot be read."""
_BACK = re.compile(r"-(\d{1,4})([dw])", re.ASCII)
_DAY_AND_MONTH = re.compile(r"\d{1,2}\s*[a-z]+\.?", re.ASCII)
_WEEKDAYS = frozenset({"mon", "tue", "wed", "thu", "fri", "sat", "sun"})


def past_day(text: str, today: date) -> date:
    """A day that is over, or today: ``yesterday``, ``-3d``, ``mon`` (the last one), ``18nov``."""
    word = text.strip().casefold()
    if word == "yesterday":
        return today - timedelta(days=1)
    if back := _BACK.fullmatch(word):
        return max(EARLIEST, today - timedelta(days=int(back[1]) * (7 if back[2] == "w" else 1)))
    day = parse_day(word, today)
    if day <= today:
        return day
    if word[:3] in _WEEKDAYS:
        return day - timedelta(days=7 if day - today < timedelta(days=7) else 14)
    if _DAY_AND_MONTH.fullmatch(word):
        day = _year_before(day)
        if day <= today:
            return day
    raise InvalidValueError(f"{text[:40]!r} is still to come", BACKDATING)


def _year_before(day: date) -> date:
    try:
        return day.replace(year=day.year - 1)
    except ValueError:
        return day - timedelta(days=366)
