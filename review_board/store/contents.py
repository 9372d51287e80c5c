"""What a data file says: documents keyed by their own ``id``, and what is none of ours.

TinyDB's running numbers are kept from one checkpoint to the next. Tables we do not know are carried
along as they are.
"""

import itertools
from collections.abc import ItemsView, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from review_board.pipeline.old_fields import with_new_names
from review_board.store import codec
from review_board.store.protocol import META, PROSPECTS, SESSIONS, Document, Tables

SCHEMA = 3
"""The layout this version writes; a file with a higher number is only read.

In layout 1 the ledger has no check values, and the side files are named after the data file
without its ending. In layout 2 some fields have their old names (``pipeline.old_fields``).
"""
FIRST_SCHEMA = 1

Coming = Mapping[str, Iterable[tuple[str, Document]]]
"""Table name → documents by their ids, made as they are asked for."""

KNOWN = (PROSPECTS, SESSIONS, META)
OWN = ("schema", "seq", "pipeline", "chain")
"""Fields of the document ``meta`` that only the store knows and writes."""


@dataclass(slots=True)
class Contents:
    """What a data file says.

    ``pipeline`` is its random identity (``None`` in a plain TinyDB file), ``chain`` the check value
    of the change ``seq`` (empty in the first layout); ``numbers`` holds table → document id →
    TinyDB's running number; ``foreign`` the tables that are none of ours.
    """

    tables: Tables = field(default_factory=lambda: {name: {} for name in KNOWN})
    seq: int = 0
    schema: int = SCHEMA
    pipeline: str | None = None
    chain: str = ""
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    foreign: dict[str, Any] = field(default_factory=dict)


def parse(tables: Mapping[str, Any]) -> Contents:
    """Return the contents of a file's tables; raise ``ValueError`` with what makes no sense."""
    contents = Contents()
    for name, table in tables.items():
        try:
            if name in KNOWN or _is_ours(table):
                contents.numbers[name] = numbers = _numbers(table)
                documents = _documents(table, numbers)
                if name == PROSPECTS:
                    documents = map(with_new_names, documents)
                contents.tables[name] = dict(zip(numbers, documents, strict=True))
            else:
                contents.foreign[name] = table
        except ValueError as error:
            raise ValueError(f"has a bad table {name!r}: {error}") from error
    _take_own(contents)
    return contents


def layout(
    contents: Contents,
    tables: Tables,
    seq: int,
    pipeline: str,
    chain: str,
    *,
    coming: Coming = MappingProxyType({}),
) -> dict[str, Any]:
    """Return the tables of a data file that stands at ``seq``, whose check value is ``chain``.

    ``coming`` are documents that are not in the tables yet.
    """
    meta = tables.get(META, {})
    own = {"id": META, "rev": 0, "schema": SCHEMA, "seq": seq, "pipeline": pipeline}
    own |= {"chain": chain} if chain else {}
    tables = {**tables, META: {**meta, META: {**own, **_without_own(meta.get(META, {}))}}}
    numbered = {
        name: _numbered(contents, name, itertools.chain(table.items(), coming.get(name, ())))
        for name, table in tables.items()
    }
    return {**numbered, **{name: t for name, t in contents.foreign.items() if name not in numbered}}


def dump(tables: Mapping[str, Any]) -> Iterator[bytes]:
    """Yield the text of a data file: one document a line, for editors, diffs and messages.

    The lines of a table may come one by one, as ``layout`` has them.
    """
    begin = b"{\n"
    for name, table in tables.items():
        yield b"%b%b: " % (begin, codec.dump(name))
        yield from _dump_table(table)
        begin = b",\n"
    yield b"\n}\n" if tables else b"{\n\n}\n"


def _dump_table(table: Any) -> Iterator[bytes]:
    rows = table.items() if isinstance(table, Mapping) else table
    if not isinstance(rows, ItemsView | Iterator):
        yield codec.dump(table)
        return
    begin = b"{\n"
    for key, doc in rows:
        yield b"%b%b: %b" % (begin, codec.dump(str(key)), codec.dump(doc))
        begin = b",\n"
    yield b"\n}" if begin == b",\n" else b"{}"


def _is_ours(table: Any) -> bool:
    """Return whether an unknown table holds documents that a store wrote."""
    documents = table.values() if isinstance(table, dict) else ()
    return bool(documents) and all(
        isinstance(doc, dict) and type(doc.get("id")) is str and type(doc.get("rev")) is int
        for doc in documents
    )


def _numbers(table: Any) -> dict[str, int]:
    """Return document id → running number, in the order of the file; raise ``ValueError``."""
    if not isinstance(table, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one error for every bad table
    explicit: dict[str, int] = {}
    named: list[str | None] = []
    for key, doc in table.items():
        identity = _identity(key, doc)
        if identity in explicit:
            raise ValueError(f"documents {explicit[identity]} and {key} have the same id")
        if identity is not None:
            explicit[identity] = int(key)
        named.append(identity)
    if len(explicit) == len(named):
        return explicit
    return dict(_with_names(table, named, explicit))


def _identity(key: str, doc: Any) -> str | None:
    if len(key) > 18 or not key.isascii() or not key.isdigit() or key != str(int(key)):
        raise ValueError(f"{key[:40]!r} is not a document number")
    if type(doc) is not dict:
        raise ValueError(f"document {key} is not an object")
    identity = doc.get("id")
    if identity is not None and (type(identity) is not str or not identity):
        raise ValueError(f"document {key} has an id that is not a text")
    return identity


def _with_names(
    table: dict[str, Any], named: list[str | None], taken: Mapping[str, int]
) -> Iterator[tuple[str, int]]:
    """Yield ids for documents that plain TinyDB inserted, the same in every process that reads them."""
    for key, identity in zip(table, named, strict=True):
        name = identity or f"tinydb-{key}"
        while identity is None and name in taken:
            name += "x"
        yield name, int(key)


def _documents(table: dict[str, Any], numbers: Mapping[str, int]) -> Iterator[Document]:
    for identity, doc in zip(numbers, table.values(), strict=True):
        if "id" in doc and type(doc.get("rev")) is int:
            yield doc
        else:
            rev = doc.get("rev")
            yield {**doc, "id": identity, "rev": rev if type(rev) is int else 0}


def _take_own(contents: Contents) -> None:
    """Move what only the store needs to know out of the document ``meta``."""
    meta = contents.tables[META].pop(META, {})
    contents.schema = _whole_number(meta, "schema", FIRST_SCHEMA)
    contents.seq = _whole_number(meta, "seq", 0)
    pipeline = meta.get("pipeline")
    contents.pipeline = pipeline if isinstance(pipeline, str) else None
    chain = meta.get("chain")
    contents.chain = chain if isinstance(chain, str) else ""
    rest = _without_own(meta)
    if set(rest) - {"id", "rev"}:
        contents.tables[META][META] = rest


def _without_own(meta: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in meta.items() if name not in OWN}


def _whole_number(meta: Mapping[str, Any], name: str, default: int) -> int:
    value = meta.get(name, default)
    if type(value) is not int or value < default:
        raise ValueError(f"has a bad {name} in its table meta: {str(value)[:40]!r}")
    return value


def _numbered(
    contents: Contents, name: str, documents: Iterable[tuple[str, Document]]
) -> Iterator[tuple[int, Document]]:
    numbers = contents.numbers.setdefault(name, {})
    free = max(numbers.values(), default=0) + 1
    for identity, doc in documents:
        if identity not in numbers:
            numbers[identity] = free
            free += 1
        yield numbers[identity], doc
