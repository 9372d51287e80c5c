"""Keys wait for what the key ahead began, and never long for what does not come to an end."""

import asyncio
from itertools import count
from random import Random

import pytest
from textual import events

from review_board.pipeline import changes
from review_board.tui import key_queue as typist
from review_board.tui.app import NOT_KEYS, ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.dialogs.note import NoteArea, NoteDialog
from tests.memory_store import Disk
from tests.tui.conftest import MakeApp, open_board, ready, toasts, until

KEYS = (
    *"cnxmwujkgGbdQaersvWURKDhlLH;123?:",
    *("enter", "escape", "tab", "shift+tab", "pagedown", "pageup", "up", "down", "ctrl+p"),
)


def press(app: ReviewBoardApp, key: str) -> None:
    """A key as the terminal's driver gives it: nobody waits until it is handled."""
    app.post_message(events.Key(key, key if len(key) == 1 else None))


class Looks:
    """A clock that a look at it moves on."""

    def __init__(self) -> None:
        self._times = count(step=0.01)
        self.now = 0.0

    def __call__(self) -> float:
        self.now = next(self._times)
        return self.now


async def _forever() -> None:
    await asyncio.Event().wait()


async def test_many_keys_do_not_each_wait_for_what_never_ends(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Looks()
    monkeypatch.setattr(typist, "monotonic", looks)
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.screen.run_worker(_forever())
        for _ in range(40):
            press(app, "j")
        await until(pilot, app._key_queue._waiting.empty)
        assert looks.now < 10 * typist.PATIENCE


async def test_a_dialog_in_a_window_without_the_focus_does_not_hold_up_keys(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = Looks()
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("n")
        await pilot.pause()
        app.post_message(events.AppBlur())
        await pilot.pause()
        assert app.focused is None
        monkeypatch.setattr(typist, "monotonic", looks)
        app._key_queue.type(events.Paste("x"))
        await until(pilot, app._key_queue._waiting.empty)
        assert looks.now < typist.PATIENCE


async def test_what_is_typed_ahead_goes_into_the_dialog_that_it_opens(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        for key in "nabcdq":
            press(app, key)
        await until(pilot, app._key_queue._waiting.empty)
        assert isinstance(app.screen, NoteDialog)
        assert app.screen.query_one("#text", NoteArea).value == "abcdq"


@pytest.mark.parametrize("seed", [0, 5])
async def test_random_keys_on_the_best_hour_are_all_taken(make_app: MakeApp, seed: int) -> None:
    disk, rng = Disk(), Random(seed)
    board = open_board(disk)
    firms = [
        changes.create(f"Firm {n}", board.stamp()).with_changes(id=f"p-{n}") for n in range(60)
    ]
    board.add(firms, "imported a list")
    app = make_app(disk, make_runner=None)
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        press(app, "b")
        for _ in range(30):
            for _ in range(rng.choice((1, 1, 5))):
                press(app, rng.choice(KEYS))
            if rng.random() < 0.1:
                app.post_message(events.AppBlur())
            await pilot.pause(0)
        await until(pilot, app._key_queue._waiting.empty)
        assert app._key_queue._waiting.empty()
        assert app.crash is None


async def test_a_paste_where_nothing_takes_text_is_told(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.post_message(events.Paste("quit\nq\n"))
        await until(pilot, lambda: bool(toasts(app)))
        assert toasts(app) == [NOT_KEYS]
        assert isinstance(app.screen, BoardScreen)
