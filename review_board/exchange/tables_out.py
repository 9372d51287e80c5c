"""Tables out: CSV that a spreadsheet opens and never runs, workbooks, and the rows that an import refused.

Workbooks (XLSX) are written by xlsxwriter, which the extra ``xlsx`` brings.
"""

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING

from review_board.errors import ReviewBoardError
from review_board.exchange.cell_readers import is_risky
from review_board.exchange.import_result import SkippedRow
from review_board.exchange.list_table import NumberedRow

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int | Decimal | date | None
"""What stands in a table that goes out; ``None`` for nothing."""
LONGEST = 32_767
"""Characters of a cell that Excel takes."""
_AS_TEXT = ("strings_to_formulas", "strings_to_numbers", "strings_to_urls")
_OPTIONS = {"in_memory": True, **dict.fromkeys(_AS_TEXT, False)}
_WIDTH = 18
_EXACT = 15
"""Digits of a number that a workbook keeps."""
_ROW, _WHY = "row in the list", "why refused"
MENDED = "rows that an import refused: their numbers and reasons are no part of the list"


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


def refused_csv(headers: Sequence[str], rows: Sequence[SkippedRow]) -> bytes:
    """Return the rows as CSV, with their numbers and reasons before their cells."""
    return csv_bytes([_ROW, _WHY, *headers], ([row.row, row.reason, *row.cells] for row in rows))


def is_refused_csv(rows: Sequence[NumberedRow]) -> bool:
    """Return whether rows begin as those that an import refused: somebody mended them."""
    return bool(rows) and [cell.strip() for cell in rows[0][1][:2]] == [_ROW, _WHY]


def as_in_the_list(rows: Sequence[NumberedRow]) -> list[NumberedRow]:
    """Return refused rows without what the import said of them."""
    return [(number, cells[2:]) for number, cells in rows]


def workbook_bytes(headers: Sequence[str], rows: Iterable[Sequence[Cell]], now: datetime) -> bytes:
    """Return a workbook of one sheet: texts are texts, whatever they begin with; days are days."""
    if find_spec("xlsxwriter") is None:
        raise ReviewBoardError(
            "This installation cannot write Excel files",
            "add the package xlsxwriter to it (pipx install '.[xlsx]'), or export to .csv",
        )
    from xlsxwriter import Workbook

    out = io.BytesIO()
    book = Workbook(out, _OPTIONS)
    book.set_properties({"created": now.replace(tzinfo=None)})
    sheet = book.add_worksheet("Prospects")
    day, bold = book.add_format({"num_format": "yyyy-mm-dd"}), book.add_format({"bold": True})
    sheet.freeze_panes(1, 2)
    sheet.set_column(0, max(0, len(headers) - 1), _WIDTH)
    for place, header in enumerate(headers):
        sheet.write_string(0, place, header, bold)
    for number, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            _write(sheet, number, place, cell, day)
    sheet.autofilter(0, 0, 0, max(0, len(headers) - 1))
    book.close()
    return out.getvalue()


def _write(sheet: "Worksheet", row: int, place: int, cell: Cell, day: "Format") -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        sheet.write_string(row, place, cell[:LONGEST])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, datetime.combine(cell, datetime.min.time()), day)
    elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) > _EXACT:
        sheet.write_string(row, place, f"{cell:f}")
    else:
        sheet.write_number(row, place, float(cell))
