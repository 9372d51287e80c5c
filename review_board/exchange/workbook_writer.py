"""A table out as a workbook (XLSX), by xlsxwriter, which the extra ``xlsx`` brings."""

import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from importlib.util import find_spec
from typing import TYPE_CHECKING

from review_board.errors import ReviewBoardError
from review_board.exchange.csv_out import Cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_LONGEST = 32_767
"""Characters of a cell that Excel takes."""
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_numbers": False,
    "strings_to_urls": False,
}
_WIDTH = 18
_EXACT = 15
"""Digits of a number that a workbook keeps."""


def workbook_bytes(
    headers: Sequence[str], rows: Iterable[Sequence[Cell]], now: datetime, title: str = "Prospects"
) -> bytes:
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
    sheet = book.add_worksheet(title)
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
        sheet.write_string(row, place, cell[:_LONGEST])
    elif isinstance(cell, date):
        sheet.write_datetime(row, place, datetime.combine(cell, datetime.min.time()), day)
    elif isinstance(cell, Decimal) and len(cell.as_tuple().digits) > _EXACT:
        sheet.write_string(row, place, f"{cell:f}")
    else:
        sheet.write_number(row, place, float(cell))
