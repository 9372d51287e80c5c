"""A program in a pseudo-terminal, seen from outside: when its bytes arrive, and how many they are.

Nothing is drawn here: a reaction is what arrives after a key until the program falls silent.
Memory and CPU come from ``/proc``, so this runs on Linux.
"""

import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import termios
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

QUIET = 0.015
"""Seconds without a byte that end a reaction."""
PATIENCE = 3.0
"""Seconds until a key counts as without effect."""
SIZE = (160, 48)

ANSWERS = {b"\x1b[?2026$p": b"\x1b[?2026;2$y", b"\x1b[?2048$p": b"\x1b[?2048;0$y"}
"""What Textual asks a terminal, and what a usual one says: synchronised output is there."""
SWITCHES = {
    "alternate screen": (b"\x1b[?1049h", b"\x1b[?1049l"),
    "mouse": (b"\x1b[?1000h", b"\x1b[?1000l"),
    "mouse moves": (b"\x1b[?1003h", b"\x1b[?1003l"),
    "paste": (b"\x1b[?2004h", b"\x1b[?2004l"),
    "hidden cursor": (b"\x1b[?25l", b"\x1b[?25h"),
}
"""What an app switches on, and how it is switched off again."""


@dataclass(frozen=True, slots=True)
class Reaction:
    """What came of a key: milliseconds to the first and to the last byte, and how many.

    ``noticed`` is when what was waited for besides was found to be so: milliseconds too.
    """

    first: float
    last: float
    size: int
    noticed: float = 0.0


class Terminal:
    """One program in a terminal of its own."""

    def __init__(self, command: Sequence[str], env: Mapping[str, str]) -> None:
        self._master, slave = pty.openpty()
        columns, lines = SIZE
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", lines, columns, 0, 0))
        self._modes = termios.tcgetattr(slave)
        self._slave = slave
        self._output = bytearray()
        self._total = 0
        self._tail = b""
        self._on: set[str] = set()
        self._started = perf_counter()
        self._process = subprocess.Popen(
            command, stdin=slave, stdout=slave, stderr=slave, env=env, start_new_session=True
        )

    # Watching

    def read(self, timeout: float) -> float | None:
        """Take what arrives within seconds; the moment it did, or ``None``."""
        if not select.select([self._master], [], [], max(0.0, timeout))[0]:
            return None
        arrived = perf_counter()
        data = os.read(self._master, 1 << 16)
        self._output += data
        self._total += len(data)
        self._notice_switches(data)
        for question, answer in ANSWERS.items():
            if question in data:
                os.write(self._master, answer)
        return arrived

    def painted(self, marker: bytes, timeout: float = 60.0) -> float:
        """Return the milliseconds from the start until the marker was on the screen with all around it."""
        end = self._started + timeout
        arrived = None
        while marker not in self._output:
            arrived = self.read(end - perf_counter())
            if arrived is None or not self.alive:
                raise TimeoutError(f"{marker!r} never came; the last was {self._output[-400:]!r}")
        assert arrived is not None
        return ((self._until_quiet(QUIET) or arrived) - self._started) * 1000

    def settle(self, timeout: float = 60.0) -> None:
        """Wait until it neither draws nor computes: what goes on behind the screen is done."""
        end = perf_counter() + timeout
        while perf_counter() < end:
            busy, total = self.cpu, self._total
            self.drain(0.5)
            if self.cpu - busy < 0.025 and self._total == total:
                return

    def drain(self, seconds: float) -> int:
        """Read for so long; the bytes that came."""
        before, end = self._total, perf_counter() + seconds
        while (left := end - perf_counter()) > 0:
            self.read(left)
        self._output.clear()
        return self._total - before

    # Typing

    def press(
        self, key: bytes, quiet: float = QUIET, also: Callable[[], bool] | None = None
    ) -> Reaction:
        """Type a key and watch what comes of it; ``also`` is asked again and again until true."""
        before, sent = self._total, self.send(key)
        first, last, noticed = 0.0, 0.0, 0.0
        while True:
            wait = quiet if first else PATIENCE
            arrived = self.read(0.0005 if also else wait)
            now = perf_counter()
            if arrived:
                first, last = first or arrived, arrived
            elif now - sent > PATIENCE:
                raise TimeoutError(f"the key {key!r} had no effect, or no end")
            elif first and not also and now - last >= quiet:
                break
            if also and also():
                also, noticed = None, perf_counter()
        self._output.clear()
        return Reaction(
            (first - sent) * 1000,
            (last - sent) * 1000,
            self._total - before,
            max(0.0, noticed - sent) * 1000,
        )

    def send(self, key: bytes) -> float:
        """Type a key; the moment it was sent."""
        sent = perf_counter()
        os.write(self._master, key)
        return sent

    def hold(self, key: bytes, times: int, rate: float = 30.0) -> float:
        """Hold a key down; return the milliseconds from the last press until the screen stands still."""
        start = perf_counter()
        for number in range(times):
            due = start + number / rate
            while (left := due - perf_counter()) > 0:
                self.read(left)
            sent = self.send(key)
        last = self.read(PATIENCE)
        last = self._until_quiet(0.1) or last or sent
        self._output.clear()
        return (last - sent) * 1000

    def _until_quiet(self, quiet: float) -> float | None:
        last = None
        while (arrived := self.read(quiet)) is not None:
            last = arrived
        return last

    # The process

    @property
    def alive(self) -> bool:
        """Return whether it still runs."""
        return self._process.poll() is None

    @property
    def cpu(self) -> float:
        """Return the seconds of CPU so far, all threads: the process's own clock, as POSIX names it."""
        return time.clock_gettime((~self._process.pid << 3) | 2)

    @property
    def memory(self) -> float:
        """Resident megabytes."""
        fields = Path(f"/proc/{self._process.pid}/statm").read_text("ascii").split()
        return int(fields[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20

    def leave(self, key: bytes = b"q") -> float:
        """End it by a key; milliseconds until it is gone."""
        return self._gone(self.send(key))

    def terminate(self) -> float:
        """End it by SIGTERM; milliseconds until it is gone."""
        sent = perf_counter()
        self._process.send_signal(signal.SIGTERM)
        return self._gone(sent)

    def _gone(self, sent: float, timeout: float = 20.0) -> float:
        while self.alive and perf_counter() < sent + timeout:
            self.read(0.001)
        gone = perf_counter()
        while self.read(0.02) is not None:
            pass
        return (gone - sent) * 1000

    @property
    def restored(self) -> bool:
        """Return whether the terminal is as it was: its modes, and all that was switched on by bytes."""
        return not self._on and termios.tcgetattr(self._slave) == self._modes

    def _notice_switches(self, data: bytes) -> None:
        """Switches may be cut in two by a read: the end of the last one is looked at again."""
        text = self._tail + data
        self._tail = text[-12:]
        for name, (on, off) in SWITCHES.items():
            if text.rfind(on) > text.rfind(off):
                self._on.add(name)
            elif text.rfind(off) >= 0:
                self._on.discard(name)

    def close(self) -> None:
        """End it whatever it does, and give the terminal back."""
        if self.alive:
            self._process.kill()
        self._process.wait()
        os.close(self._master)
        os.close(self._slave)
