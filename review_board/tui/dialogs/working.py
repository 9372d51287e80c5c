"""What takes a while: what it is, how far it is, and a key that stops it."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from review_board.progress import Progress
from review_board.tui.app_protocol import PipelineApp
from review_board.tui.bars import KeyBar
from review_board.tui.footer_keys import footer_keys
from review_board.tui.sized_screen import SizedScreen
from review_board.tui.textfit import plain_lines

WAIT = 0.4
"""Seconds before it is shown: what is done by then needs no screen."""
LOOK = 0.1
"""Seconds between two looks at how far it is."""


@asynccontextmanager
async def working(
    app: PipelineApp, title: str, progress: Progress, *, wait: float | None = None
) -> AsyncIterator[None]:
    """Show how far the work of a block is, with a key that stops it, where that takes long."""
    waiting = WorkingScreen(title, progress, wait=wait)
    await app.push_screen(waiting)
    try:
        yield
    finally:
        await waiting.dismiss()


class WorkingScreen(SizedScreen[None], ModalScreen[None]):
    """Shows work that another thread does; keys wait for its end.

    ``esc`` asks it to stop; what can be stopped no longer does not offer that.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "stop", "Stop", id="working.stop", tooltip="Stop; nothing is half done"),
    ]
    DEFAULT_CSS = """
    WorkingScreen { align: center middle; background: transparent; &:ansi { background: transparent; } }
    WorkingScreen Vertical {
        width: 60; max-width: 100%; height: auto; max-height: 100%; display: none;
        background: $surface; border: round $primary; padding: 0 1;
    }
    WorkingScreen #bar { color: $primary; }
    WorkingScreen KeyBar { background: $surface; }
    """

    def __init__(self, title: str, progress: Progress, *, wait: float | None = None) -> None:
        super().__init__()
        self._wait = WAIT if wait is None else wait
        self._title = title
        self._progress = progress

    def compose(self) -> ComposeResult:
        """Yield the title, the bar and the key."""
        with Vertical():
            yield Static(Content(plain_lines(self._title)), id="what")
            yield Static(Content(""), id="bar")
            yield KeyBar(footer_keys(self), id="keys")

    def on_mount(self) -> None:
        """Begin to look."""
        if self._wait:
            self.set_timer(self._wait, self._appear)
        else:
            self._appear()
        self.set_interval(LOOK, self._look)

    def _appear(self) -> None:
        self.query_one(Vertical).display = True
        self._look()

    def _look(self) -> None:
        width = max(10, min(56, self.app.size.width - 4))
        self.query_one("#bar", Static).update(Content(self._progress.bar(width)))
        if self._progress.is_lasting and self.query_one(KeyBar).visible:
            self.query_one(KeyBar).visible = False
            self.query_one("#what", Static).update(Content(plain_lines(self._title)))

    def action_stop(self) -> None:
        """Ask the work to stop, as long as that is possible."""
        if self._progress.is_lasting:
            return
        self._progress.stop()
        self.query_one("#what", Static).update(Content("Stopping…"))

    @on(KeyBar.KeyClicked)
    def _stop_by_a_click(self) -> None:
        self.action_stop()
