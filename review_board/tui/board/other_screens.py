"""The screens that the board opens for what it shows: lists, review, report, changes, other pipelines."""

from collections.abc import Coroutine
from typing import TYPE_CHECKING, Any

from review_board.tui.footer_keys import key_of
from review_board.tui.pipeline_screen import PipelineScreen
from review_board.tui.show_errors import attempt_later

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.board.filters import Filter
    from review_board.tui.board.view import BoardView


class OtherScreens(PipelineScreen[None]):
    """A screen with a view of the board, ``None`` while the pipeline is being opened, from which others open."""

    def __init__(self) -> None:
        super().__init__()
        self._view: BoardView | None = None

    @property
    def board(self) -> "Board | None":
        """Return the open pipeline, or ``None`` while it is being opened."""
        return self._view.board if self._view else None

    @property
    def shown(self) -> "tuple[Filter, bool]":
        """Return the filter in force, and whether only what is this person's own is shown."""
        assert self._view
        return self._view.filter, self._view.mine

    def _ready(self) -> "BoardView | None":
        """Return what the board shows; while the pipeline is being opened that is told."""
        if self._view is None:
            self.notify("The pipeline is still being opened")
        return self._view

    def action_agenda(self, place: int) -> None:
        """Open one of the lists: due, best use of the hour, quotes; the filter goes with it."""
        if view := self._ready():
            from review_board.tui.tasks.screen import TasksScreen

            screen = TasksScreen(view.board, place, query=view.query, mine=view.mine)
            self.app.push_screen(screen)

    def action_review(self) -> None:
        """Review what the board shows: the filter and "mine" go with it."""
        if view := self._ready():
            self.board_app.start_review(view.scope)

    def action_pair(self) -> None:
        """Join the pair review that others started, or start one."""
        if view := self._ready():
            self.board_app.open_pair(view.scope)

    def action_report(self) -> None:
        """Show what this person's last review came to, finished or not; else anybody's."""
        if view := self._ready():
            from review_board.report.prepare import ReportRequest
            from review_board.report.sessions import any_review
            from review_board.tui.report.screen import ReportScreen

            if any_review(view.board):
                name = self.board_app.pipeline_name
                self.app.push_screen(ReportScreen(view.board, name, ReportRequest()))
            else:
                begin = key_of(self, "board.review")
                self.notify(f"There is no review to report yet; {begin} begins one")

    def action_open_pipeline(self) -> None:
        """Ask for another pipeline, and open it in place of this one."""
        from review_board.tui.switching import ask_for_pipeline

        if self._ready():
            self.begin(ask_for_pipeline(self.board_app))

    def action_sample(self) -> None:
        """Open a sample in place of this pipeline, to try things out."""
        from review_board.tui.switching import open_sample

        if self._ready():
            palette = key_of(self.app, "app.palette")
            self.begin(open_sample(self.board_app, palette))

    def action_import(self) -> None:
        """Take in a list from elsewhere."""
        from review_board.tui.imports.open_import import import_list

        if view := self._ready():
            self.begin(import_list(self.board_app, view.board))

    def begin(self, work: Coroutine[Any, Any, object]) -> None:
        """Begin what changes no prospect; what is in the way is told."""
        self.run_worker(attempt_later(self.board_app, work, ""))

    def action_changes(self) -> None:
        """Show what changed since the last review, or for a week; the filter goes with it."""
        if view := self._ready():
            from review_board.tui.report.changes_screen import ChangesScreen

            self.app.push_screen(ChangesScreen(view.board, view.scope))

    def action_stats(self) -> None:
        """Show how the pipeline went over the weeks; the filter goes with it."""
        if view := self._ready():
            from review_board.tui.report.stats_screen import StatsScreen

            self.app.push_screen(StatsScreen(view.board, view.scope))
