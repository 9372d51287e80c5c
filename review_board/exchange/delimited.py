"""From text to rows of cells: the delimiter, and every row with its number.

Row numbers are those a spreadsheet shows: the first line is row 1, blank lines count, a line break
inside quotes does not.
"""

import csv
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import islice
from math import log2

from review_board.errors import InvalidValueError
from review_board.exchange.header_words import MOST_COLUMNS
from review_board.exchange.list_table import NumberedRow

DELIMITERS = (",", ";", "\t", "|")

MOST_ROWS = 1_048_576
"""As many as a sheet of Excel has."""
_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+$")
_SAMPLE = 200
_SEPARATOR_LINE = re.compile(r"sep=(.)\r?\n", re.IGNORECASE)
_CURE = "export it again as CSV"


def read_records(text: str) -> list[NumberedRow]:
    """Return the rows of delimited text; a first line ``sep=;`` announces the delimiter."""
    announced = _SEPARATOR_LINE.match(text)
    delimiter = announced[1] if announced else best_delimiter(text)
    start = 2 if announced else 1
    return list(_records(text[announced.end() :] if announced else text, delimiter, start))


@contextmanager
def cells_of_any_length(text: str) -> Iterator[None]:
    """Let a cell be as long as the text: what we wrote ourselves comes back, however long it is."""
    usual = csv.field_size_limit()
    csv.field_size_limit(max(usual, len(text)))
    try:
        yield
    finally:
        csv.field_size_limit(usual)


def lines_of(text: str) -> Iterator[str]:
    """Yield the lines with their ends one by one: a copy of a large file would claim four times its size."""
    return (found[0] for found in _LINE.finditer(text))


def refuse_many(count: int) -> None:
    """Refuse more rows than a sheet of Excel has."""
    if count > MOST_ROWS:
        raise InvalidValueError(f"it has more than {MOST_ROWS:,} rows", "split it")


def refuse_wide(number: int, width: int) -> None:
    """Refuse a row of more columns than a sheet of Excel has."""
    if width > MOST_COLUMNS:
        raise InvalidValueError(
            f"line {number}: more than {MOST_COLUMNS:,} columns", "export fewer columns"
        )


def best_delimiter(text: str) -> str:
    """Return the delimiter that gives the most consistent rows, weighed by how many columns it gives."""
    return max(DELIMITERS, key=lambda delimiter: _consistency(text, delimiter))


def _consistency(text: str, delimiter: str) -> tuple[bool, float]:
    widths: Counter[int] = Counter()
    whole = True
    try:
        reader = csv.reader(lines_of(text), delimiter=delimiter, strict=True)
        widths.update(len(row) for row in islice(reader, _SAMPLE) if row)
    except csv.Error:
        whole = False
    if not widths:
        return False, 0.0
    width, count = max(widths.items(), key=lambda item: (item[1], item[0]))
    return whole, (count / widths.total()) ** 2 * log2(width)


def _records(text: str, delimiter: str, start: int) -> Iterator[NumberedRow]:
    reader = csv.reader(lines_of(text), delimiter=delimiter, strict=True)
    count = 0
    same: dict[str, str] = {}
    try:
        for number, cells in enumerate(reader, start):
            if len(cells) > MOST_COLUMNS:
                refuse_wide(number, len(cells))
            if any(cells):
                refuse_many(count := count + 1)
                yield number, [*map(same.setdefault, cells, cells)]
    except csv.Error as error:
        raise InvalidValueError(
            _csv_trouble(str(error), reader.line_num + start - 1), _CURE
        ) from error


def _csv_trouble(error: str, line: int) -> str:
    if "field larger" in error:
        limit = f"{csv.field_size_limit():,} characters"
        return f"line {line}: a cell of more than {limit}, or a quote that is never closed"
    if "unexpected end" in error:
        return f"a quote is opened and never closed before the last line, {line}"
    if "expected after" in error:
        return f"line {line}: a quote inside a quoted cell must be doubled"
    return f"line {line}: {error}"
