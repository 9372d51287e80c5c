"""The part of reading a spreadsheet that runs in a process of its own, with a bound on its memory.

The reader is foreign and compiled: a damaged file may make it claim more memory than there is, and then
the whole process ends. So another one ends, and the import says that the file is damaged.
"""

import io
import resource
import sys
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

import orjson

MEMORY_LIMIT = 2_000_000_000
SECONDS_LIMIT = 120


def main() -> None:
    """Read a workbook from stdin and write its visible sheets to stdout, as JSON."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT, MEMORY_LIMIT))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS_LIMIT, SECONDS_LIMIT))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.stdout.buffer.write(orjson.dumps(list(_sheets(sys.stdin.buffer.read()))))


def _sheets(data: bytes) -> Iterator[tuple[str, list[list[str]]]]:
    from python_calamine import CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

    workbook = CalamineWorkbook.from_filelike(io.BytesIO(data))
    for found in workbook.sheets_metadata:
        if found.visible == SheetVisibleEnum.Visible and found.typ == SheetTypeEnum.WorkSheet:
            rows = workbook.get_sheet_by_name(found.name).to_python(skip_empty_area=False)
            yield found.name, [[_text(cell) for cell in row] for row in rows]


def _text(cell: object) -> str:
    """Return a cell as a list in text would have it."""
    if isinstance(cell, str):
        return cell.replace("\0", "").encode("utf-8", "replace").decode()
    if isinstance(cell, bool):
        return str(cell).lower()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return str(cell.date()) if cell.time() == time() else cell.isoformat(" ", "seconds")
    if isinstance(cell, date | time | timedelta | int):
        return str(cell)
    return "" if cell is None else str(cell)


if __name__ == "__main__":
    main()
