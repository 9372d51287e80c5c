"""The palette finds a command by what it does, and two clicks at once run it once."""

import pytest
from textual import events
from textual.command import CommandList, Hit
from textual.pilot import Pilot
from textual.widgets import OptionList

from review_board.tui.app import ReviewBoardApp
from review_board.tui.board.screen import BoardScreen
from review_board.tui.command_palette import KeyCommands, KeyPalette
from tests.tui.conftest import MakeApp, ready, until


async def opened(pilot: Pilot[int]) -> CommandList:
    """The list of the palette, once it is filled."""
    await ready(pilot)
    await pilot.press("colon")
    await until(pilot, lambda: isinstance(pilot.app.screen, KeyPalette))
    found = pilot.app.screen.query_one(CommandList)
    await until(pilot, lambda: bool(found.option_count and found.scrollable_content_region))
    return found


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("undo", "Undo"),
        ("take back", "Undo"),
        ("your last change", "Undo"),
        ("name is enough", "Add"),
        ("promises due", "Due"),
        ("COLOURS", "Light or dark"),
    ],
)
async def test_commands_are_found_by_name_and_by_the_words_of_what_they_do(
    make_app: MakeApp, typed: str, name: str
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        hits = [hit async for hit in KeyCommands(app.screen).search(typed)]
        assert name in [str(hit.match_display) for hit in hits if isinstance(hit, Hit)]


async def test_whose_name_fits_comes_before_whose_description_does(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        hits = [hit async for hit in KeyCommands(app.screen).search("review")]
        best = max((hit for hit in hits if isinstance(hit, Hit)), key=lambda hit: hit.score)
        assert str(best.match_display) == "Review"
        assert len(hits) > 1


async def test_two_choices_in_one_moment_run_the_command_once(
    make_app: MakeApp, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[str] = []
    monkeypatch.setattr(ReviewBoardApp, "_change_theme", lambda app: ran.append(app.theme))
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        commands = await opened(pilot)
        app.screen.query_one("CommandInput").value = "colours"  # type: ignore[attr-defined]
        await until(pilot, lambda: commands.option_count == 1)
        option = commands.get_option_at_index(0)
        for _ in range(2):
            commands.post_message(OptionList.OptionSelected(commands, option, 0))
        await until(pilot, lambda: bool(ran))
        assert len(ran) == 1
        assert isinstance(app.screen, BoardScreen)
        assert app.crash is None


async def test_closing_it_twice_closes_nothing_else(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot)
        palette = app.screen
        palette.dismiss()
        palette.dismiss()
        await pilot.pause()
        assert isinstance(app.screen, BoardScreen)
        assert app.crash is None


async def test_a_page_key_before_the_list_is_laid_out_does_nothing(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        for key in ("colon", *["pagedown"] * 8):
            app.post_message(events.Key(key, ":" if key == "colon" else None))
        await until(pilot, app._key_queue._waiting.empty)
        assert app.crash is None
