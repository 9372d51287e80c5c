"""The app at rest: what it holds in memory, and that it does nothing."""

from collections.abc import Iterator

from benchmarks.rows import By, Row
from benchmarks.stage import Stage

ROOM = {1_000: 15.0, 10_000: 100.0}


def memory(stage: Stage) -> Iterator[Row]:
    """Resident memory once everything is loaded and judged, above the empty app's."""
    empty = stage.empty().memory
    for size in stage.effort.sizes(1_000, 10_000):
        figures = stage.board(size).memory, empty
        told = f"memory, {size:,}"
        yield Row(told, *figures, "MB", ROOM.get(size), By.MORE, against="empty app")


def idle(stage: Stage) -> Iterator[Row]:
    """CPU and bytes while nobody types; files are looked at twice a second."""
    for size in stage.effort.sizes(1_000, 10_000):
        board, empty = stage.board(size), stage.empty()
        seconds = stage.effort.seconds
        before, before_empty = board.cpu, empty.cpu
        sent = board.drain(seconds)
        busy, rest = board.cpu - before, empty.cpu - before_empty
        share = 100 / seconds
        figures = busy * share, rest * share
        yield Row(f"idle, {size:,}: CPU", *figures, "%", 0.5, By.ITSELF, against="empty app")
        yield Row(f"idle, {size:,}: bytes", sent, unit="B", aim=0, by=By.ITSELF)
