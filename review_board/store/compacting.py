"""Taking older history out of the ledger, into an archive that ``history`` still reads.

The archive is on the disk before the shorter ledger takes the place of the long one. A compaction
that is killed in between leaves an archive that nothing refers to: the next one removes it.
"""

import os
from collections.abc import Iterator
from datetime import date, datetime
from itertools import chain
from typing import NamedTuple

from dateutil.relativedelta import relativedelta  # type: ignore[import-untyped]

from review_board.errors import BadFileError
from review_board.store import archive, codec, files, ledger
from review_board.store.contents import Contents
from review_board.store.datafile import PipelineStorage
from review_board.store.doctor import Problem
from review_board.store.file_lines import sound_end
from review_board.store.good_copies import damaged, gone, read_copy
from review_board.store.ledger_history import LastChange, instant_of
from review_board.store.ledger_survey import header_of, raw_lines, survey
from review_board.store.paths import PipelinePaths
from review_board.store.repairs import RepairWork, remove_all_leftovers, repairing
from review_board.wording import several

MONTHS = 12
"""How much history then stays in it."""


class _Cut(NamedTuple):
    """The bytes before the cut in a ledger, where these end, and how many changes they hold."""

    end: int
    last: LastChange
    changes: int


def compact(path: str | os.PathLike[str], today: date, months: int) -> list[Problem]:
    """Put the changes older than some months into an archive; returns what was done.

    An ``odd`` finding says that nothing was old enough.
    """
    with repairing(path) as work:
        if files.signature(work.paths.data) is None:
            raise gone(work.paths)
        if not _compact(work, today, today - relativedelta(months=months)):
            what = f"holds no change older than {several(months, 'month')}"
            work.done.append(Problem("odd", work.paths.ledger.name, what))
        remove_all_leftovers(work)
    return work.done


def compact_large(paths: PipelinePaths) -> bool:
    """Do the same for a large ledger, when it is worth its time; the caller holds the lock."""
    with files.explain_errors(paths.ledger, "compacted"):
        newest = next(ledger.Ledger(paths).history(), None)
        if newest is None:
            return False
        today = datetime.fromisoformat(newest.at).date()
        before, least = today - relativedelta(months=MONTHS), ledger.LARGE // 4
        return _compact(RepairWork(paths), today, before, least)


def _compact(work: RepairWork, today: date, before: date, least: int = 0) -> bool:
    """Return whether anything was old enough; leave fewer bytes than ``least`` where they are."""
    paths = work.paths
    if (header := header_of(paths)) is None:
        return False
    cut = _find_cut(paths, before)
    if cut.changes and cut.end >= least:  # only then is it worth reading the data file
        cut = _find_cut(paths, before, _restorable_from(paths, header))
    if not cut.changes or cut.end < least:
        return False
    held = survey(paths, LastChange(header.base, header.chain))
    if held.faulty:
        why = f"{paths.ledger} holds {several(held.faulty, 'bad line')}; it was left as it is"
        raise BadFileError(why, f"{paths.command('doctor --repair')} mends it")
    if held.complete:
        _remove_unused(work, header)
    made = paths.archive(today)
    with files.opened(paths.ledger, os.O_RDONLY) as fd:
        label = archive.Label(header.pipeline, header.base, header.chain, *cut.last)
        parts = archive.packed(paths, label, fd, cut.end)
        what = f"holds {several(cut.changes, 'change')} from before {before.isoformat()}"
        work.replace(made, parts, what, keep=False)
        for _ in archive.lines_of(made):
            pass  # what cannot be read back to its end must not be taken out of the ledger
        seq, value = cut.last
        first = codec.dump_header(codec.Header(header.pipeline, seq, False, value))
        rest = files.read_blocks(fd, cut.end, sound_end(fd, os.fstat(fd).st_size))
        what = f"begins after change {seq} now"
        work.replace(paths.ledger, chain((first,), rest), what, keep=False)
    return True


def _find_cut(paths: PipelinePaths, before: date, limit: int | None = None) -> _Cut:
    """Return the longest beginning of the ledger with nothing younger than ``before`` in it."""
    cut = _Cut(0, LastChange(0, ""), 0)
    for text in raw_lines(paths):
        try:
            line = codec.read_line(text)
        except ValueError:
            break  # it will be refused with all else that is wrong
        if line.is_change and instant_of(line)[:10] >= before.isoformat():
            break
        if line.is_link and limit is not None and line.seq > limit:
            break
        last = LastChange(line.seq, line.chain) if line.is_link else cut.last
        cut = _Cut(cut.end + len(text), last, cut.changes + line.is_change)
    return cut


def _restorable_from(paths: PipelinePaths, header: codec.Header) -> int:
    """Return the change up to which data file and backup hold everything and stay restorable."""
    contents = PipelineStorage(paths).read_contents()
    if contents is None or contents.pipeline != header.pipeline:
        raise damaged(paths, f"does not belong to {paths.ledger.name}")
    return min(copy.seq for copy in (contents, *_backup(paths)))


def _backup(paths: PipelinePaths) -> Iterator[Contents]:
    if os.path.lexists(paths.backup):
        try:
            yield read_copy(paths.backup)
        except BadFileError:
            return  # it restores nothing in any case


def _remove_unused(work: RepairWork, header: codec.Header) -> None:
    """Remove the archive of a compaction that was killed: the ledger still holds all of it."""
    for path, label in archive.beside(work.paths):
        if label.pipeline == header.pipeline and label.last > header.base:
            with files.explain_errors(path, "removed"):
                path.unlink()
            work.note(path.name, "left over from an interrupted compaction, removed")
