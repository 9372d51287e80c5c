"""Find acknowledged changes that are no longer on disk, after the files were cut or replaced."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from review_board.store import codec, pointers
from review_board.store.changes import apply_commit
from review_board.store.forgotten import erased_commit
from review_board.store.protocol import Commit, Tables

REMEMBERED = 5_000
"""How many changed documents are remembered beyond what the data file does not hold yet."""

_Key = tuple[int, str, str, str, str]


class Acknowledged:
    """The commits that this store wrote or read, and could write again.

    All that the data file does not hold, and the newest of the others, so that an import of
    many thousands does not stay in memory.
    """

    def __init__(self) -> None:
        self._commits: list[Commit] = []

    def add(self, *commits: Commit) -> None:
        """Remember these."""
        self._commits += commits

    def recall(self, commits: Iterable[Commit]) -> None:
        """Remember those of these, the oldest first, that are not remembered already."""
        known = {_key(commit): commit for commit in self._commits}
        self._commits += [commit for commit in commits if not _is_among(commit, known)]
        self._commits.sort(key=lambda commit: commit.seq)

    def trim(self, file_seq: int) -> None:
        """Forget the oldest of those that the data file holds, once there are many."""
        documents = 0
        for place in range(len(self._commits) - 1, -1, -1):
            documents += len(self._commits[place].docs)
            if documents > REMEMBERED and self._commits[place].seq <= file_seq:
                del self._commits[: place + 1]
                return

    def forget(self, ids: Collection[str]) -> None:
        """Keep nothing of these prospects, which were erased on disk too."""
        if ids:
            self._commits = [erased_commit(commit, ids) for commit in self._commits]
            self._commits = [commit for commit in self._commits if commit.docs]

    def drop(self, commits: Iterable[Commit]) -> None:
        """Forget these: they were written anew, or given up."""
        gone = {id(commit) for commit in commits}
        self._commits = [commit for commit in self._commits if id(commit) not in gone]

    def missing(self, on_disk: Tables, lines: Iterable[codec.LedgerLine]) -> tuple[Commit, ...]:
        """Return those that the disk has no more, the oldest first.

        ``lines`` are those of the ledger that led to what is on disk, the newest first. A
        commit without its line is there all the same when its values are, and is missing when they
        are not.
        """
        found = _since(lines, self._commits[0].seq) if self._commits else {}
        lost: list[Commit] = []
        later: set[tuple[str, str, str]] = set()
        for commit in reversed(self._commits):
            values = _values(commit, later)
            is_there = _is_among(commit, found)
            if is_there or all(_holds(on_disk, *value) for value in values.items()):
                later |= values.keys()
            else:
                lost.append(commit)
        return tuple(reversed(lost))


def with_missing(on_disk: Tables, missing: Sequence[Commit]) -> Tables:
    """Return a copy of the tables in which the missing commits have their effect."""
    tables: Tables = {name: dict(table) for name, table in on_disk.items()}
    for commit in missing:
        tables = apply_commit(tables, commit)
    return tables


def renumbered(commit: Commit, written: dict[int, int]) -> Commit:
    """Return the draft that makes a commit again; ``written`` maps old numbers to new ones."""
    undoes = commit.undoes
    undoes = None if undoes is None else written.get(undoes, undoes)
    return replace(commit, seq=0, undoes=undoes, restores=commit.seq)


def _values(commit: Commit, later: set[tuple[str, str, str]]) -> dict[tuple[str, str, str], object]:
    """Map what a commit set, and no later one that is on disk, to the values it set."""
    return {
        (change.table, change.id, pointer): value
        for change in commit.docs
        for pointer, value in change.after.items()
        if (change.table, change.id, pointer) not in later
    }


def _holds(tables: Tables, place: tuple[str, str, str], value: object) -> bool:
    table, identity, pointer = place
    current = pointers.get(tables.get(table, {}).get(identity), pointer)
    nothing = pointers.is_nothing(current) and pointers.is_nothing(value)
    return nothing or pointers.same(current, value)


def _since(lines: Iterable[codec.LedgerLine], first: int) -> dict[_Key, Commit | codec.Deferred]:
    found: dict[_Key, Commit | codec.Deferred] = {}
    for _, record in lines:
        if isinstance(record, codec.CheckpointMark) and record.adopted:
            break  # written by the first layout: what is older did not lead here
        if isinstance(record, Commit | codec.Deferred):
            commit = record.commit if isinstance(record, codec.Deferred) else record
            if commit.seq < first:
                break
            found[_key(commit)] = record
    return found


def _is_among(commit: Commit, found: Mapping[_Key, Commit | codec.Deferred]) -> bool:
    record = found.get(_key(commit))
    if isinstance(record, codec.Deferred):
        return record.expected == len(commit.docs)
    return record is not None and record.docs == commit.docs


def _key(commit: Commit) -> _Key:
    return commit.seq, commit.at, commit.by, commit.via, commit.action
