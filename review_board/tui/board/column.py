"""One column of the board: a heading and scrolling cards, drawn line by line from plain data."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from review_board.tui.board.cards import BoardCard, ColumnHead
from review_board.tui.cursor_list import CursorList
from review_board.tui.textfit import columns, fit, plain, wrapped

HEAD = 1
"""Lines of the heading."""
WIDE, HIGH = 24, 14
"""From this size on a card has its second line."""

Look = Callable[[str], BoardCard]


class ColumnView(CursorList, can_focus=False):
    """Cards by id, with one cursor that stays on its card while others come and go.

    ``look`` gives the view data of a card when it is drawn. The screen moves the cursor; the mouse
    posts ``CardHighlighted`` and ``CardOpened``.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "column--head",
        "column--head-here",
        "column--title",
        "column--status",
        "column--cursor",
        "column--cursor-status",
        "column--line",
    }
    DEFAULT_CSS = """
    ColumnView {
        width: 1fr;
        height: 1fr;
        background: $background;
        .column--head { color: $text-muted; background: $panel; }
        .column--head-here { color: $foreground; background: $panel; text-style: bold; }
        .column--title { color: $foreground; }
        .column--status { color: $text-muted; }
        .column--cursor { color: $foreground; background: $cursor; text-style: bold; }
        .column--cursor-status { color: $foreground; background: $cursor; }
        .column--line { color: $rule; }
    }
    """

    @dataclass
    class CardHighlighted(Message):
        """The mouse put the cursor on a card, or on none."""

        column: "ColumnView"
        card_id: str | None

    @dataclass
    class CardOpened(Message):
        """A card was clicked twice."""

        column: "ColumnView"
        card_id: str

    def __init__(self, look: Look, head: ColumnHead) -> None:
        super().__init__()
        self._look = look
        self._head = head
        self._ids: Sequence[str] = ()
        self._here = False
        self._remark = ""

    # What it shows

    def show(
        self, ids: Sequence[str], head: ColumnHead, touched: Collection[str] | None = None
    ) -> None:
        """Show these cards; the cursor follows its card, or takes the neighbour of one that left.

        The card under the cursor keeps its line on the screen, so that others' changes above it
        do not make the board jump. Where only the ``touched`` cards look different, what stays in
        its place is not painted again.
        """
        before = self._picture()
        held, line = self.card_id, self.line
        self._head = head
        if ids != self._ids:
            self._cursor = _place_after(self._ids, ids, self._cursor, held)
            self._ids = ids
            self._top = self._cursor - line
        self._keep_in_sight()
        if touched is None:
            self.refresh()
        else:
            self._refresh_difference(before, touched)

    def redraw(self, card_id: str) -> None:
        """Redraw one card."""
        row = self._row_of(card_id)
        if row is not None:
            self._refresh_card(row)

    @property
    def card_id(self) -> str | None:
        """Return the card under the cursor."""
        return self._ids[self._cursor] if self._ids else None

    @property
    def at_top(self) -> bool:
        """Return whether the cursor stands on the first card."""
        return self._cursor == 0

    @property
    def visible_ids(self) -> Sequence[str]:
        """Return the cards on the screen now."""
        return self._ids[self._top : self._top + self.page + 1]

    @property
    def here(self) -> bool:
        """Return whether this is the column that keys go to."""
        return self._here

    @here.setter
    def here(self, here: bool) -> None:
        if here != self._here:
            self._here = here
            self.refresh(Region(0, 0, self.size.width, HEAD))
            self._refresh_card(self._cursor)
            if self._remark:
                self.refresh()

    @property
    def remark(self) -> str:
        """Return why there is no card at all, shown in the column that keys go to."""
        return self._remark

    @remark.setter
    def remark(self, remark: str) -> None:
        if remark != self._remark:
            self._remark = remark
            self.refresh()

    # Moving the cursor

    def step(self, count: int) -> None:
        """Move the cursor down by ``count`` cards, up when negative."""
        self.go_to(self._cursor + count)

    def go_to(self, row: int) -> None:
        """Move the cursor to a row, or the nearest there is."""
        row = max(0, min(row, len(self._ids) - 1))
        if row == self._cursor:
            return
        before, self._cursor = self._cursor, row
        if self._keep_in_sight(jump=True):
            self.refresh()
        else:
            self._refresh_card(before)
            self._refresh_card(row)

    def go_to_card(self, card_id: str) -> bool:
        """Move the cursor to a card; return false when it is not shown here."""
        if card_id not in self._ids:
            return False
        self.go_to(list(self._ids).index(card_id))
        return True

    def go_level(self, line: int) -> None:
        """Move the cursor to the card on a line of the screen, where the other column had it."""
        self.go_to(self._top + max(0, line))

    @property
    def line(self) -> int:
        """Return how many cards below the top the cursor stands."""
        return self._cursor - self._top

    @property
    def page(self) -> int:
        """Return how many whole cards fit."""
        return max(1, (self.size.height - HEAD) // self._card_height)

    @property
    def _card_height(self) -> int:
        return 2 if self.size.width >= WIDE and self.size.height >= HIGH else 1

    @property
    def count(self) -> int:
        """Return how many cards there are, seen or not."""
        return len(self._ids)

    # Mouse and size

    def on_resize(self) -> None:
        """Redraw where more or fewer cards fit."""
        self._keep_in_sight()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the card that was clicked; open it on a double click."""
        event.stop()
        row = self._top + (event.y - HEAD) // self._card_height
        hit = event.y >= HEAD and row < len(self._ids)
        if hit:
            self.go_to(row)
        self.post_message(self.CardHighlighted(self, self._ids[row] if hit else None))
        if hit and event.chain == 2:
            self.post_message(self.CardOpened(self, self._ids[row]))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return the heading, or a line of a card."""
        width = self.size.width
        if y < HEAD:
            name = "column--head-here" if self._here else "column--head"
            lead = "▌" if self._here else " "
            return self._strip([(lead + fit(self._head.fitting(width - 2), width - 1), name)])
        offset, part = divmod(y - HEAD, self._card_height)
        row = self._top + offset
        edge = ("┃" if self._thumb(y) else "│", "column--line")
        if row >= len(self._ids):
            text = self._remark_line(y - HEAD, width - 1)
            name = "column--title" if text.isspace() else "column--status"
            return self._strip([(text, name), edge])
        card = self._look(self._ids[row])
        at_cursor = self._here and row == self._cursor
        lead = "▌" if at_cursor else " "
        room = width - 3
        if part == 0:
            title = f"{card.marks} {card.title}" if card.marks else card.title
            text, name = columns(title, card.value, room), "title"
        else:
            text, name = " " + fit(card.status, room - 1), "status"
        if at_cursor:
            name = "cursor" if name == "title" else "cursor-status"
        return self._strip([(f"{lead}{text} ", f"column--{name}"), edge])

    def _remark_line(self, y: int, width: int) -> str:
        """Return a line of the remark, a blank one before it."""
        lines = wrapped([plain(self._remark)], max(1, width - 2)) if self._here else []
        return fit(f" {lines[y - 1]}" if 1 <= y <= len(lines) else "", width)

    def _strip(self, parts: list[tuple[str, str]]) -> Strip:
        return Strip([Segment(text, self._style(name)) for text, name in parts], self.size.width)

    def _thumb(self, y: int) -> bool:
        """Return whether the scroll mark on the edge covers this line."""
        return y - HEAD in self._thumb_span()

    def _thumb_span(self) -> range:
        """Return the lines of the scroll mark, counted from below the heading; none when all is seen."""
        total, page = len(self._ids), self.page
        if total <= page:
            return range(0)
        lines = self.size.height - HEAD
        length = max(1, lines * page // total)
        start = (lines - length) * self._top // max(1, total - page)
        return range(start, start + length)

    def _picture(self) -> "_Picture":
        at = self._cursor if self._here else None
        return _Picture(self._head, list(self.visible_ids), at, self._top, self._thumb_span())

    def _refresh_difference(self, before: "_Picture", touched: Collection[str]) -> None:
        """Repaint the lines on which something changed."""
        now = self._picture()
        width = self.size.width
        if now.head != before.head:
            self.refresh(Region(0, 0, width, HEAD))
        if now.thumb != before.thumb:
            self.refresh(Region(width - 1, HEAD, 1, self.size.height - HEAD))
        for offset, (old, new) in enumerate(zip_longest(before.ids, now.ids)):
            marked = (before.top + offset == before.cursor) != (now.top + offset == now.cursor)
            if old != new or marked or new in touched:
                self._refresh_card(self._top + offset)

    def _row_of(self, card_id: str) -> int | None:
        for row, shown in enumerate(self.visible_ids, self._top):
            if shown == card_id:
                return row
        return None

    def _refresh_card(self, row: int) -> None:
        height = self._card_height
        y = HEAD + (row - self._top) * height
        if HEAD <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, height))


@dataclass(frozen=True, slots=True)
class _Picture:
    """What was painted: enough to see afterwards which lines are still right."""

    head: ColumnHead
    ids: list[str]
    cursor: int | None
    top: int
    thumb: range


def _place_after(old: Sequence[str], new: Sequence[str], cursor: int, held: str | None) -> int:
    """Return where the cursor belongs: on its card, else the next that stayed, the one before, the top."""
    if held is None or not new:
        return 0
    places = {card_id: row for row, card_id in enumerate(new)}
    if held in places:
        return places[held]
    after, before = old[cursor + 1 :], reversed(old[:cursor])
    return next((places[card_id] for card_id in (*after, *before) if card_id in places), 0)
