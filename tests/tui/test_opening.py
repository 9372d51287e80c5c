"""A pipeline that takes long to open: how far it is, and a key that stops it."""

from functools import partial
from threading import Event
from typing import Any

import pytest
from textual._compositor import Compositor

from review_board.board.board import Board
from review_board.board.runner import Runner, Threaded
from review_board.progress import Progress, StoppedError
from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.column import ColumnView
from tests.tui.conftest import SMALL, disk_of, open_board, screen_text, until
from tests.tui.painting import paint


class Slow:
    """An opener that counts one prospect, then waits until it may go on."""

    def __init__(self) -> None:
        self.may_open = Event()

    def __call__(self, runner: Runner) -> Board:
        runner.progress.begin("reading the prospects", 4)
        runner.progress.step()
        assert self.may_open.wait(10)
        runner.progress.step()
        return open_board(disk_of(SMALL), runner=runner)


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> Slow:
    monkeypatch.setattr("review_board.tui.app.SLOW", 0.01)
    return Slow()


async def test_it_says_how_far_it_is_until_the_board_is_there(slow: Slow) -> None:
    app = ReviewBoardApp(slow, title="northwest", make_runner=Threaded)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "25% reading the prospects" in screen_text(app))
        assert "Opening northwest" in screen_text(app)
        slow.may_open.set()
        await until(pilot, lambda: "Harbor Auto Glass" in screen_text(app))
        assert "Opening" not in screen_text(app)


async def test_esc_stops_it_and_says_so(slow: Slow) -> None:
    app = ReviewBoardApp(slow, title="northwest", make_runner=Threaded)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Opening northwest" in screen_text(app))
        await pilot.press("escape")
        await until(pilot, lambda: "Stopping" in screen_text(app))
        slow.may_open.set()
        await until(pilot, lambda: app.return_value == 1)
    assert isinstance(app.problem, StoppedError)


async def test_the_first_that_is_painted_is_the_cards_where_they_come_at_once(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("review_board.tui.board.screen.BLANK", 10)
    painted: list[int] = []

    def noted(compositor: Compositor, *args: Any, **options: Any) -> object:
        update = paint(compositor, *args, **options)
        painted.extend(
            [sum(column.count for column in app.screen.query(ColumnView))] * bool(update)
        )
        return update

    monkeypatch.setattr(Compositor, "render_update", noted)
    opener = partial(open_board, disk_of(SMALL))
    app = ReviewBoardApp(lambda runner: opener(runner=runner), make_runner=Threaded)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "Harbor Auto Glass" in screen_text(app))
    assert painted[0] == len(SMALL)


async def test_the_empty_board_is_shown_where_the_cards_take_longer() -> None:
    slow = Slow()
    app = ReviewBoardApp(slow, title="northwest", make_runner=Threaded)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "opening…" in screen_text(app))
        slow.may_open.set()
        await until(pilot, lambda: "Harbor Auto Glass" in screen_text(app))


def test_each_prospect_is_counted() -> None:
    board, progress = open_board(disk_of(SMALL)), Progress()
    board.build_index(progress)
    assert (progress.done, progress.total) == (len(SMALL), len(SMALL))
    progress.stop()
    with pytest.raises(StoppedError):
        board.build_index(progress)
