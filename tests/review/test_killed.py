"""A review killed for good at any moment resumes at the same card; no verdict is lost or doubled.

Beside it runs a review in memory that does the same and is never killed: where that one stands after
what was acknowledged, the killed one resumes.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from random import Random
from signal import SIGKILL
from typing import Any

import pytest

from review_board.board.board import Board
from review_board.errors import RefusedError
from review_board.pipeline.vocabulary import Outcome
from review_board.review.controller import ReviewController
from review_board.review.scope import EVERYTHING_DUE, queue_of
from review_board.store.file_store import FileStore
from tests.judgement.build import prospect, touch, touches
from tests.memory_store import Disk, MemoryStore
from tests.review import reviewer
from tests.review.reviewer import Action, Stood, act, opened, stood

CARDS, SURE, KILLS = 24, 8, 10

PROCESSES = get_context("forkserver")
"""Each is forked from one that has everything imported, and no threads."""
PROCESSES.set_forkserver_preload([reviewer.__name__])


def pipeline(board: Board) -> None:
    serial = [
        prospect(*touches(Outcome.DEFERRED, 90, 60, 30), id=f"p-{n}", name=f"S {n}")
        for n in range(SURE)
    ]
    rest = [
        prospect(touch(Outcome.TALKED, 5), id=f"p-{n}", name=f"W {n}") for n in range(SURE, CARDS)
    ]
    board.add([*serial, *rest], "import", by="import")
    board.close()


@dataclass
class Heard:
    """What a reviewer told: what was done, where that left the review, what was under way."""

    done: list[Action] = field(default_factory=list)
    stood: Stood | None = None
    under_way: Action | None = None
    messages: int = 0

    def hear(self, message: Any) -> None:
        self.messages += 1
        if isinstance(message, tuple):
            self.under_way = message
            return
        assert self.under_way
        self.done.append(self.under_way)
        self.under_way, self.stood = None, message


def killed(path: Path, rng: Random, minutes: int, *, to_the_end: bool = False) -> Heard:
    """Review in a process of its own and kill it: at its start, between two steps, in the middle of
    one, or of the first bulk purge; or let it come to the end.
    """
    listening, telling = PROCESSES.Pipe(duplex=False)
    asked = (path, rng.randrange(2**32), minutes, to_the_end, telling)
    process = PROCESSES.Process(target=reviewer.review, args=asked)
    messages, in_a_purge = rng.randint(0, 24), rng.random() < 0.3 and not to_the_end
    wait = rng.choice((0.0, rng.uniform(0, 0.002), rng.uniform(0, 0.02)))
    process.start()
    telling.close()
    heard = Heard()
    try:
        while to_the_end or heard.messages < messages or in_a_purge:
            heard.hear(listening.recv())
            if in_a_purge and heard.under_way and heard.under_way[0] == "purge":
                break
        process.join(wait)
        process.kill()
        while True:
            heard.hear(listening.recv())
    except EOFError:
        process.join()
    finally:
        listening.close()
    assert process.exitcode in {0, -SIGKILL}
    return heard


def standing(controller: ReviewController) -> dict[str, Any]:
    """Where a review stands, and what is on record, whoever gave it an id."""
    session, board = controller.session, controller.board
    cards = {key: board.prospect(key) for key in sorted(board.documents())}
    return {
        "current": controller.current,
        "left": controller.left,
        "queue": session.queue,
        "skipped": session.skipped,
        "list is next": controller.list_is_next,
        "marks": {key: (mark.ticked, mark.reason) for key, mark in session.marks.items()},
        "verdicts": {key: [r.destination for r in c.verdicts] for key, c in cards.items()},
        "snoozes": {key: len(c.snoozes) for key, c in cards.items()},
        "columns": {key: c.column for key, c in cards.items()},
    }


def ways_it_may_have_ended(
    disk: Disk, action: Action | None, minutes: int
) -> Iterator[tuple[Disk, ReviewController]]:
    """The review in memory after what was acknowledged; then with what was under way done, too.

    An undo and the return to its card are two commits.
    """
    for attempt in [None, *([("undo only", ()), action] if action else [])]:
        copy = Disk(disk.start, [*disk.commits])
        board = opened(MemoryStore(copy), minutes)
        if attempt == ("undo only", ()):
            if action != ("undo", ()):
                continue
            try:
                board.undo()
            except RefusedError:
                continue
        elif attempt:
            act(ReviewController.open(board), attempt)
        yield copy, ReviewController.open(opened(MemoryStore(copy), minutes))


@pytest.mark.parametrize("seed", range(5))
def test_it_resumes_where_a_review_stands_that_nobody_killed(tmp_path: Path, seed: int) -> None:
    path, rng, disk = tmp_path / "p.json", Random(seed), Disk()
    for store in (FileStore(path), MemoryStore(disk)):
        pipeline(opened(store))
    known = Stood()
    for kill in range(1, KILLS + 1):
        minutes = 10 * kill
        heard = killed(path, rng, minutes, to_the_end=kill == KILLS)
        twin = ReviewController.open(opened(MemoryStore(disk), minutes))
        for action in heard.done:
            twin = act(twin, action)
        board = opened(FileStore(path), minutes + 5)
        resumed = ReviewController.open(board)
        now, known = stood(resumed), heard.stood or known
        doubled = [key for key, some in now.ids.items() if len(set(some)) < len(some)]
        assert not doubled, "a verdict is doubled"
        ways = list(ways_it_may_have_ended(disk, heard.under_way, minutes + 5))
        stands = standing(resumed)
        ended = next((copy for copy, controller in ways if standing(controller) == stands), None)
        assert ended, f"{heard.under_way}: {stands}, not {standing(ways[0][1])}"
        if ended is ways[0][0]:
            assert now.ids == known.ids, "what was acknowledged is not what is on record"
            assert known.current is None or now == known, "it resumes elsewhere"
        elif heard.under_way != ("undo", ()):
            lost = [key for key, some in known.ids.items() if set(some) - {*now.ids.get(key, ())}]
            assert not lost, "an acknowledged verdict is lost"
        known, disk = now, ended
        board.close()
    assert resumed.current is None
    assert queue_of(resumed.board, EVERYTHING_DUE).ids == ()
