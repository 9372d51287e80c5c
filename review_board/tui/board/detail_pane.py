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


BELOW = Content.styled(" ▾", "$accent")
"""Stands at the end of the last line where more lines follow."""


class DetailPane(Widget, can_focus=False):
    """Shows one prospect in short; of what it shows next, only the lines that differ are painted.

    Once it is entered it shows everything, and scrolls.
    """

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    DetailPane { height: 1fr; padding: 1 1 0 0; border-left: vkey $rule; background: $background; }
    DetailPane.-entered { border-left: heavy $accent; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._all: Sequence[Content] = ()
        self._lines: Sequence[Content] = ()
        self._top = 0
        self._shown: str | None = None
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
        if prospect_id != self._shown:
            self._shown, self._top = prospect_id, 0
        most = None if self.entered else height
        self._all = detail_lines(board, prospect_id, width - 1, most) if prospect_id else []
        self.scroll_lines(0)

    @property
    def entered(self) -> bool:
        """Return whether keys scroll it."""
        return self.has_class("-entered")

    def enter(self, *, entered: bool) -> None:
        """Show everything and let keys scroll it, or show again what fits."""
        self.set_class(entered, "-entered")
        self._top = 0
        self._next()

    def scroll_lines(self, count: int) -> None:
        """Show what stands so many lines further down, up when negative."""
        width, height = self.size
        self._top = max(0, min(self._top + count, len(self._all) - height))
        lines = list(self._all[self._top : self._top + height])
        if self._top + height < len(self._all):
            lines[-1] = lines[-1].truncate(width - 3, ellipsis=True, pad=True) + BELOW
        sign = "▸" if self.entered else " "
        lines = [(" " if y else sign) + line for y, line in enumerate(lines)]
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
