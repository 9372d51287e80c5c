"""From cells to the values of a row: one reader for each column, made by looking at all of it.

Most cells of a plain field are read as if they were typed. Three kinds look at the whole column
first, because a list says the same in one way throughout: whether numbers are percents, which mark is
the decimal one, whether the day or the month comes first. Days are those of a calendar and not of a
person ("fri"), and may have a time; a year of two digits is one of the last century from 70 on.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from review_board.errors import InvalidValueError
from review_board.exchange.cell_readers import (
    Reader,
    amount_reader,
    cached_reader,
    plain_text,
    read_flag,
    share_reader,
    unguarded,
)
from review_board.exchange.columns import DAYS, FLAGS, ColumnPlan
from review_board.exchange.day_columns import day_reader
from review_board.exchange.delimited import DelimitedTable
from review_board.exchange.header_synonyms import MANY, word_set
from review_board.exchange.import_result import ImportOptions
from review_board.pipeline.fields import MONEY, PLAIN_FIELDS, SHARE, TypingDefaults

Values = dict[str, Any]
"""Field → value, for cells that are not empty."""

_WORDS = word_set("currency status next_step lost_reason product job_title")
"""Texts in which a dash, "n/a" or "none" says nothing."""


@dataclass(frozen=True, slots=True)
class ColumnReader:
    """How the cells of one column become the values of a field."""

    field: str
    header: str
    place: int
    read: Reader[Any]
    many: bool


def column_readers(
    table: DelimitedTable, plan: ColumnPlan, options: ImportOptions, defaults: TypingDefaults
) -> tuple[ColumnReader, ...]:
    """Return a reader for each mapped column; an ambiguous one raises ``InvalidValueError``."""
    return tuple(
        ColumnReader(
            field,
            table.headers[place],
            place,
            _reader(field, table, place, options, defaults),
            field in MANY,
        )
        for field, places in plan.places.items()
        for place in places
    )


def read_row(cells: Sequence[str], columns: Sequence[ColumnReader]) -> Values:
    """Return the values of a row; ``InvalidValueError`` names the column of a bad cell."""
    row: Values = {}
    for column in columns:
        try:
            value = column.read(cells[column.place])
        except InvalidValueError as error:
            raise InvalidValueError(f"{error.message} ({column.header})") from error
        if value is None:
            continue
        row[column.field] = (*row.get(column.field, ()), value) if column.many else value
    return row


def _reader(
    field: str, table: DelimitedTable, place: int, options: ImportOptions, defaults: TypingDefaults
) -> Reader[Any]:
    header, plain = table.headers[place], PLAIN_FIELDS.get(field)
    cells = (cells[place] for _, cells in table.rows)
    if field in DAYS:
        return day_reader(cells, header, options.dates)
    if field in FLAGS:
        return cached_reader(read_flag)
    if plain is None:
        return cached_reader(unguarded) if field in _WORDS else plain_text
    if plain.kind is MONEY:
        return amount_reader(cells, header, options.decimal)
    if plain.kind is SHARE:
        return share_reader(cells)
    if plain.is_required:
        return lambda cell: plain.read(unguarded(cell.strip()), defaults) if cell.strip() else None
    return cached_reader(lambda cell: plain.read(unguarded(cell), defaults))
