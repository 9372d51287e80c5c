"""The prospect under the cursor, beside the board where there is room for it."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Region
from textual.widget import Widget

if TYPE_CHECKING:
    from textual.timer import Timer

    from review_board.board.board import Board

ROOM = 140
"""Columns of the terminal from which there is room beside the board."""
REST = 0.08
"""Seconds that the cursor rests before the pane follows it: a held key repaints nothing here."""


def pane_width(terminal: int) -> int:
    """Return the columns of the pane: the board keeps four columns of two-line cards beside it."""
    return min(64, max(44, terminal - 112))


class DetailPane(Widget, can_focus=False):
    """Shows one prospect in short; of what it shows next, only the lines that differ are painted."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    DetailPane { height: 1fr; padding: 1 1 0 1; border-left: vkey $rule; background: $background; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: Sequence[Content] = ()
        self._next: Callable[[], None] = lambda: None
        self._rest: Timer | None = None

    def on_mount(self) -> None:
        """Wait for the cursor to rest."""
        self._rest = self.set_interval(REST, self._show_next, pause=True)

    def follow(self, board: "Board", prospect_id: str | None) -> None:
        """Show a prospect as soon as the cursor has rested on it."""
        self._next = partial(self.show, board, prospect_id)
        if self._rest and self.display:
            self._rest.reset()

    def _show_next(self) -> None:
        if self._rest:
            self._rest.pause()
        self._next()

    def show(self, board: "Board", prospect_id: str | None) -> None:
        """Show a prospect as its record stands now; nothing where there is none."""
        from review_board.tui.board.detail_text import detail_lines

        width, height = self.size
        if not width or not height:
            return
        lines = detail_lines(board, prospect_id, width, height) if prospect_id else []
        before, self._lines = self._lines, lines
        for y in range(height):
            if not _is_same(before, lines, y):
                self.refresh(Region(0, y, width, 1))

    def render(self) -> Content:
        """Return the lines."""
        return Content("\n").join(self._lines)


def _is_same(before: Sequence[Content], now: Sequence[Content], y: int) -> bool:
    old, new = (lines[y] if y < len(lines) else Content() for lines in (before, now))
    return old.is_same(new)
