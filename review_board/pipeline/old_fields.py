"""Fields of a stored prospect that had another name: read by the old one, written by the new one."""

from collections.abc import Mapping
from typing import Any

NEW_NAMES: Mapping[str, str] = {"instinct": "first_impression"}
"""The name of today by the old one."""


def with_new_names(fields: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a prospect's fields under their names of today.

    In a change the names may be pointers to a part: ``instinct/solid``. A field that is there under
    both names stays as it is.
    """
    old = [name for name in fields if name.partition("/")[0] in NEW_NAMES]
    renamed = {name: _new_name(name) for name in old if _new_name(name) not in fields}
    return {renamed.get(name, name): value for name, value in fields.items()} if renamed else fields


def _new_name(pointer: str) -> str:
    name, slash, part = pointer.partition("/")
    return f"{NEW_NAMES[name]}{slash}{part}"
