"""A slow link: passes bytes on after a time, no more than so many a second, until it is cut."""

import socket
import threading
import time
from collections.abc import Callable
from queue import Queue
from types import TracebackType
from typing import Self

CHUNK = 4096
WAITING = 64
"""Chunks that are under way at most; then the sender has to wait, as on a real link."""

Chunk = tuple[float, bytes]


class Relay:
    """Passes on what comes in at ``port``, ``delay`` seconds later each way; counts the bytes."""

    def __init__(self, to: int, delay: float = 0.0, bytes_a_second: float | None = None) -> None:
        self._to, self._delay, self._rate = to, delay, bytes_a_second
        self._ends: list[socket.socket] = []
        self._flows = threading.Event()
        self._flows.set()
        self.up = self.down = 0
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.close()
        self.cut()

    def hold(self) -> None:
        """Pass nothing on any more, and tell nobody: as when a cable is pulled."""
        self._flows.clear()

    def cut(self) -> None:
        """Close every connection."""
        self._flows.set()
        for end in self._ends:
            try:
                end.shutdown(socket.SHUT_RDWR)
            except OSError:
                continue  # it was closed by its own end
        self._ends.clear()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            far = socket.create_connection(("127.0.0.1", self._to))
            for end in (near, far):
                end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._ends += [near, far]
            self._join(near, far, self._count_up)
            self._join(far, near, self._count_down)

    def _count_up(self, size: int) -> None:
        self.up += size

    def _count_down(self, size: int) -> None:
        self.down += size

    def _join(self, one: socket.socket, other: socket.socket, count: Callable[[int], None]) -> None:
        under_way: Queue[Chunk] = Queue(WAITING)
        threading.Thread(target=self._take, args=(one, under_way, count), daemon=True).start()
        threading.Thread(target=self._give, args=(other, under_way), daemon=True).start()

    def _take(
        self, end: socket.socket, under_way: "Queue[Chunk]", count: Callable[[int], None]
    ) -> None:
        free = 0.0
        data = b" "
        while data:
            try:
                data = end.recv(CHUNK)
            except OSError:
                data = b""
            count(len(data))
            free = max(free, time.monotonic()) + (len(data) / self._rate if self._rate else 0)
            under_way.put((free + self._delay, data))

    def _give(self, end: socket.socket, under_way: "Queue[Chunk]") -> None:
        data = b" "
        while data:
            due, data = under_way.get()
            time.sleep(max(0.0, due - time.monotonic()))
            self._flows.wait()
            try:
                end.sendall(data) if data else end.shutdown(socket.SHUT_RDWR)
            except OSError:
                data = b""  # nobody listens any more
