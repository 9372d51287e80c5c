"""The filter at the foot of the board: the board follows every key."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.widgets import Input

from review_board.tui.dialogs.line_input import LineInput


class FilterLine(LineInput):
    """Words to look for; enter keeps them, esc forgets them."""

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

    def __init__(self, query: str, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(
            query, hint="name, company, owner or tag · enter keeps · esc clears", id=id
        )

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.FilterTyped(event.value))

    @on(Input.Submitted)
    def _keep(self, event: Input.Submitted) -> None:
        event.stop()
        self.post_message(self.FilterClosed())

    def action_forget(self) -> None:
        """Show everything again."""
        self.post_message(self.FilterTyped(""))
        self.post_message(self.FilterClosed())
