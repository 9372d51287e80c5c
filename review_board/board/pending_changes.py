"""Documents as they will stand once everything that is under way is on disk."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from review_board.store.protocol import Document, Tables

Key = tuple[str, str]
"""Table and id of a document."""


@dataclass(slots=True)
class _Pending:
    document: Document | None
    outstanding: int = 0


@dataclass(slots=True)
class PendingChanges:
    """The changes that were made here and are not on disk yet."""

    _pending: dict[Key, _Pending] = field(default_factory=dict)

    @property
    def is_any(self) -> bool:
        """Return whether there are any."""
        return bool(self._pending)

    def begin(self, touched: Iterable[Key], documents: Mapping[Key, Document | None]) -> None:
        """Take these in: they are being written."""
        for key in touched:
            pending = self._pending.setdefault(key, _Pending(None))
            pending.document = documents[key]
            pending.outstanding += 1

    def settle(self, touched: Iterable[Key]) -> None:
        """Count one outstanding write fewer; the last one gives way to what is on disk."""
        for key in touched:
            pending = self._pending[key]
            pending.outstanding -= 1
            if pending.outstanding == 0:
                del self._pending[key]

    def document(self, tables: Tables, table: str, identity: str) -> Document | None:
        """Return one document."""
        if pending := self._pending.get((table, identity)):
            return pending.document
        return tables.get(table, {}).get(identity)

    def documents(self, tables: Tables, table: str) -> dict[str, Document]:
        """Return all documents of a table, by id."""
        documents = dict(tables.get(table, {}))
        for (name, key), pending in self._pending.items():
            if name == table:
                documents.pop(key, None)
                if pending.document is not None:
                    documents[key] = pending.document
        return documents
