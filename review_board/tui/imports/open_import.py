"""A list from elsewhere comes in on the board: its file, a look at it, then all in one change."""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from review_board.board.board import Board
from review_board.errors import InvalidValueError, ReviewBoardError
from review_board.exchange.decoding import shown_names
from review_board.exchange.import_result import NAMES_ROOM, ImportOptions, ImportResult, lists_of
from review_board.exchange.read_files import read_files
from review_board.exchange.source_mapping import MappingsInMemory, SourceMapping
from review_board.imports.board_changes import BoardChange, changes_of, standings
from review_board.imports.identity import NearMatch
from review_board.imports.plan import ImportPlan, PipelineNow, import_options, plan_import
from review_board.imports.plan_lines import import_lines
from review_board.progress import Progress
from review_board.tui.app_protocol import PipelineApp, StartedApp
from review_board.tui.dialogs.path import FilesDialog
from review_board.tui.dialogs.working import working
from review_board.tui.imports.screen import ImportScreen, PlanShown
from review_board.tui.show_errors import may_change
from review_board.tui.textfit import plain
from review_board.wording import as_many_as_fit

ENDINGS = (
    ".csv", ".tsv", ".txt", ".xlsx", ".xlsm", ".xls", ".ods", ".json", ".vcf", ".vcard",
    ".ics",
)  # fmt: skip
"""The files that are offered; any other may be named."""


@dataclass(frozen=True, slots=True)
class ListToImport:
    """What is read: the names of its files, how, and what was said about it already."""

    names: Sequence[str]
    read: Callable[[ImportOptions, datetime], ImportResult]
    options: ImportOptions
    settle: Callable[[ImportPlan], ImportPlan] = lambda plan: plan
    """Settles what was said of whose side counts, where anything was."""


async def import_list(app: PipelineApp, board: Board) -> None:
    """Ask for files, show what they would bring in, and take it in after a yes."""
    if not may_change(app, board, "imported"):
        return
    dialog = FilesDialog("Import lists: their files?", app.rights, endings=ENDINGS, must_exist=True)
    paths = await app.push_screen_wait(dialog)
    if not paths:
        return
    app.mappings = app.mappings or MappingsInMemory()
    options = replace(import_options(board), remembered=app.mappings.get)

    def read(options: ImportOptions, now: datetime) -> ImportResult:
        return read_files(paths, now=now, options=options)

    if done := await look_and_import(app, board, ListToImport(shown_names(paths), read, options)):
        app.notify(done)


async def look_and_import(app: PipelineApp, board: Board, wanted: ListToImport) -> str:
    """Show what a list would bring in, and take it in after a yes; return what was done, if anything."""
    look = _Look(app, board, wanted)
    found = await look.read({}, (), {})
    plan = found.plan
    if plan.is_empty and not plan.trouble and not any(plan.standing):
        why = next(iter(plan.warnings), import_lines(plan)[-1].strip())
        app.notify(f"Nothing to import from {plan.name}: {plain(why)}", severity="warning")
        return ""
    agreed = await app.push_screen_wait(ImportScreen(board, found, look))
    if agreed is None:
        return ""
    done = f"Imported {await _save(app, board, agreed)}; undo takes {agreed.them} back"
    if agreed.updated:
        done += f". Updated: {as_many_as_fit([plain(u.name) for u in agreed.updated], NAMES_ROOM)}"
    for one in lists_of(agreed.result):
        if app.mappings and one.source_key:
            app.mappings.keep(one.source_key, one.applied)
    return done


async def _save(app: PipelineApp, board: Board, plan: ImportPlan) -> str:
    """Take it in behind a screen that can stop it; return what was done once it is on disk."""
    progress, saved = Progress(), asyncio.get_running_loop().create_future()
    async with working(app, f"Saving {plan.name}", progress):
        told = plan.take_in(
            board,
            progress=progress,
            done=lambda: saved.set_result(None),
            failed=saved.set_exception,
        )
        await saved
        return told


def only_import(wanted: ListToImport) -> Callable[[StartedApp, Board], None]:
    """Return what an app does that was started for an import alone: it ends with it."""

    def first(app: StartedApp, board: Board) -> None:
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


@dataclass(frozen=True, slots=True)
class _Look:
    """Reads the lists and plans with them in another thread, behind a screen that can stop it."""

    app: PipelineApp
    board: Board
    wanted: ListToImport

    async def read(
        self,
        said: Mapping[str, SourceMapping],
        answers: Sequence[NearMatch],
        sheets: Mapping[str, str],
    ) -> PlanShown:
        """Return the plan for the lists, with what was ``said`` of their sources and their files' sheets."""
        options = self.wanted.options.saying(said) if said else self.wanted.options
        options = replace(options, looks=True, sheet_of={**options.sheet_of, **sheets})
        now = self.board.clock()

        def work(pipeline: PipelineNow, progress: Progress) -> ImportPlan:
            reading = replace(options, progress=progress)
            result = self.wanted.read(reading, now)
            name = result.called(self.wanted.names)
            try:
                return plan_import(pipeline, result, name, progress, answers)
            except InvalidValueError as error:
                # people and activities that name nobody here: they may be a list of their own
                alone = self.wanted.read(replace(reading, existing=frozenset()), now)
                if result.prospects or not alone.trouble:
                    raise
                refused = replace(alone, trouble=error.message)
                return plan_import(pipeline, refused, name, progress)

        return await self._away(f"Reading {as_many_as_fit(self.wanted.names, NAMES_ROOM)}", work)

    async def changes(self, plan: ImportPlan) -> Sequence[BoardChange]:
        """Return what each column would gain or lose by a plan."""
        found = await self._away("Counting the board", lambda _pipeline, _progress: plan)
        return found.changes

    async def answer(self, plan: ImportPlan, answers: Sequence[NearMatch]) -> PlanShown:
        """Return the plan for the same lists, with these answers of whom is on record."""

        def work(pipeline: PipelineNow, progress: Progress) -> ImportPlan:
            return plan_import(pipeline, plan.result, plan.name, progress, answers)

        return await self._away("Looking for them in the pipeline", work)

    async def _away(
        self, title: str, work: Callable[[PipelineNow, Progress], ImportPlan]
    ) -> PlanShown:
        progress = Progress()
        pipeline, before = PipelineNow.of(self.board), standings(self.board)
        stamp = self.board.stamp()

        def shown() -> PlanShown:
            plan = self.wanted.settle(work(pipeline, progress))
            return PlanShown(plan, changes_of(before, plan, stamp, progress))

        try:
            async with working(self.app, title, progress):
                return await asyncio.to_thread(shown)
        finally:
            progress.check()  # who stopped it is told that, whatever else came of it
