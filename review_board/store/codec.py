"""Commits as JSON: one line of the ledger each, or a line and a side file when they are large."""

from collections.abc import Callable, Iterable
from typing import Any, NamedTuple, TypeVar

import orjson

from review_board.errors import StoreError
from review_board.store.protocol import Commit, DocumentChange, Tables

T = TypeVar("T")

STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


class Header(NamedTuple):
    """The first line of a ledger: which pipeline it belongs to, and the seq it starts after.

    ``empty``: the pipeline was born with it, so the ledger alone can bring everything back.
    """

    pipeline: str
    base: int
    empty: bool


class Mark(NamedTuple):
    """A checkpoint: the data file as written at ``seq``.

    ``file`` is its (inode, mtime in ns, size), by which others know it for the ledger's own work.
    ``adopted``: the file did not follow from the ledger (an older copy, another pipeline's) and
    history starts anew from it.
    """

    seq: int
    file: tuple[int, int, int]
    adopted: bool


class Deferred(NamedTuple):
    """A commit whose documents lie in the side file ``name``."""

    commit: Commit
    name: str
    expected: int


Record = Commit | Deferred | Mark | Header


def dump(value: Any) -> bytes:
    """JSON text of plain values; raises ``StoreError`` for what JSON or UTF-8 cannot hold."""
    try:
        return orjson.dumps(value, option=STRICT)
    except orjson.JSONEncodeError as error:
        raise StoreError(f"this cannot be stored ({error}); nothing was changed") from error


def dump_docs(docs: Iterable[DocumentChange], tables: Tables) -> bytes:
    """The ``docs`` of a commit, each with the ``rev`` it was made on (null: a new document)."""
    return dump([_doc_to_json(change, tables) for change in docs])


def dump_commit(commit: Commit, docs: bytes) -> bytes:
    """A whole commit on one line, from its documents already dumped."""
    return dump({**_frame(commit), "docs": orjson.Fragment(docs)}) + b"\n"


def dump_deferred(commit: Commit, name: str) -> bytes:
    """The line of a commit whose documents lie in a side file."""
    return dump({**_frame(commit), "bulk": name, "count": len(commit.docs)}) + b"\n"


def dump_mark(mark: Mark) -> bytes:
    """The line of a checkpoint."""
    body = {"checkpoint": mark.seq, "file": mark.file}
    return dump({**body, "adopted": True} if mark.adopted else body) + b"\n"


def dump_header(header: Header) -> bytes:
    """The first line of a ledger."""
    body = {"ledger": 1, "pipeline": header.pipeline, "base": header.base, "empty": header.empty}
    return dump(body) + b"\n"


def parse(line: bytes) -> Record | None:
    """What a line says; ``None`` for a kind of line that a newer version wrote.

    Raises ``ValueError`` when it says nothing that could be understood.
    """
    body = orjson.loads(line)
    if not isinstance(body, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one error for every bad line
    for key, build in _KINDS.items():
        if key in body:
            try:
                return build(body)
            except (KeyError, TypeError) as error:
                raise ValueError(f"a field is missing or of the wrong kind: {error}") from error
    return None


def parse_docs(data: bytes) -> tuple[DocumentChange, ...]:
    """The documents of a commit; raises ``ValueError`` when they cannot be understood."""
    try:
        return _docs_from_json(orjson.loads(data))
    except (KeyError, TypeError) as error:
        raise ValueError(f"a field is missing or of the wrong kind: {error}") from error


def settled(draft: Commit, seq: int, docs: bytes) -> Commit:
    """The draft as everybody will read it from now on: plain JSON values, numbered."""
    return Commit(draft.action, draft.by, draft.at, draft.via, parse_docs(docs), draft.undoes, seq)


def _frame(commit: Commit) -> dict[str, Any]:
    frame = {
        "seq": commit.seq,
        "at": commit.at,
        "by": commit.by,
        "via": commit.via,
        "action": commit.action,
    }
    return frame if commit.undoes is None else {**frame, "undoes": commit.undoes}


def _doc_to_json(change: DocumentChange, tables: Tables) -> dict[str, Any]:
    document = tables.get(change.table, {}).get(change.id)
    body = {
        "table": change.table,
        "id": change.id,
        "rev": None if document is None else document["rev"],
        "before": dict(change.before),
        "after": dict(change.after),
    }
    return {**body, "deletes": True} if change.deletes else body


def _docs_from_json(entries: Any) -> tuple[DocumentChange, ...]:
    return tuple([_doc_from_json(entry) for entry in _is(list, entries)])


def _doc_from_json(entry: Any) -> DocumentChange:
    return DocumentChange(
        table=_is(str, entry["table"]),
        id=_is(str, entry["id"]),
        before=_is(dict, entry["before"]),
        after=_is(dict, entry["after"]),
        creates=entry["rev"] is None,
        deletes=entry.get("deletes", False) is True,
    )


def _commit(body: dict[str, Any]) -> Commit | Deferred:
    undoes = body.get("undoes")
    commit = Commit(
        action=_is(str, body["action"]),
        by=_is(str, body["by"]),
        at=_is(str, body["at"]),
        via=_is(str, body["via"]),
        docs=() if "bulk" in body else _docs_from_json(body["docs"]),
        undoes=None if undoes is None else _is(int, undoes),
        seq=_is(int, body["seq"]),
    )
    if "bulk" in body:
        return Deferred(commit, _is(str, body["bulk"]), _is(int, body["count"]))
    return commit


def _mark(body: dict[str, Any]) -> Mark:
    inode, mtime, size = body["file"]
    return Mark(
        _is(int, body["checkpoint"]),
        (_is(int, inode), _is(int, mtime), _is(int, size)),
        body.get("adopted", False) is True,
    )


def _header(body: dict[str, Any]) -> Header:
    return Header(
        _is(str, body["pipeline"]), _is(int, body["base"]), body.get("empty", False) is True
    )


def _is(kind: type[T], value: Any) -> T:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value


_KINDS: dict[str, Callable[[dict[str, Any]], Record]] = {
    "seq": _commit,
    "checkpoint": _mark,
    "ledger": _header,
}
