"""A list from elsewhere comes in on the board: its file, a look at it, then all in one change."""

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from review_board.errors import ReviewBoardError
from review_board.exchange.import_result import ImportOptions, ImportResult, lists_of
from review_board.exchange.importing import read_files
from review_board.exchange.source_mapping import SourceMapping
from review_board.imports import ImportPlan, PipelineNow, import_options, plan_import
from review_board.progress import Progress
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.path import FilesDialog
from review_board.tui.dialogs.working import WorkingScreen
from review_board.tui.import_screen import Agreed, ImportScreen
from review_board.tui.show_errors import may_change
from review_board.wording import first_few

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.tui.app_protocol import PipelineApp, StartedApp


@dataclass(frozen=True, slots=True)
class ListToImport:
    """What is read: its name, how, and what was said about it already."""

    name: str
    read: Callable[[ImportOptions, datetime], ImportResult]
    options: ImportOptions
    theirs: bool | None = None
    """Whose side counts where both changed something; ``None``: that is asked."""


async def import_list(app: "PipelineApp", board: "Board") -> None:
    """Ask for files, show what they would bring in, and take it in after a yes."""
    if not may_change(app, board, "imported"):
        return
    dialog = FilesDialog("Import lists: their files?", app.rights, must_exist=True)
    paths: tuple[Path, ...] | None = await app.push_screen_wait(dialog)
    if not paths:
        return
    options = import_options(board)
    if app.mappings:
        options = replace(options, remembered=app.mappings.get)

    def read(options: ImportOptions, now: datetime) -> ImportResult:
        return read_files(paths, now=now, options=options)

    name = first_few([path.name for path in paths], 3)
    if done := await look_and_import(app, board, ListToImport(name, read, options)):
        app.notify(done)


async def look_and_import(app: "PipelineApp", board: "Board", wanted: ListToImport) -> str:
    """Show what a list would bring in, and take it in after a yes; return what was done, if anything."""
    plan = await _planned(app, board, wanted)
    if plan.is_empty:
        app.notify(
            f"Nothing to import from {plan.name}: {plan.lines[-1].strip()}", severity="warning"
        )
        return ""

    async def replan(said: Mapping[str, SourceMapping]) -> ImportPlan:
        return await _planned(app, board, replace(wanted, options=_with(wanted.options, said)))

    agreed: Agreed | None = await app.push_screen_wait(ImportScreen(board, plan, replan))
    if agreed is None:
        return ""
    plan = await _decided(app, agreed)
    done = f"Imported {plan.take_in(board)}; undo takes {plan.them} back"
    for one in lists_of(plan.result):
        if app.mappings and one.source_key:
            app.mappings.keep(one.source_key, one.applied)
    return done


def only_import(wanted: ListToImport) -> "Callable[[StartedApp, Board], None]":
    """Return what an app does that was started for an import alone: it ends with it."""

    def first(app: "StartedApp", board: "Board") -> None:
        async def work() -> None:
            try:
                app.last_words = await look_and_import(app, board, wanted) or "Nothing was imported"
            except ReviewBoardError as error:
                app.problem = error
                app.exit(1)
                return
            await app.action_leave()

        app.run_worker(work())

    return first


def _with(options: ImportOptions, said: Mapping[str, SourceMapping]) -> ImportOptions:
    """Return options that take from ``said``, by source, all that is said about a list."""

    def remembered(source: str) -> SourceMapping:
        return said[source] if source in said else options.remembered(source)

    return replace(
        options, columns={}, stages={}, kind=None, dates=None, decimal=None, remembered=remembered
    )


async def _planned(app: "PipelineApp", board: "Board", wanted: ListToImport) -> ImportPlan:
    """Read the list and join it in another thread, behind a screen that can stop it."""
    progress = Progress()
    options, now = replace(wanted.options, progress=progress), board.clock()
    waiting = WorkingScreen(f"Reading {wanted.name}", progress)
    await app.push_screen(waiting)
    pipeline = PipelineNow.of(board)

    def work() -> ImportPlan:
        return plan_import(pipeline, wanted.read(options, now), wanted.name, progress)

    try:
        plan = await asyncio.to_thread(work)
    finally:
        await waiting.dismiss()
        progress.check()  # who stopped it is told that, whatever else came of it
    side = wanted.theirs
    return plan if side is None else plan.settled(lambda _update, _field: side)


async def _decided(app: "PipelineApp", agreed: Agreed) -> ImportPlan:
    """Ask of each field that was changed there and here, and not decided yet, which side counts."""
    chosen = dict(agreed.theirs)
    for update, field in agreed.plan.conflicts:
        if (update.id, field.field) not in chosen:
            question = ConfirmDialog(
                f"{update.name}: {field.label}",
                f"It was changed there and here. Here: {field.ours or 'nothing'}. "
                f"In the list: {field.theirs or 'nothing'}.",
                yes="as in the list",
                no="as here",
            )
            chosen[update.id, field.field] = bool(await app.push_screen_wait(question))
    return agreed.plan.settled(lambda update, field: chosen[update.id, field.field])
