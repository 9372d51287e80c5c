"""What a list says of a prospect, as texts that are stored and compared when the list comes again."""

from collections.abc import Callable, Mapping, Set
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from review_board.exchange.content_ids import content_id, whole_id
from review_board.exchange.header_words import ANY_LIST
from review_board.exchange.import_result import ImportContext
from review_board.pipeline.changes import TRACK_DAYS
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import DATE, HOURS, MONEY, PLAIN_FIELDS, SHARE, ValueKind
from review_board.pipeline.moves import step_words
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Imported
from review_board.pipeline.vocabulary import Column

STATE, WON_ON, LOST_WHY, NURTURE_DAY = "state", "won_on", "lost_why", "nurture_day"
NEXT_STEP, CALLBACK, TAGS, NOTES = "next_step", "callback", "tags", "notes"
LEAVE_ALONE, TIMES, CLOSED = "do_not_contact", "times_contacted", "closed_channels"
PIPELINE = "pipeline"
"""What a list calls the pipeline of a deal: kept for the way back alone, and never compared."""
WON = "won"
"""The state of a sale that was won; any other is the column that it stands in."""
UNKNOWN_STATE = ""
"""What a list says by a stage word that nobody explained: it comes in as Active, and moves nothing."""
_STATES = "stage status is_won is_lost is_closed is_archived is_active won_on lost_on lost_reason"
_ALWAYS = frozenset({"name", NOTES, LEAVE_ALONE})


def values_told(
    prospect: Prospect, context: ImportContext, unread: frozenset[str]
) -> Mapping[str, str]:
    """Return what the list says of a prospect just built from it; cells not understood say nothing."""
    values = {
        name: text
        for name, read, is_always in _told_by(context.fields, unread)
        if (text := read(prospect)) or not is_always
    }
    if prospect.company:
        values["company"] = prospect.company
    return values


@lru_cache(maxsize=256)
def _told_by(
    columns: Set[str], unread: Set[str]
) -> tuple[tuple[str, Callable[[Prospect], str], bool], ...]:
    """Return what a row tells of, by its columns without the cells not understood, and how each is read."""
    spoken = columns - unread
    return tuple(
        (name, one.read, name in _ALWAYS)
        for name, one in FIELDS.items()
        if name in _ALWAYS or not spoken.isdisjoint(one.columns.split())
    )


def import_id(source: str, known_as: str) -> str:
    """Return the id of what a source said of the one whom it knows by an id."""
    return content_id("import", source, whole_id(known_as))


def base_of(ours: Prospect, said: Imported) -> Imported | None:
    """Return what the same list said of the prospect before, if it did.

    A list without ids is known by its source; one of few columns shows not always which that is. One that
    has ids now and had none, or the other way round, said it of the same name. Of two rows whose cards were
    made one here, each has its own word from before, under its own name.
    """
    number = said.external_id and whole_id(said.external_id)
    same = [
        one
        for one in ours.imports
        if one.id == said.id
        or (number and one.source == said.source and whole_id(one.external_id) == number)
    ]
    if same:
        return same[0]
    name = said.values.get("name")
    like = [
        one
        for one in ours.imports
        if (
            one.source == said.source and one.values.get("name") == name
            if one.external_id or number
            else one.source == said.source or ANY_LIST in {one.source, said.source}
        )
        and not (one.external_id and number)
    ]

    def rank(one: Imported) -> tuple[bool, bool, datetime]:
        is_namesake = one.values.get("name") == said.values.get("name")
        return is_namesake, one.source == said.source, one.at

    return max(like, key=rank, default=None)


def kept_first(prospect: Prospect) -> list[Imported]:
    """Return what lists said of it, first of the card that was kept where several were merged into one."""
    own = (whole_id(prospect.external_id), prospect.name)
    names = {
        one.id: (whole_id(one.external_id), one.values.get("name")) for one in prospect.imports
    }
    return sorted(
        prospect.imports, key=lambda one: [a != b for a, b in zip(names[one.id], own, strict=True)]
    )


def state_of(prospect: Prospect) -> str:
    """Return ``won``, or the column that it stands in."""
    return WON if prospect.won else str(prospect.column)


def _stands_in(column: Column, prospect: Prospect) -> bool:
    return prospect.column is column and not prospect.won


def _lost_why(prospect: Prospect) -> str:
    drop = prospect.drop if _stands_in(Column.DROPPED, prospect) else None
    return drop.note or str(drop.reason) if drop else ""


def _nurture_day(prospect: Prospect) -> str:
    """Return the next day of a nurture plan, where it is another than the plan alone gives."""
    plan = prospect.nurture if _stands_in(Column.NURTURE, prospect) else None
    usual = plan and plan.since + timedelta(days=TRACK_DAYS[plan.track])
    return str(plan.next_on) if plan and plan.next_on not in {None, usual} else ""


def _next_step(prospect: Prospect) -> str:
    step = prospect.next_step
    return f"{step.on} {step.action}" if step else ""


def note_marks(prospect: Prospect) -> Mapping[str, str]:
    """Return the texts of the notes by what is kept of them."""
    return {content_id(note.text)[2:]: note.text for note in prospect.notes}


@lru_cache(maxsize=4096)
def _number(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


@lru_cache(maxsize=4096)
def _day(day: date) -> str:
    return str(day)


_WRITE: dict[ValueKind, Callable[[Any], str]] = {
    DATE: _day,
    MONEY: lambda money: f"{_number(money.amount)} {money.currency}",
    SHARE: _number,
    HOURS: _number,
}
"""How a value is written to be compared: the same one always gives the same text."""


def _plain(name: str) -> Callable[[Prospect], str]:
    value_in, kind = attrgetter(name), PLAIN_FIELDS[name].kind
    if kind.empty == "":
        return value_in
    write = _WRITE.get(kind, str)
    return lambda prospect: "" if (value := value_in(prospect)) is None else write(value)


@dataclass(frozen=True, slots=True)
class ListedField:
    """A field of which a list may tell: what it is called, by which ``columns``, how it is compared and shown."""

    label: str
    columns: str
    read: Callable[[Prospect], str]
    show: Callable[[Prospect, date], str]


def _of_plain(
    name: str, columns: str = "", read: Callable[[Prospect], str] | None = None
) -> ListedField:
    """Return a plain field, which has the column of its name unless others are said."""
    plain = PLAIN_FIELDS[name]
    return ListedField(
        plain.label,
        columns or name,
        read or _plain(name),
        lambda prospect, today: plain.show(getattr(prospect, name), today),
    )


def _column_shown(prospect: Prospect, _: date) -> str:
    if prospect.drop and prospect.column is Column.DROPPED:
        return f"Dropped: {prospect.drop.note or prospect.drop.reason}"
    return "won" if prospect.won else prospect.column.title


def _when(day: date | None, today: date) -> str:
    return short_day(day, today) if day else ""


PLAIN = tuple(name for name in PLAIN_FIELDS if name not in {TAGS, CLOSED, "review_days"})
"""The plain fields that a list brings."""
_COLUMNS = {"close_date": "close_date expected_close won_on lost_on", "stage": "stage status"}
FIELDS = {
    STATE: ListedField("Column", _STATES, state_of, _column_shown),
    **{name: _of_plain(name, _COLUMNS.get(name, "")) for name in PLAIN},
    WON_ON: ListedField("Won on", "won_on close_date", lambda p: _day(p.won.on) if p.won else "",
                        lambda p, today: _when(p.won.on if p.won else None, today)),
    LOST_WHY: ListedField("Lost reason", _STATES, _lost_why, lambda p, _: _lost_why(p)),
    NURTURE_DAY: ListedField("Next contact in Nurture", "next_activity", _nurture_day,
                             lambda p, today: _when(p.nurture.next_on if p.nurture else None, today)),
    NEXT_STEP: ListedField("Next step", "next_activity next_step", _next_step,
                           lambda p, today: step_words(p.next_step, today) if p.next_step else ""),
    CALLBACK: ListedField("Callback", "next_activity", lambda p: _day(p.callback.on) if p.callback else "",
                          lambda p, today: _when(p.callback.on if p.callback else None, today)),
    TAGS: _of_plain(TAGS, "tags product stage status", lambda p: "\n".join(p.tags)),
    NOTES: ListedField("Notes", NOTES, lambda p: " ".join(note_marks(p)) if p.notes else "", lambda *_: ""),
    LEAVE_ALONE: ListedField("Do not contact", LEAVE_ALONE, lambda p: "yes" if p.do_not_contact else "",
                             lambda p, _: "yes" if p.do_not_contact else ""),
    CLOSED: _of_plain(CLOSED, "do_not_call do_not_email", lambda p: " ".join(p.closed_channels)),
    TIMES: ListedField("Times contacted", TIMES, lambda p: str(p.times_contacted or ""),
                       lambda p, _: str(p.times_contacted or "")),
}  # fmt: skip
"""Each field, in the order in which changes are told."""
