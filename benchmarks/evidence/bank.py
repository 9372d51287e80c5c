"""UCI bank marketing: a Portuguese bank's phone campaign; who took a deposit after how many contacts.

``campaign`` counts the contacts of this campaign, the last one included; ``pdays`` the days since
an earlier campaign (−1: never contacted before); ``previous`` the contacts before this campaign.
Moro, Cortez and Rita, "A Data-Driven Approach to Predict the Success of Bank Telemarketing", 2014.
"""

from collections.abc import Iterator
from pathlib import Path

from benchmarks.evidence.rows import Row, between, read_rows
from benchmarks.evidence.shares import Share, counted, shares

COLUMNS = ("campaign", "pdays", "previous", "poutcome", "y")
CONTACTS = (*((str(n), n, n + 1) for n in range(1, 6)), ("6-10", 6, 11), ("11+", 11, 10**9))
PREVIOUS = (("never", 0, 1), *((str(n), n, n + 1) for n in range(1, 5)), ("5+", 5, 10**9))
PAUSES = (
    ("never contacted before", -1, 0),
    ("up to 90 days ago", 0, 91),
    ("91 to 180", 91, 181),
    ("181 to 365", 181, 366),
    ("longer ago", 366, 10**9),
)
OUTCOMES = ("success", "other", "failure", "unknown")
ENOUGH = 5
"""Contacts that our rules demand before anybody is given up as silent."""


def lines(path: Path) -> Iterator[str]:
    """All tables."""
    rows = read_rows(path, COLUMNS, ";")
    yield f"{len(rows):,} people, {sum(map(_bought, rows)):,} bought"
    yield ""
    yield from shares(
        "Bought, by contacts in this campaign (all that were made)",
        ("contacts", "people", "bought"),
        ((name, _share(rows, low, high, "campaign")) for name, low, high in CONTACTS),
    )
    yield from shares(
        "Bought at the nth contact, of those who got an nth",
        ("contact", "people", "bought"),
        ((f"{n}.", _at(rows, n)) for n in range(1, 13)),
    )
    yield from _persistence(rows)
    yield from shares(
        "Bought, by the outcome of an earlier campaign",
        ("earlier outcome", "people", "bought"),
        ((f"{o}", counted(_bought(r) for r in rows if r["poutcome"] == o)) for o in OUTCOMES),
    )
    yield from shares(
        "Bought, by contacts before this campaign",
        ("earlier contacts", "people", "bought"),
        ((name, _share(rows, low, high, "previous")) for name, low, high in PREVIOUS),
    )
    yield from shares(
        "Bought, by the time since the earlier campaign",
        ("earlier campaign", "people", "bought"),
        ((name, _share(rows, low, high, "pdays")) for name, low, high in PAUSES),
    )


def _bought(row: Row) -> bool:
    return row["y"] == "yes"


def _share(rows: list[Row], low: int, high: int, column: str) -> Share:
    within = between(low, high, lambda row: int(row[column]))
    return counted(_bought(row) for row in rows if within(row))


def _at(rows: list[Row], contact: int) -> Share:
    """Bought at this contact, of all who got one: what the next call brings."""
    reached = [row for row in rows if int(row["campaign"]) >= contact]
    return counted(_bought(row) and int(row["campaign"]) == contact for row in reached)


def _persistence(rows: list[Row]) -> Iterator[str]:
    """What the contacts from the fifth on brought, against the first four."""
    made = [(int(row["campaign"]), _bought(row)) for row in rows]
    early = sum(min(count, ENOUGH - 1) for count, _ in made)
    late = sum(max(0, count - ENOUGH + 1) for count, _ in made)
    bought_late = sum(bought and count >= ENOUGH for count, bought in made)
    bought_early = sum(bought and count < ENOUGH for count, bought in made)
    yield from shares(
        "Purchases for each contact made",
        ("which contacts", "contacts", "bought"),
        (
            (f"the first {ENOUGH - 1}", Share(bought_early, early)),
            (f"from the {ENOUGH}th on", Share(bought_late, late)),
        ),
    )
    yield from shares(
        f"Of all purchases, those that took {ENOUGH} contacts or more",
        ("", "bought", "late"),
        (("", Share(bought_late, bought_early + bought_late)),),
    )
