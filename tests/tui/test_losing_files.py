"""The pipeline's files go away, or are cut, under an open board."""

import os
import shutil
from collections.abc import Callable
from datetime import UTC
from pathlib import Path

import pytest
from textual.pilot import Pilot

from review_board.board.board import Board
from review_board.board.runner import Inline, Runner
from review_board.pipeline.prospect import from_document
from review_board.pipeline.vocabulary import Column
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.board_actions import MissingDialog
from review_board.tui.tasks.screen import TasksScreen
from tests.tui.conftest import NOW, SMALL, ready, screen_text, toasts, until

pytestmark = pytest.mark.usefixtures("follow_fast")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """The small pipeline in a folder of its own."""
    (tmp_path / "sales").mkdir()
    path = tmp_path / "sales" / "p.json"
    board_on(path).add([from_document(document) for document in SMALL], "began")
    return path


def board_on(path: Path, by: str = "ann", runner: Runner | None = None) -> Board:
    store, runner = FileStore(path), runner or Inline()
    return Board(store, Settings(), lambda: NOW, UTC, by, "board", runner).open()


def app_on(path: Path) -> ReviewBoardApp:
    return ReviewBoardApp(lambda runner: board_on(path, runner=runner), title="p.json")


def ledger_of(path: Path) -> Path:
    return FileStore(path)._paths.ledger


async def shown(pilot: Pilot[int], text: str) -> None:
    await until(pilot, lambda: text in screen_text(pilot.app))


async def said(pilot: Pilot[int], app: ReviewBoardApp, text: str) -> None:
    await until(pilot, lambda: any(text in told for told in toasts(app)))


async def test_the_folder_goes_and_comes_back(path: Path) -> None:
    app = app_on(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        path.parent.rename(path.parent.with_name("away"))
        await shown(pilot, f"The folder of p.json is gone · showing what was read at {NOW:%H:%M}")
        assert "4 open" in screen_text(app)
        await pilot.press("n")
        await said(pilot, app, "Nothing can be changed: The folder of p.json is gone")
        await pilot.press("d")
        await until(pilot, lambda: isinstance(app.screen, TasksScreen))
        await shown(pilot, "The folder of p.json is gone")
        assert not path.parent.exists()
        path.parent.with_name("away").rename(path.parent)
        await said(pilot, app, "p.json is back: you can go on")
        assert "is gone" not in screen_text(app)
        assert app.board
        app.board.change("p-solid-labs", lambda p, _: p, "looked at it")


async def test_a_cut_ledger_is_told_and_written_again(path: Path) -> None:
    app = app_on(path)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        size = ledger_of(path).stat().st_size
        await pilot.press("3", "L", "e", "enter")
        await until(pilot, lambda: ledger_of(path).stat().st_size > size and not app._busy())
        os.truncate(ledger_of(path), size)
        await shown(pilot, "1 change is no longer on disk · M writes them again or gives them up")
        assert "Dropped 2" in screen_text(app)
        await pilot.press("1", "n")
        await said(pilot, app, "Nothing can be changed: 1 change is no longer on disk")
        assert column(path) is Column.NURTURE
        await pilot.press("M")
        await shown(pilot, "ann moved Lakeside Dental to Dropped")
        await pilot.press("enter", "w")
        await said(pilot, app, "Written again: 1 change")
        await until(pilot, lambda: "no longer on disk" not in screen_text(app))
        assert "no longer on disk" not in screen_text(app)
        assert column(path) is Column.DROPPED


def column(path: Path) -> Column:
    return board_on(path).prospect("p-lakeside-dental").column


def emptied(ledger: Path) -> None:
    os.truncate(ledger, 0)


def removed(ledger: Path) -> None:
    ledger.unlink()


@pytest.mark.parametrize("cut", [emptied, removed])
@pytest.mark.parametrize(("key", "left"), [("w", Column.DROPPED), ("x", Column.NURTURE)])
async def test_who_quits_is_asked_first(
    path: Path, cut: Callable[[Path], None], key: str, left: Column
) -> None:
    board_on(path).store.checkpoint()
    app = app_on(path)
    async with app.run_test(size=(120, 34)) as pilot:
        await ready(pilot)
        await pilot.press("3", "L", "e", "enter")
        await until(pilot, lambda: not app._busy())
        cut(ledger_of(path))
        await until(pilot, lambda: app.board is not None and bool(app.board.missing))
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, MissingDialog))
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BoardScreen)
        await pilot.press("q")
        await until(pilot, lambda: isinstance(app.screen, MissingDialog))
        await pilot.press(key)
        await until(pilot, lambda: app.return_value is not None)
    assert app.return_value == 0
    assert column(path) is left


async def test_a_file_damaged_meanwhile_is_told_once(path: Path) -> None:
    app = app_on(path)
    async with app.run_test(size=(120, 34)) as pilot:
        await ready(pilot)
        shutil.copy(path, path.with_name("good"))
        path.write_bytes(b"{ half")
        await shown(pilot, "is not JSON")
        await pilot.pause(0.2)
        assert len(toasts(app)) == 1
        path.with_name("good").replace(path)
        await said(pilot, app, "p.json is back")
