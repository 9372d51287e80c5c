"""Typed text to values, with errors that point at the field and the word."""

from collections.abc import Callable
from datetime import date, time

from review_board.errors import InvalidValueError
from review_board.pipeline.dates import long_when
from review_board.pipeline.money import Money
from review_board.pipeline.typed_amounts import parse_money
from review_board.pipeline.typed_days import EXAMPLES, DayError, parse_day, parse_when, weekday_from
from review_board.review.verdicts import says_something
from review_board.settings.setting_groups import Calendar
from review_board.tui.dialogs.dialog import FieldError


def read_when(
    field: str,
    text: str,
    today: date,
    read: Callable[..., tuple[date, time | None]] = parse_when,
    calendar: Calendar | None = None,
) -> tuple[date, time | None]:
    """Return a day with or without a time; it must be typed. ``read`` may refuse one that is over.

    A period begins on a working day of the ``calendar``.
    """
    if not text:
        raise FieldError(field, f"A day is needed: {EXAMPLES}")
    try:
        return read(text, today, calendar.working_from) if calendar else read(text, today)
    except DayError as error:
        raise FieldError(field, str(error), error.word) from error


def read_day(field: str, text: str, today: date) -> date:
    """Read a day where no time is kept."""
    if not text:
        return read_when(field, text, today)[0]
    try:
        return parse_day(text, today)
    except DayError as error:
        raise FieldError(field, str(error), error.word) from error


def read_money(field: str, text: str, currency: str) -> Money | None:
    """Read an amount, or ``None`` when nothing is typed."""
    if not text:
        return None
    try:
        return parse_money(text, currency)
    except InvalidValueError as error:
        raise FieldError(field, str(error), text) from error


def required(field: str, text: str, message: str) -> str:
    """Return text that must be there."""
    if not text:
        raise FieldError(field, message)
    return text


def read_line(field: str, text: str, message: str) -> str:
    """Read a line that says something: a lone key or a yes or no was meant for another question."""
    line = required(field, text, message)
    if not says_something(line):
        raise FieldError(field, f"“{line}” says nothing yet: write a few words", line)
    return line


def echo_day(
    text: str, today: date, *, timed: bool = True, calendar: Calendar | None = None
) -> str:
    """Return what a typed day is understood as: ``→ Mon 18 Jan, in 59 days``.

    Unless it is ``timed`` no time of day is kept, and one that is typed is told so. With a
    ``calendar`` a day that is not for work is told.
    """
    if not text.strip():
        return "→ +3d, fri, 18jan, 2027-01-18, end of month, next quarter"
    working_from = calendar.working_from if calendar else weekday_from
    try:
        day, at = parse_when(text, today, working_from) if timed else (parse_day(text, today), None)
    except InvalidValueError as error:
        return f"? {error.message}"
    off = " · no working day of yours" if calendar and not calendar.is_working(day) else ""
    return f"→ {long_when(day, at, today)}, {_away(day, today)}{off}"


def _away(day: date, today: date) -> str:
    days = (day - today).days
    if days == 0:
        return "today"
    if abs(days) == 1:
        return "tomorrow" if days > 0 else "yesterday"
    return f"in {days} days" if days > 0 else f"{-days} days ago"
