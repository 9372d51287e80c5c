"""Makes the list that a CRM exports each week of a book of sales that goes on between the weeks."""

import csv
import io
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

from tests.exchange.test_spreadsheets import Cell, sheet_xml, workbook

FIRST = date(2026, 11, 2)
"""The day of the first export, a Monday."""
STAGES = ("Qualified", "Demo Scheduled", "Proposal Made", "Negotiations Started")
WON, LOST = "Won", "Lost"
_TOWNS = ("Alder", "Birch", "Cedar", "Dover", "Elm", "Fenwick", "Gorse", "Hazel", "Ivy", "Juniper")
_TRADES = ("Foundry", "Logistics", "Dental", "Printing", "Bakery", "Roofing")
_WARES = ("Renewal", "New line", "Pilot", "Service contract", "Upgrade")
_FIRST = ("Mia", "Joe", "Ana", "Ted", "Kim", "Lars", "Ines", "Omar")
_LAST = ("Brandt", "Kern", "Silva", "Voss", "Park", "Holm", "Roth", "Haddad")
_OWNERS = ("Ann Reed", "Bob Lane")
_REASONS = ("Price too high", "Went with a competitor", "No budget")


@dataclass(frozen=True)
class Sale:
    """A sale as the CRM has it on a day."""

    id: int
    title: str
    company: str
    person: str
    email: str
    phone: str
    value: Decimal
    stage: str
    owner: str
    created: date
    closes: date
    status: str = "Open"
    ended: date | None = None
    reason: str = ""
    last_activity: date | None = None


class Crm:
    """A book of sales that changes from week to week, by a seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self.today = FIRST
        self.sales: dict[int, Sale] = {}
        for _ in range(24):
            self._begin(self.today - timedelta(days=self._dice.randint(5, 120)))

    def _begin(self, created: date) -> None:
        dice, number = self._dice, 101 + len(self.sales)
        town, trade = _TOWNS[number % len(_TOWNS)], _TRADES[number // len(_TOWNS) % len(_TRADES)]
        first, last = dice.choice(_FIRST), _LAST[number % len(_LAST)]
        sale = Sale(
            id=number,
            title=f"{town} {trade} {_WARES[number % len(_WARES)]}",
            company=f"{town} {trade}",
            person=f"{first} {last}",
            email=f"{first}.{last}@{town}{trade}.example".lower(),
            phone=f"+44 20 7946 {number:04}",
            value=Decimal(dice.randrange(2000, 60000, 250)),
            stage=dice.choice(STAGES[:3]),
            owner=dice.choice(_OWNERS),
            created=created,
            closes=self.today + timedelta(days=dice.randint(10, 90)),
            last_activity=self.today - timedelta(days=dice.randint(1, 30)),
        )
        if number % 4 == 0:  # a second sale to the same buyer
            other = self.sales.get(number - 1, sale)
            of_them = {
                name: getattr(other, name) for name in ("company", "person", "email", "phone")
            }
            sale = replace(sale, title=f"{other.company} {_WARES[number % len(_WARES)]}", **of_them)
        self.sales[number] = sale

    def a_week_passes(self) -> None:
        """Let some sales go on, two end, and two begin."""
        self.today += timedelta(days=7)
        going_on = [sale for sale in self.sales.values() if sale.status == "Open"]
        moved = self._dice.sample(going_on, 8)
        for change, sale in zip(self._changes(), moved, strict=True):
            worked = replace(sale, last_activity=self.today - timedelta(days=1))
            self.sales[sale.id] = change(worked)
        for _ in range(2):
            self._begin(self.today - timedelta(days=2))

    def _changes(self) -> Sequence[Callable[[Sale], Sale]]:
        yesterday = self.today - timedelta(days=1)
        reason = self._dice.choice(_REASONS)
        return (
            lambda s: replace(s, stage=STAGES[3]),
            lambda s: replace(s, stage=STAGES[2], value=s.value + 1500),
            lambda s: replace(s, closes=s.closes + timedelta(days=30)),
            lambda s: replace(s, owner=next(o for o in _OWNERS if o != s.owner)),
            lambda s: replace(s, phone=s.phone.replace("7946", "7999")),
            lambda s: replace(s, title=f"{s.title} II"),
            lambda s: replace(s, status=WON, ended=yesterday),
            lambda s: replace(s, status=LOST, ended=yesterday, reason=reason),
        )

    @property
    def now(self) -> datetime:
        """Return the moment of the export."""
        return datetime(self.today.year, self.today.month, self.today.day, 9, tzinfo=UTC)


def hubspot(crm: Crm) -> bytes:
    """Return the deals as HubSpot exports them: a stage of its own for an end, the close date its day."""
    headers = (
        "Record ID", "Deal Name", "Deal Stage", "Amount", "Deal owner", "Pipeline", "Close Date",
        "Create Date", "Last Activity Date", "Associated Company", "Associated Contact",
        "Closed Lost Reason",
    )  # fmt: skip
    rows = (
        [
            str(s.id), s.title, s.stage if s.status == "Open" else f"Closed {s.status}", f"{s.value}",
            s.owner, "Sales Pipeline", f"{s.ended or s.closes} 09:00", f"{s.created} 10:15",
            f"{s.last_activity} 16:40", s.company, f"{s.person} ({s.email})", s.reason,
        ]
        for s in crm.sales.values()
    )  # fmt: skip
    return _delimited(headers, rows)


def pipedrive(crm: Crm) -> bytes:
    """Return the deals as Pipedrive exports them: a status beside the stage, a person of their own columns."""
    headers = (
        "Deal - ID", "Deal - Title", "Deal - Value", "Deal - Currency of Value", "Deal - Status",
        "Deal - Stage", "Deal - Owner", "Deal - Organization", "Deal - Contact person",
        "Person - Email - Work", "Person - Phone - Work", "Deal - Expected close date",
        "Deal - Deal created", "Deal - Won time", "Deal - Lost time", "Deal - Lost reason",
        "Deal - Last activity date",
    )  # fmt: skip
    rows = (
        [
            str(s.id), s.title, f"{s.value}", "EUR", s.status, s.stage, s.owner, s.company, s.person,
            s.email, s.phone, str(s.closes), f"{s.created} 08:30:00",
            f"{s.ended} 15:00:00" if s.status == WON else "",
            f"{s.ended} 15:00:00" if s.status == LOST else "", s.reason, str(s.last_activity),
        ]
        for s in crm.sales.values()
    )  # fmt: skip
    return _delimited(headers, rows)


def sheet(crm: Crm) -> bytes:
    """Return the sales as somebody keeps them in Excel: no ids, few columns, days as numbers of days."""
    headers = (
        "Company",
        "Deal",
        "Contact",
        "E-mail",
        "Phone",
        "Value",
        "Status",
        "Owner",
        "Close date",
    )
    rows: list[list[Cell]] = [
        [
            s.company, s.title, s.person, s.email, s.phone, float(s.value),
            s.stage if s.status == "Open" else s.status, s.owner,
            ((s.ended or s.closes) - date(1899, 12, 30)).days,
        ]
        for s in crm.sales.values()
    ]  # fmt: skip
    return workbook(("Pipeline", sheet_xml([[*headers], *rows]), "visible"))


def _delimited(headers: Sequence[str], rows: Iterator[list[str]]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows([headers, *rows])
    return out.getvalue().encode("utf-8-sig")


EXPORTS: dict[str, Callable[[Crm], bytes]] = {
    "hubspot.csv": hubspot,
    "pipedrive.csv": pipedrive,
    "sheet.xlsx": sheet,
}
