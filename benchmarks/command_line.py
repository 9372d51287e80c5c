"""``log``, ``add`` and ``list`` as whole processes, from the shell's point of view."""

import subprocess
import sys
from collections.abc import Iterator, Sequence
from functools import partial
from statistics import median

from benchmarks.rows import By, Row
from benchmarks.stage import Stage
from benchmarks.timing import interleaved

TASKWARRIOR = 193.0
"""Milliseconds of ``task 5 modify`` at 10,000 tasks on the machine this was designed on; it is no
Python package and cannot be run beside ours here."""
REFERENCES = {"python": "pass", "python + pydantic + orjson": "import pydantic, orjson"}
AIMS = {1_000: TASKWARRIOR, 10_000: 2 * TASKWARRIOR}


def log(stage: Stage) -> Iterator[Row]:
    """Beside an interpreter that does nothing, and one that imports what validates and parses."""
    sizes = stage.effort.sizes(1_000, 10_000)
    commands = {size: stage.command(stage.pipeline(size), "log", "p-00007 vm") for size in sizes}
    references = [[sys.executable, "-c", code] for code in REFERENCES.values()]
    actions = [partial(_run, command, stage.env) for command in (*commands.values(), *references)]
    for action in actions:
        action()  # warms the caches of the disk
    taken = [median(times) for times in interleaved(stage.effort.rounds, *actions)]
    for size, ours in zip(sizes, taken, strict=False):
        for name, reference in zip(REFERENCES, taken[len(sizes) :], strict=True):
            yield Row(f"log, whole process, {size:,}", ours, reference, against=name)
        told = f"log, {size:,} (aim: taskwarrior, measured elsewhere)"
        yield Row(told, ours, aim=AIMS.get(size), by=By.ITSELF)


def list_(stage: Stage) -> Iterator[Row]:
    """Every prospect judged and printed, beside one line of the same: reading, order and sums."""
    for size in stage.effort.sizes(10_000, 50_000):
        pipeline = stage.pipeline(size)
        whole, one = (stage.command(pipeline, "list", *more) for more in ((), ("--limit", "1")))
        ours, reference = _medians(stage, whole, one)
        yield Row(f"list, whole process, {size:,}", ours, reference, against="list --limit 1")


def add(stage: Stage) -> Iterator[Row]:
    """One prospect more in a large pipeline; most of it is reading the file."""
    for size in stage.effort.sizes(10_000, 50_000):
        command = stage.command(stage.pipeline(size), "add", "Kestrel Freight")
        bare = [sys.executable, "-c", REFERENCES["python + pydantic + orjson"]]
        ours, reference = _medians(stage, command, bare)
        yield Row(f"add, whole process, {size:,}", ours, reference, against="python + pydantic")


def _medians(stage: Stage, *commands: Sequence[str]) -> list[float]:
    actions = [partial(_run, command, stage.env) for command in commands]
    return [median(times) for times in interleaved(stage.effort.rounds, *actions)]


def _run(command: Sequence[str], env: dict[str, str]) -> None:
    subprocess.run(command, env=env, check=True, stdin=subprocess.DEVNULL, capture_output=True)
