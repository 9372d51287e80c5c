"""Whether a callback is proven: the checks of "what will have changed?", each with its answer."""

from collections.abc import Iterable
from dataclasses import dataclass

from review_board.pipeline.records import Callback
from review_board.pipeline.vocabulary import ReasonKind


@dataclass(frozen=True, slots=True)
class CallbackProof:
    """The checks a callback passed and those it failed, in words. A commitment is a bonus."""

    passed: tuple[str, ...]
    failed: tuple[str, ...]

    @property
    def proven(self) -> bool:
        """Whether it rests until its date; how far off that date may be is the rules' matter."""
        return not self.failed

    @property
    def grade(self) -> str:
        """``proven``, ``claimed`` (something of it holds) or ``unproven``."""
        if self.proven:
            return "proven"
        return "claimed" if len(self.passed) > 1 else "unproven"


def prove(callback: Callback, used: Iterable[ReasonKind]) -> CallbackProof:
    """Check a callback; ``used`` are the reason kinds already given since the last signal."""
    repeated = callback.reason is not None and callback.reason in set(used)
    checks = [
        (callback.asked_by_buyer, "the buyer asked", "the buyer did not ask for it"),
        (
            callback.reason is not None and not repeated,
            f"a known kind of reason: {callback.reason}",
            f"{callback.reason} was the reason before" if repeated else "no known kind of reason",
        ),
        (
            bool(callback.change),
            "they said what will have changed",
            "nobody said what will have changed",
        ),
    ]
    passed = [yes for holds, yes, _ in checks if holds]
    if callback.commitment:
        passed.append("they committed themselves to a step")
    return CallbackProof(tuple(passed), tuple(no for holds, _, no in checks if not holds))
