"""What asking for an order or a view comes to, without a screen."""

from review_board.errors import SettingsError
from review_board.settings.saved_views import SavedView
from review_board.tui.board.choose_view import ViewDraft, choose_order, choose_view
from review_board.tui.board.view import BoardView
from tests.memory_store import Disk
from tests.tui.conftest import open_board
from tests.tui.fake_app import FakeApp


def refused(_: SavedView) -> None:
    raise SettingsError("rb.toml cannot be written", "check its permissions")


async def test_another_order(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    assert await choose_order(FakeApp("contact"), view)
    assert not await choose_order(FakeApp(None), view)
    assert view.order == "contact"


async def test_another_view(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    assert await choose_view(FakeApp(ViewDraft(view.views[2])), view, None)
    assert not await choose_view(FakeApp(None), view, None)
    assert view.current == view.views[2]


async def test_a_view_is_kept_under_its_name(disk: Disk) -> None:
    view, kept = BoardView(open_board(disk)), list[SavedView]()
    view.mine, view.order = True, "name"
    asked = FakeApp(ViewDraft(None), "My own")
    assert not await choose_view(asked, view, kept.append)
    assert kept == [SavedView(name="My own", sort="name", mine=True)]
    assert asked.said == ["Kept as a view: My own"]
    assert view.views[-1].name == "My own"


async def test_one_that_cannot_be_kept_is_told_and_is_no_view(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    view.mine = True
    asked = FakeApp(ViewDraft(None), "My own")
    await choose_view(asked, view, refused)
    assert asked.said == ["Not kept: rb.toml cannot be written; check its permissions"]
    assert view.current is None


async def test_no_name_keeps_nothing(disk: Disk) -> None:
    view = BoardView(open_board(disk))
    await choose_view(FakeApp(ViewDraft(None), None), view, refused)
    assert len(view.views) == len(BoardView(view.board).views)
