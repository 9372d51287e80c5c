"""The report's callbacks as a calendar (iCalendar, RFC 5545): an hour for each that is to come, else its day."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from review_board.errors import ReviewBoardError
from review_board.pipeline.text import clean
from review_board.report.model import DateAndTime, Report, Value
from review_board.report.values import words

if TYPE_CHECKING:
    from icalendar import Event

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MADE_BY = "-//review_board//callbacks//EN"


def report_calendar(report: Report) -> str:
    """Return the calendar; raises ``ReviewBoardError`` when no callback lies ahead, as none may be empty."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    for event in _events(report):
        calendar.add_component(event)
    if not calendar.subcomponents:
        raise ReviewBoardError(
            "No callback of this report lies ahead", "write the report itself: .html, .md or .txt"
        )
    made: bytes = calendar.to_ical()
    return made.decode()


def _events(report: Report) -> Iterator["Event"]:
    """Yield one event a callback; the same callback is the same event in every report."""
    from icalendar import Event

    for row in _callbacks(report):
        on = row["on"]
        if not isinstance(on, DateAndTime) or on.day < report.day:
            continue
        event = Event()
        event.add("uid", f"{row['id']}.callback@review-board")
        event.add("dtstamp", datetime.combine(report.day, time(), UTC))
        for name, value in _times(on):
            event.add(name, value)
        event.add("summary", f"Call {_text(row['name'])} back")
        event.add("description", "\n".join(_reasons(row, report.day)))
        yield event


def _times(on: DateAndTime) -> Iterator[tuple[str, date | str]]:
    """Yield an hour for an agreed time, of no zone: the clock on the wall. A day alone keeps no one busy."""
    if on.time is None:
        yield from (("dtstart", on.day), ("dtend", on.day + DAY), ("transp", "TRANSPARENT"))
    else:
        start = datetime.combine(on.day, on.time.replace(tzinfo=None))
        yield from (("dtstart", start), ("dtend", start + HOUR))


def _callbacks(report: Report) -> Iterator[Mapping[str, Value]]:
    for section in report.sections:
        if section.key == "callbacks":
            keys = [heading.key for heading in section.columns]
            yield from (dict(zip(keys, row, strict=True)) for row in section.rows)


def _reasons(row: Mapping[str, Value], today: date) -> Iterator[str]:
    """Yield what to know before one calls: the worth, the proof, what they said will have changed."""
    lines = {
        "Value": words(row["value"], today),
        "Proof": words(row["proof"], today),
        "They said": words(row["said"], today),
        "Missing": words(row["missing"], today),
        "Owner": words(row["owner"], today),
    }
    yield from (f"{label}: {_text(text)}" for label, text in lines.items() if text)


def _text(value: Value) -> str:
    return clean(str(value))
