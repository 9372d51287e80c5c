"""Takes what is at fault out of the values, so that the rest can be looked at further."""

from copy import deepcopy
from typing import Any

from review_board.settings.keys import OPEN, TABLES
from review_board.settings.saved_views import MOST


def take(values: dict[str, Any], key: str) -> bool:
    """Take a setting out of a nested table; whether it was there."""
    group, _, name = key.partition(".")
    held = values.get(group)
    if group in TABLES and isinstance(held, list):
        return _take_from_list(held, name)
    if name and isinstance(held, dict):
        if _take_within(held, name):
            return True
        if group not in OPEN:
            return False
    return values.pop(group, None) is not None


def _take_within(table: dict[str, Any], name: str) -> bool:
    """A name with dots may be one name, or lie in tables within."""
    if name in table:
        return table.pop(name) is not None
    first, _, rest = name.partition(".")
    inner = table.get(first)
    return bool(rest) and isinstance(inner, dict) and _take_within(inner, rest)


def _take_from_list(entries: list[Any], key: str) -> bool:
    """What is wrong with an entry, which keeps its number; without a key, with the list."""
    before = deepcopy(entries)
    number, _, name = key.partition(".")
    if number:
        _mend(entries, int(number) - 1, name)
    else:
        del entries[MOST:]
        for place, entry in enumerate(entries):
            if not isinstance(entry, dict):
                _mend(entries, place, "name")
    return before != entries


def _mend(entries: list[Any], place: int, name: str) -> None:
    """A name cannot be left out, so another that nobody uses takes its place."""
    entry: dict[str, Any] = entries[place] if isinstance(entries[place], dict) else {}
    entry.pop(name, None)
    entries[place] = entry if name not in ("", "name") else entry | {"name": f"‹{place + 1}›"}
