"""The data file: an ordinary TinyDB file, read strictly and replaced whole."""

from collections.abc import Mapping
from typing import Any

from review_board.errors import BadFileError, StoreError
from review_board.store import codec, files
from review_board.store.places import Places
from review_board.store.unreadable import understand


class PipelineStorage:
    """The data file as TinyDB's ``Storage`` sees it: a reader and a writer of all tables.

    The caller holds the lock while writing; ``seen`` is the file's signature as last read or
    written, ``None`` while there is no file.
    """

    def __init__(self, places: Places) -> None:
        self.places = places
        self.seen: files.Signature | None = None

    def read(self) -> dict[str, Any] | None:
        """All tables, or ``None`` without a file; raises ``BadFileError`` for anything else."""
        path = self.places.data
        try:
            with files.told(path, "read"):
                data, seen = files.read_whole(path)
        except StoreError as error:
            if not isinstance(error.__cause__, FileNotFoundError):
                raise
            self.seen = None
            return None
        try:
            tables = understand(data)
        except ValueError as error:
            raise damaged(self.places, str(error)) from error
        self.seen = seen
        return tables

    def write(self, data: Mapping[str, Mapping[Any, Any]]) -> None:
        """Replace the file durably, keeping the old one as the backup; all or nothing."""
        self.seen = _replace(self.places, dump(data))

    def close(self) -> None:
        """Nothing stays open between calls."""


def damaged(places: Places, why: str) -> BadFileError:
    """The error for a data file that cannot be used, with the way back."""
    copy = f"the last good copy is {places.backup.name}; " if places.backup.exists() else ""
    return BadFileError(
        f"{places.data} {why}; it was left as it is",
        f"{copy}`review-board doctor --restore` brings the pipeline back",
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


def _replace(places: Places, data: bytes) -> files.Signature:
    with files.told(places.data, "written"):
        mode = files.private_mode(places.folder)
        temporary = places.temporary()
        written = files.write_new(temporary, data, mode)
        try:
            if files.signature(places.data) is not None:
                _keep(places, mode)
            temporary.replace(places.data)
        except BaseException:
            files.remove(temporary)
            raise
        files.sync_folder(places.folder)
    return written


def _keep(places: Places, mode: int) -> None:
    """Give the file as it is now the backup's name; a link of that name is replaced, not followed."""
    temporary = places.temporary()
    try:
        files.link_or_copy(places.data, temporary, mode)
        temporary.replace(places.backup)
    finally:
        files.remove(temporary)  # renaming between two names of one file leaves both
