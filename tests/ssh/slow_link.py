"""``python -m tests.ssh.slow_link``: a pair review and the board over 80 ms and 1 Mbit/s, through sshd.

Each figure stands beside one of something else over the same link. Bytes are those of ssh on the wire.
"""

import os
import statistics
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.empty_app import GREETING
from benchmarks.terminal import Terminal as Screen
from tests.ending.terminal import Terminal
from tests.ssh.cards import Queue, fill
from tests.ssh.relay import Relay
from tests.ssh.server import GROUP, PEOPLE, Server, missing
from tests.ssh.ways import DROP, KEEP, login

ONE_WAY = 0.04
BYTES_A_SECOND = 125_000
IDLE = 60.0
REST = 2.5
"""Seconds after which everything that follows from a key has been painted."""
HERE = Path(__file__).resolve().parents[2]
EMPTY = f"{sys.executable} {HERE}/benchmarks/empty_app.py"
KEYS = 40


@dataclass
class Seat:
    """A person at the end of a link."""

    terminal: Terminal
    relay: Relay
    before: tuple[int, int] = (0, 0)

    def begin(self) -> int:
        """Count from here; return how much was shown until now."""
        self.before = (self.relay.up, self.relay.down)
        return len(self.terminal.shown)

    @property
    def bytes(self) -> tuple[int, int]:
        """Return the bytes since then: from the person, and to them."""
        return self.relay.up - self.before[0], self.relay.down - self.before[1]


def main() -> int:
    """Measure, and print a table."""
    if why := missing():
        sys.stdout.write(f"skipped: {why}\n")
        return 0
    known = {what.__name__: what for what in (pair_review, idle_others, the_board)}
    for what in [known[name] for name in sys.argv[1:]] or known.values():
        with TemporaryDirectory() as place, Server(Path(place)) as server:
            for line in what(server):
                sys.stdout.write(f"| {line} |\n")
                sys.stdout.flush()
    return 0


@contextmanager
def _seat(server: Server, name: str, what: str) -> Iterator[Seat]:
    with Relay(server.port, ONE_WAY, BYTES_A_SECOND) as relay:
        server.way = relay.port
        with login(server, name, what, login=name) as terminal:
            yield Seat(terminal, relay)


def pair_review(server: Server) -> Iterator[str]:
    """Measure votes, reveals, next cards and a minute of silence of two people."""
    queue = fill(server.pipeline, PEOPLE["ann"], GROUP, kept=0, purged=6)
    program = f"review-board --file {server.pipeline} pair"
    with _seat(server, "ann", f"{program} start --all") as ann:
        ann.terminal.wait_for("until both have voted")
        with _seat(server, "raj", f"{program} join") as raj:
            both = (ann, raj)
            raj.terminal.wait_for("ann")
            ann.terminal.wait_for("raj")
            _rest(both, REST)
            yield from _votes(both, queue)
            yield from _silence("pair review", both)


def _votes(both: tuple[Seat, Seat], queue: Queue) -> Iterator[str]:
    ann, raj = both
    marks, reveals, nexts, sizes = [], [], [], _Sizes()
    for number, (name, _) in enumerate(queue[:-1]):
        raj.terminal.press(*DROP)
        _rest(both, REST)
        marks.append(_until(raj, "\r", both, ann, "raj voted"))
        sizes.add("a vote: to who cast it", raj)
        sizes.add("a vote: to the other", ann)
        if number % 2:
            ann.terminal.press(*KEEP)
            _rest(both, REST)
            reveals.append(_until(ann, "\r", both, raj, "why to keep it"))
            sizes.add("a reveal: to each", raj)
            nexts.append(_until(ann, "\r", both, raj, f"before: {name}"))
        else:
            ann.terminal.press(*DROP)
            _rest(both, REST)
            nexts.append(_until(ann, "\r", both, raj, f"before: {name}"))
        sizes.add("a next card: to each", raj)
    for what, times in (
        ("the other's vote mark", marks),
        ("the reveal, at the other", reveals),
        ("the next card, at the other", nexts),
    ):
        yield f"{what}: from the key press | {statistics.median(times):.2f} s, {max(times):.2f} s at most"
    yield from sizes.lines()


class _Sizes:
    """Bytes by what they were for."""

    def __init__(self) -> None:
        self._found: dict[str, list[int]] = {}

    def add(self, what: str, seat: Seat) -> None:
        """Note what came to a person since the key."""
        self._found.setdefault(what, []).append(seat.bytes[1])

    def lines(self) -> Iterator[str]:
        """Yield the medians."""
        for what, found in self._found.items():
            yield f"{what} | {statistics.median(found) / 1000:.1f} KB"


def _until(typist: Seat, key: str, both: tuple[Seat, Seat], watcher: Seat, text: str) -> float:
    """Type a key; return the seconds until somebody sees a text, and wait for all that follows."""
    for seat in both:
        seat.begin()
    since = len(watcher.terminal.shown)
    begun = time.monotonic()
    typist.terminal.type(key)
    watcher.terminal.wait_for(text, since, step=0.005)
    took = time.monotonic() - begun
    _rest(both, REST)
    return took


def _rest(seats: tuple[Seat, ...], seconds: float) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        for seat in seats:
            seat.terminal.read(0.05)


def _silence(what: str, seats: tuple[Seat, ...]) -> Iterator[str]:
    for seat in seats:
        seat.begin()
    _rest(seats, IDLE)
    names = ("who drives", "who follows") if len(seats) > 1 else ("",)
    for name, seat in zip(names, seats, strict=True):
        up, down = seat.bytes
        yield f"a minute without a key, {what}{f', {name}' if name else ''}: to and from the person | {down} B, {up} B"


def idle_others(server: Server) -> Iterator[str]:
    """Measure a minute of an empty Textual app, and of a program that paints each second."""
    for what, command in (("empty app", EMPTY), ("top, each second", "TERM=xterm top -d 1")):
        with _seat(server, "ann", command) as seat:
            _rest((seat,), 3)
            yield from _silence(what, (seat,))


def the_board(server: Server) -> Iterator[str]:
    """Measure how the board opens and how a key feels, beside an empty app."""
    fill(server.pipeline, PEOPLE["ann"], GROUP, kept=6, purged=6)
    board = f"review-board --file {server.pipeline}"
    for what, command, marker, moves, more in (
        ("board", board, b"12 open", (b"j", b"k"), ()),
        ("board by ssh -C", board, b"12 open", (b"j", b"k"), ("-C",)),
        ("empty app", EMPTY, GREETING.encode(), (b"j",), ()),
    ):
        opened, sizes, keys = [], [], []
        for _ in range(3):
            with Relay(server.port, ONE_WAY, BYTES_A_SECOND) as relay:
                server.way = relay.port
                words = server.client("ann", command, login="ann", options=("-tt", *more))
                screen = Screen(words, {**os.environ, "TERM": "xterm-256color"})
                opened.append(screen.painted(marker))
                screen.drain(REST)
                sizes.append(relay.down)
                keys += [_key(screen, moves[turn % len(moves)]) for turn in range(KEYS)]
                screen.close()
        yield f"{what}: from `ssh` until it is filled | {_told(opened)}, {statistics.median(sizes) / 1000:.1f} KB"
        late = statistics.quantiles(keys, n=20)[-1]
        yield f"{what}: a cursor key until the last byte | {_told(keys)}, one in 20 over {late:.0f} ms"


def _told(found: list[float]) -> str:
    return f"{statistics.median(found):.0f} ms"


def _key(screen: Screen, key: bytes) -> float:
    took = screen.press(key, quiet=0.1).last
    screen.drain(0.05)
    return took


if __name__ == "__main__":
    sys.exit(main())
