"""What goes out of the app: the prospects as a file, and what has a day as a calendar."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from review_board.board.board import Board
from review_board.board.filters import NO_FILTER, Filter
from review_board.progress import Progress
from review_board.tasks.appointments import LARGEST, appointments, calendar_text
from review_board.tasks.exports import CALENDAR, ENDINGS, prepare_export
from review_board.tasks.lists import collect_tasks
from review_board.tui.app_protocol import PipelineApp
from review_board.tui.dialogs.path import ExportDialog
from review_board.tui.dialogs.working import working
from review_board.tui.switching import result_of
from review_board.wording import several

FORMS = (
    "All prospects: .csv and .xlsx are tables, .json has the whole record. "
    ".vcf has the people as contact cards, .ics what has a day."
)
APPOINTMENTS = "Callbacks, next steps and bets of {}."
LEFT_OUT = "Nurture steps and open quotes need no hour and are left out"


async def export(app: PipelineApp, board: Board) -> None:
    """Ask for a file, write all prospects to it, and say what it holds and leaves out."""
    name = f"{app.pipeline_name}-{board.today.day.isoformat()}.csv"
    path = await _ask(app, "Export: to which file?", FORMS, ENDINGS, name)
    if path is not None:
        is_calendar = path.suffix.casefold() == CALENDAR
        await _write(app, board, path, (_calendar if is_calendar else _file)(board, path))


async def export_calendar(app: PipelineApp, board: Board, wanted: Filter, mine: bool) -> None:
    """Ask for a file, and write what has a day as a calendar: of the prospects that the board shows."""
    whose = "the prospects that the board shows" if wanted or mine else "all prospects"
    title, words = "Calendar: to which file?", APPOINTMENTS.format(whose)
    path = await _ask(app, title, words, (CALENDAR,), f"{app.pipeline_name}{CALENDAR}")
    if path is not None:
        await _write(app, board, path, _calendar(board, path, wanted, board.by if mine else ""))


async def _ask(
    app: PipelineApp, title: str, words: str, endings: tuple[str, ...], proposed: str
) -> Path | None:
    dialog = ExportDialog(title, app.rights, words, endings=endings, proposed=proposed)
    return await app.push_screen_wait(dialog)


async def _write(app: PipelineApp, board: Board, path: Path, job: Callable[[], list[str]]) -> None:
    """Do the work in the thread of the disk, and tell what came of it."""
    progress = Progress()
    progress.last()
    async with working(app, f"Writing {path.name}", progress):
        said = await result_of(board.runner, job)
    app.notify(". ".join([f"{said[0]} to {path}", *said[1:]]))


def _file(board: Board, path: Path) -> Callable[[], list[str]]:
    from review_board.exchange.write_files import write_file

    make = prepare_export(board, path.suffix.casefold())

    def write() -> list[str]:
        made = make()
        write_file(path, made.data)
        return [f"Saved {made.what}", *made.notes]

    return write


def _calendar(
    board: Board, path: Path, wanted: Filter = NO_FILTER, mine: str = ""
) -> Callable[[], list[str]]:
    from review_board.exchange.write_files import rewrite_file

    found = appointments(collect_tasks(board, wanted, mine=mine))
    change = partial(calendar_text, found, now=board.clock())

    def write() -> list[str]:
        done = "Saved" if rewrite_file(path, change, LARGEST) else "No change in"
        return [f"{done} {several(len(found), 'event')}", LEFT_OUT]

    return write
