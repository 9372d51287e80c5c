"""The tiers by percentile: which figures make a prospect low or high in this very pipeline.

They are read from the plain documents when the pipeline is loaded and stay as they are while it is
open: one more large prospect must not turn the other cards.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import Any

from review_board.board.index import read_value
from review_board.settings import Settings

LEAST = 10
"""Open prospects with a value from which percentiles mean something; under it the fixed figures
decide."""


def with_tiers(settings: Settings, documents: Iterable[Mapping[str, Any]]) -> Settings:
    """The settings with the pipeline's own figures, where percentiles are asked for."""
    tiers = settings.tiers
    if tiers.by != "percentile":
        return settings
    worths = sorted(open_worths(documents, settings.currency))
    if len(worths) < LEAST:
        return settings
    figures = {
        "low_below": percentile(worths, tiers.low_percentile),
        "high_from": percentile(worths, tiers.high_percentile),
    }
    return settings.model_copy(update={"tiers": tiers.model_copy(update=figures)})


def open_worths(documents: Iterable[Mapping[str, Any]], currency: str) -> list[Decimal]:
    """The potential of every open prospect whose value is in this currency."""
    worths = (_worth(document, currency) for document in documents if _is_open(document))
    return [worth for worth in worths if worth is not None]


def percentile(ordered: list[Decimal], percent: int) -> Decimal:
    """The figure with so many percent at or below it: one of those on record (nearest rank)."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]


def _is_open(document: Mapping[str, Any]) -> bool:
    return document.get("won") is None and document.get("column") != "dropped"


def _worth(document: Mapping[str, Any], currency: str) -> Decimal | None:
    amount, found = read_value(document.get("value"))
    if amount is None or found != currency:
        return None
    locations = document.get("locations", 1)
    return amount * locations if isinstance(locations, int) and locations > 1 else amount
