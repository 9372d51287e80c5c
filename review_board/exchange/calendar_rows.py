"""Calendars (iCalendar) to rows of cells: one row an event or task, for the lists of what was done."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

from review_board.errors import InvalidValueError
from review_board.exchange.list_table import NumberedRow

HEADERS = (
    "UID", "Activity Type", "Subject", "Start Date", "Due Date", "Status", "Description", "Contact Email",
)  # fmt: skip
_BEGIN = re.compile(r"\s*BEGIN:(?:VCALENDAR|VEVENT|VTODO)\s*$", re.IGNORECASE)
_TYPES = {"VEVENT": "meeting", "VTODO": "task"}
_LINE = re.compile(r"[^\r\n]+")
_BLOCKS = {*_TYPES, "VTIMEZONE"}
_MOST_LINES = 5_000
_AT_ONCE, _MOST_ENTRIES, _LONGEST_ENTRY = 200, 100_000, 200_000
_ENDED = {"CANCELLED": "cancelled", "COMPLETED": "completed"}


def looks_like_calendar(text: str) -> bool:
    """Return whether text begins as a calendar does."""
    return bool(_BEGIN.match(text.lstrip("\ufeff").split("\n", 1)[0]))


def calendar_rows(text: str) -> list[NumberedRow]:
    """Return a header and a row for each event and task of all calendars in the text."""
    try:
        rows = [_cells(entry) for part in _parts(text) for entry in _entries(part)]
    except (ValueError, IndexError, KeyError) as error:
        raise InvalidValueError(
            "it is a calendar that cannot be read", "export it again"
        ) from error
    return [(0, list(HEADERS)), *enumerate(rows, 1)]


def _entries(part: str) -> Iterator[Any]:
    from icalendar import Calendar

    for calendar in Calendar.from_ical(part, multiple=True):
        yield from (entry for entry in calendar.walk() if entry.name in _TYPES)


def _parts(text: str) -> Iterator[str]:
    """Yield calendars of a bounded number of entries each, with the time zones that the text defines.

    Parsed at once a large calendar claims 35 times its size.
    """
    zones, entries, count = "", [], 0
    for name, block in _blocks(text):
        if name == "VTIMEZONE":
            zones = (zones + block)[:_LONGEST_ENTRY]
            continue
        entries.append(block)
        if (count := count + 1) > _MOST_ENTRIES:
            raise InvalidValueError(
                f"it has more than {_MOST_ENTRIES:,} entries", "export fewer years"
            )
        if len(entries) == _AT_ONCE:
            yield _calendar(zones, entries)
            entries = []
    yield _calendar(zones, entries)


def _calendar(zones: str, entries: list[str]) -> str:
    return f"BEGIN:VCALENDAR\r\n{zones}{''.join(entries)}END:VCALENDAR\r\n"


def _blocks(text: str) -> Iterator[tuple[str, str]]:
    name, size = "", 0
    lines: list[str] = []
    for line in (found[0] for found in _LINE.finditer(text)):
        word = line[:20].strip().upper()
        if not name and word.startswith("BEGIN:") and word[6:] in _BLOCKS:
            name, lines, size = word[6:], [], 0
        if name:
            lines.append(line)
            size += len(line)
        if size > _LONGEST_ENTRY or len(lines) > _MOST_LINES:
            raise InvalidValueError("it has an entry far too long", "export it again")
        if name and word == f"END:{name}":
            yield name, "\r\n".join((*lines, ""))
            name = ""
    if name:
        raise InvalidValueError("it is a calendar that breaks off", "export it again")


def _cells(entry: Any) -> list[str]:
    name = str(entry.name)
    return [
        str(entry.get("UID", "")),
        _TYPES[name],
        str(entry.get("SUMMARY", "")),
        _day(entry, "DTSTART"),
        _day(entry, "DUE"),
        _ENDED.get(str(entry.get("STATUS", "")).upper(), "needs action" if name == "VTODO" else ""),
        str(entry.get("DESCRIPTION", "")),
        "; ".join(_attendees(entry)),
    ]


def _day(entry: Any, name: str) -> str:
    """Return a day, or a moment with its zone, as lists write it."""
    try:
        value = entry[name].dt
    except (KeyError, AttributeError, ValueError):
        return ""
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    return value.isoformat() if isinstance(value, date) else ""


def _attendees(entry: Any) -> Iterator[str]:
    found = entry.get("ATTENDEE", [])
    for attendee in found if isinstance(found, list) else [found]:
        yield re.sub(r"^mailto:", "", str(attendee), flags=re.IGNORECASE)
