"""Two real processes on one file, either of them killed for good at each step of the protocol.

Whoever comes back, be it a second later, goes on without a question; each card gets one verdict, which
both saw.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from multiprocessing import get_context
from pathlib import Path
from random import Random
from signal import SIGKILL
from time import sleep
from typing import Any

import pytest

from review_board.store.file_store import FileStore
from tests.pair import sitting
from tests.pair.test_lost_bets import bet_on_the_first
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

    def begin(self, what: str) -> None:
        """Ask, and wait for no answer: the other one is asked at the same time."""
        self._line.send(what)

    def answer(self) -> Any:
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


def at_once(there: dict[str, Sitting], ann: str, raj: str) -> list[Any]:
    there["ann"].begin(ann)
    there["raj"].begin(raj)
    return [one.answer() for one in there.values()]


def verdicts(path: Path) -> list[int]:
    store = FileStore(path)
    store.load()
    return [len(document.get("verdicts", ())) for document in store.tables["prospects"].values()]


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


def test_both_vote_at_once_and_both_settle_at_once(path: Path) -> None:
    with both(path) as there:
        at_once(there, "vote", "drop")
        for _ in range(4):
            stood = [one.ask("look") for one in there.values()]
        assert stood == [("split", "p-0")] * 2
        answers = at_once(there, "concede", "concede")
        assert [answer[0] for answer in answers].count("refused") == 1
        to_the_end(there)
    assert verdicts(path) == [1] * CARDS


def test_two_reviews_that_begin_at_once_lose_a_bet_once(tmp_path: Path) -> None:
    office = Office(tmp_path / "pipeline.json")
    bet_on_the_first(office)
    later = timedelta(days=11).total_seconds()
    begun = [
        PROCESSES.Process(target=sitting.begin_review, args=(tmp_path / "pipeline.json", by, later))
        for by in ("mia", "zoe")
    ]
    for process in begun:
        process.start()
    for process in begun:
        process.join()
        assert process.exitcode == 0
    bet, *others = verdicts(tmp_path / "pipeline.json")
    assert (bet, sum(others)) == (2, 0), "the bet itself, and that it was lost"
