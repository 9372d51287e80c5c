"""``log``, ``add`` and ``list`` as whole processes, from the shell's point of view."""

import json
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from itertools import count
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.pipelines import documents
from benchmarks.rows import Row
from benchmarks.stage import Stage
from benchmarks.timing import interleaved

REFERENCES = {"python": "pass", "python + pydantic + orjson": "import pydantic, orjson"}
AIMS = {1_000: 5.0, 10_000: 1.0}
"""Times taskwarrior's ``task annotate``, where that is installed: it is no Python package."""


def log(stage: Stage) -> Iterator[Row]:
    """Beside taskwarrior over as many tasks, and an interpreter that imports what reads and parses."""
    sizes = stage.effort.sizes(1_000, 10_000)
    ours = [_logging(stage, stage.pipeline(size)) for size in sizes]
    theirs = [_annotating(stage, size) for size in sizes] if shutil.which("task") else []
    references = [
        partial(_run, [sys.executable, "-c", code], stage.env) for code in REFERENCES.values()
    ]
    actions: list[Callable[[], object]] = [*ours, *theirs, *references]
    for action in actions:
        action()  # warms the caches of the disk
    taken = [median(times) for times in interleaved(stage.effort.rounds, *actions)]
    for size, mine, task in zip(sizes, taken, taken[len(sizes) :], strict=False):
        what = f"log, whole process, {size:,}"
        if theirs:
            yield Row(what, mine, task, aim=AIMS.get(size), against="task annotate")
        for name, reference in zip(REFERENCES, taken[-len(REFERENCES) :], strict=True):
            yield Row(what, mine, reference, against=name)


def _logging(stage: Stage, pipeline: Path) -> Callable[[], None]:
    """Return what logs one contact more, each with words of its own: the same one is not stored twice."""
    numbers = count()
    return lambda: _run(
        stage.command(pipeline, "log", f'p-00007 vm "left word {next(numbers)}"'), stage.env
    )


def _annotating(stage: Stage, size: int) -> Callable[[], None]:
    """Return what annotates a task among so many, each with as many annotations as we have touches."""
    folder = stage.folder / f"tasks-{size}"
    folder.mkdir()
    settings = folder / "taskrc"
    settings.write_text("confirmation=no\nverbose=nothing\nhooks=off\n", "utf-8")
    env = {**stage.env, "TASKDATA": str(folder), "TASKRC": str(settings)}
    tasks = [_task_of(document) for document in documents(size)]
    (folder / "tasks.json").write_text(json.dumps(tasks), "utf-8")
    _run(["task", "import", str(folder / "tasks.json")], env)
    return partial(_run, ["task", "5", "annotate", "left word"], env)


def _task_of(document: dict[str, Any]) -> dict[str, Any]:
    noted = [
        {
            "entry": touch["at"].replace("-", "").replace(":", ""),
            "description": " ".join(str(value) for value in touch.values()),
        }
        for touch in document["touches"]
    ]
    named = {"description": document["name"], "project": document["company"], "status": "pending"}
    return {**named, "entry": "20260101T000000Z", "annotations": noted}


def list_(stage: Stage) -> Iterator[Row]:
    """Judge and print every prospect, beside one line of the same: reading, order and sums."""
    for size in stage.effort.sizes(10_000, 50_000):
        pipeline = stage.pipeline(size)
        whole, one = (stage.command(pipeline, "list", *more) for more in ((), ("--limit", "1")))
        ours, reference = _medians(stage, whole, one)
        yield Row(f"list, whole process, {size:,}", ours, reference, against="list --limit 1")


def add(stage: Stage) -> Iterator[Row]:
    """Add one prospect to a large pipeline; most of it is reading the file."""
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
