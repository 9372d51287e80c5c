"""One writer at a time: an advisory lock on a side file that is never replaced."""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from review_board import private_files
from review_board.errors import BusyError
from review_board.store import files

PATIENCE = 10.0
"""Seconds a writer waits for another one; a lock is held for milliseconds."""


@contextmanager
def locked(path: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock; raises ``BusyError`` after ``patience`` seconds.

    The kernel lets go of it when its process ends, however it ends.
    """
    with files.explain_errors(path, "locked"):
        fd = _acquired(path, time.monotonic() + patience)
    try:
        yield
    finally:
        private_files.close(fd)


@contextmanager
def locked_folder(folder: Path, patience: float = PATIENCE) -> Iterator[None]:
    """Hold the lock of a folder, for a file that is replaced and has no side file of its own.

    Where folders cannot be locked (some network disks) or the folder is none, nothing is held:
    what is done there then says so itself.
    """
    try:
        fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    except OSError:
        yield
        return
    try:
        with suppress(OSError):
            _wait(fd, folder, time.monotonic() + patience)
        yield
    finally:
        private_files.close(fd)


def _acquired(path: Path, deadline: float) -> int:
    """Return a locked descriptor; open it again when somebody removed the file meanwhile."""
    while True:
        fd = _open(path)
        try:
            _wait(fd, path, deadline)
            if os.fstat(fd).st_nlink:
                return fd
        except BaseException:
            private_files.close(fd)
            raise
        private_files.close(fd)


def _open(path: Path) -> int:
    with suppress(FileNotFoundError):
        return files.open_regular(path, os.O_RDWR)
    mode = private_files.private_mode(path.parent)
    fd = files.open_regular(path, os.O_RDWR | os.O_CREAT, mode)
    with suppress(PermissionError):  # somebody else was first to create it, with the right mode
        os.fchmod(fd, mode)
    return fd


def _wait(fd: int, path: Path, deadline: float) -> None:
    pause = 0.0005
    while not _try(fd):
        if time.monotonic() >= deadline:
            raise BusyError(
                f"{path.name}: busy, another program holds the lock; nothing was changed",
                "try again in a moment",
            )
        time.sleep(pause)
        pause = min(pause * 1.5, 0.02)


def _try(fd: int) -> bool:
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in (errno.EWOULDBLOCK, errno.EINTR):
            return False
        raise
    return True
