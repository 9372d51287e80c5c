"""Writing files for their owner alone: mode 0600, whole or not at all, durable, following no link.

Every call goes through ``os`` by name, so that the torture tests can make each one fail.
"""

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

BLOCK = 1 << 20
"""Bytes that are read or written at once of a file that may be of any size."""

SAFE = os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY
"""Flags with which opening a file follows no link and waits for nobody."""

PRIVATE = 0o600


def write_new(path: Path, data: bytes, mode: int = PRIVATE) -> os.stat_result:
    """Create a file that did not exist, durably; leave nothing behind when that fails."""
    return write_parts(path, (data,), mode)


def write_parts(path: Path, parts: Iterable[bytes], mode: int = PRIVATE) -> os.stat_result:
    """Do the same for a file that is made piece by piece, whatever its size."""
    fd = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | SAFE, PRIVATE)
    try:
        try:
            os.fchmod(fd, mode)
            for part in _in_blocks(parts):
                write_all(fd, part)
            os.fsync(fd)
            return os.fstat(fd)
        finally:
            close(fd)
    except BaseException:
        remove(path)
        raise


@contextmanager
def replacing(
    path: Path, temporary: Path, parts: Iterable[bytes], mode: int = PRIVATE
) -> Iterator[os.stat_result]:
    """Write a file under a temporary name, and move it to ``path`` when the block ends well.

    Yields what was written; what the block raises leaves the old file as it was.
    """
    written = write_parts(temporary, parts, mode)
    try:
        yield written
        temporary.replace(path)
    except BaseException:
        remove(temporary)
        raise
    sync_folder(path.parent)


def temporary_beside(path: Path) -> Path:
    """Return a fresh name in the same folder, for a file that is to be moved into place."""
    return path.with_name(f".{path.name[:100]}.{os.urandom(8).hex()}.tmp")


def write_all(fd: int, data: bytes) -> None:
    """Write every byte, however many calls it takes."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(fd, rest) :]


def close(fd: int) -> None:
    """Close a descriptor; what mattered was synced before, so a complaint now changes nothing."""
    with suppress(OSError):
        os.close(fd)


def remove(path: Path) -> None:
    """Remove a file if it is there and can be."""
    with suppress(OSError):
        path.unlink()


def sync_folder(folder: Path) -> None:
    """Make names that came, went or moved in a folder durable."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        close(fd)


def make_folder(folder: Path) -> None:
    """Create a folder and its parents, for the owner alone whatever the umask."""
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for new in reversed(missing):
        with suppress(FileExistsError):
            new.mkdir(mode=0o700)
            new.chmod(0o700)
            sync_folder(new.parent)


def private_mode(folder: Path) -> int:
    """Return 0600, or 0660 in a setgid folder, where two logins share a group."""
    return 0o660 if folder.stat().st_mode & stat.S_ISGID else PRIVATE


def _in_blocks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """Yield the same bytes in fewer, larger pieces."""
    held: list[bytes] = []
    size = 0
    for part in parts:
        held.append(part)
        size += len(part)
        if size >= BLOCK:
            yield b"".join(held)
            held, size = [], 0
    if held:
        yield b"".join(held)
