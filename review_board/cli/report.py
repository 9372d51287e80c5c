"""``report``: what a review decided, what it changed, what is to be done; to read and to send on."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review_board.cli.ascii_fallback import writable
from review_board.cli.context import Invocation
from review_board.cli.options import as_json_option, command, pass_invocation
from review_board.cli.terminal import table, width_of_stdout
from review_board.cli.typed_words import past_day_named
from review_board.errors import UsageError
from review_board.pipeline.dates import short_day
from review_board.textlayout import WIDE
from review_board.wording import plural, several

if TYPE_CHECKING:
    from review_board.report.model import Report

FORMATS = ("text", "md", "html", "json", "ics")
LAST = "last"
LIMITS = (64, 12, 20, 24)
"""Cells that id, day, person and count of a review may take; its scope comes last."""


@command("report")
@click.option(
    "--format", "kind", type=click.Choice(FORMATS), help="Else as FILE's name says, else text."
)
@click.option("--since", metavar="DATE", help="Everything decided since that day, by anybody.")
@click.option(
    "--review",
    "session",
    metavar="ID",
    help="One review, by its id (see --reviews); else your last one, else anybody's.",
)
@click.option("--reviews", "listing", is_flag=True, help="List the reviews, the newest first.")
@click.option(
    "--owner",
    metavar="X",
    default="",
    help="Only this owner's prospects; else those that the review was of.",
)
@click.option(
    "-o",
    "--output",
    "file",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write it to a file.",
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@click.option("--all", "everything", is_flag=True, help="Every row, however long the lists are.")
@as_json_option
@pass_invocation
def report(
    call: Invocation,
    /,
    *,
    kind: str | None,
    since: str | None,
    session: str | None,
    listing: bool,
    owner: str,
    file: Path | None,
    force: bool,
    everything: bool,
    as_json: bool,
) -> None:
    """What a review decided and what is to be done, as text, Markdown, HTML or JSON.

    The format ics is a calendar: the callbacks of the reported review (or days) that lie ahead.
    """
    if listing:
        others = {"--format": kind, "--since": since, "--review": session, "--output": file}
        _only_listing(others | {"--all": everything, "--force": force})
        _list(call, owner, as_json=as_json)
        return
    from review_board.report.formats.report_file import check_format, format_of, write_report
    from review_board.report.prepare import ReportRequest, report_on

    to_file = file if file is not None and str(file) != "-" else None
    chosen = _chosen(kind, as_json=as_json) or (format_of(to_file) if to_file else FORMATS[0])
    if to_file:
        check_format(to_file, chosen)
    request = ReportRequest(_since(call, since, session), session or LAST, owner)
    made = report_on(call.board, call.path.stem, request)
    made = made.in_full if everything else made
    made = made if chosen == "json" else made.calling(call.out.in_full)
    if to_file:
        write_report(to_file, made, chosen, force=force)
        call.out.saved(f"the report to {to_file}")
    else:
        _print(call, made, chosen)
    if made.remark:
        call.out.note(made.remark)
    if session is None and (more := len(made.reviews) - 1) > 0:
        call.out.note(
            f"There {plural(more, 'is', 'are')} {several(more, 'other review')} with decisions:"
            " --reviews lists all, --since DATE joins several"
        )


def _print(call: Invocation, made: "Report", chosen: str) -> None:
    from review_board.report.formats.report_file import REPORT_FORMATS

    if chosen == "json":
        call.out.raw_json(REPORT_FORMATS[chosen](made))
    elif chosen == "text":
        from review_board.report.formats.plain_text import report_lines

        lines = report_lines(made, width_of_stdout() or WIDE, writable)
        call.out.lines(*(line.text.rstrip() for line in lines))
    elif chosen in {"ics", "html"}:
        call.out.raw(REPORT_FORMATS[chosen](made))
    else:
        call.out.lines(*REPORT_FORMATS[chosen](made).splitlines())


def _chosen(kind: str | None, *, as_json: bool) -> str | None:
    if as_json and kind not in {None, "json"}:
        raise UsageError(f"--json and --format {kind} exclude each other", "leave one out")
    return "json" if as_json else kind


def _since(call: Invocation, since: str | None, session: str | None) -> date | None:
    if since is None:
        return None
    if session is not None:
        raise UsageError("--since and --review exclude each other", "leave one out")
    return past_day_named(since, call.board.today.day, "--since")


def _only_listing(others: dict[str, object]) -> None:
    """Refuse other options than the owner beside the list."""
    given = next((name for name, value in others.items() if value not in (None, False)), None)
    if given:
        raise UsageError(f"--reviews and {given} exclude each other", "leave one out")


def _list(call: Invocation, owner: str, *, as_json: bool) -> None:
    from dataclasses import asdict

    from review_board.report.sessions import sessions_on

    found = sessions_on(call.board, owner)
    if as_json:
        call.out.json([asdict(line) for line in found])
        return
    if not found:
        call.out.note("No review is on record")
        return
    today = call.board.today.day
    rows = [
        (x.id, short_day(x.day, today), x.by, f"{x.settled} of {x.cards} decided", x.scope)
        for x in found
    ]
    call.out.lines(*table(rows, LIMITS))
