"""Two real processes on one file, either of them killed for good at each step of the protocol.

Whoever comes back, be it a second later, goes on without a question; each card gets one verdict, which
both saw.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import get_context
from pathlib import Path
from random import Random
from signal import SIGKILL
from time import sleep
from typing import Any

import pytest

from review_board.store.file_store import FileStore
from tests.pair import sitting
from tests.pair.two_people import Office, pipeline

PROCESSES = get_context("forkserver")
PROCESSES.set_forkserver_preload([sitting.__name__])
CARDS = 2
STEPS = ("ann vote", "raj vote", "ann look", "raj look")
"""Both votes, the reveal with the verdict, and what the other one finds done."""


class Sitting:
    """A person's process, and the line to it."""

    def __init__(self, path: Path, by: str, later: float) -> None:
        self.by = by
        self._line, theirs = PROCESSES.Pipe()
        self._process = PROCESSES.Process(target=sitting.sit, args=(path, by, later, theirs))
        self._process.start()
        theirs.close()
        self.standing = self._line.recv()

    def ask(self, what: str) -> Any:
        self._line.send(what)
        return self._line.recv()

    def ask_and_kill(self, what: str, after: float) -> None:
        self._line.send(what)
        sleep(after)
        self.kill()

    def kill(self) -> None:
        assert self._process.pid
        self._process.kill()
        self._process.join()
        assert self._process.exitcode == -SIGKILL
        self._line.close()


@contextmanager
def both(path: Path) -> Iterator[dict[str, Sitting]]:
    there: dict[str, Sitting] = {}
    try:
        for by in ("ann", "raj"):
            there[by] = Sitting(path, by, 0)
        yield there
    finally:
        for one in there.values():
            one.kill()


def to_the_end(there: dict[str, Sitting]) -> None:
    """Two who do as the screen asks come to the end, and see the same."""
    for _ in range(20 * CARDS):
        stood = [one.ask("as asked") for one in there.values()]
        if stood == [("over", None)] * 2:
            return
    raise AssertionError(f"it stalls at {stood}")


def verdicts(path: Path) -> list[int]:
    store = FileStore(path)
    store.load()
    return [len(document["verdicts"]) for document in store.tables["prospects"].values()]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    Office(tmp_path / "pipeline.json", prospects=pipeline(CARDS))
    return tmp_path / "pipeline.json"


@pytest.mark.parametrize("victim", ["ann", "raj"])
@pytest.mark.parametrize("step", range(len(STEPS) + 1))
def test_killed_between_two_steps(path: Path, victim: str, step: int) -> None:
    with both(path) as there:
        for asked in STEPS[:step]:
            by, what = asked.split()
            there[by].ask(what)
        there[victim].kill()
        there[victim] = Sitting(path, victim, 2)
        to_the_end(there)
    assert verdicts(path) == [1] * CARDS


@pytest.mark.parametrize("seed", range(3))
def test_killed_in_the_middle_of_a_step(path: Path, seed: int) -> None:
    rng = Random(seed)
    with both(path) as there:
        for asked in STEPS[: rng.randrange(len(STEPS))]:
            by, what = asked.split()
            there[by].ask(what)
        for kills in range(1, 4):
            victim = rng.choice(("ann", "raj"))
            there[victim].ask_and_kill("as asked", rng.uniform(0, 0.02))
            there[victim] = Sitting(path, victim, 2 * kills)
        to_the_end(there)
    assert verdicts(path) == [1] * CARDS
