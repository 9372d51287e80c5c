"""Days and moments: a strict small grammar, one zone for everybody, a clock that is passed in."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property

from review_board.errors import InvalidValueError

EARLIEST = date(1970, 1, 1)
LATEST = date(2100, 12, 31)
"""Days outside are typing errors or a CRM's way to say never."""

Clock = Callable[[], datetime]
"""Gives the present moment, aware of its zone. Nothing else may ask the machine for it."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
_WRITTEN_OUT = "write it like 2027-01-18"
_EXAMPLES = "write +3d, +2w, fri, 18jan, 2027-01-18, eom or nextq"

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)
_AHEAD = re.compile(r"\+(\d{1,4})([dwm])", re.ASCII)
_DAY_MONTH = re.compile(r"(\d{1,2})\s*([a-z]{3,9})\.?\s*(\d{4})?", re.ASCII)
_CLOCK_TIME = re.compile(r"(\d{1,2}):(\d{2})", re.ASCII)
_SLASHED = re.compile(r"(\d{1,4})[/.-](\d{1,2})[/.-](\d{1,4})", re.ASCII)


@dataclass(frozen=True)
class Today:
    """The day everything is judged on, and the zone in which moments become days."""

    day: date
    zone: tzinfo = UTC

    @cached_property
    def end(self) -> datetime:
        """The first moment that belongs to the next day, in UTC."""
        midnight = datetime.combine(self.day + timedelta(days=1), time(), self.zone)
        return midnight.astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """The calendar day of a moment, in the pipeline's zone."""
        zone = self.zone
        return (moment if moment.tzinfo is zone else moment.astimezone(zone)).date()

    def days_since(self, day: date) -> int:
        """Whole days from ``day`` to today; negative when it is still to come."""
        return (self.day - day).days

    @classmethod
    def at(cls, moment: datetime, zone: tzinfo) -> "Today":
        """The day that a moment falls on in a zone."""
        return cls(moment.astimezone(zone).date(), zone)


def iso_day(text: str) -> date:
    """A day written ``2027-01-18``, and in no other way."""
    found = _ISO.fullmatch(text.strip())
    if not found:
        raise InvalidValueError(f"{text[:40]!r} is not a day", _WRITTEN_OUT)
    return _checked(text, int(found[1]), int(found[2]), int(found[3]), _WRITTEN_OUT)


def parse_day(text: str, today: date) -> date:
    """What a person types for a day: ``+3d``, ``fri``, ``18jan``, ``eom``, ``2027-01-18``.

    A weekday or a day without a year is the next one to come; a weekday is never today. A time of
    day is refused: who takes one asks :func:`parse_when`.
    """
    head, clock = _split(text)
    if clock:
        raise InvalidValueError(
            f"No time of day is kept here, so {clock} says too much", f"write {head}"
        )
    return _read_day(text, today)


def _read_day(text: str, today: date) -> date:
    words = text.strip().lower()
    fixed = _fixed_day(words, today)
    if fixed:
        return fixed
    if ahead := _AHEAD.fullmatch(words):
        return _ahead(text, int(ahead[1]), ahead[2], today)
    if _ISO.fullmatch(words):
        return iso_day(words)
    if named := _DAY_MONTH.fullmatch(words):
        return _day_and_month(text, named, today)
    if slashed := _SLASHED.fullmatch(words):
        raise InvalidValueError(_which(slashed), "write the year first: 2026-02-01")
    raise InvalidValueError(f"{text[:40]!r} is not a day I can read", _EXAMPLES)


def parse_when(text: str, today: date) -> tuple[date, time | None]:
    """A day as in :func:`parse_day`, with or without a time of day: ``fri 10:30``."""
    head, clock = _split(text)
    if not clock:
        return _read_day(text, today), None
    hour, minute = map(int, clock.split(":"))
    if hour > 23 or minute > 59:
        raise InvalidValueError(f"{clock} is not a time of day", "write it like 10:30")
    return _read_day(head, today), time(hour, minute)


def _split(text: str) -> tuple[str, str]:
    """The day and the time of day as they stand in the text; either may be empty."""
    head, _, tail = text.strip().rpartition(" ")
    return (head.strip(), tail) if head and _CLOCK_TIME.fullmatch(tail) else (text, "")


def _fixed_day(words: str, today: date) -> date | None:
    if words == "today":
        return today
    if words in {"tomorrow", "tmrw"}:
        return today + timedelta(days=1)
    if words == "eom":
        return today.replace(day=calendar.monthrange(today.year, today.month)[1])
    if words == "nextq":
        month = (today.month - 1) // 3 * 3 + 4
        return date(today.year + (month > 12), (month - 1) % 12 + 1, 1)
    if words[:3] in _WEEKDAYS and _is_weekday(words):
        ahead = (_WEEKDAYS.index(words[:3]) - today.weekday() - 1) % 7 + 1
        return today + timedelta(days=ahead)
    return None


def _is_weekday(word: str) -> bool:
    full = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
    return len(word) >= 3 and any(name.startswith(word) for name in full)


def _ahead(text: str, count: int, unit: str, today: date) -> date:
    if unit == "m":
        month = today.month - 1 + count
        year, month = today.year + month // 12, month % 12 + 1
        if year > LATEST.year:
            raise InvalidValueError(f"{text} is too far away", _EXAMPLES)
        return date(year, month, min(today.day, calendar.monthrange(year, month)[1]))
    day = today + timedelta(days=count * (7 if unit == "w" else 1))
    return _in_range(text, day)


def _day_and_month(text: str, found: re.Match[str], today: date) -> date:
    matches = [i for i, name in enumerate(_MONTHS, 1) if name.startswith(found[2])]
    if not matches:
        raise InvalidValueError(f"{found[2]!r} is not a month", _EXAMPLES)
    month, day = matches[0], int(found[1])
    if found[3]:
        return _checked(text, int(found[3]), month, day)
    year = today.year if (month, day) >= (today.month, today.day) else today.year + 1
    while (month, day) == (2, 29) and not calendar.isleap(year):
        year += 1
    return _checked(text, year, month, day)


def _which(found: re.Match[str]) -> str:
    if len(found[1]) == 4:
        return f"{found[0]} is not a day as I write them"
    return f"{found[0]} may mean two days"


def _checked(text: str, year: int, month: int, day: int, cure: str = _EXAMPLES) -> date:
    try:
        found = date(year, month, day)
    except ValueError as error:
        raise InvalidValueError(f"{text.strip()} is no day of the calendar", cure) from error
    return _in_range(text, found)


def _in_range(text: str, day: date) -> date:
    if not EARLIEST <= day <= LATEST:
        raise InvalidValueError(f"{text.strip()} is outside 1970 to 2100", _EXAMPLES)
    return day


def short_day(day: date, today: date) -> str:
    """``18 Jan``, with the year where it could be meant of two: it names a day of twelve months."""
    near = -184 <= (day - today).days <= 180
    name = f"{day.day} {_MONTHS[day.month - 1][:3].capitalize()}"
    return name if near else f"{name} {day.year}"


def short_when(day: date, at: time | None, today: date) -> str:
    """``18 Jan 10:30``; without a time of day as :func:`short_day`."""
    return short_day(day, today) + (f" {at:%H:%M}" if at else "")


def typed_when(day: date, at: time | None) -> str:
    """``2027-01-18 10:30``: as :func:`parse_when` reads it back on any day."""
    return day.isoformat() + (f" {at:%H:%M}" if at else "")


def instant(moment: datetime) -> str:
    """A moment as stored: ISO 8601 in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
