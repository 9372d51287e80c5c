"""Days and moments: one zone for everybody, a clock that is passed in, how days are written."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from functools import cached_property

from review_board.errors import InvalidValueError
from review_board.wording import MONTHS, WEEKDAYS

EARLIEST = date(1970, 1, 1)
LATEST = date(2100, 12, 31)
"""Days outside are typing errors or a CRM's way to say never."""

Clock = Callable[[], datetime]
"""Gives the present moment, aware of its zone. Nothing else may ask the machine for it."""

NO_DAY = "is not a day I can read"
NO_SUCH_DAY = "is not in the calendar"
OUT_OF_YEARS = f"is outside {EARLIEST.year} to {LATEST.year}"
_WRITTEN_OUT = "write it like 2027-01-18"
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})", re.ASCII)


@dataclass(frozen=True)
class Today:
    """The day everything is judged on, and the zone in which moments become days."""

    day: date
    zone: tzinfo = UTC

    @cached_property
    def end(self) -> datetime:
        """Return the first moment that belongs to the next day, in UTC."""
        midnight = datetime.combine(self.day + timedelta(days=1), time(), self.zone)
        return midnight.astimezone(UTC)

    def day_of(self, moment: datetime) -> date:
        """Return the calendar day of a moment, in the pipeline's zone."""
        zone = self.zone
        return (moment if moment.tzinfo is zone else moment.astimezone(zone)).date()

    def days_since(self, day: date) -> int:
        """Return the whole days from ``day`` to today; negative when it is still to come."""
        return (self.day - day).days

    @classmethod
    def at(cls, moment: datetime, zone: tzinfo) -> "Today":
        """Return the day that a moment falls on in a zone."""
        return cls(moment.astimezone(zone).date(), zone)


def iso_day(text: str) -> date:
    """Read a day written ``2027-01-18``, and in no other way."""
    found = _ISO.fullmatch(text.strip())
    if not found:
        raise InvalidValueError(f"{text[:40]!r} is not a day", _WRITTEN_OUT)
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError as error:
        raise InvalidValueError(f"{text.strip()} {NO_SUCH_DAY}", _WRITTEN_OUT) from error
    if not EARLIEST <= day <= LATEST:
        raise InvalidValueError(f"{text.strip()} {OUT_OF_YEARS}", _WRITTEN_OUT)
    return day


def short_day(day: date, today: date) -> str:
    """Return ``18 Jan``, with the year where it could be meant of two: it names a day of twelve months."""
    near = -184 <= (day - today).days <= 180
    name = f"{day.day} {MONTHS[day.month - 1][:3]}"
    return name if near else f"{name} {day.year}"


def full_day(day: date) -> str:
    """Return ``18 Jan 2027``: for what is kept, or said where nobody knows which day it is."""
    return f"{day.day} {MONTHS[day.month - 1][:3]} {day.year}"


def long_day(day: date, today: date) -> str:
    """Return ``Mon 18 Jan``: as :func:`short_day`, with the weekday."""
    return f"{WEEKDAYS[day.weekday()][:3]} {short_day(day, today)}"


def long_when(day: date, at: time | None, today: date) -> str:
    """Return ``Mon 18 Jan 10:30``: a typed day as it was understood."""
    return long_day(day, today) + (f" {at:%H:%M}" if at else "")


def short_when(day: date, at: time | None, today: date) -> str:
    """Return ``18 Jan 10:30``; without a time of day as :func:`short_day`."""
    return short_day(day, today) + (f" {at:%H:%M}" if at else "")


def typed_when(day: date, at: time | None) -> str:
    """Return ``2027-01-18 10:30``: as ``parse_when`` reads it back on any day."""
    return day.isoformat() + (f" {at:%H:%M}" if at else "")


def instant(moment: datetime) -> str:
    """Return a moment as stored: ISO 8601 in UTC, to the millisecond."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
