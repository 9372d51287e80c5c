"""The data file: an ordinary TinyDB file, read strictly and replaced whole."""

import shlex
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from review_board import private_files
from review_board.errors import BadFileError, StoreError
from review_board.store import codec, files
from review_board.store.paths import PipelinePaths
from review_board.store.unreadable import looks_like_list, understand


class PipelineStorage:
    """The data file as TinyDB's ``Storage`` sees it: a reader and a writer of all tables.

    The caller holds the lock while writing; ``seen`` is the file's signature as last read or
    written, ``None`` while there is no file.
    """

    def __init__(self, places: PipelinePaths) -> None:
        self.places = places
        self.seen: files.Signature | None = None

    def read(self) -> dict[str, Any] | None:
        """All tables, or ``None`` without a file; raises ``BadFileError`` for anything else."""
        path = self.places.data
        try:
            with files.explain_errors(path, "read"):
                data, seen = files.read_whole(path)
        except StoreError as error:
            if not files.is_missing(error):
                raise
            self.seen = None
            return None
        try:
            tables = understand(data)
        except ValueError as error:
            raise _no_pipeline(self.places, data, str(error)) from error
        self.seen = seen
        return tables

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Replace the file durably, keeping the old one as the backup; all or nothing.

        Raises ``StoreError`` when the file that was read is no longer there.
        """
        self.seen = _replace(self.places, dump(data), self.seen)

    def close(self) -> None:
        """Nothing stays open between calls."""


def damaged(places: PipelinePaths, why: str) -> BadFileError:
    """The error for a data file that cannot be used, with the way back."""
    return BadFileError(f"{places.data} {why}; it was left as it is", way_back(places))


def gone(places: PipelinePaths) -> BadFileError:
    """The error for a data file that is not there, although something of it may be."""
    if files.signature(places.ledger) is None and files.signature(places.backup) is None:
        return BadFileError(f"{places.data} does not exist", "see whether the name is right")
    return damaged(places, "does not exist")


def way_back(places: PipelinePaths, anew: str = "move it away") -> str:
    """What to do about a data file that cannot be used: restore it only when that can work."""
    from review_board.store.mending import restorable

    copy = restorable(places)
    if copy == places.backup.name:
        restore = places.command("doctor --restore")
        return f"the last good copy is {copy}; {restore} brings the pipeline back"
    if copy:
        return f"{places.command('doctor --restore')} brings the pipeline back from {copy}"
    named = places.command("doctor --restore COPY")
    return f"no good copy is beside it: {named} takes one of yours; to begin anew, {anew}"


def _no_pipeline(places: PipelinePaths, data: bytes, why: str) -> BadFileError:
    """The error for a file that is not even JSON tables; a list from elsewhere is told as one."""
    from review_board.store.mending import restorable

    if not looks_like_list(data) or restorable(places):
        return damaged(places, why)
    return BadFileError(
        f"{places.data} looks like a list (CSV), not a pipeline; it was left as it is",
        f"`review-board import {shlex.quote(str(places.data))}` takes it into your pipeline",
    )


def dump(tables: Mapping[str, Mapping[Any, Any]]) -> bytes:
    """The text of a data file: one document a line, for editors, diffs and error messages."""
    return b"{\n%b\n}\n" % b",\n".join(
        b"%b: %b" % (codec.dump(name), _dump_table(table)) for name, table in tables.items()
    )


def _dump_table(table: Any) -> bytes:
    if not isinstance(table, Mapping) or not table:
        return codec.dump(table)
    lines = (b"%b: %b" % (codec.dump(str(key)), codec.dump(doc)) for key, doc in table.items())
    return b"{\n%b\n}" % b",\n".join(lines)


def _is_still(path: Path, seen: files.Signature | None) -> bool:
    """Whether there is a file; raises ``StoreError`` when it is not the one that was read."""
    now = files.signature(path)
    if seen is not None and now != seen:
        what = "is gone" if now is None else "was changed by another program"
        raise StoreError(f"{path} {what}{files.UNCHANGED}", "try again")
    return now is not None


def _replace(places: PipelinePaths, data: bytes, seen: files.Signature | None) -> files.Signature:
    """Write what takes the place of the file ``seen``, and look for that last.

    Where the folder goes away after the look, what was written went with it and cannot be moved.
    """
    with files.explain_errors(places.data, "written"):
        mode = private_files.private_mode(places.folder)
        new = private_files.replacing(places.data, places.temporary(), (data,), mode)
        with new as written:
            if _is_still(places.data, seen):
                files.keep_as(places.data, places.backup, places.temporary(), mode)
    return files.Signature.of(written)
