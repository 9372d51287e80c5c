"""Small lists as people met them, each with its right answer, read where they lie."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from review_board.exchange.import_result import ImportOptions, ImportResult
from review_board.exchange.read_files import read_files
from review_board.imports.plan import PipelineNow, plan_import
from review_board.pipeline.prospect import Prospect
from tests.office import Office

NOW = datetime(2026, 11, 29, 12, tzinfo=UTC)
Check = Callable[[ImportResult], object]


@dataclass(frozen=True)
class Case:
    """Count by place, sums by place and currency, and what else must hold."""

    counts: Mapping[str, int]
    sums: Mapping[str, str] = field(default_factory=dict)
    options: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[Check, ...] = ()


def place_of(prospect: Prospect) -> str:
    return "won" if prospect.won else prospect.column.value


def counts_of(result: ImportResult) -> dict[str, int]:
    return dict(Counter(place_of(p) for p in result.prospects))


def sums_of(result: ImportResult) -> dict[str, str]:
    """Return ``EUR 1000 + USD 20`` for each place that has a value."""
    sums: dict[str, Counter[str]] = {}
    for p in result.prospects:
        if p.value:
            here = sums.setdefault(place_of(p), Counter())
            here[p.value.currency] += p.value.amount  # type: ignore[assignment]
    return {
        place: " + ".join(
            f"{code} {Decimal(total).normalize():f}" for code, total in sorted(c.items())
        )
        for place, c in sums.items()
    }


def named(name: str, result: ImportResult) -> Prospect:
    return next(p for p in result.prospects if p.name.startswith(name))


def has(name: str, test: Callable[[Prospect], object]) -> Check:
    return lambda result: test(named(name, result))


def says(*words: str) -> Check:
    """Return a check that the notices hold each of the words."""
    return lambda result: all(w in "\n".join(result.notices) for w in words)


def notes_of(p: Prospect) -> str:
    return "\n".join(note.text for note in p.notes)


def noted(name: str, words: str) -> Check:
    """Return a check that a cell stands in a note and gave no value."""
    return has(name, lambda p: p.value is None and words in notes_of(p))


def contacts(name: str, *people: str) -> Check:
    return has(
        name, lambda p: tuple(f"{c.name} {c.email} {c.phone}".strip() for c in p.contacts) == people
    )


def closes(name: str, day: str) -> Check:
    return has(name, lambda p: str(p.close_date) == day)


def owners(*names: str) -> Check:
    return lambda result: tuple(p.owner for p in result.prospects) == names


def companies(*names: str) -> Check:
    return lambda result: tuple(p.company for p in result.prospects) == names


def left_out(*reasons: str) -> Check:
    return lambda result: all(any(r in s.reason for s in result.skipped) for r in reasons)


ONE_EACH = {"active": 1, "dropped": 1, "won": 1}

CASES: dict[str, Case] = {
    "odoo_lost.csv": Case(
        ONE_EACH,
        also=(has("Heat pump", lambda p: p.drop and "Too expensive" in p.drop.note),),
    ),
    "twenty.csv": Case(
        {"active": 1, "won": 1},
        {"active": "EUR 24000", "won": "EUR 15000"},
        also=(contacts("Solar", "Mia Brandt"), left_out("deleted")),
    ),
    "bitrix_api.csv": Case(
        ONE_EACH,
        {"active": "EUR 45000", "dropped": "EUR 12000", "won": "EUR 8000"},
        also=(has("Forklift", lambda p: p.owner == "Lane"),),
    ),
    "espo.csv": Case({"active": 1, "dropped": 1}, {"active": "EUR 24000", "dropped": "CHF 9000"}),
    "invoice_currency.csv": Case(
        {"active": 3}, {"active": "USD 48000"}, also=(says("'currency' holds no currency codes"),)
    ),
    "estimated_value.csv": Case(
        {"active": 2}, {"active": "USD 33000"}, {"kind": None}, (owners("Rob Lane", "Rob Lane"),)
    ),
    "freshsales.csv": Case(
        {"active": 1, "dropped": 1},
        {"active": "EUR 24000", "dropped": "GBP 9000"},
        also=(companies("Birch Hall", "Oak Lane"),),
    ),
    "apollo.csv": Case(
        {"active": 1, "dropped": 1},
        options={"kind": "leads"},
        also=(
            has("Birch Hall", lambda p: p.contacts[0].phone == "+1 555-0101"),
            has("Birch Hall", lambda p: "+1 555-0100" in notes_of(p)),
            has("Oak Lane", lambda p: p.do_not_contact),
        ),
    ),
    "frappe.csv": Case(
        {"active": 1, "dropped": 1},
        {"active": "EUR 24000", "dropped": "EUR 9000"},
        also=(
            has("Birch Hall", lambda p: p.contacts[0].name == "Mia Brandt"),
            closes("Birch Hall", "2026-12-18"),
        ),
    ),
    "tbd.csv": Case(
        {"active": 4},
        {"active": "USD 42000"},
        also=(noted("Oak", "TBD"), noted("Ash", "10k-15k"), says("TBD", "10k-15k")),
    ),
    "yearless.csv": Case(
        {"active": 3}, {"active": "USD 51000"}, also=(has("Oak", lambda p: str(p.touches[0].at.date()) == "2026-11-05"),)
    ),
    "prob_word.csv": Case(
        {"active": 3},
        also=(has("Battery", lambda p: p.probability is None), says("High")),
    ),
    "negative.csv": Case(
        {"active": 2}, {"active": "USD 24000"}, also=(noted("Credit", "-101.15"), says("-101.15"))
    ),
    "total_pipeline.csv": Case({"active": 2}, {"active": "USD 33000"}, also=(left_out("total"),)),
    "monday_groups.csv": Case(
        {"active": 2, "won": 1}, {"active": "USD 39000", "won": "USD 9000"}, also=(left_out("sub-item"),)
    ),
    "vtiger.csv": Case(
        {"active": 1, "dropped": 1},
        also=(
            has("Solar", lambda p: (p.company, p.contacts[0].name) == ("Birch Hall", "Mia Brandt")),
        ),
    ),
    "hubspot_two_contacts.csv": Case(
        {"active": 1, "dropped": 1},
        also=(
            contacts("Solar", "Mia Brandt mia@birchhall.example", "Joe Kern joe@birchhall.example"),
            contacts("Heat", "Ted Voss ted@oaklane.example"),
        ),
    ),
    "pipedrive_fr.csv": Case(
        ONE_EACH,
        {"active": "EUR 24000", "dropped": "EUR 9000", "won": "EUR 15000"},
        also=(has("Toiture", lambda p: (p.company, p.contacts[0].name) == ("Bouleau SARL", "Mia Brandt")),),
    ),
    "dutch.csv": Case(
        ONE_EACH,
        {"active": "EUR 24000", "dropped": "EUR 9000", "won": "EUR 15000"},
        also=(owners(*["Rob Lane"] * 3), closes("Zonnedak", "2026-12-18")),
    ),
    "prob_long.csv": Case(
        {"active": 2},
        also=(
            lambda r: [p.probability for p in r.prospects] == [Decimal("0.44413"), Decimal("0.2")],
        ),
    ),
    "excel_serial.csv": Case(
        {"active": 2, "dropped": 1},
        also=(
            closes("Solar", "2026-12-18"), closes("Battery", "2026-12-02"),
            has("Heat", lambda p: p.drop and str(p.drop.at.date()) == "2026-09-30"),
            says("day numbers"),
        ),
    ),
    "lost_comes_back.csv": Case({"active": 1, "dropped": 1}),
    "week1.csv": Case({"active": 2}),
    "week2.csv": Case({"active": 1, "won": 1, "dropped": 1}),
    "lists/01_update_first.csv": Case({"active": 3}, {"active": "USD 60000"}),
    "lists/01_update_second.csv": Case({"active": 2, "won": 1, "dropped": 1}),
    "lists/02_noid_first.csv": Case({"active": 2}),
    "lists/02_noid_second_one_column_more.csv": Case({"active": 2}),
    "lists/03_list_a.csv": Case({"active": 2}, {"active": "USD 3000"}),
    "lists/03_list_b.csv": Case({"active": 3}),
    "lists/04_current_status.csv": Case(
        ONE_EACH,
        {"won": "USD 1000", "dropped": "USD 2000", "active": "USD 4000"},
        also=(owners("u1", "u1", "u2"),),
    ),
    "lists/07_stage_words.csv": Case(
        {"active": 9, "won": 6, "dropped": 7},
        also=(
            lambda r: {p.name for p in r.prospects if p.won}
            == {"closed dash won", "de won", "PO received", "fr won", "nl won", "it won"},
            lambda r: {p.name for p in r.prospects if place_of(p) == "dropped"}
            == {"wont buy", "sold to other", "unqualified", "de lost", "pt lost", "it lost", "dnc"},
            lambda r: {use.word for use in r.states if not use.is_known} >= {"Ghosted", "Went dark"},
            has("dnc", lambda p: p.do_not_contact),
        ),
    ),
    "lists/09_salesforce_report.csv": Case(
        ONE_EACH,
        {"active": "EUR 12500.5", "won": "USD 20000", "dropped": "EUR 30000"},
        also=(has("Alder", lambda p: str(p.created)[:10] == "2026-09-01"),),
    ),
    "lists/12_close_opps.csv": Case(
        ONE_EACH, {"active": "EUR 12500.5", "won": "USD 20000", "dropped": "EUR 30000"}
    ),
    "lists/14_do_not_call.csv": Case(
        {"active": 2},
        also=(
            has("Alder", lambda p: p.do_not_contact and "call" in p.do_not_contact.note),
            has("Alder", lambda p: p.do_not_contact and "mail" in p.do_not_contact.note),
            has("Birch", lambda p: p.do_not_contact is None),
        ),
    ),
    "lists/15_several_addresses.csv": Case(
        {"active": 2},
        also=(
            has("Alder", lambda p: (p.contacts[0].email, p.contacts[0].phone)
                == ("jo@alder.example", "+44 20 7946 0001")),
            has("Alder", lambda p: "kim@alder.example" in notes_of(p) + str(p.contacts)),
            has("Birch", lambda p: "tom@birch.example" in notes_of(p) + str(p.contacts)),
            has("Birch", lambda p: "0004" in notes_of(p) + str(p.contacts)),
        ),
    ),
    "lists/16_twenty_bad.csv": Case(
        {"active": 7},
        also=(
            left_out("its id '7' is that of row 8", "nothing says whether won or lost"),
            says("soon", "31.02.2026", "-5", "tbd", "next week", "Q3"),
        ),
    ),
    "lists/18_excel_serial_dates.csv": Case(
        {"active": 2}, also=(closes("A", "2026-12-15"), says("day numbers"))
    ),
    "lists/20_pivoted_crosslist.csv": Case(
        {"active": 2},
        {"active": "USD 300"},
        also=(contacts("A", "jo@alder.example jo@alder.example"),),
    ),
    "lists/26_last_activity_never_worked.csv": Case(
        {"active": 1}, also=(has("Alder", lambda p: not p.contact_history), has("Alder", lambda p: p.times_contacted == 9),
            has("Alder", lambda p: [str(t.at.date()) for t in p.touches] == ["2026-11-18"]))
    ),
    "lists/27_repeated_header_with_name.csv": Case({"active": 1, "won": 1}, also=(left_out("header"),)),
    "lists/30_won_without_day.csv": Case({"won": 1}, also=(says("no day"),)),
    "lists/31_api_list.json": Case({"won": 1, "dropped": 1}, {"won": "USD 1000", "dropped": "USD 2000"}),
    "lists/42_amount_currency_column.csv": Case({"active": 2}, {"active": "CHF 20000 + EUR 12500.5"}),
    "lists/49_range.csv": Case(
        {"active": 3},
        also=(noted("Alder", "5000-10000"), noted("Birch", "~7500"), noted("Cedar", "8000 EUR/yr"),
              says("5000-10000")),
    ),
    "lists/51_same_company_two_files.csv": Case({"active": 1}),
    "lists/51b_same_company_new_phone.csv": Case({"active": 1}),
}  # fmt: skip


def faults(case: Case, result: ImportResult) -> list[str]:
    """Return what is not as it should be."""
    found = []
    if counts_of(result) != case.counts:
        found.append(f"counts {counts_of(result)}, not {case.counts}")
    if case.sums and sums_of(result) != case.sums:
        found.append(f"sums {sums_of(result)}, not {case.sums}")
    for i, check in enumerate(case.also):
        try:
            if not check(result):
                found.append(f"check {i}")
        except (LookupError, StopIteration, AttributeError, TypeError) as error:
            found.append(f"check {i}: {error!r}")
    return found


@pytest.mark.parametrize(("name", "case"), CASES.items(), ids=list(CASES))
def test_the_right_answer(shared: Path, name: str, case: Case) -> None:
    path = shared.parent / "cases" / name
    result = read_files([path], now=NOW, options=ImportOptions(**case.options))
    assert faults(case, result) == []


def test_calls_come_to_the_deal_that_they_name(shared: Path) -> None:
    folder = shared.parent / "cases" / "lists"
    board = Office().open()
    files = [folder / "01_update_first.csv", folder / "35_activities.csv"]
    plan_import(PipelineNow.of(board), read_files(files, now=NOW), "lists").take_in(board)
    told = {
        p.external_id: [(str(t.at.date()), t.outcome.value) for t in p.touches]
        for p in map(board.prospect, board.documents())
    }
    calls = [("2026-11-01", "no-answer"), ("2026-11-10", "talked")]
    assert told == {"501": calls, "502": [], "503": []}


def test_no_case_is_left_untried(shared: Path) -> None:
    folder = shared.parent / "cases"
    files = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    read_with_others = {"lists/35_activities.csv"}
    assert {name for name in files if not name.endswith(".md")} == CASES.keys() | read_with_others
