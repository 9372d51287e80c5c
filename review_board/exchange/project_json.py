"""The project's own JSON: what an export writes, a plain list of documents, or a pipeline file."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from shlex import quote
from typing import Any

import orjson

from review_board.errors import InvalidValueError
from review_board.exchange.content_ids import DistinctIds
from review_board.exchange.import_result import ImportOptions, ImportResult, SkippedRow
from review_board.exchange.list_table import NumberedRow
from review_board.exchange.own_table import OLD_HEADERS, OwnRow
from review_board.pipeline.fields import TypingDefaults
from review_board.pipeline.packed_prospects import PackedProspects
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.store.contents import SCHEMA as PIPELINE_SCHEMA
from review_board.wording import first_few, plural

FORMAT = "review_board"
SCHEMA = 1
"""Of the export format; a higher one is refused."""

_SHAPE = 'write {"format": "review_board", "schema": 1, "prospects": [{"name": "Acme"}]}'
_OWN_MARKS = frozenset({"column", "touches", "rev", "contact_history", "external_id", "verdicts"})
"""Fields that no list of another program has by these names."""
_AGAIN = "copy it again, or export it again"
_NEWER = "update review_board, or export it again from the older version"


def to_json(prospects: Iterable[Prospect]) -> bytes:
    """Return the prospects as an export: the same prospects give the same bytes."""
    documents = [to_document(prospect) for prospect in prospects]
    for document in documents:
        document.pop("rev", None)
    return orjson.dumps(
        {"format": FORMAT, "schema": SCHEMA, "prospects": documents},
        option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE,
    )


def is_own(loaded: Any) -> bool:
    """Return whether JSON is of our own form: an export, a pipeline file, or a bare list of documents.

    A list of anybody's records has names that no document has, a value that is a bare number, or no
    record with a name.
    """
    if not isinstance(loaded, list):
        return isinstance(loaded, dict) and "prospects" in loaded
    records = [item for item in loaded if isinstance(item, Mapping)]
    if any(_OWN_MARKS & record.keys() for record in records):
        return True
    return any("name" in record for record in records) and not any(
        record.keys() - Prospect.model_fields.keys()
        or not isinstance(record.get("value", {}), Mapping)
        or not isinstance(record.get("id", ""), str)
        for record in records
    )


def import_json(loaded: Any, options: ImportOptions) -> ImportResult:
    """Return the prospects in JSON; a document without an id gets one made from its content."""
    documents, notices = _documents(loaded)
    if not documents:
        raise InvalidValueError("it holds no prospects", _SHAPE)
    reader = _Reader(options)
    counted = options.progress.over(documents, "reading prospects", len(documents))
    for number, document in enumerate(counted, 1):
        reader.take(number, document)
    return reader.result(notices)


def import_own_rows(
    records: Sequence[NumberedRow], options: ImportOptions, now: datetime
) -> ImportResult:
    """Return the prospects of our own list as a table; one that cannot be is refused by itself."""
    defaults = TypingDefaults(options.currency, now.date())
    headers = [OLD_HEADERS.get(header, header) for header in records[0][1]]
    left_open = dict[str, list[int]]()
    reader = _Reader(options)
    for number, cells in options.progress.over(records[1:], "reading rows", len(records) - 1):
        if not any(map(str.strip, cells)):
            continue
        row = OwnRow(dict(zip(headers, cells, strict=False)), now, options.by, defaults)
        reader.take(number, row.document())
        for header in row.left_open:
            left_open.setdefault(header, []).append(number)
    notices = tuple(
        f"column {header!r}: left open in {plural(len(rows), 'row')} "
        f"{first_few([str(row) for row in rows], 5)}, where it cannot be read"
        for header, rows in left_open.items()
    )
    result = reader.result(notices, tuple(headers))
    if not result.rows:
        raise InvalidValueError("it holds no prospects", "export them again")
    return result


class _Reader:
    """Takes documents in order; their place in the file counts as their row."""

    def __init__(self, options: ImportOptions) -> None:
        self._skipped: list[SkippedRow] = []
        self._options = options
        self._prospects = PackedProspects()
        self._places: dict[str, int] = {}
        self._unknown: dict[str, None] = {}
        self._namesakes = DistinctIds()

    def take(self, number: int, document: object) -> None:
        try:
            self._take(number, self._prospect(document))
        except InvalidValueError as error:
            self._skipped.append(SkippedRow(number, error.message, what="bad"))

    def _prospect(self, document: object) -> Prospect:
        if not isinstance(document, Mapping):
            raise InvalidValueError("it is no JSON object")
        names = (document.get(key, "") for key in ("name", "company", "external_id"))
        made = {} if "id" in document else {"id": self._namesakes.id_of(map(str, names))}
        prospect = from_document({**document, **made, "rev": 0})
        if prospect.model_extra:
            _refuse_deep(prospect.model_extra)
            self._unknown |= dict.fromkeys(prospect.model_extra)
        return prospect

    def _take(self, number: int, prospect: Prospect) -> None:
        if prospect.id in self._options.existing:
            self._skipped.append(SkippedRow(number, "already in the pipeline", what="existing"))
            return
        count = len(self._prospects)
        if (first := self._places.setdefault(prospect.id, count)) == count:
            self._prospects.append(prospect)
        elif self._prospects[first] != prospect:
            raise InvalidValueError(f"its id {prospect.id!r} is that of another one")
        else:
            again = SkippedRow(number, "the same as an earlier one", what="duplicates")
            self._skipped.append(again)

    def result(self, notices: tuple[str, ...], headers: tuple[str, ...] = ()) -> ImportResult:
        """Return what was read so far; raise ``BadRowsError`` where most of it cannot be."""
        if self._unknown:
            names = ", ".join(list(self._unknown)[:10])
            notices = (*notices, f"fields that are not known here were kept: {names}")
        if any(row.what == "existing" for row in self._skipped):
            kept = "who is in the pipeline already stays as they are here: a file of ours only adds"
            notices = (*notices, kept)
        found = ImportResult(
            prospects=self._prospects,
            kind=FORMAT,
            origin=FORMAT,
            confidence="review_board's own export",
            skipped=tuple(self._skipped),
            notices=notices,
            rows=len(self._prospects) + len(self._skipped),
            headers=headers,
        )
        return found.without_most_refused(skip_bad=self._options.skip_bad)


def load_json(text: str) -> Any:
    """Return what JSON text holds; of one record a line, the list of them."""
    text = text.lstrip("\ufeff")
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        if _is_record(text.partition("\n")[0]):
            return _json_lines(text)
        if error.pos >= len(text.rstrip()) or "unexpected end" in error.msg:
            raise InvalidValueError("it is not valid JSON: its end is missing", _AGAIN) from error
        place = f"line {error.lineno}, column {error.colno}"
        trouble = error.msg.partition(": line ")[0]
        raise InvalidValueError(f"it is not valid JSON: {place}: {trouble}", _AGAIN) from error


def _is_record(line: str) -> bool:
    try:
        return isinstance(orjson.loads(line), dict)
    except orjson.JSONDecodeError:
        return False


def _json_lines(text: str) -> list[Any]:
    found = []
    for number, line in enumerate(text.splitlines(), 1):
        try:
            found += [orjson.loads(line)] if line.strip() else []
        except orjson.JSONDecodeError as error:
            raise InvalidValueError(f"it is not valid JSON: line {number}", _AGAIN) from error
    return found


def _documents(loaded: Any) -> tuple[list[Any], tuple[str, ...]]:
    """Return the documents in any of the three shapes, and what to know about them."""
    if isinstance(loaded, list) and (not loaded or any(isinstance(d, Mapping) for d in loaded)):
        return loaded, ()
    if not isinstance(loaded, dict) or "prospects" not in loaded:
        raise InvalidValueError(
            "it is JSON without a list of deals or leads", "export the list itself, best as CSV"
        )
    if loaded.get("format", FORMAT) != FORMAT:
        raise InvalidValueError(f"its format is {str(loaded['format'])[:40]!r}", _SHAPE)
    prospects = loaded["prospects"]
    if isinstance(prospects, list):
        _refuse_newer(loaded.get("schema", SCHEMA), SCHEMA)
        return prospects, tuple(_of_sample(loaded))
    if not isinstance(prospects, dict):
        raise InvalidValueError('its "prospects" is neither a list nor a table', _SHAPE)
    _refuse_newer(_schema_of_pipeline(loaded.get("meta")), PIPELINE_SCHEMA)
    return list(prospects.values()), (
        "a pipeline file: changes that still stand in its ledger only are not in it",
    )


def _of_sample(loaded: Mapping[str, Any]) -> Iterator[str]:
    """Tell that an export is one of our samples, and how to open it instead."""
    if isinstance(sample := loaded.get("sample"), str):
        day = f", whose days are around {str(loaded['today'])[:10]}" if "today" in loaded else ""
        opens = f"`review-board demo {quote(sample[:40])}` opens a copy, dated around today"
        yield f"it is the sample {sample[:40]!r}{day}: {opens}"


def _schema_of_pipeline(meta: object) -> object:
    rows = meta.values() if isinstance(meta, dict) else ()
    return next(
        (row["schema"] for row in rows if isinstance(row, dict) and "schema" in row), SCHEMA
    )


def _refuse_newer(schema: object, known: int) -> None:
    if not isinstance(schema, int) or isinstance(schema, bool) or schema < 1:
        raise InvalidValueError(f"its schema is {str(schema)[:40]!r}", _SHAPE)
    if schema > known:
        raise InvalidValueError(f"its schema {schema} is newer than {known}", _NEWER)


def _refuse_deep(unknown: Mapping[str, Any]) -> None:
    try:
        orjson.dumps(unknown)
    except TypeError as error:
        raise InvalidValueError("it is nested too deeply") from error
