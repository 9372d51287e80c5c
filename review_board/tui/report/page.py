"""What screens of figures share: they are made behind the screen, mostly of the prospects that the board showed."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.timer import Timer
from textual.widget import Widget
from textual.widgets import Static

from review_board.board.board import Board
from review_board.errors import ReviewBoardError, UsageError
from review_board.progress import Progress, StoppedError
from review_board.review.scope import Scope
from review_board.tui.bars import Bar, KeyBar
from review_board.tui.footer_keys import footer_keys, key_of
from review_board.tui.pipeline_screen import PipelineScreen, ReadingScreen
from review_board.tui.textfit import plain

T = TypeVar("T")

LOOK, BAR = 0.2, 40
"""Seconds between two looks at how far the page is, and the cells that show it."""


def make_behind(
    board: Board,
    prepare: Callable[[], Callable[[], T]],
    made: Callable[[T], None],
    failed: Callable[[ReviewBoardError], None],
) -> None:
    """Prepare the figures of a screen now, and make them where no screen waits."""
    try:
        make = prepare()
    except ReviewBoardError as error:
        failed(error)
    else:
        board.runner.run(make, made, failed)


class MadePage(ReadingScreen):
    """Shows in its title how far the page is; the key that leaves stops the work."""

    NAME: ClassVar[str]
    MAKING: ClassVar[str]
    """What is said until it is known how far it is."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self._board: Board = board
        self._progress = Progress()
        self._looks: Timer | None = None

    def compose(self) -> ComposeResult:
        """Yield title, page, keys."""
        yield Bar(id="title")
        yield VerticalScroll(can_focus=False)
        yield KeyBar(footer_keys(self))

    def on_unmount(self) -> None:
        """Stop: nobody waits for it any more, and changes are not to wait for it."""
        self._progress.stop()

    def begin_making(
        self, prepare: Callable[[Progress], Callable[[], T]], made: Callable[[T], None]
    ) -> None:
        """Have the page made, and stop what was being made; ``prepare`` counts how far it is."""
        self._progress.stop()
        self._progress = Progress()
        self._show_progress()
        self._looks = self._looks or self.set_interval(LOOK, self._show_progress)
        make_behind(self._board, lambda: prepare(self._progress), made, self._failed)

    def _failed(self, error: ReviewBoardError) -> None:
        """Say why there is nothing to show; what was stopped is left, or made anew."""
        if self.is_attached and not isinstance(error, StoppedError):
            self.end_making()
            self.query_one("#title", Bar).set([self.NAME], self.scope_words)
            why = Content(plain(self.why_nothing(error)))
            self.lay_out([Static(why, markup=False, classes="sentence")])

    @property
    def scope_words(self) -> str:
        """Return which prospects are shown, where not all are."""
        return ""

    def why_nothing(self, error: ReviewBoardError) -> str:
        """Return why nothing can be shown."""
        return str(error)

    def end_making(self) -> None:
        """Look no more: it is made, or it cannot be."""
        if self._looks:
            self._looks.stop()
        self._looks = None

    def lay_out(self, page: Iterable[Widget]) -> None:
        """Show a page in place of the one before, and of one that is being laid out."""
        self.run_worker(self._show_page(page), group="page", exclusive=True)

    async def _show_page(self, page: Iterable[Widget]) -> None:
        scroll = self.query_one(VerticalScroll)
        await scroll.remove_children()
        await scroll.mount_all(page)

    def _show_progress(self) -> None:
        bar = self._progress.bar(BAR) or self.MAKING
        self.query_one("#title", Bar).set([self.NAME, bar])


class ScopedScreen(PipelineScreen[None]):
    """Figures of the prospects in a scope; a key named ``MINE`` turns to one's own and back."""

    MINE: ClassVar[str]

    def __init__(self, board: Board, scope: Scope) -> None:
        super().__init__(board)
        self._board: Board = board
        self._scope = scope

    @property
    def scope_words(self) -> str:
        """Return ``mine · /owner:raj``, empty for everything."""
        wanted = self._scope.filter.text
        words = (self._scope.owner and "mine", wanted and f"/{wanted}")
        return " · ".join(filter(None, words))

    def why_nothing(self, error: ReviewBoardError) -> str:
        """Return why nothing can be shown, and what helps: the other prospects, where none is in the scope."""
        if not isinstance(error, UsageError):
            return str(error)
        if self._scope.owner:
            return f"{error.message}. {key_of(self, self.MINE)} shows everybody's prospects."
        return f"{error.message}. Another filter is typed on the board."

    def action_mine(self) -> None:
        """Show only mine, or everybody's."""
        self._scope = replace(self._scope, owner="" if self._scope.owner else self._board.by)
        if self._scope.owner:
            self.tell_of_name()
        self.remake()

    def on_mount(self) -> None:
        """Have the figures made."""
        self.remake()

    def show_changes(self, ids: frozenset[str], *, everything: bool) -> None:
        """Have them made anew: somebody changed something."""
        if self.is_current:
            self.remake()

    def remake(self) -> None:
        """Have the figures made anew."""
        raise NotImplementedError  # each page makes its own; Textual's screens are no ABC
