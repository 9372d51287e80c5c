"""The filter at the foot of a list: the list follows every key."""

from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.strip import Strip
from textual.widgets import Input

from review_board.board.filters import read_filter
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.fitting import clip
from review_board.tui.keys import with_keys

HINT = "words, owner:ann, value>10k, due:yes, -tag:x · enter keeps · {filter.clear:esc} clears"
LEAST = 12
"""Cells that a remark needs to be worth showing."""


class FilterLine(LineInput):
    """What to look for; enter keeps it, esc forgets it.

    What is not finished or not understood is said at the right end of the line, and enter waits
    until it is; ``currency`` is that of amounts without one.
    """

    COMPONENT_CLASSES: ClassVar[set[str]] = {"filter-line--remark"}
    DEFAULT_CSS = """
    FilterLine { .filter-line--remark { color: $warning; background: $panel; } }
    """
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "forget", "Clear", id="filter.clear", tooltip="Show everything again"),
    ]

    @dataclass
    class FilterTyped(Message):
        """The words changed."""

        query: str

    @dataclass
    class FilterClosed(Message):
        """The line is done with."""

    def __init__(self, query: str, currency: str = "USD", *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(query, id=id)
        self._currency = currency

    def on_mount(self) -> None:
        """The keys are known once it is part of an app."""
        self.placeholder = with_keys(self.app, HINT)

    @property
    def remark(self) -> str:
        """What is missing or not understood; empty when all is well."""
        return str(read_filter(self.value, self._currency).problem or "")

    def render_line(self, y: int) -> Strip:
        """The text, and behind it the remark as far as there is room."""
        line = super().render_line(y)
        remark = self.remark
        room = self.size.width - cell_len(self.value) - 2
        if not remark or room < LEAST:
            return line
        text = f" {clip(remark, room)}"
        style = self.get_component_rich_style("filter-line--remark")
        return Strip([*line.crop(0, self.size.width - cell_len(text)), Segment(text, style)])

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.FilterTyped(event.value))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        if not self.remark:
            self.post_message(self.FilterClosed())

    def action_forget(self) -> None:
        """Show everything again."""
        self.post_message(self.FilterTyped(""))
        self.post_message(self.FilterClosed())
