"""From cells to the values of a row: one reader for each column, made by looking at all of it.

Most cells of a plain field are read as if they were typed. Three kinds look at the whole column
first, because a list says the same in one way throughout: whether numbers are percents, which mark is
the decimal one, whether the day or the month comes first. Days are those of a calendar and not of a
person ("fri"), and may have a time; a year of two digits is one of the last century from 70 on.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from review_board.errors import InvalidValueError
from review_board.exchange.amount_columns import amount_reader
from review_board.exchange.cell_readers import (
    Reader,
    cached_reader,
    looks_like_flag,
    owner_name,
    plain_text,
    read_count,
    read_currency,
    read_flag,
    share_reader,
    undecorated,
)
from review_board.exchange.columns import DAYS, FLAGS, ColumnPlan
from review_board.exchange.day_columns import (
    day_reader,
    is_serial,
    is_yearless,
    looks_like_day,
    order_in_file,
)
from review_board.exchange.header_synonyms import CONTACT_DAYS, MANY
from review_board.exchange.header_words import word_set
from review_board.exchange.import_result import DateOrder, ImportOptions
from review_board.exchange.list_table import ListTable
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import MONEY, PLAIN_FIELDS, SHARE, TypingDefaults

Values = dict[str, Any]
"""Field → value, for cells that are not empty."""

_WORDS = word_set("status next_step lost_reason product job_title")
"""Texts in which a dash, "n/a" or "none" says nothing."""
_PAST = {*word_set("created won_on lost_on last_activity"), *CONTACT_DAYS}
"""Days that are over: one without its year is the last such day."""


_TOLD_BY_ALL = DAYS | {f.name for f in PLAIN_FIELDS.values() if f.kind in (MONEY, SHARE)}
"""Fields whose cells are read as their whole column says."""


class ColumnReader(NamedTuple):
    """How the cells of one column become the values of a field."""

    field: str
    header: str
    place: int
    read: Reader[Any]
    many: bool


@dataclass(frozen=True, slots=True)
class UnreadCell:
    """A cell that says nothing to its field: the field is left open and the words are kept."""

    field: str
    header: str
    text: str
    reason: str


def column_readers(
    table: ListTable, plan: ColumnPlan, options: ImportOptions, defaults: TypingDefaults
) -> tuple[ColumnReader, ...]:
    """Return a reader for each mapped column; an ambiguous one raises ``InvalidValueError``.

    What was assumed in reading days goes to the notices of the plan.
    """
    cells = {
        place: table.column(place) if field in _TOLD_BY_ALL else []
        for field, places in plan.places.items()
        for place in places
    }
    days = [cells[place] for name in DAYS & plan.places.keys() for place in plan.places[name]]
    hints = _Hints(options, defaults, order_in_file(days))
    readers = tuple(
        ColumnReader(
            field,
            table.headers[place],
            place,
            _reader(field, table.headers[place], cells[place], hints),
            field in MANY,
        )
        for field, places in plan.places.items()
        for place in places
    )
    plan.notices += [
        notice
        for column in readers
        if column.field in DAYS
        and (notice := _assumed_days(dict.fromkeys(cells[column.place]), column, defaults))
    ]
    return readers


def _assumed_days(cells: Iterable[str], column: ColumnReader, defaults: TypingDefaults) -> str:
    """Say how day numbers and days without a year were read."""
    if number := next(filter(is_serial, cells), ""):
        day: date = column.read(number).day  # type: ignore[union-attr]
        shown = short_day(day, defaults.today)
        return f"column {column.header!r} holds day numbers of a spreadsheet: {number} is {shown}"
    if column.field in _PAST and (name := next(filter(is_yearless, cells), "")):
        when = column.read(name)
        taken = f"{name[:20]} is {short_day(when.day, defaults.today)}" if when else "no such day"
        return f"column {column.header!r} has days without a year, taken as the last past: {taken}"
    return ""


def read_row(
    cells: Sequence[str], columns: Sequence[ColumnReader]
) -> tuple[Values, tuple[UnreadCell, ...]]:
    """Return the values of a row and the cells that could not be read.

    Raises ``InvalidValueError`` only where the name of the prospect itself is the trouble.
    """
    row: Values = {}
    unread: tuple[UnreadCell, ...] = ()
    for field, header, place, read, many in columns:
        try:
            value = read(cells[place])
        except InvalidValueError as error:
            if field == "name":
                raise InvalidValueError(f"{error.message} ({header})") from error
            unread += (UnreadCell(field, header, cells[place].strip(), error.message),)
            continue
        if value is not None:
            row[field] = (*row.get(field, ()), value) if many else value
    return row, unread


@dataclass(frozen=True, slots=True)
class _Hints:
    """What settles a column beside its own cells: the user, the settings, the days of the file."""

    options: ImportOptions
    defaults: TypingDefaults
    order: DateOrder | None


def _reader(field: str, header: str, cells: Sequence[str], hints: _Hints) -> Reader[Any]:
    plain, options, defaults = PLAIN_FIELDS.get(field), hints.options, hints.defaults
    if field in DAYS:
        past = defaults.today if field in _PAST else None
        return day_reader(cells, header, options.dates, hints.order, past)
    if field in FLAGS:
        return cached_reader(_read_mark)
    if field == "currency":
        return cached_reader(read_currency)
    if field == "times_contacted":
        return cached_reader(read_count)
    if plain is None:
        return cached_reader(undecorated) if field in _WORDS else _text_reader(field)
    if plain.kind is MONEY:
        return amount_reader(cells, header, options.decimal, defaults.currency)
    if plain.kind is SHARE:
        return share_reader(cells)
    if plain.is_required:
        return lambda cell: plain.read(text, defaults) if (text := undecorated(cell)) else None
    if field == "owner":
        return cached_reader(lambda cell: plain.read(owner_name(cell), defaults))
    return cached_reader(lambda cell: plain.read(undecorated(cell), defaults))


def _text_reader(field: str) -> Reader[Any]:
    """Return a reader of free text, freed of page addresses where it names somebody."""
    if field == "contact":
        return lambda cell: undecorated(cell) or None
    return plain_text


def _read_mark(cell: str) -> bool:
    """Read a yes or no; a day says when it became so ("Deleted at")."""
    return True if not looks_like_flag(cell) and looks_like_day(cell) else read_flag(cell)
