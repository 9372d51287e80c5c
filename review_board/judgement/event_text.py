"""What happened to a prospect, in words: one line an event, the newest first."""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from enum import StrEnum
from typing import NamedTuple

from review_board.pipeline.dates import Today, short_day, short_when
from review_board.pipeline.money import long_money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback, NoteEntry, Push, Reopening, Touch
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import BET_LOST, Column, Direction, Outcome, SignalKind
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings

_OWED_CALLS = (RuleName.PROMISE_MISSED, RuleName.PROVEN_CALLBACK)


class EventKind(StrEnum):
    """What a timeline may be limited to."""

    TOUCH = "contacts"
    NOTE = "notes"
    VERDICT = "verdicts"
    CHANGE = "changes"


OURS, THEIRS, BOTH, PUT_OFF = "→", "←", "⇄", "⟳"
NOTE, VERDICT, CHANGED = "¶", "◆", "±"


class TimelineEvent(NamedTuple):
    """Something that happened: when, of which kind, its sign, and what it was."""

    at: datetime
    day: str
    kind: EventKind
    sign: str
    text: str


def events_of(p: Prospect, today: Today, settings: Settings) -> list[TimelineEvent]:
    """Return touches, notes, verdicts and what they led to, the newest first."""

    def event(at: datetime, kind: EventKind, sign: str, text: str) -> TimelineEvent:
        return TimelineEvent(at, _moment(at, today), kind, sign, text)

    touches = (event(t.at, EventKind.TOUCH, _sign(t), _touch(t, p)) for t in p.touches)
    notes = (event(n.at, EventKind.NOTE, NOTE, signed(_note(n, today), n.by)) for n in p.notes)
    verdicts = (
        event(v.at, EventKind.VERDICT, VERDICT, _verdict(v, p, today, settings)) for v in p.verdicts
    )
    changes = (event(at, EventKind.CHANGE, CHANGED, text) for at, text in _changes(p, today))
    found = [*touches, *notes, *verdicts, *changes]
    return sorted(found, key=lambda found: found.at, reverse=True)


def _note(note: NoteEntry, today: Today) -> str:
    """Return what was noted, without its own day at the beginning, which stands in front anyway."""
    return note.text.removeprefix(f"{today.day_of(note.at)}: ")


def with_changes(
    told: Iterable[TimelineEvent], changed: Iterable[TimelineEvent]
) -> list[TimelineEvent]:
    """Return what the record tells together with its changed fields, the newest first."""
    return sorted([*told, *changed], key=lambda event: event.at, reverse=True)


# Touches


_WITH = {
    Outcome.NO_ANSWER: "no answer from {}",
    Outcome.VOICEMAIL: "voicemail left for {}",
    Outcome.GATEKEEPER: "stopped at the gatekeeper, asking for {}",
    Outcome.EMAIL: "email sent to {}",
    Outcome.LAST_CALL: "last email sent to {}: close the file?",
    Outcome.INBOUND: "{} came to us",
    Outcome.TALKED: "talked with {}, no progress",
    Outcome.ADVANCED: "talked with {}, progress",
    Outcome.MEETING: "met {}",
    Outcome.QUOTE: "quote sent to {}",
    Outcome.DEFERRED: "{} asked for a callback",
    Outcome.HOSTILE: "ultimatum from {}",
    Outcome.COMPLAINT: "{} complained about our calls",
    Outcome.DO_NOT_CONTACT: "{} asked not to be contacted",
    Outcome.MAILING: "mailing sent to {}",
    Outcome.AUTO_REPLY: "automatic reply from {}",
    Outcome.CONTACTED: "contacted {}, nobody noted how it ended",
}
"""How each outcome reads with the person it was with."""

_TOLD = {SignalKind.MEETING, SignalKind.INBOUND}
"""What the outcome says already of what the buyer did."""


def _sign(touch: Touch) -> str:
    if touch.outcome is Outcome.DEFERRED:
        return PUT_OFF
    if touch.direction is Direction.INBOUND:
        return THEIRS
    return BOTH if touch.meaning.response else OURS


def _touch(touch: Touch, p: Prospect) -> str:
    contact = p.contact(touch.contact)
    said = _WITH[touch.outcome].format(contact.name) if contact else touch.meaning.label
    gave = ""
    if touch.signal and touch.signal not in _TOLD:
        gave = touch.signal.said.removeprefix("they ")
    reason = f"because of {_words(touch.reason)}" if touch.reason else ""
    source = "says a column of its list" if touch.from_list else ""
    said = ", ".join(part for part in (said, gave, reason, source) if part)
    return signed(f"{said}: {touch.note}" if touch.note else said, touch.by)


# Verdicts


def _verdict(verdict: VerdictRecord, p: Prospect, today: Today, settings: Settings) -> str:
    """Say who decided what, whether as advised, and what else the verdict says."""
    said = verdict.verdict.with_place(verdict.destination)
    together = [verdict.pair.in_words] if verdict.pair else []
    known = _callbacks_by(verdict, p, today) if verdict.destination is Column.CALLBACK else []
    is_late = verdict.followed and _puts_off_owed_call(verdict, known, today)
    advice = "advised was to call now" if is_late else _advice(verdict)
    parts = [said, *together, advice, *_asked(verdict, today, settings)]
    parts += [_awaited(known[-1], today)] if known else []
    return signed(", ".join(filter(None, parts)), verdict.by)


def _callbacks_by(verdict: VerdictRecord, p: Prospect, today: Today) -> list[Callback]:
    """Return the callbacks that were on record on the day of a verdict."""
    decided = today.day_of(verdict.at)
    return [callback for callback in p.callbacks if callback.asked_on <= decided]


def _puts_off_owed_call(verdict: VerdictRecord, known: list[Callback], today: Today) -> bool:
    """Tell whether a call was owed on the day of a verdict that put a later one in its place."""
    if len(known) < 2 or verdict.rule not in _OWED_CALLS:
        return False
    decided, (owed, later) = today.day_of(verdict.at), known[-2:]
    return later.asked_on == decided < later.on and owed.on <= decided


def _awaited(callback: Callback, today: Today) -> str:
    """Return ``they asked for 18 Jan because of budget: the vote``: the callback that was kept."""
    who = "they asked for" if callback.asked_by_buyer else "call on"
    why = f" because of {_words(callback.reason)}" if callback.reason else ""
    change = f": {callback.change}" if callback.change else ""
    return f"{who} {short_when(callback.on, callback.time, today.day)}{why}{change}"


def _advice(verdict: VerdictRecord) -> str:
    if verdict.followed:
        return "as agreed in the bet" if verdict.reason == BET_LOST else "as advised"
    advised = verdict.recommended.with_place(verdict.recommended_destination)
    if verdict.verdict is verdict.recommended:
        return f"advised was {verdict.recommended_destination.title}"
    why = f": {verdict.against}" if verdict.against else ""
    return f"against the advice ({advised}){why}"


def _asked(verdict: VerdictRecord, today: Today, settings: Settings) -> Iterator[str]:
    if verdict.start_anew is not None:
        yield f"would {'' if verdict.start_anew else 'not '}start with them today"
    if verdict.reason:
        yield settings.reason_label(verdict.reason)
    if verdict.importance:
        yield f"importance {verdict.importance} of 5"
    if verdict.overrules:
        yield f"in place of {verdict.overrules.by}'s {verdict.overrules.destination.title}"
    if verdict.step:
        when = short_when(verdict.step.on, verdict.step.time, today.day)
        yield f"next step {when}: {verdict.step.action}"
    if verdict.sooner:
        yield f"sooner than advised because: {verdict.sooner}"
    if verdict.changed:
        yield f"changed since the drop: {verdict.changed}"
    if verdict.note:
        yield verdict.note


# What changed


def _changes(p: Prospect, today: Today) -> Iterator[tuple[datetime, str]]:
    for push in p.pushes:
        yield push.at, signed(_push(push, today), push.by)
    for bet in p.bets:
        yield bet.at, signed(f"bet until {_day(bet.until, today)}: {bet.action}", bet.by)
    for snooze in p.snoozes:
        yield snooze.at, signed(f"not this week: until {_day(snooze.until, today)}", snooze.by)
    for reopening in p.reopenings:
        yield reopening.at, signed(f"reopened: {reopening_words(reopening, today)}", reopening.by)
    if p.created:
        yield p.created, f"added{f', from {p.source}' if p.source else ''}"


def _push(push: Push, today: Today) -> str:
    days = f"from {_day(push.from_day, today)} to {_day(push.to_day, today)}"
    if push.correction:
        return f"close date corrected {days}"
    why = f"because of {_words(push.reason)}" if push.reason else "no reason given"
    return f"close date pushed {days}, {why}"


def reopening_words(reopening: Reopening, today: Today) -> str:
    """Say which win was struck out, when that was, and why."""
    value = f" for {long_money(reopening.value)}" if reopening.value else ""
    why = f" because: {reopening.note}" if reopening.note else ""
    won, at = _day(reopening.won_on, today), _moment(reopening.at, today)
    return f"won on {won}{value}, reopened on {at}{why}"


def signed(text: str, by: str) -> str:
    """Return a text with who did it, or wrote it, at its end."""
    return f"{text} · {by}" if by else text


def _words(kind: StrEnum) -> str:
    return kind.value.replace("-", " ")


def _day(day: date, today: Today) -> str:
    return short_day(day, today.day)


def _moment(at: datetime, today: Today) -> str:
    return _day(today.day_of(at), today)
