"""Days and times as people type them: a strict grammar, read in one way only or refused.

``FORMS`` is the grammar: a form, and what it says. What may be two days is refused with both of them;
what is refused names the part to blame and the form to type. Nothing is guessed.
"""

import calendar
import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, time, timedelta
from enum import Enum, auto

from review_board.errors import InvalidValueError
from review_board.pipeline.dates import (
    EARLIEST,
    LATEST,
    NO_DAY,
    NO_SUCH_DAY,
    OUT_OF_YEARS,
    full_day,
    long_day,
)
from review_board.wording import MONTHS, WEEKDAYS

EXAMPLES = "write +3d, in 2 weeks, fri, 18jan, 2027-01-18, eom or nextq"
PAST_EXAMPLES = "write yesterday, -3d, mon, 18nov or 2026-11-18"
NOT_PAST = "is still to come; here a past day is meant"
NOT_OVER = "give a day to come"
CLOCK_EXAMPLES = "write the time like 15:00 or 3pm"
FAR_YEARS, MOST_YEARS = 5, 10
"""Years ahead: a count beyond the first is asked about, a plan beyond the second is refused."""

_NUMBERS = (
    "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
)  # fmt: skip
_COUNTS = {word: n for n, word in enumerate(_NUMBERS, 1)} | {"a": 1, "an": 1}
_FIXED = {"today": 0, "tomorrow": 1, "tmrw": 1, "yesterday": -1}
_UNITS = r"d|days?|w|wks?|weeks?|fortnights?|m|mths?|mos?|months?|q|quarters?|y|yrs?|years?"
_MONTHS_IN = {"m": 1, "q": 3, "y": 12}
_DAYS_IN = {"d": 1, "w": 7, "f": 14}
_PERIOD = r"(week|month|quarter|year)"
_SHORT_PERIODS = {"w": "week", "m": "month", "q": "quarter", "y": "year"}
_ORDINAL = r"(?:the )?(\d{1,2})(?:st|nd|rd|th)"
_CLOCK = r"\d{1,2}(?:[:.]\d{2})? ?(?:[ap]\.?m\.?)?"
_CLEAR_CLOCK = r"\d{1,2}(?::\d{2}|(?:[:.]\d{2})? ?[ap]\.?m\.?)"
"""A time of day that is nothing else, even without a day beside it."""
_READ_CLOCK = re.compile(r"(\d{1,2})(?:[:.](\d{2}))? ?(?:([ap])\.?m\.?)?", re.ASCII)
_CLOCK_BEHIND = re.compile(rf"(.+?),? (?:at )?({_CLOCK})", re.ASCII)
_CLOCK_BEFORE = re.compile(rf"(?:at )?({_CLEAR_CLOCK}),? (.+)", re.ASCII)
_CLOCK_ALONE = re.compile(rf"(?:at )?({_CLEAR_CLOCK})", re.ASCII)
_SPOKEN_CLOCK = re.compile(r"\b(?:noon|midday|(\d{1,2}) ?(?:h|uhr)(\d{2})?)\b", re.ASCII)
"""A time of day that is said otherwise: ``noon``, ``15h30``, ``15 Uhr``."""
_WORDS = (
    *("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
    *(month.lower() for month in MONTHS),
    *("today", "tomorrow", "yesterday", "next", "last", "week", "weeks", "month", "months"),
    *("days", "quarter", "year", "fortnight"),
)
"""Words that a mistyped one may be meant for."""
_OTHER_WORDS = (
    *_COUNTS,
    *_FIXED,
    *["in", "on", "by", "the", "this", "end", "of", "nextq", "ago", "eom"],
)


class DayError(InvalidValueError):
    """A typed day that cannot be read; ``word`` is the part to blame, as the message names it.

    ``is_day``: it has the form of a day or a time, so nothing else was meant by it.
    """

    def __init__(self, message: str, cure: str, word: str, *, is_day: bool = True) -> None:
        super().__init__(message, cure)
        self.word = word
        self.is_day = is_day


class _Which(Enum):
    """Which day is meant where the year or the week is left out, or where figures may be two days."""

    ANY = auto()
    COMING = auto()
    PAST = auto()
    UP_TO_TODAY = auto()
    """As in the past, but a weekday may be today."""


WorkingFrom = Callable[[date], date]
"""Gives a day itself, or the first one after it that is for work."""


def weekday_from(day: date) -> date:
    """Return a day itself, or the Monday after it where it is at a weekend."""
    return day + timedelta(days=7 - day.weekday() if day.weekday() > 4 else 0)


@dataclass(frozen=True, slots=True)
class _Typed:
    """What was typed, and how to choose where the year or the week is left out.

    With ``working_from`` a period begins on a working day of it, which 1 January never is.
    """

    text: str
    today: date
    which: _Which
    working_from: WorkingFrom | None = None

    def begins(self, day: date) -> date:
        """Return the day on which a period begins for who types it."""
        if self.working_from is None:
            return day
        new_year = (day.month, day.day) == (1, 1)
        return self.near(self.working_from(day + timedelta(days=new_year)))

    @property
    def back(self) -> bool:
        """Return whether it is looked for among the days that are over."""
        return self.which in {_Which.PAST, _Which.UP_TO_TODAY}

    @property
    def examples(self) -> str:
        return PAST_EXAMPLES if self.back else EXAMPLES

    def error(self, message: str, cure: str = "") -> DayError:
        return DayError(f"{self.text} {message}", cure or self.examples, self.text)

    def day(self, year: int, month: int, day: int) -> date:
        """Return a day of the calendar, within the years that can be meant."""
        try:
            found = date(year, month, day)
        except ValueError as error:
            raise self.error(NO_SUCH_DAY) from error
        return self.near(found)

    def near(self, day: date) -> date:
        if not EARLIEST <= day <= LATEST:
            raise self.error(OUT_OF_YEARS)
        return day

    def ahead(self, days: int) -> date:
        try:
            return self.near(self.today + timedelta(days=days))
        except OverflowError as error:
            raise self.error(OUT_OF_YEARS) from error

    def months_ahead(self, count: int) -> date:
        """Return the same day of another month, or the last one of it."""
        years, month = divmod(self.today.month - 1 + count, 12)
        year = self.today.year + years
        if not EARLIEST.year <= year <= LATEST.year:
            raise self.error(OUT_OF_YEARS)
        return date(year, month + 1, min(self.today.day, _days_in(year, month + 1)))

    def without_year(self, month: int, day: int) -> date:
        """Return the next such day from today on, or looking back the last one up to today."""
        if not (1 <= month <= 12 and 1 <= day <= _days_in(2000, month)):
            raise self.error(NO_SUCH_DAY)
        step = -1 if self.back else 1
        for year in range(self.today.year, self.today.year + 10 * step, step):
            if day <= _days_in(year, month):
                found = date(year, month, day)
                if (found <= self.today) if self.back else (found >= self.today):
                    return self.near(found)
        raise self.error(OUT_OF_YEARS)

    def only(self, days: Iterable[date]) -> date:
        """Return the one day that is meant; of two it is asked which, unless only one can be."""
        found = sorted(set(days))
        fitting = [day for day in found if self._may_be(day)]
        if len(fitting) == 1:
            return fitting[0]
        if len(found) == 1:
            return found[0]
        if not found:
            raise self.error(NO_SUCH_DAY)
        meant = " or ".join(long_day(day, self.today) for day in found)
        raise self.error(f"may be {meant}", f"write {' or '.join(map(str, found))}")

    def _may_be(self, day: date) -> bool:
        """Return whether a day lies where it must: nobody plans a step on a day that is over."""
        if self.which is _Which.ANY:
            return True
        return day <= self.today if self.back else day >= self.today


def is_begun(words: str) -> bool:
    """Return whether a text that is no day may become one when more of it is typed."""
    found = re.fullmatch(r"(?:[a-z\d +/.-]*[\d +/.-])?([a-z]*)", words, re.ASCII)
    if not found or re.search(r"\d{5}", words):
        return False
    return not found[1] or any(known.startswith(found[1]) for known in (*_WORDS, *_OTHER_WORDS))


def parse_day(text: str, today: date) -> date:
    """Return the day that a person typed: ``+3d``, ``in 2 weeks``, ``fri``, ``18jan``, ``eom``.

    A weekday or a day without a year is the next one to come; a weekday is never today. A time of
    day is refused: who takes one asks :func:`parse_when`.
    """
    return _without_time(*_read(text, today, _Which.ANY))


def parse_when(
    text: str, today: date, working_from: WorkingFrom = weekday_from
) -> tuple[date, time | None]:
    """Return a day as in :func:`parse_day`, with or without a time: ``fri 10:30``, ``18jan 3pm``.

    What we do next month or next quarter we do on a working day.
    """
    return _read(text, today, _Which.ANY, working_from)[:2]


def coming_when(
    text: str, today: date, working_from: WorkingFrom = weekday_from
) -> tuple[date, time | None]:
    """Return a day as in :func:`parse_when`, unless it is over: the day of what we will do."""
    day, at, _ = _read(text, today, _Which.COMING, working_from)
    if day < today:
        raise DayError(f"{full_day(day)} is over", NOT_OVER, " ".join(text.split()))
    if day.year > today.year + MOST_YEARS:
        message = f"{full_day(day)} is more than {MOST_YEARS} years ahead"
        raise DayError(message, "give a nearer day", " ".join(text.split()))
    return day, at


def past_day(text: str, today: date) -> date:
    """Return a day that is over, or today: ``yesterday``, ``-3d``, ``mon`` (the last one), ``18nov``."""
    return _without_time(*_past(text, today, _Which.PAST))


def day_up_to_today(text: str, today: date) -> date:
    """Return a day as in :func:`past_day`; on a Monday ``mon`` is today: from when on something counts."""
    return _without_time(*_past(text, today, _Which.UP_TO_TODAY))


def past_when(text: str, today: date) -> tuple[date, time | None]:
    """Return a day as in :func:`past_day`, with or without a time of day."""
    return _past(text, today, _Which.PAST)[:2]


def _past(text: str, today: date, which: _Which) -> tuple[date, time | None, str]:
    day, at, clock = _read(text, today, which)
    if day > today:
        word = " ".join(text.split())
        raise DayError(f"{word} {NOT_PAST}", PAST_EXAMPLES, word)
    return day, at, clock


def _without_time(day: date, at: time | None, clock: str) -> date:
    if at:
        raise DayError(f"No time of day is kept here: leave out {clock}", f"write {day}", clock)
    return day


def _read(
    text: str, today: date, which: _Which, working_from: WorkingFrom | None = None
) -> tuple[date, time | None, str]:
    """Return the day, the time, and how that was typed."""
    words = " ".join(text.replace(",", " ").split()).casefold()
    words = _SPOKEN_CLOCK.sub(lambda said: f"{said[1] or 12}:{said[2] or '00'}", words)
    if day := _day(words, today, which, working_from):
        return day, None, ""
    if alone := _CLOCK_ALONE.fullmatch(words):
        _clock(alone[1])
        raise DayError(f"{words} is a time without a day", f"write today {alone[1]}", words)
    for pattern, day_at, clock_at in ((_CLOCK_BEHIND, 1, 2), (_CLOCK_BEFORE, 2, 1)):
        found = pattern.fullmatch(words)
        if found and (day := _day(found[day_at], today, which, working_from)):
            return day, _clock(found[clock_at]), found[clock_at]
    raise _unknown(" ".join(text.split()), _Typed(words, today, which).examples)


def _day(
    words: str, today: date, which: _Which, working_from: WorkingFrom | None = None
) -> date | None:
    """Return the day in the words; ``None`` when they have not the form of a day."""
    bare = re.sub(r"^(?:on|by) ", "", words)
    typed = _Typed(bare, today, which, working_from)
    for form, read in FORMS:
        found = re.fullmatch(form, bare, re.ASCII)
        if found and (day := read(found, typed)):
            return day
    return None


def _clock(text: str) -> time:
    found = _READ_CLOCK.fullmatch(text)
    assert found
    hour, minute, half = int(found[1]), int(found[2] or 0), found[3]
    if found[2] is None and half is None:
        raise DayError(f"{text} is not clear as a time of day", CLOCK_EXAMPLES, text)
    if half and 1 <= hour <= 12:
        hour = hour % 12 + (12 if half == "p" else 0)
    elif half or hour > 23:
        raise DayError(f"{text} is not a time of day", CLOCK_EXAMPLES, text)
    if minute > 59:
        raise DayError(f"{text} is not a time of day", CLOCK_EXAMPLES, text)
    return time(hour, minute)


def _unknown(text: str, examples: str) -> DayError:
    """Return the error of what is no day at all; a word of it that is near one of ours is blamed alone."""
    for word in text.split():
        near = difflib.get_close_matches(word.casefold(), _WORDS, n=1, cutoff=0.77)
        if near and near[0] != word.casefold() and len(word) > 3:
            cure = f"did you mean {near[0]}?"
            return DayError(f"{word!r} {NO_DAY}", cure, word, is_day=word == text)
    return DayError(f"{text[:40]!r} {NO_DAY}", examples, text, is_day=False)


# The forms; each gives the day, or None when the words only look like it


def _fixed(found: re.Match[str], typed: _Typed) -> date | None:
    days = _FIXED[found[0]]
    if days < 0 and not typed.back:
        raise typed.error("is over")
    return typed.today + timedelta(days=days)


def _counted(found: re.Match[str], typed: _Typed) -> date | None:
    """Read ``+3d``, ``in 2 weeks``, ``a month``, ``-3d``, ``3 days ago``."""
    sign, figures, word, unit, ago = found.groups()
    count = int(figures) if figures else _COUNTS[word]
    if sign == "-" or ago:
        if not typed.back:
            raise typed.error("is over")
        count = -count
    months = _MONTHS_IN.get(unit[0])
    day = typed.months_ahead(count * months) if months else typed.ahead(count * _DAYS_IN[unit[0]])
    if day.year > typed.today.year + FAR_YEARS:
        raise typed.error(f"is {full_day(day)}, far ahead", f"write {day} if you mean that")
    return day


def _weekday(found: re.Match[str], typed: _Typed) -> date | None:
    """Read ``fri``: the next one, looking back the last one; ``next fri`` may be two days."""
    which, place = found[1], _weekday_named(found[2])
    if place is None:
        return None
    step = -1 if typed.back else 1
    nearest = 0 if typed.which is _Which.UP_TO_TODAY else 1
    ahead = (step * (place - typed.today.weekday()) - nearest) % 7 + nearest
    near = typed.today + timedelta(days=step * ahead)
    if which == "last" and not typed.back:
        raise typed.error("is over")
    if which == "next" and typed.back:
        days = f"{found[2]} for {long_day(near, typed.today)}"
        raise typed.error(NOT_PAST, f"write {days}")
    if which in {"next", "last"}:
        return typed.only((near, near + timedelta(days=7 * step)))
    if which == "this" and ahead == 7:
        return typed.only((typed.today, near))
    return near


def _week_after(found: re.Match[str], typed: _Typed) -> date | None:
    """Read ``monday week`` and ``a week on monday``: a week after that day; on a Monday it may be two days."""
    name = found[1] or found[2]
    if typed.back or (name not in _FIXED and _weekday_named(name) is None):
        return None
    day = _day(name, typed.today, typed.which)
    assert day
    week = timedelta(days=7)
    return typed.only({day, day + week} if day == typed.today + week else {day + week})


def _weekday_and_day(found: re.Match[str], typed: _Typed) -> date | None:
    """Read ``fri 4 dec``, as days are shown: the weekday must be the right one."""
    place = _weekday_named(found[1])
    day = None if place is None else _day(found[2], typed.today, typed.which)
    if day is None or day.weekday() == place:
        return day
    right = long_day(day, typed.today)
    raise typed.error(f"is not in the calendar: that day is {right}", f"write {day}")


def _period(found: re.Match[str], typed: _Typed) -> date | None:
    """Read ``next week`` and its like, which begin a period; ``end of the month`` and ``eom`` end one."""
    if short := re.fullmatch(r"eo([wmqy])", found[0]):
        return _end_of(_SHORT_PERIODS[short[1]], typed, 0)
    if found[0] in {"nextq", "next q"}:
        return typed.begins(_start_of("quarter", typed, 1))
    if found[1]:
        return typed.begins(_start_of(found[1], typed, 1))
    return _end_of(found[3], typed, 1 if found[2] == "next " else 0)


def _start_of(period: str, typed: _Typed, later: int) -> date:
    """Return the first day of this period or of a later one."""
    if period == "week":
        return typed.ahead(7 * later - typed.today.weekday())
    size = {"month": 1, "quarter": 3, "year": 12}[period]
    years, month = divmod(((typed.today.month - 1) // size + later) * size, 12)
    return typed.near(date(typed.today.year + years, month + 1, 1))


def _end_of(period: str, typed: _Typed, later: int) -> date:
    """Return the last day of it; a week ends on Friday, and at the weekend the next one is meant."""
    if period == "week":
        friday = _start_of(period, typed, later) + timedelta(days=4)
        return friday if friday >= typed.today else friday + timedelta(days=7)
    return _start_of(period, typed, later + 1) - timedelta(days=1)


def _end_of_month(found: re.Match[str], typed: _Typed) -> date | None:
    month = _month_named(found[1])
    if month is None:
        return None
    if found[2]:
        return _last_of(typed.day(int(found[2]), month, 1))
    year = typed.today.year
    last = _last_of(date(year, month, 1))
    if last < typed.today and not typed.back:
        year += 1
    elif last > typed.today and typed.back:
        year -= 1
    return typed.near(_last_of(date(year, month, 1)))


def _figures(found: re.Match[str], typed: _Typed) -> date | None:
    """Read ``31.12.2026``, and ``12/31/2026`` when one of day and month can be only that."""
    year = int(found[4]) + (2000 if len(found[4]) == 2 else 0)
    orders = _orders(int(found[1]), int(found[3]), found[2], year)
    return typed.only(typed.day(year, month, day) for month, day in orders)


def _short_figures(found: re.Match[str], typed: _Typed) -> date | None:
    """Read ``15/1``, ``15.1.``: the same without a year."""
    first, mark, second = re.findall(r"\d+|[/.]", found[0])[:3]
    orders = _orders(int(first), int(second), mark, 2000)
    return typed.only(typed.without_year(month, day) for month, day in orders)


def _orders(first: int, second: int, mark: str, year: int) -> list[tuple[int, int]]:
    """Return month and day as they may be meant: between dots the day comes first, wherever it can."""
    both = ((second, first), (first, second))
    found = [(month, day) for month, day in both if _is_day(year, month, day)]
    return found[:1] if mark == "." else found


def _in_month(found: re.Match[str], typed: _Typed) -> date | None:
    """Read ``18 jan 2027``, ``january 18th``: a day of a month by its name, with or without the year."""
    day, month, year = int(found["day"]), _month_named(found["month"]), found["year"]
    if month is None:
        return None
    return typed.day(int(year), month, day) if year else typed.without_year(month, day)


def _day_of_month(found: re.Match[str], typed: _Typed) -> date | None:
    """Read ``the 15th``: of this month, or of the next one that has it and in which it is to come."""
    day, month = int(found[1]), typed.today.replace(day=1)
    if not 1 <= day <= 31:
        raise typed.error(NO_SUCH_DAY)
    while True:
        if day <= _days_in(month.year, month.month):
            wanted = month.replace(day=day)
            if (wanted <= typed.today) if typed.back else (wanted >= typed.today):
                return typed.near(wanted)
        month = (month + timedelta(days=-1 if typed.back else 31)).replace(day=1)


def _month_alone(found: re.Match[str], typed: _Typed) -> date | None:
    month = _month_named(found[1])
    if month is None:
        return None
    name = MONTHS[month - 1][:3].lower()
    raise typed.error("is a month without a day", f"write 1{name} or end of {name}")


def _month_named(name: str) -> int | None:
    """Return 1 to 12, by three letters or more."""
    return next((n for n, month in enumerate(MONTHS, 1) if month.lower().startswith(name)), None)


def _weekday_named(name: str) -> int | None:
    """Return 0 for Monday, by three letters or more."""
    if name == "weds":
        return 2
    return next((n for n, day in enumerate(WEEKDAYS) if day.lower().startswith(name)), None)


def _days_in(year: int, month: int) -> int:
    return calendar.monthrange(year, month)[1]


def _last_of(day: date) -> date:
    return day.replace(day=_days_in(day.year, day.month))


def _is_day(year: int, month: int, day: int) -> bool:
    return 1 <= month <= 12 and 1 <= day <= _days_in(year, month)


_ReadForm = Callable[[re.Match[str], _Typed], date | None]
_YEAR = r"(?:[ -]?(?P<year>\d{4}))?"
_DAY_NUMBER = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
FORMS: tuple[tuple[str, _ReadForm], ...] = (
    ("|".join(_FIXED), _fixed),
    (rf"(\+|-|in )?(?:(\d{{1,4}}) ?|({'|'.join(_COUNTS)}) )({_UNITS})( ago)?", _counted),
    (r"(?:(this|next|last) )?([a-z]{3,9})", _weekday),
    (r"([a-z]{3,9}) week|(?:a )?week (?:on|from) ([a-z]{3,9})", _week_after),
    (rf"next {_PERIOD}|end of (the |this |next )?{_PERIOD}|eo[wmqy]|next ?q", _period),
    (rf"end of ([a-z]{{3,9}}){_YEAR}", _end_of_month),
    (
        r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})",
        lambda found, typed: typed.day(int(found[1]), int(found[3]), int(found[4])),
    ),
    (r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4}|\d{2})", _figures),
    (r"\d{1,2}/\d{1,2}|\d{1,2}\.\d{1,2}\.", _short_figures),
    (rf"(?:the )?{_DAY_NUMBER}[ -]?(?:of )?(?P<month>[a-z]{{3,9}})\.?{_YEAR}", _in_month),
    (rf"(?P<month>[a-z]{{3,9}})\.? ?(?:the )?{_DAY_NUMBER}(?: (?P<year>\d{{4}}))?", _in_month),
    (_ORDINAL, _day_of_month),
    (r"(?:(?:in|next) )?([a-z]{3,9})", _month_alone),
    (r"([a-z]{3,9})\.? (.+)", _weekday_and_day),
)
"""The grammar: the first form that fits and gives a day is what was meant."""
