"""Starts our program as a process that has imported it already: a fork of one that did nothing else.

Imports are three quarters of the work of a start. All else is as at any start: a session, a terminal,
an environment and an end of its own. ``python -m tests.ending.warm FD`` is the one that is forked.
"""

import json
import os
import select
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from fcntl import ioctl
from functools import cache
from importlib import import_module
from pathlib import Path
from termios import TIOCSCTTY
from typing import Any, NoReturn

IMPORTED = ("cli.root", "cli.screens", "tui.launch", "tui.app", "tui.board.screen")


class WarmProcess:
    """A program started from the warm one, with as much of ``Popen`` as terminals need."""

    def __init__(self, words: list[str], slave: int, environment: Mapping[str, str]) -> None:
        told, tell = os.pipe()
        asked = json.dumps([words, dict(environment)]).encode()
        socket.send_fds(_warm()[0], [asked], [slave, tell])
        os.close(tell)
        self._told = os.fdopen(told)
        self.pid = int(self._told.readline())
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return the exit status once it has ended."""
        self._look(0)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for the end; gives the exit status."""
        self._look(timeout)
        if self.returncode is None:
            raise subprocess.TimeoutExpired("review-board", timeout or 0)
        return self.returncode

    def send_signal(self, number: int) -> None:
        """Send a signal if it still runs."""
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        """End it at once."""
        self.send_signal(signal.SIGKILL)

    def _look(self, seconds: float | None) -> None:
        if self.returncode is None and select.select([self._told], [], [], seconds)[0]:
            with self._told:
                self.returncode = int(self._told.readline())


@cache
def _warm() -> tuple[socket.socket, subprocess.Popen[bytes]]:
    """Start the one that is forked; it ends with us, when our side of the line closes."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.ending.warm", str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            pass_fds=[theirs.fileno()],
            cwd=Path(__file__).parents[2],
        )
    return ours, process


def serve(line: socket.socket) -> None:
    """Import the program, and fork for each that is asked for."""
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    for name in IMPORTED:
        import_module(f"review_board.{name}")
    import_module("textual.drivers.linux_driver")
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        asked, (slave, tell) = _received(line)
        if not os.fork():
            line.close()
            words, environment = json.loads(asked)
            _watch(words, environment, slave, tell)
        os.close(slave)
        os.close(tell)


def _received(line: socket.socket) -> tuple[bytes, list[int]]:
    """Wait for what is asked, its terminal and where to tell of it."""
    asked, files, *_ = socket.recv_fds(line, 1 << 16, 2)
    if not asked:
        sys.exit(0)
    return asked, files


def _watch(words: list[str], environment: dict[str, str], slave: int, tell: int) -> NoReturn:
    """Start the program, tell its number, wait for its end and tell how that was."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    if child := os.fork():
        os.close(slave)
        os.write(tell, f"{child}\n".encode())
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        os.write(tell, f"{status}\n".encode())
        os._exit(0)
    os.close(tell)
    take_terminal(slave)
    os.environ.clear()
    os.environ.update(environment)
    time.tzset()
    sys.argv = ["review-board", *words]
    from review_board.__main__ import main

    main()
    sys.exit(0)


def take_terminal(slave: int) -> None:
    """Make this terminal that of a session of our own, with all three streams on it."""
    os.setsid()
    ioctl(slave, TIOCSCTTY, 0)
    streams: dict[str, Any] = {"stdin": "r", "stdout": "w", "stderr": "w"}
    for number, (name, mode) in enumerate(streams.items()):
        os.dup2(slave, number)
        stream = open(number, mode, buffering=1, closefd=False)  # noqa: SIM115 (as long as it runs)
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)
    os.close(slave)


if __name__ == "__main__":
    serve(socket.socket(fileno=int(sys.argv[1])))
