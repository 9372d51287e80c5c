"""All files of one CRM together: the board has what plain reading of the files says, to the cent.

The figures are computed here from the files alone, with ``csv``, ``json`` and ``Decimal``.
"""

import csv
import json
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.exchange.import_result import HistoryReport
from review_board.exchange.read_files import read_files
from review_board.imports.plan import PipelineNow, import_options, plan_import
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Outcome
from tests.exchange.conftest import SHARED
from tests.exchange.support import NOW

Row = dict[str, str]
LARGE = frozenset({"maven", "bpi2012", "generic"})
"""Folders that are not planned a second time: their lists are taken twice one by one elsewhere."""


@dataclass(frozen=True)
class Taken:
    """What stands on the board after one import, and what each file beside the lists brought."""

    prospects: list[Prospect]
    reports: dict[str, HistoryReport]
    warnings: tuple[str, ...]
    is_same_again: bool

    def of(self, *ids: str) -> list[Prospect]:
        """Return the prospects with these ids of their source."""
        return [p for p in self.prospects if p.external_id in ids]


@dataclass
class Figures:
    """How many stand in each column, what they are worth by column and currency, their touches by prospect."""

    counts: Counter[str] = field(default_factory=Counter)
    sums: defaultdict[tuple[str, str], Decimal] = field(
        default_factory=lambda: defaultdict(Decimal)
    )
    touches: Counter[str] = field(default_factory=Counter)

    def add(self, column: str, amount: str | Decimal = "", currency: str = "USD") -> None:
        """Count a prospect, with its value where one stands in the file."""
        self.counts[column] += 1
        if worth := Decimal(amount or 0):
            self.sums[column, currency] += worth

    def add_rows(
        self, listed: Iterable[Row], stage: str, amount: str = "", currency: str = ""
    ) -> None:
        """Count the rows of a list by the words of a column."""
        for row in listed:
            self.add(column_of(row[stage]), row.get(amount, ""), row.get(currency, "") or "USD")


def take(board: Board, paths: Iterable[Path], *, twice: bool = True, **given: Any) -> Taken:
    """Import the files as one change."""
    files = sorted(paths)
    options = import_options(board, currency="USD", **given)
    result = read_files(files, now=NOW, options=options)
    plan = plan_import(PipelineNow.of(board), result, "a folder")
    plan.take_in(board)
    again = plan_import(PipelineNow.of(board), result, "again") if twice else None
    return Taken(
        [board.prospect(key) for key in board.documents()],
        {report.name: report for report in plan.joined.reports},
        result.warnings,
        not again or (not again.created and not again.updated and not again.joined.additions),
    )


def files_of(name: str) -> list[Path]:
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip("the shared data files are not here")
    return [path for path in folder.iterdir() if path.is_file()]


def rows(path: Path, encoding: str = "utf-8-sig") -> list[Row]:
    with path.open(encoding=encoding, newline="") as file:
        return list(csv.DictReader(file))


def column_of(stage: str) -> str:
    """Return where a deal or lead belongs by the words that the files use."""
    plain = stage.lower().replace(" ", "")
    words = {
        "closedwon": "won", "won": "won", "closedlost": "dropped", "lost": "dropped",
        "junklead": "dropped", "lostlead": "dropped", "contactinfuture": "nurture",
        "nurturing": "nurture", "cold": "nurture",
    }  # fmt: skip
    return words.get(plain, "active")


def figures_of(prospects: Iterable[Prospect]) -> Figures:
    """Return what stands on a board."""
    found = Figures()
    for p in prospects:
        column = "won" if p.won else p.column.value
        if p.value:
            found.add(column, p.value.amount, p.value.currency)
        else:
            found.add(column)
        found.touches[p.external_id or p.name] += len(p.touches)
    found.touches = +found.touches
    return found


# What plain reading says of each folder


def bpi2012(folder: Path) -> Figures:
    found = Figures()
    found.add_rows(rows(folder / "deals.csv"), "Deal Stage", "Amount", "Currency")
    found.touches.update(row["Deal ID"] for row in rows(folder / "activities.csv"))
    return found


def maven(folder: Path) -> Figures:
    found = Figures()
    found.add_rows(rows(folder / "sales_pipeline.csv"), "deal_stage", "close_value")
    return found


def hubspot(folder: Path) -> Figures:
    found = Figures()
    found.add_rows(rows(folder / "hygiene_deals.csv"), "Deal Stage", "Amount")
    found.add_rows(rows(folder / "hubspot_deals.csv"), "Deal Stage", "Amount")
    found.add_rows(rows(folder / "migration_deals.csv"), "dealstage")
    return found


def salesforce(folder: Path) -> Figures:
    found = Figures()
    found.add_rows(rows(folder / "opportunityData.csv"), "STAGENAME", "AMOUNT")
    found.add_rows(rows(folder / "portfolio_Opportunities.csv"), "Stage", "Amount")
    found.add_rows(rows(folder / "portfolio_Leads.csv"), "Status")
    told = rows(folder / "portfolio_Customer_Interactions.csv")
    found.touches.update(row["Opportunity Name"] for row in told)
    return found


def zoho(folder: Path) -> Figures:
    """A call is with the lead it names, else with that of its person's address, their company, or the company."""
    found = Figures()
    leads = [row for row in rows(folder / "Leads.csv") if row["CONVERTED"] == "No"]
    found.add_rows(leads, "Lead Status")
    companies = {r["ACCOUNTID"]: r["Account Name"].lower() for r in rows(folder / "Accounts.csv")}
    people = {row["CONTACTID"]: row for row in rows(folder / "Contacts.csv")}
    by_id, by_email, by_company = (
        gather(leads, lambda r: r["LEADID"]),
        gather(leads, lambda r: r["Email"].lower()),
        gather(leads, lambda r: r["Company"].lower()),
    )
    for call in rows(folder / "Calls.csv"):
        person = people.get(call["CONTACTID"], {})
        firms = [companies.get(one or "") for one in (person.get("Account Id"), call["ACCOUNTID"])]
        ways = [
            by_id.get(call["LEADID"], set()),
            by_email.get(person.get("Email", "-").lower(), set()),
            *(by_company.get(firm, set()) for firm in firms if firm),
        ]
        found.touches.update(next((way for way in ways if len(way) == 1), ()))
    return found


def gather(listed: Iterable[Row], key: Callable[[Row], str]) -> Mapping[str, set[str]]:
    """Return the ids of the leads by what they share."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in listed:
        found[key(row)].add(row["LEADID"])
    return found


def generic(folder: Path) -> Figures:
    """Eleven lists of many programs; a person of the same name in two of them is one prospect."""
    found = Figures()
    found.add_rows(rows(folder / "basudev_Opportunity.csv"), "OpportunityStage", "EstimatedValue")
    found.add_rows(rows(folder / "basudev_Leads.csv"), "LeadStatus")
    found.add_rows(rows(folder / "duckflow_deals.csv"), "stage", "amount")
    found.add_rows(rows(folder / "olga_opportunities.csv"), "stage", "amount")
    for row in rows(folder / "jaffle_deals.csv"):
        found.add(column_of(row["deal_stage"]), row["amount"].strip("$").replace(",", ""))
    for row in rows(folder / "german_deals.csv"):
        ends = ("won", row["Angebot unterschrieben"]), ("dropped", row["Absage"])
        found.add(next((column for column, day in ends if day), "active"))
        met = [row["Erstgespräch"], row["Abschlussgespräch"]]
        found.touches[f"{row['utm_campaign'].strip()} {row['CreateDate']}".strip()] += (
            2 - met.count("")
        )
    for column, amount, currency in people_of_five_lists(folder).values():
        found.add(column, amount, currency)
    found.touches = +found.touches + basudev_touches(folder)
    return found


def people_of_five_lists(folder: Path) -> dict[str, tuple[str, str, str]]:
    """Return column, amount and currency of those whom the small lists name."""
    found = dict.fromkeys(
        [
            *(row["full_name"].lower() for row in rows(folder / "facebook-ads.csv")),
            *(row["Name"].lower() for row in rows(folder / "google-ads.csv")),
            *(row["Lead"].lower() for row in rows(folder / "messy-spreadsheet.csv")),
        ],
        ("active", "", "USD"),
    )
    for row in rows(folder / "messy_injection_leads.csv"):
        found[row["name"].lower()] = (column_of(row["status"]), "", "USD")
    for row in rows(folder / "messy_tiny_leads.csv"):
        amount = row["revenue"].strip("$€")
        known = amount if amount.replace(".", "").isdigit() else ""
        currency = "EUR" if "€" in row["revenue"] else "USD"
        found[row["name"].strip().lower()] = ("active", known, currency)
    return found


def basudev_touches(folder: Path) -> Counter[str]:
    """Count what was done with each lead, and with the deal that names the activity it came from."""
    done = Counter[str]()
    leads = {row["LeadID"] for row in rows(folder / "basudev_Leads.csv")}
    deals: defaultdict[str, list[str]] = defaultdict(list)
    for row in rows(folder / "basudev_Opportunity.csv"):
        deals[row["ActivityID"]].append(row["OpportunityID"])
    for row in rows(folder / "basudev_Activity.csv"):
        if row["Completed"] == "True" and row["ActivityType"] != "Follow-up":
            done.update([*({row["LeadID"]} & leads), *deals[row["ActivityID"]]])
    return done


def json_api(folder: Path) -> Figures:
    """A lead of Close and a deal of Pipedrive; the call, mail and task there are of another lead."""
    found = Figures()
    deal = json.loads((folder / "pipedrive_webhook_deal_create.json").read_text("utf-8-sig"))
    now = deal["current"]
    found.add(column_of(now["status"]), str(now["value"]), now["currency"])
    lead = json.loads((folder / "close_lead.json").read_text("utf-8"))
    found.add("active")
    names = ("close_call.json", "close_email.json", "close_task.json")
    told = [json.loads((folder / name).read_text("utf-8")) for name in names]
    found.touches.update(one["lead_id"] for one in told if one["lead_id"] == lead.get("id"))
    return found


def vcard(folder: Path) -> Figures:
    """Each card is a lead; two with one name and company are one."""
    found = Figures()
    cards = [card for path in sorted(folder.iterdir()) for card in cards_of(path)]
    for _ in {card or str(number) for number, card in enumerate(cards)}:
        found.add("active")
    return found


def cards_of(path: Path) -> Iterator[str]:
    """Yield the name on each card, as it is written; one has none."""
    for card in path.read_text("utf-8", errors="replace").split("BEGIN:VCARD")[1:]:
        lines = card.replace("=\r\n", "").replace("=\n", "").splitlines()
        named = [line.partition(":")[2] for line in lines if line.startswith("FN")]
        yield next(iter(named), "").replace("\\", "")


# What else plain reading says


def outcomes_of_calls(folder: Path, found: Taken) -> None:
    calls: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in rows(folder / "activities.csv"):
        calls[row["Deal ID"]][row["Outcome"].split(":")[0]] += 1
    words = {
        Outcome.NO_ANSWER: "no answer",
        Outcome.QUOTE: "sent",
        Outcome.INBOUND: "received",
    }
    for p in found.prospects:
        told = calls[p.external_id]
        by_outcome = Counter(words.get(touch.outcome, "") for touch in p.touches)
        assert by_outcome["no answer"] == told["no answer"]
        assert by_outcome["sent"] == told["sent"] == len(p.quotes)
        assert by_outcome[""] == told["connected"] + told["received"] - by_outcome["received"]


def people_and_companies_of_hubspot(folder: Path, found: Taken) -> None:
    deals = rows(folder / "hygiene_deals.csv")
    mine = found.of(*(row["Record ID"] for row in deals))
    companies = {
        row["Record ID"]: row["Company name"].strip()
        for row in rows(folder / "hygiene_companies.csv")
    }
    assert [p.company for p in mine] == [companies[row["Associated Company ID"]] for row in deals]
    contacts = rows(folder / "hygiene_contacts.csv")
    reach = {row["Associated Company ID"] for row in deals}
    joining = [row for row in contacts if row["Associated Company ID"] in reach]
    left_out = found.reports["hygiene_contacts.csv"].left_out.total()
    assert left_out >= 283 - len(joining) - len(joining) // 10
    emails: defaultdict[str, set[str]] = defaultdict(set)
    for row in joining:
        emails[companies[row["Associated Company ID"]]].add(row["Email"].strip().lower())
    for p in mine:
        assert emails[p.company] - {""} <= {c.email.lower() for c in p.contacts}


def companies_of_salesforce(folder: Path, found: Taken) -> None:
    deals = rows(folder / "opportunityData.csv")
    mine = found.of(*(row["ID"] for row in deals))
    accounts = {row["ID"]: row["NAME"] for row in rows(folder / "accountData.csv", "cp1252")}
    assert [p.company for p in mine] == [accounts[row["ACCOUNTID"]] for row in deals]


def people_of_duckflow(folder: Path, found: Taken) -> None:
    deals = rows(folder / "duckflow_deals.csv")
    emails = {row["contact_id"]: row["email"] for row in rows(folder / "duckflow_contacts.csv")}
    by_id = {p.external_id: p for p in found.prospects}
    for row in deals:
        assert [c.email for c in by_id[row["deal_id"]].contacts] == [emails[row["contact_id"]]]


FOLDERS: dict[
    str, tuple[Callable[[Path], Figures], Callable[[Path, Taken], None] | None, set[str]]
] = {
    "bpi2012": (bpi2012, outcomes_of_calls, set()),
    "generic": (generic, people_of_duckflow, {"skylark_work_orders.csv"}),
    "hubspot": (hubspot, people_and_companies_of_hubspot, {"hygiene_ground_truth.json"}),
    "json-api": (json_api, None, {"close_opportunity.json"}),
    "maven": (
        maven,
        None,
        {"sales_teams.csv", "sales_teams.xlsx", "products.csv", "products.xlsx"},
    ),
    "salesforce": (
        salesforce,
        companies_of_salesforce,
        {"sf_lead_data.csv", "sf_opportunity_data.csv", "sf_opportunity_history_data.csv"},
    ),
    "vcard": (vcard, None, set()),
    "zoho": (zoho, None, {"Users.csv"}),
}
"""For each folder its figures, what else is compared, and the files that are left out with a word."""


@pytest.mark.parametrize("name", FOLDERS)
def test_the_board_has_the_figures_of_the_files(board: Board, shared: Path, name: str) -> None:
    figures, compare_more, left_out = FOLDERS[name]
    folder = shared / name
    taken = take(board, files_of(name), twice=name not in LARGE)
    found, plain = figures_of(taken.prospects), figures(folder)
    assert found.counts == plain.counts
    assert found.sums == plain.sums
    assert found.touches == plain.touches
    assert {w.split(" ")[0] for w in taken.warnings if "was left out: " in w} == left_out
    assert taken.is_same_again
    if compare_more:
        compare_more(folder, taken)


# Folders without a list of deals: refused as they are, or taken as a person says


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("atomic-crm", "a list of contacts, not of deals"),
        ("bank", "do not tell what it is"),
        ("encodings", "not of deals"),
        ("ical", "a list of activities"),
    ],
)
def test_a_folder_without_deals_is_refused_with_what_to_do(name: str, reason: str) -> None:
    with pytest.raises(InvalidValueError, match=reason) as caught:
        read_files(files_of(name), now=NOW)
    assert "--kind leads" in caught.value.cure or "deals.csv FILE" in caught.value.cure


def test_contacts_of_atomic_crm_taken_as_leads(board: Board, shared: Path) -> None:
    folder = shared / "atomic-crm"
    found = take(board, files_of("atomic-crm"), kind="leads")
    listed = rows(folder / "contacts.csv") + rows(folder / "contacts_export.csv")
    counts = Counter(column_of(row["status"]) for row in listed)
    names = {f"{row['first_name']} {row['last_name']}" for row in listed}
    for path in folder.glob("*.json"):
        people = json.loads(path.read_text("utf-8"))["contacts"]
        counts["active"] += len(people)
        names |= {f"{one['first_name']} {one['last_name']}" for one in people}
    assert figures_of(found.prospects).counts == counts
    assert {c.name for p in found.prospects for c in p.contacts} == names
    assert found.is_same_again


def test_events_of_a_calendar_come_to_the_deals_they_name(
    board: Board, shared: Path, tmp_path: Path
) -> None:
    text = (shared / "ical" / "example.ics").read_text("utf-8")
    titles = [line.partition(":")[2] for line in text.splitlines() if line.startswith("SUMMARY")]
    deals = tmp_path / "deals.csv"
    with deals.open("w", newline="") as file:
        csv.writer(file).writerows([["Deal Name", "Stage"], *([title, "Open"] for title in titles)])
    found = take(board, [deals, *files_of("ical")])
    assert figures_of(found.prospects).touches == dict.fromkeys(titles, 1)
    assert found.is_same_again
