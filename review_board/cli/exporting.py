"""``export``: prospects go out, in the form that the ending of the file names."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from review_board.cli.context import Invocation
from review_board.cli.options import command, pass_invocation
from review_board.errors import RefusedError, UsageError
from review_board.exchange.exporting import write_file
from review_board.pipeline.vocabulary import Track
from review_board.wording import listed, several

if TYPE_CHECKING:
    from review_board.pipeline.prospect import Prospect

_TRACKS = ["monthly-email", "keep-in-touch", "champion", "assistant", "wake-up"]
_CRMS = ["hubspot", "salesforce", "pipedrive"]


@command("export")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The same as FILE.")
@click.option("--json", "form", flag_value=".json", help="As JSON: the whole record.")
@click.option("--csv", "form", flag_value=".csv", help="As CSV, for a spreadsheet.")
@click.option(
    "--mailing", type=click.Choice(_TRACKS), help="Only a nurture track, as a mailing list (CSV)."
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

    The ending says the form: .csv and .json come in again by `import`, .xlsx for Excel, .vcf the
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
    if (mailing or crm) and ending in _FORMS.keys() - {".csv"}:
        raise UsageError(f"A list for {crm or 'a mailing'} is CSV", "end its name with .csv")
    if mailing or crm:
        data, what = _mailing(call, mailing) if mailing else _crm(call, crm or "")
    elif ending in _FORMS:
        data, what = _FORMS[ending](call)
    else:
        raise UsageError(
            f"Which format is {file.name[:60]}?" if file else "Which format, and where to?",
            f"name a file that ends with {', '.join(_FORMS)}, or say --csv or --json",
        )
    if file is None or to_stdout:
        _to_stdout(call, data, ending)
        return
    write_file(file, data, force=force)
    call.out.saved(f"{what} to {file}")


def _to_stdout(call: Invocation, data: bytes, ending: str) -> None:
    text = data.decode("utf-8-sig")
    if ending == ".json":
        call.out.raw_json(text)
    else:
        call.out.raw(text)


def _prospects(call: Invocation) -> "list[Prospect]":
    board = call.board
    return [board.prospect(prospect_id) for prospect_id in board.documents()]


def _json(call: Invocation) -> tuple[bytes, str]:
    from review_board.exchange.project_json import to_json

    found = _prospects(call)
    return to_json(found), several(len(found), "prospect")


def _csv(call: Invocation) -> tuple[bytes, str]:
    from review_board.exchange.own_table import own_headers, own_rows
    from review_board.exchange.tables_out import csv_bytes

    found = _prospects(call)
    _note_not_in_table(call, found)
    return csv_bytes(own_headers(), own_rows(found)), several(len(found), "prospect")


def _note_not_in_table(call: Invocation, prospects: "list[Prospect]") -> None:
    """Say what a table has no column for, and which form has it."""
    from review_board.exchange.record_cells import left_out

    if words := left_out(prospects):
        call.out.note(f"not in a table: {listed(words)}; a .json file has all")


def _xlsx(call: Invocation) -> tuple[bytes, str]:
    from review_board.exchange.own_table import own_headers, own_rows
    from review_board.exchange.tables_out import LONGEST, workbook_bytes

    found = _prospects(call)
    _note_not_in_table(call, found)
    rows = list(own_rows(found))
    if cut := sum(isinstance(cell, str) and len(cell) > LONGEST for row in rows for cell in row):
        call.out.note(f"{several(cut, 'cell')} cut short: Excel takes no more; .csv keeps them")
    made = workbook_bytes(own_headers(), rows, call.board.clock())
    return made, several(len(found), "prospect")


def _vcf(call: Invocation) -> tuple[bytes, str]:
    from review_board.exchange.contact_cards import contact_cards, reachable

    found = _prospects(call)
    cards = contact_cards(found)
    _note_left_out(call, sum(not reachable(p) for p in found), "asked not to be contacted")
    return "".join(cards).encode("utf-8", "replace"), several(len(cards), "contact card")


def _ics(call: Invocation) -> tuple[bytes, str]:
    from review_board.tasks.appointments import appointments
    from review_board.tasks.calendar_text import calendar_text
    from review_board.tasks.lists import collect_tasks

    board = call.board
    found = appointments(collect_tasks(board))
    return calendar_text(found, b"", board.clock()), several(len(found), "event")


def _mailing(call: Invocation, track: str) -> tuple[bytes, str]:
    from review_board.exchange.mailing import HEADERS, mailing_list
    from review_board.exchange.tables_out import csv_bytes

    found = mailing_list(_prospects(call), Track(track))
    _note_left_out(call, found.left_alone, "asked not to be contacted or emailed")
    _note_left_out(call, found.without_address, "without an email address")
    return csv_bytes(HEADERS, found.rows), several(len(found.rows), "address", "addresses")


def _crm(call: Invocation, name: str) -> tuple[bytes, str]:
    from review_board.exchange.crm_files import CRM_FORMS
    from review_board.exchange.tables_out import csv_bytes

    prospects, form = _prospects(call), CRM_FORMS[name]
    deals = form.deals(prospects, call.board.zone)
    if not deals:
        raise RefusedError(
            f"No prospect here has an id of {form.origin}", "import its list with the ids first"
        )
    left = len(prospects) - len({deal.prospect.id for deal in deals})
    _note_left_out(call, left, f"without an id of {form.origin}")
    if deals and all(deal.origin != form.origin for deal in deals):
        call.out.note(f"no list was known to be of {form.origin}: make sure that these ids are")
    return csv_bytes(form.headers, form.rows(deals)), several(len(deals), "deal")


def _note_left_out(call: Invocation, count: int, why: str) -> None:
    if count:
        call.out.note(f"{several(count, 'prospect')} left out: {why}")


_FORMS: dict[str, Callable[[Invocation], tuple[bytes, str]]] = {
    ".csv": _csv,
    ".json": _json,
    ".xlsx": _xlsx,
    ".vcf": _vcf,
    ".ics": _ics,
}
"""The ending of a file, and what makes its form; ``what`` says how much is in it."""
