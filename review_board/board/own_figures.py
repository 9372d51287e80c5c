"""The pipeline's own figures, read from the plain documents when it is loaded: outcomes, tiers, currency.

They stay as they are while it is open: one more deal won, or one more large prospect, must not
change what is advised for the others.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from datetime import datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from review_board.board.index import is_open, read_currency, read_moment, read_value
from review_board.judgement.closing_ratio import LOST_REASONS, lost_before
from review_board.pipeline.dates import Today

if TYPE_CHECKING:
    from review_board.settings.tree import Settings

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
    at = read_moment(drop.get("at")) if pursued else None
    return at is not None and at < before


def with_own_figures(settings: "Settings", documents: Collection[Mapping[str, Any]]) -> "Settings":
    """Return the settings with what the pipeline itself says where they leave it open.

    That is its currency where none is set, and its tiers where percentiles are asked for.
    """
    if not settings.names_currency:
        used = most_used_currency(documents, settings.currency)
        settings = settings if used == settings.currency else settings.in_currency(used)
    if settings.tiers.by != "percentile":
        return settings
    return settings.by_percentile(open_worths(documents, settings.currency))


def most_used_currency(documents: Iterable[Mapping[str, Any]], usual: str) -> str:
    """Return the currency of most values on record; of equally many the usual one, else the first."""
    values = (document.get("value") for document in documents)
    used = Counter(read_currency(value) for value in values if isinstance(value, dict))
    return min(used, key=lambda code: (-used[code], code != usual, code), default=usual)


def open_worths(documents: Iterable[Mapping[str, Any]], currency: str) -> list[Decimal]:
    """Return the potential of every open prospect whose value is in this currency."""
    worths = (_worth(document, currency) for document in documents if is_open(document))
    return [worth for worth in worths if worth is not None]


def _worth(document: Mapping[str, Any], currency: str) -> Decimal | None:
    amount, found = read_value(document.get("value"))
    if amount is None or found != currency:
        return None
    locations = document.get("locations")
    return amount * locations if isinstance(locations, int) and locations > 1 else amount
