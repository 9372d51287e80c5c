"""Spreadsheets (XLSX and XLS) to rows of cells, by python-calamine, which the extra ``xlsx`` brings.

A workbook is measured before it is opened: what it unpacks to, and how far its cells reach, because
two cells in the far corners of a sheet would claim all memory.
"""

import io
import re
import subprocess
import sys
import time
import zipfile
import zlib
from copy import copy
from importlib.util import find_spec
from typing import IO, NamedTuple

import orjson

from review_board.errors import InvalidValueError
from review_board.exchange.list_table import NumberedRow
from review_board.exchange.number_formats import column_number
from review_board.exchange.workbook_reader import CELLS_LIMIT, LOCKED, TOO_FAR
from review_board.pipeline.text import fold
from review_board.progress import Progress
from review_board.wording import first_few

OLD, NEW = b"\xd0\xcf\x11\xe0", b"PK\x03\x04"
UNPACKED_LIMIT = 400_000_000
"""Most bytes that a workbook may unpack to."""
_CHUNK = 1 << 20
_REFERENCE = re.compile(rb'\br\s*=\s*["\']\s*([A-Za-z]{0,3})(\d{1,7})["\']')
_LONGEST_REFERENCE = 32
_PATIENCE, _LOOK = 150, 0.2
"""Seconds that the reader may take, and after which it is asked whether somebody stopped it."""
_SHOWN = 8
_AS_CSV = "save it as CSV (UTF-8) and import that"
_TOO_WIDE = (
    f"a sheet spans more than {CELLS_LIMIT // 1_000_000} million cells",
    "delete the empty rows and columns at its end, or save it as CSV",
)
_WITH_PASSWORD = (
    "it is a spreadsheet that is locked with a password",
    "open it in the spreadsheet program, take the password off and save it",
)
_DAMAGED = (
    "it is a spreadsheet that is damaged",
    "open it in the spreadsheet program and save it again, or as CSV (UTF-8)",
)
"""What is wrong with a workbook, and what to do about it."""
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""What an XLSX with a password holds, which is no archive any more."""
_WORKBOOKS = {"xl/workbook.xml", "xl/workbook.bin", "content.xml"}
"""The part by which an archive is a workbook of Excel, or of another office program (ODS)."""


class WorkbookSheet(NamedTuple):
    """The rows of a visible sheet; row numbers are those that the spreadsheet shows.

    ``hidden`` of its rows are not shown there, such as by a filter.
    """

    name: str
    rows: list[NumberedRow]
    hidden: int = 0


def looks_like_spreadsheet(data: bytes) -> bool:
    """Return whether the bytes begin as a workbook does, old or new."""
    return data.startswith((OLD, NEW))


def read_sheets(data: bytes, progress: Progress) -> list[WorkbookSheet]:
    """Return the visible sheets of a workbook; one that is damaged or too large is refused."""
    if find_spec("python_calamine") is None:
        raise InvalidValueError(
            "it is a spreadsheet, and this installation cannot read those",
            "add the package python-calamine to it, or save it as CSV (UTF-8)",
        )
    progress.begin("reading the workbook")
    if data.startswith(OLD) and _ENCRYPTED in data:
        raise InvalidValueError(*_WITH_PASSWORD)
    if data.startswith(NEW):
        _measure(data)
    sheets = [
        WorkbookSheet(name, list(enumerate(rows, 1)), hidden)
        for name, rows, hidden in orjson.loads(_read_apart(data, progress))
    ]
    if not sheets:
        raise InvalidValueError("it is a spreadsheet without a visible sheet", _AS_CSV)
    return sheets


def chosen_sheets(sheets: list[WorkbookSheet], only: str) -> list[WorkbookSheet]:
    """Return the sheet of a name, or all where none is named."""
    wanted = [sheet for sheet in sheets if not only or fold(sheet.name) == fold(only)]
    if not wanted:
        names = first_few([repr(sheet.name[:40]) for sheet in sheets], _SHOWN)
        raise InvalidValueError(f"it has no visible sheet {only[:40]!r}", f"it has {names}")
    return wanted


def _read_apart(data: bytes, progress: Progress) -> bytes:
    """Return what the reader says, which has a process of its own: a damaged file may end it."""
    try:
        with subprocess.Popen(
            [sys.executable, "-P", "-m", "review_board.exchange.workbook_reader"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as reader:
            try:
                said = _awaited(reader, data, progress)
            finally:
                reader.kill()
    except (OSError, subprocess.SubprocessError) as error:
        raise InvalidValueError(*_DAMAGED) from error
    if reader.returncode:
        troubles = {LOCKED: _WITH_PASSWORD, TOO_FAR: _TOO_WIDE}
        raise InvalidValueError(*troubles.get(reader.returncode, _DAMAGED))
    return said


def _awaited(reader: "subprocess.Popen[bytes]", data: bytes, progress: Progress) -> bytes:
    """Return what the reader says, unless somebody stops it or it takes far too long."""
    end = time.monotonic() + _PATIENCE
    given: bytes | None = data
    while True:
        try:
            said, _ = reader.communicate(given, timeout=_LOOK)
        except subprocess.TimeoutExpired:
            given = None  # the first call goes on with what it was given
            progress.check()
            if time.monotonic() > end:
                raise
        else:
            return said


def _measure(data: bytes) -> None:
    """Refuse a workbook that unpacks to too much or whose sheets span too large an area."""
    left = UNPACKED_LIMIT
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _refuse_other_archive(archive)
            for info in archive.infolist():
                left -= _measured(archive, info, left)
    except InvalidValueError:
        raise
    # zipfile's own words for a damaged archive; a password is a RuntimeError, a way of packing that it
    # does not know a NotImplementedError. Each is told as a refusal of the file.
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, RuntimeError, NotImplementedError,
            zlib.error, KeyError, OverflowError) as error:  # fmt: skip
        raise InvalidValueError(*_DAMAGED) from error


def _refuse_other_archive(archive: zipfile.ZipFile) -> None:
    if not _WORKBOOKS & set(archive.namelist()):
        raise InvalidValueError(
            "it is a zip archive, not a workbook", "unpack it and import the lists in it"
        )
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise InvalidValueError(*_WITH_PASSWORD)


def _measured(archive: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> int:
    """Return the bytes that a part unpacks to, whatever it claims; any may be a sheet of cells."""
    honest = copy(info)
    honest.file_size = max(info.file_size, left + 1)
    size = rows = columns = 0
    tail = b""
    with archive.open(honest) as part:
        while chunk := _next_chunk(part):
            size += len(chunk)
            if size > left:
                raise InvalidValueError("it unpacks to far too much", "split it, or save it as CSV")
            for letters, digits in _REFERENCE.findall(tail + chunk):
                rows = max(rows, int(digits))
                columns = max(columns, column_number(letters))
            tail = chunk[-_LONGEST_REFERENCE:]
    if rows * columns > CELLS_LIMIT:
        raise InvalidValueError(*_TOO_WIDE)
    return size


def _next_chunk(part: IO[bytes]) -> bytes:
    """Return the next bytes; a wrong check sum at the end is for the reader to judge."""
    try:
        return part.read(_CHUNK)
    except zipfile.BadZipFile as error:
        if "CRC" in str(error):
            return b""
        raise
