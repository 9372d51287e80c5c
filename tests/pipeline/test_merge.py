"""Merging two prospects: nothing of either is lost, and nothing stands twice."""

from collections import Counter
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.errors import RefusedError
from review_board.pipeline.dates import full_day
from review_board.pipeline.merge import merge
from review_board.pipeline.prospect import Prospect, from_document, to_document, with_request
from review_board.pipeline.records import Answer, Contact, DoNotContact, NextStep, Quote, Won
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import AnswerState, Column, Outcome, Role
from tests.judgement.build import day, moment, money, promise, prospect, touch, verdict_record
from tests.judgement.strategies import prospects

STAMP = Stamp(at=datetime(2026, 11, 20, 12, tzinfo=UTC), by="ann", key="k-1")
LISTS = ("touches", "notes", "quotes", "pushes", "verdicts", "bets", "snoozes", "reopenings")

others = prospects.map(lambda p: p.with_changes(id="p-other", name="Other Ltd", won=None))


def said(entry: Any) -> str:
    """What an entry says, whatever it is called and whoever it is with."""
    return str(entry.model_dump_json(exclude={"id", "contact", "touch", "evidence", "overrules"}))


def counted(entries: Any) -> Counter[str]:
    return Counter(map(said, entries))


def every_entry_of_both_is_there_once(keep: Prospect, other: Prospect, merged: Prospect) -> None:
    for name in LISTS:
        ours, theirs, now = (getattr(p, name) for p in (keep, other, merged))
        twice = [entry for entry in theirs if entry in ours]
        expected = counted(ours) + counted(theirs) - counted(twice)
        got = counted(e for e in now if not e.id.startswith(f"{STAMP.key}-m"))
        assert got == expected, name
        more = len(now) - len(ours)
        assert len({entry.id for entry in now}) == len({entry.id for entry in ours}) + more, name
    drops = Counter(d.model_dump_json() for d in merged.drops)
    assert drops == Counter({d.model_dump_json(): 1 for d in (*keep.drops, *other.drops)})
    assert {c.on for c in merged.callbacks} == {c.on for c in (*keep.callbacks, *other.callbacks)}
    assert {fold(t) for t in merged.tags} == {fold(t) for t in (*keep.tags, *other.tags)}


def every_person_is_there_and_every_touch_names_its_own(
    keep: Prospect, other: Prospect, merged: Prospect
) -> None:
    people = {c.id: fold(c.name) for c in merged.contacts}
    assert set(people.values()) == {fold(c.name) for c in (*keep.contacts, *other.contacts)}
    for of in (keep, other):
        named = {c.id: fold(c.name) for c in of.contacts}
        before = Counter(named[t.contact] for t in of.touches if t.contact in named)
        after = Counter(people[t.contact] for t in merged.touches if t.contact in people)
        assert before <= after
    pointers = {f"contacts/{i}" for i in people}
    for verdict in merged.verdicts:
        assert {e for e in verdict.evidence if e.startswith("contacts/")} <= pointers | {
            e for v in (*keep.verdicts, *other.verdicts) for e in v.evidence
        }


def every_plain_value_is_in_its_field_or_in_the_note(
    keep: Prospect, other: Prospect, merged: Prospect
) -> None:
    note = "\n".join(n.text for n in merged.notes if n.id.startswith(STAMP.key))
    for of in (keep, other):
        for name in ("company", "owner", "source", "stage", "external_id", "name"):
            value = getattr(of, name)
            assert value == getattr(merged, name) or value in note, name
        assert of.close_date in (None, merged.close_date) or full_day(of.close_date) in note
        assert of.do_not_contact is None or merged.do_not_contact
        for question, answer in of.answers.items():
            assert (
                merged.answers[question] == answer or answer.state.label in note or not answer.text
            )


@given(prospects, others, st.booleans())
def test_nothing_of_either_is_lost_and_nothing_stands_twice(
    keep: Prospect, other: Prospect, turned: bool
) -> None:
    """All that is asked of a merge: to draw two records takes longer than to ask it."""
    if turned and keep.won is None:
        keep, other = other, keep
    merged = merge(keep, other, STAMP).prospect
    every_entry_of_both_is_there_once(keep, other, merged)
    every_person_is_there_and_every_touch_names_its_own(keep, other, merged)
    every_plain_value_is_in_its_field_or_in_the_note(keep, other, merged)
    assert from_document(to_document(merged)) == with_request(merged)
    assert merged.merged == (other.id,)


KEEP = prospect(touch(Outcome.TALKED, 5), name="Harbor", value=money(100), owner="ann")


def other(*what: Any, **fields: Any) -> Prospect:
    return prospect(*what, id="p-2", **({"name": "Harbour Ltd"} | fields))


def test_the_one_that_is_kept_wins_and_the_others_values_are_in_the_note() -> None:
    made = merge(KEEP, other(value=money(200), owner="raj", source="fair"), STAMP)
    assert made.prospect.value == money(100)
    assert made.prospect.source == "fair"
    assert made.prospect.notes[-1].text.splitlines()[0] == (
        "Merged with Harbour Ltd (p-2). It said otherwise:"
    )
    assert {"value: $200", "owner: raj", "name: Harbour Ltd"} <= {*made.otherwise}


def test_what_reads_the_same_in_both_is_not_said_otherwise() -> None:
    later = KEEP.created + timedelta(hours=1) if KEEP.created else None
    made = merge(KEEP, other(value=money(200), created=later), STAMP)
    assert not [line for line in made.otherwise if line.startswith("known since")]
    assert made.prospect.notes[-1].text.endswith("name: Harbour Ltd;\nvalue: $200")


def test_one_person_under_two_ids_is_one_person_with_all_that_is_known() -> None:
    kim = Contact(id="c-1", name="Kim Aldous", phone="555-1")
    known = Contact(
        id="c-9", name="KIM ALDOUS", phone="555-2", email="k@h.example", role=Role.CHAMPION
    )
    theirs = other(touch(Outcome.TALKED, 3, contact="c-9"), contacts=(known,))
    merged = merge(KEEP.with_changes(contacts=(kim,)), theirs, STAMP).prospect
    (person,) = merged.contacts
    assert (person.id, person.phone, person.email) == ("c-1", "555-1", "k@h.example")
    assert "555-2" in person.note
    assert "champion" in person.note
    assert merged.touches[-1].contact == "c-1"


def test_the_same_id_in_both_for_another_thing_gets_an_id_of_its_own() -> None:
    ours = Quote(id="q-1", sent_on=day(9), amount=money(1))
    theirs = Quote(id="q-1", sent_on=day(8), amount=money(2))
    cited = verdict_record(3, evidence=("quotes/q-1",))
    merged = merge(
        KEEP.with_changes(quotes=(ours,)), other(quotes=(theirs,), verdicts=(cited,)), STAMP
    ).prospect
    assert [q.amount for q in merged.quotes] == [money(1), money(2)]
    assert merged.verdicts[0].evidence == (f"quotes/{merged.quotes[1].id}",)


def test_a_request_not_to_be_contacted_survives_and_ends_what_is_planned() -> None:
    asked = DoNotContact(at=moment(3), by="raj", note="never again")
    step = NextStep(action="call", on=day(-3))
    made = merge(KEEP.with_changes(next_step=step), other(do_not_contact=asked), STAMP)
    assert made.prospect.do_not_contact == asked
    assert made.prospect.next_step is None
    assert "next step: call, 23 Nov 2026" in made.otherwise
    assert "that stays" in "\n".join(made.lines())


def test_a_step_of_both_is_agreed_where_either_says_so_and_another_is_told_in_words() -> None:
    step = NextStep(action="call", on=day(-3), agreed=False)
    agreed = step.model_copy(update={"agreed": True})
    kept = KEEP.with_changes(next_step=step)
    assert merge(kept, other(next_step=agreed), STAMP).prospect.next_step == agreed
    demo = agreed.model_copy(update={"action": "demo"})
    made = merge(kept, other(next_step=demo), STAMP)
    assert made.prospect.next_step == step
    assert "next step: demo, 23 Nov 2026 (they agreed)" in made.otherwise


def test_the_others_callback_counts_where_there_is_none_and_waits_behind_an_own_one() -> None:
    theirs = promise(5, 30)
    assert merge(KEEP, other(callback=theirs), STAMP).prospect.callback == theirs
    own = KEEP.with_changes(callback=promise(2, 10))
    merged = merge(own, other(callback=theirs), STAMP).prospect
    assert (merged.callback, merged.earlier_callbacks) == (own.callback, (theirs,))
    gone = KEEP.with_changes(column=Column.DROPPED)
    assert merge(gone, other(callback=theirs), STAMP).prospect.callback is None


def test_a_win_is_never_merged_away() -> None:
    won = other(won=Won(on=day(3)))
    with pytest.raises(RefusedError, match="keep Harbour Ltd instead"):
        merge(KEEP, won, STAMP)
    assert merge(won, KEEP, STAMP).prospect.won
    with pytest.raises(RefusedError, match="stay two"):
        merge(KEEP.with_changes(won=Won(on=day(3))), won, STAMP)
    with pytest.raises(RefusedError, match="one and the same"):
        merge(KEEP, KEEP, STAMP)


def test_what_will_happen_is_said_before() -> None:
    theirs = other(touch(Outcome.TALKED, 9, id="t-x"), tags=("north",))
    first, *rest = merge(KEEP, theirs, STAMP).lines()
    assert first == "Harbor gets 1 contact logged and 1 tag."
    assert rest[1] == "  name: Harbour Ltd"


def test_the_fields_that_were_empty_are_said_too() -> None:
    bare = KEEP.with_changes(value=None, stage="", next_step=None)
    step = NextStep(action="call", on=day(-3))
    made = merge(bare, other(stage="Contract", next_step=step), STAMP)
    (gets,) = (line for line in made.lines() if " gets " in line)
    assert all(label in gets for label in ("next step", "value", "stage")), gets


def test_an_answer_and_a_day_are_said_in_words() -> None:
    answer = Answer(state=AnswerState.CLAIMED, text="second quote", on=date(2026, 10, 11), by="raj")
    theirs = other(answers={"next-step": answer}, created=datetime(2026, 10, 19, 9, tzinfo=UTC))
    mine = KEEP.with_changes(
        answers={"next-step": answer.model_copy(update={"text": "our quote"})},
        created=datetime(2026, 10, 1, 9, tzinfo=UTC),
    )
    said = merge(mine, theirs, STAMP).otherwise
    assert "answer to next step: said (11 Oct 2026): second quote" in said
    assert "known since: 19 Oct 2026" in said


def test_one_address_with_and_without_a_title_is_one_person_with_one_number() -> None:
    with_title = Contact(
        id="c-1", name="Dr. Kim Aldous", email="kim@acme.example", phone="+49 7132 5501-0"
    )
    without = Contact(id="c-9", name="Kim Aldous", email="Kim@acme.example", phone="07132 55010")
    other = Contact(id="c-2", name="Lee Aldous", email="kim@acme.example")
    keep = prospect().with_changes(contacts=(with_title,))
    merged = merge(keep, keep.with_changes(id="p-other", contacts=(without, other)), STAMP).prospect
    kim, lee = merged.contacts
    assert (kim.name, kim.phone, lee.name) == ("Dr. Kim Aldous", "+49 7132 5501-0", "Lee Aldous")
    assert kim.note == "also: name Kim Aldous, email Kim@acme.example"


def test_a_callback_that_is_in_force_no_more_is_told_before_it_is_done() -> None:
    own = KEEP.with_changes(callback=promise(2, 10))
    theirs = promise(5, 30)
    told = merge(own, other(callback=theirs, column=Column.CALLBACK), STAMP).otherwise
    assert f"callback: {full_day(theirs.on)}" in told
    assert "column: Callback-Pending" in told
