"""A list under its column titles: rows of cells, one cursor, drawn line by line from plain data."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import ClassVar, TypeAlias

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events, on
from textual.app import ComposeResult
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.screen import ScreenResultType
from textual.strip import Strip
from textual.widgets import Static

from review_board.pipeline.money import symbol_of
from review_board.tui.bars import Bar, KeyBar
from review_board.tui.cursor_list import CursorList
from review_board.tui.density import density_of
from review_board.tui.footer_keys import footer_keys
from review_board.tui.pipeline_screen import PipelineScreen
from review_board.tui.textfit import fit, plain, wrapped

WIDE = 110
"""Cells from which a list shows its further columns."""
GAP = 2
BESIDE = 3
"""Cells beside the cells of a row: the sign of the cursor before them, and that of more below."""
HEAD = 1
HIGH = 10
"""Lines from which there is room for empty ones between the rows."""
TOP = "head/"
"""The key to go to for the first row."""

TO_A_ROW = {
    *("act", "all", "apart", "change", "copy", "decide", "merge", "open", "reason", "tick"),
    "timeline",
}
"""What keys of such screens do to a row."""


class CellColour(StrEnum):
    """What a cell means, by the name of its colour; the words of the cell say the same."""

    QUIET = "quiet"
    KEEP = "keep"
    ACT = "act"
    LET_GO = "let-go"
    DEBT = "debt"


Cell: TypeAlias = str | tuple[str, CellColour]
"""A text, or a text with its colour."""


@dataclass(frozen=True, slots=True)
class Col:
    """A column of a list: ``width`` cells, or a ``share`` of what is left over.

    ``wide`` ones show only where there is room for them, others from ``least`` cells of the list on.
    One with a share takes at most ``most`` cells, so that what stands beside it stays near. One of
    ``money`` has room for a sign of one cell; ``with_room_for`` gives it more.
    """

    title: str
    width: int = 0
    share: int = 0
    right: bool = False
    wide: bool = False
    least: int = 0
    most: int = 0
    money: bool = False


def with_room_for(currencies: Iterable[str], cols: tuple[Col, ...]) -> tuple[Col, ...]:
    """Return the columns, those of money wide enough for the longest sign: ``CHF 13.7k``."""
    more = max((cell_len(symbol_of(code)) for code in currencies), default=1) - 1
    return tuple(replace(col, width=col.width + more) if col.money else col for col in cols)


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list; ``key`` knows it again when the list is made anew.

    A heading has no ``id``, and its one cell takes the whole line. ``cells`` and ``detail``, which
    says more of it, are worked out only for a row that is looked at: there may be thousands.
    """

    key: str
    id: str
    cells: Callable[[], tuple[Cell, ...]]
    detail: Callable[[], str] = str


def heading(text: str) -> Row:
    """Return a line between the rows, which the cursor passes over."""
    return Row(f"{TOP}{text}", "", lambda: (text,))


def widths(cols: Sequence[Col], room: int) -> list[int]:
    """Return the cells that each column takes; none for one that is not shown."""
    shown = [col for col in cols if room >= (WIDE if col.wide else col.least)]
    free = room - sum(col.width for col in shown) - GAP * (len(shown) - 1)
    shares = sum(col.share for col in shown) or 1
    full = [col for col in shown if col.most and free * col.share // shares > col.most]
    free -= sum(col.most for col in full)
    shares = (shares - sum(col.share for col in full)) or 1
    taken = {col: col.most if col in full else col.width for col in shown}
    return [
        0 if col not in taken else taken[col] or max(4, free * col.share // shares) for col in cols
    ]


def laid_out(
    cells: Sequence[Cell], cols: Sequence[Col], room: int
) -> list[tuple[str, CellColour | None]]:
    """Return the cells of a row in their columns, in exactly ``room`` terminal cells, with their colours."""
    coloured = [(cell, None) if isinstance(cell, str) else cell for cell in cells]
    if len(coloured) == 1:
        text, colour = coloured[0]
        return [(fit(text, room), colour)]
    parts: list[tuple[str, CellColour | None]] = []
    for (text, colour), col, width in zip(coloured, cols, widths(cols, room), strict=True):
        if width:
            shown = fit(text, width)
            parts += [(" " * GAP, None)] if parts else []
            parts.append((shown.rstrip().rjust(width) if col.right else shown, colour))
    over = sum(cell_len(text) for text, _ in parts) - room
    if over > 0:
        return [(fit("".join(text for text, _ in parts), room), None)]
    return [*parts, (" " * -over, None)]


class Rows(CursorList, can_focus=False):
    """A list under its column titles, with one cursor that follows its row and skips headings."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--titles",
        "rows--row",
        "rows--cursor",
        "rows--head",
        *(f"rows--{colour}" for colour in CellColour),
    }
    DEFAULT_CSS = """
    Rows {
        width: 1fr;
        height: 1fr;
        background: $background;
        .rows--titles { color: $quiet; background: $background; }
        .rows--row { color: $foreground; }
        .rows--cursor { color: $foreground; background: $cursor; text-style: bold; }
        .rows--head { color: $foreground; text-style: bold; }
        .rows--quiet { color: $quiet; }
        .rows--keep { color: $success; }
        .rows--act { color: $warning; }
        .rows--let-go { color: $error; }
        .rows--debt { color: $accent; text-style: bold; }
    }
    """

    @dataclass
    class RowHighlighted(Message):
        """The cursor stands on another row, or on none."""

        row: Row | None

    @dataclass
    class RowOpened(Message):
        """A row was clicked twice."""

        row: Row

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._cols: tuple[Col, ...] = ()
        self._rows: tuple[Row, ...] = ()
        self._empty: tuple[str, ...] = ()

    def show(
        self,
        cols: tuple[Col, ...],
        rows: tuple[Row, ...],
        empty: tuple[str, ...],
        near: str = "",
        changed: frozenset[str] = frozenset(),
    ) -> None:
        """Show these rows; the cursor goes to the row with the key ``near``.

        Without one it follows its own row, or takes the next that stayed when that one left, or
        went down the list as one of the ``changed`` prospects: who works through a list goes on.
        """
        line = self._cursor - self._top
        before, self._rows = self._rows, rows
        self._cols, self._empty = cols, empty
        self._cursor = self._nearest(_place_after(before, rows, self._cursor, near, changed), 1)
        self._top = self._cursor - line
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.RowHighlighted(self.row))

    @property
    def row(self) -> Row | None:
        """Return the row under the cursor."""
        if not 0 <= self._cursor < len(self._rows):
            return None
        row = self._rows[self._cursor]
        return row if row.id else None

    @property
    def page(self) -> int:
        """Return how many rows fit."""
        return max(1, (self.size.height - HEAD) // self._row_height)

    @property
    def _air(self) -> Sequence[int]:
        """Return the rows from line to line, −1 for an empty one above a heading; none where not all fit so."""
        room = (self.size.height - HEAD) // self._row_height
        if len(self._rows) > room or self._row_height > 1:
            return ()
        lines: list[int] = []
        for place, row in enumerate(self._rows):
            lines += [place] if row.id or not place else [-1, place]
        return lines if len(lines) <= room else ()

    def _place_on(self, line: int) -> int:
        """Return the row on a line below the titles, −1 where that is empty."""
        if lines := self._air:
            return lines[line] if line < len(lines) else -1
        offset, part = divmod(line, self._row_height)
        place = self._top + offset
        return -1 if part or place >= len(self._rows) else place

    @property
    def _row_height(self) -> int:
        """Return the lines of a row, with the empty one after it."""
        return 2 if density_of(self.app) == "comfortable" and self.size.height >= HIGH else 1

    def go_to_key(self, keys: Collection[str]) -> bool:
        """Move the cursor to the first row with one of these ids; tell whether there is any."""
        place = next((i for i, row in enumerate(self._rows) if row.id in keys), None)
        if place is not None:
            self.go_to(place)
        return place is not None

    def step(self, count: int) -> None:
        """Move the cursor down by ``count`` rows, up when negative."""
        self.go_to(self._cursor + count, 1 if count > 0 else -1)

    def go_to(self, place: int, onward: int = 1) -> None:
        """Move the cursor to a row, or the nearest there is; a heading is passed over ``onward``."""
        place = self._nearest(place, onward)
        if place == self._cursor:
            if self._top and onward < 0:
                self._scroll(-1)  # the headings above the first row come into sight
            return
        before, self._cursor = self._cursor, place
        if self._keep_in_sight(jump=True):
            self.refresh()
        else:
            self._refresh_row(before)
            self._refresh_row(place)
        self.post_message(self.RowHighlighted(self.row))

    def to_head(self, count: int) -> None:
        """Move the cursor to the first row below the next heading, or below the one before."""
        heads = [place for place, row in enumerate(self._rows) if not row.id]
        at = sum(place < self._cursor for place in heads) - 1 + count
        if 0 <= at < len(heads):
            self.go_to(heads[at] + 1)

    def _nearest(self, place: int, onward: int) -> int:
        """Return the row at a place that is no heading, else the next one on, else the one back."""
        if not self._rows:
            return 0
        place = max(0, min(place, len(self._rows) - 1))
        ahead = range(place, len(self._rows)) if onward > 0 else range(place, -1, -1)
        behind = range(place, -1, -1) if onward > 0 else range(place, len(self._rows))
        return next((p for p in (*ahead, *behind) if self._rows[p].id), 0)

    @property
    def count(self) -> int:
        """Return how many rows there are, headings among them."""
        return len(self._rows)

    def _keep_in_sight(self, *, jump: bool = False) -> bool:
        """Keep the cursor in sight; the first row brings its heading with it."""
        top = self._top
        super()._keep_in_sight(jump=jump)
        if not any(row.id for row in self._rows[: self._cursor]) and self._cursor < self.page:
            self._top = 0
        return self._top != top

    # Mouse and size

    def on_resize(self) -> None:
        """Redraw where more or fewer rows fit."""
        if self._keep_in_sight():
            self.refresh()

    def on_click(self, event: events.Click) -> None:
        """Put the cursor on the row that was clicked; open it on a double click."""
        event.stop()
        place = self._place_on(event.y - HEAD)
        if event.y < HEAD or place < 0 or not self._rows[place].id:
            return
        self.go_to(place)
        if event.chain == 2:
            self.post_message(self.RowOpened(self._rows[place]))

    # Drawing

    def render_line(self, y: int) -> Strip:
        """Return the titles, a row, or why there is none."""
        room = max(0, self.size.width - BESIDE)
        if y < HEAD:
            cols = self._cols if self._rows else ()
            titles = laid_out([col.title for col in cols], cols, room)
            return self._strip([("  ", None), *titles], "titles")
        if not self._rows:
            text, style = self._why_none(y - 2 * HEAD, room)
            return self._strip([(f"  {fit(text, room)} ", None)], style)
        place = self._place_on(y - HEAD)
        if place < 0:
            return self._strip([], "row")
        row = self._rows[place]
        parts = laid_out(row.cells(), self._cols, room)
        more = ("▾" if y == self.page and place + 1 < len(self._rows) else "", CellColour.DEBT)
        if not row.id:
            return self._strip([(" ", None), *parts, (" ", None), more], "head")
        is_here = place == self._cursor
        lead = "▌ " if is_here else "  "
        return self._strip([(lead, None), *parts, more], "cursor" if is_here else "row")

    def _why_none(self, y: int, room: int) -> tuple[str, str]:
        """Return a line of why there is no row, broken between words, and its style."""
        lines = [
            (line, "quiet" if place else "row")
            for place, text in enumerate(self._empty)
            for line in wrapped([plain(text)], room)
        ]
        return lines[y] if 0 <= y < len(lines) else ("", "quiet")

    def _strip(self, parts: Sequence[tuple[str, CellColour | None]], name: str) -> Strip:
        """Return the parts in their colours; on the cursor in one where those are the terminal's own."""
        base = self._style(f"rows--{name}")
        if name == "cursor" and self.app.current_theme.ansi:
            parts = [(text, None) for text, _ in parts]
        segments = [Segment(text, self._coloured(base, colour)) for text, colour in parts]
        return Strip(segments).adjust_cell_length(self.size.width, base)

    def _coloured(self, base: Style, colour: CellColour | None) -> Style:
        """Return the style of a row with the colour of a cell."""
        if colour is None:
            return base
        own = self._style(f"rows--{colour}")
        return base + Style(color=own.color, bold=own.bold or base.bold)

    def _refresh_row(self, place: int) -> None:
        lines = self._air
        y = HEAD + (lines.index(place) if lines else (place - self._top) * self._row_height)
        if HEAD <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))


def _place_after(
    old: Sequence[Row],
    new: Sequence[Row],
    cursor: int,
    near: str,
    changed: frozenset[str] = frozenset(),
) -> int:
    """Return where the cursor belongs: near a key, on its own row, else on the next that stayed.

    A row of a ``changed`` prospect that is now below the next one did not stay.
    """
    if near == TOP:
        return 0
    places = {row.key: place for place, row in enumerate(new)}
    if near in places:
        return places[near]
    stayed = [row for row in old[cursor:] if row.id and row.key in places]
    onward = [places[row.key] for row in stayed if row.id not in changed]
    if stayed and onward and places[stayed[0].key] > onward[0]:
        return onward[0]
    return places[stayed[0].key] if stayed else min(cursor, len(new) - 1)


class RowsScreen(PipelineScreen[ScreenResultType]):
    """A list of rows, and below it more about the one in use; each screen names the keys that move its cursor.

    Where there is no row the footer leaves out the keys that would do something to one.
    """

    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high"), (30, "-tall")]  # noqa: RUF012
    DEFAULT_CSS = """
    RowsScreen #detail { height: auto; padding: 0 1; border-top: solid $rule; }
    RowsScreen #detail.-empty { display: none; }
    """
    title_bar: ClassVar[type[Bar]] = Bar

    @property
    def rows(self) -> Rows:
        """Return the list."""
        return self.query_one(Rows)

    @property
    def prospect_id(self) -> str | None:
        """Return the prospect under the cursor."""
        row = self.rows.row
        return row.id if row else None

    def compose(self) -> ComposeResult:
        """Yield the title, what stands above the rows, these, more about the one in use, the keys."""
        yield self.title_bar(id="title")
        yield from self.above()
        yield Rows(id="rows")
        yield Static(id="detail", markup=False)
        yield KeyBar(footer_keys(self), id="keys")

    def above(self) -> ComposeResult:
        """Yield what stands between the title and the rows."""
        yield from ()

    def detail(self, row: Row) -> Sequence[Content]:
        """Return more about a row, in lines; without any there is no place for it."""
        return ()

    @on(Rows.RowHighlighted)
    def _tell_of_row(self) -> None:
        """Tell more about the row in use, and offer the keys for it."""
        row, shown = self.rows.row, self.query_one("#detail", Static)
        done = {key: key.action.partition("(")[0] for key in footer_keys(self)}
        offered = [key for key, action in done.items() if row or action not in TO_A_ROW]
        self.query_one(KeyBar).show(offered)
        lines = self.detail(row) if row else ()
        shown.update(Content("\n").join(lines))
        shown.set_class(not lines, "-empty")

    def action_step(self, count: int) -> None:
        """Move the cursor up or down."""
        self.rows.step(count)

    def action_pages(self, count: int) -> None:
        """Move a page up or down."""
        self.rows.step(count * self.rows.page)

    def action_leave(self) -> None:
        """Go back to where it was opened."""
        self.dismiss(None)
