"""The board: four columns, one cursor, and the keys that change what stands under it."""

from collections.abc import Collection
from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.css.scalar import Scalar
from textual.widget import Widget

from review_board.pipeline.vocabulary import Column as ColumnName
from review_board.tui.bars import Bar, KeyBar
from review_board.tui.board.cards import BoardCard, ColumnHead
from review_board.tui.board.column import LIST, ColumnView
from review_board.tui.board.detail_pane import ROOM, DetailPane, pane_width
from review_board.tui.board.header import HeaderLine
from review_board.tui.board.keys import BOARD_KEYS, IN_DETAILS, ON_EMPTY, WITH_MARKS, WITHOUT_CARD
from review_board.tui.board.other_screens import OtherScreens
from review_board.tui.board.view import MarkedRange
from review_board.tui.footer_keys import footer_keys, key_of
from review_board.wording import plural

if TYPE_CHECKING:
    from review_board.board.events import Event
    from review_board.board.views import View
    from review_board.tui.app_protocol import PipelineApp
    from review_board.tui.board.empty_card import EmptyCard
    from review_board.tui.board.view import BoardView, OwedCounts
    from review_board.tui.filter_line import QueryLine

NAMES = tuple(ColumnName)
ALONE, FOUR = 48, 120
"""Cells of the board below which the column in use stands alone, and from which all are alike.

In between the one in use is wide, and the others are narrow lists beside it.
"""
BLANK = 0.15
"""Seconds at most that the first cards are waited for before the empty board is shown."""
SHARES = ("5fr", "5fr", "4fr", "4fr")
"""What each column takes of the width where all are alike; of Active and Callback more is read."""
LEAST = (0, 12, 0, 0)
"""Cells of each as a list at least: the longest name and its count stand above it."""


class BoardScreen(OtherScreens):
    """The board. It is drawn empty at first and filled by ``show_pipeline`` once the pipeline is open."""

    BINDINGS: ClassVar[list[BindingType]] = BOARD_KEYS
    DEFAULT_CSS = """
    BoardScreen #columns { height: 1fr; width: 1fr; layers: base card; align: center middle; }
    BoardScreen #banner { display: none; }
    BoardScreen #filter { padding: 0 1; }
    """

    def __init__(self, title: str, *, detail: bool = True) -> None:
        super().__init__()
        self._title = title
        self._detail = detail
        self._is_empty = False
        self._at = 0
        self._range: MarkedRange | None = None
        self._owed: OwedCounts | None = None
        self._due: int | None = None
        self._invited = ""
        self._columns = [
            ColumnView(self._card, ColumnHead(name.title, None, None), self._has_line_between)
            for name in NAMES
        ]
        self._pane = DetailPane(id="detail")

    # Building

    def compose(self) -> ComposeResult:
        """Yield title, banner, columns, keys."""
        yield HeaderLine(id="title")
        yield Bar(id="banner", classes="banner")
        with Horizontal(id="columns"):
            yield from self._columns
            yield self._pane
        yield KeyBar(footer_keys(self), id="keys")

    def on_mount(self) -> None:
        """Show the empty board."""
        self.query_one("#title", HeaderLine).set([(self._title, "name"), ("opening…", "quiet")])
        self._columns[0].here = True
        self._fit()  # before the first layout, so that the screen is painted but once

    def begin_painting(self) -> None:
        """Wait for the cards first: where they come at once, the empty board is never seen."""
        self._blank = self.set_timer(BLANK, super().begin_painting)

    def show_pipeline(self, view: "BoardView", title: str) -> None:
        """Show an open pipeline, perhaps in place of another."""
        self._blank.stop()
        self._opening.let_go()
        self.query("#filter").remove()
        self._title, self._owed, self._due = title, None, None
        self._view = view
        self.show_banner()
        self._redraw_from_the_top(self._columns)

    def show_banner(self, *more: str) -> None:
        """Show in the banner why nothing can be changed, and what is odd about the file, newest first."""
        board = self.board
        if board is None:
            return
        reason = None if board.trouble.parts else board.read_only
        notices = [f"READ-ONLY: {reason}"] if reason else []
        self._invited = self._invitation
        if self._invited:
            notices.append(self._invited)
        notices += dict.fromkeys((*more, *board.notices))
        banner = self.query_one("#banner", Bar)
        banner.set(notices)
        _display(banner, shown=bool(notices))

    def on_board_event(self, event: "Event") -> bool:
        """Show what changed, and whether a pair review began, was left or ended."""
        if self._invitation != self._invited:
            self.show_banner()
        return super().on_board_event(event)

    @property
    def _invitation(self) -> str:
        return self.board_app.invitation(key_of(self, "board.pair"))

    @property
    def prospect_id(self) -> str | None:
        """Return the prospect that the cursor is on."""
        return self.here.card_id

    @property
    def here(self) -> ColumnView:
        """Return the column that keys go to."""
        return self._columns[self._at]

    # Drawing

    def redraw(self, touched: Collection[str] | None = None) -> None:
        """Redraw from the view; cursors stay on their cards. ``touched`` look different, or all do."""
        if (view := self._view) is None:
            return
        for name, column in zip(NAMES, self._columns, strict=True):
            ids = view.ids(name)
            column.show(ids, view.head(name, ids), touched)
        if view.only_won:
            self._go_to_column(0)
        shown = sum(column.count for column in self._columns)
        said = view.nothing_fits(shown, key_of(self, "board.clear"))
        for column in self._columns:
            column.remark = said
        self.redraw_title()
        self._follow_cursor()
        self._offer_beginnings(is_empty=not view.board.index.entries)

    def _offer_beginnings(self, *, is_empty: bool) -> None:
        """Show on an empty board how to begin, and no longer once it is not."""
        if bool(self.query("#beginnings")) == is_empty:
            return
        self._is_empty = is_empty
        self._arrange()
        if is_empty:
            from review_board.tui.board.empty_card import EmptyCard

            self.query_one("#columns").mount(EmptyCard(id="beginnings"))
        else:
            self.query("#beginnings").remove()

    def on_screen_suspend(self) -> None:
        """Take the ways to begin away while a dialog is open: it would stand before them."""
        self.query("#beginnings").set(visible=False)

    def on_screen_resume(self) -> None:
        """Offer them again."""
        self.query("#beginnings").set(visible=True)

    def redraw_title(self) -> None:
        """Redraw the title line."""
        if self._view:
            waiting = self._view.waiting_words(self._owed, self._due)
            needed = 1 + len(self._view.lenses())
            for header in self.query("#title").results(HeaderLine):  # none once the app is leaving
                header.set(self._view.header_words(self._title), waiting, needed)
            self._redraw_keys()

    def _redraw_keys(self) -> None:
        """Show below the board the keys that count just now."""
        now = None
        if self._pane.entered:
            now = IN_DETAILS
        elif self._view and self._view.marked:
            now = WITH_MARKS
        elif self._view and not self._view.board.index.entries:
            now = ON_EMPTY
        elif self._view and self.here.card_id is None:
            now = {key: "" for key in WITHOUT_CARD if self._view.filtered or key != "board.clear"}
        for keys in self.query("#keys").results(KeyBar):
            keys.show(footer_keys(self, now))

    def show_changes(self, ids: frozenset[str], *, everything: bool) -> None:
        """Show these cards as they are now."""
        if everything:
            self.start_over()
        elif self._view:
            self._view.forget(ids)
            self.redraw(ids)

    def start_over(self) -> None:
        """Show every card anew: others changed the file, or it is a new day."""
        if self._view:
            self._view.forget_all()
            self.redraw()

    def set_counts(self, owed: "OwedCounts | None", due: int | None) -> None:
        """Show how many we owe something, and how many are due for review; ``None`` is not known."""
        if (owed, due) != (self._owed, self._due):
            self._owed, self._due = owed, due
            self.redraw_title()
        if self._view and self._view.unread:
            self._redraw_from_the_top([column for column in self._columns if column.at_top])

    def _redraw_from_the_top(self, columns: Collection[ColumnView]) -> None:
        """Redraw in another order: these columns show what comes first, but for the one in use."""
        self.redraw()
        for column in columns:
            if column is not self.here:
                column.go_to(0)
        self._go_where_cards_are()

    def on_resize(self) -> None:
        """Give everything the room that there is."""
        self._fit()
        for card in self.query("#beginnings"):
            cast("EmptyCard", card).fit()

    def _fit(self) -> None:
        self._arrange()
        _display(self.query_one("#keys"), shown=self.app.size.height > 4)

    def _arrange(self) -> None:
        """Give the column in use the room, where there is none for four."""
        terminal = self.app.size.width
        has_pane = self._detail and terminal >= ROOM and not self._is_empty
        self._pane.styles.width = pane_width(terminal)
        _display(self._pane, shown=has_pane)
        width = self._board_width
        for place, column in enumerate(self._columns):
            is_here = place == self._at
            _display(column, shown=is_here or width >= ALONE)
            share = SHARES[place] if width >= FOUR else "1fr"
            narrow = min(LIST, max(width * 3 // 16, LEAST[place]))
            is_shared = is_here or width >= FOUR
            wanted = Scalar.parse(share) if is_shared else Scalar.from_number(narrow)
            if column.styles.width != wanted:
                column.styles.width = wanted
        self._enter(entered=self._pane.entered and self._pane.display)
        self._follow_cursor()

    @property
    def _board_width(self) -> int:
        """Return the cells that the columns have, beside the pane where that is shown."""
        terminal = self.app.size.width
        return terminal - pane_width(terminal) * self._pane.display

    def _card(self, card_id: str) -> BoardCard:
        return cast("BoardView", self._view).card(card_id)

    def _has_line_between(self, before: str, after: str) -> bool:
        return cast("BoardView", self._view).has_line_between(before, after)

    # The card in use, beside the board

    def action_detail(self) -> None:
        """Show the card in use beside the board, or no longer; that is remembered."""
        app = self.board_app
        if self.app.size.width < ROOM:
            self.notify(f"{key_of(self, 'board.open')} opens the page; details need {ROOM} columns")
            return
        shown = self._detail = not self._detail
        self._arrange()
        if (board := self.board) and (keep := app.detail_keeper):
            board.runner.run(
                partial(keep, shown), lambda _: None, lambda error: self.notify(str(error))
            )

    def _follow_cursor(self) -> None:
        """Show the card in use as soon as the cursor has rested."""
        if self._view and self._view.is_judging:
            self._pane.follow(self._view.board, self.here.card_id)

    def action_pane(self) -> None:
        """Let the keys scroll what is shown beside the board, or go back to the cards."""
        if not self._pane.display:
            self.action_detail()
        self._enter(entered=self._pane.display and not self._pane.entered)

    def _enter(self, *, entered: bool) -> None:
        if entered != self._pane.entered:
            self._pane.enter(entered=entered)
            self.here.leave(left=entered)
            self._redraw_keys()

    # Going

    def action_step_down(self, count: int) -> None:
        """Move the cursor up or down, or what the pane shows once it is entered."""
        if self._pane.entered:
            self._pane.scroll_lines(count)
            return
        self.here.step(count)
        self._extend_range()
        self._follow_cursor()

    def action_pages(self, count: int) -> None:
        """Move a page up or down."""
        page = self._pane.size.height if self._pane.entered else self.here.page
        self.action_step_down(count * page)

    def action_across(self, count: int) -> None:
        """Go to the column beside, at the same height; the pane comes after the last one."""
        if self._pane.entered:
            self._enter(entered=count > 0)
        elif self._at + count == len(NAMES):
            self._enter(entered=self._pane.display)
        else:
            self._go_to_column(self._at + count, level=True)

    def action_column(self, place: int) -> None:
        """Go to a column by its number."""
        self._go_to_column(place)

    def go_to_card(self, card_id: str) -> bool:
        """Move the cursor to a card, wherever it is; return false when the filter hides it."""
        for place, column in enumerate(self._columns):
            if column.go_to_card(card_id):
                self._go_to_column(place)
                self._follow_cursor()
                return True
        return False

    def _go_to_column(self, place: int, *, level: bool = False) -> None:
        self._enter(entered=False)
        place = max(0, min(place, len(NAMES) - 1))
        if place == self._at:
            return
        line = self.here.line
        self.here.here = False
        self._at = place
        if level:
            self.here.go_level(line)
        self.here.here = True
        if self._board_width < FOUR:
            self._arrange()
        self._redraw_keys()
        self._follow_cursor()

    @on(ColumnView.CardHighlighted)
    def _follow_the_mouse(self, event: ColumnView.CardHighlighted) -> None:
        self._go_to_column(self._columns.index(event.column))
        self._follow_cursor()

    # Doing

    @on(ColumnView.CardOpened)
    def action_open(self) -> None:
        """Open the prospect's page."""
        if card_id := self.prospect_here():
            self.board_app.open_prospect(card_id)

    def action_line(self) -> None:
        """Open the after-call line, about the card under the cursor unless it names somebody."""
        if self._ready():
            self.start(self.prospect_actions.line(self.here.card_id))

    def action_add(self) -> None:
        """Add a prospect."""
        if self._ready():
            self.start(self._add())

    async def _add(self) -> None:
        added = await self.prospect_actions.add()
        if added and not self.go_to_card(added):
            self.notify("Added; the filter hides it")

    def action_move(self, count: int) -> None:
        """Move the card, or all marked cards, one column left or right; reopen what was won."""
        view, card_id = self._view, self.prospect_here()
        if view is None or card_id is None:
            return
        to = 0 if view.only_won else self._at + count
        if not 0 <= to < len(NAMES):
            edge = "first" if count < 0 else "last"
            self.notify(f"{NAMES[self._at].title} is the {edge} column")
            return
        ids = [i for i in view.ids(NAMES[self._at]) if i in view.marked]
        if ids or self.one_here():
            ids = ids or [card_id]
            self.act_together(lambda actions, ids: actions.move(ids, NAMES[to]), ids)

    def ids_here(self) -> list[str]:
        """Return the marked cards that are shown, else the card under the cursor."""
        view = self._view
        marked = [i for name in NAMES for i in view.ids(name) if i in view.marked] if view else []
        return marked or super().ids_here()

    def one_here(self) -> str | None:
        """Return the card under the cursor, unless others are marked: they might be meant."""
        here = self.prospect_here()
        others = set(self.ids_here()) - {here} if here else ()
        if others:
            marked = plural(len(others), "1 other card is", f"{len(others):,} other cards are")
            unmark = key_of(self, "board.clear")
            self.notify(f"{marked} marked, and this is for one: {unmark} unmarks")
        return None if others else here

    def acted(self) -> None:
        """Take the marks away."""
        self._range = None
        if self._view and self._view.marked:
            self._view.unmark_all()
            self.redraw()

    def action_mark(self) -> None:
        """Mark the card, or no longer, and go on."""
        view, card_id = self._view, self.prospect_here()
        if view and card_id:
            view.toggle_mark(card_id)
            self.here.redraw(card_id)
            self.here.step(1)
            self.redraw_title()
            self._follow_cursor()

    def action_range(self) -> None:
        """Begin to mark every card that the cursor comes to, or end that."""
        view, card_id = self._view, self.prospect_here()
        if view is None or card_id is None:
            return
        if self._range:
            self._range = None
            return
        self._range = MarkedRange(self._at, card_id, frozenset(view.marked))
        self._extend_range()
        ends = key_of(self, "board.range")
        self.notify(f"Move to mark a range; {ends} ends it")

    def _extend_range(self) -> None:
        """Mark what lies between the card where the range began and the cursor."""
        view, began, here = self._view, self._range, self.here.card_id
        if view is None or began is None or here is None:
            return
        if began.column != self._at:
            self._range = None
            return
        self._mark(view.mark_only(began.marks(view.ids(NAMES[self._at]), here)))

    def action_mark_all(self) -> None:
        """Mark every card that is shown, or none where all are marked."""
        if view := self._ready():
            self._range = None
            shown = {card_id for name in NAMES for card_id in view.ids(name)}
            self._mark(view.mark_only(() if shown <= view.marked else shown | view.marked))

    def action_merge(self) -> None:
        """Merge the two marked prospects; without marks show the pairs that may be one."""
        view = self._ready()
        if view and view.marked:
            self.act_together(lambda actions, ids: actions.merge(ids), self.ids_here())
        elif view:
            from review_board.tui.board.duplicates_screen import DuplicatesScreen

            self.app.push_screen(DuplicatesScreen(view.board))

    def _mark(self, changed: frozenset[str]) -> None:
        """Show which cards are marked now."""
        for column in self._columns:
            for card_id in changed & set(column.visible_ids):
                column.redraw(card_id)
        self.redraw_title()

    def action_mine(self) -> None:
        """Show only mine, or everybody's."""
        if (view := self._view) is None:
            return
        board, app = view.board, self.board_app
        owners = board.owners() - {""}
        is_known = board.by in owners or board.by == board.settings.my_name
        if not view.mine and app.pipelines and owners and not is_known:
            self.begin(self._become_somebody(app))
        else:
            self._show_mine(mine=not view.mine)

    async def _become_somebody(self, app: "PipelineApp") -> None:
        """Ask who this person is, as nothing here is theirs, and then show only what is."""
        from review_board.tui.who_am_i import ask_who

        if await ask_who(app):
            self._show_mine(mine=True)

    def _show_mine(self, *, mine: bool) -> None:
        """Show only mine or everybody's; where nothing is mine say so, and how one rep's are shown."""
        from review_board.board.filters import owned_by  # too heavy for the first cards

        if (view := self._view) is None:
            return
        owners = view.board.owners() - {""}
        if mine and owners and view.board.by not in owners:
            rep, key = owned_by(min(owners, key=str.casefold)).text, key_of(self, "board.filter")
            self.notify(f"No card here is {view.board.by}'s; {key} {rep} shows one rep's")
            return
        view.mine = mine
        self.redraw()
        self._go_where_cards_are()
        if mine and not any(column.card_id for column in self._columns):
            key = key_of(self, "board.mine")
            self.notify(f"No card here is {view.board.by}'s; {key} shows all")

    def prospect_here(self) -> str | None:
        """Return the card under the cursor; without one the user is told."""
        if (view := self._ready()) is None:
            return None
        if self.here.card_id is None:
            add = key_of(self, "board.add")
            self.notify(
                "No card here fits" if view.filtered else f"There is no card here; {add} adds one"
            )
        return self.here.card_id

    # Filtering

    def action_filter(self) -> None:
        """Ask for a filter; the board follows each key."""
        if view := self._ready():
            from review_board.tui.filter_line import type_filter

            type_filter(self, view.query, view.board)

    def on_query_line_typed(self, event: "QueryLine.Typed") -> None:
        """Show only what has these words."""
        if self._view and event.query != self._view.query:
            self._view.type_query(event.query)
            self.redraw()

    def on_query_line_closed(self, event: "QueryLine.Closed") -> None:
        """Give the keys back to the board."""
        if self._view:
            self._view.query = event.query
            self.redraw()
            self._go_where_cards_are()
        self.query("#filter").remove()

    def _go_where_cards_are(self) -> None:
        """Go to the first column that shows a card, where the one in use shows none."""
        if self.here.card_id is None:
            full = (n for n, column in enumerate(self._columns) if column.card_id)
            self._go_to_column(next(full, self._at))

    # Order and views

    def action_choose(self, what: str) -> None:
        """Choose another order, or another view."""
        if view := self._ready():
            self.start(self._choose(what, view))

    async def _choose(self, what: str, view: "BoardView") -> None:
        from review_board.tui.board.choose_view import choose_order, choose_view

        if what == "order":
            if await choose_order(self.board_app, view):
                self._redraw_from_the_top(self._columns)
        elif await choose_view(self.board_app, view, self.board_app.view_keeper):
            self.query("#filter").remove()
            self._redraw_from_the_top(self._columns)
        self.redraw_title()

    @property
    def views(self) -> "tuple[View, ...]":
        """Return every view that there is, once the pipeline is open."""
        return self._view.views if self._view else ()

    def show_view(self, view: "View") -> None:
        """Show the board as a view has it."""
        if self._view:
            self._view.show(view)
            self.query("#filter").remove()
            self._redraw_from_the_top(self._columns)
            self.redraw_title()

    def action_clear(self) -> None:
        """Show the whole board again, without marks; the order stays. In the pane, leave it first."""
        if self._pane.entered:
            self._enter(entered=False)
        elif self._view:
            self._range = None
            self._view.unmark_all()
            self._view.mine = False
            self._view.query = ""
            self.redraw()


def _display(widget: Widget, *, shown: bool) -> None:
    """Show or hide; a layout costs a whole paint, so none without need."""
    if widget.display != shown:
        widget.display = shown
