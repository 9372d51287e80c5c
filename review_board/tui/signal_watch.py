"""How the app ends when the terminal or the system ends it: soon, durable, the terminal restored.

A signal asks the app to leave; a watchdog leaves for it when the terminal no longer takes what is
written and the app is stuck. What was acknowledged is in the ledger by then, so nothing is lost.
"""

import contextlib
import os
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import Any

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
    """Watches for the signals that end a program while the app runs.

    ``leave`` is called with the exit status, on the main thread, and must not block; ``status`` is
    that status once a signal came.
    """

    def __init__(self, leave: Callable[[int], None]) -> None:
        self.status: int | None = None
        self._leave = leave
        self._attributes = _terminal_attributes()

    @contextlib.contextmanager
    def watching(self) -> Iterator[None]:
        """Take the signals over, and give them back."""
        before = {number: signal.signal(number, self._signalled) for number in SIGNALS}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _signalled(self, number: int, _: FrameType | None) -> None:
        if self.status is not None:
            return
        self.status = SIGNALLED + number
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
