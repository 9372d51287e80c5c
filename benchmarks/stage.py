"""What benchmarks share: how much to do, pipelines of any size, and open programs to type into."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

from benchmarks.empty_app import GREETING
from benchmarks.pipelines import TODAY, documents, write_pipeline
from benchmarks.terminal import Terminal
from review_board.store.changes import change_between
from review_board.store.file_store import FileStore
from review_board.store.protocol import META, Commit

HERE = Path(__file__).resolve().parent
EMPTY = [sys.executable, str(HERE / "empty_app.py")]

DEVELOPERS = ("REVIEW_BOARD", "TEXTUAL", "PYTHON", "NO_COLOR")
"""Variables that are left out: they would change what is measured."""


@dataclass(frozen=True, slots=True)
class Effort:
    """How much to do: the largest pipeline, and how often; ``shortest`` only proves that it runs."""

    largest: int = 50_000
    rounds: int = 9
    commits: int = 200
    keys: int = 200
    seconds: float = 5.0
    shortest: bool = False

    def sizes(self, *wanted: int) -> list[int]:
        """Return the sizes that are not too large; at least one."""
        return [size for size in wanted if size <= self.largest] or [min(self.largest, *wanted)]


FULL = Effort()
QUICK = Effort(largest=10_000, rounds=3, commits=50, keys=60, seconds=2.0)
TINY = Effort(largest=40, rounds=1, commits=2, keys=4, seconds=0.2, shortest=True)


class Stage:
    """One run of the benchmarks in a folder of its own."""

    def __init__(self, folder: Path, effort: Effort) -> None:
        self.folder = folder
        self.effort = effort
        self._open: dict[int, Terminal] = {}
        self._copies = 0
        for name in ("config", "data", "cache"):
            (folder / name).mkdir()

    def close(self) -> None:
        """End every program that is still open."""
        for terminal in self._open.values():
            terminal.close()

    # Pipelines

    def pipeline(self, count: int) -> Path:
        """Make a fresh pipeline of this size in a folder of its own, with a ledger begun."""
        made = self.folder / f"{count}" / "pipeline.json"
        if not made.exists():
            made.parent.mkdir()
            write_pipeline(made, count)
            _begin(made)
        self._copies += 1
        copy = self.folder / f"{count}-{self._copies}"
        shutil.copytree(made.parent, copy)
        return copy / made.name

    def forget(self, pipeline: Path) -> None:
        """Remove a pipeline that is no longer needed."""
        shutil.rmtree(pipeline.parent)

    # Programs

    @property
    def env(self) -> dict[str, str]:
        """Return the environment of every program: a usual terminal, bytecode kept as after an install."""
        kept = {k: v for k, v in os.environ.items() if not k.startswith(DEVELOPERS)}
        places = {
            f"XDG_{n.upper()}_HOME": str(self.folder / n) for n in ("config", "data", "cache")
        }
        terminal = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
        if sys.pycache_prefix:
            kept["PYTHONPYCACHEPREFIX"] = sys.pycache_prefix
        elif sys.dont_write_bytecode:  # that was meant for the checkout, not for these programs
            kept["PYTHONPYCACHEPREFIX"] = str(self.folder / "bytecode")
        return {**kept, **places, **terminal}

    @staticmethod
    def command(pipeline: Path, *arguments: str) -> list[str]:
        """Our command line on a pipeline, on the day that it is dated around."""
        shared = ["--file", str(pipeline), "--today", TODAY.isoformat()]
        return [sys.executable, "-m", "review_board", *shared, *arguments]

    def start_board(self, pipeline: Path) -> Terminal:
        """Start the board as people do, without arguments."""
        names = {"REVIEW_BOARD_FILE": str(pipeline), "REVIEW_BOARD_TODAY": TODAY.isoformat()}
        return Terminal([sys.executable, "-m", "review_board"], {**self.env, **names})

    def start_empty(self) -> Terminal:
        """Start the empty app."""
        return Terminal(EMPTY, self.env)

    def at_rest(self, terminal: Terminal, marker: bytes) -> None:
        """Wait until a program that was just started is filled and calm."""
        terminal.painted(marker)
        if self.effort.shortest:
            terminal.drain(0.2)
        else:
            terminal.settle()

    def board(self, count: int) -> Terminal:
        """Return the board over a pipeline of this size, at rest, shared by those who only look."""
        if count not in self._open:
            terminal = self._open[count] = self.start_board(self.pipeline(count))
            self.at_rest(terminal, board_marker(count))
        return self._open[count]

    def empty(self) -> Terminal:
        """Return the empty app at rest, shared."""
        if 0 not in self._open:
            terminal = self._open[0] = self.start_empty()
            self.at_rest(terminal, GREETING.encode())
        return self._open[0]


def board_marker(count: int) -> bytes:
    """Return what is on the screen once the board is filled: how many are open."""
    waiting = sum(
        1 for document in documents(count) if document["column"] in ("active", "callback-pending")
    )
    return f"{waiting} open".encode()


def _begin(pipeline: Path) -> None:
    """Write the first commit of all, so that no later one pays for adopting a plain TinyDB file."""
    store = FileStore(pipeline)
    store.load()
    change = change_between(META, META, None, {"id": META, "timezone": "UTC"})
    store.commit(
        Commit("began the pipeline", "benchmarks", "2026-11-01T09:00:00Z", "cli", (change,))
    )
    store.checkpoint()
