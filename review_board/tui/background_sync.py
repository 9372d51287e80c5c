"""What goes on while nobody types: others' changes, evidence, a new day, tidying the file."""

from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from review_board.tui.board.summaries import SummaryQueue
from review_board.tui.board.view import BoardView

if TYPE_CHECKING:
    from textual.app import App
    from textual.timer import Timer

    from review_board.board.board import Board
    from review_board.tui.board.screen import BoardScreen

FOLLOW = 0.5
"""Seconds between two looks at what others did."""
STEP = 0.015
"""Seconds between two slices of evidence."""
QUIET = 0.3
"""Seconds without a key before they begin: a held key never meets one."""
WAIT = 1.0
"""Seconds after which a change that is not on disk yet is told of."""
IDLE = 20.0
"""Seconds without a key before the file is brought up to date."""

DueCount = Callable[["Board"], int]


class BackgroundSync:
    """Keeps one board fresh behind the screen."""

    def __init__(
        self,
        screen: "BoardScreen",
        view: BoardView,
        *,
        busy: Callable[[], bool],
        due: DueCount | None = None,
        idle: Callable[[], None] | None = None,
        waits: Callable[[bool], None] = lambda _: None,
    ) -> None:
        self._screen = screen
        self._view = view
        self._board = view.board
        self._card_summaries = SummaryQueue(view.board)
        self._busy = busy
        self._due = due
        self._idle = idle
        self._waits = waits
        self._saved_at = monotonic()
        self._day = view.board.today
        self._last_key = monotonic()
        self._stopped = False
        self._looks: Timer | None = None
        self._slices: Timer | None = None

    def start(self, app: "App[Any]") -> None:
        """Begin."""
        self._looks = app.set_interval(FOLLOW, self.follow)
        self._slices = app.set_interval(STEP, self.slice)

    def stop(self) -> None:
        """Stop: the pipeline is being closed."""
        for timer in (self._looks, self._slices):
            if timer:
                timer.pause()
        self._stopped = True

    @property
    def is_quiet(self) -> bool:
        """Return whether nobody types at the moment."""
        return monotonic() - self._last_key > QUIET

    def key_pressed(self) -> None:
        """Note that the user pressed a key."""
        self._last_key = monotonic()

    def more(self) -> None:
        """Go on after a change: there is evidence to compute and to count again."""
        if self._slices and not self._stopped:
            self._slices.resume()

    def follow(self) -> None:
        """Take in what others did; notice midnight; tidy up when idle."""
        if self._stopped:
            return
        if self._board.today != self._day:
            self._day = self._board.today
            self._screen.start_over()
            self.more()
        if not self._board.is_saving:
            self._saved_at = monotonic()
        self._waits(monotonic() - self._saved_at > WAIT)
        if not self._busy():
            self._board.catch_up()
            if monotonic() - self._last_key > IDLE:
                self._board.checkpoint()
                if self._idle:
                    self._idle()

    def slice(self) -> None:
        """Compute evidence for a few milliseconds; at the end of the round count for the title."""
        if not self._stopped and self.is_quiet:
            self._card_summaries.work()
            if self._card_summaries.done:
                self._count()

    def _count(self) -> None:
        due = self._due(self._board) if self._due else None
        self._screen.set_counts(self._view.owed_counts(), due)
        if self._slices:
            self._slices.pause()
