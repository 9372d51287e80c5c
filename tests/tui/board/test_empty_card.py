"""The empty board: the ways to begin, with their keys, at every size."""

import pytest

from review_board.tui.board.detail_pane import DetailPane
from tests.tui.conftest import MakeApp, disk_of, lines_of, ready, screen_text, until


@pytest.mark.parametrize("size", [(168, 48), (80, 24), (60, 20), (20, 5)])
async def test_it_says_how_to_begin_at_every_size(make_app: MakeApp, size: tuple[int, int]) -> None:
    async with make_app(disk_of(()), keys={"board.add": "f5"}).run_test(size=size) as pilot:
        await ready(pilot)
        await pilot.pause()
        shown = screen_text(pilot.app)
        for words in ("f5  add", "I  import", "T  try a sample"):
            assert words in shown
        assert lines_of(pilot.app)[-1].startswith(" f5 Add")
        assert not pilot.app.screen.query_one(DetailPane).display


async def test_it_steps_back_while_a_dialog_is_open(make_app: MakeApp) -> None:
    async with make_app(disk_of(())).run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await until(pilot, lambda: "This board is empty" in screen_text(pilot.app))
        await pilot.press("I")
        await until(pilot, lambda: "Import lists" in screen_text(pilot.app))
        await until(pilot, lambda: "This board is empty" not in screen_text(pilot.app))
        await pilot.press("escape")
        await until(pilot, lambda: "This board is empty" in screen_text(pilot.app))


async def test_a_click_begins_and_the_card_goes_with_the_first_prospect(make_app: MakeApp) -> None:
    async with make_app(disk_of(())).run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.pause()
        row, line = next((y, x) for y, x in enumerate(lines_of(pilot.app)) if "a  add" in x)
        await pilot.click(offset=(line.index("add"), row))
        await pilot.pause()
        await pilot.press(*"Acme", "enter")
        await pilot.pause()
        assert "Acme" in screen_text(pilot.app)
        assert "This board is empty" not in screen_text(pilot.app)
        await pilot.press("u")
        await pilot.pause()
        assert "This board is empty" in screen_text(pilot.app)
