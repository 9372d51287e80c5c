"""The day that the words of a next step name: "call back 12/05", "Anruf am 5. Dez"."""

import re
from datetime import date

from review_board.errors import InvalidValueError
from review_board.exchange.day_columns import MONTHS, read_day
from review_board.exchange.import_result import DateOrder
from review_board.pipeline.text import fold

_LONGEST = 200
_CLEAR_MONTHS = "|".join(
    sorted((name for name in MONTHS if len(name) > 3 or name in "jan feb apr jun jul aug oct nov dec"), key=len)[::-1]
)  # fmt: skip
"""Names of months that are no other word: "3 out of 5" names none."""
_DAY = re.compile(
    r"(?<![\w/.-])(?:"
    r"(?P<whole>\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))"
    r"|(?P<first>\d{1,2})/(?P<second>\d{1,2})"
    r"|(?P<dotted>\d{1,2})\.(?P<month>\d{1,2})\."
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\.?\s*(?:de\s+)?(?P<name>{_CLEAR_MONTHS})\.?(?:\s+(?P<year>\d{{4}}))?"
    rf"|(?P<name_first>{_CLEAR_MONTHS})\.?\s+(?P<day_last>\d{{1,2}})(?:st|nd|rd|th)?(?:,?\s+(?P<year_last>\d{{4}}))?"
    r")(?![\w/])"
)
_BEFORE = re.compile(
    r"\b(on|by|until|before|from|call|back|am|bis|vor|ab|le|avant|el|antes|em|ate|il|entro|op|voor|до|на|ngay)\W*$"
)
"""Words that a day follows, where more words follow it."""


def day_in_words(text: str, order: DateOrder | None, today: date) -> date | None:
    """Return the one day that words name, the next one of it where they say no year; ``None`` for none.

    A day with slashes that may be two is read in ``order``, and without one is none.
    """
    plain = fold(text[:_LONGEST]).strip(" .!")
    found = list(_DAY.finditer(f"{plain}." if plain[-1:].isdigit() else plain))
    if len(found) != 1 or found[0][0].startswith("24/7"):
        return None
    (said,) = found
    at_an_end = not plain[: said.start()].strip() or not plain[said.end() :].strip(" .,!")
    if not (at_an_end or _BEFORE.search(plain[: said.start()])):
        return None
    try:
        return _day_of(said, order, today)
    except (InvalidValueError, ValueError):
        return None


def _day_of(said: re.Match[str], order: DateOrder | None, today: date) -> date | None:
    if whole := said["whole"]:
        proven = order or _only_order(*map(int, re.split("[./-]", whole)[:2]))
        return read_day(whole, proven).day if proven or "/" not in whole else None
    if said["first"]:
        first, second = int(said["first"]), int(said["second"])
        proven = order or _only_order(first, second)
        month, day = (second, first) if proven == "dmy" else (first, second)
        return _next(month, day, today) if proven else None
    if said["dotted"]:
        return _next(int(said["month"]), int(said["dotted"]), today)
    month = MONTHS[said["name"] or said["name_first"]]
    day, year = int(said["day"] or said["day_last"]), said["year"] or said["year_last"]
    return date(int(year), month, day) if year else _next(month, day, today)


def _only_order(first: int, second: int) -> DateOrder | None:
    """Return the only order in which two numbers are day and month; ``None`` where both may be."""
    if first > 12 or first == second:
        return "dmy"
    return "mdy" if second > 12 else None


def _next(month: int, day: int, today: date) -> date:
    """Return the next such day; a leap day is one of a leap year."""
    for year in range(today.year, today.year + 9):
        try:
            found = date(year, month, day)
        except ValueError:
            continue
        if found >= today:
            return found
    raise ValueError("no such day")
