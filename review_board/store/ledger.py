"""The ledger: an append-only file with one line a commit, fsynced before it is acknowledged.

The last saved change is noted in the lock file, which shows when the ledger lost lines at its end. The
note is written when the change is on the disk already, and is not synced itself: it may name an older
change than the last one, but never one that was not saved.
"""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

import orjson

from review_board import private_files
from review_board.errors import BadFileError, StoreError
from review_board.store import archive, codec, files, side_files
from review_board.store.file_lines import lines_backwards, sound_end
from review_board.store.ledger_history import LastChange, walk_back
from review_board.store.paths import PipelinePaths
from review_board.store.protocol import Commit
from review_board.store.strict_json import line_of

LARGE = 16 * 1024 * 1024
"""From this many bytes on a ledger is made shorter at a checkpoint."""
_NOTE_SIZE = 128
"""Bytes of a note: always the same, so that a shorter one leaves nothing of a longer one."""


class LedgerReplacedError(Exception):
    """The ledger no longer continues what was read before; everything must be read again."""


class Ledger:
    """Reads and extends one ledger, and remembers how far it has read.

    Readers need no lock: a line counts once its newline is there.
    """

    def __init__(self, paths: PipelinePaths) -> None:
        self._paths = paths
        self._seen: files.Signature | None = None
        self._end = 0
        self._last_line = b""
        self.header: codec.Header | None = None
        self.base: codec.LedgerLine | None = None
        self.last_seq = 0
        self.chain = ""

    @property
    def is_large(self) -> bool:
        """Return whether it is worth making shorter."""
        return self._end > LARGE

    def read_since(self, seq: int) -> list[codec.LedgerLine]:
        """Read the lines beyond ``seq``, the oldest first; the ledger counts as read to its end.

        ``base`` is then the line before them, ``last_seq`` and ``chain`` are those of the last one.
        """
        self._seen, self._end, self._last_line = None, 0, b""
        self.header, self.base, self.last_seq, self.chain = None, None, 0, ""
        path = self._paths.ledger
        with files.explain_errors(path, "read"), files.opened_if_there(path) as fd:
            return [] if fd is None else self._read_since(fd, seq)

    def _read_since(self, fd: int, seq: int) -> list[codec.LedgerLine]:
        self._seen = files.Signature.of(os.fstat(fd))
        self._end = sound_end(fd, self._seen.size)
        self.header = self._read_header(fd)
        lines: list[codec.LedgerLine] = []
        for offset, text in lines_backwards(fd, self._end):
            line = self._parse(fd, offset, text)
            if not self._last_line:
                self._last_line = text
            if line.record is None:
                continue
            if not self.last_seq:
                self.last_seq, self.chain = line.seq, line.chain
            if line.seq <= seq or isinstance(line.record, codec.Header):
                self.base = line
                break
            lines.append(line)
        return lines[::-1]

    def read_new(self) -> list[codec.LedgerLine]:
        """Read the lines that came since; one ``stat`` when there are none.

        Raises ``LedgerReplacedError`` when what was read before is no longer there.
        """
        with files.explain_errors(self._paths.ledger, "read"):
            now = files.signature(self._paths.ledger)
            if now == self._seen:
                return []
            if now is None or (self._seen is not None and now.ino != self._seen.ino):
                raise LedgerReplacedError
            with files.opened(self._paths.ledger, os.O_RDONLY) as fd:
                return self._read_new(fd)

    def _read_new(self, fd: int) -> list[codec.LedgerLine]:
        seen = files.Signature.of(os.fstat(fd))
        start = self._end - len(self._last_line)
        text = files.read_range(fd, start, sound_end(fd, seen.size))
        if not text.startswith(self._last_line):
            raise LedgerReplacedError
        lines: list[codec.LedgerLine] = []
        for part in text[len(self._last_line) :].split(b"\n")[:-1]:
            line = self._parse(fd, self._end, part + b"\n")
            if not line.follows(self.chain):
                raise LedgerReplacedError
            self._end += len(line.text)
            self._last_line = line.text
            if line.record is not None:
                self.last_seq, self.chain = line.seq, line.chain
                lines.append(line)
            if isinstance(line.record, codec.Header):
                self.header = line.record
        self._seen = seen
        return lines

    def append(self, line: bytes, seq: int, chain: str) -> None:
        """Add the line of ``seq`` durably, or raise ``StoreError`` and leave the ledger as it was.

        ``chain`` is the check value that the next change goes on from. The caller holds the lock
        and has read to the end. A torn line at the end is cut off.
        """
        with (
            files.explain_errors(self._paths.ledger, "written"),
            files.opened(self._paths.ledger, os.O_WRONLY | os.O_APPEND) as fd,
        ):
            size = os.fstat(fd).st_size
            if size < self._end:
                raise StoreError(
                    f"{self._paths.ledger} was cut short meanwhile; nothing was changed"
                )
            if size > self._end:
                os.ftruncate(fd, self._end)
            self._write(fd, line)
        self.last_seq, self.chain = seq, chain
        if self.header is not None:
            write_note(self._paths, self.header.pipeline, LastChange(seq, chain))

    def create(self, header: codec.Header) -> None:
        """Begin a ledger where there is none, or one without a single whole line."""
        line = codec.dump_header(header)
        with files.explain_errors(self._paths.ledger, "written"):
            mode = private_files.private_mode(self._paths.folder)
            flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
            with files.opened(self._paths.ledger, flags, mode) as fd:
                with suppress(PermissionError):  # another login left it, with the right mode
                    os.fchmod(fd, mode)
                os.ftruncate(fd, self._end)
                self._write(fd, line)
            self.header = header
            self.last_seq, self.chain = header.base, header.chain
            private_files.sync_folder(self._paths.folder)

    def moved(self, paths: PipelinePaths) -> None:
        """Go on under another name."""
        self._paths = paths

    def _write(self, fd: int, line: bytes) -> None:
        try:
            private_files.write_all(fd, line)
            os.fdatasync(fd)
            seen = files.Signature.of(os.fstat(fd))
        except BaseException:
            with suppress(OSError):  # then the line stays unacknowledged, whole or torn
                os.ftruncate(fd, self._end)
            raise
        self._end += len(line)
        # who cuts the file between the write and this look at it must not pass for what we wrote
        self._seen = seen._replace(size=self._end)
        self._last_line = line

    def history(self, top: LastChange | None = None, about: str = "") -> Iterator[Commit]:
        """Yield the commits that count, the newest first, read as they are asked for.

        Those that were taken out of the ledger are read from their archives. With ``about``, the id
        of a prospect, changes without it are passed over, and no gap is told.

        ``top`` is where the data file stands, when that is not at the end of the ledger.
        """
        unsaid, name = "", codec.dump(about) if about else b""
        for (_, record), left_out, gap in walk_back(self.all_lines(name), top):
            if left_out:
                continue
            unsaid = unsaid or ("" if about else gap)
            if isinstance(record, Commit | codec.Deferred):
                yield replace(side_files.whole(self._paths, record, about), gap=unsaid)
                unsaid = ""

    def all_lines(self, name: bytes = b"") -> Iterator[codec.LedgerLine]:
        """Yield the lines of the ledger and then those of its archives, the newest first."""
        header = None
        for line in self.backwards(name):
            header = line.record if isinstance(line.record, codec.Header) else header
            yield line
        if header is not None:
            yield from archive.lines_before(self._paths, header, name)

    def backwards(self, name: bytes = b"") -> Iterator[codec.LedgerLine]:
        """Yield all lines that mean something, the newest first; of changes those that hold a name."""
        path = self._paths.ledger
        with files.explain_errors(path, "read"), files.opened_if_there(path) as fd:
            if fd is None:
                return
            for offset, text in lines_backwards(fd, sound_end(fd, os.fstat(fd).st_size)):
                if codec.passes_over(text, name):
                    continue
                line = self._parse(fd, offset, text)
                if line.record is not None:
                    yield line

    def _read_header(self, fd: int) -> codec.Header | None:
        if not self._end:
            return None
        line, newline, _ = files.read_range(fd, 0, min(self._end, 4096)).partition(b"\n")
        record = self._parse(fd, 0, line + newline).record
        if not isinstance(record, codec.Header):
            raise BadFileError(
                f"{self._paths.ledger} does not begin like a ledger", self._paths.mending
            )
        return record

    def _parse(self, fd: int, offset: int, line: bytes) -> codec.LedgerLine:
        try:
            return codec.read_line(line)
        except ValueError as error:
            number = line_of(files.read_range(fd, 0, offset), offset)
            raise BadFileError(
                f"{self._paths.ledger} is damaged in line {number} ({error}); it was left as it is",
                self._paths.mending,
            ) from error


def identities_beside(paths: PipelinePaths) -> set[str]:
    """Return the pipelines of the other ledgers in the folder that this login may read."""
    found: set[str] = set()
    with files.explain_errors(paths.folder, "read"):
        for path in paths.folder.glob("*.ledger.jsonl"):
            if path == paths.ledger or not files.is_regular(path):
                continue
            with suppress(ValueError, PermissionError):  # a damaged one has no identity
                with files.opened(path, os.O_RDONLY) as fd:
                    first = files.read_range(fd, 0, 4096).partition(b"\n")[0]
                record = codec.parse(first)
                found |= {record.pipeline} if isinstance(record, codec.Header) else set()
    return found


def write_note(paths: PipelinePaths, pipeline: str, last: LastChange) -> None:
    """Write down the last change that was saved of a pipeline; the caller holds the lock."""
    text = orjson.dumps({"pipeline": pipeline, **last._asdict()}).ljust(_NOTE_SIZE - 1) + b"\n"
    # a note that cannot be written is no harm: the change is saved, and an older note is not untrue
    with suppress(OSError, StoreError), files.opened(paths.lock, os.O_WRONLY) as fd:
        os.pwrite(fd, text, 0)


def read_note(paths: PipelinePaths) -> tuple[str, LastChange] | None:
    """Return the pipeline and the change that were noted, or ``None``.

    Whoever does not hold the lock must ask this before reading the ledger, which then has that
    change.
    """
    text = b""
    # `doctor` says what is wrong with the lock file
    with suppress(OSError, StoreError), files.opened(paths.lock, os.O_RDONLY) as fd:
        text = files.read_range(fd, 0, _NOTE_SIZE)
    with suppress(ValueError):  # a lock file of an older version, or one that was touched by hand
        match orjson.loads(text):
            case {"pipeline": str(pipeline), "seq": int(seq), "chain": str(value)}:
                return pipeline, LastChange(seq, value)
    return None
