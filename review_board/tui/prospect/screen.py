"""One prospect's page: the facts with the advice, and the timeline, beside each other where it is wide."""

from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.reactive import Reactive
from textual.widgets import Static

from review_board.board.board import Board
from review_board.board.past_changes import past_changes
from review_board.errors import ReviewBoardError
from review_board.judgement.event_text import TimelineEvent, events_of, with_changes
from review_board.tui.bars import Bar, KeyBar
from review_board.tui.footer_keys import footer_keys, key_of
from review_board.tui.pipeline_screen import PipelineScreen, ReadingScreen
from review_board.tui.prospect.facts import facts, head
from review_board.tui.prospect.find import FindLine, FoundLine
from review_board.tui.prospect.timeline import KINDS, TimelineText, kinds_shown, timeline_text
from review_board.tui.screen_keys import KeyMaker, copy_key, people_key, verdict_keys, won_key
from review_board.tui.textfit import plain_lines

WIDEST = 108
"""Cells of a line: longer ones are tiring to read."""
MARGINS = 3
"""Cells of the padding and the scroll bar of a pane."""
LEAST = 24
BESIDE = 140
"""Columns from which the timeline stands beside the facts."""


_key = KeyMaker("prospect")


class PageHead(Bar):
    """The first line of the page: who it is on the left, whom to call on the right."""

    head = Reactive(
        (Content(), Content()), always_update=True
    )  # the same text may have other colours
    """What stands left and right; without room for both the left one stands alone."""

    def render(self) -> Content:
        """Return both, as far as there is room."""
        room, (left, right) = self.size.width - 2, self.head
        free = room - left.cell_length - right.cell_length
        if free < 2:
            return Content(" ") + left.truncate(max(0, room), ellipsis=True)
        return Content(" ") + left + Content(" " * free) + right


class ProspectScreen(ReadingScreen):
    """The page of one prospect; it follows what others change."""

    HORIZONTAL_BREAKPOINTS = [(0, "-stacked"), (BESIDE, "-beside")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("escape,q", "leave", "Back", "back", "Back to the board", show=True),
        _key("c", "act('log')", "Contact", "log", "Log a contact", show=True),
        _key("e", "act('edit')", "Edit", "edit", "Change the plain fields", show=True),
        *verdict_keys("prospect"),
        _key("question_mark", "app.help", "Help", "help", "All keys", show=True),
        _key("n", "act('note')", "Note", "note", "Write a note", show=True),
        people_key("prospect", show=True),
        _key("f", "limit", "Filter", "limit", "Only contacts, notes, verdicts or changes", show=True),
        _key("slash", "find", "Find", "find", "Find words in the timeline", show=True),
        _key("u", "undo", "Undo", "undo", "Take back your last change", show=True),
        copy_key("prospect", show=True),
        _key("x", "act('next_step')", "Next step", "step", "Set what we do next", show=True),
        won_key("prospect"),
        _key("semicolon", "act('line')", "Line", "line", 'All of a call in one line: vm "left word" >call fri', show=True),
        _key("t", "timeline", "Timeline", "timeline", "To the timeline, the newest first", show=True),
        _key("i", "details", "Limits", "details", "Show or hide the rule and its limits", show=True),
        _key("tab", "other_pane", "Other side", "pane", "Scroll the facts or the timeline"),
        _key("j,down", "scroll(1)", "Down", "down", "Scroll"),
        _key("k,up", "scroll(-1)", "Up", "up", "Scroll"),
        _key("pagedown,space", "page(1)", "Page down", "pagedown", "Scroll a page"),
        _key("pageup", "page(-1)", "Page up", "pageup", "Scroll a page"),
        _key("g,home", "top", "Top", "top", "To the beginning"),
        _key("G,end", "bottom", "End", "end", "To the end"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ProspectScreen #page { height: 1fr; scrollbar-size-vertical: 1; }
    ProspectScreen .pane { padding: 1 1 0 1; scrollbar-size-vertical: 1; }
    ProspectScreen .pane Static { width: 1fr; height: auto; }
    ProspectScreen.-stacked .pane { height: auto; overflow: hidden; }
    ProspectScreen.-beside #page { layout: horizontal; overflow: hidden; }
    ProspectScreen.-beside .pane { height: 1fr; width: 1fr; }
    ProspectScreen.-beside #record { border-left: vkey $rule; }
    """

    def __init__(self, board: Board, prospect_id: str) -> None:
        super().__init__(board)
        self._board: Board = board
        self._prospect_id = prospect_id
        self._full = False
        self._kind = 0
        self._words = ""
        self._place = 0
        self._in_use = "facts-pane"
        self._changed: list[TimelineEvent] = []  # from the ledger, as soon as it is read
        self._is_told = False

    @property
    def prospect_id(self) -> str:
        """Return whose page it is."""
        return self._prospect_id

    def compose(self) -> ComposeResult:
        """Yield the head, the facts, the timeline, the keys."""
        yield PageHead(id="title")
        with VerticalScroll(id="page", can_focus=False):
            with VerticalScroll(id="facts-pane", classes="pane", can_focus=False):
                yield Static(markup=False, id="facts")
            with VerticalScroll(id="record", classes="pane", can_focus=False):
                yield Static(markup=False, id="kinds")
                yield Static(markup=False, id="timeline")
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
        self._read_changes()

    def on_resize(self) -> None:
        """Break the lines to another width."""
        self.call_after_refresh(self.redraw)

    def show_changes(self, ids: frozenset[str], *, everything: bool) -> None:
        """Show the page as the record stands now, where it is among them."""
        if self.prospect_id in ids or everything:
            self.redraw()
            self.call_later(self._read_changes)  # behind the change itself, which is stored next

    # Drawing

    def redraw(self) -> None:
        """Show the page as the record stands now."""
        board, prospect_id = self._board, self.prospect_id
        try:
            self.query_one("#title", PageHead).head = head(board, prospect_id)
            shown = facts(board, prospect_id, self._room, full=self._full)
        except ReviewBoardError as error:
            self.query_one("#title", PageHead).head = Content("(gone)"), Content()
            self._set("facts", Content(plain_lines(str(error))))
            self._set("kinds", Content())
            self._set("timeline", Content())
            return
        self._set("facts", shown)
        self.redraw_timeline()

    def redraw_timeline(self) -> TimelineText:
        """Show the timeline with the filter and the words in use."""
        kind = KINDS[self._kind]
        shown = timeline_text(
            self._events(), self._room, kind=kind, words=self._words, place=self._place
        )
        self._set("kinds", kinds_shown(kind, key_of(self, "prospect.limit")))
        self._set("timeline", shown.content)
        return shown

    def _events(self) -> list[TimelineEvent]:
        """Return what the record tells, and with it what the ledger does once that was read."""
        board = self._board
        told = events_of(board.prospect(self.prospect_id), board.today, board.settings)
        return with_changes(told, self._changed)

    def _read_changes(self) -> None:
        """Have the moves and the changed fields read from the ledger, beside the screen.

        A ledger that cannot be read is told of once.
        """
        board, prospect_id, today = self._board, self.prospect_id, self._board.today

        def show(found: list[TimelineEvent]) -> None:
            is_news, self._changed = found != self._changed, found
            if is_news and self.is_attached:
                self.redraw_timeline()

        board.runner.run(
            lambda: [*past_changes(board.history(prospect_id), prospect_id, today)],
            show,
            self._tell_of_ledger,
        )

    def _tell_of_ledger(self, error: ReviewBoardError) -> None:
        if not self._is_told:
            self.notify(str(error), severity="warning")
        self._is_told = True

    def _set(self, part: str, content: Content) -> None:
        self.query_one(f"#{part}", Static).update(content)

    @property
    def _is_beside(self) -> bool:
        return self.app.size.width >= BESIDE

    @property
    def _room(self) -> int:
        """Return the cells of a line in a pane."""
        width = self.app.size.width
        pane = width // 2 - MARGINS - 1 if self._is_beside else width - MARGINS
        return max(LEAST, min(WIDEST, pane))

    # Scrolling

    @property
    def scroller(self) -> VerticalScroll:
        """Return what the keys scroll: the page, or where it is wide one of its sides."""
        return self.query_one(f"#{self._in_use if self._is_beside else 'page'}", VerticalScroll)

    def action_other_pane(self) -> None:
        """Scroll the other side from now on."""
        self._in_use = "record" if self._in_use == "facts-pane" else "facts-pane"

    def action_timeline(self) -> None:
        """Go to the timeline."""
        self._go_to_line(0)

    def _go_to_line(self, line: int) -> None:
        """Bring a line of the timeline into sight, the third from the top."""
        self._in_use = "record"
        text = self.query_one("#timeline", Static)
        offset = text.virtual_region.y - 2
        if not self._is_beside:
            offset += self.query_one("#record").virtual_region.y
        self.scroller.scroll_to(y=max(0, offset + line), animate=False)

    def action_details(self) -> None:
        """Show the limits, the rule and the guards as well, or no longer."""
        self._full = not self._full
        self.redraw()

    # Filter and search

    def action_limit(self) -> None:
        """Limit the timeline to the next kind."""
        self._kind = (self._kind + 1) % len(KINDS)
        self.redraw_timeline()
        self.call_after_refresh(self._go_to_line, 0)

    def action_find(self) -> None:
        """Ask for words to find in the timeline."""
        self.query(FoundLine).remove()
        if not self.query(FindLine):
            line = FindLine(self._words, long=True, id="find")
            self.mount(line, before=self.query_one(KeyBar))
            line.focus()

    @on(FindLine.Typed)
    def _find(self, event: FindLine.Typed) -> None:
        self._words = event.query
        self._show_found(0)

    @on(FindLine.Closed)
    def _go_through(self, event: FindLine.Closed) -> None:
        self._words = event.query
        self.query(FindLine).remove()
        if event.query:
            line = FoundLine(markup=False, id="found")
            self.mount(line, before=self.query_one(KeyBar))
            line.focus()
            self.call_after_refresh(self._show_found, 0)
        else:
            self.redraw_timeline()

    @on(FoundLine.Gone)
    def _go_on(self, event: FoundLine.Gone) -> None:
        if event.step:
            self._show_found(self._place + event.step)
        else:
            self._words = ""
            self.query(FoundLine).remove()
            self.redraw_timeline()

    def _show_found(self, place: int) -> None:
        """Show the place with the words that is asked for; after the last one comes the first."""
        self._place = place
        found = self.redraw_timeline().found
        if found and not 0 <= place < len(found):
            self._place = place % len(found)
            self.redraw_timeline()
        if found:
            self.call_after_refresh(self._go_to_line, found[self._place])
        for line in self.query(FoundLine):
            kind = KINDS[self._kind]
            among = f" among the {kind}" if kind else ""
            line.show(self._words, self._place, len(found), among)
