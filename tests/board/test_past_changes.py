"""What the ledger tells of a prospect that its record does not."""

import pytest

from review_board.board.board import Board
from review_board.board.past_changes import past_changes
from review_board.pipeline.vocabulary import Column
from tests.board.changing import edited, logged, moved
from tests.judgement.build import prospect
from tests.office import Office


@pytest.fixture
def board(office: Office) -> Board:
    """Harbor, just added."""
    board = office.open()
    board.add([prospect()], "add Harbor")
    return board


def told(board: Board) -> list[str]:
    return [event.text for event in past_changes(board.history(), "p-1", board.today)]


def test_a_move_and_each_field_are_told_with_what_they_were(board: Board) -> None:
    board.change("p-1", edited(company="A"), "name A")
    board.change("p-1", edited(company="B", tags=("solar",)), "name B")
    board.change("p-1", moved(Column.CALLBACK), "moved it")
    assert told(board) == [
        "moved from Active to Callback-Pending · ann",
        "Company: B, before A · ann",
        "Tags: solar, before none · ann",
        "Company: A, before none · ann",
    ]


def test_what_the_record_tells_itself_is_not_told_twice(board: Board) -> None:
    board.change("p-1", logged(), "log")
    assert told(board) == []
    board.undo()
    assert told(board) == ["undo: log · ann"]
