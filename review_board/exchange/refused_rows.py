"""The rows that an import refused, as a list of their own: to be mended and imported alone."""

from collections.abc import Sequence

from review_board.exchange.csv_out import csv_bytes
from review_board.exchange.import_result import SkippedRow

_ROW, _WHY = "row in the list", "why refused"


def refused_csv(headers: Sequence[str], rows: Sequence[SkippedRow]) -> bytes:
    """Return the rows as CSV, with their numbers and reasons before their cells."""
    return csv_bytes([_ROW, _WHY, *headers], ([row.row, row.reason, *row.cells] for row in rows))
