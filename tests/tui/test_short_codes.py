"""Shorter output leaves the same on the screen."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.style import Style

from review_board.tui.short_codes import ShownCells
from tests.screen_model import ScreenModel
from tests.tui.conftest import MakeApp, ready, until

LINES, COLUMNS = 3, 12

COLOURS = st.sampled_from([None, "#8cc265", "#161920", "red", "bright_blue", "color(208)"])
STYLES: st.SearchStrategy[Style] = st.builds(
    Style,
    color=COLOURS,
    bgcolor=COLOURS,
    bold=st.booleans(),
    dim=st.booleans(),
    underline=st.booleans(),
    reverse=st.booleans(),
)
MOVES = st.builds("\x1b[{};{}H".format, st.integers(1, LINES), st.integers(1, COLUMNS - 6))
TEXTS = st.sampled_from(["Acme", " ", "    ", "a b", "●", "Acne, so", "漢", "e\u0301"])
PARTS = st.lists(st.tuples(st.sampled_from(["", "\n"]), MOVES, STYLES, TEXTS), max_size=8)
PAINTS = st.lists(PARTS, max_size=4)


def output(parts: list[tuple[str, str, Style, str]]) -> str:
    """Return what Textual would write of these parts."""
    return "".join(below + move + style.render(text) for below, move, style, text in parts)


@given(PAINTS)
def test_paint_after_paint_the_screen_is_the_same(
    paints: list[list[tuple[str, str, Style, str]]],
) -> None:
    shown, short, full = ShownCells(), ScreenModel(), ScreenModel()
    for parts in paints:
        data = output(parts)
        short.take(shown.shortened(data))
        full.take(data)
        short.take(again := shown.shortened(data))
        full.touched = short.touched = {}
        assert vars(short) == vars(full)
        assert len(again) <= len(data)


RED = Style(color="red")


def test_only_cells_that_differ_are_written() -> None:
    shown = ShownCells()
    shown.shortened("\x1b[2;1H" + RED.render("Acme Bakery of Leeds, 20k"))
    later = "\x1b[2;1H" + RED.render("Acme Bakery of Leeds, 35k") + "\x1b[1;1H"
    assert shown.shortened(later) == "\x1b[2;23H\x1b[31m35\x1b[0m\x1b[1;1H"
    assert shown.shortened(later) == ""


@pytest.mark.parametrize("data", ["\x1b[?1049h", "\x1b[2J\x1b[H", "\x1b[200mnew\x1b[0m"])
def test_after_what_it_does_not_know_all_is_written(data: str) -> None:
    shown, line = ShownCells(), "\x1b[2;1H" + RED.render("Acme")
    first = shown.shortened(line)
    shown.shortened(data)
    assert shown.shortened(line) == first


@pytest.mark.parametrize("opened", ["", "question_mark", "colon", "a"])
async def test_a_key_draws_all_again_on_a_board_and_above_it(
    make_app: MakeApp, opened: str
) -> None:
    line = "\x1b[2;1H" + RED.render("Acme")
    app = make_app()
    async with app.run_test() as pilot:
        await ready(pilot)
        if opened:
            await pilot.press(opened)
            await until(pilot, lambda: len(app.screen_stack) > 1)
        first = app.shown.shortened(line)
        await pilot.press("ctrl+l")
        assert app.shown.shortened(line) == first


def test_the_frame_of_a_paint_and_a_title_change_no_cell() -> None:
    shown, line = ShownCells(), "\x1b[2;1H" + RED.render("Acme")
    shown.shortened(line)
    for data in ("\x1b[?2026h", "\x1b[?2026l", "\x07", "\x1b]0;board\x07", "\x1b]22;text\x1b\\"):
        assert shown.shortened(data) == data
    assert "Acme" not in shown.shortened(line)


def test_a_ground_that_stays_is_sent_once() -> None:
    row = [
        ("▎", Style(color="#8cc265", bgcolor="#161920")),
        ("  ", Style(color="#e5b567", bgcolor="#161920")),
        ("Acme", Style(color="#d7dae0", bgcolor="#161920")),
    ]
    data = "".join(style.render(text) for text, style in row)
    assert ShownCells().shortened(data) == (
        "\x1b[38;2;140;194;101;48;2;22;25;32m▎  \x1b[38;2;215;218;224mAcme\x1b[0m"
    )


def test_lines_below_each_other_are_written_with_one_pen() -> None:
    pen = Style(color="#8cc265", bgcolor="#161920")
    data = "\x1b[5;9H" + pen.render("Acme") + "\x1b[5;80H\n\x1b[6;9H" + pen.render("Solid")
    assert ShownCells().shortened(data) == (
        "\x1b[5;9H\x1b[38;2;140;194;101;48;2;22;25;32mAcme\x1b[6;9HSolid\x1b[0m"
    )


def test_a_colour_is_sent_once_for_all_lines() -> None:
    ink, ageing = Style(color="#d7dae0"), Style(color="#e5b567")
    lines = (f"\x1b[{line};1H{ink.render('Acme ')}{ageing.render('40d')}" for line in (5, 6))
    assert ShownCells().shortened("\x1b[7;1H\n".join(lines)) == (
        "\x1b[5;1H\x1b[38;2;215;218;224mAcme \x1b[6;1HAcme "
        "\x1b[5;6H\x1b[38;2;229;181;103m40d\x1b[6;6H40d\x1b[0m"
    )


@pytest.mark.parametrize(
    "data",
    [
        *("plain", "\x1b[2J\x1b[H", "\x1b[200mnew\x1b[0m", "\x1b[38;7mhalf\x1b[0m", ""),
        *("\x1b[1mgoes on\x1b[2;1H", "\x1b[1mbold\x1b[4mmore\x1b[0m", "one\ntwo", "below\n"),
    ],
)
def test_what_it_does_not_know_goes_unchanged(data: str) -> None:
    assert ShownCells().shortened(data) == data
