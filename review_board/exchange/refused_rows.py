"""The rows that an import refused, as a list of their own: to be mended and imported alone."""

from collections.abc import Sequence

from review_board.exchange.csv_out import csv_bytes
from review_board.exchange.import_result import SkippedRow
from review_board.exchange.list_table import NumberedRow

_ROW, _WHY = "row in the list", "why refused"
MENDED = "rows that an import refused: their numbers and reasons are no part of the list"


def refused_csv(headers: Sequence[str], rows: Sequence[SkippedRow]) -> bytes:
    """Return the rows as CSV, with their numbers and reasons before their cells."""
    return csv_bytes([_ROW, _WHY, *headers], ([row.row, row.reason, *row.cells] for row in rows))


def is_refused_csv(rows: Sequence[NumberedRow]) -> bool:
    """Return whether rows begin as those that an import refused: somebody mended them."""
    return bool(rows) and [cell.strip() for cell in rows[0][1][:2]] == [_ROW, _WHY]


def as_in_the_list(rows: Sequence[NumberedRow]) -> list[NumberedRow]:
    """Return refused rows without what the import said of them."""
    return [(number, cells[2:]) for number, cells in rows]
