"""The real CRM files: each is recognised for what it is, or refused in one clear line."""

import csv
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from review_board.errors import ReviewBoardError
from review_board.exchange.import_result import ImportOptions, ImportResult
from review_board.exchange.read_files import read_files
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column, DropReason
from tests.exchange.support import NOW

DEALS = {
    "maven/sales_pipeline.csv": 8800,
    "hubspot/hygiene_deals.csv": 120,
    "hubspot/migration_deals.csv": 598,
    "hubspot/hubspot_deals.csv": 1000,
    "salesforce/opportunityData.csv": 38,
    "salesforce/portfolio_Opportunities.csv": 12,
    "generic/olga_opportunities.csv": 6000,
    "generic/duckflow_deals.csv": 150,
    "generic/german_deals.csv": 25,
    "generic/jaffle_deals.csv": 123,
    "generic/messy_tiny_leads.csv": 4,
    "generic/basudev_Opportunity.csv": 500,
    "bpi2012/deals.csv": 2585,
    "json-api/pipedrive_webhook_deal_create.json": 1,
}
LEADS = {
    "salesforce/portfolio_Leads.csv": 20,
    "generic/basudev_Leads.csv": 200,
    "generic/facebook-ads.csv": 3,
    "generic/google-ads.csv": 3,
    "generic/messy-spreadsheet.csv": 3,
    "zoho/Leads.csv": 268,
    "generic/messy_injection_leads.csv": 4,
    "json-api/close_lead.json": 1,
    "vcard/John_Doe_ANDROID.vcf": 6,
    "vcard/John_Doe_EVOLUTION.vcf": 1,
    "vcard/John_Doe_GMAIL.vcf": 1,
    "vcard/fullcontact.vcf": 1,
    "vcard/gmail-single2.vcf": 1,
    "vcard/outlook-2003.vcf": 1,
    "vcard/rfc6350-example.vcf": 1,
}
REFUSED = {
    "atomic-crm/contacts.csv": "contacts",
    "atomic-crm/contacts_export.csv": "contacts",
    "atomic-crm/import-sample.json": "contacts",
    "atomic-crm/import-sample-invalid-sale.json": "contacts",
    "bpi2012/activities.csv": "activities",
    "bank/uci_bank.csv": "do not tell",
    "encodings/clevercsv_airedale.csv": "orders or payments",
    "encodings/clevercsv_imdb.csv": "do not tell",
    "encodings/csvtext_BOM_UTF32BE.csv": "NUL",
    "encodings/csvtext_BOM_UTF32LE.csv": "NUL",
    **{
        f"encodings/{name}.csv": "do not tell"
        for name in (
            *("csvEscapedQuotes", "csvSeparator", "csvtext", "csvtext_BOM_UTF16BE"),
            *("csvtext_BOM_UTF16LE", "csvtext_BOM_UTF8"),
        )
    },
    **{
        f"encodings/date{name}.csv": "companies"
        for name in ("EndingInZ", "OnlyWithTimeZone", "UsingDefaultTimeZone", "WithTimeZone")
    },
    "generic/basudev_Activity.csv": "activities",
    "generic/basudev_Contacts.csv": "contacts",
    "generic/duckflow_contacts.csv": "contacts",
    "generic/skylark_work_orders.csv": "orders or payments",
    "hubspot/hygiene_companies.csv": "companies",
    "hubspot/hygiene_contacts.csv": "contacts",
    "hubspot/hygiene_ground_truth.json": "who its rows are about",
    "hubspot/migration_contacts.csv": "contacts",
    **{
        f"ical/{name}.ics": "a calendar"
        for name in (
            *("example", "alarm_google_future", "event_with_unicode_fields", "vobject_vtodo"),
            *("issue_1050_calendar_with_events_and_todos", "multiple_calendar_components"),
        )
    },
    "json-api/close_call.json": "activities",
    "json-api/close_email.json": "activities",
    "json-api/close_opportunity.json": "columns do not tell",
    "json-api/close_task.json": "activities",
    "json-api/pipedrive_webhook_person_update.json": "contacts",
    "maven/accounts.csv": "companies",
    "maven/accounts.xlsx": "companies",
    "maven/products.xlsx": "products",
    "maven/sales_teams.xlsx": "your own people",
    "maven/products.csv": "products",
    "maven/sales_teams.csv": "your own people",
    "salesforce/accountData.csv": "companies",
    "salesforce/portfolio_Accounts.csv": "companies",
    "salesforce/portfolio_Contacts.csv": "contacts",
    "salesforce/portfolio_Customer_Interactions.csv": "activities",
    "salesforce/sf_account_data.csv": "companies",
    "salesforce/sf_contact_data.csv": "contacts",
    "salesforce/sf_event_data.csv": "activities",
    "salesforce/sf_lead_data.csv": "deleted, archived or converted",
    "salesforce/sf_opportunity_data.csv": "deleted, archived or converted",
    "salesforce/sf_opportunity_history_data.csv": "deleted, archived or converted",
    "salesforce/sf_task_data.csv": "activities",
    "zoho/Accounts.csv": "companies",
    "zoho/Calls.csv": "activities",
    "zoho/Contacts.csv": "contacts",
    "zoho/Users.csv": "your own people",
}


@cache
def read(path: Path, **options: Any) -> ImportResult:
    """Return what is in a file; each is read once, whatever is asked of it."""
    return read_files([path], now=NOW, options=ImportOptions(**options))


def places(result: ImportResult) -> dict[str, int]:
    return Counter("won" if p.won else p.column.value for p in result.prospects)


def by_external_id(result: ImportResult) -> dict[str, Prospect]:
    return {prospect.external_id: prospect for prospect in result.prospects}


@pytest.mark.parametrize(("name", "count"), (DEALS | LEADS).items())
def test_lists_of_deals_and_leads_are_imported(shared: Path, name: str, count: int) -> None:
    result = read(shared / name)
    assert result.kind == ("deals" if name in DEALS else "leads")
    assert len(result.prospects) == count
    assert len({prospect.id for prospect in result.prospects}) == count
    assert all(touch.from_list for prospect in result.prospects for touch in prospect.touches)


@pytest.mark.parametrize(("name", "said"), REFUSED.items())
def test_other_files_are_refused_by_what_they_are(shared: Path, name: str, said: str) -> None:
    if name.endswith(".xlsx"):
        pytest.importorskip("python_calamine")
    with pytest.raises(ReviewBoardError, match=said) as caught:
        read(shared / name)
    assert str(caught.value).startswith(f"{Path(name).name}: ")
    assert caught.value.cure
    assert "\n" not in str(caught.value)


def test_no_file_is_left_untried(shared: Path) -> None:
    """Those of csv-spectrum are each compared with the right answer beside them."""
    files = {path.relative_to(shared).as_posix() for path in shared.glob("*/*") if path.is_file()}
    assert files == (DEALS | LEADS | REFUSED).keys()


def test_the_name_of_a_file_says_nothing(shared: Path, tmp_path: Path) -> None:
    source = shared / "hubspot" / "hygiene_deals.csv"
    renamed = tmp_path / "contacts.json"
    renamed.write_bytes(source.read_bytes())
    assert read(renamed) == read(source)


def test_maven(shared: Path) -> None:
    result = read(shared / "maven" / "sales_pipeline.csv")
    assert places(result) == {"won": 4238, "dropped": 2473, "active": 2089}
    assert result.origin == "Maven"
    won = [p.won.value.amount for p in result.prospects if p.won and p.won.value]
    assert sum(won) == 10_005_534
    lost = [p for p in result.prospects if p.column is Column.DROPPED]
    assert {p.value for p in lost} == {None}
    assert {p.drop.note for p in lost if p.drop} == {"lost (imported)"}
    open_ones = [p for p in result.prospects if not p.won and p.column is Column.ACTIVE]
    assert {p.value for p in open_ones} == {None}
    nameless = [p for p in result.prospects if not p.company]
    assert len(nameless) == 1425
    assert all(p.name == f"opportunity {p.external_id}" for p in nameless)
    assert sum(p.created is None for p in result.prospects) == 500
    first = by_external_id(result)["1C1I7A6R"]
    assert (first.name, first.owner) == ("Cancity - GTX Plus Basic", "Moses Frase")
    assert first.won is not None
    assert str(first.won.on) == "2017-03-01"


def test_lost_reasons_of_olga(shared: Path) -> None:
    result = read(shared / "generic" / "olga_opportunities.csv")
    reasons = Counter(p.drop.reason for p in result.prospects if p.drop)
    assert reasons == {
        DropReason.OTHER: 1166 + 446,
        DropReason.BOUGHT_ELSEWHERE: 1022,
        DropReason.NO_DECISION: 811,
        DropReason.TIMING: 315,
    }
    assert "close_date_pushed" in result.unmapped


def test_leads_of_zoho_that_became_deals_are_left_out_unless_asked(shared: Path) -> None:
    result = read(shared / "zoho" / "Leads.csv")
    assert result.counts["retired"] == 3632
    everything = read(shared / "zoho" / "Leads.csv", include_retired=True)
    assert len(everything.prospects) == 3900
    assert places(everything) == {"active": 2339, "nurture": 781, "dropped": 780}


def test_rows_marked_deleted_are_read_when_asked(shared: Path) -> None:
    path = shared / "salesforce" / "sf_opportunity_data.csv"
    result = read(path, include_retired=True)
    assert places(result) == {"won": 5, "dropped": 4, "active": 1}
    assert "'1000' (row" in "".join(result.notices)


def test_impossible_values_name_their_rows(shared: Path) -> None:
    result = read(shared / "generic" / "messy_injection_leads.csv")
    assert result.notices[1] == (
        "column 'date': 3 cells were not understood, left open and kept in a note: "
        "'2026-99-99' (row 2), '02/29/2025' (row 3), 'Yesterday' (row 4)"
    )
    sale = result.prospects[-1]
    assert sale.won is not None
    assert sale.contacts[0].email == "alice@corp.com"
    assert sale.notes[0].text == "- starts with dash"


def test_a_tiny_messy_list(shared: Path) -> None:
    result = read(shared / "generic" / "messy_tiny_leads.csv")
    assert "'NO REVENUE' (row 5)" in "".join(result.notices)
    assert [(p.name, p.value.currency) for p in result.prospects if p.value] == [
        ("john doe", "USD"),
        ("sara-jane", "EUR"),
        ("eko o'connor", "USD"),
    ]
    assert result.counts["duplicates"] == 1


def test_the_german_list_names_nobody_and_comes_in_by_campaign_and_day(shared: Path) -> None:
    result = read(shared / "generic" / "german_deals.csv")
    text = (shared / "generic" / "german_deals.csv").read_text("utf-8")
    rows = list(csv.DictReader(text.splitlines()))
    ends = Counter(
        "won" if row["Angebot unterschrieben"] else "lost" if row["Absage"] else "open"
        for row in rows
    )
    places = Counter("won" if p.won else "lost" if p.drop else "open" for p in result.prospects)
    assert places == ends
    assert any("called by where they came from" in warning for warning in result.warnings)
    met = sum(bool(row[name]) for row in rows for name in ("Erstgespräch", "Abschlussgespräch"))
    assert sum(len(p.touches) for p in result.prospects) == met


def test_the_german_list_by_hand(shared: Path) -> None:
    path = shared / "generic" / "german_deals.csv"
    columns = {"utm_campaign": "name"}
    result = read_files([path], now=NOW, options=ImportOptions(columns=columns))
    assert {row.reason for row in result.refused} == {"it has no name, company, person or id"}
    reasons = {p.drop.note: p.drop.reason for p in result.prospects if p.drop}
    assert reasons["Kein Interesse"] is DropReason.NOT_INTERESTED
    assert reasons["Falsche Kontaktinfos"] is DropReason.NO_RESPONSE
