"""In which order the cards stand."""

from textual.app import ComposeResult

from review_board.board.ordering import ORDERS, USUAL
from review_board.settings.kinds import OrderName
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, Text, once_complete
from review_board.tui.footer_keys import with_keys


class SortDialog(Dialog[OrderName]):
    """Asks for an order; gives its name.

    The usual order is chosen at first: the key that opened this and enter go back to it.
    """

    hint = "a letter picks · enter accepts · {dialog.cancel:esc} cancels"

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

    @once_complete
    def enter_does(self, name: OrderName) -> str:
        """Say how the cards are sorted."""
        return f"sort by: {ORDERS[name].label}"

    def result(self) -> OrderName:
        """Return the order chosen."""
        chosen: Choice[OrderName] | None = self.query_one("#order", Choices).chosen
        if chosen is None:
            raise FieldError("order", "Pick an order")
        return chosen.value
