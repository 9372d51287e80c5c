"""What was done and who is there, from files of their own, onto the prospects they are about.

A row becomes a touch only where it tells of one: a task is ours alone, a meeting that nobody marked as
held may never have been, and an email that was opened is no answer. Such rows become notes. What is
planned for a day to come is the next step, the soonest of several, where a sale goes on and none is set.
Each entry has an id made from the list's own or from what it says, so that the same list brings nothing
twice.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from datetime import datetime, time, tzinfo
from functools import partial

from review_board.exchange.activity_rows import Activity
from review_board.exchange.content_ids import content_id
from review_board.exchange.history_words import NOT_DONE, ActivityKind, ActivityState
from review_board.exchange.import_result import HistoryReport, ImportContext, JoinedHistory
from review_board.exchange.links import Links
from review_board.exchange.listed_contacts import without_retold
from review_board.exchange.refusals import ADDRESS, NOBODY, is_opened_here, with_refusals
from review_board.pipeline.changes import decide_quotes
from review_board.pipeline.dates import full_day
from review_board.pipeline.model import text_of
from review_board.pipeline.money import Money, long_money
from review_board.pipeline.person_text import Person
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, NextStep, NoteEntry, Quote, Touch, touch_of
from review_board.pipeline.repeats import note_on_record, touch_on_record
from review_board.pipeline.text import clean, fold
from review_board.pipeline.typed_amounts import CURRENCY_SIGNS, prices_in
from review_board.pipeline.vocabulary import OUTCOMES, Channel, Direction, Outcome, QuoteState

TALK_SECONDS = 120
"""A call of ours of which only the length is known was a talk from here on; a message left is shorter."""

_CHANNELS = {
    ActivityKind.CALL: Channel.PHONE,
    ActivityKind.EMAIL: Channel.EMAIL,
    ActivityKind.MEETING: Channel.IN_PERSON,
    ActivityKind.MESSAGE: Channel.MESSAGE,
    ActivityKind.LETTER: Channel.MAIL,
}
_NO_CONTACT = frozenset({ActivityKind.TASK, ActivityKind.NOTE})
_SENT = {
    ActivityKind.QUOTE: Outcome.QUOTE,
    ActivityKind.FORM: Outcome.INBOUND,
    ActivityKind.MAILING: Outcome.MAILING,
    ActivityKind.LETTER: Outcome.MAILING,
    ActivityKind.EMAIL: Outcome.EMAIL,
    ActivityKind.MESSAGE: Outcome.EMAIL,
    ActivityKind.MEETING: Outcome.MEETING,
}
"""What it is when it came from us and nothing says how it ended."""
_RECEIVED = {
    ActivityKind.QUOTE: Outcome.ADVANCED,
    ActivityKind.CALL: Outcome.INBOUND,
    ActivityKind.LETTER: Outcome.TALKED,
    ActivityKind.EMAIL: Outcome.TALKED,
    ActivityKind.MESSAGE: Outcome.TALKED,
}
"""What it is when it came from them: a reply is an answer, and no more than that."""
_LONGEST = 200
_DOLLARS = {currency for sign, currency in CURRENCY_SIGNS.items() if sign.endswith("$")}
NOTHING_SAID = "opened, clicked or bounced: no contact"
NOT_JOINED = "joins no prospect by id, address, number or name"
OTHERWISE_PLANNED = "planned, but another step comes next, or none, as the sale is over"
TOO_MANY = "fits several prospects: it names only their company, or a name they share"


@dataclass(slots=True)
class _Additions:
    """What the files bring to one prospect."""

    touches: dict[str, bytes] = field(default_factory=dict)
    """Each as it is stored: there may be hundreds of thousands, and a record takes five times as much."""
    notes: dict[str, NoteEntry] = field(default_factory=dict)
    planned: list[tuple[NextStep, HistoryReport]] = field(default_factory=list)
    step: NextStep | None = None
    contacts: list[Contact] = field(default_factory=list)
    company: str = ""
    refused: dict[str, frozenset[Channel]] = field(default_factory=dict)
    """By which channels a person, by id, asked for no contact."""
    asks_to_be_left: bool = False


@dataclass(slots=True)
class GatheredHistory:
    """Gathers what files of activities, contacts and companies bring to the ``prospects`` by their id."""

    prospects: Mapping[str, Prospect]
    links: Links
    context: ImportContext
    reports: list[HistoryReport] = field(default_factory=list)
    _added: dict[str, _Additions] = field(default_factory=dict)
    _namesakes: Counter[str] = field(default_factory=Counter)

    def take_activities(
        self, name: str, kind: str, activities: Iterable[Activity], *, by_title: bool = False
    ) -> None:
        """Take a list of activities, and report what became of its rows.

        ``by_title`` looks for names in their titles, as those of a calendar have them.
        """
        report = HistoryReport(name, kind)
        for activity in activities:
            report.rows += 1
            if activity.sense.kind is ActivityKind.SEEN:
                report.left_out[NOTHING_SAID] += 1
                continue
            found = self.links.find(activity.keys)
            if by_title and not found.prospects:
                found = self.links.named_in(activity.text.split("\n", 1)[0])
            if not found.prospects:
                report.left_out[TOO_MANY if found.too_many else NOT_JOINED] += 1
                continue
            entry_id = self._entry_id(activity)
            for prospect_id in found.prospects:
                self._take(self._of(prospect_id), prospect_id, entry_id, activity, report)
        self.reports.append(report)

    def refuse(self, prospect_id: str, who: str, channels: frozenset[Channel]) -> None:
        """Put down that somebody asked for no contact by channels."""
        if channels:
            refused = self._of(prospect_id).refused
            refused[who] = refused.get(who, frozenset()) | channels

    def take_person(
        self, prospect_id: str, person: Person, title: str, refused: Set[Channel] = frozenset()
    ) -> tuple[str, bool]:
        """Add a person of the buyer's, or an address or number one lacks; return the id, and whether that is new.

        Somebody on record who ``refused`` a channel gains no address for it.
        """
        added = self._of(prospect_id)
        known = (*added.contacts, *self.prospects[prospect_id].contacts)
        email, phone = next(iter(person.emails), ""), next(iter(person.phones), "")
        name = clean(person.name) or clean(email) or clean(phone)
        if not name:
            return NOBODY, False
        same = next((contact for contact in known if _is_same_person(contact, name, email)), None)
        if same is None:
            number = content_id("contact", prospect_id, email or name, phone)
            new = Contact(id=number, name=name, title=title, email=clean(email), phone=clean(phone))
        else:
            gained = {"title": title, "email": clean(email), "phone": clean(phone)}
            closed = {ADDRESS[channel] for channel in refused}
            lacking = {
                key: value
                for key, value in gained.items()
                if value and key not in closed and not getattr(same, key)
            }
            if same.name in {same.email, same.phone} and name != same.name:
                lacking["name"] = name
            if not lacking:
                return same.id, False
            new = same.model_copy(update=lacking)
            added.contacts = [contact for contact in added.contacts if contact.id != same.id]
        added.contacts.append(new)
        return new.id, True

    def take_company(self, prospect_id: str, company: str) -> bool:
        """Name the company of a prospect that has none; tell whether that is new."""
        added = self._of(prospect_id)
        if not company or added.company or self.prospects[prospect_id].company:
            return False
        added.company = clean(company)
        return True

    def joined(self) -> JoinedHistory:
        """Return what was gathered: for each prospect that gains by it how to add it."""
        for prospect_id, added in self._added.items():
            _choose_step(added, self.prospects[prospect_id])
            if is_opened_here(self.prospects[prospect_id], added.refused, self.context):
                asking = next(report for report in reversed(self.reports) if report.refusing)
                asking.opened_here.append(self.prospects[prospect_id].name)
        additions = {
            prospect_id: partial(_with_additions, added=added, context=self.context)
            for prospect_id, added in self._added.items()
            if self._is_news(prospect_id, added)
        }
        return JoinedHistory(additions, tuple(self.reports))

    def _is_news(self, prospect_id: str, added: _Additions) -> bool:
        """Return whether it changes the record: what somebody asked for may be there already."""
        if not added.refused:
            return added != _Additions()
        before = self.prospects[prospect_id]
        return _with_additions(before, added, self.context) != before

    def _of(self, prospect_id: str) -> _Additions:
        return self._added.setdefault(prospect_id, _Additions())

    def _entry_id(self, activity: Activity) -> str:
        """Return the id of what a row becomes; rows that say the very same are told apart by number."""
        base = content_id("activity", *activity.identity)
        self._namesakes[base] += 1
        again = self._namesakes[base]
        return base if again == 1 or activity.has_own_id else content_id(base, f"#{again}")

    def _take(
        self,
        added: _Additions,
        prospect_id: str,
        entry_id: str,
        activity: Activity,
        report: HistoryReport,
    ) -> None:
        """Make of a row what it is to this prospect: a touch, its next step, or a note."""
        prospect, now = self.prospects[prospect_id], self.context.now
        at = activity.moment(self.context)
        outcome = outcome_of(activity)
        if at and at > now and activity.sense.state not in _OVER:
            added.planned.append((_step_of(activity), report))
            return
        if outcome is None or at is None or at > now:
            note = NoteEntry(id=entry_id, at=at if at and at < now else now, by=activity.by or self.context.by,
                             text=_note_text(activity))  # fmt: skip
            is_there = any(old.id == entry_id for old in prospect.notes)
            if entry_id in added.notes or is_there or note_on_record(note, prospect.notes):
                report.on_record += 1
            else:
                added.notes[entry_id] = note
                report.notes += 1
                report.count(activity.sense.kind, None, note.text, activity.said_by)
            return
        if entry_id in added.touches or any(old.id == entry_id for old in prospect.touches):
            report.on_record += 1
            return
        touch = self._touch((*added.contacts, *prospect.contacts), entry_id, activity, outcome, at)
        if touch_on_record(touch, prospect.touches, timed=True):
            report.on_record += 1
            return
        added.touches[entry_id] = text_of(touch)
        added.asks_to_be_left |= outcome is Outcome.DO_NOT_CONTACT
        if activity.sense.unknown and outcome is Outcome.CONTACTED:
            report.unknown[activity.sense.unknown] += 1
        if outcome is Outcome.QUOTE and (told := _amount_in(touch.note, prospect.value)):
            report.amounts[long_money(told)] += 1
        report.touches += 1
        inbound = touch.direction is Direction.INBOUND
        report.count(activity.sense.kind, outcome, touch.note, activity.said_by, inbound=inbound)
        report.prospects.add(prospect_id)

    def _touch(
        self,
        people: Iterable[Contact],
        entry_id: str,
        activity: Activity,
        outcome: Outcome,
        at: datetime,
    ) -> Touch:
        sense = activity.sense
        channel = _CHANNELS.get(sense.kind) if sense.kind else None
        inbound = sense.is_inbound and sense.kind is not ActivityKind.MEETING
        them = (c.id for c in people if activity.email and c.email.casefold() == activity.email)
        return touch_of(
            outcome,
            id=entry_id,
            at=at,
            by=activity.by or self.context.by,
            channel=channel,
            direction=Direction.INBOUND if inbound else None,
            contact=next(them, None),
            note=activity.text,
        )


_OVER = frozenset(ActivityState) - {ActivityState.OPEN}


def outcome_of(activity: Activity) -> Outcome | None:
    """Return what a row counts as; ``None`` where it tells of no contact, or of none that took place.

    A call of theirs that we missed, or a message they left, is no attempt of ours: they came to us.
    """
    sense = activity.sense
    if sense.outcome is not None:
        is_theirs = sense.is_inbound and sense.kind is ActivityKind.CALL
        return Outcome.INBOUND if is_theirs and OUTCOMES[sense.outcome].attempt else sense.outcome
    if sense.kind is None or sense.kind in _NO_CONTACT:
        return None
    if sense.state in NOT_DONE:
        return None
    if sense.is_inbound and sense.kind in _RECEIVED:
        return _RECEIVED[sense.kind]
    if sense.kind is ActivityKind.CALL:
        if not activity.seconds:
            return Outcome.CONTACTED
        return Outcome.TALKED if activity.seconds >= TALK_SECONDS else Outcome.NO_ANSWER
    return _SENT[sense.kind]


def _note_text(activity: Activity) -> str:
    sense, text = activity.sense, activity.text
    if sense.kind is ActivityKind.NOTE and text:
        return text
    day = f" of {full_day(activity.when.day)}" if activity.when else ""
    how = {
        ActivityState.OPEN: ", not marked as done",
        ActivityState.CANCELLED: ", cancelled",
        ActivityState.UNREACHED: ", reached nobody",
    }
    said = f"{sense.kind or 'activity'}{day}{how.get(sense.state, '') if sense.state else ''}"
    return f"{said}: {text}" if text else said


def _step_of(activity: Activity) -> NextStep:
    assert activity.when is not None
    action = clean(activity.text.split("\n", 1)[0]) or f"{activity.sense.kind} (imported)"
    clock = activity.when.clock
    plain = time(clock.hour, clock.minute) if clock else None
    return NextStep(action=action, on=activity.when.day, time=plain)


def _choose_step(added: _Additions, prospect: Prospect) -> None:
    """Take the soonest of what is planned as the next step where one has its place, and report the rest."""
    planned, added.planned = added.planned, []
    if _may_get_step(prospect, added):
        steps = (step for step, _ in planned)
        added.step = min(steps, key=lambda s: (s.on, s.time or time.min), default=None)
    for step, report in planned:
        if step is added.step:
            report.steps += 1
            report.prospects.add(prospect.id)
        elif step.says_same(prospect.next_step):
            report.on_record += 1
        else:
            report.left_out[OTHERWISE_PLANNED] += 1


def _may_get_step(prospect: Prospect, added: _Additions) -> bool:
    """Return whether nothing is planned yet for a sale that goes on, with people who may be contacted."""
    over = prospect.won or prospect.drop or prospect.do_not_contact or added.asks_to_be_left
    return not (prospect.next_step or over)


def _is_same_person(contact: Contact, name: str, email: str) -> bool:
    if email and contact.email:
        return contact.email.casefold() == email.casefold()
    return fold(contact.name) in {fold(name), fold(email)}


def _with_additions(before: Prospect, added: _Additions, context: ImportContext) -> Prospect:
    zone = context.zone
    new = sorted(map(Touch.model_validate_json, added.touches.values()), key=lambda touch: touch.at)
    others = without_retold(before.touches, new, zone)
    touches = sorted((*others, *new), key=lambda touch: touch.at)
    changed = {contact.id: contact for contact in added.contacts}
    kept = [changed.pop(contact.id, contact) for contact in before.contacts]
    after = before.with_changes(
        touches=tuple(touches),
        notes=(*before.notes, *added.notes.values()),
        contacts=(*kept, *changed.values()),
        company=before.company or added.company,
        next_step=before.next_step or (added.step if _may_get_step(before, added) else None),
        quotes=_with_quotes(before, new, zone),
        contact_history=before.contact_history or bool(added.touches),
    )
    return with_refusals(after, added.refused, context) if added.refused else after


def _with_quotes(before: Prospect, touches: list[Touch], zone: tzinfo) -> tuple[Quote, ...]:
    """Return its quotes with those that new touches tell of, for the amount they name or the value of the sale."""
    value = before.value
    sent = [(t, _amount_in(t.note, value) or value) for t in touches if t.outcome is Outcome.QUOTE]
    after = before
    for touch, amount in sent:
        if amount is None:
            continue
        day = touch.at.astimezone(zone).date()
        after = decide_quotes(after, QuoteState.EXPIRED, day)
        quote = Quote(id=touch.id, sent_on=day, amount=amount)
        after = after.with_changes(quotes=(*after.quotes, quote))
    if after is before:
        return before.quotes
    last = after.quotes[-1].sent_on
    if before.won:
        after = decide_quotes(after, QuoteState.ACCEPTED, max(last, before.won.on))
    elif before.drop:
        ended = before.drop.at.astimezone(zone).date()
        after = decide_quotes(after, QuoteState.DECLINED, max(last, ended))
    return after.quotes


def _amount_in(note: str, value: Money | None) -> Money | None:
    """Return the amount that the first line of a text names with its currency, where it is the only one.

    A bare ``$`` is the dollar in which the sale has its value.
    """
    found = list(prices_in(note.split("\n", 1)[0][:_LONGEST]))
    if len(found) != 1:
        return None
    written, (amount, currency) = found[0]
    if value and written.startswith("$") and value.currency in _DOLLARS:
        currency = value.currency
    return Money(amount, currency)
