"""The one zone of a pipeline: it decides which day it is for everybody, wherever they sit."""

from collections.abc import Mapping
from datetime import UTC, tzinfo
from typing import Any

from review_board.store.changes import change_between
from review_board.store.protocol import META, Commit

APP = "review-board"
"""The author of what no person decided."""


def zone_in(tables: Mapping[str, Mapping[str, Any]]) -> str | None:
    """Return the name of the zone that a pipeline was begun in, if its file says so."""
    zone = tables.get(META, {}).get(META, {}).get("timezone")
    return zone if isinstance(zone, str) else None


def beginning(
    zone: tzinfo, first: Commit, tables: Mapping[str, Mapping[str, Any]]
) -> Commit | None:
    """Return the commit that notes the zone before the first change; ``None`` where there is one.

    An offset has no name to store: it would be wrong in half a year.
    """
    name = "UTC" if zone is UTC else getattr(zone, "key", None)
    if name is None or any(tables.values()):
        return None
    change = change_between(META, META, None, {"id": META, "timezone": name})
    return Commit("began the pipeline", APP, first.at, first.via, (change,))
