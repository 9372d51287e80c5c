"""What can happen to a prospect: functions from prospect to prospect.

They check what the rules of the pipeline demand (a reason for a drop, a date for a callback) and
raise ``RefusedError`` with the cure; they never look at the clock and never touch a file.
"""

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError

from review_board.errors import InvalidValueError, RefusedError
from review_board.pipeline import records, repeats
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import full_day
from review_board.pipeline.fields import CHANGE, SITES, distinct_tags, read_locations
from review_board.pipeline.model import first_fault
from review_board.pipeline.money import Money
from review_board.pipeline.person_text import name_and_fields
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.text import clean, clean_name, fold
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    Outcome,
    QuoteState,
    ReasonKind,
    Role,
    Track,
)

TRACK_DAYS = {
    Track.MONTHLY_EMAIL: 30,
    Track.KEEP_IN_TOUCH: 60,
    Track.CHAMPION: 90,
    Track.ASSISTANT: 90,
    Track.WAKE_UP: 90,
}
"""Usual days between two touches of a nurture track."""


def create(name: str, stamp: Stamp, **fields: Any) -> Prospect:
    """Return a new prospect in Active (or where ``column`` says), owned by who adds it unless said otherwise."""
    given = {"owner": stamp.by, **fields}
    return _valid(id=f"p-{stamp.key}", name=clean_name(name), created=stamp.at, **given)


def edit(prospect: Prospect, **fields: Any) -> Prospect:
    """Replace plain fields, validated: name, company, owner, value, probability, tags…."""
    if "name" in fields:
        fields["name"] = clean_name(fields["name"])
    known = {name: getattr(prospect, name) for name in Prospect.model_fields}
    return _valid(**(known | (prospect.model_extra or {}) | fields))


def retag(prospect: Prospect, add: Iterable[str] = (), remove: Iterable[str] = ()) -> Prospect:
    """Add tags and take others off; case and accents make no difference."""
    off = {fold(tag) for tag in remove}
    return edit(
        prospect, tags=distinct_tags([*(t for t in prospect.tags if fold(t) not in off), *add])
    )


def log_touch(
    prospect: Prospect,
    outcome: Outcome,
    stamp: Stamp,
    *,
    at: datetime | None = None,
    note: str = "",
    **fields: Any,
) -> Prospect:
    """Add a touch to the record, with what follows from its outcome.

    A backdated touch stands last all the same: readers sort by ``at``, and two people adding
    touches never collide. A request to be left alone suppresses every channel. A next step that was
    due by then is done. What says the same as a touch of that day is that touch: with ``at``, of
    that minute; of a contact by a list that nobody noted the end of, this one tells it.
    """
    fields |= {"id": stamp.key, "at": at or stamp.at, "by": stamp.by, "note": note}
    touch = records.touch_of(outcome, **fields)
    if outcome is Outcome.DO_NOT_CONTACT:
        prospect = suppress(prospect, stamp, note, touch.at)
    if repeats.touch_on_record(touch, prospect.touches, timed=at is not None):
        return prospect
    others = (t for t in prospect.touches if not repeats.tells_more(touch, t))
    changed = prospect.with_changes(touches=(*others, touch))
    step = changed.next_step
    if step and touch.at.date() >= step.on:
        changed = changed.with_changes(next_step=None)
    return changed


def touch_logged(prospect: Prospect, stamp: Stamp) -> str | None:
    """Return the id of the touch that a change logged, or ``None`` when it was on record already."""
    return stamp.key if any(touch.id == stamp.key for touch in prospect.touches) else None


def add_note(prospect: Prospect, text: str, stamp: Stamp) -> Prospect:
    """Add a note; it does not count as a contact."""
    if not clean(text, keep_lines=True):
        raise InvalidValueError("The note is empty", "type its text")
    entry = records.NoteEntry(id=stamp.key, at=stamp.at, by=stamp.by, text=text)
    if repeats.note_on_record(entry, prospect.notes):
        return prospect
    return prospect.with_changes(notes=(*prospect.notes, entry))


def add_contact(prospect: Prospect, name: str, role: Role, stamp: Stamp, **fields: Any) -> Prospect:
    """Add a person at the buyer's; an untried one is a route. One who was gone is back.

    An address or a number in the name is taken as such.
    """
    name, fields = name_and_fields(name, fields)
    contact = records.Contact(id=stamp.key, name=clean_name(name), role=role, **fields)
    if repeats.entry_on_record(contact, prospect.people):
        return prospect
    _refuse_namesake(prospect, contact)
    gone = [c for c in prospect.contacts if fold(c.name) == fold(contact.name)]
    if gone:
        back = contact.model_copy(update={"id": gone[0].id, "tried": gone[0].tried})
        return _replace_contact(prospect, back)
    return prospect.with_changes(contacts=(*prospect.contacts, contact))


def edit_contact(prospect: Prospect, contact: records.Contact, **fields: Any) -> Prospect:
    """Change what is known of a contact: name, role, title, email, phone, note."""
    values = contact.model_dump() | fields
    if values["name"] != contact.name:
        name, values = name_and_fields(values["name"], values)
        values["name"] = clean_name(name)
    changed = records.Contact(**values)
    _refuse_namesake(prospect, changed)
    return _replace_contact(prospect, changed)


def remove_contact(prospect: Prospect, contact: records.Contact) -> Prospect:
    """Take a contact off; one whom the history names stays on record as gone."""
    cited = f"contacts/{contact.id}"
    if any(touch.contact == contact.id for touch in prospect.touches) or any(
        cited in verdict.evidence for verdict in prospect.verdicts
    ):
        return edit_contact(prospect, contact, gone=True)
    return prospect.with_changes(contacts=tuple(c for c in prospect.contacts if c.id != contact.id))


def _replace_contact(prospect: Prospect, changed: records.Contact) -> Prospect:
    people = tuple(changed if c.id == changed.id else c for c in prospect.contacts)
    return prospect.with_changes(contacts=people)


def _refuse_namesake(prospect: Prospect, contact: records.Contact) -> None:
    """Refuse a second contact of one name: nobody could say which of them is meant."""
    for other in prospect.people:
        if fold(other.name) == fold(contact.name) and other.id != contact.id and not contact.gone:
            raise RefusedError(
                f"{prospect.name} has a contact {other.name} already",
                "change that one, or write more of the name",
            )


def quote(prospect: Prospect, amount: Money, sent_on: date, stamp: Stamp) -> Prospect:
    """Add a quote; earlier open ones are superseded and no longer count."""
    sent = records.Quote(id=stamp.key, sent_on=sent_on, amount=amount)
    if repeats.entry_on_record(sent, prospect.quotes):
        return prospect
    earlier = decide_quotes(prospect, QuoteState.EXPIRED, sent_on).quotes
    return prospect.with_changes(quotes=(*earlier, sent))


def decide_quotes(prospect: Prospect, state: QuoteState, on: date) -> Prospect:
    """Close every open quote on a day: accepted, declined or expired."""
    decided = tuple(
        q.model_copy(update={"state": state, "decided_on": on}) if q.state is QuoteState.OPEN else q
        for q in prospect.quotes
    )
    return prospect.with_changes(quotes=decided)


def answer(prospect: Prospect, question: str, given: records.Answer) -> Prospect:
    """Answer a qualification question; the answers of other question packs stay.

    How many sites they have is no answer to keep but a field of the record. What will have changed is
    also said on the callback that lacks it, unless that was asked for later.
    """
    if question == SITES:
        known = given.state is not AnswerState.UNKNOWN
        return prospect.with_changes(locations=read_locations(given.text) if known else None)
    if repeats.is_same_answer(given, prospect.answers.get(question)):
        return prospect
    if question == CHANGE:
        prospect = _with_change_said(prospect, given)
    return prospect.with_changes(answers={**prospect.answers, question: given})


def _with_change_said(prospect: Prospect, given: records.Answer) -> Prospect:
    callback = prospect.callback
    says = given.text and given.state in {AnswerState.CLAIMED, AnswerState.CONFIRMED}
    if not (says and callback and given.on and given.on >= callback.asked_on) or callback.change:
        return prospect
    said = records.Callback(**(callback.model_dump() | {"change": given.text}))
    return prospect.with_changes(callback=said)


def agree_callback(
    prospect: Prospect, agreed: AgreedCallback, asked_on: date, touch: str | None = None
) -> Prospect:
    """Put a callback on record; ``touch`` is the id of the contact in which it was asked.

    Without a contact nothing was asked anew: one that keeps its day is the callback it was.
    """
    old = prospect.callback
    if old and touch is None and old.on == agreed.on:
        asked_on, touch = old.asked_on, old.touch
    return set_callback(prospect, agreed.stored(asked_on, touch))


def set_callback(prospect: Prospect, callback: records.Callback) -> Prospect:
    """Replace the callback on record. One asked for on another day before stays among the earlier."""
    if callback.on < callback.asked_on:
        raise RefusedError(
            f"The callback on {full_day(callback.on)} lies before the day it was asked",
            "give a later day",
        )
    old, earlier = prospect.callback, prospect.earlier_callbacks
    if repeats.is_same_callback(callback, old):
        return prospect
    if old and old.asked_on != callback.asked_on:
        earlier = (*earlier, old)
    return prospect.with_changes(callback=callback, earlier_callbacks=earlier)


def set_next_step(prospect: Prospect, step: records.NextStep | None) -> Prospect:
    """Set what we do next, or nothing.

    A step of which is not said who agreed to it is our own plan, unless it is the one on record.
    """
    if step and step.agreed is None:
        known = prospect.next_step
        is_known = step.says_same(known)
        step = known if is_known else step.model_copy(update={"agreed": False})
    return prospect.with_changes(next_step=step)


class WhyLater(NamedTuple):
    """Why a close date moves later: for a reason of theirs, or the day on record was wrong."""

    reason: ReasonKind | None = None
    correction: bool = False


UNEXPLAINED = WhyLater()
"""It moved, and nobody said why."""


def push_close_date(
    prospect: Prospect, to_day: date, stamp: Stamp, why: WhyLater = UNEXPLAINED
) -> Prospect:
    """Set the expected close date; when it moves later, that is on record with why it does."""
    changed = prospect.with_changes(close_date=to_day)
    if prospect.close_date is None or to_day <= prospect.close_date:
        return changed
    push = records.Push(
        id=stamp.key,
        at=stamp.at,
        by=stamp.by,
        from_day=prospect.close_date,
        to_day=to_day,
        reason=why.reason,
        correction=why.correction,
    )
    return changed.with_changes(pushes=(*prospect.pushes, push))


def edit_fields(
    prospect: Prospect,
    stamp: Stamp,
    *,
    fields: Mapping[str, Any],
    why: WhyLater = UNEXPLAINED,
) -> Prospect:
    """Return the prospect with plain fields replaced; ``why`` tells of a close date that moves later."""
    day = fields.get("close_date")
    plain = {name: value for name, value in fields.items() if name != "close_date" or not day}
    changed = edit(prospect, **plain)
    return push_close_date(changed, day, stamp, why) if day else changed


def suppress(
    prospect: Prospect, stamp: Stamp, note: str = "", at: datetime | None = None
) -> Prospect:
    """Suppress every channel: the buyer asked, at that moment, not to be contacted; recorded once."""
    if prospect.do_not_contact:
        return prospect
    request = records.DoNotContact(at=at or stamp.at, by=stamp.by, note=note)
    return prospect.with_changes(do_not_contact=request, next_step=None)


def lift_suppression(prospect: Prospect) -> Prospect:
    """Lift the request to be left alone, which the buyer took back."""
    return prospect.with_changes(do_not_contact=None)


def activate(prospect: Prospect, step: records.NextStep | None = None) -> Prospect:
    """Move to Active; a nurture track ends."""
    stepped = set_next_step(prospect, step) if step else prospect
    return stepped.with_changes(column=Column.ACTIVE, nurture=None)


def await_callback(
    prospect: Prospect, agreed: AgreedCallback, asked_on: date, touch: str | None = None
) -> Prospect:
    """Put a callback on record as ``agree_callback`` does, and move to Callback-Pending."""
    waiting = agree_callback(prospect, agreed, asked_on, touch)
    return waiting.with_changes(column=Column.CALLBACK, nurture=None)


def nurture(
    prospect: Prospect,
    on: date,
    track: Track | None = None,
    first: date | None = None,
) -> Prospect:
    """Move to Nurture on a track; a next step of selling ends.

    ``first`` is the day of the first touch, else it comes as usual. One that stays on its track is
    on it since it came there: its touches go on counting.
    """
    track = track or Track.MONTHLY_EMAIL
    old = prospect.nurture if prospect.column is Column.NURTURE else None
    since = old.since if old and old.track is track else on
    plan = records.Nurture(
        track=track, since=since, next_on=first or on + timedelta(days=TRACK_DAYS[track])
    )
    return prospect.with_changes(column=Column.NURTURE, nurture=plan, next_step=None)


def drop(prospect: Prospect, reason: records.Reason, stamp: Stamp, note: str = "") -> Prospect:
    """Move to Dropped, for a reason; nothing is deleted and an inbound signal brings it back.

    A next step goes with it; a drop before this one stays on record.
    """
    dropped = records.Drop(at=stamp.at, by=stamp.by, reason=reason, note=note)
    if prospect.column is Column.DROPPED and repeats.is_same_drop(dropped, prospect.drop):
        return prospect.with_changes(nurture=None, next_step=None)
    return prospect.with_changes(
        column=Column.DROPPED,
        drop=dropped,
        earlier_drops=prospect.drops,
        nurture=None,
        next_step=None,
    )


def snooze(
    prospect: Prospect,
    until: date,
    stamp: Stamp,
    session: str | None = None,
    *,
    manager: bool = False,
) -> Prospect:
    """Put it off in a review; every time is on record."""
    one = records.Snooze(
        id=stamp.key, at=stamp.at, by=stamp.by, until=until, session=session, manager=manager
    )
    return prospect.with_changes(snoozes=(*prospect.snoozes, one))


def bet(
    prospect: Prospect, action: str, until: date, stamp: Stamp, session: str | None = None
) -> Prospect:
    """Keep it on a bet about what the buyer does by a day."""
    one = records.Bet(
        id=stamp.key, at=stamp.at, by=stamp.by, action=action, until=until, session=session
    )
    return prospect.with_changes(bets=(*prospect.bets, one))


def first_impression(prospect: Prospect, solid: bool | None, stamp: Stamp) -> Prospect:
    """Set whether the first call said that this one was special; ``None`` takes it back."""
    felt = None if solid is None else records.FirstImpression(solid=solid, at=stamp.at, by=stamp.by)
    return prospect.with_changes(first_impression=felt)


def start_rescue(prospect: Prospect, route: str, on: date, days: int) -> Prospect:
    """Use the one rescue, through a named route."""
    if prospect.rescue:
        raise RefusedError(
            f"The rescue was used on {full_day(prospect.rescue.on)}",
            "there is one for each prospect",
        )
    rescue = records.Rescue(on=on, until=on + timedelta(days=days), route=route)
    return prospect.with_changes(rescue=rescue)


def win(prospect: Prospect, won: records.Won) -> Prospect:
    """Record that they bought: open quotes are accepted, the next step is put aside."""
    if prospect.won:
        raise RefusedError(f"{prospect.name} was won on {full_day(prospect.won.on)}")
    accepted = decide_quotes(prospect, QuoteState.ACCEPTED, won.on)
    put_aside = won.model_copy(update={"next_step": prospect.next_step})
    return accepted.with_changes(won=put_aside, next_step=None)


def take_up(prospect: Prospect, stamp: Stamp, today: date, note: str = "") -> Prospect:
    """Return it as an open sale again: a win is struck out and stays on record, with the ``note``.

    What only belonged to its end goes: the 0 or 100 %, and a close day that is over. The next step that
    the win put aside stands again unless its day is over. A drop stays on record as taken up. One that
    is open stays as it is.
    """
    if prospect.won:
        prospect = _reopened(prospect, prospect.won, stamp, today, note)
    elif prospect.column is not Column.DROPPED:
        return prospect
    known, closes, drop = prospect.probability, prospect.close_date, prospect.drop
    return prospect.with_changes(
        drop=drop.model_copy(update={"taken_up": stamp.at}) if drop else None,
        probability=known if known is not None and 0 < known < 1 else None,
        close_date=closes if closes and closes >= today else None,
    )


def _reopened(
    prospect: Prospect, won: records.Won, stamp: Stamp, today: date, note: str
) -> Prospect:
    """Strike out the win; a quote that it accepted is open again, and its next step one to come."""
    struck = records.Reopening(
        id=stamp.key, at=stamp.at, by=stamp.by, won_on=won.on, value=won.value, note=note
    )
    quotes = tuple(
        q.model_copy(update={"state": QuoteState.OPEN, "decided_on": None})
        if q.state is QuoteState.ACCEPTED and q.decided_on == won.on
        else q
        for q in prospect.quotes
    )
    step = prospect.next_step or won.next_step
    return prospect.with_changes(
        won=None,
        quotes=quotes,
        reopenings=(*prospect.reopenings, struck),
        next_step=step if step and step.on >= today else None,
    )


def record_verdict(prospect: Prospect, verdict: VerdictRecord) -> Prospect:
    """Add a verdict to the record; earlier ones stay."""
    return prospect.with_changes(verdicts=(*prospect.verdicts, verdict))


def _valid(**fields: Any) -> Prospect:
    try:
        return Prospect(**fields)
    except ValidationError as error:
        raise InvalidValueError(first_fault(error), "nothing was changed") from error
