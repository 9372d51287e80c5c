"""Screens that take only the newest size of the terminal, and that close once."""

from textual.await_complete import AwaitComplete
from textual.events import Resize
from textual.screen import Screen, ScreenResultType


class SizedScreen(Screen[ScreenResultType]):
    """A screen that passes over a size which the terminal has no more.

    A screen tells itself each size that it was laid out in. Two sizes on their way at once (a window
    dragged while the board starts, a terminal of unknown size) would call each other up for ever.
    """

    async def _on_resize(self, event: Resize) -> None:
        """What is told too late changes nothing: the size that holds is told as well."""
        if event.size != self.app.size:
            event.prevent_default()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close it; a second click in the same moment does not close the screen below as well."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
