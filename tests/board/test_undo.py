"""Undo and redo read the ledger: across sessions, past other people, whole bulks at once."""

import pytest

from review_board.board.board import Board
from review_board.board.document_diff import SessionChange
from review_board.errors import ConflictError, RefusedError
from review_board.pipeline.vocabulary import Column
from tests.board.changing import dropped, edited, logged, moved
from tests.judgement.build import prospect
from tests.office import Ear, Office


def company(board: Board) -> str:
    return board.prospect("p-1").company


@pytest.fixture
def board(office: Office) -> Board:
    """Harbor, renamed twice: A, then B."""
    board = office.open()
    board.add([prospect(company="none")], "add Harbor")
    board.change("p-1", edited(company="A"), "name A")
    board.change("p-1", edited(company="B"), "name B")
    return board


class TestUndo:
    def test_step_by_step_to_the_beginning(self, board: Board) -> None:
        board.undo()
        assert company(board) == "A"
        board.undo(2)
        assert board.document("p-1") is None
        assert board.column(Column.ACTIVE) == []
        with pytest.raises(RefusedError, match="Nothing to undo: no change by ann"):
            board.undo()

    def test_across_sessions(self, office: Office, board: Board) -> None:
        board.close()
        again = office.open()
        again.undo()
        assert company(again) == "A"
        assert next(again.history()).action == "undo: name B"

    def test_listeners_hear_of_it(self, board: Board) -> None:
        ear = Ear(board)
        done: list[str] = []
        board.undo(done=lambda commit: done.append(commit.action))
        assert {i for event in ear.changed() for i in event.ids} == {"p-1"}
        assert ear.saved() == done == ["undo: name B"]

    def test_only_ones_own(self, office: Office, board: Board) -> None:
        raj = office.open("raj")
        with pytest.raises(RefusedError, match="no change by raj"):
            raj.undo()
        raj.change("p-1", logged(), "log")
        board.undo()
        assert company(board) == "A"
        assert len(board.prospect("p-1").touches) == 1

    def test_refused_with_the_reason_when_somebody_built_on_it(
        self, office: Office, board: Board
    ) -> None:
        office.open("raj").change("p-1", edited(company="C"), "name C")
        with pytest.raises(
            ConflictError,
            match=r"^raj changed the company of Harbor Auto Glass to C just now; nothing was taken back: ",
        ):
            board.undo()
        assert company(board) == "C"

    def test_adding_is_not_undone_under_a_touch_of_somebody_else(
        self, office: Office, board: Board
    ) -> None:
        board.undo(2)
        office.open("raj").change("p-1", logged(), "log")
        with pytest.raises(ConflictError):
            board.undo()
        board.catch_up()
        assert len(board.prospect("p-1").touches) == 1

    def test_a_particular_change_of_anybody(self, office: Office, board: Board) -> None:
        raj = office.open("raj")
        raj.change("p-1", logged(), "log")
        board.undo_commit(4)
        assert board.prospect("p-1").touches == ()
        with pytest.raises(RefusedError, match="taken back already"):
            board.undo_commit(4)
        with pytest.raises(RefusedError, match="no change 99"):
            board.undo_commit(99)

    def test_what_only_keeps_the_place_of_a_review_is_refused(self, board: Board) -> None:
        board.save_session(SessionChange(None, {"id": "s", "by": "ann"}), "review: start")
        seq = board.store.seq
        with pytest.raises(RefusedError, match="it only says how far a review has come"):
            board.undo_commit(seq)
        assert board.store.seq == seq

    def test_a_bulk_of_two_hundred_at_once(self, office: Office) -> None:
        board = office.open()
        everybody = [f"p-{n:03}" for n in range(200)]
        board.add([prospect(id=i) for i in everybody], "import")
        board.change_many(dict.fromkeys(everybody, dropped()), "purge 200")
        assert len(board.column(Column.DROPPED)) == 200
        board.undo()
        assert board.column(Column.ACTIVE) == everybody
        assert all(board.prospect(i).drop is None for i in everybody)
        board.redo()
        assert len(board.column(Column.DROPPED)) == 200
        assert len(office.disk.commits) == 4

    def test_a_bulk_is_all_or_nothing(self, office: Office) -> None:
        board = office.open()
        board.add([prospect(id=f"p-{n}") for n in range(5)], "import")
        board.change_many({f"p-{n}": dropped() for n in range(5)}, "purge 5")
        office.open("raj").change("p-3", moved(Column.NURTURE), "rescue")
        with pytest.raises(ConflictError, match="raj"):
            board.undo()
        board.catch_up()
        assert len(board.column(Column.DROPPED)) == 4

    def test_how_far_a_review_came_is_no_change(self, board: Board) -> None:
        board.save_session(SessionChange(None, {"id": "s", "by": "ann", "place": 0}), "start")
        board.undo()
        assert company(board) == "A"

    def test_a_verdict_is_taken_back_without_its_step(self, board: Board) -> None:
        walk = SessionChange(None, {"id": "s", "by": "ann", "place": 1})
        board.change_many({"p-1": moved(Column.NURTURE)}, "purge", [walk])
        board.undo()
        assert board.prospect("p-1").column is Column.ACTIVE
        assert board.documents("sessions")["s"]["place"] == 1


class TestRedo:
    def test_back_and_forth(self, board: Board) -> None:
        board.undo(2)
        seen = []
        for step in (board.redo, board.redo, board.undo, board.redo):
            step()
            seen.append(company(board))
        assert seen == ["A", "B", "A", "B"]
        with pytest.raises(RefusedError, match="Nothing to redo"):
            board.redo()

    def test_of_an_adding(self, board: Board) -> None:
        board.undo(3)
        board.redo()
        assert company(board) == "none"
        assert board.column(Column.ACTIVE) == ["p-1"]

    def test_across_sessions(self, office: Office, board: Board) -> None:
        board.undo()
        again = office.open()
        again.redo()
        assert company(again) == "B"
        assert next(again.history()).action == "redo: name B"

    def test_cleared_by_a_new_change(self, board: Board) -> None:
        board.undo()
        board.change("p-1", logged(), "log")
        with pytest.raises(RefusedError, match="Nothing to redo"):
            board.redo()

    def test_not_by_one_of_somebody_else(self, office: Office, board: Board) -> None:
        board.undo()
        office.open("raj").change("p-1", logged(), "log")
        board.redo()
        assert company(board) == "B"

    def test_not_by_a_step_of_the_review(self, board: Board) -> None:
        board.undo()
        board.save_session(SessionChange(None, {"id": "s", "by": "ann"}), "review: start")
        board.redo()
        assert company(board) == "B"

    def test_only_ones_own(self, office: Office, board: Board) -> None:
        board.undo()
        with pytest.raises(RefusedError, match="Nothing to redo"):
            office.open("raj").redo()

    def test_refused_when_somebody_changed_it_since(self, office: Office, board: Board) -> None:
        board.undo()
        office.open("raj").change("p-1", edited(company="C"), "name C")
        with pytest.raises(ConflictError, match="raj"):
            board.redo()

    def test_undo_after_redo_after_a_new_change(self, board: Board) -> None:
        board.undo()
        board.redo()
        board.change("p-1", edited(company="D"), "name D")
        board.undo(2)
        assert company(board) == "A"
