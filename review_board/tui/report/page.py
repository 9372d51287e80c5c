"""A page that is made behind the screen: how far it is, and that nobody waits for it any more."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, ClassVar

from textual.containers import VerticalScroll
from textual.widget import Widget

from review_board.progress import Progress
from review_board.tui.bars import Bar
from review_board.tui.pipeline_screen import ReadingScreen

if TYPE_CHECKING:
    from textual.timer import Timer

    from review_board.board.board import Board

LOOK, BAR = 0.2, 40
"""Seconds between two looks at how far the page is, and the cells that show it."""


class MadePage(ReadingScreen):
    """Shows in its title how far the page is; the key that leaves stops the work."""

    NAME: ClassVar[str]
    MAKING: ClassVar[str]
    """What is said until it is known how far it is."""

    def __init__(self, board: "Board") -> None:
        super().__init__(board)
        self._board: Board = board
        self._progress = Progress()
        self._looks: Timer | None = None

    def on_unmount(self) -> None:
        """Stop: nobody waits for it any more, and changes are not to wait for it."""
        self._progress.stop()

    def begin_making(self) -> Progress:
        """Stop what was being made, and return what counts how far the next is."""
        self._progress.stop()
        self._progress = Progress()
        self._show_progress()
        self._looks = self._looks or self.set_interval(LOOK, self._show_progress)
        return self._progress

    def end_making(self) -> None:
        """Look no more: it is made, or it cannot be."""
        if self._looks:
            self._looks.stop()
        self._looks = None

    async def show_page(self, page: Iterable[Widget]) -> None:
        """Show a page in place of the one before."""
        scroll = self.query_one(VerticalScroll)
        await scroll.remove_children()
        await scroll.mount_all(page)

    def _show_progress(self) -> None:
        bar = self._progress.bar(BAR) or self.MAKING
        self.query_one("#title", Bar).set([self.NAME, bar])
