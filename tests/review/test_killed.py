"""A review killed for good at any moment resumes at the same card; no verdict is lost or doubled."""

import random
from multiprocessing import get_context
from pathlib import Path
from signal import SIGKILL

import pytest

from review_board.board import Desk
from review_board.pipeline.vocabulary import Outcome
from review_board.store import SESSIONS
from tests.judgement.build import prospect, touch, touches
from tests.review import reviewer
from tests.review.reviewer import opened

CARDS, SURE = 30, 6

PROCESSES = get_context("forkserver")
"""Each is forked from one that has everything imported, and no threads."""
PROCESSES.set_forkserver_preload([reviewer.__name__])


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
    listening, telling = PROCESSES.Pipe(duplex=False)
    process = PROCESSES.Process(target=reviewer.review, args=(path, telling))
    process.start()
    telling.close()
    told: list[str] = []
    try:
        for _ in range(lines):
            told += listening.recv()
        process.join(wait)
        process.kill()
        while True:
            told += listening.recv()
    except EOFError:
        process.join()
    finally:
        listening.close()
    assert process.exitcode in {0, -SIGKILL}
    return told


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
