"""The parts of the agenda's screen, drawn line by line: the tabs, the rows, what the cursor is on."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from review_board.tui.agenda_text import Col, Row, line_of
from review_board.tui.fitting import fit

HEAD = 1
WHEEL = 3
TOP = "head/"
"""The key to go to for the first row."""


class Tabs(Widget):
    """The names of the lists in one line; ``▸`` stands before the one that is shown."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tabs--here", "tabs--other"}
    DEFAULT_CSS = """
    Tabs {
        height: 1; width: 1fr; background: $background;
        .tabs--here { color: $accent; background: $background; text-style: bold; }
        .tabs--other { color: $text-muted; background: $background; }
    }
    """

    @dataclass
    class TabClicked(Message):
        """A name was clicked."""

        place: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._names: tuple[str, ...] = ()
        self._here = 0

    def show(self, names: Sequence[str], here: int) -> None:
        """These lists, one of them shown."""
        if (tuple(names), here) != (self._names, self._here):
            self._names, self._here = tuple(names), here
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One name beside the other."""
        here = self.get_component_rich_style("tabs--here")
        other = self.get_component_rich_style("tabs--other")
        segments = [
            Segment(text, here if place == self._here else other)
            for place, text in enumerate(self._texts())
        ]
        return Strip(segments).adjust_cell_length(self.size.width, other)

    def on_click(self, event: events.Click) -> None:
        """A click on a name shows its list."""
        end = 0
        for place, text in enumerate(self._texts()):
            end += cell_len(text)
            if event.x < end:
                self.post_message(self.TabClicked(place))
                return

    def _texts(self) -> list[str]:
        return [
            f" {'▸' if place == self._here else ' '}{place + 1} {name}  "
            for place, name in enumerate(self._names)
        ]


class Rows(Widget, can_focus=False):
    """A list under its column titles, with one cursor that follows its row and skips headings."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "rows--titles",
        "rows--row",
        "rows--cursor",
        "rows--head",
        "rows--quiet",
    }
    DEFAULT_CSS = """
    Rows {
        width: 1fr;
        height: 1fr;
        background: $background;
        .rows--titles { color: $text-muted; background: $panel; }
        .rows--row { color: $foreground; }
        .rows--cursor { color: $foreground; background: $cursor; text-style: bold; }
        .rows--head { color: $accent; text-style: bold; }
        .rows--quiet { color: $text-muted; }
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
        self._cursor = 0
        self._top = 0
        self._styles_by_name: dict[str, Style] = {}

    def show(
        self, cols: tuple[Col, ...], rows: tuple[Row, ...], empty: tuple[str, ...], near: str = ""
    ) -> None:
        """Show these rows; the cursor goes to the row with the key ``near``.

        Without one it follows its own row, or takes the next that stayed when that one left.
        """
        line = self._cursor - self._top
        before, self._rows = self._rows, rows
        self._cols, self._empty = cols, empty
        self._cursor = self._nearest(_place_after(before, rows, self._cursor, near), 1)
        self._top = self._cursor - line
        self._keep_in_sight()
        self.refresh()
        self.post_message(self.RowHighlighted(self.row))

    @property
    def row(self) -> Row | None:
        """The row under the cursor."""
        if not 0 <= self._cursor < len(self._rows):
            return None
        row = self._rows[self._cursor]
        return row if row.id else None

    @property
    def page(self) -> int:
        """Rows that fit."""
        return max(1, self.size.height - HEAD)

    def step(self, count: int) -> None:
        """The cursor down by ``count`` rows, up when negative."""
        self.go_to(self._cursor + count, 1 if count > 0 else -1)

    def go_to(self, place: int, onward: int = 1) -> None:
        """The cursor to a row, or the nearest there is; a heading is passed over ``onward``."""
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

    def _nearest(self, place: int, onward: int) -> int:
        """The row at a place that is no heading, else the next one on, else the one back."""
        if not self._rows:
            return 0
        place = max(0, min(place, len(self._rows) - 1))
        ahead = range(place, len(self._rows)) if onward > 0 else range(place, -1, -1)
        behind = range(place, -1, -1) if onward > 0 else range(place, len(self._rows))
        return next((p for p in (*ahead, *behind) if self._rows[p].id), 0)

    def _keep_in_sight(self, *, jump: bool = False) -> bool:
        """Scroll so far that the cursor is seen, half a page past the edge; tells whether it did."""
        top, page = self._top, self.page
        if not top <= self._cursor < top + page:
            past = page // 2 if jump else 0
            below = self._cursor >= top + page
            self._top = self._cursor - page + 1 + past if below else self._cursor - past
        self._top = max(0, min(self._top, len(self._rows) - page))
        if not any(row.id for row in self._rows[: self._cursor]) and self._cursor < page:
            self._top = 0  # the first row brings its heading with it
        return self._top != top

    # Mouse and size

    def on_resize(self) -> None:
        """More or fewer rows fit."""
        if self._keep_in_sight():
            self.refresh()

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """The wheel moves the rows, not the cursor."""
        event.stop()
        self._scroll(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """The wheel moves the rows, not the cursor."""
        event.stop()
        self._scroll(-WHEEL)

    def on_click(self, event: events.Click) -> None:
        """A click puts the cursor on a row, a double click opens it."""
        event.stop()
        place = self._top + event.y - HEAD
        if event.y < HEAD or place >= len(self._rows) or not self._rows[place].id:
            return
        self.go_to(place)
        if event.chain == 2:
            self.post_message(self.RowOpened(self._rows[place]))

    def _scroll(self, count: int) -> None:
        top = max(0, min(self._top + count, len(self._rows) - self.page))
        if top != self._top:
            self._top = top
            self.refresh()

    # Drawing

    def notify_style_update(self) -> None:
        """Colours changed: look them up again."""
        self._styles_by_name.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        """The titles, a row, or why there is none."""
        room = max(0, self.size.width - 3)
        if y < HEAD:
            titles = line_of([col.title for col in self._cols], self._cols, room)
            return self._strip(f"  {titles} ", "titles")
        place = self._top + y - HEAD
        if not self._rows:
            text = self._empty[y - 2 * HEAD] if 0 <= y - 2 * HEAD < len(self._empty) else ""
            return self._strip(f"  {fit(text, room)} ", "row" if y == 2 * HEAD else "quiet")
        if place >= len(self._rows):
            return self._strip("", "row")
        row = self._rows[place]
        lead = "▌" if place == self._cursor and row.id else " "
        name = "cursor" if lead != " " else "row" if row.id else "head"
        text = line_of(row.cells(), self._cols, room)
        return self._strip(f"{lead} {text} " if row.id else f" {text}  ", name)

    def _strip(self, text: str, name: str) -> Strip:
        style = self._styles_by_name.get(name)
        if style is None:
            style = self.get_component_rich_style(f"rows--{name}")
            self._styles_by_name[name] = style
        return Strip([Segment(text, style)]).adjust_cell_length(self.size.width, style)

    def _refresh_row(self, place: int) -> None:
        y = HEAD + place - self._top
        if HEAD <= y < self.size.height:
            self.refresh(Region(0, y, self.size.width, 1))


class Details(Widget):
    """A few lines about the row under the cursor."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Details { height: 5; width: 1fr; background: $surface; color: $foreground; border-top: solid $rule; }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: tuple[str, ...] = ()

    def show(self, lines: Sequence[str]) -> None:
        """Show these lines."""
        if tuple(lines) != self._lines:
            self._lines = tuple(lines)
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """One of them."""
        width = self.size.width
        text = self._lines[y] if y < len(self._lines) else ""
        style = self.rich_style
        return Strip([Segment(f" {fit(text, width - 2)} ", style)], width)


def _place_after(old: Sequence[Row], new: Sequence[Row], cursor: int, near: str) -> int:
    """Where the cursor belongs: near a key, on its own row, else on the next that stayed."""
    if near == TOP:
        return 0
    places = {row.key: place for place, row in enumerate(new)}
    if near in places:
        return places[near]
    for row in old[cursor:]:
        if row.id and row.key in places:
            return places[row.key]
    return min(cursor, len(new) - 1)
