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
_ENDED = {"CANCELLED": "cancelled", "COMPLETED": "completed"}


def looks_like_calendar(text: str) -> bool:
    """Return whether text begins as a calendar does."""
    return bool(_BEGIN.match(text.lstrip("\ufeff").split("\n", 1)[0]))


def calendar_rows(text: str) -> list[NumberedRow]:
    """Return a header and a row for each event and task of all calendars in the text."""
    from icalendar import Calendar, Component

    if not re.match(r"\s*BEGIN:VCALENDAR", text, re.IGNORECASE):
        text = f"BEGIN:VCALENDAR\r\n{text}\r\nEND:VCALENDAR\r\n"
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError) as error:
        raise InvalidValueError(
            "it is a calendar that cannot be read", "export it again"
        ) from error
    found: Iterator[Component] = (
        entry for calendar in calendars for entry in calendar.walk() if entry.name in _TYPES
    )
    rows = [_cells(entry) for entry in found]
    return [(0, list(HEADERS)), *enumerate(rows, 1)]


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
