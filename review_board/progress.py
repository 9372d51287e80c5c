"""How far a long piece of work is, for whoever waits for it; and the wish that it stops."""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from review_board.errors import ReviewBoardError

T = TypeVar("T")

MARKS = "█░"
"""What is done, and what is not."""


class StoppedError(ReviewBoardError):
    """The person who waited stopped it; nothing was changed."""


@contextmanager
def without_collecting() -> Iterator[None]:
    """Collect no garbage meanwhile: it would only walk a heap that grows."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True)
class Progress:
    """One thread counts in it, another looks. ``total`` is 0 while it is not known.

    Nobody can stop what ``is_lasting``: it is on disk already.
    """

    what: str = ""
    done: int = 0
    total: int = 0
    is_stopped: bool = False
    is_lasting: bool = False

    def begin(self, what: str, total: int = 0) -> None:
        """Begin the next part of the work."""
        self.what, self.done, self.total = what, 0, total
        self.check()

    def step(self, count: int = 1) -> None:
        """Count what was done; raises ``StoppedError`` once it is to stop."""
        self.done += count
        self.check()

    def over(self, items: Iterable[T], what: str, total: int) -> Iterator[T]:
        """Yield the items, and count them."""
        self.begin(what, total)
        for item in items:
            yield item
            self.step()

    def stop(self) -> None:
        """Ask the work to stop; it does so at its next step."""
        self.is_stopped = True

    def last(self) -> None:
        """Let what was done stand: who wants to stop it comes too late."""
        self.is_lasting = True

    def check(self) -> None:
        """Raise ``StoppedError`` when it is to stop."""
        if self.is_stopped and not self.is_lasting:
            raise StoppedError("Stopped: nothing was changed")

    def bar(self, width: int, marks: str = MARKS) -> str:
        """Return ``███░░░ 45% reading rows`` in at most so many cells; without a total only what it is."""
        if not self.total:
            return f"{self.what} …"[:width] if self.what else ""
        share = min(1.0, self.done / self.total)
        words = f" {share:4.0%} {self.what}"
        room = max(0, width - len(words))
        full = round(share * room)
        return (marks[0] * full + marks[1] * (room - full) + words)[:width]
