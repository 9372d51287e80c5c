"""What a change did to a prospect, old and new, from the ledger: moves, fields and people."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from typing import Any

from review_board.errors import InvalidValueError
from review_board.judgement.event_text import CHANGED, EventKind, TimelineEvent, signed
from review_board.judgement.record_text import callback_words, person_words, step_when
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.fields import CONTACT_FIELDS, PLAIN_FIELDS
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.records import Contact
from review_board.store.protocol import IMPORT, PROSPECTS, Commit, DocumentChange

COLUMN, CONTACTS = "column", "contacts"
VERDICTS, PUSHES = "verdicts", "pushes"
TOLD = frozenset(
    {"touches", "notes", VERDICTS, PUSHES, "bets", "snoozes", "reopenings", "earlier_drops"}
)
"""What has events of its own in the record."""
TOLD_BY = {
    VERDICTS: frozenset({COLUMN, "next_step", "callback"}),
    PUSHES: frozenset({"close_date"}),
}
"""What the event of such an entry says already."""
_PLANS: Mapping[str, tuple[str, Callable[[Prospect, Today], str]]] = {
    "next_step": ("Next step", lambda p, t: step_when(p.next_step, t) if p.next_step else ""),
    "callback": ("Callback", lambda p, t: callback_words(p.callback, t) if p.callback else ""),
}


def past_changes(
    commits: Iterable[Commit], prospect_id: str, today: Today
) -> Iterator[TimelineEvent]:
    """Yield what these commits, the newest first, changed where the record has no event of it."""
    for commit in commits:
        at = datetime.fromisoformat(commit.at)
        for change in changes_of(commit, prospect_id):
            if change.creates and commit.undoes is None:
                return  # it came in: nothing was before
            day = short_day(today.day_of(at), today.day)
            who = f"{commit.by} (import)" if commit.via == IMPORT else commit.by
            for words in _not_told(commit, change, today):
                yield TimelineEvent(at, day, EventKind.CHANGE, CHANGED, signed(words, who))


def changes_of(commit: Commit, prospect_id: str) -> Iterator[DocumentChange]:
    """Yield what a commit changed about a prospect."""
    return (one for one in commit.docs if one.table == PROSPECTS and one.id == prospect_id)


def changed_fields(
    change: DocumentChange, today: Today, without: Collection[str] = ()
) -> Iterator[str]:
    """Yield the move and each field with both values, ``Value: $40,000; was $24,000``; then the people."""
    if change.creates or change.deletes:
        return
    names = _names(change.after).difference(without)
    try:
        before, after = holding(change.before), holding(change.after)
    except InvalidValueError:  # a hand wrote something else there
        return
    if COLUMN in names:
        yield f"moved from {before.column.title} to {after.column.title}"
    for name, field in PLAIN_FIELDS.items():
        if name in names:
            was, now = (field.show(getattr(p, name), today.day) for p in (before, after))
            yield _both(field.label, was, now)
    for name, (label, words) in _PLANS.items():
        if name in names:
            yield _both(label, words(before, today), words(after, today))
    if CONTACTS in names:
        yield from _people(before, after)


def _not_told(commit: Commit, change: DocumentChange, today: Today) -> list[str]:
    """Return what the record has no event of; of what is no field, how the change was called."""
    if change.creates:  # it was away, and is back
        return [commit.action]
    entries = {pointer.partition("/")[0] for pointer, value in change.after.items() if value}
    told = frozenset[str]().union(*(TOLD_BY.get(name, ()) for name in entries))
    if words := list(changed_fields(change, today, told)):
        return words
    names = _names(change.after)
    is_told = not names or bool(names & TOLD)
    return [] if is_told and commit.undoes is None else [commit.action]


def _people(before: Prospect, after: Prospect) -> Iterator[str]:
    """Yield who came, who went, and what of whom is another."""
    known = {person.id: person for person in before.people}
    now = {person.id: person for person in after.people}
    for person in (one for key, one in known.items() if key not in now):
        yield f"person removed: {person.name}"
    for key, person in now.items():
        if was := known.get(key):
            yield from _person(was, person)
        else:
            yield f"person added: {person_words(person)}"


def _person(was: Contact, now: Contact) -> Iterator[str]:
    for name, field in CONTACT_FIELDS.items():
        old, new = (" ".join(getattr(one, name).split()) for one in (was, now))
        if old != new:
            yield _both(f"{was.name}, {field.label.lower()}", old, new)
    if was.role is not now.role:
        yield _both(f"{was.name}, role", was.role.label, now.role.label)


def _both(label: str, before: str, after: str) -> str:
    """Return ``Owner: Raj; was Karla``."""
    return f"{label}: {after or 'none'}; {f'was {before}' if before else 'none before'}"


def _names(values: Mapping[str, Any]) -> frozenset[str]:
    return frozenset(pointer.partition("/")[0] for pointer in values)


def holding(values: Mapping[str, Any]) -> Prospect:
    """Return a prospect with the fields and the people in these stored values."""
    shown = (COLUMN, *PLAIN_FIELDS, *_PLANS)
    given = {name: values[name] for name in shown if values.get(name) is not None}
    people = [v for pointer, v in values.items() if pointer.startswith(f"{CONTACTS}/") and v]
    return from_document({"id": "p", "name": "p", CONTACTS: people} | given)
