"""Days off from a calendar file (iCalendar, RFC 5545): its all-day events, once or every year.

A strict reader of the few lines that say when: it names the line at fault, which no library does,
and is quick enough to be read with the settings at every start.
"""

import calendar
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from review_board.errors import InvalidValueError
from review_board.input_files import SETTINGS_LIMIT, read_regular
from review_board.pipeline.dates import LATEST, iso_day
from review_board.pipeline.text import clean

WHEN = frozenset(("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "STATUS"))
"""The lines of an event that say which days it takes."""
RULE_PARTS = frozenset(
    ("FREQ", "INTERVAL", "COUNT", "UNTIL", "BYMONTH", "BYMONTHDAY", "BYDAY", "WKST")
)
_LINE = re.compile(r'([A-Za-z0-9-]+)((?:;[^=;:"]+=(?:"[^"]*"|[^";:])*)*):(.*)', re.DOTALL)
_DAY = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MOMENT = re.compile(r"\d{8}T\d{6}Z?", re.ASCII)
_DURATION = re.compile(r"P(\d{1,4})([DW])", re.ASCII)
_NTH = re.compile(r"([+-]?[1-5])(MO|TU|WE|TH|FR|SA|SU)", re.ASCII)
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


class CalendarFileError(InvalidValueError):
    """A calendar file that cannot be read; the message begins with its name, and the line."""


@dataclass(slots=True)
class _Event:
    """The lines of one event that say when it is: name → its values, each with its line."""

    lines: dict[str, list[tuple[int, str]]] = field(default_factory=dict)


def holiday_entry(entry: object, folder: Path) -> object:
    """Return a day as text, or the whole path of a calendar file; ``ValueError`` for what is neither."""
    if isinstance(entry, date) and not isinstance(entry, datetime):
        entry = entry.isoformat()
    if not isinstance(entry, str):
        return entry
    text = entry.strip()
    if text.casefold().endswith(".ics"):
        return str((folder / Path(text).expanduser()).absolute())
    try:
        return iso_day(text).isoformat()
    except InvalidValueError as error:
        raise ValueError(
            f"{error.message}; write 2026-12-25, or the name of an .ics file"
        ) from error


def days_off(entries: Iterable[str]) -> frozenset[date]:
    """Return the days of all entries, which are days and paths."""
    found: set[date] = set()
    for entry in entries:
        is_file = entry.casefold().endswith(".ics")
        found |= holidays_in(Path(entry)) if is_file else {iso_day(entry)}
    return frozenset(found)


def holidays_in(path: Path) -> frozenset[date]:
    """Return every day that an all-day event of the file takes, in all years that can be meant."""
    name = clean(str(path))
    try:
        text = read_regular(path, SETTINGS_LIMIT, "take a smaller one").decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise CalendarFileError(f"{name} is not UTF-8") from error
    except InvalidValueError as error:
        raise CalendarFileError(f"{name}: {error.message}") from error
    except (OSError, ValueError) as error:
        why = (getattr(error, "strerror", None) or "no file has such a name").lower()
        raise CalendarFileError(f"{name} cannot be read: {why}") from error
    days: set[date] = set()
    for event in _events(text, name):
        days |= _days_of(event, name)
    if not days:
        raise CalendarFileError(f"{name} holds no event that takes a whole day")
    return frozenset(days)


def _fault(name: str, line: int, words: str) -> CalendarFileError:
    return CalendarFileError(f"{name}, line {line}: {words}")


def _unfolded(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line with its number; one that begins with a blank goes on with the line before."""
    whole, first = "", 0
    for number, line in enumerate(re.split("\r\n|\n|\r", text), 1):
        if line[:1] in (" ", "\t") and first:
            whole += line[1:]
            continue
        if whole.strip():
            yield first, whole
        whole, first = line, number
    if whole.strip():
        yield first, whole


def _events(text: str, name: str) -> Iterator[_Event]:
    """Yield the events; what stands inside one, such as an alarm, says nothing about its days."""
    inside: list[tuple[int, str]] = []
    event = _Event()
    for number, line in _unfolded(text):
        found = _LINE.fullmatch(line)
        if not found:
            raise _fault(name, number, f"{clean(line)[:40]!r} is no line of a calendar")
        key, value = found[1].upper(), found[3].strip()
        if key == "BEGIN":
            inside.append((number, value.upper()))
            event = _Event() if value.upper() == "VEVENT" else event
        elif not inside or inside[0][1] != "VCALENDAR":
            raise _fault(name, number, "a calendar begins with BEGIN:VCALENDAR")
        elif key == "END":
            if inside.pop()[1] != value.upper():
                raise _fault(name, number, f"END:{clean(value)[:40]} ends what did not begin")
            if value.upper() == "VEVENT":
                yield event
        elif inside[-1][1] == "VEVENT" and key in WHEN:
            event.lines.setdefault(key, []).append((number, value))
    if inside:
        raise _fault(name, inside[-1][0], f"BEGIN:{clean(inside[-1][1])[:40]} is never ended")


def _days_of(event: _Event, name: str) -> set[date]:
    """Return the days of an event; none for one that has a time of day, or was called off."""
    started = event.lines.get("DTSTART")
    if not started or _MOMENT.fullmatch(started[0][1]):
        return set()
    if any(value.upper() == "CANCELLED" for _, value in event.lines.get("STATUS", ())):
        return set()
    start = _day(*started[0], name)
    starts = {start}
    for line, value in event.lines.get("RRULE", ()):
        starts |= _repeated(start, line, value, name)
    starts |= _listed(event, "RDATE", name)
    starts -= _listed(event, "EXDATE", name)
    length = _length(event, start, name)
    days = (day.toordinal() + more for day in starts for more in range(length))
    return {date.fromordinal(day) for day in days if day <= LATEST.toordinal()}


def _day(line: int, text: str, name: str) -> date:
    found = _DAY.fullmatch(text)
    if not found:
        raise _fault(name, line, f"{clean(text)[:40]!r} is no day like 20261225")
    try:
        return iso_day("-".join(found.groups()))
    except InvalidValueError as error:
        raise _fault(name, line, error.message) from error


def _listed(event: _Event, key: str, name: str) -> set[date]:
    lists = event.lines.get(key, ())
    return {_day(line, text, name) for line, value in lists for text in value.split(",")}


def _length(event: _Event, start: date, name: str) -> int:
    """Return how many days it takes; the day in DTEND is the first after it."""
    for line, value in event.lines.get("DTEND", ()):
        length = (_day(line, value, name) - start).days
        if length < 0:
            raise _fault(name, line, "the event ends before it begins")
        return max(length, 1)
    for line, value in event.lines.get("DURATION", ()):
        found = _DURATION.fullmatch(value)
        if not found:
            raise _fault(name, line, f"{clean(value)[:40]!r} is no length in days, like P2D")
        return max(int(found[1]) * (7 if found[2] == "W" else 1), 1)
    return 1


def _repeated(start: date, line: int, rule: str, name: str) -> set[date]:
    """Return the days on which a yearly event begins again; refuse any other repetition."""
    parts = dict(part.partition("=")[::2] for part in rule.upper().split(";") if part)
    if parts.get("FREQ") != "YEARLY" or not RULE_PARTS.issuperset(parts):
        words = "only events that repeat every year can be read; write this one as single days"
        raise _fault(name, line, words)
    numbers = {
        key: _number(parts, key, most, line, name)
        for key, most in (("INTERVAL", 100), ("COUNT", 1000), ("BYMONTH", 12), ("BYMONTHDAY", 31))
    }
    until = _day(line, parts["UNTIL"][:8], name) if "UNTIL" in parts else LATEST
    nth = _NTH.fullmatch(parts["BYDAY"]) if "BYDAY" in parts else None
    if "BYDAY" in parts and (nth is None or "BYMONTHDAY" in parts):
        raise _fault(name, line, "BYDAY can be read like 4TH or -1MO, one of them")
    found: list[date] = []
    for year in range(start.year, LATEST.year + 1, numbers["INTERVAL"] or 1):
        day = _in_year(year, numbers, nth, start)
        if day and start <= day <= until:
            found.append(day)
    return set(found[: numbers["COUNT"]])


def _number(parts: Mapping[str, str], key: str, most: int, line: int, name: str) -> int | None:
    text = parts.get(key)
    if text is None:
        return None
    if not re.fullmatch(r"\d{1,4}", text, re.ASCII) or not 1 <= int(text) <= most:
        raise _fault(name, line, f"{key} is no number from 1 to {most}")
    return int(text)


def _in_year(
    year: int, numbers: Mapping[str, int | None], nth: re.Match[str] | None, start: date
) -> date | None:
    """Return the day of a year that a rule means: in its month that date, or that weekday."""
    month = numbers["BYMONTH"] or start.month
    last = calendar.monthrange(year, month)[1]
    day = numbers["BYMONTHDAY"] or start.day
    if nth:
        place, weekday = int(nth[1]), _WEEKDAYS.index(nth[2])
        if place > 0:
            day = 1 + (weekday - date(year, month, 1).weekday()) % 7 + 7 * (place - 1)
        else:
            day = last - (date(year, month, last).weekday() - weekday) % 7 + 7 * (place + 1)
    return date(year, month, day) if 1 <= day <= last else None
