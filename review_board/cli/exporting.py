"""``export``: prospects go out, in the form that the ending of the file names."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from review_board.cli.context import Invocation
from review_board.cli.options import command, pass_invocation
from review_board.cli.typed_words import track_named
from review_board.errors import RefusedError, UsageError
from review_board.exchange.write_files import write_file
from review_board.tasks.exports import ENDINGS, Export, left_out_note, prepare_export
from review_board.wording import first_few, several

if TYPE_CHECKING:
    from review_board.pipeline.prospect import Prospect

_CRMS = ["hubspot", "salesforce", "pipedrive"]
_NAMED = 20
"""Deals at most that are named as merged here: each is to be merged or closed by hand."""


@command("export")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The same as FILE.")
@click.option("--json", "form", flag_value=".json", help="As JSON: the whole record.")
@click.option("--csv", "form", flag_value=".csv", help="As CSV, for a spreadsheet.")
@click.option(
    "--mailing",
    metavar="TRACK",
    help="Only a nurture track, as a mailing list (CSV): monthly-email, keep-in-touch, champion,"
    " assistant or call-again-later.",
)
@click.option(
    "--for", "crm", type=click.Choice(_CRMS), help="Decisions as CSV that this CRM imports."
)
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@pass_invocation
def export(
    call: Invocation,
    /,
    *,
    file: Path | None,
    output: Path | None,
    form: str | None,
    mailing: str | None,
    crm: str | None,
    force: bool,
) -> None:
    """Write all prospects to FILE, for your eyes only, or to stdout.

    The ending says the form: .csv, .json and .xlsx (Excel) come in again by `import`, .vcf has the
    people as contact cards, .ics callbacks and next steps. No mailing list and no contact card has
    anybody who asked not to be contacted.
    """
    if file and output:
        raise UsageError("FILE and -o name two files", "say one")
    file = file or output
    if sum(bool(given) for given in (form, mailing, crm)) > 1:
        raise UsageError("Only one of --json, --csv, --mailing and --for", "say one")
    to_stdout = file is None or str(file) == "-"
    ending = form or ("" if to_stdout or not file else file.suffix.casefold())
    if (mailing or crm) and ending in {*ENDINGS} - {".csv"}:
        raise UsageError(f"A list for {crm or 'a mailing'} is CSV", "end its name with .csv")
    if mailing or crm:
        made = _mailing(call, mailing) if mailing else _crm(call, crm or "")
    elif ending in ENDINGS:
        made = prepare_export(call.board, ending)()
    else:
        raise UsageError(
            f"Which format is {file.name[:60]}?" if file else "Which format, and where to?",
            f"name a file that ends with {', '.join(ENDINGS)}, or say --csv or --json",
        )
    if file is None or to_stdout:
        _to_stdout(call, made.data, ending)
    else:
        write_file(file, made.data, force=force)
        call.out.saved(f"{made.what} to {file}")
    for note in made.notes:
        call.out.note(note)


def _to_stdout(call: Invocation, data: bytes, ending: str) -> None:
    text = data.decode("utf-8-sig")
    if ending == ".json":
        call.out.raw_json(text)
    else:
        call.out.raw(text)


def _prospects(call: Invocation) -> "list[Prospect]":
    board = call.board
    return [board.prospect(prospect_id) for prospect_id in board.documents()]


def _mailing(call: Invocation, track: str) -> Export:
    from review_board.exchange.mailing import HEADERS, mailing_list
    from review_board.exchange.tables_out import csv_bytes

    found = mailing_list(_prospects(call), track_named(track))
    notes = (
        *left_out_note(found.left_alone, "asked not to be contacted or emailed"),
        *left_out_note(found.without_address, "without an email address"),
    )
    rows = found.rows
    return Export(csv_bytes(HEADERS, rows), several(len(rows), "address", "addresses"), notes)


def _crm(call: Invocation, name: str) -> Export:
    from review_board.exchange.crm_files import CRM_FORMS, to_close
    from review_board.exchange.tables_out import csv_bytes

    prospects, form = _prospects(call), CRM_FORMS[name]
    deals = form.deals(prospects, call.board.zone)
    if not deals:
        raise RefusedError(
            f"No prospect here has an id of {form.origin}", "import its list with the ids first"
        )
    left = len(prospects) - len({deal.prospect.id for deal in deals})
    notes = left_out_note(left, f"without an id of {form.origin}")
    if all(deal.origin != form.origin for deal in deals):
        doubt = f"no list here is known to be from {form.origin}: make sure that the ids are of its deals"
        notes = (*notes, doubt)
    if doubles := to_close(deals):
        told = f"{several(len(doubles), 'deal')} left out, merged here"
        notes = (*notes, f"{told}: merge or close in {form.origin}: {first_few(doubles, _NAMED)}")
    return Export(csv_bytes([*form.columns], form.rows(deals)), several(len(deals), "deal"), notes)
