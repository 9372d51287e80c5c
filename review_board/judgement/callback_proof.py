"""Whether a callback is proven: the five checks of "what will have changed?", each with its answer.

Four must hold: the buyer asked, the day is near enough, the reason is of a known kind and new, and
somebody said what will have changed. The fifth, a commitment of the buyer's own, is a bonus.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from review_board.pipeline.records import Callback
from review_board.pipeline.vocabulary import ReasonKind


@dataclass(frozen=True, slots=True)
class Check:
    """One check and its answer in words. A ``bonus`` speaks for it, but nothing depends on it.

    ``distance`` marks the one about the day: a proven promise may lie too far ahead to rest with us,
    and which day is too far is the rules' matter.
    """

    holds: bool
    words: str
    bonus: bool = False
    distance: bool = False


@dataclass(frozen=True, slots=True)
class CallbackProof:
    """The five checks, in the order in which they are asked."""

    checks: tuple[Check, ...]

    @property
    def passed(self) -> tuple[str, ...]:
        """What speaks for it, in words."""
        return tuple(c.words for c in self.checks if c.holds and not c.distance)

    @property
    def failed(self) -> tuple[str, ...]:
        """What is missing, in words; the bonus is not."""
        return tuple(c.words for c in self.checks if not c.holds and not (c.bonus or c.distance))

    @property
    def proven(self) -> bool:
        """Whether it rests until its date; how far off that date may be is the rules' matter."""
        return not self.failed

    @property
    def near(self) -> bool:
        """Whether its day is near enough to rest with us."""
        return all(c.holds for c in self.checks if c.distance)

    @property
    def grade(self) -> str:
        """``proven``, ``claimed`` (something of it holds, or the day is too far) or ``unproven``."""
        if self.proven:
            return "proven" if self.near else "claimed"
        return "claimed" if len(self.passed) > 1 else "unproven"


def prove(
    callback: Callback,
    used: Iterable[ReasonKind],
    horizon: int = 180,
    today: date | None = None,
) -> CallbackProof:
    """Check a callback; ``used`` are the reason kinds already given since the last signal.

    ``horizon`` is the number of days within which it rests with us, counted from ``today``, else
    from the day on which it was asked.
    """
    days = (callback.on - (today or callback.asked_on)).days
    return CallbackProof(
        (
            _check(callback.asked_by_buyer, "the buyer asked", "the buyer did not ask for it"),
            Check(
                days <= horizon,
                f"a day within {horizon} d"
                if days <= horizon
                else f"{days} d away, over {horizon}",
                distance=True,
            ),
            _reason(callback.reason, set(used)),
            _check(
                bool(callback.change),
                "they said what will have changed",
                "nobody said what will have changed",
            ),
            Check(
                bool(callback.commitment),
                "they committed themselves to a step"
                if callback.commitment
                else "no commitment of their own (a bonus)",
                bonus=True,
            ),
        )
    )


def _check(holds: bool, yes: str, no: str) -> Check:
    return Check(holds, yes if holds else no)


def _reason(reason: ReasonKind | None, used: set[ReasonKind]) -> Check:
    """The same reason given twice explains nothing the second time."""
    if reason is None:
        return Check(False, "no known kind of reason")
    if reason in used:
        return Check(False, f"{reason} was the reason before")
    return Check(True, f"a known kind of reason: {reason}")
