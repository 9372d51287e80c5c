"""The twins in memory of the file store and of the files of presence, for tests and pictures.

Several stores may share one ``Disk`` and behave as processes that share a file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from review_board.errors import StoreError
from review_board.store import codec, conflicts
from review_board.store.changes import apply_commit
from review_board.store.forgotten import erased_commit, finished, unfinished
from review_board.store.protocol import (
    META,
    PROSPECTS,
    SESSIONS,
    Commit,
    Document,
    News,
    Receipt,
    Tables,
)


@dataclass
class Disk:
    """What outlives a store: the documents it began with, and every commit since."""

    start: Mapping[str, Mapping[str, Document]] = field(default_factory=dict)
    commits: list[Commit] = field(default_factory=list)


class MemoryStore:
    """A ``Store`` that keeps nothing on disk: memory is always there and can always be written."""

    read_only: str | None = None
    lost: StoreError | None = None
    missing: tuple[Commit, ...] = ()
    checkpoint_due = False
    history_begins_after = 0

    def __init__(self, disk: Disk | None = None) -> None:
        self._disk = disk or Disk()
        self.tables: Tables = {}
        self.seq = 0
        self._pending_news: tuple[Commit, ...] = ()

    def load(self) -> News:
        """Take the documents from the disk as they are now."""
        start = {PROSPECTS: {}, SESSIONS: {}, META: {}, **self._disk.start}
        self.tables = {name: dict(table) for name, table in start.items()}
        self.seq = 0
        self._pending_news = ()
        self._take_in()
        return News()

    def commit(self, draft: Commit) -> Receipt:
        """Append to the shared disk, or raise ``ConflictError`` and leave everything as it was."""
        self._pending_news += self._take_in()
        conflicts.check(self.tables, draft, self.history())
        docs = b"".join(codec.dump_docs(draft.docs, self.tables))
        commit = codec.as_stored(draft, self.seq + 1, docs)
        self._disk.commits.append(commit)
        self._take_in()
        return Receipt(commit, self._news())

    def write_again(self) -> News:
        """Do nothing: nothing is ever missing."""
        return News()

    def drop_missing(self) -> News:
        """Do nothing: nothing is ever missing."""
        return News()

    def catch_up(self) -> News:
        """Take in what the other stores on this disk did since."""
        self._pending_news += self._take_in()
        return self._news()

    def history(self, about: str = "") -> Iterator[Commit]:
        """Yield all commits, the newest first; all of them whole."""
        return iter(self._disk.commits[::-1])

    def erase_forgotten(self) -> None:
        """Erase them from every commit, and from the documents that the disk began with."""
        ids = unfinished(self.tables)
        if not ids:
            return
        self._disk.commits[:] = [erased_commit(commit, ids) for commit in self._disk.commits]
        self._disk.start = {
            name: {key: doc for key, doc in table.items() if name != PROSPECTS or key not in ids}
            for name, table in self._disk.start.items()
        }
        self.commit(finished(self.tables, ids))

    def checkpoint(self) -> None:
        """Do nothing: there is no file to bring up to date."""

    def close(self) -> None:
        """Do nothing: there is nothing to let go of."""

    def _take_in(self) -> tuple[Commit, ...]:
        new = tuple(self._disk.commits[self.seq :])
        for commit in new:
            self.tables = apply_commit(self.tables, commit)
        self.seq = len(self._disk.commits)
        return new

    def _news(self) -> News:
        news, self._pending_news = News(self._pending_news), ()
        return news


class PresenceInMemory:
    """The twin in memory; processes that share one see each other."""

    def __init__(self) -> None:
        self._seen: dict[str, datetime] = {}

    def beat(self, seat: str, now: datetime) -> None:
        """Note the sign of life."""
        self._seen[seat] = now

    def seen(self) -> Mapping[str, datetime]:
        """Return the last sign of each."""
        return dict(self._seen)

    def lives(self, seat: str) -> bool:
        """Return whether there was a sign of it, and it has not gone."""
        return seat in self._seen

    def leave(self, seat: str) -> None:
        """Forget the seat."""
        self._seen.pop(seat, None)
