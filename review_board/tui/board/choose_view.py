"""Asks how the board is to be seen: in which order, through which view; keeps what is shown as one.

Each gives whether the board may show other cards, or in another order, afterwards.
"""

from typing import TYPE_CHECKING

from review_board.board.views import saved_view
from review_board.errors import ReviewBoardError
from review_board.tui.board.view import BoardView
from review_board.tui.dialogs.sort import SortDialog
from review_board.tui.dialogs.views import ViewDraft, ViewNameDialog, Views, ViewsDialog

if TYPE_CHECKING:
    from review_board.settings.kinds import OrderName
    from review_board.tui.app_protocol import BoardApp, ViewKeeper


async def choose_order(app: "BoardApp", view: BoardView) -> bool:
    """Ask for another order of the cards; return whether it is another."""
    order: OrderName | None = await app.push_screen_wait(SortDialog(view.order))
    if order is None:
        return False
    view.order = order
    return True


async def choose_view(app: "BoardApp", view: BoardView, keeper: "ViewKeeper | None") -> bool:
    """Ask for another view, or keep what is shown as one; return whether another is shown."""
    shown = Views(view.views, view.current, view.as_view(""), view.count, keeper is not None)
    draft: ViewDraft | None = await app.push_screen_wait(ViewsDialog(shown))
    if draft is None:
        return False
    if draft.view is None:
        if keeper is not None:
            await _keep(app, view, keeper)
        return False
    view.show(draft.view)
    return True


async def _keep(app: "BoardApp", view: BoardView, keeper: "ViewKeeper") -> None:
    """Ask for a name and write it down; the title says the name from then on."""
    dialog = ViewNameDialog(view.as_view(""), view.views)
    name: str | None = await app.push_screen_wait(dialog)
    if name is None:
        return
    kept = view.as_view(name)
    try:
        keeper(saved_view(kept))
    except ReviewBoardError as error:
        app.notify(f"Not kept: {error}", severity="warning")
        return
    view.keep(kept)
    app.notify(f"Kept as a view: {kept.name}")
