"""From cells to the values of a row: one reader for each column, made by looking at all of it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from review_board.errors import InvalidValueError
from review_board.exchange.amount_columns import amount_reader
from review_board.exchange.columns import DAYS, FLAGS, ColumnPlan
from review_board.exchange.day_columns import day_reader
from review_board.exchange.delimited import Table
from review_board.exchange.guard import unguarded
from review_board.exchange.headers import MANY, word_set
from review_board.exchange.results import ImportOptions
from review_board.exchange.values import (
    Reader,
    plain_text,
    read_count,
    read_flag,
    remembering,
    share_reader,
)

Values = dict[str, Any]
"""Field → value, for cells that are not empty."""

_WORDS = word_set(
    "company currency stage status owner next_step lost_reason source product job_title"
)
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
    table: Table, plan: ColumnPlan, options: ImportOptions
) -> tuple[ColumnReader, ...]:
    """A reader for each mapped column; raises ``InvalidValueError`` for one that is ambiguous."""
    return tuple(
        ColumnReader(
            field,
            table.headers[place],
            place,
            _reader(field, table, place, options),
            field in MANY,
        )
        for field, places in plan.places.items()
        for place in places
    )


def read_row(cells: Sequence[str], columns: Sequence[ColumnReader]) -> Values:
    """The values of a row; ``InvalidValueError`` names the column whose cell cannot be read."""
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


def _reader(field: str, table: Table, place: int, options: ImportOptions) -> Reader[Any]:
    header = table.headers[place]
    if field in DAYS:
        return day_reader(_cells(table, place), header, options.dates)
    if field in FLAGS:
        return remembering(read_flag)
    if make := _MAKERS.get(field):
        return make(_cells(table, place), header, options)
    return remembering(unguarded) if field in _WORDS else plain_text


def _cells(table: Table, place: int) -> Iterator[str]:
    return (cells[place] for _, cells in table.rows)


_MAKERS: dict[str, Callable[[Iterator[str], str, ImportOptions], Reader[Any]]] = {
    "value": lambda cells, header, options: amount_reader(cells, header, options.decimal),
    "probability": lambda cells, _header, _options: share_reader(cells),
    "locations": lambda _cells, _header, _options: remembering(read_count),
}
