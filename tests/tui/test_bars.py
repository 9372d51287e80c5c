"""The one-line bars."""

import pytest

from review_board.tui.bars import Bar, Key, KeyBar
from tests.tui.conftest import Harness, lines_of

KEYS = [Key(letter, f"does {letter}", f"do_{letter}") for letter in "abcdefghijklmnop"]


async def test_parts_that_do_not_fit_are_left_out_and_the_right_end_stays() -> None:
    bar = Bar()
    app = Harness(bar)
    async with app.run_test(size=(40, 3)) as pilot:
        bar.set(["northwest.json", "week 47", "142 open", "$4.21M"], "3 you owe")
        await pilot.pause()
        assert lines_of(app)[0] == " northwest.json · week 47     3 you owe "


@pytest.mark.parametrize(
    ("width", "line"),
    [(40, " Review 5/195 · kept 0      ann · 2 min "), (30, " Review 5/195 · kept 0  2 min ")],
)
async def test_an_aside_gives_way_to_the_parts(width: int, line: str) -> None:
    bar = Bar()
    app = Harness(bar)
    async with app.run_test(size=(width, 3)) as pilot:
        bar.set(["Review 5/195", "kept 0"], "2 min", "ann")
        await pilot.pause()
        assert lines_of(app)[0] == line


async def test_at_most_eight_keys_at_80_columns() -> None:
    app = Harness(KeyBar(KEYS))
    async with app.run_test(size=(80, 3)):
        assert lines_of(app)[0].count("does") <= 8


@pytest.mark.parametrize(
    ("width", "line"),
    [
        (60, " a does a  b does b  c does c  d does d  e does e  f  g  h"),
        (20, " a does a  b  c  d"),
    ],
)
async def test_the_last_keys_lose_their_labels_before_one_is_lost(width: int, line: str) -> None:
    app = Harness(KeyBar(KEYS))
    async with app.run_test(size=(width, 3)):
        assert lines_of(app)[0].rstrip() == line


async def test_a_click_on_a_key_is_that_key() -> None:
    app = Harness(KeyBar(KEYS), KeyBar.KeyClicked)
    async with app.run_test(size=(80, 3)) as pilot:
        await pilot.click(offset=(14, 0))
        assert [message.action for message in app.heard] == ["do_b"]
