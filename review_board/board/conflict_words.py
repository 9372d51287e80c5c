"""A refused change in one line: who was first, what stands there now, and what was not saved."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from review_board.board.index import column_in
from review_board.board.past_changes import holding
from review_board.errors import InvalidValueError
from review_board.pipeline.dates import Today, long_when
from review_board.pipeline.fields import PLAIN_FIELDS
from review_board.pipeline.moves import step_words
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.text import clean
from review_board.store.conflicts import FieldConflictError
from review_board.store.protocol import PROSPECTS, Commit
from review_board.wording import time_ago

LONGEST = 40
"""Characters of a value: the line must stay one."""


def tell_conflict(error: FieldConflictError, draft: Commit, now: datetime, today: Today) -> None:
    """Give a conflict about a prospect its words; ``draft`` is the change that was refused."""
    if error.table != PROSPECTS:
        return
    error.message = f"{_first(error, draft, now, today)}; {_not_done(error, draft, today)}"
    error.cure = "`review-board history` shows both" if draft.undoes is not None else ""


def _first(error: FieldConflictError, draft: Commit, now: datetime, today: Today) -> str:
    """Say what somebody did before us, and when."""
    first = error.commit
    who = first.by if first else "somebody"
    where = " outside the program" if first is None else ""
    if first and first.by == draft.by:
        who, where = "you", "" if draft.undoes is not None else " in another window"
    when = f" {ago(first.at, now)}" if first else ""
    return f"{who} {_change_words(error, today)}{where}{when}"


def _change_words(error: FieldConflictError, today: Today) -> str:
    """Return ``changed the value of Harbor to $510k``."""
    field, name, now = error.pointer, clean(error.name)[:LONGEST], error.current
    if not field:
        return f"removed {name}" if now is None else f"added or changed {name}"
    if field == "column":
        return f"moved {name} to {column_in(now).title}"
    text = _shown(field, now, today)
    change = f"changed the {_label(field)} of {name}"
    return f"{change} to {text}" if text else change.replace("changed", "removed", 1)


def _not_done(error: FieldConflictError, draft: Commit, today: Today) -> str:
    if draft.undoes is not None:
        return "nothing was taken back"
    text = _shown(error.pointer, error.wanted, today) if error.pointer else ""
    if "(" in text:  # one bracket in another is read twice
        return f"yours, {text}, was not saved"
    return f"yours ({text}) was not saved" if text else "your change was not saved"


def ago(at: str, now: datetime) -> str:
    """Return how long ago an instant was, in words; ``before`` for one that cannot be read."""
    try:
        return time_ago(datetime.fromisoformat(at), now)
    except (TypeError, ValueError):
        return "before"


def _label(pointer: str) -> str:
    head, _, rest = pointer.partition("/")
    if head == "answers":
        return f"answer on {rest.replace('-', ' ')}"
    return _LABELS.get(head, head.replace("_", " "))


_LABELS = {
    "locations": "number of locations",
    "review_days": "review interval",
    "nurture": "nurture plan",
    "drop": "reason for dropping",
    "won": "win",
    "touches": "contact",
    "quotes": "quote",
}


def _shown(pointer: str, value: Any, today: Today) -> str:
    """Return a stored value as the record shows it; empty for nothing."""
    if value is None or value in ("", [], {}):
        return ""
    try:
        words = _field_words(pointer, holding({pointer: value}), today.day)
    except InvalidValueError:  # a hand wrote something else there
        words = None
    return clean(_words(value) if words is None else words)[:LONGEST]


def _field_words(name: str, record: Prospect, today: date) -> str | None:
    """Return a field of a record in words; ``None`` for what is an entry of a list, or an answer."""
    if field := PLAIN_FIELDS.get(name):
        return field.show(getattr(record, name), today)
    if name == "column":
        return record.column.title
    if name == "next_step" and record.next_step:
        return step_words(record.next_step, today)
    if name == "callback" and record.callback:
        return f"call {long_when(record.callback.on, record.callback.time, today)}"
    return None


def _words(value: Any) -> str:
    if isinstance(value, Mapping):
        parts = [part for name, part in value.items() if name not in ("id", "at", "by")]
        return " ".join(str(part) for part in parts if isinstance(part, str))
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
