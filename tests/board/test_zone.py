"""The zone of a pipeline: noted once, with its first change, and never undone."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from review_board.board.board import Board
from review_board.board.zone import zone_in
from review_board.errors import RefusedError
from review_board.settings.tree import Settings
from tests.judgement.build import prospect
from tests.memory_store import Disk, MemoryStore

NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)


def opened(disk: Disk, zone: ZoneInfo | timezone) -> Board:
    return Board(MemoryStore(disk), Settings(), lambda: NOON, zone, "ann").open()


def test_the_first_change_notes_the_zone_and_no_other_does() -> None:
    disk = Disk()
    board = opened(disk, ZoneInfo("Europe/Berlin"))
    assert zone_in(board.store.tables) is None
    board.add([prospect()], "add")
    opened(disk, ZoneInfo("Asia/Tokyo")).add([prospect(id="p-2")], "add")
    assert zone_in(opened(disk, UTC).store.tables) == "Europe/Berlin"


def test_undo_leaves_it() -> None:
    board = opened(Disk(), UTC)
    board.add([prospect()], "add")
    board.undo()
    with pytest.raises(RefusedError):
        board.undo()
    assert zone_in(board.store.tables) == "UTC"


def test_an_offset_has_no_name_to_note() -> None:
    board = opened(Disk(), timezone(timedelta(hours=2)))
    board.add([prospect()], "add")
    assert zone_in(board.store.tables) is None
