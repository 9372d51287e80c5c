"""The end of a review: what it came to."""

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from review_board.review import Summary
from review_board.tui.bars import Bar, KeyBar
from review_board.tui.keys import footer_keys
from review_board.tui.prospect_screen import line_content
from review_board.tui.review.summary_text import summary_lines


class SummaryScreen(Screen[None]):
    """The summary; any of enter, q and esc leaves it."""

    AUTO_FOCUS = ""
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,q,escape", "leave", "Done", id="summary.leave", tooltip="Back to the board"),
        Binding("question_mark", "app.help", "Help", id="summary.help", tooltip="All keys"),
        Binding("j,down", "scroll(1)", "Down", id="summary.down", show=False, tooltip="Scroll"),
        Binding("k,up", "scroll(-1)", "Up", id="summary.up", show=False, tooltip="Scroll"),
    ]
    DEFAULT_CSS = """
    SummaryScreen { background: $background; }
    SummaryScreen VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    SummaryScreen Static { width: 1fr; max-width: 110; height: auto; }
    """

    def __init__(self, summary: Summary) -> None:
        super().__init__()
        self._summary = summary

    def compose(self) -> ComposeResult:
        """Title, text, keys."""
        yield Bar(id="title")
        with VerticalScroll(can_focus=False):
            lines = [line_content(line) for line in summary_lines(self._summary)]
            yield Static(Content("\n").join(lines), markup=False)
        yield KeyBar(footer_keys(self))

    def on_mount(self) -> None:
        """Say where we are."""
        self.query_one("#title", Bar).set(["Review over", f"{self._summary.decided} settled"])

    def action_leave(self) -> None:
        """Back to the board."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """A few lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines * 2, animate=False)
