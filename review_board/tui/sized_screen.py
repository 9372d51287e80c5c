"""What all screens share: they take only the newest size, close once, and show warnings."""

from collections.abc import Sequence

from textual.await_complete import AwaitComplete
from textual.events import Resize
from textual.screen import Screen, ScreenResultType

from review_board.tui.bars import Bar


class SizedScreen(Screen[ScreenResultType]):
    """A screen that passes over a size which the terminal has no more.

    A screen tells itself each size that it was laid out in. Two sizes on their way at once (a window
    dragged while the board starts, a terminal of unknown size) would call each other up for ever.
    """

    def on_mount(self) -> None:
        """Show a warning that holds on a screen that opens meanwhile, too."""
        parts: Sequence[str] = getattr(self.app, "warning", ())
        if parts:
            self.warn(parts)

    def warn(self, parts: Sequence[str]) -> None:
        """Show a warning below the title for as long as it holds; without parts it is over."""
        shown = next(iter(self.query("#warning").results(Bar)), None)
        if shown is not None:
            shown.set(parts)
            shown.display = bool(parts)
        elif parts:
            for title in self.query("#title"):
                bar = Bar(id="warning", classes="banner")
                bar.set(parts)
                self.mount(bar, after=title)

    async def _on_resize(self, event: Resize) -> None:
        """Pass over a size that is told too late: the size that holds is told as well."""
        if event.size != self.app.size:
            event.prevent_default()

    def dismiss(self, result: ScreenResultType | None = None) -> AwaitComplete:
        """Close it; a second click in the same moment does not close the screen below as well."""
        return super().dismiss(result) if self.app.screen is self else AwaitComplete()
