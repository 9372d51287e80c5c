"""A CRM and a board are worked on, and lists go from one to the other in any order.

No change in the CRM is missed, no decision made here is lost, nobody is there twice.
"""

import csv
import io
from datetime import UTC
from decimal import Decimal
from typing import Any

import hypothesis.strategies as st
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from review_board.board.board import Board
from review_board.exchange.importing import import_bytes
from review_board.imports import ImportPlan, PipelineNow, import_options, plan_import, undo_import
from review_board.pipeline import changes
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Won
from review_board.pipeline.vocabulary import DropReason
from review_board.settings.tree import Settings
from review_board.store.memory import Disk, MemoryStore
from tests.office import Hands

Record = dict[str, str]
WORDS = {
    "active": "Proposal",
    "won": "Closed Won",
    "dropped": "Closed Lost",
    "nurture": "Nurture",
}
"""The stage in the CRM for each state here."""
ENDED = {"won", "dropped"}
FIELDS = ("value", "owner", "close_date", "phone", "state")
VALUES: dict[str, st.SearchStrategy[str]] = {
    "value": st.sampled_from(["1000", "2000", "3000", "4000"]),
    "owner": st.sampled_from(["ann", "bob", "cat"]),
    "close_date": st.sampled_from(["2026-12-01", "2026-12-24", "2027-01-15"]),
    "phone": st.sampled_from(["+44 20 7946 0001", "+44 20 7946 0002", "+44 20 7946 0003"]),
    "state": st.sampled_from(sorted(WORDS)),
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
    "stage": "Deal Stage",
}
COMPANIES = ("Alder", "Birch", "Cedar", "Dogwood", "Elm", "Fir", "Gorse", "Hazel")


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
    }


class TwoBooks(RuleBasedStateMachine):
    """The CRM, the board, and what a careful person would have on the board after each import."""

    has_ids = True

    def __init__(self) -> None:
        super().__init__()
        self.clock = Hands()
        self.disk = Disk()
        self.board = Board(MemoryStore(self.disk), Settings(), self.clock, UTC, "ann").open()
        self.crm: dict[str, Record] = {}
        self.files: list[tuple[bytes, dict[str, Record]]] = []
        self.expected: dict[str, Record] = {}
        self.base: dict[str, Record] = {}
        self.notes: dict[str, int] = {}

    # In the CRM

    @precondition(lambda self: len(self.crm) < len(COMPANIES))
    @rule(record=RECORDS)
    def a_deal_begins_there(self, record: Record) -> None:
        self.crm[COMPANIES[len(self.crm)]] = record

    @precondition(lambda self: self.crm)
    @rule(data=st.data(), field=st.sampled_from(FIELDS))
    def a_deal_changes_there(self, data: st.DataObject, field: str) -> None:
        name = data.draw(st.sampled_from(sorted(self.crm)))
        self.crm[name] = {**self.crm[name], field: data.draw(VALUES[field])}

    @precondition(lambda self: self.crm)
    @rule(data=st.data(), more=st.booleans())
    def a_list_is_exported(self, data: st.DataObject, more: bool) -> None:
        names = data.draw(st.permutations(sorted(self.crm)))
        names = names[: data.draw(st.integers(1, len(names)))]
        fields = data.draw(st.permutations([f for f in HEADERS if self.has_ids or f != "id"]))
        rows = [self._row(name, fields) + ["x"] * more for name in names]
        out = io.StringIO()
        csv.writer(out).writerows([[HEADERS[f] for f in fields] + ["Mood"] * more, *rows])
        self.files.append((out.getvalue().encode(), {name: self.crm[name] for name in names}))

    def _row(self, name: str, fields: list[str]) -> list[str]:
        record = self.crm[name]
        whole = {
            **record,
            "id": str(500 + COMPANIES.index(name)),
            "name": f"{name} fleet",
            "company": f"{name} Works",
            "contact": f"Jo {name}",
            "email": f"jo@{name.lower()}.example",
            "stage": WORDS[record["state"]],
        }
        return [whole[field] for field in fields]

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
                return changes.edit(prospect, value=Money(Decimal(value)))
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

    # From there to here

    def _plan(self, data: bytes) -> ImportPlan:
        options = import_options(self.board, source="" if self.has_ids else "my list")
        result = import_bytes(data, now=self.clock(), options=options)
        return plan_import(PipelineNow.of(self.board), result, "deals.csv")

    @precondition(lambda self: self.files)
    @rule(data=st.data(), theirs=st.booleans(), take_back=st.booleans())
    def a_list_is_imported(self, data: st.DataObject, theirs: bool, take_back: bool) -> None:
        file, records = data.draw(st.sampled_from(self.files))
        self.clock.turn(minutes=1)
        before = dict(self.board.documents())
        plan = self._plan(file)
        assert {p.name for p in plan.created} == {
            f"{name} fleet" for name in records if name not in self.expected
        }
        wanted = {name: self._wanted(name, record, theirs) for name, record in records.items()}
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
        for name, record in records.items():
            self.expected[name], self.base[name] = wanted[name], record
        assert self._plan(file).is_empty

    def _wanted(self, name: str, record: Record, theirs: bool) -> Record:
        """Return what stands on the board afterwards, computed field by field."""
        if name not in self.expected:
            return dict(record)
        ours, base = self.expected[name], self.base[name]
        return {
            field: ours[field]
            if record[field] == base[field] or (ours[field] != base[field] and not theirs)
            else record[field]
            for field in FIELDS
        }

    # What holds at all times

    @invariant()
    def the_board_is_as_a_careful_person_would_have_it(self) -> None:
        found = [self.board.prospect(key) for key in self.board.documents()]
        assert len(found) == len(self.expected)
        shown = {prospect.company.removesuffix(" Works"): prospect for prospect in found}
        for name, expected in self.expected.items():
            assert on_board(shown[name]) == expected, name
            written = {note.text for note in shown[name].notes}
            assert {f"note {n + 1}" for n in range(self.notes.get(name, 0))} <= written


class WithoutIds(TwoBooks):
    """The same, of a list that has no ids."""

    has_ids = False


TestWithIds = TwoBooks.TestCase
TestWithIds.settings = settings(max_examples=40, stateful_step_count=25, deadline=None)
TestWithoutIds = WithoutIds.TestCase
TestWithoutIds.settings = settings(max_examples=25, stateful_step_count=25, deadline=None)
