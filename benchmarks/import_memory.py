"""The most memory that an import takes, its save included, as a process of its own."""

import csv
import subprocess
import sys
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

from benchmarks.pipelines import write_deals, write_wide_deals
from benchmarks.rows import By, Row
from benchmarks.stage import Stage

ROWS = 45_000
_READ = (
    "import csv, sys; rows = list(csv.DictReader(open(sys.argv[1], encoding='utf-8', newline='')))"
)
_LAUNCH = """import resource, subprocess, sys
code = subprocess.call(sys.argv[1:], stdout=subprocess.DEVNULL)
print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
sys.exit(code)"""
"""Runs a command and says its most memory; a larger parent's own would count before the command begins."""


def import_memory(stage: Stage) -> Iterator[Row]:
    """Import 45,000 rows with eight and with 24 used columns; ``csv.DictReader`` holds the same rows."""
    count = stage.effort.sizes(8_800)[0] if stage.effort.shortest else ROWS
    for width, write in ((8, write_deals), (24, write_wide_deals)):
        path = stage.folder / f"list-{width}.csv"
        write(path, count)
        told = f"import of {count:,} rows, {_width(path)} columns, with the save: memory"
        pipeline = stage.folder / f"imported-{width}" / "pipeline.json"
        ours = _peak(stage.command(pipeline, "import", str(path), "--yes"), stage.env)
        reference = _peak([sys.executable, "-c", _READ, str(path)], stage.env)
        yield Row(told, ours, reference, "MB", 300, By.ITSELF, "csv.DictReader")
        stage.forget(pipeline)


def _width(path: Path) -> int:
    with path.open(newline="", encoding="utf-8") as file:
        return len(next(islice(csv.reader(file), 1)))


def _peak(command: Sequence[str], env: dict[str, str]) -> float:
    """Return the most memory that a process had at once, in MB."""
    launch = [sys.executable, "-S", "-c", _LAUNCH, *command]
    said = subprocess.run(launch, env=env, check=True, stdout=subprocess.PIPE).stdout
    return int(said) / 1024
