"""Careful reading of files: regular ones only, no links followed, errors with a cure.

Every call goes through ``os`` by name, so that the torture tests can make each one fail.
"""

import errno
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from review_board.errors import BadFileError, ReadOnlyError, StoreError
from review_board.input_files import kind_of
from review_board.private_files import BLOCK, SAFE, close, remove, write_parts

FULL = {errno.ENOSPC, errno.EDQUOT}
DENIED = {errno.EACCES, errno.EPERM, errno.EROFS}
UNLINKABLE = {errno.EPERM, errno.EOPNOTSUPP, errno.EMLINK, errno.EXDEV, errno.ENOSYS}


UNCHANGED = "; nothing was changed"


class Signature(NamedTuple):
    """What tells one version of a file from another without reading it (mtime in ns)."""

    dev: int
    ino: int
    mtime: int
    size: int

    @classmethod
    def of(cls, found: os.stat_result) -> "Signature":
        """Take the signature from what ``stat`` found."""
        return cls(found.st_dev, found.st_ino, found.st_mtime_ns, found.st_size)


@contextmanager
def explain_errors(path: Path, doing: str) -> Iterator[None]:
    """Turn an ``OSError`` into a ``StoreError`` that names the file and the cure."""
    try:
        yield
    except OSError as error:
        raise _explained(error, path, doing) from error


def is_missing(error: Exception) -> bool:
    """Return whether a file could not be read because there is none."""
    return isinstance(error.__cause__, FileNotFoundError)


def signature(path: Path) -> Signature | None:
    """Return the file's signature, or ``None`` when there is no file."""
    found = _found(path)
    return Signature.of(found) if found else None


def identity(folder: Path) -> tuple[int, int] | None:
    """Return device and inode of a folder, which tell it from another of its name, or ``None``."""
    found = _found(folder)
    return (found.st_dev, found.st_ino) if found and stat.S_ISDIR(found.st_mode) else None


def mode_of(path: Path) -> int | None:
    """Return kind and permissions of what has this name, links not followed.

    ``None``: there is nothing.
    """
    found = _found(path, follow_symlinks=False)
    return found.st_mode if found else None


def _found(path: Path, *, follow_symlinks: bool = True) -> os.stat_result | None:
    try:
        return path.stat(follow_symlinks=follow_symlinks)
    except (FileNotFoundError, NotADirectoryError):
        return None


def is_regular(path: Path) -> bool:
    """Return whether there is a regular file of this very name, no link."""
    return stat.S_ISREG(mode_of(path) or 0)


def open_regular(path: Path, flags: int, mode: int = 0o600) -> int:
    """Open a regular file; never wait for a fifo, follow a link or read a device."""
    if not flags & os.O_CREAT:
        _refuse_special(path, path.lstat())
    fd = os.open(path, flags | SAFE, mode)
    try:
        _refuse_special(path, os.fstat(fd))
    except BaseException:
        close(fd)
        raise
    return fd


@contextmanager
def opened(path: Path, flags: int, mode: int = 0o600) -> Iterator[int]:
    """Open as ``open_regular`` does, and close at the end."""
    fd = open_regular(path, flags, mode)
    try:
        yield fd
    finally:
        close(fd)


@contextmanager
def opened_if_there(path: Path) -> Iterator[int | None]:
    """Open to read, and close at the end; ``None`` where there is no such file."""
    fd = None
    with suppress(FileNotFoundError):
        fd = open_regular(path, os.O_RDONLY)
    try:
        yield fd
    finally:
        if fd is not None:
            close(fd)


def read_whole(path: Path) -> tuple[bytes, Signature]:
    """Return all bytes of a regular file, and its signature from before they were read."""
    with opened(path, os.O_RDONLY) as fd:
        found = Signature.of(os.fstat(fd))
        chunks = []
        while chunk := os.read(fd, max(found.size + 1, 65536)):
            chunks.append(chunk)
    return b"".join(chunks), found


def read_range(fd: int, start: int, end: int) -> bytes:
    """Return the bytes from ``start`` up to ``end``, or fewer where the file ends."""
    chunks = []
    while start < end and (chunk := os.pread(fd, end - start, start)):
        chunks.append(chunk)
        start += len(chunk)
    return b"".join(chunks)


def read_blocks(fd: int, start: int, end: int) -> Iterator[bytes]:
    """Yield the bytes from ``start`` up to ``end`` piece by piece, or fewer where the file ends."""
    while start < end and (block := read_range(fd, start, min(start + BLOCK, end))):
        yield block
        start += len(block)


def link_or_copy(source: Path, target: Path, mode: int) -> None:
    """Give a file a second name, or copy it where the file system has no hard links."""
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno not in UNLINKABLE:
            raise
        with opened(source, os.O_RDONLY) as fd:
            write_parts(target, read_blocks(fd, 0, os.fstat(fd).st_size), mode)


def keep_as(source: Path, name: Path, temporary: Path, mode: int) -> None:
    """Give a file as it is now a second name; a link of that name is replaced, not followed."""
    try:
        link_or_copy(source, temporary, mode)
        temporary.replace(name)
    finally:
        remove(temporary)  # renaming between two names of one file leaves both


def _refuse_special(path: Path, found: os.stat_result) -> None:
    if kind := kind_of(found):
        raise BadFileError(f"{path} is a {kind}, not a file", "move it away, or name another")


def _explained(error: OSError, path: Path, doing: str) -> StoreError:
    what = f"{path} could not be {doing}"
    if error.errno in FULL:
        return ReadOnlyError(f"{what}: the disk is full{UNCHANGED}", "make room")
    if error.errno in DENIED:
        if error.errno == errno.EROFS:
            return ReadOnlyError(f"{what}: the file system is read-only{UNCHANGED}", "remount it")
        from review_board.store.logins import cure, owner_of

        return ReadOnlyError(f"{what}: not permitted{UNCHANGED}", cure(owner_of(path)))
    if error.errno == errno.ELOOP:
        return StoreError(f"{path} is a symbolic link and is not followed", "remove the link")
    reason = (error.strerror or str(error)).lower()
    return StoreError(f"{what}: {reason}{UNCHANGED}", "check the disk")
