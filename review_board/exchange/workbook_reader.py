"""The part of reading a spreadsheet that runs in a process of its own, with a bound on its memory.

The reader is foreign and compiled: a damaged file may make it claim more memory than there is, and then
the whole process ends. So another one ends, and the import says that the file is damaged.
"""

import io
import re
import resource
import sys
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import orjson

from review_board.exchange.number_formats import (
    PERCENT,
    NumberFormats,
    Place,
    merged_in_ods,
    tells_formats,
)

MEMORY_LIMIT = 2_000_000_000
SECONDS_LIMIT = 120
CELLS_LIMIT = 10_000_000
"""Most cells of the area that a sheet spans."""
DAYS_TO_1904 = 1462
_DAY_NUMBER = re.compile(r"[1-7]\d{4}(\.\d{1,15})?", re.ASCII)
LOCKED, TOO_FAR = 3, 4
"""What the process says at its end, beside that all went well or that the file is damaged."""


def main() -> int:
    """Read a workbook from stdin and write its visible sheets to stdout, as JSON; return how it went."""
    from python_calamine import PasswordError

    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_LIMIT, SECONDS_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    try:
        sheets = list(_sheets(sys.stdin.buffer.read()))
    except PasswordError:
        return LOCKED
    except TooFarError:
        return TOO_FAR
    sys.stdout.buffer.write(orjson.dumps(sheets))
    return 0


class TooFarError(Exception):
    """A sheet spans more cells than can be read."""


def _sheets(data: bytes) -> Iterator[tuple[str, list[list[str]], int]]:
    """Yield name and rows of each visible sheet, and how many rows with anything in them it hides."""
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    formats, merged = NumberFormats(data) if tells_formats(data) else None, merged_in_ods(data)
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for found in workbook.sheets_metadata:
        if found.visible == SheetVisibleEnum.Visible and found.typ == SheetTypeEnum.WorkSheet:
            sheet = workbook.get_sheet_by_name(found.name)
            if sheet.total_height * sheet.total_width > CELLS_LIMIT:
                raise TooFarError
            rows = sheet.to_python(skip_empty_area=False)
            texts = [[_text(cell) for cell in row] for row in rows]
            marks = formats.of_sheet(found.name) if formats else {}
            for (row, column), mark in marks.items():
                if row < len(rows) and column < len(rows[row]):
                    texts[row][column] = _marked(rows[row][column], mark, texts[row][column])
            if formats and formats.counts_from_1904:
                _move_day_numbers(texts)
            _fill_merged(rows, texts, sheet.merged_cell_ranges or merged.get(found.name) or ())
            hidden = formats.hidden_rows(found.name) if formats else set()
            filled = sum(any(texts[row - 1]) for row in hidden if row <= len(texts))
            yield found.name, texts, filled


def _move_day_numbers(texts: list[list[str]]) -> None:
    """Write the day numbers below headers of days as those that count from 1900, as a list has them."""
    from review_board.exchange.columns import DAYS
    from review_board.exchange.header_synonyms import meaning_of

    days: set[int] = set()
    for row in texts:
        for place, cell in enumerate(row):
            if (meaning := meaning_of(cell)) and meaning.field in DAYS:
                days.add(place)
            elif place in days and _DAY_NUMBER.fullmatch(cell):
                whole, point, fraction = cell.partition(".")
                row[place] = f"{int(whole) + DAYS_TO_1904}{point}{fraction}"


def _fill_merged(
    rows: list[list[Any]], texts: list[list[str]], merged: Sequence[tuple[Place, Place]]
) -> None:
    """Write what spans several rows into each of them; a number may be the sum of all, and stays one."""
    header = next((i for i, row in enumerate(texts) if sum(map(bool, row)) > 1), len(texts))
    for (top, left), (bottom, _) in merged:
        if not header < top < bottom < len(rows) or left >= len(rows[top]):
            continue
        if isinstance(rows[top][left], str | date):
            for row in texts[top + 1 : bottom + 1]:
                row[left] = texts[top][left]


def _marked(cell: Any, mark: str, text: str) -> str:
    """Return a number as its format shows it: with its currency, or as a percentage."""
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        return text
    return _number(cell * 100) + mark if mark == PERCENT else f"{mark} {text}"


def _text(cell: object) -> str:
    if isinstance(cell, str):
        return cell.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return _number(cell)
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    return "" if cell is None else str(cell)


def _number(number: float) -> str:
    """Return a number with the digits that a spreadsheet shows of it, and never three places.

    ``1.234`` might be read as thousands.
    """
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    text = f"{Decimal(format(number, '.15g')):f}"
    return f"{text}0" if len(text.partition(".")[2]) == 3 else text


if __name__ == "__main__":
    sys.exit(main())
