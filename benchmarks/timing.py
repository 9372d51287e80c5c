"""Timing two things turn by turn, so that a noisy moment meets both."""

import gc
import statistics
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from time import perf_counter


def interleaved(
    times: int, *actions: Callable[[], object], clock: Callable[[], float] = perf_counter
) -> list[list[float]]:
    """Return the milliseconds of each action, ``times`` rounds of all in turn."""
    taken: list[list[float]] = [[] for _ in actions]
    for _ in range(times):
        for action, times_taken in zip(actions, taken, strict=True):
            times_taken.append(timed(action, clock=clock))
    return taken


def timed(
    action: Callable[..., object], *arguments: object, clock: Callable[[], float] = perf_counter
) -> float:
    """Return the milliseconds of one call; what it gives is thrown away after the clock has stopped."""
    start = clock()
    result = action(*arguments)
    taken = (clock() - start) * 1000
    del result
    return taken


def both(ours: Sequence[float], reference: Sequence[float]) -> tuple[float, float]:
    """Return the medians of what is compared."""
    return statistics.median(ours), statistics.median(reference)


def percentile(values: Sequence[float], share: float) -> float:
    """Return the value below which this share lies."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))]


@contextmanager
def without_collector() -> Iterator[None]:
    """No garbage collection meanwhile, as in the program while it loads."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
