"""Finding out that somebody else was first, and saying who, when and what."""

from collections.abc import Iterable, Mapping
from typing import Any

from review_board.errors import ConflictError
from review_board.store import pointers
from review_board.store.changes import ManyChanges
from review_board.store.protocol import Commit, Document, DocumentChange, Tables

REMEMBERED = 1000
"""How many commits back the culprit is looked for before the message does without a name."""


class FieldConflictError(ConflictError):
    """A conflict on one field, with both sides of it so that a person can choose.

    ``pointer`` is empty when the document as a whole came or went; ``commit`` is the change that
    came first, or ``None`` when it is not on record (an edit by hand). ``name`` is what the
    document is called.
    """

    def __init__(
        self,
        change: DocumentChange,
        pointer: str,
        current: Any,
        commit: Commit | None,
        message: str,
        *,
        name: str,
    ) -> None:
        super().__init__(message, "look at the record as it is now, then decide again")
        self.table, self.id, self.pointer = change.table, change.id, pointer
        self.current = current
        self.wanted = change.after.get(pointer)
        self.commit = commit
        self.name = name

    def __str__(self) -> str:
        return f"{self.message}: {self.cure}" if self.cure else self.message


def check(tables: Tables, draft: Commit, history: Iterable[Commit]) -> None:
    """Raise ``FieldConflictError`` unless every field is as expected and has its ``before`` value.

    ``history`` (the newest first) is only read when there is a conflict to explain.
    """
    docs = draft.docs
    for change in docs.already_there(tables) if isinstance(docs, ManyChanges) else docs:
        document = tables.get(change.table, {}).get(change.id)
        pointer = _disagreement(document, change)
        if pointer is not None:
            raise _conflict(document, change, pointer, history)


def _disagreement(document: Document | None, change: DocumentChange) -> str | None:
    """Return the first pointer that is not as expected; empty for the document as a whole."""
    if (document is None) != change.creates:
        return ""
    for pointer, expected in (*change.expects.items(), *change.before.items()):
        current = pointers.get(document, pointer)
        if not pointers.same(current, expected) and not (
            pointers.is_nothing(current) and pointers.is_nothing(expected)
        ):
            return pointer
    if change.deletes and pointers.apply(document, change.after, change.id, 0) is not None:
        return ""
    return None


def _conflict(
    document: Document | None, change: DocumentChange, pointer: str, history: Iterable[Commit]
) -> FieldConflictError:
    culprit = _last_to_touch(change, pointer, history)
    name = (document or _before(culprit, change)).get("name") or change.id
    if pointer:
        what = f"{pointer.replace('/', ' ')} of {name} was changed"
    elif document is None:
        what = f"{name} is no longer there"
    else:
        what = f"{name} already exists" if change.creates else f"{name} was changed"
    if culprit is not None:
        what += f" by {culprit.by} at {culprit.at} ({culprit.action})"
    current = pointers.get(document, pointer) if pointer else document
    message = f"{what}; nothing was changed"
    return FieldConflictError(change, pointer, current, culprit, message, name=str(name))


def _before(culprit: Commit | None, change: DocumentChange) -> Mapping[str, Any]:
    """Return what the document held before somebody removed it."""
    docs = culprit.docs if culprit else ()
    return next(
        (doc.before for doc in docs if (doc.table, doc.id) == (change.table, change.id)), {}
    )


def _last_to_touch(
    change: DocumentChange, pointer: str, history: Iterable[Commit]
) -> Commit | None:
    for _, commit in zip(range(REMEMBERED), history, strict=False):
        for other in commit.docs:
            if (other.table, other.id) == (change.table, change.id) and (
                not pointer or any(_overlap(pointer, touched) for touched in other.after)
            ):
                return commit
    return None


def _overlap(one: str, other: str) -> bool:
    """Return whether two pointers name the same value, or one a part of the other's."""
    return one == other or one.startswith(f"{other}/") or other.startswith(f"{one}/")
