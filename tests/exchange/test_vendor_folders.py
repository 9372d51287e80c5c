"""All files of one CRM together: the board has what plain reading of the files says, to the cent.

The figures are computed here from the files alone, with ``csv`` and ``Decimal``.
"""

import csv
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest

from review_board.board.board import Board
from review_board.exchange.import_result import HistoryReport
from review_board.exchange.importing import read_files
from review_board.imports import PipelineNow, import_options, plan_import
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Outcome
from tests.exchange.support import NOW

Row = dict[str, str]


@dataclass(frozen=True)
class Taken:
    """What stands on the board after one import, and what each file beside the lists brought."""

    prospects: list[Prospect]
    reports: dict[str, HistoryReport]
    warnings: tuple[str, ...]

    def of(self, *ids: str) -> list[Prospect]:
        """Return the prospects with these ids of their source."""
        return [p for p in self.prospects if p.external_id in ids]


def taken(board: Board, *paths: Path) -> Taken:
    """Import the files as one change."""
    result = read_files(paths, now=NOW, options=import_options(board, currency="USD"))
    plan = plan_import(PipelineNow.of(board), result, "a folder")
    plan.take_in(board)
    reports = {report.name: report for report in plan.joined.reports}
    prospects = [board.prospect(key) for key in board.documents()]
    again = plan_import(
        PipelineNow.of(board), read_files(paths, now=NOW, options=import_options(board)), "again"
    )
    assert (again.created, again.joined.additions) == ((), {})
    return Taken(prospects, reports, result.warnings)


def rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8-sig", errors="replace", newline="") as file:
        return list(csv.DictReader(file))


def columns(prospects: Iterable[Prospect]) -> dict[str, int]:
    return Counter("won" if p.won else p.column.value for p in prospects)


def sums(prospects: Iterable[Prospect]) -> dict[str, Decimal]:
    found: defaultdict[str, Decimal] = defaultdict(Decimal)
    for p in prospects:
        found["won" if p.won else p.column.value] += p.value.amount if p.value else 0
    return dict(found)


def column_of(stage: str) -> str:
    """Return where a deal belongs by the words that the files use."""
    plain = stage.lower().replace(" ", "")
    return {"closedwon": "won", "won": "won", "closedlost": "dropped", "lost": "dropped"}.get(
        plain, "active"
    )


def expected(
    listed: Iterable[Row], stage: str, amount: str
) -> tuple[dict[str, int], dict[str, Decimal]]:
    """Count the deals and sum their amounts by the column they belong to; nought of a lost one is unknown."""
    counts: Counter[str] = Counter()
    totals: defaultdict[str, Decimal] = defaultdict(Decimal)
    for row in listed:
        counts[column_of(row[stage])] += 1
        totals[column_of(row[stage])] += Decimal(row[amount] or 0)
    return dict(counts), dict(totals)


def test_bpi2012(board: Board, shared: Path) -> None:
    folder = shared / "bpi2012"
    found = taken(board, folder / "deals.csv", folder / "activities.csv")
    counts, totals = expected(rows(folder / "deals.csv"), "Deal Stage", "Amount")
    assert (columns(found.prospects), sums(found.prospects)) == (counts, totals)
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
        assert len(p.touches) == told.total()
        by_outcome = Counter(words.get(touch.outcome, "") for touch in p.touches)
        assert by_outcome["no answer"] == told["no answer"]
        assert by_outcome["sent"] == told["sent"] == len(p.quotes)
        assert by_outcome[""] == told["connected"] + told["received"] - by_outcome["received"]


def test_maven(board: Board, shared: Path) -> None:
    folder = shared / "maven"
    found = taken(board, *sorted(folder.glob("*.csv")))
    counts, totals = expected(rows(folder / "sales_pipeline.csv"), "deal_stage", "close_value")
    assert (columns(found.prospects), sums(found.prospects)) == (counts, totals)
    assert not any(p.touches for p in found.prospects)
    assert {warning.split(" ")[0] for warning in found.warnings} == {
        "products.csv",
        "sales_teams.csv",
    }


def test_hubspot(board: Board, shared: Path) -> None:
    folder = shared / "hubspot"
    found = taken(board, *sorted(folder.glob("*.csv")))
    deals = rows(folder / "hygiene_deals.csv")
    mine = found.of(*(row["Record ID"] for row in deals))
    assert (columns(mine), sums(mine)) == expected(deals, "Deal Stage", "Amount")
    others = rows(folder / "hubspot_deals.csv")
    counts, _ = expected(others, "Deal Stage", "Amount")
    named = [p for p in found.prospects if p.name in {row["Deal Name"] for row in others}]
    assert columns(named) == counts
    assert len(found.prospects) == 120 + 1000 + len(rows(folder / "migration_deals.csv"))
    companies = {
        row["Record ID"]: row["Company name"] for row in rows(folder / "hygiene_companies.csv")
    }
    for row, p in zip(deals, mine, strict=True):
        assert p.company == companies[row["Associated Company ID"]].strip()
    reach = {row["Associated Company ID"] for row in deals}
    joining = [
        r for r in rows(folder / "hygiene_contacts.csv") if r["Associated Company ID"] in reach
    ]
    left_out = found.reports["hygiene_contacts.csv"].left_out.total()
    assert left_out >= 283 - len(joining) - len(joining) // 10
    for p in mine:
        at_company = {
            row["Email"].strip().lower()
            for row in joining
            if companies[row["Associated Company ID"]].strip() == p.company
        }
        assert at_company - {""} <= {c.email.lower() for c in p.contacts}


def test_salesforce(board: Board, shared: Path) -> None:
    folder = shared / "salesforce"
    found = taken(board, *sorted(folder.glob("*.csv")))
    deals = rows(folder / "opportunityData.csv")
    mine = found.of(*(row["ID"] for row in deals))
    assert (columns(mine), sums(mine)) == expected(deals, "STAGENAME", "AMOUNT")
    listed = (folder / "accountData.csv").read_bytes().decode("cp1252").splitlines(keepends=True)
    accounts = {row["ID"]: row["NAME"] for row in csv.DictReader(listed)}
    assert {p.company for p in mine} == {accounts[row["ACCOUNTID"]] for row in deals}
    told = Counter(
        r["Opportunity Name"] for r in rows(folder / "portfolio_Customer_Interactions.csv")
    )
    small = rows(folder / "portfolio_Opportunities.csv")
    named = {p.name: p for p in found.prospects}
    assert {
        row["Opportunity Name"]: len(named[row["Opportunity Name"]].touches) for row in small
    } == told
    assert len(found.prospects) == len(deals) + len(small) + len(
        rows(folder / "portfolio_Leads.csv")
    )


def test_zoho(board: Board, shared: Path, tmp_path: Path) -> None:
    """Take the calls that name a lead or a company: each company by its one open lead, or by none."""
    folder = shared / "zoho"
    calls = [row for row in rows(folder / "Calls.csv") if not row["CONTACTID"]]
    with (tmp_path / "calls.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(calls[0]))
        writer.writeheader()
        writer.writerows(calls)
    found = taken(board, folder / "Leads.csv", folder / "Accounts.csv", tmp_path / "calls.csv")
    leads = [row for row in rows(folder / "Leads.csv") if row["CONVERTED"] == "No"]
    assert len(found.prospects) == len(leads)
    accounts = {r["ACCOUNTID"]: r["Account Name"].lower() for r in rows(folder / "Accounts.csv")}
    by_company: defaultdict[str, set[str]] = defaultdict(set)
    for row in leads:
        by_company[row["Company"].lower()].add(row["LEADID"])
    touches: Counter[str] = Counter()
    for row in calls:
        firm = by_company.get(accounts.get(row["ACCOUNTID"], "-"), set())
        lead = {row["LEADID"]} & {one["LEADID"] for one in leads}
        touches.update(lead or (firm if len(firm) == 1 else ()))
    assert {p.external_id: len(p.touches) for p in found.prospects if p.touches} == touches


def test_generic_chain_of_four_files(board: Board, shared: Path) -> None:
    folder = shared / "generic"
    found = taken(board, *sorted(folder.glob("basudev_*.csv")))
    deals = rows(folder / "basudev_Opportunity.csv")
    mine = found.of(*(row["OpportunityID"] for row in deals))
    assert (columns(mine), sums(mine)) == expected(deals, "OpportunityStage", "EstimatedValue")
    done = Counter[str]()
    leads = {row["LeadID"] for row in rows(folder / "basudev_Leads.csv")}
    owners: defaultdict[str, list[str]] = defaultdict(list)
    for row in deals:
        owners[row["ActivityID"]].append(row["OpportunityID"])
    for row in rows(folder / "basudev_Activity.csv"):
        if row["Completed"] == "True" and row["ActivityType"] != "Follow-up":
            done.update([*({row["LeadID"]} & leads), *owners[row["ActivityID"]]])
    assert {p.external_id: len(p.touches) for p in found.prospects if p.touches} == done


def test_duckflow_people_by_their_id(board: Board, shared: Path) -> None:
    folder = shared / "generic"
    found = taken(board, folder / "duckflow_contacts.csv", folder / "duckflow_deals.csv")
    deals = rows(folder / "duckflow_deals.csv")
    assert (columns(found.prospects), sums(found.prospects)) == expected(deals, "stage", "amount")
    emails = {row["contact_id"]: row["email"] for row in rows(folder / "duckflow_contacts.csv")}
    by_id = {p.external_id: p for p in found.prospects}
    for row in deals:
        assert [c.email for c in by_id[row["deal_id"]].contacts] == [emails[row["contact_id"]]]


@pytest.mark.parametrize("folder", ["generic", "json-api", "vcard", "zoho"])
def test_any_folder_as_a_whole_comes_in_once(board: Board, shared: Path, folder: str) -> None:
    paths = sorted(path for path in (shared / folder).iterdir() if path.is_file())
    assert taken(board, *paths).prospects
