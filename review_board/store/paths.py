"""Where a pipeline's files lie: all beside the data file, all named after it."""

import os
import re
import shlex
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

from review_board.errors import BadFileError
from review_board.store import files

DAMAGED = re.compile(r"\.damaged-[0-9a-f]{16}$")
ARCHIVE = re.compile(r"archive-\d{4}-\d\d-\d\d(?:-\d+)?\.jsonl\.gz")
BACKUP = re.compile(r"backup-(\d{4}-\d\d-\d\d)(?:-import-(\d+))?")
TEMPORARY = re.compile(r"[0-9a-f]{16}\.tmp")
PRESENCE = re.compile(r"here-([0-9a-f]{16})")
SIDE_FILE = re.compile(
    r"[^/]*\.(?:(?:bulk|backup|archive)-\d.*|(?:here|damaged)-[0-9a-f]{16}|ledger\.jsonl|bak|lock|tmp)"
)
"""A name that some pipeline gives to a file beside its own."""
BULK = re.compile(r"[^/]*\.bulk-\d+-[0-9a-f]{16}\.json")


@dataclass(frozen=True, slots=True)
class PipelinePaths:
    """The files of one pipeline.

    Data file, ledger, lock, and the data file before the last checkpoint.

    The data file's own links are followed first, so that every name for a pipeline leads to the
    same ledger and the same lock, and a link stays a link. Side files carry the whole name of the
    data file: ``deals.json`` and ``deals.old`` share nothing. A name without an ending gets a dot
    more for its ledger, since the first layout named that of ``deals.json`` after ``deals``.
    ``uses_old_name``: the ledger still lies where the first layout had it.
    """

    data: Path
    uses_old_name: bool = False
    folder: Path = field(init=False)
    ledger: Path = field(init=False)
    lock: Path = field(init=False)
    backup: Path = field(init=False)

    def __post_init__(self) -> None:
        names = {
            "folder": self.data.parent,
            "ledger": self.old_ledger
            if self.uses_old_name
            else self.data.with_name(
                f"{self.data.name}{'' if self.data.suffix else '.'}.ledger.jsonl"
            ),
            "lock": self.data.with_name(f"{self.data.name}.lock"),
            "backup": self.data.with_name(f"{self.data.name}.bak"),
        }
        for name, path in names.items():
            object.__setattr__(self, name, path)

    @classmethod
    def of(cls, path: str | os.PathLike[str]) -> "PipelinePaths":
        """Return the paths of a pipeline that the user named.

        Raises ``BadFileError`` for a dead link or a loop.
        """
        given = Path(path)
        with files.explain_errors(given, "found"):
            real = Path(os.path.realpath(given))
            is_dead = given.is_symlink() and not os.path.lexists(real)
            is_loop = real.is_symlink()
        if is_loop:
            raise BadFileError(
                f"{given} is a link that leads back to itself",
                "remove the link, and put the pipeline in its place",
            )
        if is_dead:
            raise BadFileError(
                f"{given} is a link to {real}, which does not exist",
                "remove the link, or put the pipeline where it leads",
            )
        return cls(real)

    @property
    def old_ledger(self) -> Path:
        """Return where the first layout had the ledger of all data files that differ in their ending."""
        return self.data.with_name(f"{self.data.stem}.ledger.jsonl")

    @property
    def old_lock(self) -> Path:
        """Return where the first layout had the lock."""
        return self.data.with_name(f"{self.data.stem}.lock")

    def command(self, words: str) -> str:
        """Say how to call the program on this pipeline, as a shell takes it."""
        return f"`review-board --file {shlex.quote(str(self.data))} {words}`"

    @property
    def mending(self) -> str:
        """Say what saves what can be saved of a damaged history."""
        return f"{self.command('doctor --repair')} saves what can be saved"

    def temporary(self) -> Path:
        """Return a fresh name for a file that is to be moved into place."""
        return self.data.with_name(f"{self.data.name}.{_random()}.tmp")

    def damaged_name(self, path: Path) -> Path:
        """Return a fresh name under which a damaged file is kept."""
        return path.with_name(f"{path.name}.damaged-{_random()}")

    def bulk(self, seq: int) -> Path:
        """Return a fresh name for the documents of a large commit."""
        return self.data.with_name(f"{self.data.name}.bulk-{seq}-{_random()}.json")

    def is_bulk(self, name: str) -> bool:
        """Return whether a base name is one that ``bulk`` makes for this pipeline."""
        return BULK.fullmatch(name) is not None and name.startswith(f"{self.data.name}.bulk-")

    def bulk_seq(self, name: str) -> int:
        """Return the number of the change whose documents a base name holds; 0 for another name."""
        return int(name.rpartition(".bulk-")[2].partition("-")[0]) if self.is_bulk(name) else 0

    def dated_backup(self, day: date, before_import: int = 0) -> Path:
        """Return the backup of a day, or the one before an import of that day (the first is 1)."""
        suffix = f"-import-{before_import}" if before_import else ""
        return self.data.with_name(f"{self.data.name}.backup-{day.isoformat()}{suffix}")

    def backup_order(self, name: str) -> tuple[str, int] | None:
        """Return day and import of a dated backup, as they sort; ``None`` for another base name."""
        found = self._matched(BACKUP, name)
        return (found[1], int(found[2] or 0)) if found else None

    def _matched(self, form: re.Pattern[str], name: str) -> re.Match[str] | None:
        """Return what a form finds in a base name behind that of the data file."""
        own = f"{self.data.name}."
        return form.fullmatch(name, len(own)) if name.startswith(own) else None

    def archive(self, day: date) -> Path:
        """Return a fresh name for history that is taken out of the ledger on a day."""
        name = f"{self.data.name}.archive-{day.isoformat()}"
        names = (f"{name}{f'-{n}' if n > 1 else ''}.jsonl.gz" for n in count(1))
        paths = (self.data.with_name(name) for name in names)
        return next(path for path in paths if not os.path.lexists(path))

    def archives(self) -> list[Path]:
        """Return the files with names that ``archive`` makes."""
        return sorted(path for path in self.folder.iterdir() if self._matched(ARCHIVE, path.name))

    def presence(self, seat: str) -> Path:
        """Return the file of a process in a pair review; its seat is 16 hexadecimal digits."""
        return self.data.with_name(f"{self.data.name}.here-{seat}")

    def seat(self, name: str) -> str:
        """Return the seat of a base name that ``presence`` makes; empty for another name."""
        found = self._matched(PRESENCE, name)
        return found[1] if found else ""

    def is_ours(self, name: str) -> bool:
        """Return whether a base name is that of a file of this pipeline, damaged ones included."""
        name = DAMAGED.sub("", name)
        fixed = {path.name for path in (self.data, self.ledger, self.lock, self.backup)}
        fixed |= {self.old_lock.name} if self.uses_old_name else set()
        forms = (BACKUP, ARCHIVE, TEMPORARY, PRESENCE)
        return name in fixed or self.is_bulk(name) or any(self._matched(f, name) for f in forms)

    def is_temporary(self, name: str) -> bool:
        """Return whether a base name is one that ``temporary`` makes."""
        return self._matched(TEMPORARY, name) is not None


def is_side_file(name: str) -> bool:
    """Return whether a base name is one that some pipeline gives to a file beside its own."""
    return SIDE_FILE.fullmatch(name) is not None


def _random() -> str:
    return os.urandom(8).hex()
