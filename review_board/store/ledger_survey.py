"""Reading a ledger from its beginning, a line at a time, whatever its size and state."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from review_board.errors import BadFileError
from review_board.store import codec, files, side_files
from review_board.store.changes import apply_commit
from review_board.store.contents import Contents
from review_board.store.file_lines import lines_forwards, sound_end
from review_board.store.ledger_history import LastChange
from review_board.store.paths import PipelinePaths
from review_board.store.protocol import Commit, Tables


class CheckedLine(NamedTuple):
    """A whole line of the ledger.

    ``fault`` says why it cannot be used, and is empty when it can.
    """

    number: int
    line: codec.LedgerLine
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Survey:
    """What the good lines say about the changes after ``base``, from which they are applied.

    ``end`` is where the last line stands; ``size``: bytes of all good lines; ``later``: how many
    changes there are after ``base``; ``complete``: none of these is missing or altered; ``good``
    and ``faulty`` count the lines.
    """

    header: codec.Header | None
    end: LastChange
    base: int
    later: int
    complete: bool
    good: int
    faulty: int
    size: int

    def continues(self, contents: Contents) -> bool:
        """Return whether the ledger belongs to this data file, which may have no identity yet."""
        header = self.header
        return header is not None and (
            contents.pipeline == header.pipeline
            or (contents.pipeline is None and contents.seq == header.base == 0)
        )


def raw_lines(paths: PipelinePaths) -> Iterator[bytes]:
    """Yield all whole lines of the ledger, newline included; none when there is no ledger."""
    path = paths.ledger
    with files.explain_errors(path, "read"), files.opened_if_there(path) as fd:
        if fd is not None:
            yield from lines_forwards(fd, sound_end(fd, os.fstat(fd).st_size))


def checked_lines(paths: PipelinePaths) -> Iterator[CheckedLine]:
    """Yield all whole lines, each with what is wrong with it or its documents in a side file."""
    last = -1
    for number, text in enumerate(raw_lines(paths), 1):
        try:
            line = codec.read_line(text)
            if isinstance(line.record, codec.Deferred):
                side_files.whole(paths, line.record)
        except (ValueError, BadFileError) as error:
            yield CheckedLine(number, codec.LedgerLine(text, None), str(error))
            continue
        if line.record is None:
            yield CheckedLine(number, line)
        elif line.seq < last + line.is_change:
            yield CheckedLine(number, line, "out of order")
        else:
            last = line.seq
            yield CheckedLine(number, line)


def good_lines(paths: PipelinePaths) -> Iterator[codec.LedgerLine]:
    """Yield the lines that can be read and follow each other."""
    return (line for _, line, fault in checked_lines(paths) if not fault)


def survey(paths: PipelinePaths, top: LastChange) -> Survey:
    """Say what the ledger holds for a data file that stands at ``top``.

    A later adoption moves the base: it left changes before it behind. At the very end it does not
    count: its writer was killed before the data file was written.
    """
    header, good, faulty, size = None, 0, 0, 0
    end, base, previous, later, complete = LastChange(0, ""), top, top, 0, True
    anew: codec.LedgerLine | None = None
    for _, line, fault in checked_lines(paths):
        if fault:
            faulty += 1
            continue
        good, size = good + 1, size + len(line.text)
        here = LastChange(line.seq, line.chain)
        if isinstance(line.record, codec.Header):
            header = line.record if good == 1 else header
        if anew is not None and not isinstance(line.record, codec.Adoption):
            base = previous = LastChange(anew.seq, anew.chain)
            later, complete = 0, True
        anew = line if line.leaves_out(end) and line.seq > base.seq else None
        if line.is_link and line.seq > base.seq and anew is None:
            complete = complete and line.seq == previous.seq + 1 and line.follows(previous.chain)
            later, previous = later + line.is_change, here
        elif line.seq == base.seq and not base.chain:
            previous = here
        end = end if line.record is None else here
    return Survey(header, end, base.seq, later, complete, good, faulty, size)


def header_of(paths: PipelinePaths) -> codec.Header | None:
    """Return the first line of the ledger, when it is a good one."""
    line = next(good_lines(paths), None)
    return line.record if line and isinstance(line.record, codec.Header) else None


def replayed(paths: PipelinePaths, contents: Contents, base: int) -> Tables:
    """Return the tables with every change after ``base`` applied, gaps or not."""
    tables = contents.tables
    for line in good_lines(paths):
        if line.seq > base and isinstance(line.record, Commit | codec.Deferred):
            tables = apply_commit(tables, side_files.whole(paths, line.record))
    return tables
