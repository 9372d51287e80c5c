"""Reading a ledger from its beginning, a line at a time, whatever its size and state."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from review_board.errors import BadFileError
from review_board.store import codec, files
from review_board.store.backwards import sound_end
from review_board.store.changes import apply_commit
from review_board.store.contents import Contents
from review_board.store.ledger import seq_of
from review_board.store.opening import resolved
from review_board.store.places import Places
from review_board.store.protocol import Commit, Tables


class Line(NamedTuple):
    """A whole line of the ledger; ``fault`` says why it cannot be used, and is empty when it can.

    ``record`` is ``None`` for a bad line, and for a kind of line that a newer version wrote.
    """

    number: int
    text: bytes
    record: codec.Record | None
    fault: str = ""

    @property
    def seq(self) -> int:
        """The number of the change this line stands at."""
        return seq_of(self.record)


@dataclass(frozen=True, slots=True)
class Survey:
    """What the good lines say about the changes after ``base``, from which they are applied.

    ``first`` and ``last`` are the numbers of the first change and of the last line; ``size``: bytes
    of all good lines; ``later``: how many changes there are after ``base``;
    ``complete``: none of these is missing; ``good`` and ``faulty`` count the lines.
    """

    header: codec.Header | None
    first: int
    last: int
    base: int
    later: int
    complete: bool
    good: int
    faulty: int
    size: int

    def continues(self, contents: Contents) -> bool:
        """Whether the ledger belongs to this data file (which may not have an identity yet)."""
        header = self.header
        return header is not None and (
            contents.pipeline == header.pipeline
            or (contents.pipeline is None and contents.seq == header.base == 0)
        )


def raw_lines(places: Places) -> Iterator[bytes]:
    """All whole lines of the ledger, newline included; none when there is no ledger."""
    if files.signature(places.ledger) is None:
        return
    with files.told(places.ledger, "read"), files.opened(places.ledger, os.O_RDONLY) as fd:
        end = sound_end(fd, os.fstat(fd).st_size)
        yield from _lines_forwards(fd, end)


def checked_lines(places: Places) -> Iterator[Line]:
    """All whole lines, each with what is wrong with it, its documents in a side file included."""
    last = -1
    for number, text in enumerate(raw_lines(places), 1):
        try:
            record = codec.parse(text)
            if isinstance(record, codec.Deferred):
                resolved(places, record)
        except (ValueError, BadFileError) as error:
            yield Line(number, text, None, str(error))
            continue
        line = Line(number, text, record)
        if record is None:
            yield line
        elif line.seq < last + is_change(record):
            yield line._replace(fault="out of order")
        else:
            last = line.seq
            yield line


def good_lines(places: Places) -> Iterator[Line]:
    """The lines that can be read and follow each other."""
    return (line for line in checked_lines(places) if not line.fault)


def survey(places: Places, seq: int = 0) -> Survey:
    """What the ledger holds for a data file that stands at ``seq``.

    A later adoption moves the base: it left the changes before it behind.
    """
    header, first, last, good, faulty, size = None, 0, 0, 0, 0, 0
    base, later, complete = seq, 0, True
    for line in checked_lines(places):
        if line.fault:
            faulty += 1
            continue
        record = line.record
        good, size = good + 1, size + len(line.text)
        last = max(last, line.seq)
        if isinstance(record, codec.Header):
            header = record if good == 1 else header
        elif isinstance(record, codec.Mark) and record.adopted and line.seq > base:
            base, later, complete = line.seq, 0, True
        elif is_change(record):
            first = first or line.seq
            if line.seq > base:
                later += 1
                complete = complete and line.seq == base + later
    return Survey(header, first, last, base, later, complete, good, faulty, size)


def header_of(places: Places) -> codec.Header | None:
    """The first line of the ledger, when it is a good one."""
    line = next(good_lines(places), None)
    return line.record if line and isinstance(line.record, codec.Header) else None


def replayed(places: Places, contents: Contents, base: int) -> Tables:
    """The tables with every change after ``base`` applied, gaps or not."""
    tables = contents.tables
    for line in good_lines(places):
        if line.seq > base and isinstance(line.record, Commit | codec.Deferred):
            tables = apply_commit(tables, resolved(places, line.record))
    return tables


def is_change(record: codec.Record | None) -> bool:
    """Whether a line is a commit, rather than a header or a checkpoint."""
    return isinstance(record, Commit | codec.Deferred)


def _lines_forwards(fd: int, end: int) -> Iterator[bytes]:
    begun: list[bytes] = []  # a long line grows by pieces: adding them up each time is quadratic
    for block in files.read_blocks(fd, 0, end):
        first, newline, more = block.partition(b"\n")
        begun.append(first + newline)
        if newline:
            yield b"".join(begun)
            *whole, rest = more.split(b"\n")
            yield from (text + b"\n" for text in whole)
            begun = [rest]
