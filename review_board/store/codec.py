"""Commits as JSON: one line of the ledger each, or a line and a side file when they are large."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, NamedTuple, TypeVar

import orjson

from review_board.errors import StoreError
from review_board.pipeline.old_fields import with_new_pointers
from review_board.store import check_values
from review_board.store.changes import ManyChanges
from review_board.store.protocol import PROSPECTS, Commit, DocumentChange, Tables

T = TypeVar("T")

STRICT = orjson.OPT_PASSTHROUGH_DATETIME | orjson.OPT_PASSTHROUGH_DATACLASS


class Header(NamedTuple):
    """The first line of a ledger: which pipeline it belongs to, and the seq it starts after.

    ``empty``: the pipeline was born with it, so the ledger alone can bring everything back;
    ``chain``: the check value that its first change goes on from.
    """

    pipeline: str
    base: int
    empty: bool
    chain: str = ""


class CheckpointMark(NamedTuple):
    """A checkpoint: the data file as written at ``seq``.

    ``file`` is its (inode, mtime in ns, size), by which others know it for the ledger's own work;
    ``chain`` the check value of the change ``seq``. ``adopted`` was written by the first layout
    instead of an ``Adoption``.
    """

    seq: int
    file: tuple[int, int, int]
    adopted: bool = False
    chain: str = ""


class Adoption(NamedTuple):
    """The pipeline goes on from a data file that is not at the end of the ledger.

    ``after`` and ``origin`` are the number and the check value that the file stood at; changes
    between it and this line are not in it.
    """

    seq: int
    after: int
    origin: str


class Deferred(NamedTuple):
    """A commit whose documents lie in the side file ``name``."""

    commit: Commit
    name: str
    expected: int
    digest: str = ""


Record = Commit | Deferred | CheckpointMark | Adoption | Header


class LedgerLine(NamedTuple):
    """One line of a ledger, and what it says; ``None`` for a kind that a newer version wrote."""

    text: bytes
    record: Record | None

    @property
    def seq(self) -> int:
        """Return the number the line stands at."""
        record = self.commit or self.record
        if isinstance(record, Header):
            return record.base
        return record.seq if isinstance(record, Commit | CheckpointMark | Adoption) else 0

    @property
    def commit(self) -> Commit | None:
        """Return the change it holds, without its documents where these lie in a side file."""
        record = self.record.commit if isinstance(self.record, Deferred) else self.record
        return record if isinstance(record, Commit) else None

    @property
    def chain(self) -> str:
        """Return the check value that the next change goes on from; empty in the first layout."""
        return check_values.stated(self.text)

    @property
    def is_change(self) -> bool:
        """Return whether the line is a commit."""
        return isinstance(self.record, Commit | Deferred)

    @property
    def begins_anew(self) -> bool:
        """Return whether the pipeline goes on from a data file, wherever that stood."""
        record = self.record
        return isinstance(record, Adoption) or (
            isinstance(record, CheckpointMark) and record.adopted
        )

    @property
    def is_link(self) -> bool:
        """Return whether the line is a link of the chain, rather than a checkpoint."""
        return self.is_change or self.begins_anew or isinstance(self.record, Header)

    def leaves_out(self, end: tuple[int, str]) -> bool:
        """Return whether changes before it, up to the ledger's ``end``, do not count any more."""
        record = self.record
        return self.begins_anew and not (
            isinstance(record, Adoption) and (record.after, record.origin) == end
        )

    def follows(self, previous: str) -> bool:
        """Return whether the line is unaltered and comes directly after the change ``previous``."""
        if isinstance(self.record, Commit | Deferred | Adoption):
            sealed = check_values.is_sealed(self.text, previous)
            return sealed or not (previous or self.chain)
        return True


def dump(value: Any) -> bytes:
    """Return plain values as JSON text; raise ``StoreError`` for what JSON or UTF-8 cannot hold."""
    try:
        return orjson.dumps(value, option=STRICT)
    except orjson.JSONEncodeError as error:
        raise StoreError(f"this cannot be stored ({error}); nothing was changed") from error


def dump_docs(docs: Iterable[DocumentChange], tables: Tables) -> Iterator[bytes]:
    """Yield the ``docs`` of a commit one by one, each with the ``rev`` it was made on (null: it is new)."""
    begin = b"["
    for change in docs.counted() if isinstance(docs, ManyChanges) else docs:
        yield begin + dump(_doc_to_json(change, tables))
        begin = b","
    yield b"]" if begin == b"," else b"[]"


def dump_commit(commit: Commit, docs: bytes, previous: str) -> tuple[bytes, str]:
    """Return a whole commit on one line, from its documents already dumped, and its check value.

    ``previous`` is the check value of the change before it.
    """
    return check_values.seal(dump({**_frame(commit), "docs": orjson.Fragment(docs)}), previous)


def dump_deferred(commit: Commit, digest: str, name: str, previous: str) -> tuple[bytes, str]:
    """Return the line and the check value of a commit whose documents lie in a side file."""
    side = {"bulk": name, "count": len(commit.docs), "hash": digest}
    return check_values.seal(dump({**_frame(commit), **side}), previous)


def dump_adoption(adoption: Adoption, previous: str) -> tuple[bytes, str]:
    """Return the line and the check value of an adoption."""
    body = {"adoption": adoption.seq, "after": adoption.after, "from": adoption.origin}
    return check_values.seal(dump(body), previous)


def dump_mark(mark: CheckpointMark) -> bytes:
    """Return the line of a checkpoint."""
    return _stating({"checkpoint": mark.seq, "file": mark.file}, mark.chain)


def dump_header(header: Header) -> bytes:
    """Return the first line of a ledger."""
    body = {"ledger": 1, "pipeline": header.pipeline, "base": header.base, "empty": header.empty}
    return _stating(body, header.chain)


def _stating(body: dict[str, Any], value: str) -> bytes:
    return dump({**body, "chain": value} if value else body) + b"\n"


def read_line(text: bytes) -> LedgerLine:
    """Return a line with what it says; raise ``ValueError`` like ``parse``."""
    return LedgerLine(text, parse(text))


def passes_over(text: bytes, name: bytes) -> bool:
    """Return whether a line is a change that does not hold a name, and has no side file that may."""
    is_change = text.startswith(b'{"seq":') and b'"bulk":' not in text
    return is_change and name not in text


def parse(line: bytes) -> Record | None:
    """Return what a line says; ``None`` for a kind of line that a newer version wrote.

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
    """Return the documents of a commit; raise ``ValueError`` when they cannot be understood."""
    try:
        return _docs_from_json(orjson.loads(data))
    except (KeyError, TypeError) as error:
        raise ValueError(f"a field is missing or of the wrong kind: {error}") from error


def docs_about(data: bytes, prospect_id: str) -> bytes:
    """Return the documents of a commit that are about one prospect, without reading thousands of others.

    No text of a document looks like the beginning of the next one: quotes in it are escaped.
    """
    name = dump(prospect_id)
    start = data.find(b'{"table":%b,"id":%b,"rev":' % (dump(PROSPECTS), name))
    if start < 0:
        return data if name in data else b"[]"
    end = data.find(b',{"table":', start)
    part = b"[%b]" % data[start : end if end >= 0 else data.rfind(b"]")]
    try:
        orjson.loads(part)
    except orjson.JSONDecodeError:  # a field of ours that we do not know looks like it
        return data
    return part


def as_stored(draft: Commit, seq: int, docs: bytes) -> Commit:
    """Return the draft as everybody will read it from now on: plain JSON values, numbered."""
    return replace(draft, docs=parse_docs(docs), seq=seq, gap="")


def many_as_stored(draft: Commit, seq: int, tables: Tables) -> Commit:
    """Return the same of a draft that is too large to be read again from one text."""
    docs = draft.docs
    few = docs.few if isinstance(docs, ManyChanges) else docs
    read = tuple(_doc_from_json(orjson.loads(dump(_doc_to_json(one, tables)))) for one in few)
    whole = replace(docs, few=read) if isinstance(docs, ManyChanges) else read
    return replace(draft, docs=whole, seq=seq, gap="")


def _frame(commit: Commit) -> dict[str, Any]:
    frame = {name: getattr(commit, name) for name in ("seq", "at", "by", "via", "action")}
    extra = {name: getattr(commit, name) for name in ("undoes", "login", "restores")}
    return frame | {name: value for name, value in extra.items() if value is not None}


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
    table = _is(str, entry["table"])
    before: Mapping[str, Any] = _is(dict, entry["before"])
    after: Mapping[str, Any] = _is(dict, entry["after"])
    if table == PROSPECTS:
        before, after = with_new_pointers(before), with_new_pointers(after)
    return DocumentChange(
        table=table,
        id=_is(str, entry["id"]),
        before=before,
        after=after,
        creates=entry["rev"] is None,
        deletes=entry.get("deletes", False) is True,
    )


def _commit(body: dict[str, Any]) -> Commit | Deferred:
    undoes, login, restores = (body.get(name) for name in ("undoes", "login", "restores"))
    commit = Commit(
        action=_is(str, body["action"]),
        by=_is(str, body["by"]),
        at=_is(str, body["at"]),
        via=_is(str, body["via"]),
        docs=() if "bulk" in body else _docs_from_json(body["docs"]),
        undoes=None if undoes is None else _is(int, undoes),
        seq=_is(int, body["seq"]),
        login=None if login is None else _is(str, login),
        restores=None if restores is None else _is(int, restores),
    )
    if "bulk" in body:
        name, count = _is(str, body["bulk"]), _is(int, body["count"])
        return Deferred(commit, name, count, _is(str, body.get("hash", "")))
    return commit


def _mark(body: dict[str, Any]) -> CheckpointMark:
    inode, mtime, size = body["file"]
    return CheckpointMark(
        _is(int, body["checkpoint"]),
        (_is(int, inode), _is(int, mtime), _is(int, size)),
        body.get("adopted", False) is True,
        _is(str, body.get("chain", "")),
    )


def _adoption(body: dict[str, Any]) -> Adoption:
    return Adoption(_is(int, body["adoption"]), _is(int, body["after"]), _is(str, body["from"]))


def _header(body: dict[str, Any]) -> Header:
    return Header(
        _is(str, body["pipeline"]),
        _is(int, body["base"]),
        body.get("empty", False) is True,
        _is(str, body.get("chain", "")),
    )


def _is(kind: type[T], value: Any) -> T:
    if type(value) is not kind:
        raise TypeError(f"{value!r} is not {kind.__name__}")
    return value


_KINDS: dict[str, Callable[[dict[str, Any]], Record]] = {
    "seq": _commit,
    "checkpoint": _mark,
    "adoption": _adoption,
    "ledger": _header,
}
