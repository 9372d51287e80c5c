"""Small words for store tests: drafts, files, what lies in a folder."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import orjson

from review_board.progress import Progress
from review_board.store.changes import ManyChanges, change_between
from review_board.store.file_store import FileStore
from review_board.store.protocol import PROSPECTS, Commit, DocumentChange, Store

AT = "2026-03-01T09:00:00Z"


def draft(store: Store, identity: str, after: Mapping[str, Any] | None, by: str = "ann") -> Commit:
    """A draft that makes a prospect look like ``after``, from how the store has it now."""
    before = store.tables.get(PROSPECTS, {}).get(identity)
    change = change_between(PROSPECTS, identity, before, after)
    return Commit(action="edit", by=by, at=AT, via="test", docs=(change,))


def put(store: Store, identity: str, by: str = "ann", **fields: Any) -> Commit:
    """Commit new values for some fields of a prospect, which is created when it is not there."""
    before = store.tables.get(PROSPECTS, {}).get(identity, {})
    return store.commit(draft(store, identity, {**before, **fields}, by)).commit


def prospect(store: Store, identity: str) -> dict[str, Any]:
    """A prospect as the store has it, without its stamps."""
    found = store.tables[PROSPECTS][identity]
    return {name: value for name, value in found.items() if name not in ("id", "rev")}


def opened(path: Path) -> FileStore:
    """A loaded store that does not wait long for the lock."""
    store = FileStore(path, patience=0.2)
    store.load()
    return store


def many(count: int, *few: DocumentChange, progress: Progress | None = None) -> ManyChanges:
    """So many new prospects of 4 KB, of which the texts are known, after other changes."""
    call = {"id": "t-01", "kind": "call"}
    ids = [f"p-{number}" for number in range(1, count + 1)]
    texts = [
        orjson.dumps({"id": i, "note": "x" * 4000, "touches": [call], "no": None}) for i in ids
    ]
    return ManyChanges(few, PROSPECTS, ids, texts, progress or Progress())


def raw(path: Path) -> dict[str, Any]:
    """The data file as plain JSON."""
    found: dict[str, Any] = orjson.loads(path.read_bytes())
    return found


def names(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())
