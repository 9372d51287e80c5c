"""Runs the benchmarks and prints their table: ``python -m benchmarks [ROW…] [--quick]``."""

import argparse
import os
import platform
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.metadata import version
from pathlib import Path

import orjson

from benchmarks import (
    command_line,
    commits,
    import_memory,
    keys,
    moving,
    reading,
    resting,
    starting,
)
from benchmarks.rows import Row, table
from benchmarks.stage import FULL, QUICK, TINY, Effort, Stage

Benchmark = Callable[[Stage], Iterator[Row]]

BENCHMARKS: dict[str, Benchmark] = {
    "commit": commits.change_acknowledged,
    "touch": commits.touch_logged,
    "tinydb": commits.against_tinydb,
    "move": moving.key_to_durable,
    "start": starting.start_to_board,
    "memory": resting.memory,
    "idle": resting.idle,
    "cursor": keys.cursor_key,
    "bytes": keys.bytes_a_key,
    "held": keys.held_key,
    "log": command_line.log,
    "add": command_line.add,
    "list": command_line.list_,
    "open": reading.first_board,
    "judge": reading.recommendations,
    "queue": reading.review_queue,
    "import": reading.import_deals,
    "import-memory": import_memory.import_memory,
    "exit": starting.end,
}
"""In this order: what measures the app at rest comes before what types into it."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run what was asked for; the status says only whether it ran, never how fast it was."""
    asked = _parser().parse_args(arguments)
    effort = TINY if asked.tiny else QUICK if asked.quick else FULL
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="benchmarks-", dir=asked.folder) as folder:
        for row in run(asked.rows or list(BENCHMARKS), Path(folder), effort):
            print("MISS" if row.missed else "    ", row.what, file=sys.stderr, flush=True)
            rows.append(row)
    print(machine(), table(rows), sep="\n\n")
    if asked.json:
        said = {"machine": machine(), "rows": [row.as_json() for row in rows]}
        asked.json.write_bytes(orjson.dumps(said, option=orjson.OPT_INDENT_2))
    return 0


def run(names: Sequence[str], folder: Path, effort: Effort) -> Iterator[Row]:
    """Yield the rows of these benchmarks as they are measured."""
    stage = Stage(folder, effort)
    try:
        for name in names:
            yield from BENCHMARKS[name](stage)
    finally:
        stage.close()


def machine() -> str:
    """Say what the figures were measured on."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("textual", "tinydb", "pydantic"))
    return f"{os.cpu_count()} CPUs, {platform.system()}, Python {platform.python_version()}, {packages}"


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("rows", nargs="*", choices=[[], *BENCHMARKS], metavar="ROW")
    parser.add_argument("--quick", action="store_true", help="fewer rounds, up to 10,000 prospects")
    parser.add_argument("--tiny", action="store_true", help="only prove that everything runs")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write the rows there as well")
    parser.add_argument(
        "--folder", metavar="DIR", help="measure on the disk that holds this folder"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
