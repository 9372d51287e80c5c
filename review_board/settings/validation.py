"""Checking all values: what is at fault is taken out, so that the rest can be looked at further."""

from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from review_board.settings.faults import Fault, faults_of
from review_board.settings.saved_views import MOST
from review_board.settings.setting_names import OPEN, TABLES
from review_board.settings.tree import Settings


def validated(values: dict[str, Any], folder: Path) -> tuple[Settings | None, list[Fault]]:
    """Return the settings that are sound, and everything that is wrong.

    What is at fault is taken out and the rest looked at again: two settings that cannot work
    together show only when each of them is sound. Files that they name are looked for from ``folder``.
    """
    faults: list[Fault] = []
    taken: set[str] = set()
    while True:
        try:
            made = Settings.model_validate(values, context={"folder": folder})
        except ValidationError as error:
            found = faults_of(error)
        else:
            return made, faults
        faults += [fault for fault in found if taken.isdisjoint(fault.keys)]
        keys = {key for fault in found for key in fault.keys}
        found_them = [_take_out(values, key) for key in sorted(keys)]
        if not any(found_them):
            return None, faults
        taken |= keys


def _take_out(values: dict[str, Any], key: str) -> bool:
    """Take a setting out of a nested table; return whether it was there."""
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
    """Take out a name with dots, which may be one name, or lie in tables within."""
    if name in table:
        return table.pop(name) is not None
    first, _, rest = name.partition(".")
    inner = table.get(first)
    return bool(rest) and isinstance(inner, dict) and _take_within(inner, rest)


def _take_from_list(entries: list[Any], key: str) -> bool:
    """Take out what is wrong with an entry, which keeps its number, or else with the list."""
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
    """Put another name that nobody uses in place of a bad one, which cannot be left out."""
    entry: dict[str, Any] = entries[place] if isinstance(entries[place], dict) else {}
    entry.pop(name, None)
    entries[place] = entry if name not in ("", "name") else entry | {"name": f"‹{place + 1}›"}
