"""What the screens over an open pipeline share: board events, keys, acting on a prospect, undo.

Those that are read as a page share the scrolling, too.
"""

from collections.abc import Awaitable, Callable, Coroutine
from typing import TYPE_CHECKING, Any, ClassVar, cast

from textual import on
from textual.containers import VerticalScroll
from textual.screen import ScreenResultType

from review_board.board.events import Changed, Event, NotSaved
from review_board.board.undo import LARGE
from review_board.pipeline.vocabulary import Column
from review_board.tui.bars import KeyBar
from review_board.tui.footer_keys import with_keys
from review_board.tui.show_errors import attempt_later, may_change
from review_board.tui.sized_screen import SizedScreen
from review_board.wording import NAMED, first_few

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.store.protocol import Commit
    from review_board.tui.actions import ProspectActions
    from review_board.tui.app_protocol import PipelineApp

    ActTogether = Callable[[ProspectActions, list[str]], Awaitable[bool]]
    """Does something to these prospects; returns whether it was done."""


class PipelineScreen(SizedScreen[ScreenResultType]):
    """A screen over a pipeline; ``board`` is ``None`` while that is being opened.

    A key that acts on the prospect the screen is at is a binding to ``act('…')`` with the name of a
    method of ``ProspectActions``.
    """

    AUTO_FOCUS = ""
    doing: ClassVar[str] = "changed"
    """What cannot be done to anything where the pipeline is read-only."""

    def __init__(self, board: "Board | None" = None) -> None:
        super().__init__()
        self._board = board

    @property
    def board(self) -> "Board | None":
        """Return the open pipeline, if it is open."""
        return self._board

    @property
    def board_app(self) -> "PipelineApp":
        """Return the app."""
        return cast("PipelineApp", self.app)

    @property
    def prospect_id(self) -> str | None:
        """Return the prospect that the screen is at, if any."""
        return None

    @property
    def prospect_actions(self) -> "ProspectActions":
        """Return what can be done to a prospect of the open pipeline."""
        from review_board.tui.actions import ProspectActions

        assert self.board
        return ProspectActions(self.board_app, self.board)

    def on_board_event(self, event: Event) -> bool:
        """Show what changed; gives whether the screen told the user itself what was not saved."""
        if isinstance(event, Changed | NotSaved):
            everything = isinstance(event, Changed) and event.everything
            if event.ids or everything:
                self.show_changes(event.ids, everything=everything)
        return False

    def shows(self, commit: "Commit") -> bool:
        """Return whether the screen itself tells of a change of others, so that no message need."""
        return False

    def show_changes(self, ids: frozenset[str], *, everything: bool) -> None:
        """Show these prospects as they are now, or ``everything`` anew."""

    def prospect_here(self) -> str | None:
        """Return the prospect to act on; where there is none, a screen may tell why."""
        return self.prospect_id

    def one_here(self) -> str | None:
        """Return the prospect for what is done to one alone; where others are marked, that is told."""
        return self.prospect_here()

    @property
    def session_id(self) -> str | None:
        """Return the review that a verdict given here belongs to, if any."""
        return None

    def ids_here(self) -> list[str]:
        """Return the prospects to act on together: the one that the screen is at, or those marked."""
        here = self.prospect_here()
        return [here] if here else []

    def may_change(self) -> bool:
        """Return whether the pipeline may be written; where it is read-only, that is told."""
        return self.board is not None and may_change(self.board_app, self.board, self.doing)

    def start(self, work: Coroutine[Any, Any, object]) -> None:
        """Begin what asks in dialogs; what is refused is told."""
        self.run_worker(attempt_later(self.board_app, work))

    def action_act(self, name: str) -> None:
        """Do one of the actions to the prospect that the screen is at."""
        if prospect_id := self.one_here():
            self.start(getattr(self.prospect_actions, name)(prospect_id))

    def action_copy(self) -> None:
        """Copy a number or an address of the prospect that the screen is at."""
        if prospect_id := self.prospect_id:
            self.start(self.prospect_actions.copy_way(prospect_id))

    def action_together(self, name: str) -> None:
        """Do one of the actions to all that are marked, else to the prospect that the screen is at."""
        self.act_together(lambda actions, ids: getattr(actions, name)(ids), self.ids_here())

    def action_decide(self, column: str) -> None:
        """Give the verdict that sends them to a column."""
        session = self.session_id
        self.act_together(
            lambda actions, ids: actions.decide(ids, Column(column), session), self.ids_here()
        )

    def act_together(self, act: "ActTogether", ids: list[str]) -> None:
        """Do something to these prospects; what was done is then shown."""
        if ids and self.may_change():
            self.start(self._act_together(act, ids))

    async def _act_together(self, act: "ActTogether", ids: list[str]) -> None:
        sure = len(ids) <= LARGE or await self._mean_all(ids)
        if sure and await act(self.prospect_actions, ids):
            self.acted()

    async def _mean_all(self, ids: list[str]) -> bool:
        """Ask whether so many are meant at once."""
        from review_board.tui.dialogs.confirm import ConfirmDialog

        entries = [entry for i in ids if self.board and (entry := self.board.entry(i))]
        named = first_few([entry.name for entry in entries], NAMED)
        title = f"All {len(ids):,} prospects at once?"
        asked = ConfirmDialog(title, f"{named}.", yes="all of them", no="none of them")
        return await self.board_app.push_screen_wait(asked) is True

    def acted(self) -> None:
        """Show what the board events do not show of something done to several, such as marks."""

    def action_undo(self) -> None:
        """Take back the last change."""
        self.board_app.undo(self.show_undone)

    def tell_of_name(self) -> None:
        """Say that no owner is called as this person is, where only what is theirs is shown."""
        board, app = self.board, self.board_app
        if board and app.pipelines and board.by not in board.owners():
            keys = with_keys(self.app, "{board.mine:m} on the board asks who you are")
            self.notify(f"No owner here is called {board.by}: {keys}")

    def show_undone(self, commit: "Commit") -> None:
        """Show what was taken back, where the board events do not show it."""

    @on(KeyBar.KeyClicked)
    async def run_clicked_key(self, event: KeyBar.KeyClicked) -> None:
        """Do what a click on a key of the footer asks for."""
        await self.run_action(event.action)


class ReadingScreen(PipelineScreen[None]):
    """A page of text that is read by scrolling; each names the keys for it."""

    @property
    def scroller(self) -> VerticalScroll:
        """Return what the keys scroll."""
        return self.query_one(VerticalScroll)

    def action_leave(self) -> None:
        """Go back to where it was opened."""
        self.dismiss(None)

    def action_scroll(self, lines: int) -> None:
        """Scroll a few lines."""
        self.scroller.scroll_relative(y=lines * 2, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll a page."""
        scroll = self.scroller
        scroll.scroll_relative(y=pages * max(1, scroll.size.height - 2), animate=False)

    def action_top(self) -> None:
        """Go to the beginning."""
        self.scroller.scroll_home(animate=False)

    def action_bottom(self) -> None:
        """Go to the end."""
        self.scroller.scroll_end(animate=False)
