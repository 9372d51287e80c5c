"""Every key is named, explained, reachable, and none hides another."""

from collections import Counter
from typing import Any

import pytest
from textual.binding import Binding
from textual.screen import Screen

from review_board.tui.app import ReviewBoardApp
from review_board.tui.bars import KEYS_AT_80, Key
from review_board.tui.board.screen import BoardScreen
from review_board.tui.board_actions import TakeBackDialog
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.filter_line import FilterLine
from review_board.tui.footer_keys import key_name
from review_board.tui.help_screen import HelpScreen, grouped
from review_board.tui.key_remapping import places
from review_board.tui.palette.commands import commands_on
from review_board.tui.palette.screen import PaletteScreen
from review_board.tui.prospect.screen import ProspectScreen
from review_board.tui.report.changes_screen import ChangesScreen
from review_board.tui.report.screen import ReportScreen
from review_board.tui.report.stats_screen import StatsScreen
from review_board.tui.review.plan_dialog import TimeDialog
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.review.screen import ReviewScreen
from review_board.tui.tasks.screen import TasksScreen
from tests.tui.conftest import MakeApp, ready, screen_text

PLACES: list[type[Any]] = [
    BoardScreen,
    ProspectScreen,
    TasksScreen,
    ReviewScreen,
    PurgeListScreen,
    ReportScreen,
    ChangesScreen,
    StatsScreen,
    HelpScreen,
    PaletteScreen,
    Dialog,
    ConfirmDialog,
    TakeBackDialog,
    TimeDialog,
    FilterLine,
]


def bindings(place: type[Any]) -> list[Binding]:
    return [b for b in place.__dict__["BINDINGS"] if isinstance(b, Binding)]


@pytest.mark.parametrize("place", PLACES)
def test_every_binding_has_an_id_a_label_and_a_tooltip(place: type[Any]) -> None:
    for binding in bindings(place):
        assert binding.id, binding
        assert binding.description, binding
        assert binding.tooltip, binding


def test_ids_are_unique() -> None:
    ids = Counter(binding.id for place in PLACES for binding in bindings(place))
    assert [name for name, count in ids.items() if count > 1] == []


@pytest.mark.parametrize("place", PLACES)
def test_no_key_means_two_things_in_one_place(place: type[Any]) -> None:
    keys = Counter(key for binding in bindings(place) for key in binding.key.split(","))
    assert [key for key, count in keys.items() if count > 1] == []


@pytest.mark.parametrize("place", PLACES)
def test_every_key_has_its_action(place: type[Any]) -> None:
    for binding in bindings(place):
        target: type[Any] = ReviewBoardApp if binding.action.startswith("app.") else place
        name = binding.action.removeprefix("app.").partition("(")[0]
        assert any(hasattr(target, f"{prefix}{name}") for prefix in ("action_", "_action_")), name


@pytest.mark.parametrize(
    "place",
    [BoardScreen, ProspectScreen, TasksScreen, ReviewScreen, PurgeListScreen, ReportScreen],
)
def test_only_plain_keys_are_needed(place: type[Screen[Any]]) -> None:
    for binding in bindings(place):
        assert not any("ctrl" in key or "alt" in key for key in binding.key.split(","))


def test_help_has_a_line_for_every_binding() -> None:
    lines = grouped(bindings(BoardScreen))
    assert len(lines) == len(bindings(BoardScreen))
    assert ("j ↓", "Down: The next card") in lines


async def test_the_help_screen_shows_and_closes(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 48)) as pilot:
        await ready(pilot)
        await pilot.press("question_mark")
        await pilot.pause()
        assert "Log a contact" in screen_text(app)
        await pilot.press("escape")
        await pilot.pause()
        assert isinstance(app.screen, BoardScreen)


async def test_the_palette_offers_every_key_of_the_screen(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        names = {command.name for command in commands_on(app, app.screen)}
        assert {b.description for b in bindings(BoardScreen)} <= names
        assert {"Suspend", "Missing"} <= names, "those of the app"


@pytest.mark.parametrize("place", places(), ids=lambda place: place.__name__)
def test_every_key_of_a_footer_has_its_word_at_80_columns(place: type[Any]) -> None:
    shown = [b for b in place.BINDINGS if isinstance(b, Binding) and b.id and b.show]
    keys = [Key(key_name(b.key.split(",")[0]), b.description, b.action) for b in shown]
    assert sum(len(f" {key.display} {key.label} ") for key in keys[:KEYS_AT_80]) <= 80
