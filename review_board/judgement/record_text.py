"""What is on record about a prospect, in words, as sections of labelled lines: its page and ``show``."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from review_board.judgement.bets import open_bet
from review_board.judgement.due.when_due import due_on
from review_board.judgement.event_text import (
    TimelineEvent,
    events_of,
    reopening_words,
    with_changes,
)
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.questions import question_of, stale_questions, too_old_answer
from review_board.judgement.routes import in_rescue_words
from review_board.pipeline.dates import Today, short_day, short_when
from review_board.pipeline.fields import PLAIN_FIELDS
from review_board.pipeline.money import Money, long_money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback, Contact, Drop, NextStep, Nurture, whose
from review_board.pipeline.vocabulary import Column, QuoteState
from review_board.settings.tree import Settings
from review_board.wording import several


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line under an optional label; ``head`` begins a section."""

    text: str
    label: str = ""
    head: bool = False


@dataclass(frozen=True, slots=True)
class Section:
    """Lines that belong together, under a title."""

    title: str
    lines: tuple[PageLine, ...]

    def whole(self) -> list[PageLine]:
        """Return its lines below an empty one and its title."""
        return [PageLine(""), PageLine(self.title, head=True), *self.lines]


def page_of(
    p: Prospect,
    today: Today,
    argument: list[str],
    settings: Settings,
    changed: Iterable[TimelineEvent] = (),
) -> list[PageLine]:
    """Return the argument first, then what is known, then what happened, the newest first.

    Reasons and questions are called what the ``settings`` call them; ``changed`` are events of which
    the record does not tell.
    """
    events = with_changes(events_of(p, today, settings), changed)
    timeline = (PageLine(f"{event.sign} {event.text}", event.day) for event in events)
    sections = [*facts_of(p, today, settings), *_section("Timeline", timeline)]
    return [*map(PageLine, argument), *(line for part in sections for line in part.whole())]


def facts_of(p: Prospect, today: Today, settings: Settings) -> list[Section]:
    """Return what comes next, the people, quotes and answers, and the plain facts; no empty section."""
    return [
        *_section("Where it stands", _coming(p, today, settings)),
        *_section("People", _people(p)),
        *_section("Quotes", _quotes(p, today)),
        *_section("Answers", _answers(p, today, settings)),
        *_section("On record", _fields(p, today)),
    ]


def _section(title: str, lines: Iterator[PageLine]) -> list[Section]:
    found = tuple(lines)
    return [Section(title, found)] if found else []


def _nurture(plan: Nurture, today: Today) -> str:
    """Return the track and since when; while its first contact is ahead, on which day that is."""
    on, words = plan.next_on, f"{plan.track.label} since {_day(plan.since, today)}"
    return f"{words}, first contact on {_day(on, today)}" if on and on >= today.day else words


def _first_review(e: Evidence) -> str:
    """Return from which day on what nobody reviewed yet is to review, and when it was added; empty once it is."""
    day, added = due_on(e), e.prospect.created
    if day is None or added is None or day <= e.today.day:
        return ""
    return f"from {_day(day, e.today)} on, added {_moment(added, e.today)}"


def _coming(p: Prospect, today: Today, settings: Settings) -> Iterator[PageLine]:
    """Yield what is planned or was promised, and what keeps it from being sold.

    A callback that was made is one of the earlier ones.
    """
    rescue = p.rescue
    called = p.callback is not None and gather(p, today, settings).callback is None
    earlier = p.callbacks if called else p.earlier_callbacks
    pairs = [
        ("Next step", step_when(p.next_step, today) if p.next_step else ""),
        ("Callback", callback_words(p.callback, today) if p.callback and not called else ""),
        ("Earlier", "; ".join(_earlier(c, today) for c in reversed(earlier))),
        ("Nurture", _nurture(p.nurture, today) if p.nurture else ""),
        ("To review", "" if p.verdicts else _first_review(gather(p, today, settings))),
        ("Bet", _bet(p, today)),
        (
            "Last attempt",
            f"{in_rescue_words(rescue.route)}, until {_day(rescue.until, today)}" if rescue else "",
        ),
        ("Won", f"{_day(p.won.on, today)} {_money(p.won.value)}" if p.won else ""),
        ("Won before", "; ".join(reopening_words(r, today) for r in reversed(p.reopenings))),
        ("Dropped", _drop(p.drop, today, settings) if p.drop else ""),
        ("Before that", "; ".join(_drop(drop, today, settings) for drop in p.earlier_drops)),
        (
            "Leave alone",
            f"they asked for it on {_moment(p.do_not_contact.at, today)}"
            if p.do_not_contact
            else "",
        ),
    ]
    yield from (PageLine(text, label) for label, text in pairs if text)


def _people(p: Prospect) -> Iterator[PageLine]:
    for contact in sorted(p.contacts, key=lambda contact: contact.gone):
        yield PageLine(person_words(contact))


def person_words(contact: Contact) -> str:
    """Return ``Kim Aldous · buyer · 555-0142 · kim@acme.example · calls back on Fridays``."""
    what = [contact.title or contact.role.label, "gone" if contact.gone else ""]
    note = " ".join(contact.note.split())
    parts = [contact.name, *what, *contact.reached_by, note]
    return " · ".join(part for part in parts if part)


def _quotes(p: Prospect, today: Today) -> Iterator[PageLine]:
    is_left = p.column is Column.DROPPED and not p.won
    for quote in reversed(p.quotes):
        left = " when dropped" if is_left and quote.state is QuoteState.OPEN else ""
        yield PageLine(f"{_money(quote.amount)} {quote.state}{left}", _day(quote.sent_on, today))


def _answers(p: Prospect, today: Today, settings: Settings) -> Iterator[PageLine]:
    """Yield the answers, each under the label of the pack in force, or under its id."""
    pack, days = settings.questions.pack, settings.thresholds.answer_expires_days
    stale = stale_questions(p, pack, today.day, days)
    for question_id, answer in p.answers.items():
        question = question_of(pack, question_id)
        label = question.label if question else question_id
        if question_id in stale:
            yield PageLine(f"{label}: {too_old_answer(answer, today.day)}")
            continue
        when = f" ({_day(answer.on, today)})" if answer.on else ""
        said = f": {answer.text}" if answer.text else ""
        yield PageLine(f"{label}: {answer.state.said(answer.text)}{when}{said}")


def _fields(p: Prospect, today: Today) -> Iterator[PageLine]:
    yield PageLine("Won" if p.won else p.column.title, "Column")
    for field in (f for f in PLAIN_FIELDS.values() if f.name != "name"):
        text = field.show(getattr(p, field.name), today.day)
        if text := _worth(p) if field.name == "value" else text:
            yield PageLine(text, field.label)
        if field.name == "locations" and p.has_many_locations:
            yield PageLine(_money(p.potential), "Potential")
    if p.times_contacted:
        yield PageLine(f"{several(p.times_contacted, 'time')}, says the list", "Contacted")
    if p.first_impression is not None:
        felt = "it felt right" if p.first_impression.solid else "it did not feel right"
        yield PageLine(felt, "First call")


def _worth(p: Prospect) -> str:
    """Return the value; of what is won the one that it was won for, with what it was before."""
    if not (p.won and p.won.value and p.value and p.won.value != p.value):
        return _money(p.value)
    return f"{_money(p.won.value)}, won for ({_money(p.value)} before)"


def step_when(step: NextStep, today: Today) -> str:
    """Return ``27 Nov 10:00: demo (they agreed)``."""
    return f"{short_when(step.on, step.time, today.day)}: {step.action}{whose(step.agreed)}"


def callback_words(callback: Callback, today: Today) -> str:
    """Return ``18 Jan, they asked, because of budget: the vote``."""
    who = "they asked" if callback.asked_by_buyer else "we proposed it"
    why = f"because of {_plain(callback.reason)}" if callback.reason else "no reason given"
    said = f"{short_when(callback.on, callback.time, today.day)}, {who}, {why}"
    return f"{said}: {callback.change}" if callback.change else said


def _earlier(callback: Callback, today: Today) -> str:
    return f"asked on {_day(callback.asked_on, today)} for {callback_words(callback, today)}"


def _drop(drop: Drop, today: Today, settings: Settings) -> str:
    note = f": {drop.note}" if drop.note else ""
    by = f" by {drop.by}" if drop.by else ""
    return f"{_moment(drop.at, today)}{by}, {settings.reason_label(drop.reason)}{note}"


def _bet(p: Prospect, today: Today) -> str:
    """Return the bet on which it is kept; what was settled stands in the timeline."""
    bet = open_bet(p)
    return f"until {_day(bet.until, today)}: {bet.action}" if bet else ""


def _plain(word: str) -> str:
    return str(word).replace("-", " ")


def _money(money: Money | None) -> str:
    return long_money(money) if money else ""


def _day(day: date | None, today: Today) -> str:
    return short_day(day, today.day) if day else ""


def _moment(at: datetime, today: Today) -> str:
    return _day(today.day_of(at), today)
