"""What the files of an open pipeline say, followed while others write, edit or take them away."""

import gc
import os
import time
from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile
from pathlib import Path
from threading import Lock

from review_board.errors import BadFileError, StoreError
from review_board.progress import Progress, without_collecting
from review_board.store import archive, codec, files, side_files
from review_board.store.changes import ManyChanges, apply_commit
from review_board.store.contents import Contents
from review_board.store.datafile import PipelineStorage
from review_board.store.forgotten import forgotten
from review_board.store.ledger import Ledger, LedgerReplacedError
from review_board.store.ledger_history import LastChange, left_out, walk_back
from review_board.store.missing_changes import Acknowledged, with_missing
from review_board.store.old_file_names import as_it_lies, paths_of
from review_board.store.open_pipeline import Opened, open_pipeline, reason_not_to_write, rough_size
from review_board.store.paths import PipelinePaths
from review_board.store.protocol import PROSPECTS, Commit, News, Tables

SECOND_LOOKS = (0.005, 0.02, 0.0)
"""Seconds between looks at a file that changed, before it counts as changed by someone else: the
line that explains another process's checkpoint follows a moment after the file."""

BACK = "nothing can be written until it is back"

_Both = tuple[files.Signature | None, files.Signature | None]
"""The signatures of data file and ledger."""


class FollowedFiles:
    """The documents of a pipeline as its files have them; takes no lock and writes nothing.

    What ``Store`` promises of ``tables``, ``seq``, ``read_only``, ``lost`` and ``missing`` holds;
    ``is_joined``: data file and ledger belong together, so a commit may simply be appended.
    """

    def __init__(self, path: str | os.PathLike[str], progress: Progress | None = None) -> None:
        self._path = path
        self._progress = progress
        self._paths = PipelinePaths(Path(path))
        self._storage = PipelineStorage(self._paths)
        self._ledger = Ledger(self._paths)
        self._contents = Contents()
        self._tables: Tables = {}
        self._coming: tuple[ManyChanges, int] | None = None
        self._taking_in = Lock()
        self.seq = 0
        self._chain = ""
        self._file_seq = 0
        self._bytes_ahead = 0
        self.is_joined = False
        self._top: LastChange | None = None
        self._lost_end: LastChange | None = None
        self.read_only: str | None = None
        self._pending_news = News()
        self._known_bad: tuple[_Both, BadFileError] | None = None
        self._folder: tuple[int, int] | None = None
        self.lost: StoreError | None = None
        self._acknowledged = Acknowledged()
        self._on_disk: Tables = {}
        self.missing: tuple[Commit, ...] = ()

    @property
    def tables(self) -> Tables:
        """Return the documents; those of an import that was just written are read only now."""
        if self._coming is not None:
            with self._taking_in:
                if self._coming is not None:
                    many, seq = self._coming
                    self._tables, self._coming = many.put_in(self._tables, seq), None
        return self._tables

    @tables.setter
    def tables(self, tables: Tables) -> None:
        with self._taking_in:
            self._tables, self._coming = tables, None

    @property
    def path(self) -> Path:
        """Return the data file, its links followed."""
        return self._paths.data

    def load(self) -> News:
        """Read the data file and what the ledger holds beyond it."""
        with files.explain_errors(Path(self._path), "read"):
            self._paths = paths_of(self._path)
            self._storage = PipelineStorage(self._paths)
            self._ledger = Ledger(self._paths)
            self._pending_news = News()
            self._known_bad = self.lost = None
            self._acknowledged, self.missing = Acknowledged(), ()
            self._storage.seen = None
            news = replace(self._reload(), reloaded=False)
            self._progress = None  # nobody waits for what is read again later
            return news

    def catch_up(self) -> News:
        """Take in others' commits, or the whole file when somebody edited or replaced it.

        Two ``stat`` calls when nothing happened. When the files are gone, cannot be read or are
        another pipeline's, ``lost`` says so: ``tables`` stay as they were, and commits are refused
        until what was read is back.
        """
        self._keep_news(self._refresh(alone=False))
        return self._take_news()

    def history(self, about: str = "") -> Iterator[Commit]:
        """Yield the commits that led to ``tables``, the newest first; see the protocol."""
        return self._ledger.history(self._top, about)

    @property
    def history_begins_after(self) -> int:
        """Return the change before the first on record; 0 unless the first ones are in no file."""
        header = self._ledger.header
        return archive.begins_after(self._paths, header) if header else self.seq

    def left_out(self) -> list[Commit]:
        """Changes that were written, but are in no file: it was replaced by an older copy."""
        lines = left_out(self._ledger.backwards(), self._top)
        records = (line.record for line in lines)
        changes = (record for record in records if isinstance(record, Commit | codec.Deferred))
        return [side_files.whole(self._paths, change) for change in changes]

    @property
    def _file_size(self) -> int:
        """Return the bytes of the data file as last read or written; 0 while there is none."""
        return self._storage.seen.size if self._storage.seen else 0

    def _refresh(self, *, alone: bool) -> News:
        """Return what is new on disk; nothing while the pipeline that was read is not there."""
        try:
            news = self._look(alone=alone)
        except StoreError as error:
            if self._storage.seen is None:
                raise
            self.lost = error
            return News()
        self.lost = None
        return news

    def _look(self, *, alone: bool) -> News:
        """Return what is new on disk; ``alone``: we hold the lock, nobody is half way through."""
        commits: list[Commit] = []
        with files.explain_errors(self._paths.data, "read"):
            for pause in SECOND_LOOKS:
                try:
                    explained = self._take_in(commits)
                except LedgerReplacedError:
                    break
                if self._file_is_as_seen(explained):
                    return News(tuple(commits))
                if alone or self.lost:
                    break
                time.sleep(pause)
            return self._read_again(commits)

    def _take_in(self, commits: list[Commit]) -> codec.CheckpointMark | None:
        """Apply the ledger's new lines; returns the last checkpoint among them."""
        mark = None
        for line in self._ledger.read_new():
            record = line.record
            if (
                isinstance(record, codec.CheckpointMark)
                and not record.adopted
                and record.seq == self.seq
            ):
                mark = record
            if isinstance(record, codec.Header) or record is mark:
                continue
            if not isinstance(record, Commit | codec.Deferred):
                raise LedgerReplacedError
            commit = side_files.whole(self._paths, record)
            if commit.seq != self.seq + 1 or not self.is_joined or self.missing:
                raise LedgerReplacedError
            self.tables = apply_commit(self.tables, commit)
            self._acknowledged.add(commit)
            self.seq = commit.seq
            self._bytes_ahead += rough_size(commit)
            commits.append(commit)
        return mark

    def _file_is_as_seen(self, mark: codec.CheckpointMark | None) -> bool:
        """Return whether the data file is the one we read, or the one a checkpoint told us of."""
        now = files.signature(self._paths.data)
        if now == self._storage.seen:
            return True
        if mark is None or now is None or (now.ino, now.mtime, now.size) != mark.file:
            return False
        self._storage.seen = now
        self._file_seq, self._bytes_ahead = mark.seq, 0
        self._acknowledged.trim(mark.seq)
        return True

    def _read_again(self, commits: list[Commit]) -> News:
        """Reload; a pipeline that came into being meanwhile comes as its commits alone."""
        unborn = self._storage.seen is None
        news = self._reload()
        header = self._ledger.header
        if unborn and self.is_joined and header is not None and header.empty:
            born = tuple(self.history())[::-1]
            self._acknowledged.recall(born)
            return replace(news, commits=born, reloaded=len(born) != self.seq)
        return replace(news, commits=tuple(commits))

    def _reload(self) -> News:
        """Read everything; what was read before stays as it was when that fails."""
        now = files.signature(self._paths.data), files.signature(self._paths.ledger)
        if self._known_bad is not None and self._known_bad[0] == now:
            raise self._known_bad[1]
        try:
            self._refuse_if_gone(now[0])
            with without_collecting():
                storage, ledger, opened = self._open_as_it_lies()
                gc.freeze()  # a pipeline stays: no collection need ever walk it
            self._refuse_another(opened.contents)
            read_only = reason_not_to_write(self._paths, opened.contents)
        except BadFileError as error:
            self._known_bad = now, error
            raise
        self._known_bad = None
        again = self._storage.seen is not None
        self._paths, self._storage, self._ledger = storage.paths, storage, ledger
        self._folder = files.identity(self._paths.folder)
        self.read_only = read_only
        self._take_opened(opened, again=again)
        return News(reloaded=True, notices=tuple(opened.notices))

    def _take_opened(self, opened: Opened, *, again: bool) -> None:
        self._contents, self.tables = opened.contents, opened.tables
        self.seq, self._file_seq = opened.seq, opened.contents.seq
        self._chain = opened.chain
        self.is_joined = opened.is_joined and opened.lost_end is None
        self._top, self._lost_end = opened.top, opened.lost_end
        self._bytes_ahead = opened.bytes_ahead
        if again and not opened.is_joined:
            self._acknowledged.recall(self._later_history(opened.seq))
        self._acknowledged.forget(forgotten(self.tables).keys() - self.tables[PROSPECTS].keys())
        steps = walk_back(self._ledger.backwards()) if opened.is_joined else ()
        lines = (step.line for step in steps if not step.left_out)
        missing = self._acknowledged.missing(self.tables, lines)
        self._acknowledged.recall(opened.commits)
        self._set_missing(missing)

    def _later_history(self, seq: int) -> tuple[Commit, ...]:
        """Return what the ledger still holds of the time after an older data file was written."""
        header = self._ledger.header
        if header is None or header.pipeline != self._contents.pipeline:
            return ()
        return tuple(takewhile(lambda commit: commit.seq > seq, self._ledger.history()))[::-1]

    def _set_missing(self, missing: tuple[Commit, ...]) -> None:
        """Show these as if they were on disk."""
        self.missing, self._on_disk = missing, self.tables
        if missing:
            self.tables = with_missing(self._on_disk, missing)

    def _refuse_if_gone(self, data: files.Signature | None) -> None:
        """Refuse to begin a file anew that we have read: it was removed, or its disk is gone."""
        if data is not None or self._storage.seen is None:
            return
        name = self._paths.data.name
        folder_is_there = files.identity(self._paths.folder) == self._folder
        raise BadFileError(f"{name if folder_is_there else f'The folder of {name}'} is gone", BACK)

    def _refuse_another(self, contents: Contents) -> None:
        known = self._contents.pipeline
        is_known = self._ledger.header is not None and known is not None
        if self._storage.seen is not None and is_known and contents.pipeline != known:
            raise BadFileError(f"Another pipeline is in the place of {self._paths.data.name}", BACK)

    def _open_as_it_lies(self) -> tuple[PipelineStorage, Ledger, Opened]:
        """Open; once more when the ledger was given its own name just then."""
        while True:
            paths = as_it_lies(self._paths)
            storage, ledger = PipelineStorage(paths, self._progress), Ledger(paths)
            opened = open_pipeline(storage, ledger)
            if not paths.uses_old_name or files.signature(paths.ledger) is not None:
                return storage, ledger, opened

    def _keep_news(self, news: News) -> None:
        """Keep news until somebody takes them; a failed commit must not lose them."""
        self._pending_news = News(
            self._pending_news.commits + news.commits,
            self._pending_news.reloaded or news.reloaded,
            self._pending_news.notices + news.notices,
        )

    def _take_news(self) -> News:
        news, self._pending_news = self._pending_news, News()
        return news
