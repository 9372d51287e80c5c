"""Our own list as CSV and Excel: what goes out comes in again, whatever it says."""

import json
from contextlib import suppress
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import sample_pipelines
from review_board.errors import ReviewBoardError
from review_board.exchange import own_table, record_cells
from review_board.exchange.own_table import own_headers, own_rows
from review_board.exchange.tables_out import csv_bytes, csv_text, workbook_bytes
from review_board.pipeline.fields import PLAIN_FIELDS
from review_board.pipeline.model import Model
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.records import Callback, Contact, NextStep, Nurture
from review_board.pipeline.vocabulary import Column, Track
from tests.exchange.support import NOW, taken

HOSTILE = [
    '=HYPERLINK("http://x","y")', "+1", "-1", "@SUM(A1)", "'=1", "''+2", "＝1", "none", "n/a", "-",
    "Accounts::::Birch", "a;b,c|d", 'say "hi"', "[b]bold[/b]", "Rob (rob@us.example)", "won", "#REF!",
]  # fmt: skip
TEXTS = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=30))
NAMES = st.one_of(st.sampled_from(HOSTILE), st.text(max_size=20).map(lambda text: f"A{text}"))
AMOUNTS = st.decimals(0, 10**9, places=4, allow_nan=False).map(str)
DAYS = st.dates(date(1990, 1, 1), date(2099, 1, 1)).map(str)


def _document(name: str, texts: list[str], money: str | None, day: str | None) -> dict[str, object]:
    company, owner, source, stage, *tags = texts
    document: dict[str, object] = {
        "id": "p-1",
        "name": name,
        "company": company,
        "owner": owner,
        "source": source,
        "stage": stage,
        "tags": tags,
        "contact_history": False,
    }
    if money:
        document |= {"value": {"amount": money, "currency": "EUR"}, "probability": "0.123456"}
        document |= {"hours": "1.5", "locations": 120, "review_days": 30}
    return document | ({"close_date": day} if day else {})


def test_a_column_by_its_old_name_is_read_as_before() -> None:
    plan = Nurture(since=date(2026, 11, 2), track=Track.MONTHLY_EMAIL, next_on=date(2026, 12, 1))
    before = from_document({"id": "p-1", "name": "Acme"}).with_changes(
        column=Column.NURTURE, nurture=plan
    )
    now = csv_bytes(own_headers(), own_rows([before]))
    old = now.replace(b"Next contact in Nurture", b"Next nurture touch")
    assert old != now
    (after,) = taken(old).prospects
    assert after.nurture == plan


@settings(max_examples=150)
@given(NAMES, st.lists(TEXTS, min_size=4, max_size=7), st.none() | AMOUNTS, st.none() | DAYS)
def test_what_goes_out_as_csv_comes_in_again(
    name: str, texts: list[str], money: str | None, day: str | None
) -> None:
    before = from_document(_document(name, texts, money, day))
    (after,) = taken(csv_bytes(own_headers(), own_rows([before]))).prospects
    for field in PLAIN_FIELDS:
        was, now = getattr(before, field), getattr(after, field)
        assert now == (tuple(filter(None, was)) if field == "tags" else was), field
    assert after.id == before.id


FULL: dict[str, object] = {
    "id": "p-1",
    "name": "=Harbor",
    "column": "dropped",
    "created": "2026-01-02T03:04:05Z",
    "external_id": "0061x",
    "contacts": [{"id": "c-1", "name": "Ann Lee", "email": "ann@harbor.example", "title": "CFO"}],
    "drop": {"at": "2026-11-01T10:00:00Z", "reason": "no-budget", "note": "cut\nagain"},
    "do_not_contact": {"at": "2026-11-02T10:00:00Z"},
    "contact_history": False,
}
OTHERS: list[dict[str, object]] = [
    {"id": "p-2", "name": "B", "column": "nurture", "nurture": {"track": "champion", "since": "2026-10-01", "next_on": "2026-12-30"}},
    {"id": "p-3", "name": "C", "won": {"on": "2026-11-03", "value": {"amount": "5.50", "currency": "GBP"}}},
    {"id": "p-4", "name": "D", "next_step": {"action": "-demo", "on": "2026-12-01"}},
    {"id": "p-6", "name": "F", "next_step": {"action": "demo", "on": "2026-12-01", "agreed": True}},
    {"id": "p-5", "name": "E", "column": "callback-pending", "callback": {"on": "2027-01-18", "asked_on": "2026-11-20"}},
]  # fmt: skip


@pytest.fixture
def book() -> list[Prospect]:
    return [from_document({**one, "contact_history": False}) for one in (FULL, *OTHERS)]


def test_where_a_prospect_stands_comes_in_again(book: list[Prospect]) -> None:
    assert list(taken(csv_bytes(own_headers(), own_rows(book))).prospects) == book


def test_one_that_was_opened_again_has_no_reason_of_a_loss() -> None:
    drop = {"at": "2026-10-01T09:00:00Z", "reason": "no-budget", "note": "cut"}
    reopened = from_document({"id": "p-1", "name": "Roof", "column": "active", "drop": drop})
    (row,) = (dict(zip(own_headers(), cells, strict=True)) for cells in own_rows([reopened]))
    assert (row["Column"], row["Lost reason"], row["Lost note"], row["Dropped at"]) == ("Active", None, None, None)  # fmt: skip


def test_the_same_as_a_workbook(book: list[Prospect]) -> None:
    pytest.importorskip("xlsxwriter")
    pytest.importorskip("python_calamine")
    made = workbook_bytes(own_headers(), own_rows(book), NOW)
    assert list(taken(made).prospects) == book


LOST = {
    *("verdicts", "bets", "snoozes", "rescue", "reopenings", "earlier_callbacks", "earlier_drops"),
    *("imports", "merged", "first_impression", "rev"),
}
"""What no column of the table has."""


@pytest.mark.parametrize("sample", ["rep", "manager", "scenarios"])
def test_a_sample_pipeline_comes_back_but_for_what_reviews_decided(sample: str) -> None:
    file = Path(sample_pipelines.__file__).with_name(f"{sample}.json")
    documents = json.loads(file.read_text("utf-8"))["prospects"]
    before = [from_document(one) for one in documents]
    after = taken(csv_bytes(own_headers(), own_rows(before))).prospects
    for old, new in zip(before, after, strict=True):
        assert _comparable(new) == _comparable(old)


def _comparable(prospect: Prospect) -> dict[str, object]:
    """Return the document without what is lost, and with ids by what they lead to."""
    document = to_document(prospect)
    names = {contact.id: contact.name for contact in prospect.contacts}
    for field in ("contacts", "touches", "notes", "quotes", "pushes"):
        for record in document.get(field, ()):
            record.pop("id")
            if "contact" in record:
                record["contact"] = names[record["contact"]]
    for field, part in (("drop", "by"), ("won", "by"), ("do_not_contact", "by"), ("callback", "touch"), ("won", "next_step")):  # fmt: skip
        document.get(field, {}).pop(part, None)
    if prospect.column is not Column.DROPPED:
        document.pop("drop", None)  # an earlier one
    return {name: value for name, value in document.items() if name not in LOST}


def test_two_people_of_one_name_stay_two() -> None:
    """What the second said and was told came back as that of the first."""
    people: list[dict[str, object]] = [
        {"id": "old", "name": "Mia Brandt", "gone": True},
        {"id": "first", "name": "Mia Brandt", "email": "mia@a.example", "tried": True},
        {"id": "second", "name": "Mia Brandt", "email": "mia@b.example"},
        {"id": "odd", "name": "Mia Brandt (2)"},
    ]
    touches = [
        {"id": f"t-{n}", "at": f"2026-11-0{n}T10:00:00Z", "outcome": "voicemail", "contact": one["id"],
         "channel": "phone", "direction": "outbound"}
        for n, one in enumerate(people, 1)
    ]  # fmt: skip
    before = from_document({"id": "p", "name": "Acme", "contacts": people, "touches": touches})
    (back,) = taken(csv_bytes(own_headers(), own_rows([before]))).prospects
    assert _who_was_contacted(back) == _who_was_contacted(before)
    assert len(_who_was_contacted(before)) == len(people)


def _who_was_contacted(prospect: Prospect) -> list[tuple[str, str, bool, bool]]:
    found = (prospect.contact(touch.contact) for touch in prospect.touches)
    return [(one.name, one.email, one.gone, one.tried) for one in found if one]


def test_each_part_of_the_record_has_a_column_or_is_named_as_left_out() -> None:
    columns = {column.path for column in own_table._COLUMNS}
    told = {path.partition(".")[0] for path in columns} | record_cells._LEFT_OUT.keys() | {"rev"}
    assert Prospect.model_fields.keys() <= told
    for one in record_cells.COLUMNS:
        assert set(one.model.model_fields) - {"id"} <= set(one.parts)
    parts: dict[str, type[Model]] = {
        "person": Contact,
        "next_step": NextStep,
        "callback": Callback,
        "nurture": Nurture,
    }
    left_open = {"person.id", "person.gone", "callback.touch"}
    for name, model in parts.items():
        assert {f"{name}.{part}" for part in model.model_fields} - left_open <= columns


def test_a_loss_before_it_was_opened_again_is_named_as_left_out() -> None:
    drop = {"at": "2026-10-01T09:00:00Z", "reason": "no-budget"}
    reopened = from_document({"id": "p-1", "name": "Roof", "drop": drop})
    dropped = from_document({"id": "p-2", "name": "Roof", "column": "dropped", "drop": drop})
    assert record_cells.fields_left_out([reopened, dropped]) == ["earlier drops"]
    assert not record_cells.fields_left_out([dropped])


def test_a_history_longer_than_a_cell_of_other_lists_may_be_comes_in_again() -> None:
    at = NOW.isoformat()
    notes = [{"id": f"n-{i}", "at": at, "by": "ann", "text": f"{i} " * 50} for i in range(1, 1000)]
    notes.append({"id": "n-1000", "at": at, "by": "ann", "text": "long " * 40_000})
    before = from_document({"id": "p", "name": "Alder", "notes": notes})
    (back,) = taken(csv_bytes(own_headers(), own_rows([before]))).prospects
    assert [note.text for note in back.notes] == [note.text for note in before.notes]


def test_no_cell_is_a_formula(book: list[Prospect]) -> None:
    text = csv_text(["=a"], [["=1"], ["\t=1"], ["x"], [Decimal("1.234")]])
    assert text == "'=a\r\n'=1\r\n'\t=1\r\nx\r\n1.2340\r\n"


def test_a_hand_may_change_it() -> None:
    text = csv_text(own_headers(), own_rows([])).replace("\r\n", "")
    cells = {"Name": "Pell", "Value": "€1.200,50", "Close by": "18.1.2027", "Hours": "soon", "Column": "Dropped", "Lost reason": "No budget left"}  # fmt: skip
    row = [cells.get(header, "") for header in own_headers()]
    given_back = text.replace(",", ";") + "\n" + ";".join(row)
    result = taken(given_back)
    (one,) = result.prospects
    assert one.value is not None
    assert (one.value.amount, one.value.currency) == (Decimal("1200.50"), "EUR")
    assert (one.close_date, one.hours) == (date(2027, 1, 18), None)
    assert one.drop is not None
    assert (one.drop.reason, one.drop.note) == ("no-budget", "No budget left")
    assert one.drop.at == datetime(2026, 11, 20, 12, tzinfo=UTC)
    assert "column 'Hours': left open in row 2" in result.notices[0]


def test_a_row_without_a_name_is_refused_alone() -> None:
    rows = [["p-1", "Acme"], ["p-2", ""], ["p-3", "Bolt"]]
    result = taken("\n".join(",".join(row) for row in [["review_board id", "Name"], *rows]))
    assert [p.name for p in result.prospects] == ["Acme", "Bolt"]
    assert [row.row for row in result.refused] == [3]


def test_without_the_library_it_says_what_to_add(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review_board.exchange.tables_out.find_spec", lambda _: None)
    with pytest.raises(ReviewBoardError, match=r"xlsxwriter.*\.csv"):
        workbook_bytes(["a"], [], NOW)


@settings(max_examples=100)
@given(st.lists(st.lists(TEXTS, max_size=len(own_headers())), max_size=4))
def test_a_spoilt_table_of_ours_gives_our_own_errors_only(rows: list[list[str]]) -> None:
    body = csv_text(own_headers(), rows)
    with suppress(ReviewBoardError):
        taken(body.encode("utf-8", "replace"))
    with suppress(ReviewBoardError):
        taken((body + "\r\x01,").encode("utf-8", "replace"))
