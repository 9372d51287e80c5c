"""Mailing lists, contact cards, and the lists that a CRM imports."""

import csv
import io
from collections.abc import Iterable
from datetime import UTC, date, timedelta, timezone, tzinfo
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from review_board.exchange.contact_cards import contact_cards
from review_board.exchange.crm_files import CRM_FORMS, to_close
from review_board.exchange.mailing import mailing_list
from review_board.exchange.tables_out import Cell, csv_bytes
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.records import DAY_ALONE
from review_board.pipeline.vocabulary import Track
from tests.exchange.support import taken


def _rows(name: str, prospects: Iterable[Prospect], zone: tzinfo = UTC) -> list[list[Cell]]:
    form = CRM_FORMS[name]
    return form.rows(form.deals(prospects, zone))


def _person(number: int, email: str, role: str = "contact") -> dict[str, str]:
    return {"id": f"c-{number}", "name": f"Person {number}", "email": email, "role": role}


def _nurtured(
    number: int, *people: dict[str, str], track: str = "monthly-email", **more: Any
) -> Prospect:
    plan = {"track": track, "since": "2026-10-01"}
    document = {"id": f"p-{number}", "name": f"N{number}", "column": "nurture", "nurture": plan, "contacts": people}  # fmt: skip
    return from_document(document | more)


ASKED: dict[str, Any] = {"do_not_contact": {"at": "2026-11-02T10:00:00Z"}}
NO_MAIL: dict[str, Any] = {
    "notes": [{"id": "n", "at": "2026-11-02T10:00:00Z", "text": "asked for no e-mail"}]
}


def test_a_mailing_list_has_nobody_who_asked_to_be_left_alone() -> None:
    book = [
        _nurtured(1, _person(1, "a@x.example")),
        _nurtured(2, _person(1, "b@x.example"), **ASKED),
        _nurtured(3, _person(1, "B@x.example")),  # the same person at another prospect
        _nurtured(4, _person(1, "c@x.example"), **NO_MAIL),
        _nurtured(5, _person(1, "A@x.example")),  # once is enough
        _nurtured(6, _person(1, "")),
        _nurtured(7, _person(1, "d@x.example"), track="champion"),
    ]
    found = mailing_list(book, Track.MONTHLY_EMAIL)
    assert [row[0] for row in found.rows] == ["a@x.example"]
    assert (found.left_alone, found.without_address) == (3, 1)


def test_the_track_of_a_champion_writes_to_the_champion() -> None:
    people = (_person(1, "a@x.example"), _person(2, "b@x.example", "champion"))
    found = mailing_list([_nurtured(1, *people, track="champion")], Track.CHAMPION)
    assert found.rows[0][:2] == ("b@x.example", "Person 2")


def test_contact_cards_come_in_again() -> None:
    long = "Zoë the, \\ buyer " + "é" * 60
    book = [
        from_document({"id": "p", "name": "Acme", "contacts": [{"id": "c", "name": long, "email": "z@acme.example", "phone": "+1 555 0100", "note": "a;b\nc"}]}),
        from_document({"id": "q", "name": "Bolt", "contacts": [_person(1, "b@x.example")], **ASKED}),
    ]  # fmt: skip
    cards = contact_cards(book)
    assert len(cards) == 1
    assert all(len(line.encode()) <= 75 for line in cards[0].split("\r\n"))
    (one,) = taken("".join(cards)).prospects
    (person,) = one.contacts
    assert (person.name, person.email, person.phone) == (long, "z@acme.example", "+1 555 0100")
    assert one.company == "Acme"
    assert one.tags == ()


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Kim Aldous", "Aldous;Kim;;"),
        ("Victor Ó Briain", "Ó Briain;Victor;;"),
        ("Ana Maria de la Cruz", "de la Cruz;Ana Maria;;"),
        ("Al Green", "Green;Al;;"),
        ("Cher", "Cher;;;"),
        ("Dr. Anne Krüger", "Krüger;Anne;;Dr."),
        ("Frau Prof. Dipl.-Ing. Anne de Witt", "de Witt;Anne;;Frau Prof. Dipl.-Ing."),
        ("Dr. Krüger", "Krüger;;;Dr."),
    ],
)
def test_a_family_name_keeps_the_particles_before_it_and_a_title_is_no_name(
    name: str, parts: str
) -> None:
    person = {"id": "c", "name": name, "email": "k@acme.example"}
    (card,) = contact_cards([from_document({"id": "p", "name": "Acme", "contacts": [person]})])
    assert f"\r\nN:{parts};\r\n" in card


DECIDED: list[dict[str, Any]] = [
    {"id": "a", "name": "Lost", "external_id": "1", "column": "dropped", "stage": "Proposal", "drop": {"at": "2026-11-01T10:00:00Z", "reason": "no-budget", "note": "cut"}},
    {"id": "b", "name": "Won", "external_id": "2", "won": {"on": "2026-11-03"}},
    {"id": "c", "name": "Open", "external_id": "3", "stage": "Demo", "next_step": {"action": "=demo", "on": "2026-12-01"}},
    {"id": "d", "name": "Later", "external_id": "4", "stage": "Demo", "column": "nurture", "nurture": {"track": "monthly-email", "since": "2026-11-01", "next_on": "2026-12-09"}},
    {"id": "e", "name": "Ours alone"},
]  # fmt: skip


def test_decisions_as_a_crm_takes_them() -> None:
    rows = _rows("hubspot", map(from_document, DECIDED))
    assert [row[2:5] for row in rows] == [
        ["Closed Lost", "No budget: cut", ""],
        ["Closed Won", "", ""],
        ["Demo", "", "2026-12-01 =demo"],
        ["Demo", "", "2026-12-09 Nurture: monthly email"],
    ]
    salesforce = CRM_FORMS["salesforce"]
    assert [*salesforce.columns][:6] == ["Id", "Name", "StageName", "Loss_Reason__c", "NextStep", "CloseDate"]  # fmt: skip
    assert _rows("salesforce", map(from_document, DECIDED))[0][3] == "No budget"
    pipedrive = _rows("pipedrive", map(from_document, DECIDED))
    assert [row[2] for row in pipedrive] == ["Lost", "Won", "Open", "Open"]


def test_a_day_without_words_goes_to_a_crm_as_the_day_alone() -> None:
    rows = "Record ID,Deal Name,Deal Stage,Next activity date\n1,Solar,Demo,2026-12-02\n"
    (solar,) = taken(rows).prospects
    assert solar.next_step is not None
    assert (solar.next_step.action, solar.next_step.named) == (DAY_ALONE, "")
    assert _rows("hubspot", [solar])[0][4] == "2026-12-02"


@pytest.mark.parametrize("name", CRM_FORMS)
def test_what_a_crm_takes_we_take_as_well(name: str) -> None:
    form = CRM_FORMS[name]
    result = taken(csv_bytes([*form.columns], _rows(name, map(from_document, DECIDED))))
    lost, won, *_ = result.prospects
    assert lost.drop is not None
    assert (lost.drop.reason, lost.external_id) == ("no-budget", "1")
    assert won.won is not None


def test_pipedrive_gets_the_organization_or_person_without_which_it_takes_no_deal() -> None:
    lost = from_document(DECIDED[0] | {"company": "Elm", "contacts": [_person(1, "a@x.example")]})
    form = CRM_FORMS["pipedrive"]
    (row,) = _rows("pipedrive", [lost])
    said = dict(zip(form.columns, row, strict=True))
    assert (said["Organization - Name"], said["Person - Name"]) == ("Elm", "Person 1")
    assert (said["Deal - Status"], said["Deal - Lost reason"]) == ("Lost", "No budget: cut")


VENDORS = {
    "hubspot": """Record ID,Deal Name,Deal Stage,Amount,Deal owner,Close Date,Closed Lost Reason
9001,Solar,{open},24000,Rob,2026-12-14,
9002,Pump,{open},9000,Rob,2026-12-15,
9003,Wind,{lost},700,Rob,2026-10-14,too dear
9004,Heat,{won},800,Rob,2026-10-15,
""",
    "salesforce": """Id,Name,StageName,Amount,CloseDate,OwnerId,IsWon,IsClosed,NextStep
9001,Solar,{open},24000,2026-12-14,Rob,false,false,
9002,Pump,{open},9000,2026-12-15,Rob,false,false,
9003,Wind,{lost},700,2026-10-14,Rob,false,true,
9004,Heat,{won},800,2026-10-15,Rob,true,true,
""",
    "pipedrive": """Deal - Pipedrive System ID,Deal - Title,Deal - Value,Deal - Stage,Deal - Status,Deal - Owner,Deal - Organization,Deal - Lost reason
9001,Solar,24000,{open},Open,Rob,Birch,
9002,Pump,9000,{open},Open,Rob,Oak,
9003,Wind,700,{open},Lost,Rob,Elm,too dear
9004,Heat,800,{open},Won,Rob,Ash,
""",
}  # fmt: skip
WORDS = {"open": "Demo Scheduled", "lost": "Lost to rival", "won": "Won - signed"}


def _purged(prospect: Prospect) -> Prospect:
    drop = {"at": "2026-11-19T10:00:00Z", "reason": "no-budget", "note": "cut"}
    document = prospect.model_dump(mode="json") | {"column": "dropped", "drop": drop}
    return from_document(document)


@pytest.mark.parametrize("name", CRM_FORMS)
def test_a_purge_gets_back_to_the_rows_from_which_it_came(name: str) -> None:
    words = WORDS if name != "salesforce" else WORDS | {"lost": "Closed Lost", "won": "Closed Won"}
    book = list(taken(VENDORS[name].format(**words)).prospects)
    book[1] = _purged(book[1])
    form = CRM_FORMS[name]
    rows = [dict(zip(form.columns, row, strict=True)) for row in _rows(name, book)]
    assert [row[next(iter(form.columns))] for row in rows] == ["9001", "9002", "9003", "9004"]
    if name == "pipedrive":
        assert {row["Deal - Stage"] for row in rows} == {words["open"]}
        assert [row["Deal - Status"] for row in rows] == ["Open", "Lost", "Lost", "Won"]
    else:
        stages = [row["Deal Stage" if name == "hubspot" else "StageName"] for row in rows]
        assert stages == [words["open"], words["lost"], words["lost"], words["won"]]
    again = taken(csv_bytes([*form.columns], _rows(name, book))).prospects
    assert [p.external_id for p in again] == ["9001", "9002", "9003", "9004"]
    assert [bool(p.won) for p in again] == [False, False, False, True]
    assert [p.drop is not None for p in again] == [False, True, True, False]


PEOPLE = """Record ID,Deal Name,Deal Stage,Amount,Deal owner,Contact,Email,Phone
1,Roof,Demo,500,Rob,Jo Lee,jo@x.example,555 0101
2,Pump,Demo,700,Rob,Al Ray,al@x.example,555 0102
"""


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("hubspot", {"Amount": Decimal(900), "Deal owner": "Ann", "Email": "jo@x.example", "First Name": "Jo", "Last Name": "Lee-Moor", "Phone Number": "+1 415 555 0199"}),
        ("pipedrive", {"Deal - Value": Decimal(900), "Deal - Owner": "Ann", "Person - Name": "Jo Lee-Moor", "Person - Phone": "+1 415 555 0199"}),
        ("salesforce", {"Amount": Decimal(900), "OwnerId": None}),
    ],
)  # fmt: skip
def test_what_was_corrected_here_goes_back_and_nothing_else(
    name: str, expected: dict[str, Cell]
) -> None:
    result = taken(PEOPLE, source=CRM_FORMS[name].origin)
    roof, pump = result.prospects
    (jo,) = roof.contacts
    right = jo.model_copy(update={"name": "Jo Lee-Moor", "phone": "+1-415-555-0199"})
    value = Money(amount=Decimal(900))
    roof = roof.with_changes(value=value, owner="Ann", contacts=(right,))
    form = CRM_FORMS[name]
    first, second = (dict(zip(form.columns, row, strict=True)) for row in _rows(name, [roof, pump]))
    assert {header: first[header] for header in expected} == expected
    unchanged = {header: second[header] for header in expected if header != "Person - Name"}
    assert not any(unchanged.values())


def test_of_two_deals_that_are_one_card_only_the_kept_one_gets_the_corrections() -> None:
    """Also in files of earlier versions, in which what the list said of the other one stands first."""
    roof, pump = taken(PEOPLE).prospects
    kept = pump.with_changes(imports=(*roof.imports, *pump.imports), owner="Ann")
    deals = CRM_FORMS["hubspot"].deals([kept], UTC)
    assert [(deal.id, deal.is_corrected("owner")) for deal in deals] == [("2", True)]
    assert not deals[0].is_corrected("value")
    assert to_close(deals) == ["1 Roof (into 2 Pump)"]


def test_salesforce_gets_the_owner_only_by_the_id_of_a_user() -> None:
    (deal,) = taken(
        "Id,Name,StageName,Amount,OwnerId\n0061,Roof,Demo,5,005A00000012345\n"
    ).prospects
    form = CRM_FORMS["salesforce"]
    (row,) = _rows("salesforce", [deal.with_changes(owner="005A00000099999")])
    assert dict(zip(form.columns, row, strict=True))["OwnerId"] == "005A00000099999"


def test_an_id_of_one_crm_goes_to_no_other() -> None:
    hubspot = taken(VENDORS["hubspot"].format(**WORDS)).prospects
    pipedrive = taken(VENDORS["pipedrive"].format(**WORDS)).prospects
    both = [*hubspot, *pipedrive]
    for name in ("hubspot", "pipedrive"):
        assert len(_rows(name, both)) == 4
    assert not _rows("salesforce", both)


def test_a_crm_that_writes_keys_gets_keys_and_a_reopened_deal_no_stage() -> None:
    keys = {"open": "appointmentscheduled", "lost": "", "won": "closedwon"}
    solar, _, _, heat = taken(VENDORS["hubspot"].format(**keys)).prospects
    reopened = heat.model_copy(update={"won": None})
    rows = _rows("hubspot", [_purged(solar), reopened])
    assert [row[2] for row in rows] == ["closedlost", ""]


def test_the_day_of_an_end_is_that_of_the_pipeline() -> None:
    known = {"open": "appointmentscheduled", "lost": "", "won": "closedwon"}
    solar = taken(VENDORS["hubspot"].format(**known)).prospects[0]
    ahead = timezone(timedelta(hours=14))
    days = [_rows("hubspot", [_purged(solar)], zone)[0][5] for zone in (UTC, ahead)]
    assert days == [date(2026, 11, 19), date(2026, 11, 20)]


def test_hubspot_gets_the_pipeline_that_its_list_named() -> None:
    text = "Record ID,Deal Name,Pipeline,Deal Stage,Amount\n1,Roof,Renewals,Contract Sent,5\n2,Pump,,Contract Sent,5\n"
    result = taken(text)
    assert [row[6] for row in _rows("hubspot", result.prospects)] == ["Renewals", ""]
    assert "Pipeline" not in result.unmapped


def test_what_a_spreadsheet_would_run_is_left_as_the_crm_has_it() -> None:
    risky = from_document(DECIDED[0] | {"name": "=1+1"})
    assert _rows("hubspot", [risky])[0][:2] == ["1", ""]


@pytest.mark.parametrize(
    ("path", "name", "id_there", "stage_there", "stage_out"),
    [
        ("hubspot/hygiene_deals.csv", "hubspot", "Record ID", "Deal Stage", "Deal Stage"),
        ("salesforce/opportunityData.csv", "salesforce", "ID", "STAGENAME", "StageName"),
    ],
)
def test_ids_and_stages_of_a_real_export_come_out_as_they_were(
    shared: Path, path: str, name: str, id_there: str, stage_there: str, stage_out: str
) -> None:
    text = (shared / path).read_text(encoding="utf-8-sig")
    book = list(taken(text).prospects)
    dropped = next(i for i, p in enumerate(book) if not (p.won or p.drop))
    book[dropped] = _purged(book[dropped])
    form = CRM_FORMS[name]
    out = [dict(zip(form.columns, row, strict=True)) for row in _rows(name, book)]
    rows = {row[id_there]: row[stage_there] for row in csv.DictReader(io.StringIO(text))}
    lost = "closedlost" if name == "hubspot" else "Closed Lost"
    rows[book[dropped].external_id] = lost
    assert {row[next(iter(form.columns))]: row[stage_out] for row in out} == rows
