"""The promise every store keeps, and the plain data that crosses it.

A document is a JSON object as it stands in the file. A commit is one acknowledged change of any
number of documents: one undo point, one line of the ledger. Fields are named by *pointers*:
``column``; ``answers/budget`` for one key of a map of records; ``touches/t-01`` for the item with
that ``id`` in a list of items, so that two people adding touches never collide. A new or deleted
document names whole fields. In a pointer ``~1`` stands for ``/`` and ``~0`` for ``~``, as in RFC
6901.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from review_board.errors import StoreError

IMPORT = "import"
"""The door (``Commit.via``) of a list from elsewhere."""
Document = Mapping[str, Any]
"""One stored object; holds at least ``id`` (str) and ``rev`` (the ``seq`` that last wrote it)."""

Tables = dict[str, dict[str, Document]]
"""Table name → document id → document. Documents are replaced, never changed in place; a table
that gains or loses a document is replaced too, so ask the store for ``tables`` each time."""

PROSPECTS = "prospects"
SESSIONS = "sessions"
META = "meta"


@dataclass(frozen=True, slots=True)
class DocumentChange:
    """What happens to one document: pointer → value before and after; ``None`` means absent.

    ``creates``: the document must not exist before; ``deletes``: nothing of it may remain after
    (without these, a late touch would raise a ghost of a document that somebody removed, and
    undoing an addition would leave one). Build changes with ``change_between`` and take them back
    with ``swapped``, which set both. ``expects``: pointer → value that must still stand although
    this change leaves it alone; it is asked when the change is committed and not kept.
    """

    table: str
    id: str
    before: Mapping[str, Any]
    after: Mapping[str, Any]
    creates: bool = False
    deletes: bool = False
    expects: Mapping[str, Any] = field(default_factory=dict)

    def touches(self, fields: Collection[str]) -> bool:
        """Tell whether it changes one of these fields, or a part of it."""
        return any(p.partition("/")[0] in fields for p in (*self.before, *self.after))


@dataclass(frozen=True, slots=True)
class Commit:
    """One change, acknowledged once it carries a ``seq`` (1, 2, 3 …; 0 means not yet stored).

    ``at`` is an ISO 8601 instant in UTC; ``via`` names the door it came through (board, review,
    cli, import); ``undoes`` is the ``seq`` that this commit takes back (an undo of an undo is a
    redo), ``login`` the user of the operating system where that is not ``by``, ``restores`` the one
    it brings back after an older copy of the file was written to. ``gap`` says, in a history, what
    is missing or altered between this commit and the next one.
    """

    action: str
    by: str
    at: str
    via: str
    docs: Sequence[DocumentChange]
    undoes: int | None = None
    seq: int = 0
    login: str | None = None
    restores: int | None = None
    gap: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class News:
    """What happened since we last looked: others' commits, or the whole file was replaced."""

    commits: tuple[Commit, ...] = ()
    reloaded: bool = False
    notices: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.reloaded or bool(self.commits) or bool(self.notices)


@dataclass(frozen=True, slots=True)
class Receipt:
    """An acknowledged commit, and what others had done before it."""

    commit: Commit
    news: News = field(default_factory=News)


class Store(Protocol):
    """Where a pipeline lives. Not thread-safe: one thread calls, any thread may read ``tables``."""

    @property
    def tables(self) -> Tables:
        """Return the documents as last loaded, caught up and committed."""

    @property
    def seq(self) -> int:
        """Return the number of the last commit that ``tables`` includes."""

    @property
    def read_only(self) -> str | None:
        """Say why nothing can be written; ``None`` when it can."""

    @property
    def lost(self) -> StoreError | None:
        """Say why the files cannot be read since ``load``; ``tables`` are what was read last.

        Commits are refused with it until the same pipeline is back.
        """

    @property
    def missing(self) -> tuple[Commit, ...]:
        """Return acknowledged changes that the disk has no more, the oldest first.

        Somebody cut or replaced a file. ``tables`` still have them; commits are refused until
        they are written again or dropped.
        """

    @property
    def checkpoint_due(self) -> bool:
        """Return whether the file is so far behind that a checkpoint is worth its time now."""

    def load(self) -> News:
        """Read everything; the news carries notices (a torn line cut, an older copy opened).

        Raises ``BadFileError`` when the file cannot be understood.
        """

    def commit(self, draft: Commit) -> Receipt:
        """Make a change durable, or raise and leave everything as it was.

        Catches up first; raises ``FieldConflictError`` when a field no longer has its ``before``
        value or is not as the change ``expects``, ``BusyError`` after ten seconds without the lock,
        ``ReadOnlyError``, ``StoreError``.
        """

    def write_again(self) -> News:
        """Make the missing changes once more, as new commits, until one conflicts."""

    def drop_missing(self) -> News:
        """Give the missing changes up."""

    def catch_up(self) -> News:
        """Take in what other processes did since; cheap when nothing happened."""

    def history(self, about: str = "") -> Iterator[Commit]:
        """Yield the commits that led to ``tables``, the newest first.

        ``gap`` says where some are missing. With ``about``, the id of a prospect, those of others are
        passed over, of large ones what is about others, and no gap is told: it comes at once.
        """

    @property
    def history_begins_after(self) -> int:
        """Return the change before the first on record; 0 unless the first ones are in no file."""

    def erase_forgotten(self) -> None:
        """Erase the prospects that the document ``forgotten`` names from all that is kept of them.

        Does nothing when that is done; a call that was interrupted is finished by the next one.
        """

    def checkpoint(self) -> None:
        """Bring the data file up to date with the ledger."""

    def close(self) -> None:
        """Checkpoint what the file lacks, if it can be written, and let go of every file."""
