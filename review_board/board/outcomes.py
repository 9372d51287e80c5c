"""Outcomes of the whole pipeline, read from the plain documents: won, and lost after a pursuit."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from review_board.judgement.closing_ratio import LOST_REASONS, lost_before
from review_board.pipeline.dates import Today

Outcomes = tuple[int, int]
"""How many were won, and how many lost."""


def count_outcomes(documents: Iterable[Mapping[str, Any]], today: Today) -> Outcomes:
    """Return how many were won and lost: dropped with a quote, or for a reason such as timing.

    A drop counts once it has stood for a while, so that a review does not move its own figures.
    """
    won = lost = 0
    before = lost_before(today)
    for document in documents:
        if document.get("won"):
            won += 1
        elif document.get("column") == "dropped" and _is_lost(document, before):
            lost += 1
    return won, lost


def _is_lost(document: Mapping[str, Any], before: datetime) -> bool:
    drop = document.get("drop")
    if not isinstance(drop, Mapping):
        return bool(document.get("quotes"))
    reason = drop.get("reason")
    pursued = bool(document.get("quotes")) or (isinstance(reason, str) and reason in LOST_REASONS)
    return pursued and _is_before(drop.get("at"), before)


def _is_before(at: object, before: datetime) -> bool:
    """A moment that cannot be read is none: the record is spoilt, and counts nowhere."""
    try:
        return isinstance(at, str) and datetime.fromisoformat(at) < before
    except (ValueError, TypeError):
        return False
