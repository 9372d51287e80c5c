"""The moves and the changed fields of a prospect, from the ledger, as events of its timeline."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from review_board.errors import InvalidValueError
from review_board.judgement.event_text import CHANGED, EventKind, TimelineEvent, signed
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.fields import PLAIN_FIELDS
from review_board.pipeline.prospect import Prospect, from_document
from review_board.store.protocol import PROSPECTS, Commit, DocumentChange

COLUMN = "column"
VERDICTS = "verdicts"
_SHOWN = (COLUMN, *PLAIN_FIELDS)
TOLD = frozenset(
    {"touches", "notes", VERDICTS, "pushes", "bets", "snoozes", "reopenings", "earlier_drops"}
)
"""What has events of its own in the record."""


def past_changes(
    commits: Iterable[Commit], prospect_id: str, today: Today
) -> Iterator[TimelineEvent]:
    """Yield what these commits changed about a prospect, where the record has no event of it."""
    for commit in commits:
        for change in commit.docs:
            if change.table != PROSPECTS or change.id != prospect_id or change.creates:
                continue
            at = datetime.fromisoformat(commit.at)
            for words in _words(commit, change, today):
                day = short_day(today.day_of(at), today.day)
                yield TimelineEvent(at, day, EventKind.CHANGE, CHANGED, signed(words, commit.by))


def _words(commit: Commit, change: DocumentChange, today: Today) -> list[str]:
    """Return the move and each field with its values; of what is neither, how it was called."""
    names = {pointer.partition("/")[0] for pointer in change.after}
    words = [*_move(change, names), *_fields(change, names, today)]
    is_told = names <= TOLD or bool(names & TOLD)
    if not words and (not is_told or commit.undoes is not None):
        words = [commit.action]
    return words


def _move(change: DocumentChange, names: set[str]) -> Iterator[str]:
    """Yield the move to another column, unless a verdict tells of it."""
    if COLUMN not in names or VERDICTS in names:
        return
    if sides := _both(change):
        was, now = (side.column.title for side in sides)
        yield f"moved from {was} to {now}"


def _fields(change: DocumentChange, names: set[str], today: Today) -> Iterator[str]:
    """Yield ``Value: $40,000, before $24,000`` for each plain field."""
    changed = [field for field in PLAIN_FIELDS.values() if field.name in names]
    sides = _both(change) if changed else None
    for field in changed if sides else ():
        if field.name == "close_date" and "pushes" in names:
            continue
        before, after = (
            field.show(getattr(side, field.name), today.day) or "none" for side in sides or ()
        )
        yield f"{field.label}: {after}, before {before}"


def _both(change: DocumentChange) -> tuple[Prospect, Prospect] | None:
    """Return a prospect with the values before and one with those after, if they can be read."""
    try:
        return _holding(change.before), _holding(change.after)
    except InvalidValueError:  # a hand wrote something else there
        return None


def _holding(values: Mapping[str, Any]) -> Prospect:
    """Return a prospect with the column and the plain fields in these values."""
    given = {name: values[name] for name in _SHOWN if values.get(name) is not None}
    return from_document({"id": "p", "name": "p"} | given)
