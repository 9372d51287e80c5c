"""The tiers by percentile: which figures make a prospect low or high in this very pipeline.

They are read from the plain documents when the pipeline is loaded and stay as they are while it is
open: one more large prospect must not turn the other cards.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from review_board.board.index import read_value

if TYPE_CHECKING:
    from review_board.settings.tree import Settings


def with_tiers(settings: "Settings", documents: Iterable[Mapping[str, Any]]) -> "Settings":
    """The settings with the pipeline's own figures, where percentiles are asked for."""
    if settings.tiers.by != "percentile":
        return settings
    return settings.by_percentile(open_worths(documents, settings.currency))


def open_worths(documents: Iterable[Mapping[str, Any]], currency: str) -> list[Decimal]:
    """The potential of every open prospect whose value is in this currency."""
    worths = (_worth(document, currency) for document in documents if _is_open(document))
    return [worth for worth in worths if worth is not None]


def _is_open(document: Mapping[str, Any]) -> bool:
    return document.get("won") is None and document.get("column") != "dropped"


def _worth(document: Mapping[str, Any], currency: str) -> Decimal | None:
    amount, found = read_value(document.get("value"))
    if amount is None or found != currency:
        return None
    locations = document.get("locations")
    return amount * locations if isinstance(locations, int) and locations > 1 else amount
