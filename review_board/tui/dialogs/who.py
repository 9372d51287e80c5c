"""Which of the owners of the list this person is."""

from collections.abc import Sequence
from string import ascii_lowercase, digits

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from review_board.tui.dialogs.choices import Choice, Choices, scroll_to_choice
from review_board.tui.dialogs.dialog import Dialog, FieldError, Text, once_complete

LETTERS = ascii_lowercase + digits
BEYOND = "·"
"""Stands in the place of a letter where there are more people than letters."""
A_LINE = 24
"""Cells that a name has at least."""


class WhoDialog(Dialog[str]):
    """Asks for one of the owners; gives the name. ``likely`` is marked at first."""

    of_prospect = False
    hint = "a letter or a name picks · enter accepts · {dialog.cancel:esc} cancels"

    def __init__(self, now: str, owners: Sequence[str], likely: str, promise: str) -> None:
        super().__init__("Who are you in this list?")
        self._now, self._owners = now, owners
        self._likely, self._promise = likely, promise

    def fields(self) -> ComposeResult:
        """Yield who they are now, and the owners."""
        called = "one of these" if self._now in self._owners else "none of these"
        yield Text(f"Now you are {self._now}, {called}.", classes="quiet")
        letters = LETTERS.ljust(len(self._owners), BEYOND)
        options = [
            Choice(name, letter, f"{name:{A_LINE}}")
            for name, letter in zip(self._owners, letters, strict=False)
        ]
        yield Choices(options, initial=self._likely or None, by_name=True, id="who")

    @on(Choices.Picked)
    def _keep_in_sight(self, event: Choices.Picked) -> None:
        scroll_to_choice(self.query_one("#box", VerticalScroll), event.choices)

    @once_complete
    def enter_does(self, name: str) -> str:
        """Say who they are from now on, and for how long."""
        return f"you are {name}{self._promise}"

    def result(self) -> str:
        """Return the name that is marked."""
        chosen: Choice[str] | None = self.query_one("#who", Choices).chosen
        if chosen is None:
            raise FieldError("who", "Pick your name")
        return chosen.value
