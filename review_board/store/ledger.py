"""The ledger: an append-only file with one line a commit, fsynced before it is acknowledged."""

import os
from collections.abc import Iterator
from contextlib import suppress

from review_board.errors import BadFileError, StoreError
from review_board.store import bulk, codec, files
from review_board.store.backwards import lines_backwards, sound_end
from review_board.store.places import Places
from review_board.store.protocol import Commit
from review_board.store.unreadable import line_of


class LedgerReplacedError(Exception):
    """The ledger no longer continues what was read before; everything must be read again."""


class Ledger:
    """Reads and extends one ledger, and remembers how far it has read.

    Readers need no lock: a line counts once its newline is there.
    """

    def __init__(self, places: Places) -> None:
        self._places = places
        self._path = places.ledger
        self._seen: files.Signature | None = None
        self._end = 0
        self._last_line = b""
        self.header: codec.Header | None = None
        self.last_seq = 0

    def read_since(self, seq: int) -> list[codec.Record]:
        """The lines beyond ``seq``, the oldest first; the ledger counts as read to its end."""
        self._seen, self._end, self._last_line = None, 0, b""
        self.header, self.last_seq = None, 0
        with files.told(self._path, "read"):
            try:
                fd = files.open_regular(self._path, os.O_RDONLY)
            except FileNotFoundError:
                return []
            try:
                return self._read_since(fd, seq)
            finally:
                files.close(fd)

    def _read_since(self, fd: int, seq: int) -> list[codec.Record]:
        self._seen = files.signature_of(fd)
        self._end = sound_end(fd, self._seen.size)
        self.header = self._read_header(fd)
        records: list[codec.Record] = []
        for offset, line in lines_backwards(fd, self._end):
            record = self._parse(fd, offset, line)
            self._last_line = self._last_line or line
            if record is None:
                continue
            self.last_seq = max(self.last_seq, seq_of(record))
            if seq_of(record) <= seq or isinstance(record, codec.Header):
                break
            records.append(record)
        return records[::-1]

    def read_new(self) -> list[codec.Record]:
        """The lines that came since; one ``stat`` when there are none.

        Raises ``LedgerReplacedError`` when what was read before is no longer there.
        """
        with files.told(self._path, "read"):
            now = files.signature(self._path)
            if now == self._seen:
                return []
            if now is None or (self._seen is not None and now.ino != self._seen.ino):
                raise LedgerReplacedError
            with files.opened(self._path, os.O_RDONLY) as fd:
                return self._read_new(fd)

    def _read_new(self, fd: int) -> list[codec.Record]:
        seen = files.signature_of(fd)
        start = self._end - len(self._last_line)
        text = files.read_range(fd, start, sound_end(fd, seen.size))
        if not text.startswith(self._last_line):
            raise LedgerReplacedError
        records: list[codec.Record] = []
        for part in text[len(self._last_line) :].split(b"\n")[:-1]:
            line = part + b"\n"
            record = self._parse(fd, self._end, line)
            self._end += len(line)
            self._last_line = line
            if isinstance(record, codec.Header):
                self.header = record
            elif record is not None:
                self.last_seq = seq_of(record)
                records.append(record)
        self._seen = seen
        return records

    def append(self, line: bytes, seq: int) -> None:
        """Add the line of ``seq`` durably, or raise ``StoreError`` and leave the ledger as it was.

        The caller holds the lock and has read to the end. A torn line at the end is cut off.
        """
        with (
            files.told(self._path, "written"),
            files.opened(self._path, os.O_WRONLY | os.O_APPEND) as fd,
        ):
            size = os.fstat(fd).st_size
            if size < self._end:
                raise StoreError(f"{self._path} was cut short meanwhile; nothing was changed")
            if size > self._end:
                os.ftruncate(fd, self._end)
            self._write(fd, line)
        self.last_seq = seq

    def create(self, header: codec.Header) -> None:
        """Begin a ledger where there is none, or one without a single whole line."""
        line = codec.dump_header(header)
        with files.told(self._path, "written"):
            mode = files.private_mode(self._places.folder)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            with files.opened(self._path, flags, mode) as fd:
                with suppress(PermissionError):  # another login left it, with the right mode
                    os.fchmod(fd, mode)
                os.ftruncate(fd, self._end)
                self._write(fd, line)
            files.sync_folder(self._places.folder)
        self.header = header

    def _write(self, fd: int, line: bytes) -> None:
        try:
            files.write_all(fd, line)
            os.fdatasync(fd)
            seen = files.signature_of(fd)
        except BaseException:
            with suppress(OSError):  # then the line stays unacknowledged, whole or torn
                os.ftruncate(fd, self._end)
            raise
        self._seen = seen
        self._end += len(line)
        self._last_line = line

    def history(self) -> Iterator[Commit]:
        """All commits on record, the newest first, read as they are asked for."""
        for record in self.backwards():
            if isinstance(record, codec.Deferred):
                yield bulk.read(self._places, record)
            elif isinstance(record, Commit):
                yield record

    def backwards(self) -> Iterator[codec.Record]:
        """All lines that mean something, the newest first."""
        try:
            with files.told(self._path, "read"):
                fd = files.open_regular(self._path, os.O_RDONLY)
        except StoreError as error:
            if files.is_missing(error):
                return
            raise
        try:
            with files.told(self._path, "read"):
                end = sound_end(fd, os.fstat(fd).st_size)
                for offset, line in lines_backwards(fd, end):
                    record = self._parse(fd, offset, line)
                    if record is not None:
                        yield record
        finally:
            files.close(fd)

    def _read_header(self, fd: int) -> codec.Header | None:
        if not self._end:
            return None
        line, newline, _ = files.read_range(fd, 0, min(self._end, 4096)).partition(b"\n")
        record = self._parse(fd, 0, line + newline)
        if not isinstance(record, codec.Header):
            raise BadFileError(f"{self._path} does not begin like a ledger", self._cure())
        return record

    def _parse(self, fd: int, offset: int, line: bytes) -> codec.Record | None:
        try:
            return codec.parse(line)
        except ValueError as error:
            number = line_of(files.read_range(fd, 0, offset), offset)
            raise BadFileError(
                f"{self._path} is damaged in line {number} ({error}); it was left as it is",
                self._cure(),
            ) from error

    def _cure(self) -> str:
        return f"{self._places.command('doctor --repair')} saves what can be saved"


def seq_of(record: codec.Record | None) -> int:
    """The number a line of the ledger stands at."""
    match record:
        case codec.Header():
            return record.base
        case codec.Deferred():
            return record.commit.seq
        case None:
            return 0
        case _:
            return record.seq
