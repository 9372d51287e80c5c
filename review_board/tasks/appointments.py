"""The dated tasks as appointments of a calendar (callbacks, next steps, bets), and these as its file.

The file (iCalendar, RFC 5545) goes on from the one that was written before.
"""

from collections.abc import Collection, Iterable, Iterator, Set
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from review_board.board.card_summary import CardSummary
from review_board.board.index import Entry
from review_board.errors import InvalidValueError
from review_board.judgement.due.task_wording import task_words
from review_board.judgement.due.tasks import Task, TaskKind
from review_board.pipeline.money import long_money
from review_board.pipeline.text import clean
from review_board.tasks.lists import TaskData
from review_board.wording import capital

if TYPE_CHECKING:
    from icalendar import Event

UID_END = "@review-board"


@dataclass(frozen=True, slots=True)
class Appointment:
    """One event: ``uid`` stays the same whatever changes; a day alone has no ``time``."""

    uid: str
    day: date
    time: time | None
    summary: str
    details: tuple[str, ...]


SUMMARIES = {
    TaskKind.CALLBACK: "Call {} back",
    TaskKind.UNPROVEN: "Call {} back",
    TaskKind.STEP: "{}: the next step",
    TaskKind.BET: "{}: the bet is due",
    TaskKind.WAKE: "{}: callback soon",
}
"""What has a place in a calendar, and what its event is called."""
NAMES = {TaskKind.UNPROVEN: TaskKind.CALLBACK}
"""Kinds that are one event: a callback stays the same when it gets its proof."""


def uid_of(prospect_id: str, kind: TaskKind) -> str:
    """Return the id of an event: there is one of a kind for a prospect."""
    return f"{prospect_id}.{NAMES.get(kind, kind)}{UID_END}"


def prospect_of(uid: str) -> str:
    """Return the prospect that an event of ours is about; empty for another's."""
    return uid.removesuffix(UID_END).rpartition(".")[0] if uid.endswith(UID_END) else ""


def appointments(task_data: TaskData) -> list[Appointment]:
    """Return the appointments of all prospects, by day."""
    found = [made for entry, card in task_data.prospects for made in _appointments(entry, card)]
    return sorted(found, key=lambda one: (one.day, one.time or time.min, one.uid))


def _appointments(entry: Entry, card: CardSummary) -> Iterator[Appointment]:
    for task in card.agenda.tasks:
        if task.kind in SUMMARIES:
            yield Appointment(
                uid_of(entry.id, task.kind),
                task.day,
                task.time,
                SUMMARIES[task.kind].format(entry.who),
                tuple(_details(entry, task)),
            )


def _details(entry: Entry, task: Task) -> Iterator[str]:
    """Yield what to know before one begins: what to do, with whom, the worth, whose it is."""
    yield capital(task_words(task))
    if entry.value:
        yield f"Value: {long_money(entry.value)}"
    if entry.owner:
        yield f"Owner: {entry.owner}"


# As a calendar file

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
MADE_BY = "-//review_board//pipeline//EN"
KEPT = timedelta(days=30)
"""How long an event stays in the file after its day, when nothing on record goes on saying it."""
CANCELLED = "CANCELLED"
LARGEST = 50_000_000
"""Largest calendar file that is read, in bytes."""
_CONTENT = ("dtstart", "dtend", "summary", "description", "status")
_FAULTS = (ValueError, ArithmeticError, AttributeError, LookupError, TypeError)
"""What the library raises over a text that is no calendar."""


def calendar_text(
    wanted: Iterable[Appointment], before: bytes, now: datetime, touched: Set[str] | None = None
) -> bytes:
    """Return the file for these appointments; what is like ``before`` stays as it was, to the letter.

    A changed event counts its SEQUENCE up; one that fell away is cancelled, and leaves the file some
    time after its day. With ``touched`` only events of these prospects are compared, the others
    stay. Raises ``InvalidValueError`` for a text that is no calendar of ours.
    """
    known = {str(event["uid"]): event for event in _events_of(before)}
    made = {one.uid: event_of(one, now) for one in wanted}
    others = {u for u in known if touched is not None and prospect_of(u) not in touched}
    events = {uid: _updated(event, known.get(uid)) for uid, event in made.items()}
    gone = [event for uid, event in known.items() if uid not in made and uid not in others]
    ended = {str(e["uid"]): e for e in (_cancelled(old, now) for old in gone) if e is not None}
    return _file({uid: known[uid] for uid in others} | events | ended)


def calendar_of(events: Iterable["Event"]) -> bytes:
    """Return these events as a file."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", MADE_BY)
    calendar.add("version", "2.0")
    for event in events:
        calendar.add_component(event)
    made: bytes = calendar.to_ical()
    return made


def event_of(one: Appointment, now: datetime) -> "Event":
    """Return an event: an hour for an agreed time, else its day, which keeps nobody busy.

    The hour is that of the clock on the wall, of no zone.
    """
    from icalendar import Event

    event = Event()
    event.add("uid", one.uid)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    for name, value in _times(one):
        event.add(name, value)
    event.add("summary", clean(one.summary))
    event.add("description", "\n".join(clean(line) for line in one.details))
    return event


def _times(one: Appointment) -> Iterator[tuple[str, date | str]]:
    if one.time is None:
        yield from (("dtstart", one.day), ("dtend", one.day + DAY), ("transp", "TRANSPARENT"))
    else:
        start = datetime.combine(one.day, one.time.replace(tzinfo=None))
        yield from (("dtstart", start), ("dtend", start + HOUR))


def _updated(event: "Event", old: "Event | None") -> "Event":
    """Return the old event where nothing differs, else the new one with the next number."""
    if old is None:
        return event
    if _content(event) == _content(old):
        return old
    event.add("sequence", _number(old) + 1)
    return event


def _cancelled(old: "Event", now: datetime) -> "Event | None":
    """Return an event that fell away, cancelled unless its day is past; nothing long after that."""
    day = _day(old)
    if day + KEPT < now.date():
        return None
    if day < now.date() or old.get("status") == CANCELLED:
        return old
    stamp = now.astimezone(UTC).replace(microsecond=0)
    changes = {"status": CANCELLED, "sequence": _number(old) + 1, "dtstamp": stamp}
    for name, value in changes.items():
        old.pop(name, None)
        old.add(name, value)
    return old


def _content(event: Any) -> list[str]:
    return [event[name].to_ical().decode() if name in event else "" for name in _CONTENT]


def _number(event: Any) -> int:
    return int(event.get("sequence", 0))


def _day(event: Any) -> date:
    start = event["dtstart"].dt
    if not isinstance(start, date):
        raise TypeError("it begins at no day")
    return start.date() if isinstance(start, datetime) else start


def _file(events: "dict[str, Event]") -> bytes:
    ordered: Collection[Event] = sorted(
        events.values(), key=lambda e: (_day(e), e["dtstart"].to_ical(), str(e["uid"]))
    )
    return calendar_of(ordered)


def _events_of(before: bytes) -> "list[Event]":
    """Return the events of the file as it was."""
    from icalendar import Calendar, Event

    if not before.strip():
        return []
    try:
        calendar: Any = Calendar.from_ical(before)
        found = [event for event in calendar.walk("VEVENT") if isinstance(event, Event)]
        ours = str(calendar.get("prodid")) == MADE_BY
        read = [(e["uid"], _content(e), _number(e), _day(e)) for e in found]
    except _FAULTS as error:
        raise InvalidValueError(
            "it is no calendar that can be read", "name another file"
        ) from error
    if not ours:
        raise InvalidValueError("it is not a calendar of review-board", "name another file")
    return found if read else []
