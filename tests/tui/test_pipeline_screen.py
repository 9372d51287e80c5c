"""What every screen over an open pipeline has in common."""

from typing import Any

import pytest
from textual.binding import Binding
from textual.widgets._toast import Toast

from review_board.tui.actions import ProspectActions
from review_board.tui.board.duplicates_screen import DuplicatesScreen
from review_board.tui.board.screen import BoardScreen
from review_board.tui.key_remapping import places
from review_board.tui.pair.screen import PairScreen
from review_board.tui.pipeline_screen import PipelineScreen
from review_board.tui.prospect.screen import ProspectScreen
from review_board.tui.report.screen import ReportScreen
from review_board.tui.review.purge_list import PurgeListScreen
from review_board.tui.review.screen import ReviewScreen
from review_board.tui.tasks.screen import TasksScreen
from tests.tui.conftest import MakeApp, ready, toasts, until

SCREENS = (
    BoardScreen,
    DuplicatesScreen,
    PairScreen,
    ProspectScreen,
    ReportScreen,
    PurgeListScreen,
    ReviewScreen,
    TasksScreen,
)


@pytest.mark.parametrize("screen", SCREENS)
def test_every_key_names_an_action_that_there_is(screen: type[PipelineScreen[Any]]) -> None:
    assert issubclass(screen, PipelineScreen)
    for binding in screen.BINDINGS:
        assert isinstance(binding, Binding)
        name, _, argument = binding.action.rstrip(")").partition("(")
        if name in {"act", "together"}:
            assert hasattr(ProspectActions, argument.strip("'")), binding
        elif not name.startswith("app."):
            assert hasattr(screen, f"action_{name}"), binding


def test_no_other_screen_acts_on_prospects() -> None:
    acting = {
        place
        for place in places()
        for binding in place.__dict__["BINDINGS"]
        if isinstance(binding, Binding) and binding.action.startswith(("act(", "undo"))
    }
    assert acting <= set(SCREENS)


async def test_a_letter_that_is_no_key_says_where_the_keys_are(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        await pilot.press("j")
        assert toasts(app) == []
        await pilot.press("%", "%")
        assert toasts(app) == ["% does nothing here · ? shows all keys"]
        await pilot.press("j")
        assert toasts(app) == []


async def test_a_message_is_never_read_as_markup(make_app: MakeApp) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24)) as pilot:
        await ready(pilot)
        app.screen.notify("[bold]Foo [/bar] Ltd[/bold]", markup=True)
        await pilot.pause()
        assert toasts(app) == ["[bold]Foo [/bar] Ltd[/bold]"]


async def test_a_message_reaches_the_edge_so_that_no_letter_of_the_text_below_stands_behind_it(
    make_app: MakeApp,
) -> None:
    app = make_app()
    async with app.run_test(size=(80, 24), notifications=True) as pilot:
        await ready(pilot)
        await pilot.press("%")
        await until(pilot, lambda: bool(app.screen.query(Toast)))
        assert app.screen.query_one(Toast).region.right == app.size.width
