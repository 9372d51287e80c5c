"""The past read back from the ledger."""

from review_board.board.board import Board
from review_board.board.versions import versions
from review_board.pipeline import changes
from tests.office import Office


def _told(office: Office, board: Board) -> str:
    """Added in the morning, noted on at noon, renamed in the evening."""
    added = changes.create("Acme", board.stamp())
    board.add([added], "added")
    office.clock.turn(hours=3)
    board.change(added.id, lambda p, s: changes.add_note(p, "hello", s), "noted")
    office.clock.turn(hours=6)
    board.change(added.id, lambda p, _: changes.edit(p, name="Acme Ltd"), "renamed")
    return added.id


def test_versions_tell_a_document_from_its_first_state_to_its_last(
    office: Office, board: Board
) -> None:
    key = _told(office, board)
    told = versions(board)[key]
    assert [v.document and v.document["name"] for v in told] == ["Acme", "Acme", "Acme Ltd"]
    assert [len(v.document.get("notes", [])) if v.document else 0 for v in told] == [0, 1, 1]
    assert [v.at and v.at.hour for v in told] == [9, 12, 18]


def test_what_was_undone_is_a_version_and_so_is_what_stands_again(
    office: Office, board: Board
) -> None:
    key = _told(office, board)
    office.clock.turn(hours=1)
    board.undo()
    office.clock.turn(hours=1)
    assert [v.document and v.document["name"] for v in versions(board)[key]][-2:] == [
        "Acme Ltd",
        "Acme",
    ]


def test_undoing_the_addition_leaves_a_gap_in_the_versions(office: Office, board: Board) -> None:
    added = changes.create("Acme", board.stamp())
    board.add([added], "added")
    office.clock.turn(hours=1)
    board.undo()
    assert [v.document is None for v in versions(board)[added.id]] == [False, True]
