"""Who has a pipeline open in a pair review: one empty file a process, touched while it lives.

A sign of life each few seconds would fill the ledger, and it is worth nothing an hour later. So it is
the time of a file, which costs no flush to the disk, and which a killed process stops touching.
"""

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

    def leave(self, seat: str) -> None:
        """Tell that it has gone."""


class PresenceFiles:
    """Presence by the times of files beside a pipeline."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._paths = PipelinePaths.of(path)

    def beat(self, seat: str, now: datetime) -> None:
        """Touch the file of this seat; where it cannot be made, the others see nobody there."""
        path = self._paths.presence(seat)
        moment = now.timestamp()
        with suppress(OSError):
            fd = os.open(path, os.O_WRONLY | os.O_CREAT | private_files.SAFE, 0o600)
            try:
                os.fchmod(fd, private_files.private_mode(path.parent))
                os.utime(fd, (moment, moment))
            finally:
                private_files.close(fd)

    def seen(self) -> Mapping[str, datetime]:
        """Return the time of each file."""
        found: dict[str, datetime] = {}
        with suppress(OSError):
            for path in self._paths.folder.iterdir():
                if seat := self._paths.seat(path.name):
                    with suppress(FileNotFoundError):  # gone meanwhile: the others are still there
                        found[seat] = datetime.fromtimestamp(path.stat().st_mtime, UTC)
        return found

    def leave(self, seat: str) -> None:
        """Remove the file, and those that killed processes left behind."""
        seen = self.seen()
        for other, last in seen.items():
            if other == seat or seen.get(seat, last) - last > FORGOTTEN_AFTER:
                private_files.remove(self._paths.presence(other))


class PresenceInMemory:
    """The twin in memory; processes that share one see each other."""

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}

    def beat(self, seat: str, now: datetime) -> None:
        """Note the sign of life."""
        self._seen[seat] = now

    def seen(self) -> Mapping[str, datetime]:
        """Return the last sign of each."""
        return dict(self._seen)

    def leave(self, seat: str) -> None:
        """Forget the seat."""
        self._seen.pop(seat, None)
