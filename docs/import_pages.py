"""Makes the page of the sources, and that of the public files: ``python -m docs.import_pages [DATA]``.

DATA is the folder of the public files, by default ``../shared/data`` beside the checkout; where it is
not there only the page of the sources is made.
"""

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from review_board.errors import ReviewBoardError
from review_board.exchange.field_words import field_words
from review_board.exchange.header_synonyms import meaning_of
from review_board.exchange.import_result import ImportResult
from review_board.exchange.importing import read_prospects

DOCS = Path(__file__).parent
DATA = DOCS.parents[1] / "shared" / "data"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NO_LIST = frozenset({".md", ".txt"})

SOURCES: dict[str, tuple[str, tuple[str, ...]]] = {
    "HubSpot": (
        "CRM, Deals, Export, with all properties.",
        ("Record ID", "Deal Name", "Deal Stage", "Amount", "Deal owner", "Close Date", "Create Date",
         "Associated Company", "Associated Contact", "Closed Lost Reason", "Next step", "Last Activity Date",
         "Last Contacted", "Number of times contacted"),
    ),
    "Salesforce": (
        "A report on Opportunities, details only; or Data Loader.",
        ("Id", "Name", "StageName", "Amount", "CloseDate", "Probability", "OwnerId", "CreatedDate",
         "NextStep", "LeadSource", "IsWon", "IsClosed", "IsDeleted", "Account Name"),
    ),
    "Pipedrive": (
        "Deals, list view, Export filter results.",
        ("Deal - ID", "Deal - Title", "Deal - Value", "Deal - Currency of Value", "Deal - Status",
         "Deal - Stage", "Deal - Owner", "Deal - Organization", "Deal - Contact person",
         "Deal - Expected close date", "Deal - Won time", "Deal - Lost time", "Deal - Lost reason"),
    ),
    "Zoho": (
        "Deals, Export; Leads the same way.",
        ("Record Id", "Deal Name", "Deal Owner", "Amount", "Closing Date", "Stage", "Account Name",
         "Contact Name", "Probability (%)", "Lead Source", "Created Time", "Next Step", "Reason For Loss"),
    ),
    "Close": (
        "Opportunities, Export as CSV or JSON.",
        ("id", "lead_name", "status_label", "status_type", "value", "value_currency", "confidence",
         "date_created", "date_won", "user_name", "contact_name", "note"),
    ),
    "monday": (
        "The board menu, More actions, Export to Excel.",
        ("Name", "Stage", "Owner", "Deal Value", "Close Date", "Close Probability", "Contacts",
         "Accounts", "Item ID"),
    ),
    "Odoo": (
        "Pipeline in the list view, Action, Export.",
        ("Opportunity", "Customer", "Email", "Phone", "Salesperson", "Expected Revenue", "Probability",
         "Expected Closing", "Stage", "Active", "Lost Reason", "Created on"),
    ),
    "Bitrix": (
        "CRM, Deals, the cogwheel, Export to CSV; or the JSON of its interface.",
        ("ID", "TITLE", "STAGE_ID", "OPPORTUNITY", "CURRENCY_ID", "COMPANY_ID", "ASSIGNED_BY_ID",
         "DATE_CREATE", "CLOSEDATE", "CLOSED", "COMMENTS"),
    ),
    "A spreadsheet": (
        "One row a deal, the names of the columns in the first row; CSV or Excel.",
        ("Company", "Contact", "E-mail", "Phone", "Value", "Currency", "Status", "Owner",
         "Next follow-up", "Last contact", "Comments"),
    ),
}  # fmt: skip

INTRO = """# Lists from a CRM

What to export where, and what becomes of each column.

`review-board import FILE` shows how it reads a list before it takes it in; on a terminal `enter` sets a column right, in
a script `--map value="Deal size"` does. A column is used only when its cells bear its name out: one called Amount that
holds words is not. What is not used is named, and a list that was not understood is refused. See
[files](files.md) for the rest, and [the public files](import-files.md) for what became of real exports.

Several files go in one command, in any order: `review-board import deals.csv contacts.csv activities.csv`, or after `I` on
the board with commas between them. Calls, e-mails, meetings, tasks and notes of the last become touches, next steps and
notes of the deals. A list of deals alone tells little of contacts: Last Contacted, last call, last meeting, quote sent and the
like become contacts of that day, marked as a column's word, and a number of times contacted stays a number. None of them
says how it ended, so they start no count of attempts or of silence; the advice says "contacted 9 times, last 11 days ago,
says the list", or "no contact history in this list" where there is not even that.

Days written with the month or the day first are read one way for the whole file. One that contradicts the others is left
open and kept in a note.
"""
FILES_INTRO = """# What became of public files

Real exports and test files of many programs, each imported alone on 20 November 2026 with the usual settings.
"""


def sources_page() -> str:
    """Return the page of the sources."""
    return "\n".join([INTRO, *(line for name in SOURCES for line in _source(name))])


def _source(name: str) -> Iterator[str]:
    how, headers = SOURCES[name]
    yield from (f"## {name}", "", how, "", "| column | becomes |", "|---|---|")
    yield from (f"| {header} | {_becomes(header)} |" for header in headers)
    yield ""


def _becomes(header: str) -> str:
    found = meaning_of(header)
    return field_words(found.field) if found else "not used"


def files_page(data: Path) -> str:
    """Return the table of the public files, by folder and name."""
    files = sorted(
        path
        for path in data.rglob("*")
        if path.is_file() and path.parent != data and path.suffix not in NO_LIST
    )
    rows = [_row(path.relative_to(data).as_posix(), path) for path in files]
    head = ["| file | what happens | why |", "|---|---|---|"]
    return "\n".join([FILES_INTRO, *head, *rows, ""])


def _row(name: str, path: Path) -> str:
    try:
        result = read_prospects(path, now=NOW)
    except ReviewBoardError as error:
        said = error.message.removeprefix(f"{path.name}: ")
        cells = ("refused", f"{said}; {error.cure}" if error.cure else said)
    else:
        cells = (_what(result), result.confidence)
    return f"| {_cell(name)} | {' | '.join(map(_cell, cells))} |"


def _what(result: ImportResult) -> str:
    where = Counter("won" if p.won else p.column.title for p in result.prospects)
    parts = [f"{count:,} {title}" for title, count in where.most_common()]
    parts += [f"{len(result.refused):,} refused"] if result.refused else []
    return ", ".join(parts) or "nothing by itself: it is joined to the deals"


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "/").replace("<", "‹").split())[:200]


def main() -> None:
    """Write the pages."""
    (DOCS / "import.md").write_text(sources_page(), "utf-8")
    data = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    if data.is_dir():
        (DOCS / "import-files.md").write_text(files_page(data), "utf-8")


if __name__ == "__main__":
    main()
