"""The prospect under the cursor, beside the board where there is room for it."""

from asyncio import TimerHandle, get_running_loop
from collections.abc import Callable, Iterable, Sequence
from functools import cache, partial
from math import inf
from typing import TYPE_CHECKING

from rich.segment import Segment
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from review_board.errors import ReviewBoardError
from review_board.tui.textfit import plain

if TYPE_CHECKING:
    from review_board.board.board import Board

ROOM = 140
"""Columns of the terminal from which there is room beside the board."""
HELD = 0.1
"""Seconds within which keys follow one another while one is held."""
SOON, REST = 0.01, 0.045
"""Seconds that the cursor rests before the pane follows it: after a key alone, and at most."""
PATIENCE = 1.15
"""How much longer than between its last presses a held key is waited for."""


class KeyPace:
    """Tells from the times of keys how long to wait for the next, so that a held key repaints nothing."""

    def __init__(self) -> None:
        self._last, self._gap = -inf, 0.0

    def rest(self, now: float) -> float:
        """Take a key at this second; return the seconds after which no other is to come."""
        before, gap = self._gap, now - self._last
        self._last = now
        if gap >= HELD:
            self._gap = 0.0
            return SOON
        self._gap = gap
        return min(REST, max(2 * SOON, PATIENCE * max(before, gap)))


def pane_width(terminal: int) -> int:
    """Return the columns of the pane: the board keeps four columns of two-line cards beside it."""
    return min(64, max(40, terminal - 120))


BELOW = Content.styled(" ▾", "$accent")
"""Stands at the end of the last line where more lines follow."""


class _PaneLines(Widget, can_focus=False):
    """Lines of text; of what is shown next, only the lines that differ are painted, as far as they are written."""

    ALLOW_SELECT = False
    DEFAULT_CSS = "_PaneLines { height: 1fr; background: $surface; }"

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[Content] = ()
        self._known_style = cache(self._get_style)

    def set(self, lines: Sequence[Content]) -> None:
        """Show these lines."""
        before, self._lines = self._lines, lines
        for y in range(self.size.height):
            old, new = (_at(some, y) for some in (before, lines))
            if not old.is_same(new):
                self.refresh(Region(0, y, max(old.cell_length, new.cell_length), 1))

    def render_line(self, y: int) -> Strip:
        """Return a line."""
        style, width = self.visual_style, self.size.width
        parts = _at(self._lines, y).render(style, end="", parse_style=self._known_style)
        segments = [Segment(text, (style + own).rich_style) for text, own in parts if text]
        return Strip(segments).adjust_cell_length(width, style.rich_style)

    def notify_style_update(self) -> None:
        """Look colours up anew, such as those of another theme."""
        super().notify_style_update()
        self._known_style = cache(self._get_style)


def _at(lines: Sequence[Content], y: int) -> Content:
    return lines[y] if y < len(lines) else Content()


class DetailPane(Widget, can_focus=False):
    """Shows one prospect in short; once it is entered it shows everything, and scrolls.

    Its edge is no part of the lines, so it is not painted with each of them.
    """

    DEFAULT_CSS = """
    DetailPane { height: 1fr; padding: 1 1 0 0; border-left: vkey $rule; background: $surface; }
    DetailPane.-entered { border-left: heavy $accent; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._all: Sequence[Content] = ()
        self._text = _PaneLines()
        self._top = 0
        self._shown: str | None = None
        self._next: Callable[[], None] = lambda: None
        self._rest: TimerHandle | None = None
        self._pace = KeyPace()

    def compose(self) -> ComposeResult:
        """Yield the lines."""
        yield self._text

    def follow(self, board: "Board", prospect_id: str | None) -> None:
        """Show a prospect as soon as the cursor has rested on it."""
        self._next = partial(self.show, board, prospect_id)
        if self._rest:
            self._rest.cancel()
        if self.display:  # a timer of Textual's that is reset goes on to its old end first
            loop = get_running_loop()
            rest = self._pace.rest(loop.time())
            self._rest = loop.call_later(rest, self.call_later, self._next)

    def show(self, board: "Board", prospect_id: str | None) -> None:
        """Show a prospect as its record stands now; nothing where there is none."""
        width, height = self._text.size
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
        width, height = self._text.size
        self._top = max(0, min(self._top + count, len(self._all) - height))
        lines = list(self._all[self._top : self._top + height])
        if self._top + height < len(self._all):
            lines[-1] = lines[-1].truncate(width - 3, ellipsis=True, pad=True) + BELOW
        sign = "▸" if self.entered else " "
        self._text.set([(" " if y else sign) + line for y, line in enumerate(lines)])


FEWEST, MOST = 3, 8
"""Entries of the timeline: at least, however long the rest is, and at most."""
MORE = "… more on its page"


def detail_lines(board: "Board", prospect_id: str, width: int, height: int | None) -> list[Content]:
    """Return at most ``height`` lines of a width, or everything; a record that cannot be read says why."""
    try:
        lines = _whole(board, prospect_id, width, height)
    except ReviewBoardError as error:
        lines = [Content(plain(str(error)))]
    if height is not None and len(lines) > height:
        lines = [*lines[: height - 1], Content.styled(MORE, "$quiet")]
    return [line.truncate(width, ellipsis=True) for line in lines]


def _whole(board: "Board", prospect_id: str, width: int, height: int | None) -> list[Content]:
    """Return all lines; where they are too many the weightier reasons alone.

    The entries take the lines that the others leave.
    """
    from review_board.judgement.event_text import events_of
    from review_board.tui.prospect.facts import argument_blocks, head_parts, people_block
    from review_board.tui.prospect.timeline import last_events, timeline_text

    prospect = board.prospect(prospect_id)
    head = _flowing(head_parts(prospect, column=False), width)
    people = people_block(board, prospect_id, width)[1:]
    events = events_of(prospect, board.today, board.settings)
    lines: list[Content] = []
    for most in (None, 2, 1):
        before = [head, *argument_blocks(board, prospect_id, width, most=most)]
        if height is None:
            entries = timeline_text(events, width).content.split("\n")
        else:
            taken = sum(len(block) + 1 for block in [*before, people] if block)
            entries = last_events(events, width, max(FEWEST, min(MOST, height - taken)))
        blocks = [*before, entries, people]
        lines = [line for block in blocks if block for line in [*block, Content()]][:-1]
        if height is None or len(lines) <= height:
            break
    return lines


def _flowing(parts: Iterable[Content], width: int) -> list[Content]:
    """Return the parts side by side, in as many lines as they need."""
    lines: list[Content] = []
    for part in parts:
        part = part.truncate(width, ellipsis=True)  # noqa: PLW2901 - a long name is cut
        if lines and lines[-1].cell_length + 2 + part.cell_length <= width:
            lines[-1] = lines[-1] + "  " + part
        else:
            lines.append(part)
    return lines
