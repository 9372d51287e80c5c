"""Where work on the disk is done: at once, or in one thread beside a screen, in order."""

from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Protocol, TypeVar

from review_board.errors import ReviewBoardError
from review_board.progress import Progress

T = TypeVar("T")


class Runner(Protocol):
    """Runs jobs one after another and hands each result back on the owner's thread.

    ``progress`` says how far the opening of the pipeline is, and stops it.
    """

    progress: Progress

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: "Failed") -> None:
        """Do ``job``, then ``done`` with its result or ``failed`` with what the user must know."""

    def finish(self) -> None:
        """Wait until everything handed in is on disk."""


Failed = Callable[[ReviewBoardError], None]


class Inline:
    """At once, on the caller's thread: for command lines and tests."""

    def __init__(self) -> None:
        self.progress = Progress()

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Do the job now."""
        try:
            result = job()
        except ReviewBoardError as error:
            failed(error)
        else:
            done(result)

    def finish(self) -> None:
        """Return at once: nothing is ever outstanding."""


class Threaded:
    """One worker thread; results return through ``post``, which calls back on the owner's thread.

    ``outstanding`` jobs are not yet answered.
    """

    def __init__(self, post: Callable[[Callable[[], None]], None]) -> None:
        self._post = post
        self._pool = ThreadPoolExecutor(1, thread_name_prefix="store")
        self.outstanding = 0
        self.progress = Progress()

    def run(self, job: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        """Queue the job."""
        self.outstanding += 1
        self._pool.submit(job).add_done_callback(
            lambda f: self._post(lambda: self._hand(f, done, failed))
        )

    def _hand(self, future: "Future[T]", done: Callable[[T], None], failed: Failed) -> None:
        """Give the outcome on; what is no error for users is raised where the screen catches it."""
        self.outstanding -= 1
        error = future.exception()
        if isinstance(error, ReviewBoardError):
            failed(error)
        elif error is not None:
            raise error
        else:
            done(future.result())

    def finish(self) -> None:
        """Wait for the queue to empty and end the thread."""
        self._pool.shutdown(wait=True)
