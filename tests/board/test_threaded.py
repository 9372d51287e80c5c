"""Work in a thread: results in order, nothing waits for the disk, failures are taken back."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC
from queue import Queue

import pytest

from review_board.board.board import Board
from review_board.board.runner import Threaded
from review_board.errors import RefusedError, ReviewBoardError, StoreError
from review_board.pipeline.vocabulary import Column, Outcome
from review_board.settings.tree import Settings
from review_board.store.protocol import Commit, Receipt
from tests.board.changing import edited, logged, moved
from tests.judgement.build import prospect
from tests.memory_store import MemoryStore
from tests.office import Ear, Office


class Slow(MemoryStore):
    """A store that commits only when it is let, and may be told to fail."""

    gate: threading.Event
    failing: bool = False

    def commit(self, draft: Commit) -> Receipt:
        assert self.gate.wait(5)
        if self.failing:
            raise StoreError("the disk is full; nothing was changed")
        return super().commit(draft)


class ReviewController:
    """A board whose results come to this thread through a queue, as they come to a screen."""

    def __init__(self, office: Office) -> None:
        self.posted: Queue[Callable[[], None]] = Queue()
        self.store = Slow(office.disk)
        self.store.gate = threading.Event()
        self.runner = Threaded(self.posted.put)
        self.board = Board(
            self.store, Settings(), office.clock, UTC, "ann", "board", self.runner
        ).open()
        self.ear = Ear(self.board)

    def settle(self, count: int) -> None:
        """Let the disk work and take in that many results."""
        self.store.gate.set()
        for _ in range(count):
            self.posted.get(timeout=60)()


@pytest.fixture
def controller(office: Office) -> Iterator[ReviewController]:
    office.open("eve").add([prospect(company="none")], "add")
    controller = ReviewController(office)
    yield controller
    controller.store.gate.set()
    controller.board.close()


def test_it_shows_before_the_disk_has_it(office: Office, controller: ReviewController) -> None:
    controller.board.change("p-1", moved(Column.NURTURE), "move")
    assert controller.board.column(Column.NURTURE) == ["p-1"]
    assert controller.board.prospect("p-1").column is Column.NURTURE
    assert len(office.disk.commits) == 1
    assert controller.ear.saved() == []
    controller.settle(1)
    assert controller.ear.saved() == ["move"]
    assert len(office.disk.commits) == 2
    assert controller.board.prospect("p-1").rev == 2


def test_changes_build_on_those_still_pending_changes(controller: ReviewController) -> None:
    for name in "abc":
        controller.board.change("p-1", edited(company=name), name)
    controller.board.change("p-1", logged(), "log")
    assert controller.board.prospect("p-1").company == "c"
    controller.settle(4)
    assert controller.ear.saved() == ["a", "b", "c", "log"]
    seen = controller.board.prospect("p-1")
    assert (seen.company, len(seen.touches)) == ("c", 1)


def test_results_come_back_in_order() -> None:
    posted: Queue[Callable[[], None]] = Queue()
    runner = Threaded(posted.put)
    heard: list[int | str] = []

    def refuse() -> int:
        raise RefusedError("no")

    def failed(error: ReviewBoardError) -> None:
        heard.append(error.message)

    for number in range(20):
        runner.run(lambda n=number: n, heard.append, failed)  # type: ignore[misc]
    runner.run(refuse, heard.append, failed)
    runner.run(lambda: 99, heard.append, failed)
    runner.finish()
    while not posted.empty():
        posted.get()()
    assert heard == [*range(20), "no", 99]


def test_a_failed_commit_takes_the_card_back(office: Office, controller: ReviewController) -> None:
    controller.store.failing = True
    controller.board.change("p-1", moved(Column.DROPPED), "drop")
    assert controller.board.column(Column.DROPPED) == ["p-1"]
    controller.settle(1)
    assert controller.board.column(Column.DROPPED) == []
    assert controller.board.column(Column.ACTIVE) == ["p-1"]
    assert controller.board.prospect("p-1").column is Column.ACTIVE
    (told,) = controller.ear.not_saved()
    assert (told.action, set(told.ids)) == ("drop", {"p-1"})
    assert "the disk is full" in str(told.error)
    assert len(office.disk.commits) == 1


def test_a_conflict_takes_the_card_back_and_says_who(
    office: Office, controller: ReviewController
) -> None:
    office.open("raj").change("p-1", edited(company="theirs"), "rename")
    controller.board.change("p-1", edited(company="ours"), "rename")
    assert controller.board.prospect("p-1").company == "ours"
    controller.settle(1)
    assert controller.board.prospect("p-1").company == "theirs"
    (told,) = controller.ear.not_saved()
    assert "raj changed the company" in str(told.error)


def test_what_was_built_on_a_failed_change_falls_with_it(
    office: Office, controller: ReviewController
) -> None:
    office.open("raj").change("p-1", edited(company="theirs"), "rename")
    controller.board.change("p-1", edited(company="ours"), "first")
    controller.board.change("p-1", edited(company="ours too"), "second")
    controller.board.change("p-1", logged(Outcome.TALKED), "log")
    controller.settle(3)
    assert [told.action for told in controller.ear.not_saved()] == ["first", "second"]
    assert controller.ear.saved() == ["log"]
    seen = controller.board.prospect("p-1")
    assert (seen.company, len(seen.touches)) == ("theirs", 1)


def test_undo_waits_its_turn(controller: ReviewController) -> None:
    controller.board.change("p-1", edited(company="a"), "a")
    controller.board.undo()
    controller.board.undo()
    controller.settle(3)
    assert controller.ear.saved() == ["a", "undo: a"]
    assert [told.error.message for told in controller.ear.not_saved()] == [
        "Nothing to undo: no change by ann still stands"
    ]
    assert controller.board.prospect("p-1").company == "none"


def test_others_come_in_by_catching_up(office: Office, controller: ReviewController) -> None:
    office.open("raj").change("p-1", edited(company="theirs"), "rename")
    controller.board.catch_up()
    controller.settle(1)
    assert controller.board.prospect("p-1").company == "theirs"


def test_closing_waits_for_what_is_pending_changes(
    office: Office, controller: ReviewController
) -> None:
    controller.board.change("p-1", logged(), "log")
    threading.Timer(0.05, controller.store.gate.set).start()
    controller.board.close()
    assert len(office.disk.commits) == 2


def test_a_defect_is_raised_where_results_are_taken_in() -> None:
    posted: Queue[Callable[[], None]] = Queue()
    runner = Threaded(posted.put)

    def broken() -> int:
        raise ZeroDivisionError

    runner.run(broken, lambda _: None, lambda _: None)
    runner.finish()
    with pytest.raises(ZeroDivisionError):
        posted.get()()
