"""Who has a pipeline open in a pair review: one empty file a process, touched while it lives.

A sign of life each few seconds would fill the ledger, and it is worth nothing an hour later. So it is
the time of a file, which costs no flush to the disk, and which a killed process stops touching. The
process also holds a lock on it, which the kernel takes from it the moment it ends, however it ends.
"""

import fcntl
import os
from collections.abc import Mapping
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol

from review_board import private_files
from review_board.store.paths import PipelinePaths

FORGOTTEN_AFTER = timedelta(days=1)
"""So old, a file is what a killed process left behind."""


class Presence(Protocol):
    """Where processes tell each other that they are there."""

    def beat(self, seat: str, now: datetime) -> None:
        """Tell that the process at this seat is there."""

    def seen(self) -> Mapping[str, datetime]:
        """Return the last sign of each seat."""

    def lives(self, seat: str) -> bool:
        """Return whether the process at this seat still runs, though it may have given no sign lately."""

    def leave(self, seat: str) -> None:
        """Tell that it has gone."""


class PresenceFiles:
    """Presence by the times of files beside a pipeline, and by locks on them."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._paths = PipelinePaths.of(path)
        self._held: dict[str, int] = {}

    def beat(self, seat: str, now: datetime) -> None:
        """Touch the file of this seat; where it cannot be made, the others see nobody there."""
        moment = now.timestamp()
        with suppress(OSError):
            fd = self._open(seat)
            os.utime(fd, (moment, moment))
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _open(self, seat: str) -> int:
        """Return the file of this seat, which stays open; another one where somebody removed it."""
        held = self._held.pop(seat, None)
        if held is not None and os.fstat(held).st_nlink:
            self._held[seat] = held
            return held
        if held is not None:
            private_files.close(held)
        path = self._paths.presence(seat)
        fd = os.open(path, os.O_WRONLY | os.O_CREAT | private_files.SAFE, 0o600)
        self._held[seat] = fd
        os.fchmod(fd, private_files.private_mode(path.parent))
        return fd

    def seen(self) -> Mapping[str, datetime]:
        """Return the time of each file."""
        found: dict[str, datetime] = {}
        with suppress(OSError):
            for path in self._paths.folder.iterdir():
                if seat := self._paths.seat(path.name):
                    with suppress(FileNotFoundError):  # gone meanwhile: the others are still there
                        found[seat] = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return found

    def lives(self, seat: str) -> bool:
        """Return whether a process holds the file; where that cannot be told, it is taken to live."""
        try:
            fd = os.open(self._paths.presence(seat), os.O_RDONLY | private_files.SAFE)
        except FileNotFoundError:
            return False
        except OSError:
            return True
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
        finally:
            private_files.close(fd)
        return False

    def leave(self, seat: str) -> None:
        """Remove the file, and those that killed processes left behind."""
        if (held := self._held.pop(seat, None)) is not None:
            private_files.close(held)
        seen = self.seen()
        for other, last in seen.items():
            if other == seat or seen.get(seat, last) - last > FORGOTTEN_AFTER:
                private_files.remove(self._paths.presence(other))
