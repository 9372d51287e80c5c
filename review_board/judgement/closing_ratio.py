"""The closing ratio: our own once there are enough outcomes, else a usual one, always labelled."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from review_board.pipeline.dates import Today
from review_board.pipeline.vocabulary import BET_LOST, DropReason
from review_board.wording import percent, several

if TYPE_CHECKING:
    from review_board.settings.setting_groups import Estimates

LOST_REASONS: frozenset[str] = frozenset(
    {
        DropReason.BOUGHT_ELSEWHERE,
        DropReason.NO_DECISION,
        DropReason.TIMING,
        DropReason.NOT_INTERESTED,
        DropReason.HOSTILE,
        DropReason.OTHER,
        BET_LOST,
    }
)
"""Reasons for which a dropped prospect was lost; the others say that it never was qualified."""
LOST_AFTER = timedelta(days=30)
"""How long a drop must have stood before it counts as lost: our own clicks are no outcomes."""
SURE = 100
"""Outcomes from which the ratio is shown without its interval."""
_Z = Decimal("1.96")
"""The deviate of the normal distribution that leaves out 5 %."""
_PLACES = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class ClosingRatio:
    """Won ÷ (won + lost), 0 to 1, and where it comes from.

    The usual 30 % is the figure of "Are You Giving Up Too Soon?". ``interval`` is where our own is
    with 95 % confidence, given while the outcomes are few.
    """

    ratio: Decimal
    label: str
    interval: tuple[Decimal, Decimal] | None = None

    @property
    def short(self) -> str:
        """Return ``usual closing ratio 30 %`` or ``your closing ratio 46 %``, without the cases."""
        return f"{self.label.split(' ', 1)[0]} closing ratio {percent(self.ratio)}"

    @property
    def as_chance(self) -> str:
        """Return ``usual 30 %`` or ``your usual 46 %``, where a chance stands that nobody gave."""
        whose = "" if self.label.startswith("usual") else "your "
        return f"{whose}usual {percent(self.ratio)}"


def closing_ratio(won: int, lost: int, estimates: "Estimates") -> ClosingRatio:
    """Return the ratio for our own outcomes. Disqualified prospects are not lost ones."""
    outcomes = won + lost
    if outcomes < estimates.closing_outcomes:
        usual = f"usual closing ratio {percent(estimates.closing_ratio)}"
        return ClosingRatio(estimates.closing_ratio, usual)
    ratio = (Decimal(won) / Decimal(outcomes)).quantize(_PLACES)
    label = f"your closing ratio {percent(ratio)} of {several(outcomes, 'outcome')}"
    if outcomes >= SURE:
        return ClosingRatio(ratio, label)
    low, high = wilson_interval(won, outcomes)
    return ClosingRatio(
        ratio, f"{label}, likely {low * 100:.0f} to {high * 100:.0f} %", (low, high)
    )


def wilson_interval(hits: int, trials: int) -> tuple[Decimal, Decimal]:
    """Return the interval of a share with 95 % confidence, 0 to 1.

    The score interval of E. B. Wilson, "Probable Inference, the Law of Succession, and Statistical
    Inference", Journal of the American Statistical Association 22 (1927): it holds for few trials.
    """
    share, count = Decimal(hits) / trials, Decimal(trials)
    squared = _Z * _Z / count
    middle = share + squared / 2
    half = _Z * (share * (1 - share) / count + squared / (4 * count)).sqrt()
    low, high = (middle - half) / (1 + squared), (middle + half) / (1 + squared)
    return max(low, Decimal(0)).quantize(_PLACES), min(high, Decimal(1)).quantize(_PLACES)


def lost_before(today: Today) -> datetime:
    """Return the moment before which a drop has stood long enough to count as lost."""
    return Today(today.day - LOST_AFTER, today.zone).end
