"""What an after-call line does to a prospect: the touch, and all that it brought with it."""

from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from review_board.calls.answers import TypedAnswer
from review_board.calls.grammar import CallEntry, TypedAmount, TypedWhen
from review_board.errors import InvalidValueError, RefusedError
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import Today, long_when
from review_board.pipeline.locations import SITES
from review_board.pipeline.money import Money, long_money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.question_names import Questions, called, question_named
from review_board.pipeline.records import Answer, Contact, NextStep, Won
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Outcome, Role

NOON = time(12)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a line leaves unsaid: the day, the currency (ISO code), the questions: id → label."""

    today: Today
    currency: str = "USD"
    questions: Questions = field(default_factory=dict)


def record_line(
    prospect: Prospect,
    line: CallEntry,
    stamp: Stamp,
    terms: Terms,
    promise: AgreedCallback | None = None,
) -> Prospect:
    """The prospect with the line on record. Refuses what its rules do not allow.

    ``promise`` is what was answered to the callback question: it stands in for the line's own.
    """
    day = line.at.day if line.at else terms.today.day
    changed = _with_people(prospect, line, stamp)
    if line.outcome is None:
        changed = _won(changed, line, day, stamp, terms)
    else:
        changed = _touched(changed, line, day, stamp, terms)
    for told in line.answers:
        question = question_named(told.question, terms.questions)
        answer = Answer(state=told.state, text=told.text, on=day, by=stamp.by)
        changed = changes.answer(changed, question, answer)
    if line.callback:
        agreed = promise or _callback(line, line.callback)
        asked_in = changes.touch_logged(changed, stamp)
        changed = changes.await_callback(changed, agreed, day, asked_in)
    if step := _next_step(line):
        changed = changes.set_next_step(changed, step)
    return changed


def wants_assurance(line: CallEntry) -> bool:
    """Whether the buyer put us off without a reason: then what will have changed is the question."""
    return line.callback is not None and line.reason is None and line.outcome not in _UNHEARD


def as_promised(line: CallEntry, promise: AgreedCallback) -> CallEntry:
    """The line with the day, the time and the reason that were answered to the question."""
    return replace(line, callback=TypedWhen(promise.on, promise.time), reason=promise.reason)


def described(line: CallEntry, prospect: Prospect, terms: Terms) -> str:
    """What a line puts on record, in words: ``voicemail left · next: demo 27 Nov 10:00``."""
    today = terms.today.day
    parts = [line.label]
    parts += [long_money(_money(line.amount, prospect, terms))] if line.amount else []
    parts += [f"on {_moment(line.at, today)}"] if line.at else []
    parts += [f"call back {_moment(line.callback, today)}"] if line.callback else []
    parts += [f"because of {line.reason}"] if line.reason else []
    parts += [f"next: {line.step.action} {_moment(line.step.when, today)}"] if line.step else []
    parts += [f"{_asked(t, terms)}: {_answered(t)}" for t in line.answers]
    parts += [f"with {line.contact}"] if line.contact else []
    parts += [f"{met.name} ({met.role or Role.CONTACT})" for met in line.people]
    parts += [f"“{line.note}”"] if line.note else []
    return " · ".join(" ".join(part.split()) for part in parts)


def contact_named(prospect: Prospect, name: str) -> Contact:
    """The contact with a name, the beginning of one of its words, or a role."""
    wanted = fold(name)
    for fits in (_is_called, _begins, _has_role):
        found = [contact for contact in prospect.contacts if fits(contact, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(contact.name for contact in found)
            raise InvalidValueError(f"{name!r} may be {names}", "write more of the name")
    known = ", ".join(contact.name for contact in prospect.contacts)
    cure = f"on record: {known}" if known else f"add them with +{name}:role"
    raise InvalidValueError(f"{prospect.name} has no contact {name!r}", cure)


def _asked(told: TypedAnswer, terms: Terms) -> str:
    """The question in the word that the screens have for it."""
    return called(question_named(told.question, terms.questions), terms.questions)


def _answered(told: TypedAnswer) -> str:
    """Return how far the answer can be relied on; where it is a number, the number."""
    return told.text if told.question == SITES and told.text else str(told.state)


def _touched(
    prospect: Prospect, line: CallEntry, day: date, stamp: Stamp, terms: Terms
) -> Prospect:
    assert line.outcome is not None
    at = _at(line.at, day, terms.today)
    if at and at > stamp.at:
        raise RefusedError(f"{at:%H:%M} is still to come", "leave out the time")
    contact = contact_named(prospect, line.contact).id if line.contact else None
    changed = changes.log_touch(
        prospect,
        line.outcome,
        stamp,
        at=at,
        contact=contact,
        reason=line.reason,
        note=line.note,
    )
    if line.outcome is Outcome.QUOTE:
        return changes.quote(changed, _quoted(line, prospect, terms), day, stamp)
    if line.amount:
        return changes.edit(changed, value=_money(line.amount, prospect, terms))
    return changed


def _won(prospect: Prospect, line: CallEntry, day: date, stamp: Stamp, terms: Terms) -> Prospect:
    value = _money(line.amount, prospect, terms) if line.amount else prospect.value
    won = changes.win(prospect, Won(on=day, value=value, by=stamp.by))
    return changes.add_note(won, line.note, stamp) if line.note else won


def _quoted(line: CallEntry, prospect: Prospect, terms: Terms) -> Money:
    if line.amount:
        return _money(line.amount, prospect, terms)
    if prospect.value is None:
        raise RefusedError("The quote has no amount", "write it like quote $24k")
    return prospect.value


def _money(given: TypedAmount, prospect: Prospect, terms: Terms) -> Money:
    own = prospect.value.currency if prospect.value else terms.currency
    return Money(amount=given.amount, currency=given.currency or own)


def _with_people(prospect: Prospect, line: CallEntry, stamp: Stamp) -> Prospect:
    """New people added; one who is known takes the role that is given now."""
    for number, met in enumerate(line.people, 1):
        known = [c for c in prospect.contacts if fold(c.name) == fold(met.name)]
        if known and met.role:
            changed = known[0].model_copy(update={"role": met.role})
            people = tuple(changed if c.id == changed.id else c for c in prospect.contacts)
            prospect = prospect.with_changes(contacts=people)
        elif not known:
            own = replace(stamp, key=f"{stamp.key}-{number}")
            prospect = changes.add_contact(prospect, met.name, met.role or Role.CONTACT, own)
    return prospect


def _callback(line: CallEntry, when: TypedWhen) -> AgreedCallback:
    """Return what was agreed; only the buyer's own words after a reason say what will have changed."""
    return AgreedCallback(
        on=when.day,
        time=when.time,
        asked_by_buyer=line.outcome in _SPOKE,
        reason=line.reason,
        change=line.note if line.reason else "",
    )


def _next_step(line: CallEntry) -> NextStep | None:
    if line.step:
        return NextStep(action=line.step.action, on=line.step.when.day, time=line.step.when.time)
    return None


def _at(when: TypedWhen | None, day: date, today: Today) -> datetime | None:
    """The moment of a backdated touch; noon where no time is given, now for today."""
    if when is None or (day == today.day and when.time is None):
        return None
    return datetime.combine(day, when.time or NOON, today.zone)


def _moment(when: TypedWhen, today: date) -> str:
    """With the weekday, so that a day typed as ``in 2 weeks`` can be checked at a glance."""
    return long_when(when.day, when.time, today)


def _is_called(contact: Contact, wanted: str) -> bool:
    return fold(contact.name) == wanted


def _begins(contact: Contact, wanted: str) -> bool:
    return any(word.startswith(wanted) for word in fold(contact.name).split())


def _has_role(contact: Contact, wanted: str) -> bool:
    return contact.role.value.startswith(wanted)


_SPOKE = frozenset(
    {Outcome.DEFERRED, Outcome.TALKED, Outcome.ADVANCED, Outcome.MEETING, Outcome.INBOUND}
)
"""Outcomes in which the buyer could ask for a callback; after any other it was our own idea."""
_UNHEARD = frozenset(
    {
        Outcome.NO_ANSWER,
        Outcome.VOICEMAIL,
        Outcome.EMAIL,
        Outcome.LAST_CALL,
        Outcome.MAILING,
        Outcome.AUTO_REPLY,
    }
)
"""Outcomes in which nobody was there to be asked: such a callback is our own plan."""
