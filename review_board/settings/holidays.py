"""Days off from a calendar file (iCalendar): its all-day events, as often as they come again."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from itertools import chain, islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING

from review_board.errors import InvalidValueError
from review_board.input_files import SETTINGS_LIMIT, read_regular
from review_board.pipeline.dates import EARLIEST, LATEST, iso_day
from review_board.pipeline.text import clean

if TYPE_CHECKING:
    from icalendar import Event, vRecur

MOST_DAYS = 100_000
"""Days that the events of one file may take, before one that never ends would hold up the start."""
WHEN = frozenset(("DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", None))
"""The lines of an event that say which days it takes; None is a line that is not understood."""
FAULTS = (ValueError, ArithmeticError, AttributeError, LookupError, TypeError)
"""What the libraries raise over a bad file; some of it, such as two names of a zone, unforeseen."""
RULE = re.compile("(?!.*(BY(HOUR|MINUTE|SECOND)|INTERVAL=[0-]))FREQ=(DAI|WEEK|MONTH|YEAR)LY(;.*)?")
"""Repetitions by whole days; each goes on by a step at least, so it comes to an end."""


class CalendarFileError(InvalidValueError):
    """A calendar file that cannot be read; the message begins with its name, and names the event."""


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
    """Return the days from 1970 to 2100 that the all-day events of the file take."""
    from icalendar import Calendar, Event  # only who names such a file waits for it

    name = clean(str(path))
    try:
        content = read_regular(path, SETTINGS_LIMIT, "take a smaller one")
        parts = Calendar.from_ical(content).subcomponents
    except InvalidValueError as error:
        raise CalendarFileError(f"{name}: {error.message}") from error
    except (OSError, *FAULTS) as error:
        bad = f"not a whole calendar ({clean(str(error).partition(': b')[0])[:100]})"
        why = error.strerror.lower() if isinstance(error, OSError) and error.strerror else bad
        raise CalendarFileError(f"{name} cannot be read: {why}") from error
    events = (_days_of(part, name) for part in parts if isinstance(part, Event))
    days = list(islice(chain.from_iterable(events), MOST_DAYS + 1))
    if len(days) > MOST_DAYS:
        raise CalendarFileError(f"{name} takes more than {MOST_DAYS:,} days")
    span = range(EARLIEST.toordinal(), LATEST.toordinal() + 1)
    found = frozenset(date.fromordinal(day) for day in set(days).intersection(span))
    if not found:
        raise CalendarFileError(f"{name} holds no event that takes a whole day")
    return found


def _days_of(event: "Event", name: str) -> Iterator[int]:
    """Yield the ordinals of its days; none if it has a time of day, or was called off."""
    try:
        faults = [fault for fault in event.errors if fault[0] in WHEN]
        if str(event.get("STATUS")).upper() == "CANCELLED":
            return
        if not any(key == "DTSTART" for key, _ in faults) and type(event.DTSTART) is not date:
            return
        for key, words in faults:
            raise CalendarFileError(f"{key}: {words}" if key else words)
        length = (event.end - event.start).days
        if length < 0:
            raise CalendarFileError("it ends before it begins")
        without = set(map(_day, event.exdates))
        repeated = (_repeated(rule, event.start) for rule in event.rrules)
        for start in chain([event.start], *repeated, (_day(day) for day, _ in event.rdates)):
            if start not in without:
                yield from range(start.toordinal(), start.toordinal() + max(length, 1))
    except (InvalidValueError, *FAULTS) as error:
        which = clean(str(event.get("SUMMARY") or event.get("UID") or "(no name)"))[:40]
        why = clean(str(error))[:100]
        raise CalendarFileError(f"{name}, event {which!r}: {why}") from error


def _day(moment: object) -> date:
    if not isinstance(moment, date):
        raise CalendarFileError(f"{moment} is no day")
    return date(moment.year, moment.month, moment.day)


def _repeated(rule: "vRecur", start: date) -> Iterator[date]:
    """Yield the days on which an event begins again, up to 2100."""
    from dateutil.rrule import rrulestr  # type: ignore[import-untyped]

    last = min(_day(rule.pop("UNTIL", [LATEST])[0]), LATEST)
    text = rule.to_ical().decode()  # type: ignore[no-untyped-call]
    if not RULE.fullmatch(text):
        raise CalendarFileError(f"{text} does not repeat by days, weeks, months or years")
    moments = iter(rrulestr(text, dtstart=datetime.combine(start, time())))
    days = takewhile(lambda day: day <= last, (moment.date() for moment in moments))
    first = next(days, None)
    if first is None:
        raise CalendarFileError(f"{text} names no day up to {last}")
    yield from chain([first], days)
