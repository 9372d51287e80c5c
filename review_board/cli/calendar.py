"""``calendar``: the dated tasks as a file that calendar programs read."""

from pathlib import Path

import click

from review_board.cli.context import Invocation
from review_board.cli.filtering import filter_arguments, filter_of, view_named, view_option
from review_board.cli.options import command, pass_invocation
from review_board.wording import several


@command("calendar")
@filter_arguments
@view_option("A view of the board: its filter alone.")
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE.ics",
    help="Write this file, or bring it up to date. Without it the calendar goes to stdout.",
)
@pass_invocation
def calendar(
    call: Invocation,
    /,
    *,
    words: tuple[str, ...],
    owner: str | None,
    view: str | None,
    file: Path | None,
) -> None:
    """Write callbacks, next steps and bets as a calendar (.ics), late ones too.

    Nurture steps, open quotes and who came back stand in due and quotes alone: they need no hour.
    Every event keeps its id. In a file that is there already, what changed gets a new number and what
    fell away is cancelled, so a calendar program moves or removes it. FILTER is as in list. The
    setting calendar.file keeps one file up to date after each change.
    """
    from review_board.cli.kept_calendar import update_calendar
    from review_board.tasks.appointments import appointments, calendar_text
    from review_board.tasks.lists import collect_tasks

    seen = view_named(call, view)
    board = call.board
    wanted = seen.filter.and_(filter_of(board, words, owner))
    found = appointments(collect_tasks(board, wanted, mine=board.by if seen.mine else ""))
    if file is None:
        call.out.raw(calendar_text(found, b"", board.clock()).decode())
        return
    if update_calendar(file, found, board.clock()):
        call.out.saved(f"{several(len(found), 'event')} to {file}")
    else:
        call.out.line(f"unchanged {file}: {several(len(found), 'event')}")
