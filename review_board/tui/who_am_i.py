"""Who this person is in the list: asked once, remembered, and the pipeline opened anew in that name."""

from collections.abc import Sequence
from string import ascii_lowercase, digits
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll

from review_board.board.owners import likely_owners
from review_board.errors import RefusedError
from review_board.pipeline.text import fold
from review_board.tui.dialogs.choices import Choice, Choices, scroll_to_choice
from review_board.tui.dialogs.dialog import Dialog, FieldError, Text
from review_board.tui.footer_keys import with_keys
from review_board.tui.keep_setting import UNTIL_YOU_LEAVE, keep_setting
from review_board.tui.switching import switch

if TYPE_CHECKING:
    from review_board.tui.app_protocol import PipelineApp

LETTERS = ascii_lowercase + digits
BEYOND = "·"
"""Stands in the place of a letter where there are more people than letters."""
A_LINE = 24
"""Cells that a name has at least."""


class WhoDialog(Dialog[str]):
    """Asks for one of the owners; gives the name. ``likely`` is marked at first."""

    of_prospect = False

    def __init__(self, now: str, owners: Sequence[str], likely: str, promise: str) -> None:
        super().__init__("Who are you in this list?")
        self._now, self._owners = now, owners
        self._likely, self._promise = likely, promise

    def fields(self) -> ComposeResult:
        """Yield who they are now, and the owners."""
        called = "one of these" if self._now in self._owners else "none of these"
        yield Text(f"Now you are {self._now}, {called}.", classes="quiet")
        names = {name: name for name in self._owners}
        names.setdefault(self._now, f"none of these, I am {self._now}")
        letters = LETTERS.ljust(len(names), BEYOND)
        options = [
            Choice(name, letter, f"{label:{A_LINE}}")
            for (name, label), letter in zip(names.items(), letters, strict=False)
        ]
        yield Choices(options, initial=self._likely or None, by_name=True, id="who")

    @on(Choices.Picked)
    def _keep_in_sight(self, event: Choices.Picked) -> None:
        scroll_to_choice(self.query_one("#box", VerticalScroll), event.choices)

    def enter_does(self, name: str) -> str:
        """Say who they are from now on, and for how long."""
        return f"you are {name}{self._promise}"

    def result(self) -> str:
        """Return the name that is marked."""
        chosen: Choice[str] | None = self.query_one("#who", Choices).chosen
        if chosen is None:
            raise FieldError("who", "Pick your name")
        return chosen.value


async def ask_who(app: "PipelineApp") -> bool:
    """Ask which of the owners this person is, and act as them; return whether that was said."""
    board = app.board
    if board is None or app.pipelines is None:
        raise RefusedError("Here your login says who you are")
    owners = sorted(filter(None, board.owners()), key=fold)
    if not owners:
        cure = with_keys(app, "{board.owner:o} on a card gives it one")
        raise RefusedError("No prospect here has an owner yet", cure)
    likely = board.by if board.by in owners else next(iter(likely_owners(board.by, owners)), "")
    promise = ", remembered" if app.setting_keeper else UNTIL_YOU_LEAVE
    name: str | None = await app.push_screen_wait(WhoDialog(board.by, owners, likely, promise))
    if name is None:
        return False
    await switch(app, app.pipelines.acting_as(name))
    app.notify(f"You are {name} now{keep_setting(app, 'my_name', name)}")
    return True
