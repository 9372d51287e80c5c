"""The line above the columns."""

import pytest

from review_board.tui.board.header import HeaderLine
from tests.tui.conftest import Harness, lines_of


@pytest.mark.parametrize(
    ("width", "shown"),
    [
        (60, "west  /a long filter  4 open  $142k   2 you owe"),
        (45, "west  /a long filter  4 open  …   2 you owe"),
        (20, "west  …   2 you owe"),
    ],
)
async def test_a_sign_stands_for_the_words_that_have_no_room(width: int, shown: str) -> None:
    header = HeaderLine()
    header.set([(word, "plain") for word in ("west", "/a long filter", "4 open", "$142k")], OWED)
    async with (app := Harness(header)).run_test(size=(width, 3)):
        left, right = shown.split("   ")
        assert lines_of(app)[0] == f" {left:<{width - 2 - len(right)}}{right} "


async def test_quiet_words_go_without_a_sign() -> None:
    header = HeaderLine()
    header.set([("west", "name"), ("$142k", "plain"), ("weighted $40k", "quiet")], OWED)
    async with (app := Harness(header)).run_test(size=(30, 3)):
        assert lines_of(app)[0] == " west  $142k        2 you owe "


async def test_what_is_needed_on_the_left_comes_before_what_waits() -> None:
    header = HeaderLine()
    header.set([("west", "plain"), ("/owner:ann", "plain"), ("4 open", "plain")], OWED, needed=2)
    async with (app := Harness(header)).run_test(size=(28, 3)):
        assert lines_of(app)[0].split() == ["west", "/owner:ann", "4", "open"]


OWED = [("2 you owe", "debt")]


@pytest.mark.parametrize(
    ("width", "right"),
    [(80, "8 you owe, 2 owed later   46 to review  you: ann"), (50, "8 you owe   46 to review")],
)
async def test_what_waits_is_said_shorter_before_the_open_value_goes(
    width: int, right: str
) -> None:
    header = HeaderLine()
    waiting = [(" 8 you owe, 2 owed later ", "debt"), (" 46 to review ", "due")]
    left = [("rep", "name"), ("45 open", "plain"), ("$4.46M", "plain")]
    header.set(left, [*waiting, ("you: ann", "quiet")])
    async with (app := Harness(header)).run_test(size=(width, 3)):
        line = lines_of(app)[0]
        assert line.startswith(" rep  45 open  $4.46M ")
        assert line.strip().endswith(right)
