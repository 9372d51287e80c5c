"""Lines to tick, drawn one by one from plain data, with a cursor."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from review_board.tui.fitting import fit


@dataclass(frozen=True, slots=True)
class TickLine:
    """What a line says: who, what it is worth, why it goes, and where to."""

    id: str
    name: str
    value: str
    why: str
    going: str


NAME, VALUE, GOING = 28, 7, 24
"""Cells of a name, a value and a destination; the reason between them takes the rest."""


class TickList(Widget, can_focus=False):
    """A list of lines, each ticked or not. The screen moves the cursor; a click ticks."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tick--line", "tick--cursor", "tick--ticked"}
    DEFAULT_CSS = """
    TickList {
        height: 1fr; width: 1fr; background: $background;
        .tick--line { color: $foreground; background: $background; }
        .tick--ticked { color: $error; background: $background; }
        .tick--cursor { color: $foreground; background: $cursor; text-style: bold; }
    }
    """

    @dataclass
    class Ticked(Message):
        """A line was ticked or no longer is."""

        ticks: "TickList"

    def __init__(self) -> None:
        super().__init__()
        self._lines: Sequence[TickLine] = ()
        self._ticked: set[str] = set()
        self._cursor = 0
        self._top = 0

    def show(self, lines: Sequence[TickLine]) -> None:
        """Show these lines; ticks and cursor stay as far as their lines do."""
        known = {line.id for line in lines}
        self._ticked &= known
        self._lines = lines
        self._cursor = max(0, min(self._cursor, len(lines) - 1))
        self.step(0)
        self.refresh()

    @property
    def ticked(self) -> frozenset[str]:
        """The ids of the ticked lines."""
        return frozenset(self._ticked)

    @property
    def current(self) -> str | None:
        """The id of the line under the cursor."""
        return self._lines[self._cursor].id if self._lines else None

    def step(self, count: int) -> None:
        """The cursor up or down; the list follows it."""
        self._cursor = max(0, min(self._cursor + count, len(self._lines) - 1))
        height = max(1, self.size.height)
        self._top = min(self._top, self._cursor)
        self._top = max(self._top, self._cursor - height + 1)
        self.refresh()

    @property
    def page(self) -> int:
        """Lines that fit."""
        return max(1, self.size.height)

    def tick(self) -> None:
        """Tick the line under the cursor, or no longer."""
        if (current := self.current) is not None:
            self._ticked ^= {current}
            self.refresh()
            self.post_message(self.Ticked(self))

    def tick_all(self) -> None:
        """Tick every line; when all are ticked, none."""
        everything = {line.id for line in self._lines}
        self._ticked = set() if self._ticked == everything else everything
        self.refresh()
        self.post_message(self.Ticked(self))

    def on_click(self, event: events.Click) -> None:
        """A click goes to a line and ticks it."""
        place = self._top + event.y
        if place < len(self._lines):
            self._cursor = place
            self.tick()

    def render_line(self, y: int) -> Strip:
        """One line."""
        width, place = self.size.width, self._top + y
        if place >= len(self._lines):
            return Strip.blank(width, self.get_component_rich_style("tick--line"))
        line = self._lines[place]
        on = line.id in self._ticked
        name = "tick--cursor" if place == self._cursor else "tick--ticked" if on else "tick--line"
        style = self.get_component_rich_style(name)
        cursor = "▸" if place == self._cursor else " "
        text = f"{cursor}{'[x]' if on else '[ ]'} {_text(line, max(0, width - 6))}"
        return Strip([Segment(fit(text, width), style)], width)


def _text(line: TickLine, width: int) -> str:
    """The parts in columns; the reason has what the others leave."""
    name = NAME if width >= 90 else 18
    going = GOING if width >= 90 else 22
    why = max(8, width - name - VALUE - going - 3)
    return f"{fit(line.name, name)} {line.value:>{VALUE}} {fit(line.why, why)} {fit(line.going, going)}"
