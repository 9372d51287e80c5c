"""A program in a terminal of its own: what it shows, what it is sent, and how it ends.

Ours is a fork of one that has imported it, but in a ``ColdTerminal``: that starts it as people do.
"""

import codecs
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Mapping
from fcntl import ioctl
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.ending.warm import WarmProcess
from tests.screen_model import ScreenModel

_CODES = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|.)")

PATIENCE = 60.0
"""Seconds to wait for something that is expected, on a busy machine as well."""


class Terminal:
    """A process on a new pseudo terminal; ``shown`` is everything it wrote."""

    is_cold = False

    def __init__(
        self, *arguments: str, home: Path, size: tuple[int, int] = (80, 24), **environment: str
    ) -> None:
        self._master, slave = pty.openpty()
        ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", size[1], size[0], 0, 0))
        self.before = termios.tcgetattr(slave)
        self._slave = slave
        self.shown = b""
        self._screen = ScreenModel()
        self._decode = codecs.getincrementaldecoder("utf-8")("replace").decode
        env = self._environment(home, environment)
        self.process: subprocess.Popen[bytes] | WarmProcess
        if arguments[:2] == ("-m", "review_board") and not self.is_cold:
            self.process = WarmProcess(list(arguments[2:]), slave, env)
            return
        self.process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=slave,
            stdout=slave,
            stderr=slave,
            env=env,
            preexec_fn=_become_leader,  # noqa: PLW1509 (no threads here)
        )

    @staticmethod
    def _environment(home: Path, more: Mapping[str, str]) -> dict[str, str]:
        kept = {k: v for k, v in os.environ.items() if not k.startswith(("REVIEW_BOARD", "XDG_"))}
        return {**kept, "HOME": str(home), "TERM": "xterm-256color", **more}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        for descriptor in (self._master, self._slave):
            os.close(descriptor)

    def wait_for(self, text: str, since: int = 0, step: float = 0.1) -> None:
        """Read until this was shown, behind so many bytes."""
        end = time.monotonic() + PATIENCE
        while not self.shows(text, since):
            assert time.monotonic() < end, f"{text!r} never came: {self.shown[-600:]!r}"
            self.read(step)

    def shows(self, text: str, since: int = 0) -> bool:
        """Return whether this was shown, behind so many bytes; of a line only what differs is written."""
        return text in _plain(self.shown[since:]) or self._screen.shows(text, since)

    def wait_until(self, holds: Callable[[], bool], patience: float = PATIENCE) -> None:
        """Read until something holds that is not on the screen."""
        end = time.monotonic() + patience
        while not holds():
            assert time.monotonic() < end, f"it never came to hold: {self.shown[-600:]!r}"
            self.read(0.05)

    @property
    def text(self) -> str:
        """What was shown without the codes between the words."""
        return _plain(self.shown)

    def read(self, seconds: float) -> None:
        """Take what comes within some time."""
        while select.select([self._master], [], [], seconds)[0]:
            data = os.read(self._master, 65536)
            self.shown += data
            self._screen.now = len(self.shown)
            self._screen.take(self._decode(data))
            seconds = 0.02

    def type(self, text: str) -> None:
        """Send keys."""
        os.write(self._master, text.encode())

    def press(self, *keys: tuple[str, str]) -> None:
        """Type each, and wait for the words that show that it was taken."""
        for typed, shown in keys:
            since = len(self.shown)
            self.type(typed)
            self.wait_for(shown, since)

    def press_until(self, key: str, text: str, rest: float = 2.0) -> None:
        """Press a key until this is shown: what has just come up has to be read first."""
        since, end = len(self.shown), time.monotonic() + PATIENCE
        while not self.shows(text, since):
            assert time.monotonic() < end, f"{text!r} never came: {self.shown[-600:]!r}"
            self.type(key)
            next_key = time.monotonic() + rest
            while not self.shows(text, since) and time.monotonic() < next_key:
                self.read(0.1)

    def send(self, number: signal.Signals) -> float:
        """Send a signal; gives the seconds until the process had ended."""
        begun = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(PATIENCE)
        return time.monotonic() - begun

    def ended(self) -> int:
        """Wait for the end, reading meanwhile; gives the exit status."""
        end = time.monotonic() + PATIENCE
        while self.process.poll() is None:
            assert time.monotonic() < end, f"it never ends: {self.shown[-600:]!r}"
            self.read(0.05)
        self.read(0.1)
        return self.process.wait()

    @property
    def modes(self) -> list[Any]:
        """The terminal's attributes now."""
        return termios.tcgetattr(self._slave)

    @property
    def restored(self) -> bool:
        """Whether screen, cursor, mouse and line discipline are as before."""
        tail = self.shown[self.shown.rfind(b"\x1b[?1049h") :]
        undone = all(mode in tail for mode in (b"\x1b[?1049l", b"\x1b[?25h", b"\x1b[?1000l"))
        return undone and self.modes[:4] == self.before[:4]


class ColdTerminal(Terminal):
    """Starts Python for each program."""

    is_cold = True


def _plain(shown: bytes) -> str:
    return _CODES.sub("", shown.decode(errors="replace"))


def _become_leader() -> None:
    os.setsid()
    ioctl(0, termios.TIOCSCTTY, 0)
