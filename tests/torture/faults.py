"""A layer under ``os`` that makes the n-th file call fail, or kills the process before it."""

import errno
import fcntl
import itertools
import os
import signal
from collections.abc import Callable
from typing import Any

CALLS = [
    "chmod",
    "close",
    "fchmod",
    "fdatasync",
    "fstat",
    "fsync",
    "ftruncate",
    "link",
    "listdir",
    "lstat",
    "mkdir",
    "open",
    "pread",
    "read",
    "replace",
    "stat",
    "unlink",
    "write",
]
SINGLE = {"ENOSPC": errno.ENOSPC, "EIO": errno.EIO, "EACCES": errno.EACCES}
KINDS = ("kill", "torn", "full", "dead", *SINGLE)
"""What can go wrong at a call: killed before it; killed half way through a write; the disk full or
dead from here on; this one call refused."""

SPACE = {"write", "mkdir", "link"}
real_write = os.write


class Faults:
    """Counts file calls, and strikes at one of them (0: never)."""

    def __init__(self, kind: str, at: int) -> None:
        self._kind, self._at = kind, at
        self._numbers = itertools.count(1)
        self.calls = 0
        self.struck = ""

    def install(self) -> None:
        """Put the layer under every call from now on; for a process that will end soon."""
        for name in CALLS:
            setattr(os, name, self._wrapped(name, getattr(os, name)))
        fcntl.flock = self._wrapped("flock", fcntl.flock)

    def _wrapped(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def counted(*args: Any, **options: Any) -> Any:
            self.calls = number = next(self._numbers)
            if self._at and number >= self._at:
                self._strike(name, args, first=number == self._at)
            return call(*args, **options)

        return counted

    def _strike(self, name: str, args: tuple[Any, ...], *, first: bool) -> None:
        self.struck = self.struck or name
        if self._kind == "dead":
            raise OSError(errno.EIO, "disk is dead")
        if self._kind == "full":
            self._fill(name, args)
        elif first and self._kind in SINGLE:
            raise OSError(SINGLE[self._kind], os.strerror(SINGLE[self._kind]))
        elif first and (self._kind == "kill" or name == "write"):
            if self._kind == "torn":
                real_write(args[0], bytes(args[1])[: len(args[1]) // 2])
            os.kill(os.getpid(), signal.SIGKILL)

    def _fill(self, name: str, args: tuple[Any, ...]) -> None:
        if name == "write":
            real_write(args[0], bytes(args[1])[:7])
        if name in SPACE or (name == "open" and args[1] & os.O_CREAT):
            raise OSError(errno.ENOSPC, "disk is full")
