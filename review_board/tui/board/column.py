"""One column of the board: a heading and scrolling cards, drawn line by line from plain data.

A card has two lines where there is room: its name and value, then why it stands there and the
buyer's clock. The stripe at its left has the colour of the advice.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from review_board.tui.board.cards import BoardCard, ColumnHead
from review_board.tui.cursor_list import CursorList
from review_board.tui.density import density_of
from review_board.tui.textfit import clip, columns, fit, plain, wrapped

HIGH = 14
"""Lines from which a card has its second line."""
BARRED = 8
"""Lines from which the heading has its bar."""
CARD = 2
"""Lines of a card, without the empty one after it where cards stand far apart."""
BROAD = 40
"""Cells from which a card of one line has the buyer's clock: in narrower ones most names leave no room."""
VALUE = 5
"""Cells of a value behind the clock of a card of one line, so that clocks end below each other."""
LEAST = 7
"""Cells behind a name from which its company has room there."""
LIST = 19
"""Cells up to which a column is a list of names and values."""
ON_TWO_LINES = 12
"""Cells from which a name in such a list goes on beside the value; in fewer too little of it would."""
STRIPES = {"": " ", "keep": "▎", "act": "▌", "let-go": "█", "nurture": "┊", "dropped": "┊"}
"""The stripe of a card by its tone: the wider, the less it should stay, also without colour.

Broken where the record leaves the card in Nurture or Dropped: nothing is advised there.
"""
BOLD, LINE = Style(bold=True), Style(underline=True)

Look = Callable[[str], BoardCard]
_Parts = list[tuple[str, str]]
"""Texts side by side, each with the name of its colour."""


class ColumnView(CursorList, can_focus=False):
    """Cards by id, with one cursor that stays on its card while others come and go.

    ``look`` gives the view data of a card when it is drawn, ``has_line_between`` whether a line parts two
    neighbours. The screen moves the cursor; the mouse posts ``CardHighlighted`` and ``CardOpened``.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"column--{name}"
        for name in (
            *("active", "callback", "nurture", "dropped"),
            *("keep", "act", "let-go", "fresh", "ageing", "old"),
            *("title", "quiet", "debt", "rule", "cursor"),
        )
    }
    DEFAULT_CSS = """
    ColumnView {
        width: 1fr;
        height: 1fr;
        background: $background;
        .column--active { color: $column-active; }
        .column--callback { color: $column-callback; }
        .column--nurture { color: $column-nurture; }
        .column--dropped { color: $column-dropped; }
        .column--keep, .column--fresh { color: $success; }
        .column--act, .column--ageing { color: $warning; }
        .column--let-go, .column--old { color: $error; }
        .column--title { color: $foreground; }
        .column--quiet { color: $quiet; }
        .column--debt { color: $accent; }
        .column--rule { color: $rule; }
        .column--cursor { background: $cursor; }
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

    def __init__(
        self,
        look: Look,
        head: ColumnHead,
        has_line_between: Callable[[str, str], bool] = lambda *_: False,
    ) -> None:
        super().__init__()
        self._look = look
        self._has_line_between = has_line_between
        self._head = head
        self._ids: Sequence[str] = ()
        self._here = False
        self._is_left = False
        self._remark = ""

    @property
    def size(self) -> Size:
        """Return its size, all of which is content: Textual looks among all widgets, in each line many times."""
        return self.outer_size

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
        for row, shown in enumerate(self.visible_ids, self._top):
            if shown == card_id:
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
            self.refresh(Region(0, 0, self.size.width, self._head_height))
            self._refresh_card(self._cursor)
            if self._remark:
                self.refresh()

    def leave(self, *, left: bool) -> None:
        """Show that the keys go beside the board for a while, or again to this column."""
        self._is_left = left
        self.refresh(Region(0, 0, self.size.width, self._head_height))

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
        return max(1, (self.size.height - self._head_height) // self._card_height)

    @property
    def _head_height(self) -> int:
        """Return the lines of the heading: a second one for its bar."""
        return 2 if self.size.height >= BARRED else 1

    @property
    def _card_height(self) -> int:
        if self.size.height < HIGH:
            return 1
        return {"compact": 1, "normal": 2, "comfortable": 3}[density_of(self.app)]

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
        row = self._top + (event.y - self._head_height) // self._card_height
        hit = event.y >= self._head_height and row < len(self._ids)
        if hit:
            self.go_to(row)
        self.post_message(self.CardHighlighted(self, self._ids[row] if hit else None))
        if hit and event.chain == 2:
            self.post_message(self.CardOpened(self, self._ids[row]))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return a line of the heading, or of a card."""
        head = self._head_height
        if y < head:
            has_keys = self._here and not self._is_left
            return self._strip(
                self._bar() if y else self._heading(has_keys), at_cursor=has_keys and not y
            )
        offset, part = divmod(y - head, self._card_height)
        row = self._top + offset
        edge = ("┃" if y - head in self._thumb_span() else " ", "rule")
        if row >= len(self._ids):
            return self._strip([(self._remark_line(y - head, self.size.width - 1), "quiet"), edge])
        is_end = part == self._card_height - 1 and self._has_line_below(row)
        if part == CARD:
            return self._strip([(" " * (self.size.width - 1), "title"), edge], is_end=is_end)
        card = self._look(self._ids[row])
        at_cursor = self._here and row == self._cursor
        if self.size.width <= LIST:
            parts = self._list_line(card, part)
        else:
            parts = self._reason_line(card) if part else self._title_line(card, at_cursor=at_cursor)
        return self._strip([*parts, edge], at_cursor=at_cursor, is_end=is_end)

    def _has_line_below(self, row: int) -> bool:
        """Return whether a line parts a card from the next one."""
        pair = self._ids[row : row + 2]
        return len(pair) == 2 and self._has_line_between(*pair)

    def _heading(self, has_keys: bool) -> _Parts:
        """Return title and count, and the value at the right end; ``▸`` and bold where the keys go."""
        width = self.size.width - 1
        title, count, value = self._head.fitting(width - 2)
        colour, bold = self._head.colour or "title", " bold" if has_keys else ""
        title = clip(title, max(1, width - len(count) - 1))
        room = width - cell_len(title) - 1 - len(count)
        rest = fit(columns("", value, room - 2), room)
        lead = "▸" if has_keys else " "
        return [(lead + title, colour + bold), (f" {count}", f"title{bold}"), (rest, "quiet")]

    def _bar(self) -> _Parts:
        """Return a line whose heavy part is the share of the open value."""
        width = self.size.width - 2
        filled = min(width, round(self._head.share * width)) or bool(self._head.share)
        return [
            ("━" * filled, self._head.colour or "title"),
            ("─" * (width - filled) + "  ", "rule"),
        ]

    def _title_line(self, card: BoardCard, *, at_cursor: bool) -> _Parts:
        """Return the first line of a card: signs, title and value."""
        name = "title bold" if at_cursor else "title"
        marks = f"{card.marks} " if card.marks else ""
        value = "" if self._has_value_below(card) else card.value
        room = self.size.width - 4 - len(marks)
        clock = self._clock_beside(card, room)
        right = value.rjust(VALUE) if clock else clip(f" {value}" if value else "", room)
        space = room - cell_len(clock) - cell_len(right)
        title = clip(card.title, space)
        left = space - cell_len(title)
        company = f"  {card.company}" if card.company and left >= LEAST else ""
        return [
            (STRIPES[card.tone], card.tone or "title"),
            (f" {marks}", "debt"),
            (title, name),
            (fit(company, left), "quiet"),
            (clock, card.age or "quiet"),
            (f"{right} ", name),
        ]

    def _list_line(self, card: BoardCard, part: int) -> _Parts:
        """Return a line of a card in a narrow list: its sign and name, which goes on beside the value."""
        room, lines = self.size.width - 3, [card.title]
        if self._card_height > 1 and room >= ON_TWO_LINES:
            lines = wrapped([plain(card.title)], room) or lines
        text = columns(" ".join(lines[1:]), card.value, room) if part else fit(lines[0], room)
        sign = " " if part else card.marks[:1] or " "
        name = "title" if self._here else "quiet"
        return [(STRIPES[card.tone], card.tone or "title"), (sign, "debt"), (text, name)]

    def _clock_beside(self, card: BoardCard, room: int) -> str:
        """Return the buyer's clock for a card of one line, where its name and value leave room."""
        clock = f" {card.clock} "
        takes = cell_len(card.title) + len(clock) + max(VALUE, cell_len(card.value))
        is_broad = self._card_height == 1 and self.size.width >= BROAD
        return clock if is_broad and card.clock and takes <= room else ""

    def _clock_in(self, clock: str, room: int) -> str:
        """Return ``interest 40d``; in a narrow column ``them 40d``, one form down the whole column.

        It is whole or not there: nobody knows what a bare ``40d`` counts.
        """
        if self.size.width < BROAD and clock.startswith("interest "):
            clock = clock.replace("interest", "them")
        return clock if len(clock) <= room else ""

    def _reason_line(self, card: BoardCard) -> _Parts:
        """Return the second line: why it stands there, and the buyer's clock.

        Behind it stands the value of a card whose name needs the whole first line.
        """
        below = f"{card.value} " if self._has_value_below(card) else ""
        room = self.size.width - 4 - len(below)
        clock = self._clock_in(card.clock, room - cell_len(card.why) - bool(card.why))
        left = room - len(clock)
        quiet = card.tone in {"", "nurture", "dropped"}
        return [
            (STRIPES[card.tone], card.tone or "title"),
            (" " + fit(card.why, left), "quiet" if quiet else card.tone),
            (clock + " ", card.age or "quiet"),
            (below, "title"),
        ]

    def _has_value_below(self, card: BoardCard) -> bool:
        """Return whether the name, cut for the value, would read like another in sight.

        The buyer's clock keeps its place: where the second line has no room, the name is cut.
        """
        if self._card_height == 1 or not card.value:
            return False
        room, value = self.size.width - 4, cell_len(card.value) + 1
        kept = room - value - (len(card.marks) + 1 if card.marks else 0)
        said = sum(cell_len(text) + 1 for text in (card.why, card.clock) if text)
        if cell_len(card.title) <= kept or said + value > room + 1:
            return False
        begins = clip(card.title, kept).removesuffix("…")
        titles = {self._look(card_id).title for card_id in self.visible_ids}
        return any(title.startswith(begins) for title in titles - {card.title})

    def _remark_line(self, y: int, width: int) -> str:
        """Return a line of the remark, a blank one before it."""
        lines = wrapped([plain(self._remark)], max(1, width - 2)) if self._here else []
        return fit(f" {lines[y - 1]}" if 1 <= y <= len(lines) else "", width)

    def _strip(self, parts: _Parts, *, at_cursor: bool = False, is_end: bool = False) -> Strip:
        """Return the parts in their colours; below the last ones before another currency is a line."""
        segments = [Segment(text, self._colour(name, at_cursor)) for text, name in parts if text]
        strip = Strip(segments, self.size.width)
        return strip.apply_style(LINE) if is_end else strip

    def _colour(self, name: str, at_cursor: bool) -> Style:
        """Return a colour, on the ground of the cursor where that stands."""
        if not at_cursor:
            return self._style(name)
        key = f"{name} at the cursor"
        style = self._styles_by_name.get(key)
        if style is None:
            style = self._styles_by_name[key] = self._at_cursor(self._style(name))
        return style

    def _style(self, name: str) -> Style:
        """Return the style of a colour, which may be ``bold``."""
        style = self._styles_by_name.get(name)
        if style is None:
            colour, _, is_bold = name.partition(" ")
            style = self.get_component_rich_style(f"column--{colour}")
            style = self._styles_by_name[name] = style + BOLD if is_bold else style
        return style

    def _at_cursor(self, style: Style) -> Style:
        """Return a style on the ground of the cursor; of the terminal's own colours one alone is sure to be read."""
        ink = self._style("title").color if self.app.current_theme.ansi else None
        return style + Style(color=ink, bgcolor=self._style("cursor").bgcolor)

    def _thumb_span(self) -> range:
        """Return the lines of the scroll mark, counted from below the heading; none when all is seen."""
        total, page = len(self._ids), self.page
        if total <= page:
            return range(0)
        lines = self.size.height - self._head_height
        length = max(1, lines * page // total)
        start = (lines - length) * self._top // max(1, total - page)
        return range(start, start + length)

    def _picture(self) -> "_Picture":
        at = self._cursor if self._here else None
        cards = [
            (i, self._has_value_below(self._look(i)), self._has_line_below(row))
            for row, i in enumerate(self.visible_ids, self._top)
        ]
        return _Picture(self._head, cards, at, self._top, self._thumb_span())

    def _refresh_difference(self, before: "_Picture", touched: Collection[str]) -> None:
        """Repaint the lines on which something changed."""
        now = self._picture()
        width, head = self.size.width, self._head_height
        if now.head != before.head:
            self.refresh(Region(0, 0, width, head))
        if now.thumb != before.thumb:
            self.refresh(Region(width - 1, head, 1, self.size.height - head))
        for offset, (old, new) in enumerate(zip_longest(before.cards, now.cards)):
            marked = (before.top + offset == before.cursor) != (now.top + offset == now.cursor)
            if old != new or marked or (new and new[0] in touched):
                self._refresh_card(self._top + offset)

    def _refresh_card(self, row: int) -> None:
        height = self._card_height
        head = self._head_height
        y = head + (row - self._top) * height
        if head <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, height))


@dataclass(frozen=True, slots=True)
class _Picture:
    """What was painted: enough to see afterwards which lines are still right."""

    head: ColumnHead
    cards: list[tuple[str, bool, bool]]
    """Of each its id, whether its value stands below, and whether a line does."""
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
