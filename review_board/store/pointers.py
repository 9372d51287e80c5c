"""Differences between two versions of a document, named by pointers.

Fields whose values are lists of items (objects with their own ``id``) are compared item by item,
maps of records key by key, everything else whole; so changes to different fields merge.
"""

from collections.abc import Iterator, Mapping
from typing import Any

STAMPS = frozenset({"id", "rev"})
"""What the store itself writes into every document; never part of a difference."""


def diff(
    before: Mapping[str, Any] | None, after: Mapping[str, Any] | None
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return what changed, as two maps of pointer → value; ``None`` stands for absent.

    A whole document (``None`` on one side) is compared field by field, without looking inside.
    """
    if before is None or after is None:
        is_new, document = before is None, after if before is None else before
        whole = {
            escape(name): value
            for name, value in (document or {}).items()
            if name not in STAMPS and value is not None
        }
        absent: dict[str, Any] = dict.fromkeys(whole)
        return (absent, whole) if is_new else (whole, absent)
    old: dict[str, Any] = {}
    new: dict[str, Any] = {}
    for name in dict.fromkeys([*before, *after]):
        if name in STAMPS:
            continue
        for pointer, was, now in _by_parts(name, before.get(name), after.get(name)):
            old[pointer], new[pointer] = was, now
    return old, new


def get(document: Mapping[str, Any] | None, pointer: str) -> Any:
    """Return the value a pointer names, or ``None``.

    Where a part is asked of something that has no parts, that thing itself is returned: it
    differs from anything a change expects there, so the change conflicts instead of replacing it.
    """
    name, key = _split(pointer)
    value = None if document is None else document.get(name)
    if key is None or is_nothing(value):
        return value if key is None else None
    if isinstance(value, dict):
        return value.get(key)
    return _item(value, key) if isinstance(value, list) else value


def apply(
    document: Mapping[str, Any] | None, after: Mapping[str, Any], identity: str, rev: int
) -> dict[str, Any] | None:
    """Return a copy of the document with the values in it, or ``None`` when nothing remains."""
    fields = dict(document or {})
    for pointer, value in after.items():
        _put(fields, pointer, value)
    if any(name not in STAMPS and not is_nothing(value) for name, value in fields.items()):
        return {**fields, "id": identity, "rev": rev}
    return None


def same(one: Any, other: Any) -> bool:
    """Return whether two JSON values are equal; ``1``, ``1.0`` and ``true`` differ."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, dict):
        return one.keys() == other.keys() and all(same(one[key], other[key]) for key in one)
    if isinstance(one, list):
        return len(one) == len(other) and all(map(same, one, other))
    return bool(one == other)


def is_nothing(value: Any) -> bool:
    """Return whether a field that holds this value is as good as absent."""
    return value is None or value in ([], {})


def escape(name: str) -> str:
    """Return a field name or key as one step of a pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def _split(pointer: str) -> tuple[str, str | None]:
    name, slash, key = pointer.partition("/")
    if not slash and "~" not in name:
        return name, None
    return _unescape(name), _unescape(key) if slash else None


def _unescape(step: str) -> str:
    return step.replace("~1", "/").replace("~0", "~") if "~" in step else step


def _by_parts(name: str, was: Any, now: Any) -> Iterator[tuple[str, Any, Any]]:
    if same(was, now):
        return
    parts = _parts_of_both(was, now)
    if parts is None:
        yield escape(name), was, now
        return
    old, new = parts
    for key in dict.fromkeys([*old, *new]):
        if not same(old.get(key), new.get(key)):
            yield f"{escape(name)}/{escape(key)}", old.get(key), new.get(key)


def _parts_of_both(was: Any, now: Any) -> tuple[dict[str, Any], dict[str, Any]] | None:
    """Return both values taken apart, or ``None`` where they can only be compared whole."""
    kinds = {type(value) for value in (was, now) if value is not None}
    if len(kinds) > 1 or (None in (was, now) and is_nothing(was) and is_nothing(now)):
        return None
    old, new = ({} if value is None else _parts(value) for value in (was, now))
    if old is None or new is None:
        return None
    if kinds == {list} and not _only_appended(list(old), list(new)):
        return None
    return old, new


def _only_appended(old: list[str], new: list[str]) -> bool:
    """Return whether ``new`` is ``old`` less some, plus some at the end.

    More than that changes of items cannot tell.
    """
    gone, come = set(old) - set(new), set(new) - set(old)
    kept = [key for key in old if key not in gone]
    return new == kept + [key for key in new if key in come]


def _parts(value: Any) -> dict[str, Any] | None:
    if isinstance(value, dict):
        return value if all(_is_entry(part, key) for key, part in value.items()) else None
    return _items(value)


def _is_entry(value: Any, key: str) -> bool:
    """Return whether this belongs to a map of records: anything else is one value, compared whole.

    An amount and its currency, a callback and its reason must never come from two people.
    """
    return isinstance(value, dict) and not _is_item(value, key)


def _items(value: Any) -> dict[str, Any] | None:
    """Return a list of items as id → item; ``None`` when it is something else or ids repeat."""
    if not isinstance(value, list):
        return None
    found = {item["id"]: item for item in value if _is_item(item)}
    return found if len(found) == len(value) else None


def _item(items: list[Any], key: str) -> Any:
    """Return the item with this id, ``None``, or the whole list where it is not one of items."""
    for item in items:
        if not isinstance(item, dict) or "id" not in item:
            return items
        if item["id"] == key:
            return item
    return None


def _is_item(value: Any, key: str | None = None) -> bool:
    if not isinstance(value, dict):
        return False
    identity = value.get("id")
    return isinstance(identity, str) and identity != "" and key in (None, identity)


def _put(fields: dict[str, Any], pointer: str, value: Any) -> None:
    name, key = _split(pointer)
    if key is not None:
        value = _with_part(fields.get(name), key, value)
    if value is None or (key is not None and is_nothing(value)):
        fields.pop(name, None)
    else:
        fields[name] = value


def _with_part(whole: Any, key: str, value: Any) -> Any:
    """Return a copy of a list or object with one part put, replaced or (``None``) taken out."""
    if isinstance(whole, list) and whole:
        return _with_item(whole, key, value)
    if isinstance(whole, dict) and whole:
        rest = {name: part for name, part in whole.items() if name != key or value is not None}
        return rest if value is None else {**rest, key: value}
    if value is None:
        return whole
    return [value] if _is_item(value, key) else {key: value}


def _with_item(items: list[Any], key: str, value: Any) -> list[Any]:
    """Return the list with the item in its old place, or at the end when it is new."""
    for place, item in enumerate(items):
        if isinstance(item, dict) and item.get("id") == key:
            return [*items[:place], *([] if value is None else [value]), *items[place + 1 :]]
    return items if value is None else [*items, value]
