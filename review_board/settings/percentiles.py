"""The tiers by percentile: which figures make a prospect low or high among given worths."""

from collections.abc import Iterable
from decimal import Decimal

from review_board.settings.tree import Settings

LEAST = 10
"""Open prospects with a value from which percentiles mean something; under it the fixed figures
decide."""


def by_percentile(settings: Settings, worths: Iterable[Decimal]) -> Settings:
    """The settings with the figures of these worths, which are all in their currency."""
    ordered, tiers = sorted(worths), settings.tiers
    if len(ordered) < LEAST:
        return settings
    figures = {
        "low_below": percentile(ordered, tiers.low_percentile),
        "high_from": percentile(ordered, tiers.high_percentile),
    }
    return settings.model_copy(update={"tiers": tiers.model_copy(update=figures)})


def percentile(ordered: list[Decimal], percent: int) -> Decimal:
    """The figure with so many percent at or below it: one of those on record (nearest rank)."""
    rank = -(-percent * len(ordered) // 100)
    return ordered[max(rank, 1) - 1]
