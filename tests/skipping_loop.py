"""A loop for tests of the screens: where all only wait for the clock, it is put forward.

Textual's pilot sleeps 20 ms again and again until nothing is done any more, two or three times a
key, and our own timers rest for a while. Everything still happens in its order and at its distance,
but nobody sleeps. While a thread is at work time passes as it does for all.
"""

import asyncio
import selectors
import threading
import time
from asyncio import Future
from collections.abc import Callable
from concurrent.futures import Executor
from typing import Any, TypeVar, TypeVarTuple

import textual._time
import textual._wait
import textual.widget

from review_board.tui import background_sync, key_queue

Ts = TypeVarTuple("Ts")
T = TypeVar("T")

_slept_by_nobody = [0.0]


def now() -> float:
    """Return the time of the apps in seconds, with those that nobody slept."""
    return time.monotonic() + _slept_by_nobody[0]


for module in (textual._wait, textual.widget, background_sync, key_queue):
    assert vars(module)["monotonic"] is time.monotonic
    vars(module)["monotonic"] = now
textual._time.get_time = textual._time.time = now


class _Selector(selectors.DefaultSelector):
    """Looks for news from outside, and waits for it only while a thread is at work."""

    def __init__(self) -> None:
        super().__init__()
        self.jobs = 0
        self._known = set(threading.enumerate())

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        if timeout is None or timeout <= 0 or self._at_work():
            return super().select(timeout)
        news = super().select(0)
        if not news:
            _slept_by_nobody[0] += timeout
        return news

    def _at_work(self) -> bool:
        """Say whether a job is out, or a thread lives that is not asyncio's own for such jobs."""
        return bool(self.jobs) or any(
            thread not in self._known and not thread.name.startswith("asyncio_")
            for thread in threading.enumerate()
        )


class SkippingLoop(asyncio.SelectorEventLoop):
    """An event loop that sleeps for nobody but threads."""

    def __init__(self) -> None:
        self._looks = _Selector()
        super().__init__(self._looks)

    def time(self) -> float:
        return now()

    def run_in_executor(
        self, executor: Executor | None, func: Callable[[*Ts], T], *args: *Ts
    ) -> Future[T]:
        self._looks.jobs += 1
        job = super().run_in_executor(executor, func, *args)
        job.add_done_callback(self._job_done)
        return job

    def _job_done(self, _: Future[Any]) -> None:
        self._looks.jobs -= 1
