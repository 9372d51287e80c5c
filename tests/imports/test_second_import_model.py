"""A CRM and a board are worked on, and lists go from one to the other in any order.

No change in the CRM is missed, no decision made here is lost, nobody is there twice.
"""

import csv
import io
from dataclasses import replace
from datetime import UTC
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from review_board.board.board import Board
from review_board.board.merging import merge_two
from review_board.errors import RefusedError
from review_board.exchange.read_files import import_bytes
from review_board.imports.plan import (
    ImportPlan,
    PipelineNow,
    import_options,
    plan_import,
    undo_import,
)
from review_board.pipeline import changes
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Won
from review_board.pipeline.vocabulary import Channel, DropReason
from review_board.settings.tree import Settings
from tests.conftest import SEARCH
from tests.memory_store import Disk, MemoryStore
from tests.office import Hands

Record = dict[str, str]
Languages = tuple[tuple[dict[str, str], dict[str, str]], ...]
WORDS = {
    "active": "Proposal",
    "won": "Closed Won",
    "dropped": "Closed Lost",
    "nurture": "Nurture",
}
"""The stage in the CRM for each state here."""
ENDED = {"won", "dropped"}
FIELDS = ("value", "owner", "close_date", "phone", "state", "no_calls")
VALUES: dict[str, st.SearchStrategy[str]] = {
    "value": st.sampled_from(["1000", "2000", "3000", "4000"]),
    "owner": st.sampled_from(["ann", "bob", "cat"]),
    "close_date": st.sampled_from(["2026-12-01", "2026-12-24", "2027-01-15"]),
    "phone": st.sampled_from(["+44 20 7946 0001", "+44 20 7946 0002", "+44 20 7946 0003"]),
    "state": st.sampled_from(sorted(WORDS)),
    "no_calls": st.sampled_from(["Yes", ""]),
}
RECORDS = st.fixed_dictionaries(VALUES)
HEADERS = {
    "id": "Record ID",
    "name": "Deal Name",
    "company": "Company",
    "contact": "Contact",
    "email": "Email",
    "phone": "Phone",
    "value": "Amount",
    "owner": "Deal owner",
    "close_date": "Close Date",
    "contacted": "Last Contacted",
    "no_calls": "Do Not Call",
    "stage": "Deal Stage",
}
GERMAN = {
    "id": "Datensatz-ID",
    "name": "Deal-Name",
    "company": "Firma",
    "contact": "Ansprechpartner",
    "email": "E-Mail",
    "phone": "Telefon",
    "value": "Betrag",
    "owner": "Zuständiger Mitarbeiter",
    "close_date": "Abschlussdatum",
    "contacted": "Letzter Kontakt",
    "no_calls": "Nicht anrufen",
    "stage": "Phase",
}
GERMAN_WORDS = {
    "active": "Angebot",
    "won": "Gewonnen",
    "dropped": "Verloren",
    "nurture": "Nurture",
}
LEAVABLE = ("value", "owner", "close_date", "phone", "contacted", "no_calls")
"""Columns that are not in each week's list."""
DAYS = st.sampled_from(["2026-10-01", "2026-10-15", "2026-11-02"])
COMPANIES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel")
OTHERS = ("Quay", "Ridge", "Stone")
"""The companies of a second list, which numbers from where the first does."""
OTHER_HEADER = "ID,Title,Organisation,Status,Deal value,Added\n"


def state_here(prospect: Prospect) -> str:
    return "won" if prospect.won else prospect.column.value


def on_board(prospect: Prospect) -> Record:
    """Return the fields of a prospect as the CRM writes them."""
    return {
        "value": str(prospect.value.amount) if prospect.value else "",
        "owner": prospect.owner,
        "close_date": str(prospect.close_date or ""),
        "phone": prospect.contacts[0].phone,
        "state": state_here(prospect),
        "no_calls": "Yes" if Channel.PHONE in prospect.closed_channels else "",
    }


class TwoBooks(RuleBasedStateMachine):
    """The CRM, the board, and what a careful person would have on the board after each import."""

    has_ids = True
    languages: Languages = ((HEADERS, WORDS),)
    """The headers and stage words of which each week's list has one."""
    currency = "USD"
    is_of_no_program = False
    """Whether its numbers may be another list's, so that what two companies share is asked about."""
    uses_numbers_anew = False

    def __init__(self) -> None:
        super().__init__()
        self.clock = Hands()
        self.disk = Disk()
        self.board = Board(MemoryStore(self.disk), Settings(), self.clock, UTC, "ann").open()
        self.crm: dict[str, Record] = {}
        self.contacted: dict[str, str] = {}
        self.contacts: dict[str, set[str]] = {}
        self.files: list[tuple[bytes, dict[str, Record], dict[str, str]]] = []
        self.expected: dict[str, Record] = {}
        self.base: dict[str, Record] = {}
        self.notes: dict[str, int] = {}
        self.numbers: dict[str, int] = {}
        self.free: list[int] = []
        self.merged: list[str] = []
        self.others: dict[str, str] = {}

    # In the CRM

    @precondition(lambda self: len(self.numbers) < len(COMPANIES))
    @rule(record=RECORDS)
    def a_deal_begins_there(self, record: Record) -> None:
        name = COMPANIES[len(self.numbers)]
        fresh = 500 + len(self.numbers)
        self.numbers[name] = self.free.pop() if self.free else fresh
        self.crm[name] = record

    @precondition(lambda self: self.crm)
    @rule(data=st.data())
    def a_deal_is_deleted_there(self, data: st.DataObject) -> None:
        """It is in no list any more; its card here stays, and its number may be given to another."""
        name = data.draw(st.sampled_from(sorted(self.crm)))
        del self.crm[name]
        if self.uses_numbers_anew and name in self.expected:
            self.free.append(self.numbers[name])
            self.files.clear()  # nobody takes in a list from before that again

    @precondition(lambda self: self.crm)
    @rule(data=st.data(), field=st.sampled_from(FIELDS))
    def a_deal_changes_there(self, data: st.DataObject, field: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.crm)))
        self.crm[name] = {**self.crm[name], field: data.draw(VALUES[field])}

    @precondition(lambda self: self.crm)
    @rule(data=st.data(), day=DAYS)
    def somebody_is_contacted_there(self, data: st.DataObject, day: str) -> None:
        self.contacted[data.draw(st.sampled_from(sorted(self.crm)))] = day

    @precondition(lambda self: self.crm)
    @rule(data=st.data(), more=st.booleans(), left=st.sets(st.sampled_from(LEAVABLE), max_size=3))
    def a_list_is_exported(self, data: st.DataObject, more: bool, left: set[str]) -> None:
        names = data.draw(st.permutations(sorted(self.crm)))
        names = names[: data.draw(st.integers(1, len(names)))]
        left = left | ({"id"} - ({"id"} if self.has_ids else set()))
        headers, words = data.draw(st.sampled_from(self.languages))
        fields = data.draw(st.permutations([f for f in headers if f not in left]))
        rows = [self._row(name, fields, words) + ["x"] * more for name in names]
        out = io.StringIO()
        csv.writer(out).writerows([[headers[f] for f in fields] + ["Mood"] * more, *rows])
        said = {"state", *fields}
        told = {n: {f: v for f, v in self.crm[n].items() if f in said} for n in names}
        days = {n: self.contacted[n] for n in names if n in self.contacted}
        self.files.append((out.getvalue().encode(), told, {} if "contacted" in left else days))

    def _row(self, name: str, fields: list[str], words: dict[str, str]) -> list[str]:
        record = self.crm[name]
        whole = {
            **record,
            "id": str(self.numbers[name]),
            "name": f"{name} fleet",
            "company": f"{name} Works",
            "contact": f"Jo {name}",
            "email": f"jo@{name.lower()}.example",
            "value": self.amount(record["value"], words),
            "contacted": self.contacted.get(name, ""),
            "stage": words[record["state"]],
        }
        return [whole[field] for field in fields]

    def amount(self, value: str, words: dict[str, str]) -> str:
        """Return an amount as a list in the language of these stage words has it."""
        del words
        return value

    # Here

    def _id(self, name: str) -> str:
        found = [d["id"] for d in self.board.documents().values() if d["name"] == f"{name} fleet"]
        assert len(found) == 1, (name, found)
        return str(found[0])

    @precondition(lambda self: self.expected)
    @rule(data=st.data(), field=st.sampled_from(FIELDS))
    def somebody_edits_here(self, data: st.DataObject, field: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.expected)))
        value = data.draw(VALUES[field])
        self.clock.turn(minutes=1)
        self.board.change(self._id(name), self._edit(field, value), "edited")
        self.expected[name] = {**self.expected[name], field: value}
        now = on_board(self.board.prospect(self._id(name)))
        if field == "state":  # an end that is struck out takes its close day with it
            self.expected[name]["close_date"] = now["close_date"]

    def _edit(self, field: str, value: str) -> Any:
        def edited(prospect: Prospect, stamp: Any) -> Prospect:
            if field == "phone":
                return changes.edit_contact(prospect, prospect.contacts[0], phone=value)
            if field == "value":
                return changes.edit(prospect, value=Money(Decimal(value), self.currency))
            if field == "no_calls":
                return changes.edit(prospect, closed_channels=(Channel.PHONE,) if value else ())
            if field != "state":
                return changes.edit(prospect, **{field: value})
            if value == state_here(prospect):
                return prospect
            prospect = changes.take_up(prospect, stamp, stamp.at.date())
            if value == "won":
                open_one = changes.activate(prospect)
                return changes.win(open_one, Won(on=stamp.at.date(), by=stamp.by))
            if value == "dropped":
                return changes.drop(prospect, DropReason.TIMING, stamp, "not now")
            if value == "nurture":
                return changes.nurture(prospect, stamp.at.date())
            return changes.activate(prospect)

        return edited

    @precondition(lambda self: self.expected)
    @rule(data=st.data())
    def somebody_writes_a_note(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.expected)))
        self.clock.turn(minutes=1)
        count = self.notes[name] = self.notes.get(name, 0) + 1
        text = f"note {count}"
        self.board.change(self._id(name), lambda p, s: changes.add_note(p, text, s), "note")

    @precondition(lambda self: len(self.expected) > 1 and not self.uses_numbers_anew)
    @rule(data=st.data())
    def two_cards_are_made_one_here(self, data: st.DataObject) -> None:
        """Whatever either list row says from now on, it is about the one card, and nobody is there twice."""
        kept, gone = data.draw(st.permutations(sorted(self.expected)))[:2]
        self.clock.turn(minutes=1)
        try:
            merge_two(self.board, self._id(kept), self._id(gone))
        except RefusedError:  # a win is never lost in an open sale
            return
        for name in (kept, gone):
            del self.expected[name]
        self.merged += [kept, gone]

    # From there to here

    def _plan(self, data: bytes) -> ImportPlan:
        options = import_options(self.board)
        result = import_bytes(data, now=self.clock(), options=options)
        plan = plan_import(PipelineNow.of(self.board), result, "deals.csv")
        if not plan.near:
            return plan
        assert self.is_of_no_program
        here = {document["name"] for document in self.board.documents().values()}
        assert here.isdisjoint(one.row_name for one in plan.near)
        answers = [replace(one, is_same=False) for one in plan.near]
        return plan_import(PipelineNow.of(self.board), result, "deals.csv", answers=answers)

    @rule(name=st.sampled_from(OTHERS), value=VALUES["value"])
    def another_list_comes(self, name: str, value: str) -> None:
        """Its numbers are those of the first list, and its deals are others."""
        self.others[name] = value
        rows = [
            f"{500 + number},{one} roof,{one} Hall,Open,{self.others[one]} {self.currency},2026-09-01\n"
            for number, one in enumerate(OTHERS)
            if one in self.others
        ]
        self.clock.turn(minutes=1)
        plan = self._plan((OTHER_HEADER + "".join(rows)).encode())
        assert not plan.undecided
        if not plan.is_empty:
            plan.take_in(self.board)

    @precondition(lambda self: self.files)
    @rule(data=st.data(), theirs=st.booleans(), take_back=st.booleans())
    def a_list_is_imported(self, data: st.DataObject, theirs: bool, take_back: bool) -> None:
        file, records, days = data.draw(st.sampled_from(self.files))
        self.clock.turn(minutes=1)
        before = dict(self.board.documents())
        plan = self._plan(file)
        assert {p.name for p in plan.created} == {
            f"{name} fleet" for name in records if name not in (*self.expected, *self.merged)
        }
        wanted = {
            name: self._wanted(name, record, theirs)
            for name, record in records.items()
            if name not in self.merged
        }
        closing = plan.settled(lambda _update, _field: theirs)
        if closing.is_empty:
            assert not plan.undecided
        else:
            closing.take_in(self.board)
            if take_back:
                undo_import(self.board, lambda _: None)
                after = {k: {**d, "rev": 0} for k, d in self.board.documents().items()}
                assert after == {k: {**d, "rev": 0} for k, d in before.items()}
                closing.take_in(self.board)
        for name, record in wanted.items():
            self.expected[name] = record
            self.base[name] = self.base.get(name, {}) | records[name]
            self.contacts.setdefault(name, set()).update({days[name]} if name in days else ())
        assert self._plan(file).is_empty

    def _wanted(self, name: str, record: Record, theirs: bool) -> Record:
        """Return what stands on the board afterwards, computed field by field."""
        if name not in self.expected:
            unknown = dict.fromkeys(FIELDS, "")
            return unknown | record
        ours, base = self.expected[name], self.base[name]
        return {
            field: self._field(ours[field], base.get(field), record.get(field), theirs)
            for field in FIELDS
            if field != "no_calls"
        } | {"no_calls": self._request(ours, base, record)}

    def _field(self, ours: str, base: str | None, now: str | None, theirs: bool) -> str:
        if now is None or now == base or (ours not in {base or "", ""} and not theirs):
            return ours
        return now

    @staticmethod
    def _request(ours: Record, base: Record, now: Record) -> str:
        """Return whether they want no calls: a list that says so anew is followed, none lifts it."""
        is_news = now.get("no_calls") == "Yes" != base.get("no_calls")
        return "Yes" if is_news else ours["no_calls"]

    # What holds at all times

    @invariant()
    def the_board_is_as_a_careful_person_would_have_it(self) -> None:
        found = [self.board.prospect(key) for key in self.board.documents()]
        assert len(found) == len(self.expected) + len(self.merged) // 2 + len(self.others)
        shown = {prospect.company.removesuffix(" Works"): prospect for prospect in found}
        for name, amount in self.others.items():
            roof = shown[f"{name} Hall"]
            assert roof.value == Money(Decimal(amount), self.currency)
        for name, expected in self.expected.items():
            assert on_board(shown[name]) == expected, (name, on_board(shown[name]), expected)
            written = {note.text for note in shown[name].notes}
            assert {str(t.at.date()) for t in shown[name].touches} == self.contacts[name], name
            value = shown[name].value
            assert value is None or value.currency == self.currency
            assert {f"note {n + 1}" for n in range(self.notes.get(name, 0))} <= written


class WithoutIds(TwoBooks):
    """The same, of a list that has no ids."""

    has_ids = False
    is_of_no_program = True


class InGerman(TwoBooks):
    """The same, of a program set to German from one week to the next, in euros."""

    languages: Languages = ((HEADERS, WORDS), (GERMAN, GERMAN_WORDS))
    is_of_no_program = True
    currency = "EUR"

    def amount(self, value: str, words: dict[str, str]) -> str:
        if words is WORDS:
            return f"EUR {value}"
        return f"{int(value):,},00 €".replace(",", ".", 1) if len(value) > 3 else value


class Numbered(TwoBooks):
    """The same, of a list of no known program, which gives the number of a deleted row to the next."""

    languages: Languages = (
        (
            {
                name: {"id": "No", "stage": "Status", "owner": "Owner"}.get(name, header)
                for name, header in HEADERS.items()
                if name != "phone"  # one number and one telephone are one buyer
            },
            WORDS,
        ),
    )
    is_of_no_program = uses_numbers_anew = True


_EXAMPLES = settings(max_examples=SEARCH or 25, stateful_step_count=25)
TestWithIds = TwoBooks.TestCase
TestWithoutIds = WithoutIds.TestCase
TestInGerman = InGerman.TestCase
TestNumbered = Numbered.TestCase
for _case in (TestWithIds, TestWithoutIds, TestInGerman, TestNumbered):
    _case.settings = _EXAMPLES
del _case  # pytest would collect it once more
