"""Outcomes of the whole pipeline, read from the plain documents: won, and lost after a pursuit."""

from collections.abc import Iterable, Mapping
from typing import Any

from review_board.judgement.closing import LOST_REASONS


def count_outcomes(documents: Iterable[Mapping[str, Any]]) -> tuple[int, int]:
    """How many were won, and how many lost. A dropped one with a quote was pursued, so it is lost."""
    won = lost = 0
    for document in documents:
        if document.get("won"):
            won += 1
        elif document.get("column") == "dropped" and _is_lost(document):
            lost += 1
    return won, lost


def _is_lost(document: Mapping[str, Any]) -> bool:
    drop = document.get("drop")
    reason = drop.get("reason") if isinstance(drop, Mapping) else None
    return bool(document.get("quotes")) or (isinstance(reason, str) and reason in LOST_REASONS)
