"""The data file: an ordinary TinyDB file, read strictly and replaced whole.

TinyDB itself is imported only by ``open_tinydb``, for scripts and for people who want its queries.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from review_board import private_files
from review_board.errors import BusyError, StoreError
from review_board.progress import Progress
from review_board.store import files
from review_board.store.contents import Contents, dump, parse
from review_board.store.good_copies import damaged, no_tables
from review_board.store.lock import locked
from review_board.store.paths import PipelinePaths
from review_board.store.strict_json import understand

if TYPE_CHECKING:
    from tinydb import TinyDB


class PipelineStorage:
    """The data file as TinyDB's ``Storage`` sees it: a reader and a writer of all tables.

    The caller holds the lock while writing; ``seen`` is the file's signature as last read or
    written, ``None`` while there is no file. ``progress`` counts what is read of a large one.
    """

    def __init__(self, paths: PipelinePaths, progress: Progress | None = None) -> None:
        self.paths = paths
        self._progress = progress
        self.seen: files.Signature | None = None

    def read(self) -> dict[str, Any] | None:
        """Return all tables, or ``None`` without a file; raise ``BadFileError`` for anything else."""
        path = self.paths.data
        try:
            with files.explain_errors(path, "read"):
                data, seen = files.read_whole(path)
        except StoreError as error:
            if not files.is_missing(error):
                raise
            self.seen = None
            return None
        try:
            tables = understand(data, self._progress)
        except ValueError as error:
            raise no_tables(self.paths, data, str(error)) from error
        self.seen = seen
        return tables

    def read_contents(self) -> Contents | None:
        """Return what the file says, or ``None`` without a file; raise ``BadFileError`` as ``read``."""
        tables = self.read()
        try:
            return None if tables is None else parse(tables)
        except ValueError as error:
            raise damaged(self.paths, str(error)) from error

    def write(self, data: Mapping[str, Any]) -> None:
        """Replace the file durably, keeping the old one as the backup; all or nothing.

        Raises ``StoreError`` when the file that was read is no longer there.
        """
        self.seen = _replace(self.paths, dump(data), self.seen)

    def close(self) -> None:
        """Do nothing: nothing stays open between calls."""


class SharedStorage(PipelineStorage):
    """A TinyDB storage that writes under the pipeline's lock, and never over what it has not read.

    Documents may be inserted without ``id`` and ``rev``; open boards take them in within a second.
    """

    def __init__(self, path: str | os.PathLike[str]) -> None:
        super().__init__(PipelinePaths.of(path))

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Replace the file; raises ``BusyError`` when it changed since it was read."""
        with locked(self.paths.lock):
            if files.signature(self.paths.data) != self.seen:
                raise BusyError(
                    f"{self.paths.data} was changed meanwhile; nothing was written",
                    "read it again",
                )
            super().write(data)


def open_tinydb(path: str | os.PathLike[str]) -> "TinyDB":
    """Open a TinyDB on the data file as of its last checkpoint (see ``FileStore.checkpoint``)."""
    from tinydb import TinyDB

    return TinyDB(path, storage=SharedStorage)


def _is_still(path: Path, seen: files.Signature | None) -> bool:
    """Return whether there is a file; raise ``StoreError`` when it is not the one that was read."""
    now = files.signature(path)
    if seen is not None and now != seen:
        what = "is gone" if now is None else "was changed by another program"
        raise StoreError(f"{path} {what}{files.UNCHANGED}", "try again")
    return now is not None


def _replace(
    paths: PipelinePaths, parts: Iterable[bytes], seen: files.Signature | None
) -> files.Signature:
    """Write what takes the place of the file ``seen``, and look for that last.

    Where the folder goes away after the look, what was written went with it and cannot be moved.
    """
    with files.explain_errors(paths.data, "written"):
        mode = private_files.private_mode(paths.folder)
        new = private_files.replacing(paths.data, paths.temporary(), parts, mode)
        with new as written:
            if _is_still(paths.data, seen):
                files.keep_as(paths.data, paths.backup, paths.temporary(), mode)
    return files.Signature.of(written)
