"""One prospect's page: everything on record, newest first, with the argument for its verdict."""

from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from review_board.board.explain import page
from review_board.errors import ReviewBoardError
from review_board.judgement.record_text import PageLine
from review_board.tui.bars import Bar, KeyBar
from review_board.tui.footer_keys import footer_keys
from review_board.tui.pipeline_screen import PipelineScreen, ReadingScreen, verdict_keys
from review_board.tui.textfit import plain, plain_lines, wrapped

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.board.index import Entry

LABEL = 13
HANGING = 2
WIDEST = 108
"""Cells of a line: longer ones are tiring to read."""
MARGINS = 3
"""Cells of the padding and the scroll bar."""


class ProspectScreen(ReadingScreen):
    """The page of one prospect; it follows what others change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q", "leave", "Back", id="prospect.back", tooltip="Back to the board"),
        Binding("c", "act('log')", "Contact", id="prospect.log", tooltip="Log a contact"),
        Binding(
            "semicolon",
            "act('line')",
            "Line",
            id="prospect.line",
            tooltip='All of a call in one line: vm "left word" >call fri',
        ),
        Binding("n", "act('note')", "Note", id="prospect.note", tooltip="Write a note"),
        Binding("e", "act('edit')", "Edit", id="prospect.edit", tooltip="Change the plain fields"),
        Binding(
            "x", "act('next_step')", "Next step", id="prospect.step", tooltip="Set what we do next"
        ),
        Binding("u", "undo", "Undo", id="prospect.undo", tooltip="Take back your last change"),
        Binding("question_mark", "app.help", "Help", id="prospect.help", tooltip="All keys"),
        *verdict_keys("prospect"),
        Binding("j,down", "scroll(1)", "Down", id="prospect.down", show=False, tooltip="Scroll"),
        Binding("k,up", "scroll(-1)", "Up", id="prospect.up", show=False, tooltip="Scroll"),
        Binding(
            "pagedown,space",
            "page(1)",
            "Page down",
            id="prospect.pagedown",
            show=False,
            tooltip="Scroll a page",
        ),
        Binding(
            "pageup",
            "page(-1)",
            "Page up",
            id="prospect.pageup",
            show=False,
            tooltip="Scroll a page",
        ),
        Binding("g,home", "top", "Top", id="prospect.top", show=False, tooltip="To the beginning"),
        Binding("G,end", "bottom", "End", id="prospect.end", show=False, tooltip="To the end"),
    ]
    DEFAULT_CSS = """
    ProspectScreen { background: $background; }
    ProspectScreen VerticalScroll { height: 1fr; padding: 0 1; scrollbar-size-vertical: 1; }
    ProspectScreen Static { width: 1fr; max-width: 110; height: auto; }
    """

    def __init__(self, board: "Board", prospect_id: str) -> None:
        super().__init__(board)
        self._board: Board = board
        self._prospect_id = prospect_id

    @property
    def prospect_id(self) -> str:
        """Return whose page it is."""
        return self._prospect_id

    def compose(self) -> ComposeResult:
        """Yield a title, the page, the keys."""
        yield Bar(id="title")
        with VerticalScroll(can_focus=False):
            yield Static(markup=False, id="page")
        yield KeyBar(footer_keys(self))

    def action_decide(self, column: str) -> None:
        """Give a verdict; on a page opened from the card of a review it is given there."""
        below = self.app.screen_stack[-2]
        if (
            isinstance(below, PipelineScreen)
            and below.session_id
            and below.prospect_id == self.prospect_id
        ):
            self.dismiss(None)
            below.call_later(below.action_decide, column)
        else:
            super().action_decide(column)

    def on_mount(self) -> None:
        """Show it."""
        self.redraw()

    def on_resize(self) -> None:
        """Break the lines to another width."""
        self.call_after_refresh(self.redraw)

    def show_changes(self, ids: frozenset[str], *, everything: bool) -> None:
        """Show the page as the record stands now, where it is among them."""
        if self.prospect_id in ids or everything:
            self.redraw()

    def redraw(self) -> None:
        """Show the page as the record stands now."""
        entry = self._board.entry(self.prospect_id)
        shown = self._page()
        bar = self.query_one("#title", Bar)
        if entry is None:
            bar.set(["(gone)"])
        else:
            bar.set([entry.name, entry.company] if entry.company else [entry.name], _where(entry))
        self.query_one("#page", Static).update(shown)

    def _page(self) -> Content:
        try:
            width = min(WIDEST, max(LABEL * 2, self.size.width - MARGINS))
            lines = page(self._board, self.prospect_id, width)
        except ReviewBoardError as error:
            return Content(plain_lines(str(error)))
        return Content("\n").join(line_content(line, width) for line in lines)


def _where(entry: "Entry") -> str:
    """Return ``Active · ann``."""
    place = entry.column.title if entry.column else "Won"
    return " · ".join(part for part in (place, entry.owner) if part)


def line_content(line: PageLine, width: int = WIDEST) -> Content:
    """Return a line of the page, broken to a width with what follows hanging; never read as markup."""
    if line.head:
        return Content.styled(plain(line.text), "bold $accent")
    lines = plain_lines(line.text).split("\n")
    if not line.label:
        return Content("\n".join(wrapped(lines, width, HANGING)))
    text = ("\n" + " " * LABEL).join(wrapped(lines, width - LABEL))
    return Content.assemble((f"{plain(line.label)[: LABEL - 1]:<{LABEL}}", "$quiet"), text)
