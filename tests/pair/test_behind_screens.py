"""A pair review whose changes are saved in another thread, as behind a screen; and who is forgotten."""

from collections.abc import Callable
from datetime import UTC
from pathlib import Path
from queue import Empty, Queue

from review_board.board.board import Board
from review_board.board.events import Event, NotSaved
from review_board.board.forget import forget
from review_board.board.runner import Threaded
from review_board.pair import beginning
from review_board.pair.controller import PairReview
from review_board.pair.session import PairRole
from review_board.pair.settling import Phase
from review_board.review.signing import Identity
from tests.memory_store import Disk, MemoryStore
from tests.pair.two_people import EVERYTHING, Office, drop, keep, settle


class Screen:
    """A board with a thread for its store; what comes back is taken from a queue."""

    def __init__(self, office: Office, by: str) -> None:
        self._posted: Queue[Callable[[], None]] = Queue()
        self.events: list[Event] = []
        store = MemoryStore(office.on if isinstance(office.on, Disk) else None)
        runner = Threaded(self._posted.put)
        self.board = Board(store, office.settings, office.clock, UTC, by, "pair", runner).open()
        self.board.subscribe(self.events.append)
        self._runner = runner

    def pump(self) -> None:
        """Take in what was saved, and what follows from it, until nothing is under way."""
        while self._runner.outstanding:
            self._posted.get(timeout=60)()

    def look(self, review: PairReview) -> None:
        self.board.catch_up()
        self.pump()
        review.tick()
        self.pump()

    def close(self) -> None:
        self.board.runner.finish()
        try:
            self._posted.get_nowait()
        except Empty:
            return
        raise AssertionError("something was left undone")


def test_votes_and_verdicts_are_saved_in_another_thread() -> None:
    office = Office(Disk())
    one, other = Screen(office, "ann"), Screen(office, "raj")
    ann = beginning.start(
        one.board, Identity("ann", "ann"), PairRole.REP, office.process, EVERYTHING
    )
    one.pump()
    assert ann.needs_my_vote
    other.board.catch_up()
    other.pump()
    raj = beginning.join(other.board, Identity("raj", "raj"), None, office.process)
    other.pump()
    ann.vote(keep())
    raj.vote(keep())
    one.pump()
    other.pump()
    for _ in range(3):
        one.look(ann)
        other.look(raj)
    assert ann.current == raj.current == "p-1"
    assert len(one.board.prospect("p-0").verdicts) == 1
    raj.skip()  # ann drives: refused, and said
    other.pump()
    (refused,) = [event for event in other.events if isinstance(event, NotSaved)]
    assert "ann is driving" in str(refused.error)
    raj.take_wheel()
    other.pump()
    raj.skip()
    other.pump()
    assert raj.current == "p-2"
    one.close()
    other.close()


def test_what_was_voted_on_somebody_who_is_forgotten_is_erased(tmp_path: Path) -> None:
    office = Office(tmp_path / "pipeline.json")
    ann, raj = office.both()
    ann.vote(keep(why="a word about them"))
    raj.vote(drop())
    settle(ann, raj)
    assert ann.phase is Phase.SPLIT
    board = office.board("mia")
    forget(board, "p-0")
    board.close()
    stored = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"a word about them" not in stored
    settle(ann, raj)
    assert ann.current == raj.current == "p-1"
