"""Records in the JSON of other programs to rows of cells: the arrays that their interfaces answer with.

What is nested becomes a column of its own: ``{"person": {"name": …}}`` is "person / name", and of a list
of records each value stands behind the other, parted by ``;``.
"""

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from review_board.errors import InvalidValueError
from review_board.exchange.list_table import NumberedRow
from review_board.progress import Progress

_DEEPEST = 5
_MOST_COLUMNS = 1000
_MOST_CELLS = 20_000_000
_MOST_RECORDS = 250_000
_LONGEST_CELL = 20_000

_ENVELOPES = ("fields", "attributes", "node", "values", "_embedded")
"""Under which the values of a record stand, with Airtable, JSON:API, GraphQL, Attio and Kommo."""
_BARE = frozenset({"columns", "headers"}), frozenset({"rows", "data", "values"})
"""Where the names of columns stand, and the rows without them."""
_OF_ACTIVECAMPAIGN = frozenset(
    ("title", "value", "currency", "status", "cdate", "mdate", "percent")
)
_ACTIVECAMPAIGN_STATES = {"0": "Open", "1": "Won", "2": "Lost"}
_BARE_IDS = frozenset(("contact", "organization", "account", "stage", "group"))
_LONGEST_NUMBER = 20
_OF_TRELLO = frozenset(("cards", "lists"))
_NAMES = ("name", "display_name", "fullName")
_ID_OF = re.compile(r"id([A-Z]\w*)|(\w+?)_ids?")
_NUMBERED = re.compile(r"\d")
_KINDS = {"owner": "users", "members": "members"}
_LINKED = frozenset(("contacts", "people", "persons", "deals", "leads", "opportunities"))
"""Lists whose records are linked as rows are, and need no name in the other."""
_FORMATTED = "@OData.Community.Display.V1.FormattedValue"
"""Behind the name of a field of Dynamics of which a second one has the words: ``_ownerid_value@…``."""
Record = Mapping[str, Any]


def record_lists(loaded: object, depth: int = 0) -> Iterator[list[Record]]:
    """Yield what may be the list: arrays of records and single records, the outer before the inner."""
    if isinstance(loaded, Mapping):
        loaded = _with_names(loaded)
        if loaded.keys() >= _OF_TRELLO:
            loaded = {"cards": loaded["cards"]}
    if isinstance(loaded, list):
        records = [item for item in loaded if isinstance(item, Mapping)]
        if records and len(records) == len(loaded):
            yield [item for record in records for item in _items_of(record)] or records
        elif made := _records_of_rows(loaded[0] if loaded else None, loaded[1:]):
            yield made
    elif isinstance(loaded, Mapping) and depth <= _DEEPEST:
        if sum(not isinstance(value, Mapping | list) for value in loaded.values()) > 1:
            yield [loaded]
        names, rows = (next(map(loaded.get, sorted(keys & loaded.keys())), None) for keys in _BARE)
        if made := _records_of_rows(names, rows) or _records_by_id(loaded):
            yield made
            return
        for value in loaded.values():
            yield from record_lists(value, depth + 1)


def _records_by_id(loaded: Record) -> list[Record]:
    """Return the records that stand under their ids, as Firebase has them; nothing where none do."""
    records = [one for one in loaded.values() if isinstance(one, Mapping)]
    if not 1 < len(records) == len(loaded) or not all(map(_NUMBERED.search, loaded)):
        return []
    alike = len(set.intersection(*(set(one) for one in records))) > 1
    return [{"id": key, **record} for key, record in loaded.items()] if alike else []


def _with_names(lists: Record) -> Record:
    """Return lists that stand beside each other with names for the ids by which their records point there."""
    names = {
        kind: {
            one["id"]: next(filter(None, map(one.get, _NAMES)), "")
            for one in records
            if isinstance(one, Mapping) and isinstance(one.get("id"), str | int)
        }
        for kind, records in lists.items()
        if isinstance(records, list) and kind not in _LINKED
    }
    return {
        kind: [_named_for_ids(one, names) if isinstance(one, Mapping) else one for one in records]
        if isinstance(records, list)
        else records
        for kind, records in lists.items()
    }


def _named_for_ids(record: Record, names: Mapping[str, Mapping[object, str]]) -> Record:
    told = dict(record)
    for key, value in record.items():
        found = _ID_OF.fullmatch(key)
        stem = (found[1] or found[2]).lower() if found else ""
        known = names.get(_KINDS.get(stem, f"{stem}s"), {})
        ids = value if isinstance(value, list) else [value]
        said = [known[one] for one in ids if isinstance(one, str | int) and known.get(one)]
        if said:
            del told[key]
            told[f"{stem} name"] = said
    if "idList" in record:  # Trello closes a card when it is put away
        told |= {"archived": told.pop("closed", False), "next activity date": told.pop("due", None)}
    return told


def _items_of(record: Record) -> list[Record]:
    """Return the records within one that is a board of them, as monday has it."""
    page = record.get("items_page")
    items = (page if isinstance(page, Mapping) else record).get("items")
    found = items if isinstance(items, list) else []
    return [item for item in found if isinstance(item, Mapping) and "column_values" in item]


def _records_of_rows(names: object, rows: object) -> list[Record]:
    """Return rows of bare values as records by their header; nothing where that is none."""
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        return []
    found = [row for row in rows if isinstance(row, list)] if isinstance(rows, list) else []
    return [dict(zip(names, row, strict=False)) for row in found]


def record_rows(records: list[Record], progress: Progress) -> list[NumberedRow]:
    """Return a header and a row for each record; its place in the array is its number."""
    if len(records) > _MOST_RECORDS:
        raise InvalidValueError(
            f"it has {len(records):,} records, and {_MOST_RECORDS:,} is the most", "split it"
        )
    records = _without_false(records)
    flat = [_flat(r) for r in progress.over(records, "reading the records", len(records))]
    names = list(dict.fromkeys(name for record in flat for name in record))[:_MOST_COLUMNS]
    if len(flat) * len(names) > _MOST_CELLS:
        raise InvalidValueError(
            f"its records have {len(names):,} different fields", "export fewer fields, or split it"
        )
    header: NumberedRow = (0, names)
    return [header, *((i, [r.get(name, "") for name in names]) for i, r in enumerate(flat, 1))]


def _without_false(records: list[Record]) -> list[Record]:
    """Return records in which ``false`` is nothing where others have a text: so Odoo writes what is empty."""
    false = {name for record in records for name, value in record.items() if value is False}
    texts = {
        name for record in records for name in false if isinstance(record.get(name), str | list)
    }
    if not texts:
        return records
    return [
        {k: None if v is False and k in texts else v for k, v in record.items()}
        for record in records
    ]


def _flat(record: Record) -> dict[str, str]:
    cells: dict[str, list[str]] = {}
    for path, value in _leaves(_of_activecampaign(_in_words(_unwrapped(record))), ()):
        cells.setdefault(" / ".join(path), []).append(value)
    return {name: "; ".join(dict.fromkeys(filter(None, values))) for name, values in cells.items()}


def _in_words(record: Record) -> Record:
    """Return a record of Dynamics with the words that it has for its ids and numbers."""
    words = {
        name.removesuffix(_FORMATTED): text for name, text in record.items() if _FORMATTED in name
    }
    if not words:
        return record
    told = {name: one for name, one in record.items() if "@" not in name} | words
    return {name.strip("_").removesuffix("_value"): one for name, one in told.items()}


def _unwrapped(record: Record) -> Record:
    """Return what an envelope of a record holds beside the rest: ``{"id": 1, "fields": {…}}``."""
    name = next((name for name in _ENVELOPES if isinstance(record.get(name), Mapping)), "")
    if not name or (name == "attributes" and "url" in record[name]):  # of Salesforce: no envelope
        return record
    rest = {key: value for key, value in record.items() if key != name}
    return {**rest, **_unwrapped(record[name])}


def _of_activecampaign(record: Record) -> Record:
    """Return a deal of ActiveCampaign in words: it has its value in cents, its state as a number, and bare ids."""
    value = str(record.get("value"))
    if not (
        record.keys() >= _OF_ACTIVECAMPAIGN and value.isdecimal() and len(value) < _LONGEST_NUMBER
    ):
        return record
    told = {name if name not in _BARE_IDS else f"{name}_id": one for name, one in record.items()}
    state = str(record["status"])
    return {
        **told,
        "value": str(Decimal(value) / 100),
        "status": _ACTIVECAMPAIGN_STATES.get(state, state),
    }


def _leaves(value: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    if isinstance(value, Mapping):
        yield from _leaves_within(value, path)
    elif isinstance(value, list):
        if _is_reference(value):
            yield path, _text(value[1])
            return
        for item in value:
            if named := _named(item):
                yield from _leaves(named[1], (named[0],))
            elif not isinstance(item, list):
                yield from _leaves(item, path)
    elif path and not (value is False and path[-1].endswith("_id")):
        yield path, _text(value)


def _leaves_within(value: Record, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the values of a nested record; of those that Salesforce joins to one, what they point to."""
    joined = value.get("records") if len(path) == 1 and "totalSize" in value else None
    for record in filter(_is_record, joined if isinstance(joined, list) else ()):
        for name, inner in record.items():
            if _is_record(inner) and name != "attributes" and "totalSize" not in inner:
                yield from _leaves(inner, (name,))
    if joined is None and len(path) < _DEEPEST:
        for name, inner in (_telling(value) if path else value).items():
            yield from _leaves(inner, _joined(path, name, inner))


def _is_record(value: object) -> bool:
    return isinstance(value, Mapping)


def _is_reference(value: object) -> bool:
    """Return whether a list is the id and the name of another record, as Odoo has it."""
    return (
        isinstance(value, list)
        and len(value) == 2
        and isinstance(value[0], int)
        and isinstance(value[1], str)
    )


def _named(item: object) -> tuple[str, object] | None:
    """Return name and value of a field that stands in a list of fields, if it is one."""
    if not isinstance(item, Mapping):
        return None
    column = item.get("column")
    title = column.get("title") if isinstance(column, Mapping) else item.get("title")
    if isinstance(title, str) and "text" in item:
        return title, item["text"]
    if isinstance(item.get("name"), str) and "value" in item:
        return item["name"], item["value"]
    return None


def _telling(value: Record) -> Record:
    """Return a nested record without what only repeats or numbers what it tells."""
    if "plain_text" in value:
        return {"value": value["plain_text"]}
    kind = value.get("type", value.get("attribute_type"))
    if isinstance(kind, str) and kind in value:  # {"type": "select", "select": {…}}
        return {"value": _only_word(value[kind])}
    if "currency_value" in value:
        return {"value": value["currency_value"], "currency": value.get("currency_code")}
    micros = str(value.get("amountMicros", ""))
    if micros.isdecimal() and len(micros) < _LONGEST_NUMBER:
        return {"value": str(Decimal(micros) / 1_000_000), "currency": value.get("currencyCode")}
    if "name" in value and "value" in value:
        return {name: inner for name, inner in value.items() if name != "value"}
    if "value" in value and value.keys() & {"label", "primary"}:
        return {"value": value["value"]}
    return value


def _only_word(value: object) -> object:
    """Return what a choice is called or when a time begins, and any other value as it is."""
    words = (
        (value.get(key) for key in ("name", "title", "start")) if isinstance(value, Mapping) else ()
    )
    return next((word for word in words if isinstance(word, str)), value)


def _joined(path: tuple[str, ...], name: str, inner: object) -> tuple[str, ...]:
    """Return the path to a value: ``org_id`` of a record is the org, and "value" adds nothing."""
    if path and name == "value":
        return path
    is_record = (isinstance(inner, Mapping) and inner) or _is_reference(inner)
    return (*path, name.removesuffix("_id") if is_record else name)


def _text(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value)[:_LONGEST_CELL]
