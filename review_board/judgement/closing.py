"""The closing ratio: our own once there are enough outcomes, else a usual one, always labelled."""

from dataclasses import dataclass
from decimal import Decimal

from review_board.pipeline.vocabulary import DropReason
from review_board.settings import Estimates

LOST_REASONS = frozenset(
    {
        DropReason.BOUGHT_ELSEWHERE,
        DropReason.NO_DECISION,
        DropReason.TIMING,
        DropReason.NOT_INTERESTED,
        DropReason.HOSTILE,
        DropReason.OTHER,
    }
)
"""Reasons for which a dropped prospect was lost; the others say that it never was qualified."""


@dataclass(frozen=True, slots=True)
class ClosingRatio:
    """Won ÷ (won + lost), 0 to 1, and where it comes from.

    The usual 30 % is the figure of "Are You Giving Up Too Soon?".
    """

    ratio: Decimal
    label: str


def closing_ratio(won: int, lost: int, estimates: Estimates) -> ClosingRatio:
    """The ratio to reckon with, given our own outcomes. Disqualified prospects are not lost ones."""
    outcomes = won + lost
    if outcomes < estimates.closing_outcomes:
        percent = f"{estimates.closing_ratio * 100:.0f} %"
        return ClosingRatio(estimates.closing_ratio, f"usual closing ratio {percent}")
    ratio = (Decimal(won) / Decimal(outcomes)).quantize(Decimal("0.0001"))
    return ClosingRatio(ratio, f"own closing ratio {ratio * 100:.0f} % of {outcomes:,} outcomes")
