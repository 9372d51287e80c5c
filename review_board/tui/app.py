"""The application: opens a pipeline behind an empty board, follows it, and tells what happens."""

import gc
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any, ClassVar

from textual import events
from textual.app import App
from textual.binding import BindingType
from textual.screen import ModalScreen, Screen
from textual.widget import Widget

from review_board.login_rights import LoginRights
from review_board.tui.app_protocol import Opening, OpeningApp, PairInvitations, Pipelines
from review_board.tui.board.screen import BoardScreen
from review_board.tui.density import set_density
from review_board.tui.dialogs.kept_drafts import KeptDrafts, forms_on
from review_board.tui.footer_keys import app_bindings, key_name, key_of, own_bindings
from review_board.tui.key_queue import KeyQueue
from review_board.tui.news_app import NewsApp
from review_board.tui.pipeline_screen import PipelineScreen
from review_board.tui.screen_keys import KeyMaker
from review_board.tui.show_errors import attempt, may_change
from review_board.tui.textfit import plain
from review_board.tui.theme import CALM, THEMES, own_colours, readable, scrollbars

if TYPE_CHECKING:
    from textual.timer import Timer

    from review_board.board.board import Board
    from review_board.board.events import Event
    from review_board.board.runner import Runner
    from review_board.errors import ReviewBoardError
    from review_board.exchange.source_mapping import Mappings
    from review_board.review.scope import Scope
    from review_board.store.protocol import Commit
    from review_board.tui.app_protocol import SettingKeeper, ViewKeeper
    from review_board.tui.background_sync import BackgroundSync, DueCount
    from review_board.tui.board.view import BoardView
    from review_board.tui.dialogs.working import WorkingScreen
    from review_board.tui.palette.matching import Command

Post = Callable[[Callable[[], None]], None]
NOT_KEYS = "Pasted text is not taken as keys: open a form first, then paste into a field"
SLOW = 0.8
"""Seconds of opening after which it is shown how far that is."""


_key = KeyMaker("app")


class ReviewBoardApp(NewsApp):
    """The board on a terminal; gives the exit status.

    ``make_runner`` takes the function that brings a result back to this thread; by default a thread
    writes. ``review`` opens review mode, ``due`` counts what is due for it; ``first`` is done as
    soon as the pipeline is open, ``when_idle`` whenever nobody has typed for a while.
    ``last_words`` are for the plain terminal, after the end. ``pipelines`` are the others that can
    be opened. ``view_keeper`` writes a view into the settings, ``setting_keeper`` a setting.
    ``detail`` says whether the card in use is shown beside the board, ``detail_keeper`` remembers
    it. ``mappings`` keep what was said about the columns of lists. ``keys`` are the keys of those
    actions, by id, that have others than usual.
    """

    TITLE = "review_board"
    ALLOW_SELECT = False
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("colon,ctrl+p", "command_palette", "Commands", "palette", "Find a command, a prospect, a view or a theme"),
        replace(
            _key("ctrl+l", "redraw", "Draw again", "redraw", "The whole screen, if another program wrote over it"),
            priority=True,  # in dialogs, too
        ),
        _key("ctrl+z", "suspend_process", "Suspend", "suspend", "To the shell; fg comes back"),
        _key("M", "decide_missing", "Missing", "missing", "Changes missing from the file: write them again, or give them up"),
    ]  # fmt: skip
    last_words = ""
    pressed_at = float("inf")
    problem: "ReviewBoardError | None" = None
    _runner: "Runner | None" = None
    _slow: "Timer | None" = None
    _opening: "WorkingScreen | None" = None
    _sync: "BackgroundSync | None" = None

    def __init__(
        self,
        opener: OpeningApp,
        *,
        title: str = "",
        make_runner: "Callable[[Post], Runner] | None" = None,
        review: "Callable[[ReviewBoardApp, Board, Scope], None] | None" = None,
        due: "DueCount | None" = None,
        first: "Callable[[ReviewBoardApp, Board], None] | None" = None,
        when_idle: "Callable[[ReviewBoardApp, Board], None] | None" = None,
        kept: KeptDrafts | None = None,
        view_keeper: "ViewKeeper | None" = None,
        setting_keeper: "SettingKeeper | None" = None,
        pipelines: Pipelines | None = None,
        detail: bool = True,
        detail_keeper: Callable[[bool], None] | None = None,
        pair: PairInvitations | None = None,
        rights: LoginRights | None = None,
        mappings: "Mappings | None" = None,
        theme: str = CALM.name,
        density: str = "",
        keys: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(kept, title)
        self._begin_colours(theme)
        set_density(self, density)
        self._opener = opener
        self._make_runner = make_runner
        self._review = review
        self._due = due
        self._first = first
        self._when_idle = when_idle
        self._pair = pair
        self._keepers = (view_keeper, setting_keeper, detail_keeper, mappings)
        self.view_keeper, self.setting_keeper, self.detail_keeper, self.mappings = self._keepers
        self.pipelines = pipelines
        self._detail = detail
        self.rights = rights or self.rights
        self._unsubscribe: Callable[[], None] = lambda: None
        self._key_queue = KeyQueue(self, self._deliver)
        self.remapped = keys or {}

    def _begin_colours(self, theme: str) -> None:
        for known in THEMES:
            self.register_theme(known)
        self.set_reactive(App.theme, theme)
        if self.no_color:  # what takes the colours out needs them mixed
            self.set_reactive(App.ansi_color, False)
        self._refresh_truecolor_filter(self.ansi_theme)  # which the app made for another theme
        self.stylesheet.set_variables(self.get_css_variables())

    # Start and end

    def on_load(self) -> None:
        """Take over the keys of the settings."""
        if self.remapped:
            self.set_keymap(dict(self.remapped))

    def get_default_screen(self) -> Screen[Any]:
        """Return the empty board, the first thing seen."""
        return BoardScreen(self._title, detail=self._detail)

    def get_theme_variable_defaults(self) -> dict[str, str]:
        """Return the colours that are ours alone."""
        return own_colours(self.current_theme)

    def get_css_variables(self) -> dict[str, str]:
        """Return the colours of the theme, those of words so that they can be read."""
        variables = super().get_css_variables()
        if not self.current_theme.ansi:
            variables |= readable(variables)
        elif self.current_theme.dark:
            variables["accent"] = variables["warning"]  # its own is the colour of keep
        return variables | scrollbars(variables)

    def on_ready(self) -> None:
        """Paint first; then open the pipeline."""
        self.app_resume_signal.subscribe(self, self._paint_again)
        self.call_after_refresh(self._open)

    def _paint_again(self, _: App[Any]) -> None:
        """Paint again after the shell, which left nothing of the screen."""
        self.screen.refresh()

    def _open(self) -> None:
        runner = self._runner = self.new_runner()
        self._slow = self.set_timer(SLOW, self._show_opening)
        runner.run(lambda: self._opener(runner), self._opened, self._not_opened)

    def _show_opening(self) -> None:
        """Show how far the opening is, with a key that stops it, where it takes long."""
        from review_board.tui.dialogs.working import WorkingScreen

        if self._runner and self.board is None:
            progress = self._runner.progress
            self._opening = WorkingScreen(f"Opening {self._title}", progress, wait=0)
            self.push_screen(self._opening)

    def new_runner(self) -> "Runner":
        """Return a runner for one pipeline."""
        from review_board.board.runner import Threaded

        return (self._make_runner or Threaded)(self._post)

    def _post(self, callback: Callable[[], None]) -> None:
        """Bring a result back from another thread."""
        self.call_later(callback)

    def _opened(self, board: "Board") -> None:
        _collect_again()
        if self._slow:
            self._slow.stop()
        if self._opening:
            self._opening.dismiss()
        self._show(board)
        titles = ", ".join(f"“{title}”" for title in self.kept.titles)
        if titles:
            self.notify(f"Kept from last time: {titles}. Open it again to go on")
        if self._first:
            self._first(self, board)

    def _show(self, board: "Board") -> None:
        """Show a pipeline on the board, and follow it."""
        from review_board.tui.background_sync import BackgroundSync
        from review_board.tui.board.view import BoardView

        self.board = board
        self._unsubscribe = board.subscribe(self._pass_on)
        screen = self._board_screen
        view = BoardView(board)
        view.show_plain()
        screen.show_pipeline(view, self._title)
        idle = partial(self._when_idle, self, board) if self._when_idle else None
        self._sync = BackgroundSync(
            screen, view, busy=self._busy, due=self._due, idle=idle, waits=self.tell_waiting
        )
        self.call_after_refresh(self.call_later, self._judge, board, view)  # once it is written

    def _judge(self, board: "Board", view: "BoardView") -> None:
        """Judge the cards now that they can be seen: importing what that needs takes longer than all else."""

        def prepared(_: None) -> None:
            if self.board is board and self._sync:
                view.judge()
                self._board_screen.redraw()
                self._sync.start(self)
                board.runner.run(_load_dialogs, lambda _: None, self._not_opened)

        if self.board is board:  # it may have been left before its first cards were painted
            board.runner.run(board.evaluator.prepare, prepared, self._not_opened)

    def _not_opened(self, error: "ReviewBoardError") -> None:
        """Leave, as there is nothing to show: the caller says why, on a plain terminal."""
        _collect_again()
        self.problem = error
        self.exit(1)

    def _busy(self) -> bool:
        return bool(getattr(self._runner, "outstanding", 0))

    async def put_down(self) -> None:
        """Close the open pipeline, everything of which is saved; raises what its disk says to that."""
        import asyncio

        board = self.board
        self._unsubscribe()
        if self._sync:
            self._sync.stop()
        if board is not None:
            await asyncio.to_thread(board.close)

    def take_up(self, opening: Opening, board: "Board") -> None:
        """Show another pipeline, with its own drafts."""
        self._runner, self._opener, self._title = board.runner, opening.opener, plain(opening.title)
        self.kept, self._when_idle = opening.kept, opening.when_idle
        keepers = (None, None, None, None) if opening.is_demo else self._keepers
        self.view_keeper, self.setting_keeper, self.detail_keeper, self.mappings = keepers
        self._show(board)
        self._board_screen.warn(self.warning)
        opening.taken_up()

    @property
    def is_quiet(self) -> bool:
        """Return whether nobody types at the moment, so that slow work may be done."""
        return self._sync is None or self._sync.is_quiet

    async def action_leave(self) -> None:
        """Save what is outstanding, and leave; what could not be saved is told first."""
        board = self.board
        if board is not None and board.missing:
            self._decide_missing(lambda: self.call_later(self.action_leave))
            return
        if board is not None and self._runner is not None:
            self.board = None
            if self._sync:
                self._sync.stop()
            await self._finish(board)
        self.call_later(self._leave_when_saved)  # after the news of what was saved last

    def _leave_when_saved(self) -> None:
        """End, unless something could not be saved: that is told first."""
        if not self._not_saved:
            self.kept.keep(forms_on(self.screen_stack))
            self.exit(0)
        self._not_saved = 0

    async def _finish(self, board: "Board") -> None:
        import asyncio

        from review_board.errors import ReviewBoardError

        try:
            await asyncio.to_thread(board.close)
        except ReviewBoardError as error:
            self.problem = error
            self.exit(1)

    async def action_quit(self) -> None:
        """Leave in our way where Textual's own is asked for."""
        await self.action_leave()

    # Telling

    def _pass_on(self, event: "Event") -> None:
        """Pass a board event on to every screen, and tell the user what matters."""
        from review_board.board.events import Changed, NotSaved, Saved

        is_told = False  # by a screen that knows better words
        for screen in self.screen_stack:
            if isinstance(screen, PipelineScreen):
                is_told = screen.on_board_event(event) or is_told
        if isinstance(event, Changed):
            self._tell_others(event.others)
            if event.notices:
                self._board_screen.show_banner(*event.notices)
        elif isinstance(event, NotSaved):
            if not is_told:
                self._tell_not_saved(event)
        elif not isinstance(event, Saved):
            self._tell_trouble(is_back=event.is_back)
        elif event.commit.undoes is not None:
            self.notify(_taken_back(event.commit.action))
            self._board_screen.go_to_card(event.commit.docs[0].id)
        if self._sync:
            self._sync.more()

    # Doing

    def open_prospect(self, prospect_id: str) -> None:
        """Open a prospect's page."""
        from review_board.tui.prospect.screen import ProspectScreen

        if self.board:
            self.push_screen(ProspectScreen(self.board, prospect_id))

    def prospect_below(self, dialog: Screen[Any]) -> tuple[str, str]:
        """Return id and name of the prospect that the screen below a dialog is at, if any."""
        below = self.screen_stack[: self.screen_stack.index(dialog)]
        ids = (getattr(screen, "prospect_id", None) for screen in reversed(below))
        prospect_id = next(filter(None, ids), "")
        entry = self.board.entry(prospect_id) if self.board else None
        return prospect_id, entry.name if entry else ""

    def start_review(self, scope: "Scope") -> None:
        """Open review mode."""
        if self.board and self._review:
            self._review(self, self.board, scope)
        else:
            self.notify("There is no review mode here")

    def invitation(self, key: str) -> str:
        """Return what the board says of a pair review that a key leads to; empty where there is none."""
        return self._pair.invitation(self.board, key) if self._pair and self.board else ""

    def open_pair(self, view: "Scope") -> None:
        """Join the pair review that goes on, or start one."""
        if self.board and self._pair:
            self._pair.open(self, self.board, view)
        else:
            self.notify("There is no pair review here")

    def action_undo(self) -> None:
        """Take back the last change of this person."""
        self.undo()

    def undo(self, done: "Callable[[Commit], None] | None" = None) -> None:
        """Take back the last change; one of many prospects only after a question."""
        board = self.board
        if board and may_change(self, board):
            attempt(self, lambda: board.next_undo(lambda c: self._take_back(board, c, done)))

    def _take_back(
        self, board: "Board", commit: "Commit", done: "Callable[[Commit], None] | None"
    ) -> None:
        from review_board.board.undo import asks_how_much
        from review_board.tui.board_actions import take_back_some

        if asks_how_much(commit):
            self.run_worker(take_back_some(self, board, commit, done))
        else:
            attempt(self, lambda: board.undo_commit(commit.seq, done))

    def action_redraw(self) -> None:
        """Draw the whole screen again, whatever the terminal shows."""
        self.shown.forget()
        self.screen.refresh()

    def action_decide_missing(self) -> None:
        """Write the changes that are no longer on disk again, or give them up."""
        self._decide_missing()

    def _decide_missing(self, then: Callable[[], object] | None = None) -> None:
        from review_board.tui.board_actions import decide_missing

        if self.board:
            self.run_worker(decide_missing(self, self.board, then))

    def action_redo(self) -> None:
        """Make again what was taken back."""
        if self.board and may_change(self, self.board):
            attempt(self, self.board.redo)

    def action_help(self) -> None:
        """Show all keys of the screen that is seen."""
        from review_board.tui.help_screen import HelpScreen

        keys = [*own_bindings(self.screen), *app_bindings(self)]
        remark = (
            f"{key_of(self, 'app.palette')} finds any of these by its words. The mouse works too."
        )
        self.push_screen(HelpScreen("Keys and signs", keys, remark))

    def action_command_palette(self) -> None:
        """Find a command, a prospect, a view or a theme by its words, and run it."""
        from review_board.tui.palette.screen import PaletteScreen

        if not isinstance(self.screen, ModalScreen):
            self.push_screen(PaletteScreen(self.screen), self._run_command)

    def _run_command(self, command: "Command | None") -> None:
        if command is not None:
            self.key_to_form = ""
            self.call_later(command.run)

    async def on_event(self, event: events.Event) -> None:
        """Queue keys one after another; they postpone what can wait."""
        if not isinstance(event, events.Key | events.Paste) or event.is_forwarded:
            if isinstance(event, events.MouseEvent):
                self.pressed_at, self.key_to_form = event.time, ""
            await super().on_event(event)
            return
        if self._sync:
            self._sync.key_pressed()
        self._key_queue.type(event)

    @property
    def has_more_keys(self) -> bool:
        """Return whether somebody types on."""
        return self._key_queue.has_more

    async def _deliver(self, event: events.Event) -> None:
        """Hand on a key or a paste when its turn has come; the message before it is read."""
        self.clear_seen()
        self.pressed_at = event.time
        if isinstance(event, events.Key) and not isinstance(self.screen, ModalScreen):
            self.key_to_form = key_name(event.key)
        if isinstance(event, events.Paste) and not _takes_text(self.focused):
            if event.text:
                self.notify(NOT_KEYS)
            return
        await super().on_event(event)

    async def _check_bindings(self, key: str, priority: bool = False) -> bool:
        """Do what a key is for; a letter that is for nothing on this screen says where the keys are."""
        found, screen = await super()._check_bindings(key, priority), self.screen
        name = key_name(key)
        if found or priority or len(name) > 1 or not isinstance(screen, PipelineScreen):
            return found
        helps = (b.id for b in own_bindings(screen) if b.action == "app.help" and b.id)
        if screen.board and (shows := next(helps, "")):
            self.notify(f"{name} does nothing here · {key_of(screen, shows)} shows all keys")
        return found

    def on_unmount(self) -> None:
        """Stop taking keys."""
        self._key_queue.stop()


def _takes_text(widget: Widget | None) -> bool:
    """Return whether letters are letters in a widget."""
    return widget is not None and widget.check_consume_key("a", "a")


def _collect_again() -> None:
    """Let the collector go on, without what was loaded."""
    if not gc.isenabled():
        gc.enable()
        gc.freeze()


def _load_dialogs() -> None:
    """Load what keys open most, in the other thread, so that the first key need not wait for it."""
    import review_board.tui.actions
    import review_board.tui.board.detail_pane
    import review_board.tui.imports.open_import
    import review_board.tui.prospect.screen
    import review_board.tui.tasks.screen  # noqa: F401


def _taken_back(action: str) -> str:
    if action.startswith("redo: "):
        return f"Made again: {action.removeprefix('redo: ')}"
    return f"Taken back: {action.removeprefix('undo: ')}"
