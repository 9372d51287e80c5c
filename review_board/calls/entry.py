"""A contact that took place and all that came of it: one type, through whatever door it is typed."""

from dataclasses import dataclass, field
from datetime import date
from datetime import time as time_of_day
from decimal import Decimal

from review_board.calls.find_outcome import WON
from review_board.errors import InvalidValueError
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import Today, long_when
from review_board.pipeline.fields import CHANGE, SITES
from review_board.pipeline.money import Money, long_money
from review_board.pipeline.moves import step_words
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.question_names import Questions, question_named, short_name
from review_board.pipeline.records import Contact, NextStep
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import (
    OUTCOMES,
    AnswerState,
    Outcome,
    ReasonKind,
    Role,
    SignalKind,
)


@dataclass(frozen=True, slots=True)
class TypedWhen:
    """A day, with or without a time of day."""

    day: date
    time: time_of_day | None = None


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """An amount; without a currency it is in that of the prospect."""

    amount: Decimal
    currency: str = ""


@dataclass(frozen=True, slots=True)
class TypedAnswer:
    """An answer to a qualification question: its id, or its name where no questions were given."""

    question: str
    state: AnswerState
    text: str = ""


@dataclass(frozen=True, slots=True)
class NewContact:
    """A person at the buyer's to put on record."""

    name: str
    role: Role | None = None


@dataclass(frozen=True, slots=True)
class CallEntry:
    """A contact, not stored yet. ``outcome`` is ``None`` for won; ``at`` is ``None`` for now.

    ``who`` names the prospect in a line, and is empty where one is looked at. ``contact`` is whom of
    theirs it was with: an id, a name, the beginning of one or a role. ``signal`` is what they gave.
    """

    outcome: Outcome | None
    note: str = ""
    who: str = ""
    at: TypedWhen | None = None
    contact: str = ""
    amount: TypedAmount | None = None
    signal: SignalKind | None = None
    callback: AgreedCallback | None = None
    step: NextStep | None = None
    answers: tuple[TypedAnswer, ...] = ()
    people: tuple[NewContact, ...] = ()

    @property
    def label(self) -> str:
        """Return the outcome in words."""
        return OUTCOMES[self.outcome].label if self.outcome else WON

    @property
    def reason(self) -> ReasonKind | None:
        """Return the reason that they gave for being called back."""
        return self.callback.reason if self.callback else None

    @property
    def asks_what_changes(self) -> bool:
        """Tell whether the buyer put us off without a reason, or with one that says not what changes by then."""
        if self.callback is None or self.outcome in _UNHEARD:
            return False
        is_said = self.callback.change or any(a.question == CHANGE and a.text for a in self.answers)
        return self.reason is None or not is_said

    @property
    def note_tells_change(self) -> bool:
        """Tell whether the note of the line is taken as what will have changed by the day."""
        return self.callback is not None and bool(self.callback.change)

    @property
    def planned_step(self) -> NextStep | None:
        """Return the next step; one that is set in a contact in which they moved is agreed with them."""
        moved = self.outcome is not None and OUTCOMES[self.outcome].signal
        if self.step is None or self.step.agreed is not None or not moved:
            return self.step
        return self.step.model_copy(update={"agreed": True})

    def action(self, name: str) -> str:
        """Return what the history calls it, with the name of the prospect."""
        return f"logged for {name}: {self.label}"


@dataclass(frozen=True, slots=True)
class EntryDefaults:
    """What an entry leaves unsaid: the day, the currency (ISO code), the questions: id → label."""

    today: Today
    currency: str = "USD"
    questions: Questions = field(default_factory=dict)

    def money(self, typed: TypedAmount, prospect: Prospect) -> Money:
        """Return an amount in the currency that was typed, else in that of the prospect."""
        own = typed.currency or self.currency_of(prospect)
        return Money(amount=typed.amount, currency=own)

    def currency_of(self, prospect: Prospect) -> str:
        """Return the currency of the value on record, else that of the pipeline."""
        return prospect.value.currency if prospect.value else self.currency


def entry_words(entry: CallEntry, prospect: Prospect, defaults: EntryDefaults) -> str:
    """Return what an entry puts on record, in words: ``voicemail left · next: demo 27 Nov 10:00``."""
    today, callback, step = defaults.today.day, entry.callback, entry.planned_step
    parts = [entry.label]
    parts += [long_money(defaults.money(entry.amount, prospect))] if entry.amount else []
    parts += _value_kept(entry, prospect, defaults)
    parts += [f"on {long_when(entry.at.day, entry.at.time, today)}"] if entry.at else []
    parts += [f"call back {long_when(callback.on, callback.time, today)}"] if callback else []
    parts += [f"because of {entry.reason.replace('-', ' ')}"] if entry.reason else []
    parts += [f"next: {step_words(step, today)}"] if step else []
    parts += [f"{_asked(a, defaults)}: {_answered(a)}" for a in entry.answers]
    parts += [f"with {_met(entry.contact, prospect)}"] if entry.contact else []
    parts += [f"{new.name} ({(new.role or Role.CONTACT).label})" for new in entry.people]
    parts += [f"“{entry.note}”"] if entry.note else []
    parts += [f"they gave: {entry.signal.replace('-', ' ')}"] if entry.signal else []
    return " · ".join(" ".join(part.split()) for part in parts)


def _value_kept(entry: CallEntry, prospect: Prospect, defaults: EntryDefaults) -> list[str]:
    """Say of a quote over another amount that the value on record stays."""
    if entry.outcome is not Outcome.QUOTE or not entry.amount or not prospect.value:
        return []
    differs = defaults.money(entry.amount, prospect) != prospect.value
    return [f"the value stays {long_money(prospect.value)}"] if differs else []


def contact_named(prospect: Prospect, name: str) -> Contact:
    """Return the contact with an id, a name, the beginning of one of its words, or a role."""
    if (known := prospect.contact(name)) and not known.gone:
        return known
    wanted = fold(name)
    for fits in (_is_called, _begins, _has_role):
        found = [contact for contact in prospect.people if fits(contact, wanted)]
        if len(found) == 1:
            return found[0]
        if found:
            names = ", ".join(contact.name for contact in found)
            raise InvalidValueError(f"{name!r} may be {names}", "write more of the name")
    on_record = ", ".join(contact.name for contact in prospect.people)
    cure = f"on record: {on_record}" if on_record else f"add them with +{name}:role"
    raise InvalidValueError(f"{prospect.name} has no contact {name!r}", cure)


def _met(name: str, prospect: Prospect) -> str:
    """Return the whole name of a contact; one who is only now put on record is called as typed."""
    try:
        return contact_named(prospect, name).name
    except InvalidValueError:
        return name


def _asked(typed: TypedAnswer, defaults: EntryDefaults) -> str:
    """Return the question in the word that the screens have for it."""
    return short_name(question_named(typed.question, defaults.questions), defaults.questions)


def _answered(typed: TypedAnswer) -> str:
    """Return how far the answer can be relied on; where it is a number, the number."""
    if typed.question == SITES and typed.text:
        return typed.text
    return typed.state.said(typed.text)


def _is_called(contact: Contact, wanted: str) -> bool:
    return fold(contact.name) == wanted


def _begins(contact: Contact, wanted: str) -> bool:
    return any(word.startswith(wanted) for word in fold(contact.name).split())


def _has_role(contact: Contact, wanted: str) -> bool:
    return contact.role.value.startswith(wanted)


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
