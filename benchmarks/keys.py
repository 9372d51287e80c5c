"""Keys in the app at rest: how long, how much CPU, how many bytes, and when held down."""

from collections.abc import Iterator
from statistics import median

from benchmarks.rows import By, Row
from benchmarks.stage import Stage
from benchmarks.terminal import Reaction, Terminal
from benchmarks.timing import percentile

DOWN, UP, RIGHT, LEFT, LAST, FIRST = b"j", b"k", b"l", b"h", b"G", b"g"
BURST = 10
"""Keys in turn to one app; fewer than the cards that fit, so that no cursor key scrolls."""
KB = 1024


class KeyQueue:
    """Types cursor keys into one app, and keeps what came of them."""

    def __init__(self, terminal: Terminal, back: bytes = UP) -> None:
        self._terminal = terminal
        self._back = back
        self._turn = 0
        self.reactions: list[Reaction] = []
        self.cpu = 0.0

    def type(self, count: int) -> None:
        """Move the cursor down so many lines, the next time up again."""
        key = (DOWN, self._back)[self._turn % 2]
        self._turn += 1
        before = self._terminal.cpu
        self.reactions += [self._terminal.press(key) for _ in range(count)]
        self.cpu += self._terminal.cpu - before

    def latency(self, share: float) -> float:
        """Return the milliseconds until the reaction is whole, for this share of the keys."""
        return percentile([reaction.last for reaction in self.reactions], share)

    @property
    def cpu_a_key(self) -> float:
        """Return the milliseconds of CPU a key."""
        return self.cpu / len(self.reactions) * 1000

    @property
    def bytes_a_key(self) -> float:
        """Median bytes a key."""
        return median(reaction.size for reaction in self.reactions)


def cursor_key(stage: Stage) -> Iterator[Row]:
    """Latency and CPU of a cursor key at every size, the empty app's key in between."""
    sizes = stage.effort.sizes(100, 1_000, 10_000)
    typists = {size: KeyQueue(stage.board(size)) for size in sizes}
    empty = KeyQueue(stage.empty(), back=DOWN)
    each = min(BURST, stage.effort.keys)
    for typist in (*typists.values(), empty):
        typist.type(each)  # a first burst that does not count
        typist.reactions.clear()
        typist.cpu = 0.0
    for _ in range(max(1, stage.effort.keys // each)):
        for typist in (*typists.values(), empty):
            typist.type(each)
    for size, typist in typists.items():
        for name, share in (("p50", 0.5), ("p95", 0.95)):
            figures = typist.latency(share), empty.latency(share)
            yield Row(f"cursor key {name}, {size:,}", *figures, aim=2, against="empty app")
        cpu = typist.cpu_a_key, empty.cpu_a_key
        yield Row(f"CPU a cursor key, {size:,}", *cpu, aim=2, against="empty app")
    least, most = min(sizes), max(sizes)
    if least < most:
        figures = typists[most].latency(0.5), typists[least].latency(0.5)
        told = f"cursor key p50, {most:,} against {least:,}"
        yield Row(told, *figures, aim=1.2, against=f"at {least:,}")


def bytes_a_key(stage: Stage) -> Iterator[Row]:
    """Bytes to the terminal at 160x48, which is what a slow line waits for."""
    size = stage.effort.sizes(1_000)[0]
    board = stage.board(size)
    yield _weight("a cursor key", 1, [board.press(key) for key in (DOWN, UP) * 5])
    yield _weight("a column change", 2, [board.press(key) for key in (RIGHT, LEFT) * 5])
    yield _weight("the column scrolled", 8, [board.press(key) for key in (LAST, FIRST) * 5])


def _weight(what: str, aim: float, reactions: list[Reaction]) -> Row:
    weight = median(reaction.size for reaction in reactions) / KB
    return Row(f"bytes: {what}", weight, unit="KB", aim=aim, by=By.ITSELF)


def held_key(stage: Stage) -> Iterator[Row]:
    """Hold the cursor key down: how long the board goes on after it is let go."""
    presses = 5 if stage.effort.shortest else 60
    for size in stage.effort.sizes(1_000, 10_000):
        board = stage.board(size)
        lags = []
        for _ in range(max(1, stage.effort.rounds // 3)):
            lags.append(board.hold(DOWN, presses))
            board.press(FIRST)
        told = f"key held, 30 a second: lag at the end, {size:,}"
        yield Row(told, median(lags), aim=50, by=By.ITSELF)
