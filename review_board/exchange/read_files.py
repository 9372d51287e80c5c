"""The one door in: a file of any known shape becomes prospects, or one clear refusal.

The same file gives the same ids whenever and under whatever name it is read. What becomes of those
who are in the pipeline already is decided with it (``review_board.imports``); only an export of ours
leaves them out by itself (``ImportOptions.existing``).
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from review_board.errors import InvalidValueError, ReviewBoardError
from review_board.exchange.decoding import SIZE_LIMIT, read_bytes, shown_name
from review_board.exchange.files_together import import_files
from review_board.exchange.import_result import ImportOptions, ImportResult


def read_stream(stream: BinaryIO, limit: int = SIZE_LIMIT) -> bytes:
    """Return all that a program hands over, as long as it is no more than a file may hold."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InvalidValueError(f"it is larger than {limit // 1_000_000} MB", "split it")
    return data


def read_files(
    paths: Sequence[Path], *, now: datetime, options: ImportOptions | None = None
) -> ImportResult:
    """Return what files give together: prospects, and the history, people and companies for them.

    Every error of a single one names it, and then nothing was imported. ``now`` is aware of its zone, in
    which days and times without one are read.
    """
    try:
        files = [(shown_name(path), read_bytes(path)) for path in paths]
        return import_files(files, now=now, options=options or ImportOptions())
    except ReviewBoardError as error:
        if len(paths) == 1:
            error.message = f"{shown_name(paths[0])}: {error.message}"
        raise


def import_bytes(
    data: bytes, *, now: datetime, options: ImportOptions | None = None
) -> ImportResult:
    """Return the prospects in the bytes of a file: a pure function of them, ``now`` and the options."""
    return import_files([("the input", data)], now=now, options=options or ImportOptions())
