"""Reading a file that a person names: only a regular one, and none that would fill the memory."""

import os
import stat
from pathlib import Path

from review_board.errors import InvalidValueError

SETTINGS_LIMIT = 1_000_000
"""Largest settings file, in bytes."""

_KINDS = {
    stat.S_IFDIR: "folder",
    stat.S_IFLNK: "symbolic link",
    stat.S_IFIFO: "named pipe",
    stat.S_IFCHR: "device",
    stat.S_IFBLK: "device",
    stat.S_IFSOCK: "socket",
}


def kind_of(found: os.stat_result) -> str:
    """Return what a path leads to when it is no regular file, in a person's words; else empty."""
    if stat.S_ISREG(found.st_mode):
        return ""
    return _KINDS.get(stat.S_IFMT(found.st_mode), "special file")


def read_regular(path: Path, limit: int, cure: str) -> bytes:
    """Return all bytes of a file, links followed; refuse anything else before it is opened.

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
    if kind := kind_of(status):
        raise InvalidValueError(f"it is a {kind}, not a file", "name a file")
    if status.st_size > limit:
        raise _too_large(limit, cure)


def _too_large(limit: int, cure: str) -> InvalidValueError:
    return InvalidValueError(f"it is larger than {limit // 1_000_000} MB", cure)
