"""The page as it is used: the timeline limited, words found in it, both sides where it is wide."""

import pytest
from textual.pilot import Pilot

from review_board.board.board import Board
from review_board.pipeline.prospect import from_document
from review_board.tui.prospect.screen import ProspectScreen
from tests.board.changing import edited
from tests.tui.conftest import HARBOR, Harness, lines_of, screen_text, touch, type_in

CALLS = [
    touch(f"2026-{month:02}-{day:02}", "voicemail", note=f"call {month}/{day}")
    for month in (8, 9, 10)
    for day in range(1, 28)
]
NOTES = [{"id": "n-1", "at": "2026-08-15T10:00:00Z", "by": "raj", "text": "budget in May"}]


@pytest.fixture
def page(board: Board) -> Harness:
    busy = HARBOR | {"touches": CALLS, "notes": NOTES, "created": "2026-07-01T09:00:00Z"}
    board.add([from_document(busy)], "import")
    return Harness(ProspectScreen(board, str(HARBOR["id"])))


async def keys(pilot: Pilot[object], *pressed: str) -> None:
    for key in pressed:
        await pilot.press(key)
    await pilot.pause()
    await pilot.pause()


async def test_one_key_limits_the_timeline_and_shows_it(page: Harness) -> None:
    async with page.run_test(size=(80, 24)) as pilot:
        await keys(pilot)
        assert "budget in May" not in screen_text(page)
        await keys(pilot, "f", "f")
        assert "15 Aug  ¶ budget in May · raj" in screen_text(page)
        assert "voicemail" not in screen_text(page)


async def test_the_timeline_tells_what_a_field_was(page: Harness, board: Board) -> None:
    board.change(str(HARBOR["id"]), edited(company="Harbor Glass"), "named the company")
    async with page.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "t")
        assert "± Company: Harbor Glass; was Harbor Group · ann" in screen_text(page)
        board.subscribe(page.screen.on_board_event)  # type: ignore[attr-defined]
        board.change(str(HARBOR["id"]), edited(owner="raj"), "gave it away")
        await keys(pilot, "f", "f", "f", "f")
        assert "± Owner: raj; was ann · ann" in screen_text(page)


async def test_t_goes_to_the_timeline_which_begins_with_the_newest(page: Harness) -> None:
    async with page.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "t")
        lines = lines_of(page)
        at = next(place for place, line in enumerate(lines) if "Timeline" in line)
        assert "27 Oct" in lines[at + 1]


async def test_words_are_found_one_after_another(page: Harness) -> None:
    async with page.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "slash")
        await type_in(pilot, "CALL 8/1")
        await keys(pilot, "enter")
        assert "1 of 11" in screen_text(page)
        assert "call 8/19" in screen_text(page)
        await keys(pilot, "N")
        assert "11 of 11" in screen_text(page)
        await keys(pilot, "n", "n")
        assert "2 of 11" in screen_text(page)
        await keys(pilot, "escape")
        assert " of 11" not in screen_text(page)
        assert isinstance(page.screen, ProspectScreen)


async def test_what_is_not_found_is_said(page: Harness) -> None:
    async with page.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "slash")
        await type_in(pilot, "[bold")
        await keys(pilot, "enter")
        assert "“[bold”  not found" in screen_text(page)


async def test_both_sides_stand_beside_each_other_where_it_is_wide(page: Harness) -> None:
    async with page.run_test(size=(168, 30)) as pilot:
        await keys(pilot)
        first = lines_of(page)[2]
        assert first.index("KEEP") < first.index("Timeline")
        await keys(pilot, "t", "pagedown")
        assert "KEEP" in lines_of(page)[2]
        assert "27 Oct" not in screen_text(page)


@pytest.mark.parametrize("size", [(60, 20), (20, 5)])
async def test_a_small_terminal_shows_what_fits(page: Harness, size: tuple[int, int]) -> None:
    async with page.run_test(size=size) as pilot:
        await keys(pilot)
        assert "Harbor Auto" in lines_of(page)[0]
        await keys(pilot, "G")
        assert "added" in screen_text(page)


async def test_y_copies_to_the_clipboard_of_the_terminal(page: Harness) -> None:
    async with page.run_test(size=(80, 24)) as pilot:
        await keys(pilot, "y")
        assert page.clipboard == "hiro@h.example"
