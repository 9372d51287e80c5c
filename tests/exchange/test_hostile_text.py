"""Text from a file is data: it arrives cleaned, literal, on one line, and never runs."""

import csv
import io
import re

import pytest

from review_board.exchange.import_result import BadRowsError, ImportResult
from review_board.exchange.project_json import to_json
from tests.exchange.support import taken

HOSTILE = [
    "[@click=app.quit]Acme[/]",
    "Acme [/foo] AG",
    "[bold",
    "\x1b]52;c;ZWNobw==\x07",
    "\x1b[2JAcme",
    "\x9b31mAcme",
    "Acme \u202egnp.exe",
    "Ac\u200bme",
    "Ac\u2028me",
    "a" + "\u0301" * 500,
    "👨‍👩‍👧‍👦 GmbH",
    "株式会社",
    "شركة",
    "W" * 10_000,
    "-rf",
    "=x",
    "=cmd|'/c calc'!A1",
    "@sum",
    "../../x",
    "two\nlines",
    'qu"ote, comma',
]
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\ud800-\udfff]")


def deals(text: str) -> ImportResult:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(
        ["Deal Name", "Company", "Stage", "Owner", "Contact", "Notes", "Tags", "Amount"]
    )
    writer.writerow([text, text, text, text, text, text, text, "5"])
    return taken(out.getvalue())


@pytest.mark.parametrize("text", HOSTILE)
def test_every_field_is_clean_and_literal(text: str) -> None:
    (prospect,) = deals(text).prospects
    shown = [prospect.name, prospect.company, prospect.owner, *prospect.tags]
    shown += [contact.name for contact in prospect.contacts]
    assert all(line and not UNSAFE.search(line) and len(line) <= 200 for line in shown)
    if text.isprintable() and len(text) <= 200:
        assert prospect.name == text


@pytest.mark.parametrize("text", HOSTILE)
def test_the_same_through_json(text: str) -> None:
    (prospect,) = deals(text).prospects
    assert taken(to_json([prospect])).prospects == (prospect,)


@pytest.mark.parametrize(
    "text",
    [
        "1" + " " * 100_000 + "x",
        "W" * 100_000 + "@",
        "a@" * 50_000,
        "1.1." * 25_000,
        "9" * 131_000,
        "- " * 60_000,
    ],
)
def test_long_cells_cost_no_more_than_their_length(text: str) -> None:
    """Each of these would take minutes in a pattern that tries every way to split it."""
    header = "Deal Name,Stage,Amount,Close Date,Probability,Contact,Lost Reason,Owner\n"
    plain = "Acme,Open,5,2026-01-01,50,Ann,x,Ann\n" * 3
    assert len(taken(header + plain + ",".join([text] * 8) + "\n").prospects) == 2
    row = f"{text},{text},5,2026-01-01,50,{text},{text},{text}\n"
    assert len(taken(header + plain + row).prospects) == 2


@pytest.mark.parametrize("text", ["\x1b\x07", "\u200b\u200b", "\u202e"])
def test_names_with_nothing_visible_are_refused(text: str) -> None:
    with pytest.raises(BadRowsError, match="visible"):
        taken(f"Deal Name,Stage,Amount\n{text},Open,5\n")


@pytest.mark.parametrize("text", HOSTILE)
def test_messages_and_headers_are_safe_to_print(text: str) -> None:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(["Deal Name", "Stage", "Close Date", text])
    writer.writerow(["Acme", text, "2026-01-01", "x"])
    writer.writerow(["Acme", text, text, "x"])
    result = taken(out.getvalue())
    assert not UNSAFE.search("".join((*result.unmapped, *result.notices, *result.warnings)))
    assert all(not UNSAFE.search(row.reason) for row in result.skipped)
