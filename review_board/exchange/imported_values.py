"""What a list says of a prospect, as texts that are stored and compared when the list comes again."""

from collections.abc import Callable, Mapping, Set
from datetime import date, datetime, timedelta
from decimal import Decimal
from functools import lru_cache
from operator import attrgetter
from typing import Any

from review_board.exchange.content_ids import content_id, whole_id
from review_board.exchange.header_words import ANY_LIST, word_set
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
_SPOKEN_BY = {
    field: word_set(columns)
    for field, columns in {
        "value": "value",
        "close_date": "close_date expected_close won_on lost_on",
        "stage": "stage status",
        STATE: _STATES,
        WON_ON: "won_on close_date",
        LOST_WHY: _STATES,
        NURTURE_DAY: "next_activity",
        NEXT_STEP: "next_activity next_step",
        CALLBACK: "next_activity",
        CLOSED: "do_not_call do_not_email",
        TAGS: "tags product stage status",
    }.items()
}
"""Which columns of a list tell of a field; any other field has the column of its name."""
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
        (name, read, name in _ALWAYS)
        for name, read in READ.items()
        if name in _ALWAYS or not spoken.isdisjoint(_SPOKEN_BY.get(name, {name}))
    )


def import_id(source: str, known_as: str) -> str:
    """Return the id of what a source said of the one whom it knows by an id."""
    return content_id("import", source, whole_id(known_as))


def base_of(ours: Prospect, said: Imported) -> Imported | None:
    """Return what the same list said of the prospect before, if it did.

    A list without ids is known by its source; one of few columns shows not always which that is. Of two
    rows whose cards were made one here, each has its own word from before, under its own name.
    """
    number = said.external_id and whole_id(said.external_id)
    same = [
        one
        for one in ours.imports
        if one.id == said.id
        or (number and one.source == said.source and whole_id(one.external_id) == number)
    ]
    if same or said.external_id:
        return next(iter(same), None)
    like = [
        one
        for one in ours.imports
        if not one.external_id
        and (one.source == said.source or ANY_LIST in {one.source, said.source})
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


PLAIN = tuple(name for name in PLAIN_FIELDS if name not in {TAGS, CLOSED, "review_days"})
"""The plain fields that a list brings."""
READ: dict[str, Callable[[Prospect], str]] = {
    STATE: state_of,
    **{name: _plain(name) for name in PLAIN},
    WON_ON: lambda prospect: _day(prospect.won.on) if prospect.won else "",
    LOST_WHY: _lost_why,
    NURTURE_DAY: _nurture_day,
    NEXT_STEP: _next_step,
    CALLBACK: lambda prospect: _day(prospect.callback.on) if prospect.callback else "",
    TAGS: lambda prospect: "\n".join(prospect.tags),
    NOTES: lambda prospect: " ".join(note_marks(prospect)) if prospect.notes else "",
    LEAVE_ALONE: lambda prospect: "yes" if prospect.do_not_contact else "",
    CLOSED: lambda prospect: " ".join(prospect.closed_channels),
    TIMES: lambda prospect: str(prospect.times_contacted or ""),
}
"""How each field of a prospect is compared, in the order in which changes are told."""


def shown(name: str, prospect: Prospect, today: date) -> str:
    """Return the value of a field as a person reads it."""
    if field := PLAIN_FIELDS.get(name):
        return field.show(getattr(prospect, name), today)
    if name == STATE and prospect.drop and prospect.column is Column.DROPPED:
        return f"Dropped: {prospect.drop.note or prospect.drop.reason}"
    if name == STATE:
        return "won" if prospect.won else prospect.column.title
    if name == WON_ON:
        return short_day(prospect.won.on, today) if prospect.won else ""
    if name == NURTURE_DAY and prospect.nurture and prospect.nurture.next_on:
        return short_day(prospect.nurture.next_on, today)
    if name == NEXT_STEP and (step := prospect.next_step):
        return step_words(step, today)
    if name == CALLBACK:
        return short_day(prospect.callback.on, today) if prospect.callback else ""
    return READ[name](prospect)


def label(name: str) -> str:
    """Return what a field is called."""
    field = PLAIN_FIELDS.get(name)
    return field.label if field else _LABELS[name]


_LABELS = {
    STATE: "Column",
    WON_ON: "Won on",
    LOST_WHY: "Lost reason",
    NURTURE_DAY: "Next nurture touch",
    NEXT_STEP: "Next step",
    CALLBACK: "Callback",
    LEAVE_ALONE: "Do not contact",
    TIMES: "Times contacted",
}
