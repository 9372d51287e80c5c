"""Records in the JSON of other programs to rows of cells: the arrays that their interfaces answer with.

What is nested becomes a column of its own: ``{"person": {"name": …}}`` is "person / name", and of a list
of records each value stands behind the other, parted by ``;``.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from review_board.errors import InvalidValueError
from review_board.exchange.list_table import NumberedRow
from review_board.progress import Progress

_DEEPEST = 5
_MOST_COLUMNS = 1000
_MOST_CELLS = 20_000_000
_MOST_RECORDS = 250_000
_LONGEST_CELL = 20_000

Record = Mapping[str, Any]


def record_lists(loaded: object, depth: int = 0) -> Iterator[list[Record]]:
    """Yield what may be the list: arrays of records and single records, the outer before the inner."""
    if isinstance(loaded, list):
        records = [item for item in loaded if isinstance(item, Mapping)]
        if records and len(records) == len(loaded):
            yield records
    elif isinstance(loaded, Mapping) and depth <= _DEEPEST:
        if sum(not isinstance(value, Mapping | list) for value in loaded.values()) > 1:
            yield [loaded]
        for value in loaded.values():
            yield from record_lists(value, depth + 1)


def record_rows(records: list[Record], progress: Progress) -> list[NumberedRow]:
    """Return a header and a row for each record; its place in the array is its number."""
    if len(records) > _MOST_RECORDS:
        raise InvalidValueError(
            f"it has {len(records):,} records, and {_MOST_RECORDS:,} is the most", "split it"
        )
    flat = [_flat(r) for r in progress.over(records, "reading the records", len(records))]
    names = list(dict.fromkeys(name for record in flat for name in record))[:_MOST_COLUMNS]
    if len(flat) * len(names) > _MOST_CELLS:
        raise InvalidValueError(
            f"its records have {len(names):,} different fields", "export fewer fields, or split it"
        )
    header: NumberedRow = (0, names)
    return [header, *((i, [r.get(name, "") for name in names]) for i, r in enumerate(flat, 1))]


def _flat(record: Record) -> dict[str, str]:
    """Return the values of a record by the path to each."""
    cells: dict[str, list[str]] = {}
    for path, value in _leaves(record, ()):
        cells.setdefault(" / ".join(path), []).append(value)
    return {name: "; ".join(dict.fromkeys(filter(None, values))) for name, values in cells.items()}


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        if len(path) < _DEEPEST:
            for name, inner in _telling(value).items():
                yield from _leaves(inner, _joined(path, name, inner))
    elif isinstance(value, list):
        for item in value:
            if not isinstance(item, list):
                yield from _leaves(item, path)
    elif path:
        yield path, _text(value)


def _telling(value: Record) -> Record:
    """Return a nested record without the number beside its name or the label beside its value."""
    if "name" in value and "value" in value:
        return {name: inner for name, inner in value.items() if name != "value"}
    if "value" in value and "label" in value:
        return {"value": value["value"]}
    return value


def _joined(path: tuple[str, ...], name: str, inner: object) -> tuple[str, ...]:
    """Return the path to a value: ``org_id`` of a record is the org, and "value" adds nothing."""
    if path and name == "value":
        return path
    is_record = isinstance(inner, Mapping) and inner
    return (*path, name.removesuffix("_id") if is_record else name)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)[:_LONGEST_CELL]
