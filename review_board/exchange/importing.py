"""The one door in: a file of any known shape becomes prospects, or one clear refusal.

The same file gives the same ids whenever and under whatever name it is read. The policy for a
second import: what is in the pipeline already (``ImportOptions.existing``) is skipped and counted,
never overwritten, because the pipeline knows more than the list it once came from.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from review_board.errors import InvalidValueError, ReviewBoardError
from review_board.exchange.decoding import SIZE_LIMIT, decode, read_bytes, shown_name
from review_board.exchange.import_result import ImportOptions, ImportResult
from review_board.exchange.project_json import import_json, looks_like_json
from review_board.exchange.tables import import_text


def read_prospects(
    path: Path, *, now: datetime, options: ImportOptions | None = None
) -> ImportResult:
    """Return the prospects in a file; every error names the file, and then nothing was imported.

    ``now`` is aware of its zone, in which days and times without one are read.
    """
    try:
        return import_bytes(read_bytes(path), now=now, options=options)
    except ReviewBoardError as error:
        error.message = f"{shown_name(path)}: {error.message}"
        raise


def read_stream(stream: BinaryIO, limit: int = SIZE_LIMIT) -> bytes:
    """Return all that a program hands over, as long as it is no more than a file may hold."""
    data = stream.read(limit + 1)
    if len(data) > limit:
        raise InvalidValueError(f"it is larger than {limit // 1_000_000} MB", "split it")
    return data


def import_bytes(
    data: bytes, *, now: datetime, options: ImportOptions | None = None
) -> ImportResult:
    """Return the prospects in the bytes of a file: a pure function of them, ``now`` and the options."""
    if now.tzinfo is None:
        raise ValueError("now must be aware of its zone")
    options = options or ImportOptions()
    text = decode(data)
    with _without_collecting():
        if looks_like_json(text):
            return import_json(text, options)
        return import_text(text, options, now)


@contextmanager
def _without_collecting() -> Iterator[None]:
    """Collect no garbage meanwhile: it would only walk a heap that grows and stays."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
