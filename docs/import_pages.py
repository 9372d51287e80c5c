"""Makes the page of the sources, and that of the public files: ``python -m docs.import_pages [DATA]``.

DATA is the folder of the public files, by default ``../shared/data`` beside the checkout; where it is
not there only the page of the sources is made.
"""

import csv
import io
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from review_board.errors import ReviewBoardError
from review_board.exchange.header_synonyms import meaning_of
from review_board.exchange.header_words import field_words
from review_board.exchange.import_result import ImportResult
from review_board.exchange.read_files import import_bytes, read_files

DOCS = Path(__file__).parent
DATA = DOCS.parents[1] / "shared" / "data"
NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
NO_LIST = frozenset({".md", ".txt"})

SOURCES: dict[str, tuple[str, dict[str, str]]] = {
    "HubSpot": (
        "CRM, Deals, Export, with all properties.",
        {"Record ID": "501", "Deal Name": "Solar roof", "Deal Stage": "Contract Sent", "Amount": "24000",
         "Deal owner": "Ann Reed", "Pipeline": "Sales Pipeline", "Close Date": "2026-12-18 09:00",
         "Create Date": "2026-09-01 10:15", "Associated Company": "Birch Hall",
         "Associated Contact": "Mia Brandt (mia@birch.example);Joe Kern (joe@birch.example)",
         "Closed Lost Reason": "Price too high", "Next step": "Send the offer",
         "Last Activity Date": "2026-11-02 16:40", "Last Contacted": "2026-11-02 16:40",
         "Number of times contacted": "9"},
    ),
    "Salesforce": (
        "A report on Opportunities, details only; or Data Loader.",
        {"Id": "006300000000ABCAA1", "Name": "Solar roof", "StageName": "Negotiation/Review",
         "Amount": "24000.0", "CloseDate": "2026-12-18", "Probability": "60", "OwnerId": "005300000000XYZ",
         "AccountId": "001300000000AAA", "Account Name": "Birch Hall", "CreatedDate": "2026-09-01T10:15:00.000Z",
         "NextStep": "Send the offer", "LeadSource": "Web", "IsWon": "false", "IsClosed": "false",
         "IsDeleted": "false"},
    ),
    "Pipedrive": (
        "Deals, list view, Export filter results.",
        {"Deal - ID": "501", "Deal - Title": "Solar roof", "Deal - Value": "24000",
         "Deal - Currency of Value": "EUR", "Deal - Status": "Open", "Deal - Stage": "Proposal Made",
         "Deal - Owner": "Ann Reed", "Deal - Organization": "Birch Hall", "Deal - Contact person": "Mia Brandt",
         "Person - Email - Work": "mia@birch.example", "Person - Phone - Work": "+44 20 7946 0001",
         "Deal - Expected close date": "2026-12-18", "Deal - Deal created": "2026-09-01 08:30:00",
         "Deal - Won time": "", "Deal - Lost time": "", "Deal - Lost reason": "Price too high",
         "Deal - Last activity date": "2026-11-02", "Deal - Next activity date": "2026-11-24"},
    ),
    "Zoho": (
        "Deals, Export; Leads the same way.",
        {"Record Id": "zcrm_501", "Deal Name": "Solar roof", "Deal Owner": "Ann Reed", "Amount": "24000",
         "Closing Date": "2026-12-18", "Stage": "Negotiation", "Account Name": "Birch Hall",
         "Contact Name": "Mia Brandt", "Probability (%)": "60", "Lead Source": "Web",
         "Created Time": "2026-09-01 10:15:00", "Next Step": "Send the offer",
         "Reason For Loss": "Price too high"},
    ),
    "Close": (
        "Opportunities, Export as CSV or JSON.",
        {"id": "oppo_501", "lead_name": "Birch Hall", "status_label": "Proposal Sent", "status_type": "active",
         "value": "2400000", "value_formatted": "€24,000", "value_currency": "EUR", "confidence": "60",
         "date_created": "2026-09-01T10:15:00", "date_won": "", "user_name": "Ann Reed",
         "contact_name": "Mia Brandt", "note": "wants the offer by May"},
    ),
    "monday": (
        "The board menu, More actions, Export to Excel.",
        {"Name": "Solar roof", "Stage": "Proposal", "Owner": "Ann Reed", "Deal Value": "24000",
         "Close Date": "2026-12-18", "Close Probability": "60", "Contacts": "Mia Brandt",
         "Accounts": "Birch Hall", "Item ID": "501"},
    ),
    "Odoo": (
        "Pipeline in the list view, Action, Export.",
        {"Opportunity": "Solar roof", "Customer": "Birch Hall", "Email": "mia@birch.example",
         "Phone": "+44 20 7946 0001", "Salesperson": "Ann Reed", "Expected Revenue": "24000",
         "Probability": "60", "Expected Closing": "2026-12-18", "Stage": "Proposition", "Active": "True",
         "Lost Reason": "Too expensive", "Created on": "2026-09-01 10:15:00"},
    ),
    "Bitrix": (
        "CRM, Deals, the cogwheel, Export to CSV; or the JSON of its interface.",
        {"ID": "501", "TITLE": "Solar roof", "STAGE_ID": "EXECUTING", "OPPORTUNITY": "24000",
         "CURRENCY_ID": "EUR", "COMPANY_ID": "77", "ASSIGNED_BY_ID": "Lane", "DATE_CREATE": "2026-09-01",
         "CLOSEDATE": "2026-12-18", "CLOSED": "N", "COMMENTS": "wants the offer by May"},
    ),
    "A spreadsheet": (
        "One row a deal, the names of the columns in the first row; CSV or Excel.",
        {"Company": "Birch Hall", "Contact": "Mia Brandt", "Email": "mia@birch.example",
         "Phone": "+44 20 7946 0001", "Value": "24,000", "Currency": "EUR", "Status": "Proposal",
         "Owner": "Ann Reed", "Next follow-up": "2026-11-24", "Last contact": "2026-11-02",
         "Comments": "wants the offer by May"},
    ),
}  # fmt: skip
"""Where a program exports its deals, and a row of what comes out: its columns, each with a cell."""

INTRO = """# Lists from a CRM

What to export where, and what becomes of each column.

`review-board import FILE` shows how it reads a list before it takes it in; on a terminal `enter` sets a column right, in
a script `--map value="Deal size"` does. A column is used only when its cells fit its name: a column called Amount that
holds words is not used. What is not used is named, and a list that was not understood is refused. See
[help files](files.md) for the rest; what became of real exports of many programs stands in [docs/import-files.md](import-files.md).

Several files go in one command, in any order: `review-board import deals.csv contacts.csv activities.csv`, or after `I` on
the board with commas between them. Calls, emails, meetings, tasks and notes of the last become contacts, next steps and
notes of the deals. A call of ours whose row has no word for how it ended is read by the clear words of its title or note
(“Spoke with …”, “Left voicemail”, “Connected - …”); where there are none it proves neither an answer nor silence. An email of
ours titled “Sent quote $12,000” is a quote of that amount; a call of theirs that nobody took is theirs. The import page and `--dry-run`
say how each kind of row is read: how many, which column says so, and some of their words. A sale that the list calls lost ended at the
end of its day: what the list brings of that day is no return. A list of deals alone tells little of contacts: Last Contacted, last call, last meeting, quote sent and the
like become contacts of that day, marked as a column's word, and a number of times contacted stays a number. None of them
says how it ended, so they start no count of attempts or of silence; the advice says "contacted 9 times, last 11 days ago,
says the list", or "no contact history in this list" where there is not even that.

Who asked for no calls, no emails or no contact, in a list of deals or of contacts, is not advised, emailed or exported. In a
list of contacts the number or address of that person goes; where nobody else has one, the channel is closed for the prospect.
Each request becomes a note. A column of consent to calls or emails that says no, or "opted out", is such a request. What you open again here stays open, until a list tells of a new request.

Where no column has the stage, the titles of groups or the names of sheets tell it, if all of them are stages. A column of
people in which every name begins with the last ("Voss, Ted") is turned. A lead that a list has as converted, and a new
deal with the same address, are asked about: they may be one.

The owner `Me` of a list that somebody keeps alone is who takes it in (`--as`).

A deal may have a row for each of its people: a row that says the same of the deal adds its person to it.

In a list that comes again what you changed here stands, until `enter` on the page or `--take "Harbor Auto: Value"` takes the
list's word for that field. A close date that it moves later counts as put off: the import page and `--dry-run` name these, and says how to give
their reason, or that the day was wrong.

A list that comes again also names the cards that it had before and has no more, those Dropped here apart. They stay as
they are, and `gone:yes` finds them on the board and in `list`, to drop or keep them, until the list has them again. Where fewer than two thirds come again, or one column parts all that are missing from all that are there (an
owner, a stage, days outside those of the list), it is a part of the list, and they are not named.

Of rows that you merged here into one card, the row of the card that was kept counts, a sale won before it and a lost one
last. What is new in the others (people, contacts, notes, a request) is added; what else they say is told and left out.

Days written with the month or the day first are read one way for the whole file: as one of any column proves, else with the
day first where the headers are in another language than English, else you are asked. One that contradicts the others is
left open and kept in a note. A day without a year is the last one where a column tells of what took place; of what is
planned it is the next, or one of the last four months. Where a deal ends, a week, month, quarter, half or year is its last
day, and mid January the 15th. Amounts for a month or a year are taken as they are, with a notice.
"""
FILES_INTRO = """# What became of public files

What became of real exports and test files of many programs.

Each was imported alone on 20 November 2026 with the usual settings.
"""


def sources_page() -> str:
    """Return the page of the sources."""
    lines = (line for name in SOURCES for line in _source(name))
    return "\n".join([INTRO.rstrip(), *lines, ""])


def _source(name: str) -> Iterator[str]:
    """Yield the table of a source: what becomes of each column when a list of such rows is read."""
    how, row = SOURCES[name]
    out = io.StringIO()
    csv.writer(out).writerows([row.keys(), row.values()])
    result = import_bytes(out.getvalue().encode(), now=NOW)
    fields = {use.header: use.field for use in result.columns}
    yield from (
        "",
        f"## {name}",
        "",
        how,
        "",
        "| column | becomes | for example |",
        "|---|---|---|",
    )
    for header, cell in row.items():
        found = meaning_of(header)
        field = fields.get(header, found.field if found else "") if not cell else fields[header]
        yield f"| {header} | {field_words(field) if field else 'not used'} | {cell or '(empty)'} |"


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
        result = read_files([path], now=NOW)
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
