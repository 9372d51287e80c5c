"""The thread that writes, and what is still outstanding in it."""

from collections.abc import Callable
from typing import TypeVar

from review_board.board.runner import Failed, Threaded
from review_board.errors import ReviewBoardError

T = TypeVar("T")


class Worker(Threaded):
    """A threaded runner that knows how many jobs it has not yet answered."""

    def __init__(self, post: Callable[[Callable[[], None]], None]) -> None:
        super().__init__(post)
        self.outstanding = 0

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Queue the job."""
        self.outstanding += 1

        def finished(result: T) -> None:
            self.outstanding -= 1
            done(result)

        def refused(error: ReviewBoardError) -> None:
            self.outstanding -= 1
            failed(error)

        super().run(job, finished, refused)
