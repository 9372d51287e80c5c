"""What can happen to a prospect: each change does its work, leaves the rest, refuses the rest."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from review_board.errors import InvalidValueError, RefusedError
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, to_document
from review_board.pipeline.records import Answer, Callback, Contact, NextStep, Won, whose
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import (
    AnswerState,
    Channel,
    Column,
    DropReason,
    Outcome,
    QuoteState,
    ReasonKind,
    Role,
    SignalKind,
    Track,
    Verdict,
)

DAY = date(2026, 11, 20)
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
STAMP = Stamp(NOON, "ann", "k1")
LATER = Stamp(NOON + timedelta(hours=1), "raj", "k2")
AMOUNT = Money(amount=Decimal(24000))


@pytest.fixture
def acme() -> Prospect:
    return changes.create("Acme", STAMP)


def test_create_stands_in_active_and_belongs_to_who_adds_it(acme: Prospect) -> None:
    assert (acme.id, acme.column, acme.owner, acme.created) == ("p-k1", Column.ACTIVE, "ann", NOON)
    other = changes.create(" Beta\n", STAMP, owner="raj", column=Column.NURTURE)
    assert (other.name, other.owner, other.column) == ("Beta", "raj", Column.NURTURE)


@pytest.mark.parametrize("name", ["", "  ", "\x00", "\u200b"])
def test_create_refuses_a_name_that_nobody_sees(name: str) -> None:
    with pytest.raises(InvalidValueError):
        changes.create(name, STAMP)


@pytest.mark.parametrize(
    "fields",
    [{"locations": 0}, {"probability": "2"}, {"value": "lots"}, {"column": "won"}],
    ids=str,
)
def test_create_and_edit_refuse_bad_fields(acme: Prospect, fields: dict[str, object]) -> None:
    with pytest.raises(InvalidValueError, match="nothing was changed"):
        changes.create("Acme", STAMP, **fields)
    with pytest.raises(InvalidValueError, match=next(iter(fields))):
        changes.edit(acme, **fields)


def test_edit_replaces_fields_and_keeps_unknown_ones(acme: Prospect) -> None:
    odd = Prospect.model_validate({**acme.model_dump(), "mood": "odd"})
    edited = changes.edit(odd, name="Acme\tLtd", tags=("big", "green"), value=AMOUNT)
    assert (edited.name, edited.tags, edited.value) == ("Acme Ltd", ("big", "green"), AMOUNT)
    assert edited.model_extra == {"mood": "odd"}
    assert edited.created == acme.created
    with pytest.raises(InvalidValueError):
        changes.edit(acme, name=" ")


def test_a_touch_is_added_with_what_its_outcome_implies(acme: Prospect) -> None:
    touched = changes.log_touch(acme, Outcome.VOICEMAIL, STAMP, note="  two lines\nlong ")
    (touch,) = touched.touches
    assert (touch.id, touch.at, touch.by, touch.channel) == ("k1", NOON, "ann", Channel.PHONE)
    assert touch.note == "two lines\nlong"
    assert acme.touches == ()


def test_a_touch_may_be_backdated_and_detailed(acme: Prospect) -> None:
    earlier = NOON - timedelta(days=3)
    touched = changes.log_touch(
        acme,
        Outcome.ADVANCED,
        STAMP,
        at=earlier,
        contact="c",
        signal=SignalKind.INTRODUCTION,
        channel=Channel.EMAIL,
    )
    (touch,) = touched.touches
    assert (touch.at, touch.contact, touch.signal) == (earlier, "c", SignalKind.INTRODUCTION)
    assert touch.channel is Channel.EMAIL


def test_a_request_to_be_left_alone_is_of_the_day_on_which_it_was_made(acme: Prospect) -> None:
    before = STAMP.at - timedelta(days=9)
    asked = changes.log_touch(acme, Outcome.DO_NOT_CONTACT, STAMP, at=before)
    assert asked.do_not_contact is not None
    assert asked.do_not_contact.at == before


def test_do_not_contact_suppresses_every_channel(acme: Prospect) -> None:
    planned = changes.set_next_step(acme, NextStep(action="call", on=DAY + timedelta(days=9)))
    asked = changes.log_touch(planned, Outcome.DO_NOT_CONTACT, STAMP, note="in writing")
    assert asked.do_not_contact
    assert asked.do_not_contact.note == "in writing"
    assert asked.next_step is None
    assert changes.suppress(asked, LATER, "again").do_not_contact == asked.do_not_contact
    assert changes.lift_suppression(asked).do_not_contact is None


@pytest.mark.parametrize(("ahead", "done"), [(0, True), (-2, True), (1, False)])
def test_a_step_that_was_due_is_done_by_a_touch(acme: Prospect, ahead: int, done: bool) -> None:
    step = NextStep(action="call", on=DAY + timedelta(days=ahead))
    touched = changes.log_touch(changes.set_next_step(acme, step), Outcome.TALKED, STAMP)
    assert (touched.next_step is None) is done


def test_a_note_is_no_touch(acme: Prospect) -> None:
    noted = changes.add_note(acme, "check credit", STAMP)
    assert noted.notes[0].text == "check credit"
    assert noted.touches == ()


@pytest.mark.parametrize("text", ["", " \n ", "\t"])
def test_an_empty_note_is_refused(acme: Prospect, text: str) -> None:
    with pytest.raises(InvalidValueError, match="empty"):
        changes.add_note(acme, text, STAMP)


def test_a_contact_is_added(acme: Prospect) -> None:
    known = changes.add_contact(acme, "Dana", Role.CHAMPION, STAMP, title="ops lead")
    assert known.contact("k1") == known.contacts[0]
    assert known.contacts[0].title == "ops lead"
    assert known.contact("nobody") is known.contact(None) is None
    with pytest.raises(InvalidValueError):
        changes.add_contact(acme, "\u200b", Role.CHAMPION, STAMP)


def test_a_contact_is_changed_and_keeps_what_a_newer_version_wrote(acme: Prospect) -> None:
    known = acme.with_changes(contacts=(Contact(id="c", name="Dana", pager="7"),))
    changed = changes.edit_contact(known, known.contacts[0], name=" Dana Fox\n", phone="555")
    expected = {"id": "c", "name": "Dana Fox", "role": "contact", "phone": "555", "pager": "7"}
    assert changed.contacts[0].model_dump(mode="json").items() >= expected.items()


def test_two_contacts_of_one_name_are_refused(acme: Prospect) -> None:
    both = changes.add_contact(acme, "Dana", Role.CHAMPION, STAMP)
    both = changes.add_contact(both, "Kim", Role.CHAMPION, LATER)
    with pytest.raises(RefusedError, match="a contact Dana already"):
        changes.add_contact(both, "dana", Role.GATEKEEPER, replace(STAMP, key="k3"))
    with pytest.raises(RefusedError, match="a contact Dana already"):
        changes.edit_contact(both, both.contacts[1], name="DANA")


def test_a_contact_nobody_names_is_taken_off(acme: Prospect) -> None:
    known = changes.add_contact(acme, "Dana", Role.CHAMPION, STAMP)
    assert changes.remove_contact(known, known.contacts[0]).contacts == ()


@pytest.mark.parametrize("named_by", ["touch", "verdict"])
def test_a_contact_in_the_history_stays_as_gone_until_added_again(
    acme: Prospect, named_by: str
) -> None:
    known = changes.add_contact(acme, "Dana", Role.CHAMPION, STAMP)
    if named_by == "touch":
        known = changes.log_touch(known, Outcome.TALKED, LATER, contact="k1")
    else:
        known = known.with_changes(verdicts=(verdict_citing("contacts/k1"),))
    left = changes.remove_contact(known, known.contacts[0])
    assert (left.people, left.contact("k1")) == (
        (),
        known.contacts[0].model_copy(update={"gone": True}),
    )
    back = changes.add_contact(left, "dana", Role.ASSISTANT, LATER, phone="555")
    assert [(c.id, c.name, c.role, c.phone) for c in back.people] == [
        ("k1", "dana", Role.ASSISTANT, "555")
    ]


def verdict_citing(*evidence: str) -> VerdictRecord:
    return VerdictRecord(
        id="v",
        at=NOON,
        by="ann",
        verdict=Verdict.KEEP,
        destination=Column.ACTIVE,
        recommended=Verdict.KEEP,
        recommended_destination=Column.ACTIVE,
        rule="rescue",
        evidence=evidence,
    )


def test_a_new_quote_supersedes_the_open_one(acme: Prospect) -> None:
    once = changes.quote(acme, AMOUNT, DAY - timedelta(days=9), STAMP)
    twice = changes.quote(once, AMOUNT, DAY, LATER)
    assert [q.state for q in twice.quotes] == [QuoteState.EXPIRED, QuoteState.OPEN]
    assert twice.quotes[0].decided_on == DAY
    declined = changes.decide_quotes(twice, QuoteState.DECLINED, DAY)
    assert [q.state for q in declined.quotes] == [QuoteState.EXPIRED, QuoteState.DECLINED]


def test_answers_to_other_questions_stay(acme: Prospect) -> None:
    claimed = Answer(state=AnswerState.CLAIMED, text="the owner")
    one = changes.answer(acme, "decision", claimed)
    two = changes.answer(one, "budget", Answer(state=AnswerState.NEGATIVE))
    assert two.answers["decision"] == claimed
    assert set(one.answers) == {"decision"}


def test_a_callback_waits_in_its_column(acme: Prospect) -> None:
    resting = changes.nurture(acme, DAY)
    agreed = AgreedCallback(DAY + timedelta(days=40))
    waiting = changes.await_callback(resting, agreed, DAY)
    stored = Callback(on=DAY + timedelta(days=40), asked_on=DAY)
    assert (waiting.column, waiting.callback, waiting.nurture) == (Column.CALLBACK, stored, None)


def test_a_callback_that_keeps_its_day_is_the_one_it_was_unless_a_contact_asked_anew(
    acme: Prospect,
) -> None:
    agreed = AgreedCallback(DAY + timedelta(days=40))
    asked = changes.await_callback(acme, agreed, DAY, "t-1")
    proven, later = replace(agreed, change="a vote"), DAY + timedelta(days=3)
    kept = changes.agree_callback(asked, proven, later)
    assert (kept.callback, kept.earlier_callbacks) == (proven.stored(DAY, "t-1"), ())
    anew = changes.agree_callback(asked, proven, later, "t-2")
    assert (anew.callback, anew.earlier_callbacks) == (
        proven.stored(later, "t-2"),
        (agreed.stored(DAY, "t-1"),),
    )
    moved = changes.agree_callback(asked, replace(proven, on=later), later)
    assert moved.callback == replace(proven, on=later).stored(later)


def test_a_promise_of_another_day_stays_on_record(acme: Prospect) -> None:
    first = Callback(on=date(2026, 12, 1), asked_on=date(2026, 11, 1), change="budget voted")
    mended = first.model_copy(update={"on": date(2026, 12, 2)})
    later = Callback(on=date(2027, 1, 18), asked_on=date(2026, 12, 2))
    kept = changes.set_callback(changes.set_callback(acme, first), mended)
    assert kept.earlier_callbacks == ()
    again = changes.set_callback(kept, later)
    assert (again.callback, again.earlier_callbacks) == (later, (mended,))


def test_a_callback_before_it_was_asked_is_refused(acme: Prospect) -> None:
    early = AgreedCallback(DAY - timedelta(days=1))
    for change in (changes.agree_callback, changes.await_callback):
        with pytest.raises(RefusedError, match="give a later day"):
            change(acme, early, DAY)


def test_only_a_later_close_date_is_a_push(acme: Prospect) -> None:
    first = changes.push_close_date(acme, DAY, STAMP)
    sooner = changes.push_close_date(first, DAY - timedelta(days=5), STAMP)
    assert first.pushes == sooner.pushes == ()
    why = changes.WhyLater(ReasonKind.BUDGET)
    pushed = changes.push_close_date(first, DAY + timedelta(days=30), LATER, why)
    assert pushed.close_date == DAY + timedelta(days=30)
    assert (pushed.pushes[0].from_day, pushed.pushes[0].reason) == (DAY, ReasonKind.BUDGET)


def test_a_corrected_close_date_is_kept_and_puts_nothing_off(acme: Prospect) -> None:
    first = changes.push_close_date(acme, DAY, STAMP)
    fields = {"close_date": DAY + timedelta(days=13)}
    corrected = changes.edit_fields(
        first, LATER, fields=fields, why=changes.WhyLater(correction=True)
    )
    assert corrected.close_date == fields["close_date"]
    assert [(push.from_day, push.by) for push in corrected.pushes] == [(DAY, LATER.by)]
    assert corrected.moved_later == ()


def test_activate_ends_a_nurture_track(acme: Prospect) -> None:
    step = NextStep(action="demo", on=DAY)
    active = changes.activate(changes.nurture(acme, DAY), step)
    assert (active.column, active.nurture, active.next_step) == (
        Column.ACTIVE,
        None,
        active.next_step,
    )
    assert step.says_same(active.next_step)
    assert changes.activate(active).next_step == active.next_step


def test_a_step_stays_agreed_until_another_is_planned(acme: Prospect) -> None:
    step = NextStep(action="demo", on=DAY)
    agreed = changes.set_next_step(acme, step.model_copy(update={"agreed": True}))
    assert changes.activate(agreed, step) == agreed.with_changes(column=Column.ACTIVE)
    (other,) = {changes.set_next_step(agreed, NextStep(action="call", on=DAY)).next_step}
    assert other is not None
    assert whose(other.agreed) == " (our plan)"
    older = acme.with_changes(next_step=step)
    assert changes.set_next_step(older, step) == older, "of an older file nobody knows"
    assert "agreed" not in str(to_document(older))


@pytest.mark.parametrize("track", list(Track))
def test_nurture_plans_its_first_touch(acme: Prospect, track: Track) -> None:
    resting = changes.nurture(acme, DAY, track)
    assert resting.column is Column.NURTURE
    assert resting.nurture
    assert resting.nurture.next_on == DAY + timedelta(days=changes.TRACK_DAYS[track])
    sooner = changes.nurture(acme, DAY, track, first=DAY).nurture
    assert sooner
    assert sooner.next_on == DAY


def test_drop_keeps_the_file(acme: Prospect) -> None:
    worked = changes.add_note(changes.nurture(acme, DAY), "kept", STAMP)
    dropped = changes.drop(worked, DropReason.NO_NEED, LATER, "said so")
    assert (dropped.column, dropped.nurture, dropped.next_step) == (Column.DROPPED, None, None)
    assert dropped.drop
    assert (dropped.drop.reason, dropped.drop.by) == (DropReason.NO_NEED, "raj")
    assert dropped.notes == worked.notes
    assert changes.activate(dropped).drop == dropped.drop


def test_there_is_one_rescue(acme: Prospect) -> None:
    rescued = changes.start_rescue(acme, "champion", DAY, 30)
    assert rescued.rescue
    assert rescued.rescue.until == DAY + timedelta(days=30)
    with pytest.raises(RefusedError, match="one for each"):
        changes.start_rescue(rescued, "assistant", DAY, 30)


def test_winning_accepts_the_open_quote_and_happens_once(acme: Prospect) -> None:
    quoted = changes.quote(acme, AMOUNT, DAY, STAMP)
    won = changes.win(quoted, Won(on=DAY, value=AMOUNT))
    assert won.won
    assert won.quotes[0].state is QuoteState.ACCEPTED
    with pytest.raises(RefusedError, match="Acme was won"):
        changes.win(won, Won(on=DAY))


def test_every_verdict_is_kept(acme: Prospect) -> None:
    verdict = verdict_citing()
    twice = changes.record_verdict(changes.record_verdict(acme, verdict), verdict)
    assert twice.verdicts == (verdict, verdict)


class TestTakeUp:
    WON = Won(on=DAY, value=AMOUNT, by="ann")

    def test_a_win_is_struck_out_and_stays_on_record(self, acme: Prospect) -> None:
        quoted = changes.quote(acme, AMOUNT, DAY, STAMP)
        again = changes.take_up(changes.win(quoted, self.WON), LATER, DAY, "they cancelled")
        assert again.won is None
        assert again.quotes == quoted.quotes
        (struck,) = again.reopenings
        assert (struck.won_on, struck.value, struck.by) == (DAY, self.WON.value, LATER.by)
        assert struck.note == "they cancelled"
        assert changes.take_up(again, LATER, DAY) == again, "an open one stays as it is"

    @pytest.mark.parametrize(("days", "stands"), [(0, True), (3, True), (-1, False)])
    def test_the_next_step_stands_again_unless_it_is_over(
        self, acme: Prospect, days: int, stands: bool
    ) -> None:
        step = NextStep(action="call Kim", on=DAY + timedelta(days=days))
        won = changes.win(changes.set_next_step(acme, step), self.WON)
        assert won.next_step is None
        again = changes.take_up(won, LATER, DAY)
        assert step.says_same(again.next_step) is stands

    @pytest.mark.parametrize("share", ["0", "1"])
    def test_what_belonged_to_the_end_goes(self, acme: Prospect, share: str) -> None:
        lost = changes.drop(
            acme.with_changes(probability=Decimal(share), close_date=DAY - timedelta(days=1)),
            DropReason.TIMING,
            STAMP,
        )
        again = changes.take_up(lost, LATER, DAY)
        assert (again.probability, again.close_date) == (None, None)

    def test_what_still_holds_stays(self, acme: Prospect) -> None:
        kept = acme.with_changes(probability=Decimal("0.4"), close_date=DAY)
        lost = changes.drop(kept, DropReason.TIMING, STAMP)
        again = changes.take_up(lost, LATER, DAY)
        assert (again.probability, again.close_date) == (Decimal("0.4"), DAY)
