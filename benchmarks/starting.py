"""From nothing to a filled board, and from the last key to the end."""

from collections.abc import Iterator
from statistics import median

from benchmarks.empty_app import GREETING
from benchmarks.rows import By, Row
from benchmarks.stage import Stage, board_marker

AIMS = {1_000: 1.5, 10_000: 2.0}


def start_to_board(stage: Stage) -> Iterator[Row]:
    """Measure from the start of the process until the cards are on the screen."""
    sizes = stage.effort.sizes(1_000, 10_000, 50_000)
    taken: dict[int, list[float]] = {size: [] for size in (0, *sizes)}
    markers = {0: GREETING.encode(), **{size: board_marker(size) for size in sizes}}
    pipelines = {size: stage.pipeline(size) for size in sizes}
    for number in range(stage.effort.rounds + (not stage.effort.shortest)):
        for size, times in taken.items():
            terminal = stage.start_board(pipelines[size]) if size else stage.start_empty()
            painted = terminal.painted(markers[size])
            if number or stage.effort.shortest:  # the first one warms the caches of the disk
                times.append(painted)
            terminal.close()
    for size in sizes:
        figures = median(taken[size]), median(taken[0])
        aim = AIMS.get(size)
        yield Row(f"start to a filled board, {size:,}", *figures, aim=aim, against="empty app")


def end(stage: Stage) -> Iterator[Row]:
    """Leaving by key; leaving by SIGTERM, which must give the terminal back."""
    size = stage.effort.sizes(1_000)[0]
    pipeline, marker = stage.pipeline(size), board_marker(size)
    ours: list[float] = []
    empty: list[float] = []
    killed, restored = [], []
    for _ in range(1 if stage.effort.shortest else max(3, stage.effort.rounds // 2)):
        for times, terminal, shown in (
            (ours, stage.start_board(pipeline), marker),
            (empty, stage.start_empty(), GREETING.encode()),
        ):
            stage.at_rest(terminal, shown)
            times.append(terminal.leave())
            terminal.close()
        terminal = stage.start_board(pipeline)
        stage.at_rest(terminal, marker)
        killed.append(terminal.terminate())
        restored.append(terminal.restored)
        terminal.close()
    yield Row(f"exit by q, {size:,}", median(ours), median(empty), aim=1.3, against="empty app")
    yield Row("exit by SIGTERM", median(killed), aim=1_000, by=By.ITSELF)
    left = float(restored.count(False))
    yield Row("terminals not restored after SIGTERM", left, unit="", aim=0, by=By.ITSELF)
