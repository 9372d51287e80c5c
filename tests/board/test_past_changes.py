"""What the ledger tells of a prospect that its record does not."""

from datetime import date
from functools import partial

import pytest

from review_board.board.board import Board
from review_board.board.merging import merge_two
from review_board.board.past_changes import past_changes
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, Role
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
    return [event.text for event in past_changes(board.history("p-1"), "p-1", board.today)]


def test_a_move_and_each_field_are_told_with_what_they_were(board: Board) -> None:
    board.change("p-1", edited(company="A"), "name A")
    board.change("p-1", edited(company="B", tags=("solar",)), "name B")
    board.change("p-1", moved(Column.CALLBACK), "moved it")
    assert told(board) == [
        "moved from Active to Callback-Pending · ann",
        "Company: B; was A · ann",
        "Tags: solar; none before · ann",
        "Company: A; none before · ann",
    ]


def test_what_the_record_tells_itself_is_not_told_twice(board: Board) -> None:
    board.change("p-1", logged(), "log")
    assert told(board) == []
    board.undo()
    assert told(board) == ["undo: log · ann"]


def test_an_adding_taken_back_and_made_again_is_told_as_both(board: Board) -> None:
    board.undo()
    board.redo()
    assert told(board) == ["redo: add Harbor · ann", "undo: add Harbor · ann"]


def test_people_and_steps_are_told_with_what_they_were(board: Board) -> None:
    def added(prospect: Prospect, stamp: Stamp) -> Prospect:
        return changes.add_contact(prospect, "Kim", Role.ECONOMIC_BUYER, stamp, phone="555-0142")

    def renumbered(prospect: Prospect, _: Stamp) -> Prospect:
        return changes.edit_contact(prospect, prospect.people[0], phone="555-0143", note="a\nb")

    def planned(prospect: Prospect, _: Stamp) -> Prospect:
        return changes.set_next_step(prospect, NextStep(action="demo", on=date(2026, 11, 27)))

    def removed(prospect: Prospect, _: Stamp) -> Prospect:
        return changes.remove_contact(prospect, prospect.people[0])

    for change in (added, renumbered, planned, edited(next_step=None), removed):
        board.change("p-1", change, "edit")
    assert told(board) == [
        "person removed: Kim · ann",
        "Next step: none; was 27 Nov: demo (our plan) · ann",
        "Next step: 27 Nov: demo (our plan); none before · ann",
        "Kim, phone: 555-0143; was 555-0142 · ann",
        "Kim, note: a b; none before · ann",
        "person added: Kim · signs the order · 555-0142 · ann",
    ]


def test_a_later_close_date_is_told_once_and_its_undoing_with_both_days(board: Board) -> None:
    for day in (5, 18):
        fields = {"close_date": date(2026, 12, day)}
        board.change("p-1", partial(changes.edit_fields, fields=fields), "edit")
    board.undo()
    assert told(board) == [
        "Close by: 5 Dec; was 18 Dec · ann",
        "Close by: 5 Dec; none before · ann",
    ]


def test_what_was_before_a_merge_is_told_after_its_undoing(board: Board) -> None:
    board.change("p-1", edited(company="A"), "name A")
    board.add([prospect().with_changes(id="p-2", name="Other")], "add Other")
    merge_two(board, "p-2", "p-1")
    board.undo()
    assert told(board) == [
        "undo: merged Harbor Auto Glass into Other · ann",
        "merged Harbor Auto Glass into Other · ann",
        "Company: A; none before · ann",
    ]
