"""Everything on record about a prospect, as lines of text: what its page shows."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from review_board.judgement.questions import question_of
from review_board.pipeline.dates import Today, short_day, short_when
from review_board.pipeline.fields import PLAIN_FIELDS
from review_board.pipeline.money import Money, long_money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback, Drop, NextStep, Reopening, Touch
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import Direction
from review_board.settings.tree import Settings


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line under an optional label; ``head`` begins a section."""

    text: str
    label: str = ""
    head: bool = False


def page_of(
    p: Prospect, today: Today, explanation: list[str], settings: Settings
) -> list[PageLine]:
    """Return the page: the advice first, then what is known, then what happened, the newest first.

    Reasons and questions are called what the ``settings`` call them.
    """
    lines = [PageLine("What the record says", head=True), *map(PageLine, explanation)]
    for title, section in (
        ("On record", _fields(p, today, settings)),
        ("Contacts", _contacts(p)),
        ("Quotes", _quotes(p, today)),
        ("Answers", _answers(p, today, settings)),
        ("Timeline", (PageLine(text, day) for day, text in events_of(p, today, settings))),
    ):
        found = list(section)
        lines += [PageLine(""), PageLine(title, head=True), *found] if found else []
    return lines


def _fields(p: Prospect, today: Today, settings: Settings) -> Iterator[PageLine]:
    yield PageLine("Won" if p.won else p.column.title, "Column")
    yield from _plain_fields(p, today, sorts=False)
    pairs = [
        ("Next step", _step(p.next_step, ", ", today) if p.next_step else ""),
        ("Callback", _callback(p.callback, today) if p.callback else ""),
        ("Past promises", "; ".join(_earlier(c, today) for c in reversed(p.earlier_callbacks))),
        (
            "Nurture",
            f"{p.nurture.track}, since {_day(p.nurture.since, today)}" if p.nurture else "",
        ),
        ("Dropped", _drop(p.drop, today, settings) if p.drop else ""),
        ("Before that", "; ".join(_drop(drop, today, settings) for drop in p.earlier_drops)),
        ("Rescue", f"{p.rescue.route}, until {_day(p.rescue.until, today)}" if p.rescue else ""),
        ("Won", f"{_day(p.won.on, today)} {_money(p.won.value)}" if p.won else ""),
        ("Won before", "; ".join(_reopening(r, today) for r in reversed(p.reopenings))),
        ("Leave alone", f"asked {_moment(p.do_not_contact.at, today)}" if p.do_not_contact else ""),
        ("Bet", _bet(p, today)),
        ("First call", _first_call(p)),
    ]
    yield from (PageLine(text, label) for label, text in pairs if text)
    yield from _plain_fields(p, today, sorts=True)
    if p.created:
        yield PageLine(_moment(p.created, today), "Added")


def _plain_fields(p: Prospect, today: Today, *, sorts: bool) -> Iterator[PageLine]:
    for field in PLAIN_FIELDS.values():
        if field.sorts is not sorts or field.name == "name":
            continue
        text = field.show(getattr(p, field.name), today.day)
        if field.name == "value":
            text = _worth(p)
        if text:
            yield PageLine(text, field.label)
        if field.name == "locations" and p.has_many_locations:
            yield PageLine(_money(p.potential), "Potential")


def _worth(p: Prospect) -> str:
    """Return the value; of what is won the one that it was won for, with what it was before."""
    if not (p.won and p.won.value and p.value and p.won.value != p.value):
        return _money(p.value)
    return f"{_money(p.won.value)}, won for ({_money(p.value)} before)"


def _step(step: NextStep, joint: str, today: Today) -> str:
    return f"{step.action}{joint}{short_when(step.on, step.time, today.day)}"


def _callback(callback: Callback, today: Today) -> str:
    who = "they asked" if callback.asked_by_buyer else "we proposed"
    parts = [short_when(callback.on, callback.time, today.day), who, callback.reason or "no reason"]
    return ", ".join([*parts, callback.change] if callback.change else parts)


def _earlier(callback: Callback, today: Today) -> str:
    return f"on {_day(callback.asked_on, today)} for {_callback(callback, today)}"


def _drop(drop: Drop, today: Today, settings: Settings) -> str:
    note = f": {drop.note}" if drop.note else ""
    reason = settings.reason_label(drop.reason)
    return f"{_moment(drop.at, today)} by {drop.by or 'somebody'}, {reason}{note}"


def _reopening(reopening: Reopening, today: Today) -> str:
    """Say which win was struck out, when that was, and why."""
    value = f" for {_money(reopening.value)}" if reopening.value else ""
    why = f" because: {reopening.note}" if reopening.note else ""
    won, at = _day(reopening.won_on, today), _moment(reopening.at, today)
    return f"won on {won}{value}, reopened on {at}{why}"


def _bet(p: Prospect, today: Today) -> str:
    """Return the last bet; the others are in the timeline."""
    if not p.bets:
        return ""
    last = max(p.bets, key=lambda bet: bet.at)
    return f"until {_day(last.until, today)}: {last.action}"


def _first_call(p: Prospect) -> str:
    if p.first_impression is None:
        return ""
    return "solid, they said then" if p.first_impression.solid else "not solid, they said then"


def _contacts(p: Prospect) -> Iterator[PageLine]:
    for contact in sorted(p.contacts, key=lambda contact: contact.gone):
        gone = "gone" if contact.gone else ""
        ways = [contact.phone, contact.email, contact.note]
        details = [gone, contact.role.value, contact.title, *ways]
        yield PageLine(f"{contact.name}: {', '.join(filter(None, details))}")


def _quotes(p: Prospect, today: Today) -> Iterator[PageLine]:
    for quote in reversed(p.quotes):
        yield PageLine(f"{_money(quote.amount)} {quote.state}", _day(quote.sent_on, today))


def _answers(p: Prospect, today: Today, settings: Settings) -> Iterator[PageLine]:
    """Yield the answers, each under the label of the pack in force, or under its id."""
    for question_id, answer in p.answers.items():
        question = question_of(settings.questions.pack, question_id)
        label = question.label if question else question_id
        when = f" ({_day(answer.on, today)})" if answer.on else ""
        yield PageLine(f"{label}: {answer.state}{when}{': ' + answer.text if answer.text else ''}")


def events_of(p: Prospect, today: Today, settings: Settings) -> list[tuple[str, str]]:
    """Return touches, notes, pushes, verdicts and what they led to, with their days, the newest first."""
    events: list[tuple[datetime, str]] = [(t.at, _touch(t, p)) for t in p.touches]
    events += [(n.at, f"note by {n.by or 'somebody'}: {n.text}") for n in p.notes]
    events += [
        (x.at, f"close date pushed from {x.from_day} to {x.to_day}, {x.reason or 'no reason'}")
        for x in p.pushes
    ]
    events += [(v.at, _verdict(v, today, settings)) for v in p.verdicts]
    events += [(b.at, f"bet by {b.by} until {_day(b.until, today)}: {b.action}") for b in p.bets]
    events += [
        (z.at, f"not this week, said {z.by or 'somebody'}: until {_day(z.until, today)}")
        for z in p.snoozes
    ]
    events += [
        (r.at, f"reopened by {r.by or 'somebody'}: {_reopening(r, today)}") for r in p.reopenings
    ]
    events.sort(key=lambda event: event[0], reverse=True)
    return [(_moment(at, today), text) for at, text in events]


def _touch(touch: Touch, p: Prospect) -> str:
    arrow = "←" if touch.direction is Direction.INBOUND else "→"
    contact = p.contact(touch.contact)
    parts = [f"{arrow} {touch.meaning.label}"]
    parts += [f"({touch.signal})"] if touch.signal else []
    parts += [f"with {contact.name}"] if contact else []
    parts += [f"by {touch.by}"] if touch.by else []
    return " ".join(parts) + (f": {touch.note}" if touch.note else "")


def _verdict(verdict: VerdictRecord, today: Today, settings: Settings) -> str:
    """Say who decided what, whether as advised, and what else the verdict says."""
    said = f"{verdict.verdict.upper()} → {verdict.destination.title} by {verdict.by}"
    return ", ".join([said, _advice(verdict), *_asked(verdict, today, settings)])


def _advice(verdict: VerdictRecord) -> str:
    if verdict.followed:
        return "as advised"
    if verdict.verdict is verdict.recommended:
        return f"advised was {verdict.recommended_destination.title} ({verdict.rule})"
    return f"against {verdict.rule}: {verdict.against}"


def _asked(verdict: VerdictRecord, today: Today, settings: Settings) -> Iterator[str]:
    if verdict.start_anew is not None:
        yield f"would {'' if verdict.start_anew else 'not '}start anew"
    if verdict.reason:
        yield settings.reason_label(verdict.reason)
    if verdict.importance:
        yield f"importance {verdict.importance} of 5"
    if verdict.overrules:
        yield f"overruling {verdict.overrules.by} ({verdict.overrules.destination.title})"
    if verdict.step:
        yield _step(verdict.step, " on ", today)
    if verdict.sooner:
        yield f"so soon because: {verdict.sooner}"
    if verdict.changed:
        yield f"changed since the drop: {verdict.changed}"
    if verdict.note:
        yield verdict.note


def _money(money: Money | None) -> str:
    return long_money(money) if money else ""


def _day(day: date | None, today: Today) -> str:
    return short_day(day, today.day) if day else ""


def _moment(at: datetime, today: Today) -> str:
    return _day(today.day_of(at), today)
