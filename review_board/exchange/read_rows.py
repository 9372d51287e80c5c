"""From cells to the values of a row: one reader for each column, made by looking at all of it.

Most cells of a plain field are read as if they were typed. Three kinds look at the whole column
first, because a list says the same in one way throughout: whether numbers are percents, which mark is
the decimal one, whether the day or the month comes first. Days are those of a calendar and not of a
person ("fri"), and may have a time; a year of two digits is one of the last century from 70 on.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from review_board.errors import InvalidValueError
from review_board.exchange import cell_readers, day_columns
from review_board.exchange.amount_columns import amount_in_doubt, amount_reader
from review_board.exchange.columns import CLOSING, DAYS, ENDS, FLAGS, ColumnPlan
from review_board.exchange.header_synonyms import (
    CONTACT_DAYS,
    MANY,
    groups_by_point,
    header_currency,
    header_period,
    header_scale,
    puts_day_first,
)
from review_board.exchange.header_words import canonical, word_set
from review_board.exchange.import_result import DateOrder, ImportOptions
from review_board.exchange.list_table import ListTable
from review_board.pipeline.dates import full_day, short_day
from review_board.pipeline.fields import MONEY, PLAIN_FIELDS, SHARE, TypingDefaults, show_share
from review_board.pipeline.money import round_cents
from review_board.pipeline.text import fold, is_phone
from review_board.pipeline.typed_amounts import AMOUNT, ParsedAmount
from review_board.wording import first_few

Values = dict[str, Any]
"""Field → value, for cells that are not empty."""

_WORDS = word_set("status next_step lost_reason product job_title")
"""Texts in which a dash, "n/a" or "none" says nothing."""
_PAST = {*word_set("created won_on lost_on last_activity"), *CONTACT_DAYS}
"""Days that are over: one without its year is the last such day."""
_PERIOD_COLUMNS = word_set(
    "valueperiod durationbasis bidtype billingfrequency billingperiod billingcycle recurrence"
)
_PERIOD_BEHIND = re.compile(r"\s+(?:annual(?:ly)?|yearly|monthly|one[ -]time)$")
"""What an amount says again where a column beside it says it: ``€9,000 annual``."""
_BETWEEN = {"owner": " ", "contact": "; "}
"""What parts the words of several columns of a field."""
_NOTHING = re.compile(r"(?!)")
_LONGEST_OVERDUE = timedelta(days=120)
"""How long ago a day without its year may be that was planned: before, it is one to come."""


_AS_FRACTION = re.compile(r"^(\d{7,15})\.0+$")
"""A phone number that a spreadsheet took for a fraction."""
_BETWEEN_NUMBERS = re.compile(r"[;|\n]|,\s|\s/\s")
_ALLOWS = re.compile(
    r"consent|permission|contactable|erlaubt|\b(may|can)[ _]?(we[ _]?)?(call|contact|e?mail)|\bok[ _]?to|allowed",
    re.IGNORECASE,
)
_DENIAL = re.compile(r"withdrawn|denied|revoked|refused|not given")
"""A column that says who may be contacted, and words in it of those who may not."""
_BARE_OF = {"owner": cell_readers.owner_name, "company": cell_readers.company_name}
"""What frees a name from all around it."""
_TOLD_BY_ALL = (
    DAYS
    | {"contact", "owner"}
    | {f.name for f in PLAIN_FIELDS.values() if f.kind in (MONEY, SHARE)}
)
"""Fields whose cells are read as their whole column says."""


class ColumnReader(NamedTuple):
    """How the cells of one column become the values of a field."""

    field: str
    header: str
    place: int
    read: cell_readers.Reader[Any]
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
    days = [
        cells[place] for name, places in plan.places.items() if name in DAYS for place in places
    ]
    doubtful = [
        cell for place in plan.places.get("value", ()) if (cell := amount_in_doubt(cells[place]))
    ]
    if doubtful and not options.decimal and groups_by_point(table.headers):
        options = replace(options, decimal="comma")
        plan.notices.append(
            f"{doubtful[0][:40]} is read as thousands, as lists in this language write them: "
            "--decimal point reads a fraction"
        )
    order = day_order(table, days)
    scales = {header: header_scale(header, table.headers) for header in table.headers}
    has_periods = not _PERIOD_COLUMNS.isdisjoint(map(canonical, table.headers))
    hints = _Hints(options, defaults, order, "currency" in plan.places, has_periods, scales)
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
    if not options.dates:
        plan.day_order = hints.order
    plan.notices += filter(None, (*_assumed(readers, cells, hints), *_periods_told(table, plan)))
    return readers


def day_order(table: ListTable, days: Sequence[Sequence[str]]) -> DateOrder | None:
    """Return the order of days with slashes in a list, by its columns of ``days``, all others, or its language."""
    order = day_columns.order_in_file(days)
    if order or not day_columns.is_order_in_doubt(days):
        return order
    rest = map(table.column, range(len(table.headers)))
    in_language: DateOrder | None = "dmy" if puts_day_first(table.headers) else None
    return day_columns.order_in_file(rest) or in_language


def _periods_told(table: ListTable, plan: ColumnPlan) -> Iterator[str]:
    """Say that amounts are for a month or a year, as their header says or a column beside them."""
    for place in plan.places.get("value", ()):
        if time := header_period(table.headers[place]):
            yield f"column {table.headers[place]!r} holds amounts for a {time}: taken as they are"
    for beside, header in enumerate(table.headers):
        if "value" in plan.places and canonical(header) in _PERIOD_COLUMNS:
            told = {cell: header_period(cell) for cell in table.column(beside)}
            for cell, time in told.items():
                if time:
                    yield f"column {header!r} says {cell[:20]!r}: such amounts are for a {time}, taken as they are"


def _assumed(
    readers: Sequence[ColumnReader], cells: Mapping[int, Sequence[str]], hints: "_Hints"
) -> Iterator[str]:
    """Say of each column what was assumed in reading it; an empty text where nothing was."""
    days = [column for column in readers if column.field in DAYS]
    columns = [] if hints.options.dates else [cells[column.place] for column in days]
    if columns and hints.order:
        yield day_columns.order_notice(columns, hints.order)
    else:
        yield from _orders_told(columns)
    for column in days:
        yield _assumed_days(dict.fromkeys(cells[column.place]), column, hints.defaults)
    for column in readers:
        told = _shares_told(cells[column.place], column) if column.field == "probability" else []
        if told:
            yield f"column {column.header!r} mixes fractions and percents: {first_few(told, 3)}"
    for column in readers:
        scale = hints.scales[column.header] if column.field == "value" else Decimal(1)
        if scale != 1:
            size = "millions" if scale > 1000 else "thousands" if scale > 1 else "cents"
            yield f"column {column.header!r} is in {size}: 1 is {scale:,}"


def _shares_told(cells: Iterable[str], column: ColumnReader) -> list[str]:
    """Say how each number was read that may be a fraction or a percent."""
    told = []
    for cell in cell_readers.doubtful_shares(cells):
        with suppress(InvalidValueError):  # what may be either is left open, and told as such
            if share := column.read(cell):
                told.append(f"{cell} is {show_share(share)}")
    return told


def _orders_told(columns: Iterable[Iterable[str]]) -> Iterator[str]:
    """Say how each column of days was read, where they contradict one another."""
    for days in columns:
        if order := day_columns.order_in_file([days]):
            yield day_columns.order_notice([days], order)


def _assumed_days(cells: Iterable[str], column: ColumnReader, defaults: TypingDefaults) -> str:
    """Say how day numbers and days without a year were read."""
    if number := next(filter(day_columns.is_serial, cells), ""):
        day: date = column.read(number).day  # type: ignore[union-attr]
        shown = short_day(day, defaults.today)
        return f"column {column.header!r} holds day numbers of a spreadsheet: {number} is {shown}"
    if column.field in ENDS and (period := next(filter(day_columns.end_of_period, cells), "")):
        shown = short_day(column.read(period).day, defaults.today)  # type: ignore[union-attr]
        return f"column {column.header!r} holds months or quarters: {period} is taken as {shown}"
    if name := next(filter(day_columns.is_yearless, cells), ""):
        when = column.read(name)
        taken = f"{name[:20]} is {full_day(when.day)}" if when else "no such day"
        which = "last past" if column.field in _PAST else "next, or one just past"
        return f"column {column.header!r} has days without a year, taken as the {which}: {taken}"
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
            both = (
                f"{row[field]}{_BETWEEN[field]}{value}" if field in row.keys() & _BETWEEN else value
            )
            row[field] = (*row.get(field, ()), value) if many else both
    return row, unread


@dataclass(frozen=True, slots=True)
class _Hints:
    """What settles a column beside its own cells: the user, the settings, the days of the file."""

    options: ImportOptions
    defaults: TypingDefaults
    order: DateOrder | None
    has_currencies: bool
    has_periods: bool
    scales: Mapping[str, Decimal]


def _reader(
    field: str, header: str, cells: Sequence[str], hints: _Hints
) -> cell_readers.Reader[Any]:
    plain, options, defaults = PLAIN_FIELDS.get(field), hints.options, hints.defaults
    if field in DAYS:
        over, today = field in _PAST, defaults.today
        yearless = (today, -1) if over else (today - _LONGEST_OVERDUE, 1)
        ends = field in ENDS
        read = day_columns.day_reader(
            cells, header, options.dates, hints.order, yearless, is_end=ends
        )
        return _begun(read, defaults.today) if field == "created" else read
    if field in FLAGS:
        read_flag = _read_refusal if field in CLOSING else _read_mark
        return cell_readers.cached_reader(_read_denial if _ALLOWS.search(header) else read_flag)
    if field == "currency":
        return cell_readers.cached_reader(cell_readers.read_currency)
    if field == "times_contacted":
        return cell_readers.cached_reader(cell_readers.read_count)
    if field in _WORDS:
        return cell_readers.cached_reader(cell_readers.undecorated)
    if plain is None:
        return _text_reader(field, cells)
    if plain.kind is MONEY:
        return _money_reader(header, cells, hints)
    if plain.kind is SHARE:
        return cell_readers.share_reader(cells)
    if plain.is_required:
        return lambda cell: (
            plain.read(text, defaults) if (text := cell_readers.undecorated(cell)) else None
        )
    bare = _BARE_OF.get(field, cell_readers.undecorated)
    name_in = cell_readers.person_reader(map(bare, cells)) if field == "owner" else str
    return cell_readers.cached_reader(lambda cell: plain.read(name_in(bare(cell)), defaults))


def _money_reader(
    header: str, cells: Sequence[str], hints: _Hints
) -> cell_readers.Reader[ParsedAmount]:
    options, currency = hints.options, hints.options.shared_sign or hints.defaults.currency
    told = _PERIOD_BEHIND if hints.has_periods else _NOTHING
    amounts = [told.sub("", cell) for cell in cells]
    beside = hints.has_currencies
    read_money = amount_reader(amounts, header, options.decimal, currency, is_beside=beside)
    scale, code = hints.scales[header], header_currency(header)
    read_bare = _scaled(read_money, scale, code) if scale != 1 or code else read_money
    return lambda cell: read_bare(told.sub("", cell))


def _scaled(
    read: cell_readers.Reader[ParsedAmount], scale: Decimal, currency: str
) -> cell_readers.Reader[ParsedAmount]:
    """Return a reader of amounts in what their header says, but for those that name a scale or currency."""

    def read_scaled(cell: str) -> ParsedAmount | None:
        found, written = read(cell), AMOUNT.fullmatch(cell.strip())
        if found is None:
            return None
        found = found._replace(currency=found.currency or currency)
        if scale == 1 or (written and (written["scale"] or written["thousands"])):
            return found
        return found._replace(amount=round_cents(found.amount * scale))

    return read_scaled


def _begun(
    read: cell_readers.Reader[day_columns.ParsedDay], today: date
) -> cell_readers.Reader[day_columns.ParsedDay]:
    """Return a reader of the day on which something began, which cannot be after tomorrow anywhere."""
    latest = today + timedelta(days=1)

    def read_past(cell: str) -> day_columns.ParsedDay | None:
        when = read(cell)
        if when and when.day > latest:
            raise InvalidValueError(f"{cell[:40]} is still to come")
        return when

    return read_past


def _read_refusal(cell: str) -> bool:
    """Read whether somebody asked to be left alone, also in words: a mark missed would be a call too many."""
    return cell_readers.asks_for_none(cell) or _read_mark(cell)


def _read_denial(cell: str) -> bool:
    """Read whether a contact is not allowed, under a header that asks whether it is."""
    is_denied = _DENIAL.search(fold(cell[:200])) or cell_readers.asks_for_none(cell)
    return bool(is_denied) or not _read_mark(cell)


def _text_reader(field: str, cells: Sequence[str]) -> cell_readers.Reader[Any]:
    """Return a reader of free text, freed of page addresses where it names somebody."""
    if field == "contact":
        name_in = cell_readers.person_reader(cells)
        return lambda cell: name_in(cell) or None
    readers = {"email": _read_address, "phone": _read_number}
    return readers.get(field, cell_readers.plain_text)


def _read_address(cell: str) -> str | None:
    """Read a cell for addresses, beside which numbers may stand; words such as "none yet" are nobody's."""
    if cell_readers.is_empty(cell) or "@" in cell or any(map(str.isdigit, cell)):
        return cell_readers.plain_text(cell)
    raise InvalidValueError(f"{cell[:40]!r} is no address or number")


def _read_number(cell: str) -> str | None:
    """Read a cell for phone numbers, beside which words and addresses may stand; a day is none."""
    number = _AS_FRACTION.sub(r"\1", cell)
    parts = _BETWEEN_NUMBERS.split(number)
    if cell_readers.is_empty(cell) or "@" in cell or any(map(is_phone, parts)):
        return cell_readers.plain_text(number)
    raise InvalidValueError(f"{cell[:40]!r} is no phone number")


def _read_mark(cell: str) -> bool:
    """Read a yes or no; a day says when it became so ("Deleted at")."""
    is_day = not cell_readers.looks_like_flag(cell) and day_columns.looks_like_day(cell)
    return is_day or cell_readers.read_flag(cell)
