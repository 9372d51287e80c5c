"""What a contact does to a prospect: the touch, and all that it brought with it."""

from dataclasses import replace
from datetime import date, datetime, time

from review_board.calls.entry import CallEntry, EntryDefaults, TypedWhen, contact_named
from review_board.errors import RefusedError
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money, symbol_of
from review_board.pipeline.moves import Move
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.question_names import question_named
from review_board.pipeline.records import Answer, Won
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Column, Outcome, Role

NOON = time(12)


def apply_entry(
    prospect: Prospect, entry: CallEntry, stamp: Stamp, defaults: EntryDefaults
) -> Prospect:
    """Return the prospect with the contact on record. Refuses what its rules do not allow."""
    day = _day_of(entry, defaults)
    changed = _with_people(prospect, entry, stamp)
    if entry.outcome is None:
        changed = _won(changed, entry, stamp, defaults)
    else:
        changed = _touched(changed, entry, stamp, defaults)
    if entry.callback:
        asked_in = changes.touch_logged(changed, stamp)
        changed = _with_callback(changed, entry.callback, stamp, day, asked_in)
    for typed in entry.answers:
        question = question_named(typed.question, defaults.questions)
        answer = Answer(state=typed.state, text=typed.text, on=day, by=stamp.by)
        changed = changes.answer(changed, question, answer)
    return changes.set_next_step(changed, entry.planned_step) if entry.step else changed


def _with_callback(
    prospect: Prospect, agreed: AgreedCallback, stamp: Stamp, day: date, asked_in: str | None
) -> Prospect:
    """Return the prospect waiting for a callback; a customer who asks for one stays won."""
    if prospect.won:
        return changes.agree_callback(prospect, agreed, day, asked_in)
    return Move(Column.CALLBACK, callback=agreed).apply(prospect, stamp, day, asked_in)


def quoted_amount(entry: CallEntry, prospect: Prospect, defaults: EntryDefaults) -> Money:
    """Return what a quote is worth: as typed, else the value on record."""
    if entry.amount:
        return defaults.money(entry.amount, prospect)
    if prospect.value is None:
        raise RefusedError(
            "The quote has no amount",
            f"write what it is worth, like {symbol_of(defaults.currency)}24k",
        )
    return prospect.value


def _touched(
    prospect: Prospect, entry: CallEntry, stamp: Stamp, defaults: EntryDefaults
) -> Prospect:
    assert entry.outcome is not None
    at = _moment(entry.at, defaults.today)
    if at and at > stamp.at:
        raise RefusedError(f"{at:%H:%M} is still to come", "leave out the time")
    changed = changes.log_touch(
        prospect,
        entry.outcome,
        stamp,
        at=at,
        contact=contact_named(prospect, entry.contact).id if entry.contact else None,
        signal=entry.signal,
        reason=entry.reason,
        note=entry.note,
    )
    if entry.outcome is Outcome.QUOTE:
        amount = quoted_amount(entry, prospect, defaults)
        return changes.quote(changed, amount, _day_of(entry, defaults), stamp)
    if entry.amount:
        return changes.edit(changed, value=defaults.money(entry.amount, prospect))
    return changed


def _won(prospect: Prospect, entry: CallEntry, stamp: Stamp, defaults: EntryDefaults) -> Prospect:
    value = defaults.money(entry.amount, prospect) if entry.amount else prospect.value
    won = changes.win(prospect, Won(on=_day_of(entry, defaults), value=value, by=stamp.by))
    return changes.add_note(won, entry.note, stamp) if entry.note else won


def _with_people(prospect: Prospect, entry: CallEntry, stamp: Stamp) -> Prospect:
    """Add new people; one who is known takes the role that is given now."""
    for number, new in enumerate(entry.people, 1):
        known = [c for c in prospect.people if fold(c.name) == fold(new.name)]
        if known and new.role:
            prospect = changes.edit_contact(prospect, known[0], role=new.role)
        elif not known:
            own = replace(stamp, key=f"{stamp.key}-{number}")
            prospect = changes.add_contact(prospect, new.name, new.role or Role.CONTACT, own)
    return prospect


def _day_of(entry: CallEntry, defaults: EntryDefaults) -> date:
    return entry.at.day if entry.at else defaults.today.day


def _moment(when: TypedWhen | None, today: Today) -> datetime | None:
    """Return when a backdated contact was: noon where no time is given, ``None`` for now."""
    if when is None or (when.day == today.day and when.time is None):
        return None
    return datetime.combine(when.day, when.time or NOON, today.zone)
