"""A list from elsewhere comes in on the board: its file, what would come in, then all in one change."""

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll

from review_board.exchange.importing import read_prospects
from review_board.imports import ImportPlan, import_options, plan_import
from review_board.progress import Progress
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.dialog import Text
from review_board.tui.dialogs.path import PathDialog
from review_board.tui.dialogs.working import WorkingScreen
from review_board.tui.show_errors import may_change

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.tui.app_protocol import PipelineApp

MORE = "review-board import --help names the options for a list that is read wrongly."


class ImportDialog(ConfirmDialog):
    """Shows what a list would bring in, and asks whether it comes in; gives ``True`` for yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("j,down,pagedown", "scroll_by(1)", "Down", id="import.down", tooltip="Scroll"),
        Binding("k,up,pageup", "scroll_by(-1)", "Up", id="import.up", tooltip="Scroll"),
    ]
    DEFAULT_CSS = """
    ImportDialog #box { width: 100; scrollbar-size-vertical: 1; }
    ImportDialog #look { color: $warning; text-style: bold; }
    ImportDialog #lines { margin-bottom: 1; }
    """

    def __init__(self, plan: ImportPlan) -> None:
        count = plan.count
        super().__init__(
            f"Import {count} from {plan.name}?", "", yes=f"import {plan.them}", no="import nothing"
        )
        self._plan = plan

    def fields(self) -> ComposeResult:
        """Yield what to look at, what the file holds, then both answers."""
        looks = [*self._plan.result.warnings, *self._plan.warnings]
        if looks:
            yield Text("\n".join(f"! {line}" for line in looks), id="look")
        told = {f"  Look: {line}" for line in self._plan.result.warnings}
        lines = [line.strip() for line in self._plan.lines if line not in told]
        yield Text("\n".join([*lines, MORE]), id="lines")
        yield from list(super().fields())[1:]

    def action_scroll_by(self, pages: int) -> None:
        """Scroll what would come in."""
        box = self.query_one("#box", VerticalScroll)
        box.scroll_relative(y=pages * max(1, box.size.height // 2), animate=False)


async def import_list(app: "PipelineApp", board: "Board") -> None:
    """Ask for a file, show what it would bring in, and take it in after a yes."""
    if not may_change(app, board, "imported"):
        return
    dialog = PathDialog("Import a list (CSV): its file?", app.rights, must_exist=True)
    path: Path | None = await app.push_screen_wait(dialog)
    if path is None:
        return
    plan = await _planned(app, board, path)
    if plan.is_empty:
        app.notify(
            f"Nothing to import from {plan.name}: {plan.lines[-1].strip()}", severity="warning"
        )
    elif await app.push_screen_wait(ImportDialog(plan)):
        plan = await _decided(app, plan)
        app.notify(f"Imported {plan.take_in(board)}; undo takes {plan.them} back")


async def _decided(app: "PipelineApp", plan: ImportPlan) -> ImportPlan:
    """Ask of each field that was changed there and here which side counts; a no keeps ours."""
    chosen: set[tuple[str, str]] = set()
    for update, field in plan.conflicts:
        question = ConfirmDialog(
            f"{update.name}: {field.label}",
            f"It was changed there and here. Here: {field.ours or 'nothing'}. "
            f"In the list: {field.theirs or 'nothing'}.",
            yes="as in the list",
            no="as here",
        )
        if await app.push_screen_wait(question):
            chosen.add((update.id, field.field))
    return plan.settled(lambda update, field: (update.id, field.field) in chosen)


async def _planned(app: "PipelineApp", board: "Board", path: Path) -> ImportPlan:
    """Read the file in another thread, behind a screen that can stop it."""
    progress = Progress()
    options, now = import_options(board, progress=progress), board.clock()
    waiting = WorkingScreen(f"Reading {path.name}", progress)
    await app.push_screen(waiting)
    try:
        result = await asyncio.to_thread(read_prospects, path, now=now, options=options)
    finally:
        await waiting.dismiss()
        progress.check()  # who stopped it is told that, whatever else came of it
    return plan_import(board, result, path.name)
