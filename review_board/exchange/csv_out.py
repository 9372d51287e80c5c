"""Tables out as CSV that a spreadsheet opens and never runs."""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal

from review_board.exchange.cell_readers import is_risky

Cell = str | int | Decimal | date | None
"""What stands in a table that goes out; ``None`` for nothing."""


def csv_text(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Return a table as CSV; what a spreadsheet would run gets a ``'``, which an import takes off."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(map(guarded, headers))
    writer.writerows(map(guarded, map(cell_text, row)) for row in rows)
    return out.getvalue()


def csv_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """Return the same as a file: UTF-8 with its mark, by which a spreadsheet knows it."""
    return csv_text(headers, rows).encode("utf-8-sig", "replace")


def cell_text(cell: Cell) -> str:
    """Return a cell as text: ISO days, and numbers without a separator of thousands.

    Three decimal places get a nought: ``1.234`` might be read as thousands.
    """
    if cell is None:
        return ""
    if not isinstance(cell, Decimal):
        return str(cell)
    text = f"{cell:f}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if is_risky(cell) else cell
