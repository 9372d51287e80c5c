"""From a changed record to what is committed: only what the change altered, nothing else."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from review_board.store.changes import change_between
from review_board.store.pointers import apply
from review_board.store.protocol import PROSPECTS, Document, DocumentChange


@dataclass(frozen=True, slots=True)
class SessionChange:
    """A review session's document to write in the same commit; ``None`` as before: a new one."""

    before: Document | None
    after: Document


def merged(raw: Document, before: Document, after: Document) -> Document:
    """Return the stored document with what the change altered; the rest stays as it is written there.

    A hand may have written it in another way: whoever touches that too would be in conflict.
    """
    identity = str(raw["id"])
    altered = change_between(PROSPECTS, identity, before, after).after
    return apply(raw, altered, identity, raw.get("rev", 0)) or after


def difference(
    table: str,
    before: Document | None,
    after: Document,
    expects: Mapping[str, Any] | None = None,
) -> list[DocumentChange]:
    """Return the change between two versions, or nothing when they are the same."""
    change = change_between(table, str(after["id"]), before, after)
    if not change.before and not change.after:
        return []
    return [replace(change, expects=expects)] if expects else [change]
