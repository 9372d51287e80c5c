"""The report's callbacks as a calendar: an hour for each that is to come, else its day."""

from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, time

from review_board.errors import ReviewBoardError
from review_board.judgement.due.tasks import TaskKind
from review_board.report.model import DateAndTime, Report, Value
from review_board.report.values import words
from review_board.tasks.appointments import Appointment, calendar_of, event_of, uid_of


def report_calendar(report: Report) -> str:
    """Return the calendar; raises ``ReviewBoardError`` when no callback lies ahead, as none may be empty."""
    stamp = datetime.combine(report.day, time(), UTC)
    events = [event_of(one, stamp) for one in _appointments(report)]
    if not events:
        raise ReviewBoardError(
            "No callback of this report lies ahead", "write the report itself: .html, .md or .txt"
        )
    return calendar_of(events).decode()


def _appointments(report: Report) -> Iterator[Appointment]:
    """Yield one a callback; the same callback is the same event in every report."""
    for row in report.records("callbacks"):
        on = row["on"]
        if isinstance(on, DateAndTime) and on.day >= report.day:
            yield Appointment(
                uid_of(str(row["id"]), TaskKind.CALLBACK),
                on.day,
                on.time,
                f"Call {row['name']} back",
                tuple(_reasons(row, report.day)),
            )


def _reasons(row: Mapping[str, Value], today: date) -> Iterator[str]:
    """Yield what to know before one calls: the worth, the proof, what they said will have changed."""
    lines = {
        "Value": words(row["value"], today),
        "Proof": words(row["proof"], today),
        "They said": words(row["said"], today),
        "Missing": words(row["missing"], today),
        "Owner": words(row["owner"], today),
    }
    yield from (f"{label}: {text}" for label, text in lines.items() if text)
