"""Repairing a pipeline's files without throwing anything away.

No step takes away the only whole copy: what is new is written whole under a temporary name, what it
replaces gets a second name that stays, and only then does the new one take its place. A repair
that is killed or fails can simply be done again.
"""

import glob
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field, replace
from itertools import chain
from pathlib import Path

from review_board import private_files
from review_board.errors import StoreError
from review_board.store import codec, files
from review_board.store.contents import Contents, dump, layout
from review_board.store.datafile import PipelineStorage
from review_board.store.doctor import Problem, exposed
from review_board.store.file_lines import sound_end
from review_board.store.good_copies import gone, good_copy, read_copy
from review_board.store.ledger import Ledger, read_note
from review_board.store.ledger_history import LastChange
from review_board.store.ledger_survey import Survey, good_lines, replayed, survey
from review_board.store.lock import PATIENCE
from review_board.store.old_file_names import locked_paths, paths_of
from review_board.store.paths import PipelinePaths
from review_board.store.side_files import leftovers
from review_board.wording import several


class InterruptedRepairError(StoreError):
    """A repair stopped half way; ``details`` tell what was done before, which stays as it is."""

    def __init__(self, error: StoreError, done: list[Problem]) -> None:
        what = error.message.removesuffix(files.UNCHANGED)
        super().__init__(f"{what}; what was done before stays", error.cure)
        self.details = tuple(f"done  {finding.where}: {finding.what}" for finding in done)


@dataclass(slots=True)
class RepairWork:
    """One repair of a pipeline, under its lock, and what was done so far."""

    paths: PipelinePaths
    done: list[Problem] = field(default_factory=list)

    def note(self, name: str, what: str) -> None:
        """Remember something that was done."""
        self.done.append(Problem("good", name, what))

    def replace(
        self, path: Path, parts: Iterable[bytes], what: str, *, keep: bool = True
    ) -> files.Signature:
        """Put a new file in place of another, which is kept under a second name.

        It is kept once, however often a repair is tried again.
        """
        temporary, damaged = self.paths.temporary(), self.paths.damaged_name(path)
        mode = private_files.private_mode(self.paths.folder)
        keep = keep and files.signature(path) is not None
        with files.explain_errors(path, "mended"):
            kept = self._kept(path) if keep else None
            try:
                made = private_files.write_parts(temporary, parts, mode)
                if keep and kept is None:
                    files.link_or_copy(path, damaged, mode)
                    private_files.sync_folder(self.paths.folder)
                temporary.replace(path)
            except BaseException:
                private_files.remove(temporary)
                private_files.remove(damaged)
                raise
            if keep:
                self.note(path.name, f"kept as {(kept or damaged).name}")
            self.note(path.name, what)
            private_files.sync_folder(self.paths.folder)
        return files.Signature.of(made)

    def _kept(self, path: Path) -> Path | None:
        """Return the second name that a file has already from a repair that was interrupted."""
        now = files.signature(path)
        names = self.paths.folder.glob(f"{glob.escape(path.name)}.damaged-*")
        return next((name for name in names if files.signature(name) == now), None)


def repair(path: str | os.PathLike[str]) -> list[Problem]:
    """Cut a torn line, set a damaged ledger aside, remove leftovers, close modes; return what was done.

    The data file must be readable (``restore`` is for one that is not). When lines were lost, what
    the rest of the ledger says is applied to it all the same. Raises ``InterruptedRepairError``
    when something was done before it had to stop; with any other error nothing was changed.
    """
    with repairing(path) as work:
        paths = work.paths
        contents = PipelineStorage(paths).read_contents()
        if contents is None:
            raise gone(paths)
        held = _repair_ledger(work, contents)
        if held.continues(contents) and not held.complete:
            whole = replace(contents, tables=replayed(paths, contents, held.base))
            what = f"{held.later} later changes applied; others are lost"
            _put_in_place(work, whole, held, what, held.end)
        _close_modes(work)
        remove_all_leftovers(work)
    return work.done


def restore(
    path: str | os.PathLike[str], source: str | os.PathLike[str] | None = None
) -> list[Problem]:
    """Put a good copy in place of the data file, which is kept under another name.

    Without a ``source`` it is the newest backup that can be read (or nothing, for a pipeline that
    the ledger tells from its birth), and the changes in the ledger are applied again, so that
    nothing is lost. A given copy is taken as it is. Returns what was done; raises as ``repair``
    does.
    """
    copy = _given_copy(source) if source is not None else None
    with repairing(path, anew=copy is not None) as work:
        paths = work.paths
        name, contents = copy or good_copy(paths)
        held = _repair_ledger(work, contents)
        again = source is None and held.continues(contents)
        what = f"{name} put in place as the pipeline"
        after: LastChange | None = _last_change(contents)
        if again and contents.seq <= held.end.seq:
            contents = replace(contents, tables=replayed(paths, contents, held.base))
            after = None if held.complete else held.end
        _put_in_place(work, contents, held, what, after)
        if again:
            work.note(paths.ledger.name, f"{several(held.later, 'change')} applied again")
    return work.done


@contextmanager
def repairing(path: str | os.PathLike[str], *, anew: bool = False) -> Iterator[RepairWork]:
    """Hold the lock; an error tells what was done before it.

    Unless the pipeline is put there ``anew``, a name that has no files gets no lock either.
    """
    named = paths_of(path)
    if not anew:
        _refuse_if_nothing_is_there(named)
    with locked_paths(named, PATIENCE) as paths:
        work = RepairWork(paths)
        try:
            with files.explain_errors(paths.data, "mended"):
                yield work
        except StoreError as error:
            if not work.done:
                raise
            raise InterruptedRepairError(error, work.done) from error


def _refuse_if_nothing_is_there(paths: PipelinePaths) -> None:
    with files.explain_errors(paths.folder, "read"):
        there = paths.folder.iterdir() if files.identity(paths.folder) else ()
        is_there = any(paths.is_ours(path.name) for path in there)
    if not is_there:
        raise gone(paths)


def _given_copy(source: str | os.PathLike[str]) -> tuple[str, Contents]:
    with files.explain_errors(Path(source), "read"):
        return os.fspath(source), read_copy(Path(source))


def _repair_ledger(work: RepairWork, contents: Contents) -> Survey:
    """Leave only good lines in the ledger, under a header; returns what they say."""
    paths = work.paths
    held = survey(paths, _last_change(contents))
    if held.faulty or (held.size and held.header is None):
        lost = codec.Header(contents.pipeline or os.urandom(8).hex(), 0, empty=False)
        header = b"" if held.header else codec.dump_header(lost)
        kept = (line.text for line in good_lines(paths))
        what = f"{held.good} good lines kept, {held.faulty} bad ones left out"
        work.replace(paths.ledger, chain((header,), kept), what)
        return survey(paths, _last_change(contents))
    _cut_torn_line(work)
    return held


def _last_change(contents: Contents) -> LastChange:
    return LastChange(contents.seq, contents.chain)


def _cut_torn_line(work: RepairWork) -> None:
    ledger = work.paths.ledger
    if files.signature(ledger) is None:
        return
    with files.explain_errors(ledger, "mended"), files.opened(ledger, os.O_RDWR) as fd:
        size = os.fstat(fd).st_size
        end = sound_end(fd, size)
        if end == size:
            return
        os.ftruncate(fd, end)
        work.note(ledger.name, "the end of a torn line cut off")
        os.fsync(fd)


def _put_in_place(
    work: RepairWork, contents: Contents, held: Survey, what: str, after: LastChange | None
) -> None:
    """Replace the data file and its backup, and say so in the ledger if there is one to go on with.

    ``after``: where the history goes on from, at a fresh seq; ``None``: at its end. The backup
    becomes a file of its own, which later damage to the data file cannot reach.
    """
    paths = work.paths
    seq, ledger = max(contents.seq, held.end.seq), Ledger(paths)
    pipeline, noted = read_note(paths) or ("", LastChange(0, ""))
    if held.header and pipeline == held.header.pipeline and noted.seq > seq:
        seq, after = noted.seq, after or held.end  # the ledger lost its end: that stays to be seen
    if held.header is not None:
        ledger.read_since(seq)
    if held.header is not None and after is not None:
        seq += 1
        line, value = codec.dump_adoption(codec.Adoption(seq, *after), ledger.chain)
        ledger.append(line, seq, value)
        work.note(paths.ledger.name, "a line added that says where the history goes on from")
    identity = held.header.pipeline if held.header else contents.pipeline or os.urandom(8).hex()
    data = b"".join(dump(layout(contents, contents.tables, seq, identity, ledger.chain)))
    spare = paths.temporary()
    with files.explain_errors(paths.backup, "mended"):
        # first: without room for both neither is changed
        private_files.write_new(spare, data, private_files.private_mode(paths.folder))
        try:
            seen = _same(paths.data, data)
            if seen:
                work.note(paths.data.name, "holds that already")
            else:
                seen = work.replace(paths.data, (data,), what)
            spare.replace(paths.backup)
            private_files.sync_folder(paths.folder)
        finally:
            private_files.remove(spare)
    work.note(paths.backup.name, "holds the same now")
    if held.header is not None:
        mark = codec.CheckpointMark(seq, (seen.ino, seen.mtime, seen.size), chain=ledger.chain)
        ledger.append(codec.dump_mark(mark), seq, ledger.chain)


def _same(path: Path, data: bytes) -> files.Signature | None:
    """Return the signature of a file that holds this already.

    An interrupted repair came as far as that.
    """
    seen = files.signature(path)
    if seen is None or seen.size != len(data):
        return None
    with suppress(OSError, StoreError):  # one that cannot be read is put in place again
        found, seen = files.read_whole(path)
        return seen if found == data else None
    return None


def _close_modes(work: RepairWork) -> None:
    with files.explain_errors(work.paths.folder, "read"):
        found = list(exposed(work.paths))
    for path in found:
        with files.explain_errors(path, "closed to others"), files.opened(path, os.O_RDONLY) as fd:
            os.fchmod(fd, private_files.private_mode(work.paths.folder))
        work.note(path.name, "closed to others")


def remove_all_leftovers(work: RepairWork) -> None:
    """Remove what writers left behind when they were killed."""
    with files.explain_errors(work.paths.folder, "read"):
        found = leftovers(work.paths)
    for name in found:
        with files.explain_errors(work.paths.folder / name, "removed"):
            (work.paths.folder / name).unlink(missing_ok=True)
        work.note(name, "left over, removed")
