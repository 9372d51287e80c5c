"""Files out: written whole or not at all, for the owner's eyes, never over something by accident."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path

from review_board import private_files
from review_board.errors import RefusedError, ReviewBoardError
from review_board.exchange.decoding import shown_name
from review_board.input_files import read_regular
from review_board.store.lock import locked_folder

_NO_LINKS = {errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK}


def write_file(path: Path, data: bytes, *, force: bool = False) -> None:
    """Write a file of mode 0600 in one step; replace an existing one only with ``force``.

    A symbolic link is replaced itself, never what it points to. ``RefusedError`` when something is
    in the way, ``ReviewBoardError`` when the disk refuses; then the old file is as it was.
    """
    _refuse_taken(path, force=force)
    try:
        _write(path, data, force=force)
    except FileExistsError as error:
        raise _taken(path) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ReviewBoardError(
            f"{shown_name(path)} cannot be written: {reason}", "name another place"
        ) from error


def rewrite_file(path: Path, change: Callable[[bytes], bytes], limit: int) -> bool:
    """Give a file the content that a function makes of what it has, or begin it; return whether it differs.

    Raises ``ReviewBoardError`` for what cannot be read, changed or written. Of two who write, the
    second reads what the first wrote: a lock on the folder leaves no file beside.
    """
    with locked_folder(path.parent):
        try:
            before = read_regular(path, limit, "name another file")
        except FileNotFoundError:
            before = b""
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or str(error)
            raise ReviewBoardError(f"{shown_name(path)} cannot be read: {reason}") from error
        try:
            made = change(before)
        except ReviewBoardError as error:
            error.message = f"{shown_name(path)}: {error.message}"
            raise
        if made == before:
            return False
        write_file(path, made, force=True)
        return True


def holds(path: Path, data: bytes) -> bool:
    """Return whether a file has this very content already."""
    try:
        return path.stat().st_size == len(data) and path.read_bytes() == data
    except (OSError, ValueError):
        return False


def _refuse_taken(path: Path, *, force: bool) -> None:
    try:
        mode = path.lstat().st_mode
    except (OSError, ValueError):
        return
    if not (stat.S_ISREG(mode) or stat.S_ISLNK(mode)):
        raise RefusedError(f"{shown_name(path)} is not a file", "name another place")
    if not force:
        raise _taken(path)


def _taken(path: Path) -> RefusedError:
    return RefusedError(
        f"{shown_name(path)} exists already", "name another, or replace it with --force"
    )


def _write(path: Path, data: bytes, *, force: bool) -> None:
    temporary = private_files.temporary_beside(path)
    private_files.write_new(temporary, data)
    try:
        _put_in_place(temporary, path, force=force)
    finally:
        private_files.remove(temporary)
    private_files.sync_folder(path.parent)


def _put_in_place(temporary: Path, path: Path, *, force: bool) -> None:
    """Give it its name in one step; a link, unlike a rename, fails when the name is taken."""
    if not force:
        try:
            os.link(temporary, path, follow_symlinks=False)
        except OSError as error:
            if error.errno not in _NO_LINKS:
                raise
            _refuse_taken(path, force=False)
        else:
            return
    temporary.replace(path)
