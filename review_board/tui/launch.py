"""Runs the app on a real terminal and gives back the exit status, whatever ends it."""

import contextlib
import os
import select
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TYPE_CHECKING, Any

from review_board.errors import ReviewBoardError, UsageError
from review_board.tui.pasting import make_pastes_safe

if TYPE_CHECKING:
    from review_board.tui.app import ReviewBoardApp

PATIENCE = 0.8
"""Seconds that the app has to leave by itself after a signal."""
SIGNALS = (
    signal.SIGTERM,
    signal.SIGHUP,
    signal.SIGINT,
    signal.SIGQUIT,
    signal.SIGUSR1,
    signal.SIGUSR2,
    signal.SIGALRM,
    signal.SIGXCPU,
)
"""Every signal that would end the program and leave the terminal as the board has it."""
SIGNALLED = 128
"""Exit status of a program ended by signal n is 128 + n, as shells have it."""

RESET = (
    b"\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1006l\x1b[?1015l\x1b[?1004l"  # mouse, focus
    b"\x1b[?2004l\x1b[?2026l\x1b[?2048l\x1b[<u"  # paste, synchronised output, resize, keyboard
    b"\x1b[?1049l\x1b[?25h\x1b[?7h\x1b[0m"  # main screen, cursor, line wrap, plain text
)
"""What brings a terminal back from any mode that the app may have set."""


class SignalWatch:
    """Watches for the signals that end a program while the app runs, and for a terminal that hangs up.

    ``leave`` is called with the exit status, from any thread, and must not block; ``status`` is
    that status once one of them came.
    """

    def __init__(self, leave: Callable[[int], None]) -> None:
        self.status: int | None = None
        self._leave = leave
        self._attributes = _terminal_attributes()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Take the signals over, and give them back."""
        before = {number: signal.signal(number, self._signalled) for number in SIGNALS}
        threading.Thread(target=self._watch_terminal, name="hang-up", daemon=True).start()
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _watch_terminal(self) -> None:
        """Leave when the terminal hangs up: only whose controlling terminal it is gets a signal."""
        if self._attributes is None or sys.__stdin__ is None:
            return
        hang_up = select.poll()
        hang_up.register(sys.__stdin__.fileno(), 0)
        hang_up.poll()
        if not terminal_is_there():
            self._end(GONE)

    def _signalled(self, number: int, _: FrameType | None) -> None:
        self._end(SIGNALLED + number)

    def _end(self, status: int) -> None:
        if self.status is not None:
            return
        self.status = status
        watchdog = threading.Timer(PATIENCE, self.give_up, (self.status,))
        watchdog.daemon = True
        watchdog.start()
        self._leave(self.status)

    def give_up(self, status: int) -> None:
        """Restore the terminal as far as it lets us, and end the process at once."""
        restore_terminal(self._attributes)
        os._exit(status)


def _terminal_attributes() -> list[Any] | None:
    try:
        return termios.tcgetattr(sys.__stdin__.fileno()) if sys.__stdin__ else None
    except (termios.error, OSError, ValueError):
        return None


def restore_terminal(attributes: list[Any] | None) -> None:
    """Put the terminal back; one that takes nothing any more is left as it is."""
    with contextlib.suppress(OSError, ValueError, termios.error):
        descriptor = os.open("/dev/tty", os.O_WRONLY | os.O_NONBLOCK | os.O_NOCTTY)
        try:
            if attributes is not None:
                termios.tcsetattr(descriptor, termios.TCSANOW, attributes)
            os.write(descriptor, RESET)
        finally:
            os.close(descriptor)


Report = Callable[[BaseException], str]
"""Writes a crash down where only its owner reads it; gives the one line to tell."""

GONE = SIGNALLED + 1
"""The status when the terminal went away without a word: as if it had hung up."""


def launch(app: "ReviewBoardApp", report: Report, tell: Callable[[str], None]) -> int:
    """Run the app. An unforeseen error is reported in one line; the terminal is always restored.

    ``tell`` shows a line on the plain terminal once the app is gone.
    """
    make_pastes_safe()
    ending = SignalWatch(app.end_soon)
    threading.excepthook = lambda args: _thread_failed(app, args.exc_value)
    with ending.watching():
        result = app.run()
        _settle(app, tell)
    if app.crash is not None and ending.status is None:
        tell(report(app.crash))
        return 1
    if app.problem is not None:
        tell(f"review-board: {app.problem}")
        return 2 if isinstance(app.problem, UsageError) else 1
    if app.last_words:
        tell(app.last_words)
    return ending.status if ending.status is not None else result or 0


def _settle(app: "ReviewBoardApp", tell: Callable[[str], None]) -> None:
    """Let what is under way reach the disk, after an end that could not wait for it."""
    board = app.board
    if board is None:
        return
    try:
        board.close()
    except ReviewBoardError as error:
        tell(f"review-board: {error}")


def _thread_failed(app: "ReviewBoardApp", error: BaseException | None) -> None:
    """End after a helper thread failed: without a terminal there is nobody to show anything to."""
    if isinstance(error, OSError) and not terminal_is_there():
        app.end_soon(GONE)
    elif isinstance(error, Exception):
        app.call_from_outside(lambda: app.crashed(error))


def terminal_is_there() -> bool:
    """Return whether somebody can still see and type."""
    try:
        return os.isatty(sys.__stdin__.fileno()) if sys.__stdin__ else False
    except (OSError, ValueError):
        return False
