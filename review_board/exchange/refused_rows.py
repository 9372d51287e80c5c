"""The rows that an import refused, as a list of their own: to be mended and imported alone."""

import csv
import io
from collections.abc import Sequence

from review_board.exchange.cell_readers import is_risky
from review_board.exchange.import_result import SkippedRow

_ROW, _WHY = "row in the list", "why refused"


def refused_csv(headers: Sequence[str], rows: Sequence[SkippedRow]) -> bytes:
    """Return the rows as CSV (UTF-8 with its mark), with their numbers and reasons before their cells.

    A cell that a spreadsheet would run as a formula gets a ``'``, which an import takes off again.
    """
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([_ROW, _WHY, *map(_guarded, headers)])
    writer.writerows([row.row, row.reason, *map(_guarded, row.cells)] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _guarded(cell: str) -> str:
    return f"'{cell}" if is_risky(cell) else cell
