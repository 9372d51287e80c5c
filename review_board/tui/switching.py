"""Another pipeline in place of the one that is open: the old one stays until the new one is open."""

import asyncio
import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from review_board.board.board import Board
from review_board.board.runner import Runner
from review_board.errors import RefusedError, ReviewBoardError
from review_board.tui.app_protocol import Opening, PipelineApp
from review_board.tui.dialogs.confirm import ConfirmDialog
from review_board.tui.dialogs.path import PathDialog
from review_board.tui.dialogs.working import working
from review_board.tui.footer_keys import with_keys

T = TypeVar("T")


async def ask_for_pipeline(app: PipelineApp) -> None:
    """Ask for the file of another pipeline, and open it."""
    if app.pipelines is None:
        raise RefusedError("No other pipeline can be opened from here")
    start = app.pipelines.current.parent
    title = "Open a pipeline: its file?"
    dialog = PathDialog(title, app.rights, start=start, endings=(".json",))
    path = await app.push_screen_wait(dialog)
    if path is not None:
        await switch_to(app, path)


async def switch_to(app: PipelineApp, path: Path) -> None:
    """Open another pipeline; what is in the way is told, and the one that is open stays.

    One that does not exist begins empty, after a question.
    """
    if app.pipelines is None:
        return
    if path != app.pipelines.current and not os.path.exists(path):  # noqa: PTH110 - says no of a name that is too long
        title = f"Begin an empty pipeline in {path.name}?"
        question = f"There is no file {path}"
        if not await app.push_screen_wait(ConfirmDialog(title, question, yes="begin it")):
            return
    await switch(app, app.pipelines.at(path))


async def open_sample(app: PipelineApp, palette: str) -> None:
    """Open a fresh copy of a sample in place of the pipeline that is open, and say how to go back."""
    if app.pipelines is None:
        raise RefusedError("No sample can be opened from here")
    was = app.pipelines.current.stem
    if app.board and app.board.index.entries:
        question = f"It is made up; {was} is closed meanwhile, and stays as it is."
        asked = ConfirmDialog("Open a sample?", question, yes="open the sample", no="stay here")
        if not await app.push_screen_wait(asked):
            return
    await switch(app, app.pipelines.sample())
    app.notify(f"This is made up: play with it. To go back press {palette} and type open {was}")


async def switch(app: PipelineApp, opening: Opening) -> None:
    """Open a pipeline and show it, once every change of the old one is on disk."""
    old, refused = app.board, app.refused
    if old is None:
        return
    if old.missing:
        cure = with_keys(app, "press {app.missing:M} to decide on them first")
        raise RefusedError("Changes are missing on disk", cure)
    runner = app.new_runner()
    async with working(app, f"Opening {opening.title}", runner.progress):
        board = await _opened(opening, runner)
        await _save_all(app, old, board, refused)
        await _replace(app, board, opening)


async def _opened(opening: Opening, runner: Runner) -> Board:
    """Return the new pipeline; where the person gave up meanwhile it is closed again."""
    try:
        board = await result_of(runner, lambda: opening.opener(runner))
    except ReviewBoardError:
        await asyncio.to_thread(runner.finish)
        raise
    if runner.progress.is_stopped:
        await asyncio.to_thread(board.close)
        runner.progress.check()
    return board


async def _save_all(app: PipelineApp, old: Board, board: Board, refused: int) -> None:
    """Wait until every change is on disk; raise when one was refused since ``refused`` were."""
    await result_of(old.runner, lambda: None)
    if app.refused != refused or old.missing:
        await asyncio.to_thread(board.close)
        raise RefusedError("A change could not be saved, so this pipeline stays open")


async def _replace(app: PipelineApp, board: Board, opening: Opening) -> None:
    """Close the old one, and show the new one."""
    try:
        await app.put_down()
    except ReviewBoardError as error:  # its changes are on disk; only tidying up failed
        app.notify(str(error), severity="warning")
    app.take_up(opening, board)


async def result_of(runner: Runner, job: Callable[[], T]) -> T:
    """Return what a job gives, done in the thread of a runner; raise what it refuses."""
    future: asyncio.Future[T] = asyncio.get_running_loop().create_future()
    runner.run(job, future.set_result, future.set_exception)
    return await future
