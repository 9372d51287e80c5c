"""The hour is over: park the rest, or go on."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from review_board.tui.dialogs.dialog import Dialog, Text
from review_board.wording import several


class TimeDialog(Dialog[bool]):
    """Says that the time is up; gives ``True`` to park the rest. Esc and ``g`` go on."""

    is_fitted = True
    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "p", "park", "Park", id="time.park", tooltip="The rest stays to review; see the report"
        ),
        Binding("g", "take_back", "Go on", id="time.go_on", tooltip="Go on with the next card"),
    ]
    hint = (
        "{time.park:p} parks the rest and shows the report"
        " · {time.go_on:g} or {dialog.cancel:esc} goes on"
    )

    def __init__(self, minutes: int, left: int) -> None:
        super().__init__(several(minutes, "minute is", "minutes are") + " up")
        self._left = left

    def fields(self) -> ComposeResult:
        """Yield what is left."""
        cards = several(self._left, "card is", "cards are")
        yield Text(f"{cards} left. Parked, they stay to review and the report counts them.")

    def action_park(self) -> None:
        """Park the rest."""
        self.dismiss(True)
