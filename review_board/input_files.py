"""Reading a file that a person names: only a regular one, and none that would fill the memory."""

import os
import stat
from pathlib import Path

from review_board.errors import InvalidValueError

SETTINGS_LIMIT = 1_000_000
"""Largest settings file, in bytes."""

_KINDS = (
    (stat.S_ISDIR, "a folder"),
    (stat.S_ISFIFO, "a pipe"),
    (stat.S_ISSOCK, "a socket"),
    (stat.S_ISCHR, "a device"),
    (stat.S_ISBLK, "a device"),
)


def read_regular(path: Path, limit: int, cure: str) -> bytes:
    """All bytes of a file, links followed; anything else is refused before it is opened.

    Raises ``InvalidValueError`` for what is no file or holds more than ``limit`` bytes (``cure`` says
    what to do then), ``OSError`` and ``ValueError`` for what cannot be read.
    """
    _refuse_odd(path.stat(), limit, cure)
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    with os.fdopen(descriptor, "rb") as file:
        _refuse_odd(os.fstat(descriptor), limit, cure)
        data = file.read(limit + 1)
    if len(data) > limit:
        raise _too_large(limit, cure)
    return data


def _refuse_odd(status: os.stat_result, limit: int, cure: str) -> None:
    for is_kind, kind in _KINDS:
        if is_kind(status.st_mode):
            raise InvalidValueError(f"it is {kind}, not a file", "name a file")
    if status.st_size > limit:
        raise _too_large(limit, cure)


def _too_large(limit: int, cure: str) -> InvalidValueError:
    return InvalidValueError(f"it is larger than {limit // 1_000_000} MB", cure)
