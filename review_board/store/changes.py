"""Building, taking back and carrying out changes of documents; pure, shared by every store."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import orjson

from review_board.progress import Progress
from review_board.store import pointers
from review_board.store.protocol import Commit, Document, DocumentChange, Tables


@dataclass(frozen=True, slots=True)
class ManyChanges(Sequence[DocumentChange]):
    """A few changes, and after them thousands of new documents of which only the texts are held.

    The change that adds one is made when it is asked for. ``progress`` counts them while they are
    written, and may stop that, and while they are taken in.
    """

    few: tuple[DocumentChange, ...]
    table: str
    ids: Sequence[str]
    texts: Sequence[bytes]
    progress: Progress = field(default_factory=Progress, compare=False)

    def documents(self, rev: int) -> Iterator[tuple[str, Document]]:
        """Yield the new documents by their ids, as the commit ``rev`` leaves them."""
        for identity, text in zip(self.ids, self.texts, strict=True):
            known = {name: v for name, v in orjson.loads(text).items() if v is not None}
            yield identity, {**known, "id": identity, "rev": rev}

    def already_there(self, tables: Tables) -> Iterator[DocumentChange]:
        """Yield the changes of what is in the tables: of the new documents those that are not new."""
        yield from self.few
        table = tables.get(self.table, {})
        yield from (self._addition(i) for i, key in enumerate(self.ids) if key in table)

    def put_in(self, tables: Tables, rev: int) -> Tables:
        """Return the tables with the new documents."""
        new = self.progress.over(self.documents(rev), "taking them in", len(self.ids))
        table = {**tables.get(self.table, {}), **dict(new)}
        return {**tables, self.table: table}

    def counted(self) -> Iterator[DocumentChange]:
        """Yield all changes, and count them; when the last is written nobody can stop it any more."""
        yield from self.progress.over(self, "saving the prospects", len(self))
        self.progress.last()

    def __getitem__(self, place: Any) -> Any:
        places = range(len(self))[place]
        if isinstance(places, range):
            return [self[number] for number in places]
        few = len(self.few)
        return self.few[places] if places < few else self._addition(places - few)

    def __len__(self) -> int:
        return len(self.few) + len(self.ids)

    def _addition(self, place: int) -> DocumentChange:
        return change_between(self.table, self.ids[place], None, orjson.loads(self.texts[place]))


def change_between(
    table: str, identity: str, before: Document | None, after: Mapping[str, Any] | None
) -> DocumentChange:
    """Return the change from one version of a document to another; ``None``: no document."""
    old, new = pointers.diff(before, after)
    return DocumentChange(table, identity, old, new, before is None, after is None)


def swapped(change: DocumentChange) -> DocumentChange:
    """Return the change that takes this one back."""
    return DocumentChange(
        change.table, change.id, change.after, change.before, change.deletes, change.creates
    )


def apply_commit(tables: Tables, commit: Commit) -> Tables:
    """Return the tables after a commit.

    A document that stays is replaced in its table; a table that gains or loses one is copied,
    so that another thread may walk the old one undisturbed. Changing one document thus costs
    the same in a table of any size.
    """
    copied: set[str] = set()
    for change in commit.docs:
        table = tables.get(change.table, {})
        document = pointers.apply(table.get(change.id), change.after, change.id, commit.seq)
        if (document is not None) == (change.id in table):
            if document is not None:
                table[change.id] = document
            continue
        if change.table not in copied:
            copied.add(change.table)
            table = dict(table)
            tables = {**tables, change.table: table}
        if document is None:
            del table[change.id]
        else:
            table[change.id] = document
    return tables
