"""The last saved change, noted in the lock file: it shows that a ledger lost lines at its end.

The note is written when the change is on the disk already, and is not synced itself. So it may name
an older change than the last one, but never one that was not saved.
"""

import os
from contextlib import suppress
from typing import NamedTuple

import orjson

from review_board.errors import StoreError
from review_board.store import files
from review_board.store.paths import PipelinePaths

_SIZE = 128
"""Bytes of a note: always the same, so that a shorter one leaves nothing of a longer one."""


class LastChangeNote(NamedTuple):
    """The last saved change of a pipeline: its number and its check value."""

    pipeline: str
    seq: int
    chain: str


def write_note(paths: PipelinePaths, note: LastChangeNote) -> None:
    """Write down the last change; the caller holds the lock."""
    text = orjson.dumps(note._asdict()).ljust(_SIZE - 1) + b"\n"
    # a note that cannot be written is no harm: the change is saved, and an older note is not untrue
    with suppress(OSError, StoreError), files.opened(paths.lock, os.O_WRONLY) as fd:
        os.pwrite(fd, text, 0)


def read_note(paths: PipelinePaths) -> LastChangeNote | None:
    """Return what was noted, or ``None``.

    Whoever does not hold the lock must ask this before reading the ledger, which then has that
    change.
    """
    text = b""
    # `doctor` says what is wrong with the lock file
    with suppress(OSError, StoreError), files.opened(paths.lock, os.O_RDONLY) as fd:
        text = files.read_range(fd, 0, _SIZE)
    with suppress(ValueError):  # a lock file of an older version, or one that was touched by hand
        match orjson.loads(text):
            case {"pipeline": str(pipeline), "seq": int(seq), "chain": str(value)}:
                return LastChangeNote(pipeline, seq, value)
    return None
