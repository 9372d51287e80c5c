"""Fields of a stored prospect that had another name: read by the old one, written by the new one."""

from collections.abc import Mapping
from typing import Any

NEW_NAMES: Mapping[str, str] = {"instinct": "first_impression"}
"""The name of today by the old one."""

_OLD_PARTS = tuple(f"{old}/" for old in NEW_NAMES)


def with_new_names(document: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a prospect under the names of today; a field that is there under both stays as it is."""
    if document.keys().isdisjoint(NEW_NAMES):
        return document
    new = {old: name for old, name in NEW_NAMES.items() if name not in document}
    return {new.get(name, name): value for name, value in document.items()}


def with_new_pointers(values: Mapping[str, Any]) -> Mapping[str, Any]:
    """Do the same for a change, whose names may be pointers to a part: ``instinct/solid``."""
    names = " ".join(values)  # one look at all of them: nearly always none has an old name
    if any(part in names for part in _OLD_PARTS):
        values = {_new_pointer(pointer): value for pointer, value in values.items()}
    return with_new_names(values)


def _new_pointer(pointer: str) -> str:
    name, slash, part = pointer.partition("/")
    return f"{NEW_NAMES.get(name, name)}{slash}{part}" if slash else pointer
