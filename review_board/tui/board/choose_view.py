"""Asks how the board is to be seen: in which order, through which view; keeps what is shown as one.

Each gives whether the board may show other cards, or in another order, afterwards.
"""

from typing import TYPE_CHECKING

from textual.app import ComposeResult

from review_board.board.ordering import ORDERS, USUAL
from review_board.board.views import saved_view
from review_board.errors import ReviewBoardError
from review_board.settings.kinds import OrderName
from review_board.tui.board.view import BoardView
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, Text
from review_board.tui.dialogs.views import ViewDraft, ViewNameDialog, Views, ViewsDialog
from review_board.tui.footer_keys import with_keys

if TYPE_CHECKING:
    from review_board.tui.app_protocol import BoardApp, ViewKeeper


class SortDialog(Dialog[OrderName]):
    """Asks for an order; gives its name.

    The usual order is chosen at first: the key that opened this and enter go back to it.
    """

    def __init__(self, order: OrderName) -> None:
        super().__init__("Sort the cards of every column")
        self._order = order

    def fields(self) -> ComposeResult:
        """Yield the orders, the one in force marked."""
        yield Choices([self._choice(name) for name in ORDERS], initial=USUAL, id="order")
        if self._order != USUAL:
            back = "{board.sort:s} and enter go back to the most valuable first"
            yield Text(with_keys(self.app, back), classes="quiet")

    def _choice(self, name: OrderName) -> Choice[OrderName]:
        now = " (now)" if name == self._order else ""
        return Choice(name, ORDERS[name].letter, f"{ORDERS[name].label}{now}")

    def enter_does(self, name: OrderName) -> str:
        """Say how the cards are sorted."""
        return f"sort by: {ORDERS[name].label}"

    def result(self) -> OrderName:
        """Return the order chosen."""
        chosen: Choice[OrderName] | None = self.query_one("#order", Choices).chosen
        if chosen is None:
            raise FieldError("order", "Pick an order")
        return chosen.value


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
