"""The two clocks of a prospect in words, and how fresh the buyer's is."""

from enum import StrEnum
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from review_board.settings.setting_groups import Thresholds


NO_SIGN: Final = "no sign of interest"
"""What is said of those who answered without one; nobody knows more than that."""

NO_ANSWER: Final = "no answer"
"""What is said of those who never answered."""


class Freshness(StrEnum):
    """How long ago the buyer gave a sign: lately, a while ago, too long ago or never."""

    FRESH = "fresh"
    AGEING = "ageing"
    OLD = "old"


class Clocks(NamedTuple):
    """``us 84d`` and ``them 86d``: the days since our last touch and since their last interest."""

    us: str
    them: str

    def fitting(self, room: int) -> tuple[str, str]:
        """Return those that have room side by side; ours goes first, since theirs is what counts."""
        if len(self.us) + 1 + len(self.them) <= room:
            return self
        return "", self.them if len(self.them) <= room else ""


def clocks(
    touch_days: int | None,
    signal_days: int | None,
    *,
    lacks_history: bool = False,
    answered_days: int | None = None,
    asked_days: int | None = None,
) -> Clocks:
    """Return the words of both; nothing is said where a list could not tell.

    Theirs counts from their last interest; where they answered since without any, it says so. Where
    they never showed any, it counts from the day on which they asked for a callback with its reason,
    else from their last answer.
    Who never answered gave ``no answer``; whom nobody contacted could not give one.
    """
    whose = "them" if answered_days is None else "interest"
    if lacks_history:
        return Clocks(
            "" if touch_days is None else f"us {touch_days}d",
            "" if signal_days is None else f"{whose} {signal_days}d",
        )
    us = "us never" if touch_days is None else f"us {touch_days}d"
    if signal_days is not None:
        return Clocks(us, f"{whose} {signal_days}d")
    if asked_days is not None:
        return Clocks(us, f"asked {asked_days}d")
    if answered_days is not None:
        return Clocks(us, f"answered {answered_days}d")
    return Clocks(us, "" if touch_days is None else NO_ANSWER)


def freshness(signal_days: int | None, limits: "Thresholds") -> Freshness:
    """Say how fresh the last sign of the buyer is, by the thresholds of the rules."""
    if signal_days is None or signal_days > limits.unreachable_days:
        return Freshness.OLD
    return Freshness.FRESH if signal_days <= limits.recent_days else Freshness.AGEING
