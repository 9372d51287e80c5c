"""Building, taking back and carrying out changes of documents; pure, shared by every store."""

from collections.abc import Mapping
from typing import Any

from review_board.store import pointers
from review_board.store.protocol import Commit, Document, DocumentChange, Tables


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
