"""Shows three lists: what is due, the best use of the next hour, and the open quotes."""

from dataclasses import dataclass
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.content import Content
from textual.timer import Timer

from review_board.board.board import Board
from review_board.board.filters import read_filter, with_partial_owners
from review_board.tasks.lists import (
    BestHour,
    DueLine,
    QuotesOpen,
    TaskData,
    best_hour,
    collect_tasks,
    due_lines,
    open_quotes,
)
from review_board.tui.bars import Bar
from review_board.tui.board.summaries import quick_lookup
from review_board.tui.filter_line import FilterLine, type_filter
from review_board.tui.footer_keys import key_of
from review_board.tui.rows import TOP, Row, Rows, RowsScreen
from review_board.tui.screen_keys import (
    KeyMaker,
    copy_key,
    people_key,
    row_keys,
    verdict_keys,
    won_key,
)
from review_board.tui.tasks.sheets import Sheet, best_sheet, details, due_sheet, quote_sheet
from review_board.tui.tasks.tabs import Tabs

DUE, BEST, QUOTES = range(3)
NAMES = ("Due", "Best hour", "Quotes")
WEEK = 7
AGAIN = 1.0
"""Seconds between two looks while the background is still at work."""


@dataclass(frozen=True, slots=True)
class Lists:
    """The three lists as they stand; only the one that is shown is made into rows."""

    task_data: TaskData
    due: list[DueLine]
    best: BestHour
    quotes: QuotesOpen

    @property
    def names(self) -> list[str]:
        """Return the names on the tabs, with how many each list holds."""
        counts = (len(self.due), self.best.count, self.quotes.count)
        return [f"{name} {count}" for name, count in zip(NAMES, counts, strict=True)]

    def sheet(self, place: int, days: int) -> Sheet:
        """Return one of them, ready to show."""
        if place == DUE:
            return due_sheet(self.due, self.task_data, days)
        if place == BEST:
            return best_sheet(self.best, self.task_data)
        return quote_sheet(self.quotes, self.task_data)


_key = KeyMaker("agenda")


class TasksScreen(RowsScreen[None]):
    """The lists over an open board; made anew after each change, the cursor stays near.

    ``mine`` and ``query`` are those of the board that it was opened from.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("enter", "open", "Open", "open", "Everything on record, and the reasons", show=True),
        _key("c", "act('log')", "Contact", "log", "Log a contact", show=True),
        _key("n", "act('note')", "Note", "note", "Write a note", show=True),
        _key("x", "act('next_step')", "Step", "step", "Set what we do next", show=True),
        _key("tab", "turn(1)", "Lists", "turn", "The list beside", show=True),
        _key("m", "mine", "Mine", "mine", "Only my prospects, or everybody's", show=True),
        _key("escape,q", "leave", "Back", "back", "Back to the board", show=True),
        _key("question_mark", "app.help", "Help", "help", "All keys", show=True),
        _key("w", "ahead", "Week", "week", "What is due within a week, or today only", show=True),
        _key("slash", "filter", "Filter", "filter", "Show only what fits", show=True),
        people_key("agenda"),
        copy_key("agenda"),
        *verdict_keys("agenda"),
        _key("u", "undo", "Undo", "undo", "Take back your last change", show=True),
        _key("semicolon", "act('line')", "Line", "line", "All of a call in one line"),
        _key("e", "act('edit')", "Edit", "edit", "Change the plain fields"),
        won_key("agenda"),
        _key("1,d", "list(0)", "Due", "due", "What is due today or late"),
        _key("2,b", "list(1)", "Best hour", "best", "The best use of the next hour"),
        _key("3,Q", "list(2)", "Quotes", "quotes", "Quotes followed up too seldom"),
        _key("shift+tab", "turn(-1)", "List before", "turn_back", "The list on the other side"),
        _key("U", "app.redo", "Redo", "redo", "Make again what was taken back"),
        *row_keys("agenda"),
    ]
    DEFAULT_CSS = """
    TasksScreen #filter { padding: 0 1; }
    TasksScreen.-tall #rows { margin-top: 1; }
    TasksScreen #detail { min-height: 5; max-height: 8; }
    TasksScreen.-low #detail { display: none; }
    TasksScreen.-high ToastRack, TasksScreen.-tall ToastRack { margin-bottom: 6; }
    """

    def __init__(self, board: Board, at: int = DUE, *, query: str = "", mine: bool = False) -> None:
        super().__init__(board)
        self._board: Board = board
        self._at = at
        self._query = query
        self._mine = mine
        self._days = 0
        self._stale = False
        self._changed: frozenset[str] = frozenset()
        self._left: dict[int, str] = {}
        self._lists: Lists | None = None
        self._again: Timer | None = None

    # Building

    def above(self) -> ComposeResult:
        """Yield the names of the lists."""
        yield Tabs(id="tabs")

    def on_mount(self) -> None:
        """Show the lists, as far as they are known."""
        self._again = self.set_interval(AGAIN, self._look_again, pause=True)
        self.remake()

    def show_changes(self, ids: frozenset[str], *, everything: bool) -> None:
        """Make the lists anew, now or once they are seen again."""
        self._stale = True
        self._changed |= ids
        if self.is_current:
            self.call_later(self._freshen)

    def on_screen_resume(self) -> None:
        """Make the lists anew after a page or a form: it may be another day, too."""
        if self._lists:
            self._stale = True
            self._freshen()

    def _freshen(self) -> None:
        if self._stale:
            self.remake()

    def _look_again(self) -> None:
        """Take in what the background has read; never between two keys, which would wait for it."""
        if self.board_app.is_quiet:
            self.remake()

    def remake(self) -> None:
        """Make the lists of what is known now; while something is missing, look again soon."""
        self._stale = False
        task_data = self._gathered()
        self._lists = Lists(
            task_data,
            due_lines(task_data, self._days),
            best_hour(task_data),
            open_quotes(task_data),
        )
        if self._again:
            if task_data.unread:
                self._again.resume()
            else:
                self._again.pause()
        self._show(self._lists, changed=self._changed)
        self._changed = frozenset()

    def _gathered(self) -> TaskData:
        board = self._board
        wanted = read_filter(self._query, board.settings.currency, board.today.day).filter
        if self.query("#filter"):
            wanted = with_partial_owners(wanted, board.owners)
        return collect_tasks(
            board, wanted, mine=board.by if self._mine else "", look=quick_lookup(board)
        )

    def _show(self, lists: Lists, near: str = "", changed: frozenset[str] = frozenset()) -> None:
        unread = lists.task_data.unread
        sheet = lists.sheet(self._at, self._days)
        asides = [f"reading {unread:,} more…"] if unread else []
        asides += (
            [lists.task_data.day_off] if lists.task_data.day_off and self._at != QUOTES else []
        )
        asides += ["mine"] if self._mine else []
        asides += [f"/{self._query}"] if self._query.strip() else []
        self.query_one("#title", Bar).set(
            [sheet.name, *filter(None, sheet.summary)], " · ".join(asides)
        )
        self.query_one("#tabs", Tabs).show(lists.names, self._at)
        empty = self._why_empty(sheet, lists.task_data)
        self.rows.show(sheet.cols, sheet.rows, empty, near, changed)

    def _why_empty(self, sheet: Sheet, task_data: TaskData) -> tuple[str, ...]:
        """Return why there is nothing, and what to do."""
        if task_data.unread:
            return ("Reading the records…",)
        mine, filters = (key_of(self, f"agenda.{name}") for name in ("mine", "filter"))
        hidden = [f"{mine} shows everybody's prospects"] if self._mine else []
        hidden += [f"{filters} changes the filter"] if self._query.strip() else []
        if task_data.fits_nobody:
            whose = "None of your prospects" if self._mine else "No prospect on the board"
            return (f"{whose} fits {task_data.filter_text}.", *(f"{why}." for why in hidden))
        return (*filter(None, sheet.empty), *(f"{why}." for why in hidden))

    def detail(self, row: Row) -> list[Content]:
        """Return what is known of the prospect of the row."""
        return details(self._board, row)

    # Going

    def action_list(self, place: int) -> None:
        """Show one of the lists, the cursor where it stood there, at first at the top."""
        if place == self._at:
            return
        row = self.rows.row
        self._left[self._at] = row.key if row else ""
        self._at = place
        if self._lists:
            self._show(self._lists, self._left.get(place) or TOP)

    def action_turn(self, count: int) -> None:
        """Show the list beside."""
        self.action_list((self._at + count) % len(NAMES))

    @on(Tabs.TabClicked)
    def _go_to_tab(self, event: Tabs.TabClicked) -> None:
        self.action_list(event.place)

    # Doing

    @on(Rows.RowOpened)
    def action_open(self) -> None:
        """Open the prospect's page."""
        if prospect_id := self.prospect_here():
            self.board_app.open_prospect(prospect_id)

    def action_mine(self) -> None:
        """Show only mine, or everybody's."""
        self._mine = not self._mine
        if self._mine:
            self.tell_of_name()
        self.remake()

    def action_ahead(self) -> None:
        """Show what is due a week ahead, or today only; from another list, a week."""
        self._days = 0 if self._days and self._at == DUE else WEEK
        self.action_list(DUE)
        self.remake()

    def prospect_here(self) -> str | None:
        """Return the prospect under the cursor; without one the user is told."""
        if self.prospect_id is None:
            self.notify("There is nobody in this list")
        return self.prospect_id

    # Filtering

    def action_filter(self) -> None:
        """Type a filter; the lists follow each key."""
        type_filter(self, self._query, self._board)

    @on(FilterLine.Typed)
    def _follow_the_filter(self, event: FilterLine.Typed) -> None:
        if event.query != self._query:
            self._query = event.query
            self.remake()

    @on(FilterLine.Closed)
    async def _leave_the_filter(self, event: FilterLine.Closed) -> None:
        await self.query("#filter").remove()
        self._query = event.query
        self.remake()
