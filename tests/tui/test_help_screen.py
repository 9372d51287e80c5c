"""The help shows every key by its purpose and every sign with its meaning, at any size."""

from typing import Any

import pytest
from textual.binding import Binding

from review_board.judgement import contact_lines
from review_board.tui.board import cards
from review_board.tui.board.screen import BoardScreen
from review_board.tui.help_screen import (
    GROUPS,
    LEGEND,
    OTHER,
    HelpScreen,
    by_purpose,
    group_of,
    grouped,
)
from review_board.tui.prospect.screen import ProspectScreen
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.review.screen import ReviewScreen
from review_board.tui.tasks.screen import TasksScreen
from tests.tui.conftest import Harness, MakeApp, ready, screen_text, until

SCREENS = (BoardScreen, ProspectScreen, ReviewScreen, PurgeListScreen, TasksScreen)


def bindings(place: type[Any]) -> list[Binding]:
    return [b for b in place.BINDINGS if isinstance(b, Binding)]


@pytest.mark.parametrize("place", SCREENS)
def test_nearly_every_key_of_a_screen_has_its_group(place: type[Any]) -> None:
    """A few may stand under what is left; a table of many there would tell nothing."""
    assert len([b.id for b in bindings(place) if group_of(b.id or "") == OTHER]) <= 3


def test_no_name_is_in_two_groups_and_each_is_a_key() -> None:
    names = [name for group in GROUPS.values() for name in group.split()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("place", SCREENS)
def test_each_key_stands_in_one_group(place: type[Any]) -> None:
    shown = [binding for _, keys in by_purpose(bindings(place)) for binding in keys]
    assert sorted(b.key for b in shown) == sorted(b.key for b in bindings(place))


def test_every_sign_of_the_cards_and_the_lines_of_contact_is_explained() -> None:
    explained = {sign.sign for signs in LEGEND.values() for sign in signs}
    lines = contact_lines
    assert {
        lines.TOUCH,
        lines.QUOTE,
        lines.SIGNAL,
        lines.ANSWER,
        lines.DEFERRAL,
        lines.NOTHING,
    } <= explained
    assert {cards.MARKED, cards.OWED, cards.SPOILT, cards.WON} <= explained


@pytest.mark.parametrize("width", [20, 40, 60, 80])
def test_the_text_keeps_its_width(width: int) -> None:
    text = HelpScreen("Keys", bindings(BoardScreen)).text(width).plain
    assert max(len(line) for line in text.splitlines() if " " in line) <= max(width, 26)
    for _, words in grouped(bindings(BoardScreen)):
        assert words.split()[-1] in text


@pytest.mark.parametrize("size", [(80, 24), (60, 20), (20, 5)])
async def test_it_scrolls_from_the_keys_to_the_signs(size: tuple[int, int]) -> None:
    app = Harness(HelpScreen("Keys and signs", bindings(BoardScreen), "a remark"))
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: "Keys" in screen_text(app))
        await pilot.press("G")
        await until(pilot, lambda: "first" in screen_text(app))
        await pilot.press("g")
        await until(pilot, lambda: "Keys" in screen_text(app))
        await pilot.press("q")
        await until(pilot, lambda: app.result is None)


async def test_it_names_the_keys_that_hold_everywhere(make_app: MakeApp) -> None:
    app = make_app(keys={"app.palette": "f9"})
    async with app.run_test(size=(100, 120)) as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        await until(pilot, lambda: isinstance(app.screen, HelpScreen))
        shown = " ".join(screen_text(app).split())
        assert "f9 finds any of these by its words" in shown
        assert "Commands: Find a command, a prospect" in shown
        assert "c Contact: Log a contact" in shown
