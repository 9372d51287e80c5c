"""A pipeline in a file: TinyDB data file, ledger and lock behind the ``Store`` protocol."""

import itertools
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import date

from review_board import private_files
from review_board.errors import ReadOnlyError, StoreError
from review_board.progress import Progress
from review_board.store import backups, codec, conflicts, files, side_files
from review_board.store.changes import ManyChanges, apply_commit
from review_board.store.contents import SCHEMA, layout
from review_board.store.followed_files import FollowedFiles
from review_board.store.forgotten import finished, unfinished
from review_board.store.ledger import identities_beside
from review_board.store.lock import PATIENCE
from review_board.store.logins import login
from review_board.store.missing_changes import renumbered
from review_board.store.old_file_names import locked_paths, move_over
from review_board.store.protocol import IMPORT, Commit, News, Receipt
from review_board.store.side_files import remove_leftovers
from review_board.wording import several

COMMITS_AHEAD = 64
BYTES_AHEAD = 256 * 1024
SMALL_FILE = 2 * 1024 * 1024
LARGE_FILE = 16 * 1024 * 1024
"""For each of these that a file has more, the ledger may be ahead by as much again: writing the
file takes as much longer, and reading what the ledger is ahead still costs next to nothing beside
the file."""


class FileStore(FollowedFiles):
    """A ``Store`` on disk; many processes may have the same one open.

    A commit is one line appended to the ledger. The data file is brought up to date by
    ``checkpoint``; and by ``close`` when the ledger is ahead by 64 commits or 256 KB (as much again
    for each 16 MB of a large file), or when this store committed something and the file is small
    (2 MB: it costs a command 3 to 15 ms, and whoever reads the file with TinyDB finds it fresh).
    ``today``: the day after which a backup is named. ``progress`` counts what is read of a large file.
    """

    def __init__(
        self,
        path: str | os.PathLike[str],
        *,
        patience: float = PATIENCE,
        today: Callable[[], date] = date.today,
        progress: Progress | None = None,
    ) -> None:
        super().__init__(path, progress)
        self._patience = patience
        self._today = today
        self._wrote = False

    @property
    def checkpoint_due(self) -> bool:
        """Return whether the ledger is ahead by more than a few commits or a large one."""
        steps = 1 + self._file_size // LARGE_FILE
        commits = self.seq - self._file_seq
        return commits > steps * COMMITS_AHEAD or self._bytes_ahead > steps * BYTES_AHEAD

    def commit(self, draft: Commit) -> Receipt:
        """Append to the ledger, fsynced; raises and leaves everything as it was otherwise."""
        with self._writing():
            self._refuse_while_missing()
            commit = self._commit(_with_login(draft))
        return Receipt(commit, self._take_news())

    def write_again(self) -> News:
        """Make the missing changes once more, as new commits.

        Raises ``FieldConflictError`` for the first one that others' changes stand against: it and
        those after it stay missing.
        """
        with self._writing():
            written: dict[int, int] = {}
            left = list(self.missing)
            self.tables = self._on_disk
            try:
                while left:
                    again = _with_login(renumbered(left[0], written))
                    written[left[0].seq] = self._commit(again).seq
                    self._acknowledged.drop(left[:1])
                    del left[0]
            finally:
                self._set_missing(tuple(left))
                self._keep_news(News(reloaded=True))
        return self._take_news()

    def drop_missing(self) -> News:
        """Give the missing changes up: the disk is right."""
        self._acknowledged.drop(self.missing)
        self.tables, self.missing = self._on_disk, ()
        self._keep_news(News(reloaded=True))
        return self._take_news()

    def erase_forgotten(self) -> None:
        """Erase them from ledger, side files and backups, and then say so in the ledger."""
        if not unfinished(self.tables):
            return
        from review_board.store.erase_files import FileEraser

        try:
            with self._writing():
                self._refuse_while_missing()
                ids = unfinished(self.tables)
                self._write_checkpoint()
                FileEraser(self._paths, ids).everywhere()
                self._keep_news(self._refresh(alone=True))
                self._refuse_if_lost()
                self._commit(finished(self.tables, ids))
        except StoreError as error:
            what = error.message.removesuffix(files.UNCHANGED)
            raise StoreError(
                f"{what}; out of the pipeline already, but not out of every file yet",
                f"{error.cure}; the next command goes on with that"
                if error.cure
                else "the next command goes on with that",
            ) from error

    def checkpoint(self) -> None:
        """Write the data file anew, keep the old one as the backup, and remove leftovers."""
        self._refuse_if_read_only()
        if not self._can_checkpoint():
            return
        with self._writing():
            if self._can_checkpoint():
                self._write_checkpoint()
                self._compact_if_large()

    def close(self) -> None:
        """Checkpoint when it is worth its time; everything acknowledged is on disk in any case."""
        cheap = self._wrote and 0 < self._file_size <= SMALL_FILE
        if self.read_only is None and (cheap or self.checkpoint_due):
            with suppress(StoreError):
                self.checkpoint()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        """Hold the lock, with everything on disk taken in; raises when nothing can be written.

        Before anything is created it is made sure that the pipeline we read is still there.
        """
        if self._storage.seen is None:
            self._refuse_if_read_only()
            with files.explain_errors(self._paths.folder, "created"):
                private_files.make_folder(self._paths.folder)
        else:
            self._keep_news(self._refresh(alone=False))
            self._refuse_if_lost()
            self._refuse_if_read_only()
        with locked_paths(self._paths, self._patience):
            self._keep_news(self._refresh(alone=True))
            if self.lost is not None:
                self._take_lock_back()
            self._refuse_if_lost()
            self._refuse_if_read_only()
            yield

    def _take_lock_back(self) -> None:
        """Leave no lock in an empty folder that took the place of ours at the last moment."""
        with files.explain_errors(self._paths.folder, "read"):
            if [path.name for path in self._paths.folder.iterdir()] == [self._paths.lock.name]:
                private_files.remove(self._paths.lock)

    def _commit(self, draft: Commit) -> Commit:
        self._refuse_foreign_tables(draft)
        conflicts.check(self.tables, draft, self.history())
        self._back_up_before(draft)
        if not self.is_joined:
            self._join()
        self._leave_older_layout()
        return self._append(draft)

    def _can_checkpoint(self) -> bool:
        return self.seq != self._file_seq and self.is_joined and not self.missing

    def _write_checkpoint(self) -> None:
        """Bring the data file up to date; the caller holds the lock."""
        if self.seq == self._file_seq or not self.is_joined:
            return
        # first: where every checkpoint is killed, leftovers would pile up
        remove_leftovers(self._paths, self._file_seq)
        self._write_marked(self.seq)
        self._leave_older_layout()

    def _compact_if_large(self) -> None:
        """Take what is a year old out of a large ledger; the caller holds the lock."""
        if not self._ledger.is_large:
            return
        from review_board.store.compacting import compact_large

        try:
            if compact_large(self._paths):
                self._ledger.read_since(self.seq)
        except StoreError as error:
            self._keep_news(News(notices=(f"the history could not be shortened: {error}",)))

    def _back_up_before(self, draft: Commit) -> None:
        """Keep the pipeline as it was before the first change of a day, and before an import.

        Only an import waits for its backup: a call must be saved on a disk that is nearly full too.
        Nor does a call wait until a large file is brought up to date: the ledger has the last
        changes.
        """
        if self._storage.seen is None:
            return
        try:
            name = backups.due_before(self._paths, draft, self._today(), self.history())
            if name is not None:
                if draft.via == IMPORT or self._file_size <= SMALL_FILE:
                    self._write_checkpoint()
                backups.make(self._paths, name)
        except StoreError as error:
            if draft.via == IMPORT:
                raise
            what = error.message.removesuffix(files.UNCHANGED)
            self._keep_news(News(notices=(f"no backup of this day: {what}",)))

    def _join(self) -> None:
        """Make file and ledger belong together, before the first commit that needs them to.

        A file without a ledger gets an identity of its own where a ledger beside it has the same:
        then it is a copy.
        """
        last = max(self.seq, self._lost_end.seq if self._lost_end else 0)  # no number comes twice
        if self._ledger.header is not None:
            seq = max(last, self._ledger.last_seq) + 1
            adoption = codec.Adoption(seq, self.seq, self._chain)
            line, chain = codec.dump_adoption(adoption, self._ledger.chain)
            self._ledger.append(line, seq, chain)
            self._write_marked(seq)
        else:
            born, pipeline = self._storage.seen is None, self._contents.pipeline
            if pipeline is None or pipeline in identities_beside(self._paths):
                pipeline = os.urandom(8).hex()
            chain = os.urandom(8).hex()
            self._write_file(last, pipeline, chain)
            self._ledger.create(codec.Header(pipeline, last, born, chain))
        self.is_joined, self._top, self._lost_end = True, None, None

    def _leave_older_layout(self) -> None:
        """Mark the file so that older versions only read it, and give the ledger its own name."""
        if self._contents.schema < SCHEMA:
            self._write_marked(self.seq)
        if self._paths.uses_old_name:
            self._paths = self._storage.paths = move_over(self._paths)
            self._ledger.moved(self._paths)

    def _append(self, draft: Commit) -> Commit:
        parts = codec.dump_docs(draft.docs, self.tables)
        docs = bytearray()
        for part in parts:
            docs += part
            if len(docs) >= side_files.LARGE:
                commit, size = self._append_large(draft, itertools.chain((bytes(docs),), parts))
                break
        else:
            commit, size = codec.as_stored(draft, self.seq + 1, bytes(docs)), len(docs)
            line, chain = codec.dump_commit(commit, bytes(docs), self._ledger.chain)
            self._ledger.append(line, commit.seq, chain)
            self.tables = apply_commit(self.tables, commit)
        self._acknowledged.add(commit)
        self.seq = commit.seq
        self._bytes_ahead += size
        self._wrote = True
        return commit

    def _append_large(self, draft: Commit, parts: Iterable[bytes]) -> tuple[Commit, int]:
        """Append a commit whose documents are written piece by piece, never held at once; gives its size.

        Those that are new are taken into the tables when somebody looks at these.
        """
        commit = codec.many_as_stored(draft, self.seq + 1, self.tables)
        path, size, digest = side_files.write(self._paths, commit.seq, parts)
        try:
            line, chain = codec.dump_deferred(commit, digest, path.name, self._ledger.chain)
            self._ledger.append(line, commit.seq, chain)
        except BaseException:
            private_files.remove(path)
            raise
        many = commit.docs if isinstance(commit.docs, ManyChanges) else None
        few = replace(commit, docs=many.few) if many else commit
        self.tables = apply_commit(self.tables, few)
        self._coming = (many, commit.seq) if many else None
        return commit, size

    def _write_file(self, seq: int, pipeline: str, chain: str) -> None:
        """Write the data file; one of an older layout is kept first, under the day's date."""
        if self._contents.schema < SCHEMA:
            backups.make(self._paths, self._paths.dated_backup(self._today()))
        with self._taking_in:
            tables, coming = self._tables, self._coming
        new = {coming[0].table: coming[0].documents(coming[1])} if coming else {}
        self._storage.write(layout(self._contents, tables, seq, pipeline, chain, coming=new))
        self._contents.pipeline, self._contents.chain = pipeline, chain
        self._contents.schema, self._contents.seq = SCHEMA, seq
        self.seq = self._file_seq = seq
        self._bytes_ahead = 0
        self._acknowledged.trim(seq)

    def _write_marked(self, seq: int) -> None:
        """Write the data file as it stands at the end of the ledger, and say so there."""
        assert self._ledger.header is not None
        chain = self._ledger.chain
        self._write_file(seq, self._ledger.header.pipeline, chain)
        seen = self._storage.seen
        assert seen is not None
        mark = codec.CheckpointMark(seq, (seen.ino, seen.mtime, seen.size), chain=chain)
        self._ledger.append(codec.dump_mark(mark), seq, chain)

    def _refuse_if_lost(self) -> None:
        if self.lost is not None:
            raise self.lost

    def _refuse_if_read_only(self) -> None:
        if self.read_only is not None:
            raise ReadOnlyError(f"{self.read_only}; nothing was changed", "open another copy")

    def _refuse_while_missing(self) -> None:
        if self.missing:
            count, last = len(self.missing), self.missing[-1]
            changes = several(count, "change is", "changes are")
            raise StoreError(
                f"{changes} no longer in {self._paths.data.name} "
                f"(the last one: {last.by} {last.action}); nothing was changed",
                "write them again or give them up first",
            )

    def _refuse_foreign_tables(self, draft: Commit) -> None:
        for change in draft.docs if any(self._contents.foreign.values()) else ():
            if self._contents.foreign.get(change.table):
                raise StoreError(f"the table {change.table!r} belongs to another program")


def _with_login(draft: Commit) -> Commit:
    user = login()
    return replace(draft, login=None if user == draft.by else user)
