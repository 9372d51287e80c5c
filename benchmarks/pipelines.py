"""Seeded pipelines of any size, made straight as documents: ten touches a prospect, 1.9 KB."""

import csv
import random
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import orjson

from review_board.pipeline.vocabulary import OUTCOMES, Outcome

TODAY = date(2026, 11, 20)
TOUCHES = 10
COLUMNS = ("active", "callback-pending", "nurture", "dropped")
SHARES = (50, 15, 20, 15)
OUTCOMES_USED = (
    *(Outcome.NO_ANSWER, Outcome.VOICEMAIL, Outcome.EMAIL, Outcome.GATEKEEPER),
    *(Outcome.TALKED, Outcome.ADVANCED, Outcome.DEFERRED),
)
FIRST = ("Harbor", "Lakeside", "Northgate", "Summit", "Riverbend", "Cedar", "Ironwood", "Delta")
SECOND = ("Auto Glass", "Dental", "Freight", "Foods", "Printing", "Roofing", "Clinics", "Tooling")
PEOPLE = ("Kim Okafor", "Ana Ruiz", "Jo Weber", "Lee Chan", "Sam Novak", "Max Dubois")
OWNERS = ("ann", "ben", "cho")
NOTES = (
    "",
    "left word with the front desk",
    "wants the price for three shops",
    "the board meets in January",
)
DEAL_COLUMNS = (
    *("opportunity_id", "sales_agent", "product", "account"),
    *("deal_stage", "engage_date", "close_date", "close_value"),
)

Document = dict[str, Any]


def documents(count: int, seed: int = 1) -> list[Document]:
    """Return so many prospects, the same ones for the same seed."""
    rng = random.Random(seed)
    return [_prospect(rng, number) for number in range(1, count + 1)]


def reviewed(count: int, each: int, seed: int = 1) -> list[Document]:
    """Return the same after reviews: one in ``each`` is due on ``TODAY``, the others were decided lately."""
    rng = random.Random(seed)
    found = documents(count, seed)
    for number, document in enumerate(found):
        is_due = number % each == 0
        decided = rng.randrange(100, 200) if is_due else rng.randrange(6)
        document["verdicts"] = [_kept(rng, decided, document["owner"])]
        if is_due and document["column"] == "dropped":
            document["next_step"] = {"action": "One more idea", "on": _day(3)}
    return found


def name_of(number: int) -> str:
    """Return the name of the prospect with this number; no two are alike."""
    return f"{FIRST[number % 8]} {SECOND[number // 8 % 8]} {number}"


def write_pipeline(path: Path, count: int, seed: int = 1) -> None:
    """Write a TinyDB file as TinyDB itself would."""
    write_documents(path, documents(count, seed))


def write_documents(path: Path, found: Iterable[Document]) -> None:
    """Write the same of these prospects."""
    numbered = {str(number): document for number, document in enumerate(found, 1)}
    path.write_bytes(orjson.dumps({"prospects": numbered}))


def write_wide_deals(path: Path, count: int, seed: int = 1) -> None:
    """Write a list of deals with people, days, notes and whatever else a CRM exports, all of it used."""
    rng = random.Random(seed)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, _wide_deal(rng, 0))
        writer.writeheader()
        writer.writerows(_wide_deal(rng, number) for number in range(1, count + 1))


def write_deals(path: Path, count: int, seed: int = 1) -> None:
    """Write a list of won, lost and open deals as a CRM exports it."""
    rng = random.Random(seed)
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(DEAL_COLUMNS)
        writer.writerows(_deal(rng, number) for number in range(1, count + 1))


def _prospect(rng: random.Random, number: int) -> Document:
    column = rng.choices(COLUMNS, SHARES)[0]
    name, owner = name_of(number), rng.choice(OWNERS)
    document: Document = {
        "id": f"p-{number:05}",
        "rev": 0,
        "name": name,
        "company": f"{name} Group",
        "column": column,
        "owner": owner,
        "created": _instant(rng, 300),
        "value": _money(rng),
        "probability": str(rng.choice((0.1, 0.2, 0.3, 0.5))),
        "contacts": [
            {"id": f"c-{place}", "name": who, "phone": f"+1 555 01{rng.randrange(100):02}"}
            for place, who in enumerate(rng.sample(PEOPLE, 2))
        ],
        "touches": list(_touches(rng, owner)),
        "source": "trade fair",
    }
    if column == "callback-pending":
        asked = _day(rng.randrange(10, 60))
        document["callback"] = {"on": _day(rng.randrange(-40, 5)), "asked_on": asked}
    elif column == "nurture":
        document["nurture"] = {"since": _day(60), "next_on": _day(rng.randrange(-30, 10))}
    elif column == "dropped":
        document["drop"] = {"at": _instant(rng, 5), "by": owner, "reason": "no-response"}
    elif rng.random() < 0.5:
        document["next_step"] = {"action": "Call again", "on": _day(rng.randrange(-14, 7))}
    return document


def _touches(rng: random.Random, owner: str) -> Iterator[Document]:
    days = sorted(rng.sample(range(6, 280), TOUCHES), reverse=True)
    for number, ago in enumerate(days, 1):
        outcome = rng.choice(OUTCOMES_USED)
        meaning = OUTCOMES[outcome]
        touch = {
            "id": f"t-{number:02}",
            "at": _instant(rng, ago),
            "by": owner,
            "outcome": str(outcome),
            "channel": str(meaning.channel),
            "direction": str(meaning.direction),
            "note": rng.choice(NOTES),
        }
        yield {key: value for key, value in touch.items() if value}


def _kept(rng: random.Random, ago: int, owner: str) -> Document:
    """Return a verdict so many days ago that kept it where it was."""
    said = {"verdict": "keep", "destination": "active", "rule": "working"}
    advised = {"recommended": "keep", "recommended_destination": "active"}
    return {"id": "v-1", "at": _instant(rng, ago), "by": owner, **said, **advised}


def _deal(rng: random.Random, number: int) -> tuple[object, ...]:
    stage = rng.choices(("Won", "Lost", "Engaging", "Prospecting"), (48, 28, 18, 6))[0]
    account = rng.choice(FIRST) + rng.choice(SECOND).replace(" ", "")
    engaged = "" if stage == "Prospecting" else _day(rng.randrange(120, 400))
    closed = _day(rng.randrange(1, 120)) if stage in {"Won", "Lost"} else ""
    value = {"Won": rng.randrange(50, 9_000), "Lost": 0}.get(stage, "")
    agent, product = (
        rng.choice(PEOPLE),
        f"GT{rng.choice(('X', 'K'))} {rng.choice(('Basic', 'Pro'))}",
    )
    return f"{number:08X}", agent, product, account, stage, engaged, closed, value


def _wide_deal(rng: random.Random, number: int) -> dict[str, object]:
    account = f"{rng.choice(FIRST)} {rng.choice(SECOND)} {number}"
    first, _, last = rng.choice(PEOPLE).partition(" ")
    stage = rng.choice(("Closed Won", "Closed Lost", "Proposal", "Qualified", "Negotiation"))
    is_open = not stage.startswith("Closed")
    return {
        "Record ID": 100_000 + number,
        "Deal Name": f"{account} rollout",
        "Company": account,
        "Deal Stage": stage,
        "Amount": rng.randrange(100, 90_000),
        "Currency": rng.choice(("USD", "EUR")),
        "Close Date": _day(rng.randrange(-90, 0) if is_open else rng.randrange(1, 200)),
        "Create Date": _day(rng.randrange(201, 500)),
        "Deal Owner": rng.choice(PEOPLE),
        "Probability": rng.randrange(0, 101, 5),
        "First Name": first,
        "Last Name": last,
        "Job Title": rng.choice(("CEO", "Head of IT", "Buyer")),
        "Email": f"{first}.{last}@n{number}.example".lower(),
        "Phone": f"+4179{rng.randrange(10**6, 10**7)}",
        "Next Step": f"Call {first}" if is_open else "",
        "Next Activity Date": _day(rng.randrange(-30, 0)) if is_open else "",
        "Last Activity Date": _day(rng.randrange(1, 100)),
        "Lost Reason": "Too expensive" if stage == "Closed Lost" else "",
        "Lead Source": rng.choice(("Web", "Fair", "Referral")),
        "Product": rng.choice(("Basic", "Pro")),
        "Tags": rng.choice(("hot", "retail; eu", "vip")),
        "Notes": f"{rng.choice(NOTES)}, said {rng.randrange(10**9)} in the first call of the year",
        "Description": f"{rng.choice(NOTES)}; {rng.randrange(10**9)} shops in three countries",
    }


def _money(rng: random.Random) -> Document:
    return {"amount": str(500 * rng.randrange(3, 800)), "currency": "USD"}


def _day(ago: int) -> str:
    return (TODAY - timedelta(days=ago)).isoformat()


def _instant(rng: random.Random, ago: int) -> str:
    clock = time(rng.randrange(8, 18), rng.randrange(0, 60, 5))
    return f"{datetime.combine(TODAY - timedelta(days=ago), clock).isoformat()}Z"
