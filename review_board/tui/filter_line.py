"""What is looked for at the foot of a screen, such as the filter of a list: it follows every key."""

from dataclasses import dataclass
from typing import Any, ClassVar, cast

from rich.cells import cell_len
from rich.segment import Segment
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.screen import Screen
from textual.strip import Strip
from textual.widgets import Input

from review_board.board.board import Board
from review_board.board.filter_fields import MissingError
from review_board.board.filters import PartialFilter, read_filter, with_whole_owners
from review_board.errors import InvalidValueError
from review_board.tui.app_protocol import PipelineApp
from review_board.tui.bars import KeyBar
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.footer_keys import with_keys
from review_board.tui.textfit import clip

HINT = "words, owner:ann, value>10k, review:yes, -tag:x · enter keeps · {filter.clear:esc} clears"
LEAST = 12
"""Cells that a remark needs to be worth showing."""
PAUSE = 0.02
"""Seconds between two looks whether the keys that waited are typed."""


class QueryLine(LineInput):
    """Words to look for, typed at the foot of a screen; enter keeps them, esc gives them up."""

    keys: ClassVar[str]
    """What stands there while it is empty."""

    @dataclass
    class Typed(Message):
        """The words changed."""

        query: str

    @dataclass
    class Closed(Message):
        """The line is done with; this is what stays of it."""

        query: str

    def on_mount(self) -> None:
        """Show the keys, known once it is part of an app."""
        self.show_hint(with_keys(self.app, self.keys))

    @on(Input.Changed)
    def _follow(self, event: Input.Changed) -> None:
        event.stop()
        self.tell()

    def tell(self) -> None:
        """Tell what is typed so far."""
        self.post_message(self.Typed(self.value.strip()))

    @on(Input.Submitted)
    def _accept(self, event: Input.Submitted) -> None:
        event.stop()
        self.keep()

    def keep(self) -> None:
        """Keep the words."""
        self.post_message(self.Closed(self.value.strip()))

    def action_give_up(self) -> None:
        """Look for nothing any more."""
        self.value = ""  # what still waits to be told tells no words that are gone
        self.post_message(self.Closed(""))


class FilterLine(QueryLine):
    """What to look for; enter keeps it, esc forgets it.

    What is not finished or not understood is said at the right end of the line, and enter waits
    until it is; an owner whose name is only begun is shown at once, and enter writes the name out.
    The board says whom a name may mean, the currency of amounts without one, and the day.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter-line--remark"}
    DEFAULT_CSS = """
    FilterLine { .filter-line--remark { color: $warning; background: $panel; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "give_up", "Clear", id="filter.clear", tooltip="Show everything again"),
    ]

    keys = HINT

    def __init__(
        self,
        query: str,
        board: Board,
        *,
        id: str | None = None,  # noqa: A002
    ) -> None:
        super().__init__(query, id=id)
        self._board = board

    @property
    def remark(self) -> str:
        """Return what is missing or not understood; empty when all is well."""
        reading = self._read()
        if isinstance(reading.problem, MissingError):
            return reading.problem.while_typed
        if reading.problem:
            return str(reading.problem)
        try:
            with_whole_owners(reading.filter, self._board.owners)
        except InvalidValueError as error:
            return str(error)
        return ""

    def _read(self) -> PartialFilter:
        board = self._board
        return read_filter(self.value, board.settings.currency, board.today.day)

    def render_line(self, y: int) -> Strip:
        """Return the text, and behind it the remark as far as there is room."""
        line = super().render_line(y)
        remark = self.remark
        room = self.size.width - cell_len(self.value) - 2
        if not remark or room < LEAST:
            return line
        text = f" {clip(remark, room)}"
        style = self.get_component_rich_style("filter-line--remark")
        return Strip([*line.crop(0, self.size.width - cell_len(text)), Segment(text, style)])

    def tell(self) -> None:
        """Have the list made anew when no further key waits: of what is between nobody sees anything."""
        if cast("PipelineApp", self.app).has_more_keys:
            self.set_timer(PAUSE, self.tell)
        else:
            self.post_message(self.Typed(self.value))

    def keep(self) -> None:
        """Keep the filter once it is understood, with the names of owners in whole."""
        if not self.remark:
            typed = self._read().filter
            whole = with_whole_owners(typed, self._board.owners)
            self.post_message(self.Closed(self.value if whole == typed else whole.text))


def type_filter(screen: Screen[Any], query: str, board: Board) -> None:
    """Let a filter be typed above the keys of a screen, beginning with the one in force."""
    line = next(iter(screen.query(FilterLine)), None)
    if line is None:
        line = FilterLine(query, board, id="filter")
        screen.mount(line, before=screen.query_one(KeyBar))
    line.focus()
