"""A review killed for good at any moment resumes at the same card; no verdict is lost or doubled."""

import os
import random
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from review_board.board import Board, Desk
from review_board.pipeline.vocabulary import Outcome
from review_board.settings import Settings
from review_board.store import SESSIONS, FileStore
from tests.judgement.build import prospect, touch, touches

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
CARDS, SURE = 30, 6

REVIEWER = """
import sys
from datetime import timedelta
from pathlib import Path
from tests.review.test_killed import opened
from review_board.board import Desk
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column
from review_board.review import Decision

board = opened(Path(sys.argv[1]))
desk = Desk.open(board)
step = NextStep(action="call", on=board.today.day + timedelta(days=3))
while desk.current:
    if desk.list_is_next:
        lines = desk.sure_purges()[:3]
        desk.purge(lines)
        done = [line.id for line in lines]
    else:
        done = [desk.current]
        desk.decide(Decision(Column.ACTIVE, step=step, against="x", start_anew=True, sooner="x"),
                    board.recommendation(desk.current))
    print(*done, flush=True)
"""


def opened(path: Path) -> Board:
    """The pipeline in a file, at noon."""
    return Board(FileStore(path), Settings(), lambda: NOON, UTC, "ann", "review").open()


def pipeline(path: Path) -> None:
    board = opened(path)
    serial = [
        prospect(*touches(Outcome.DEFERRED, 90, 60, 30), id=f"p-{n}", name=f"S {n}")
        for n in range(SURE)
    ]
    rest = [
        prospect(touch(Outcome.TALKED, 5), id=f"p-{n}", name=f"W {n}") for n in range(SURE, CARDS)
    ]
    board.add([*serial, *rest], "import")
    board.close()


def killed_after(path: Path, lines: int, wait: float) -> list[str]:
    """Review in a process of its own, kill it a moment after so many acknowledgements; those told."""
    reviewer = subprocess.Popen(
        [sys.executable, "-c", REVIEWER, str(path)], stdout=subprocess.PIPE, text=True
    )
    assert reviewer.stdout is not None
    told: list[str] = []
    for _ in range(lines):
        told += reviewer.stdout.readline().split()
    try:
        reviewer.wait(wait)
    except subprocess.TimeoutExpired:
        os.kill(reviewer.pid, signal.SIGKILL)
    rest, _ = reviewer.communicate()
    return told + rest.split()


@pytest.mark.parametrize("seed", range(2))
def test_it_resumes_at_the_same_card_and_every_card_has_one_verdict(
    tmp_path: Path, seed: int
) -> None:
    path, rng = tmp_path / "p.json", random.Random(seed)
    pipeline(path)
    told: list[str] = []
    while True:
        told += killed_after(path, rng.randint(2, 9), rng.uniform(0, 0.01))
        board = opened(path)
        rulings = {i: board.prospect(i).verdicts for i in board.documents()}
        decided = {i for i, given in rulings.items() if given}
        assert set(told) <= decided, "an acknowledged verdict is lost"
        assert all(len(given) <= 1 for given in rulings.values()), "a verdict is doubled"
        assert len(decided - set(told)) <= 3, "more was done than was under way"
        (session,) = board.documents(SESSIONS).values()
        if len(decided) == CARDS:
            break
        desk = Desk.open(board)
        assert desk.resumed
        assert desk.session.id == session["id"]
        assert desk.current not in decided
        assert set(desk.left) == set(rulings) - decided
        board.close()
        told = sorted(decided)
