"""Merging two prospects that are one: the one that is kept gets the whole history of the other.

Nothing is lost. Entries of both stand once, in the order of their time; what the other one says
otherwise about a plain field is kept in a note; a request not to be contacted always stays.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from review_board.errors import RefusedError
from review_board.pipeline.dates import full_day
from review_board.pipeline.fields import PLAIN_FIELDS, distinct_tags
from review_board.pipeline.model import Model
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import (
    Answer,
    Callback,
    Contact,
    Drop,
    Imported,
    NextStep,
    NoteEntry,
    whose,
)
from review_board.pipeline.repeats import is_same_callback
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.text import NOTE_LIMIT, fold, last_digits
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import SELLING, AnswerState, Column
from review_board.wording import listed, several

Renamed = dict[str, str]
"""Pointers of the other record to where the same entry stands now: ``touches/t-1`` → ``touches/k-1``."""

_BY_TIME: dict[str, Callable[[Any], datetime | date]] = {
    name: attrgetter("sent_on" if name == "quotes" else "at")
    for name in (
        "touches", "notes", "quotes", "pushes", "verdicts", "bets", "snoozes", "reopenings",
    )
}  # fmt: skip
"""The lists of entries with an id of their own, and by what each is sorted."""
_FILLED = (
    *("company", "owner", "value", "locations", "probability", "hours", "hours_spent"),
    *("close_date", "rescue", "review_days", "first_impression", "source", "stage", "external_id"),
)
"""The fields that the other one fills where the one that is kept says nothing."""
_WORDS = {
    "touches": ("contact logged", "contacts logged"),
    "contacts": ("person", "people"),
    "pushes": ("later close date", ""),
}
"""What entries are called, one and many, where the name of their list does not say it."""


_LABELS = {"created": "known since", "rescue": "last attempt", "nurture": "plan in Nurture"}
"""What fields are called where their name does not say it."""


@dataclass(frozen=True, slots=True)
class Merge:
    """The prospect that comes of two: ``joined`` counts the entries that it gets.

    ``filled`` are fields in which it said nothing before; ``otherwise`` is kept in a note.
    """

    prospect: Prospect
    joined: Mapping[str, int]
    filled: tuple[str, ...]
    otherwise: tuple[str, ...]

    def lines(self) -> Iterator[str]:
        """Yield what a person reads before saying yes."""
        gets = [
            several(count, *_WORDS.get(name, (name.removesuffix("s"),)))
            for name, count in self.joined.items()
            if count
        ]
        gets += self.filled
        yield f"{self.prospect.name} gets {listed(gets)}." if gets else "It brings no history."
        if self.otherwise:
            yield "Kept in a note, as the two differ there:"
            yield from (f"  {line}" for line in self.otherwise)
        if self.prospect.do_not_contact:
            yield "They asked not to be contacted: that stays."


def merge(keep: Prospect, other: Prospect, stamp: Stamp) -> Merge:
    """Return ``keep`` with all of ``other``; raise ``RefusedError`` where a win would be lost."""
    _refuse(keep, other)
    renamed: Renamed = {}
    contacts = _contacts(keep, other, stamp, renamed)
    lists = {name: _joined(name, keep, other, stamp, renamed) for name in _BY_TIME}
    lists["verdicts"] = [
        _repointed(v, renamed) if v.id not in {k.id for k in keep.verdicts} else v
        for v in lists["verdicts"]
    ]
    fields = {
        **{name: tuple(sorted(lists[name], key=_BY_TIME[name])) for name in lists},
        **_filled(keep, other),
        **_callbacks(keep, other, renamed),
        **_plans(keep, other),
        "contacts": contacts,
        "earlier_drops": _earlier_drops(keep, other),
        "answers": _answers(keep, other),
        "tags": distinct_tags([*keep.tags, *other.tags]),
        "created": min(filter(None, (keep.created, other.created)), default=None),
        "contact_history": keep.contact_history or other.contact_history,
        "imports": _known_as(keep, other, stamp),
        "closed_channels": tuple(sorted({*keep.closed_channels, *other.closed_channels})),
        "times_contacted": max(keep.times_contacted, other.times_contacted),
        "merged": tuple(dict.fromkeys([*keep.merged, other.id, *other.merged])),
        **{k: v for k, v in (other.model_extra or {}).items() if k not in (keep.model_extra or {})},
    }
    merged = keep.with_changes(**fields)
    otherwise = tuple(_otherwise(keep, other, merged))
    notes = _notes(other, otherwise, stamp)
    return Merge(
        merged.with_changes(notes=(*merged.notes, *notes)),
        _counted(keep, merged),
        tuple(_newly_filled(keep, merged)),
        otherwise,
    )


def _refuse(keep: Prospect, other: Prospect) -> None:
    if keep.id == other.id:
        raise RefusedError("That is one and the same prospect", "name two")
    if other.won:
        both = keep.won is not None
        cure = "two sales that were won stay two" if both else f"keep {other.name} instead"
        raise RefusedError(f"{other.name} was won on {full_day(other.won.on)}", cure)


def _joined(
    name: str, keep: Prospect, other: Prospect, stamp: Stamp, renamed: Renamed
) -> list[Any]:
    """Return the entries of both; one of the same id that says something else gets an id of its own."""
    own = [*getattr(keep, name)]
    theirs = [_with_contact(entry, renamed) for entry in getattr(other, name)]
    more = [entry for entry in theirs if entry not in own]
    taken = {entry.id for entry in own}
    for number, entry in enumerate(more):
        new = f"{stamp.key}-{name[0]}{number}" if entry.id in taken else entry.id
        renamed[f"{name}/{entry.id}"] = f"{name}/{new}"
        taken.add(new)
        own.append(entry.model_copy(update={"id": new}))
    return own


def _with_contact(entry: Any, renamed: Renamed) -> Any:
    """Return an entry of the other one; a touch names its person as that stands now."""
    moved = renamed.get(f"contacts/{getattr(entry, 'contact', None)}")
    return entry.model_copy(update={"contact": _id(moved)}) if moved else entry


def _id(pointer: str) -> str:
    return pointer.partition("/")[2]


def _repointed(verdict: VerdictRecord, renamed: Renamed) -> VerdictRecord:
    """Return a verdict of the other one that names its evidence where that stands now."""
    changed: dict[str, Any] = {"evidence": tuple(renamed.get(e, e) for e in verdict.evidence)}
    if (over := verdict.overrules) and (moved := renamed.get(f"verdicts/{over.id}")):
        changed["overrules"] = over.model_copy(update={"id": _id(moved)})
    return verdict.model_copy(update=changed)


def _contacts(
    keep: Prospect, other: Prospect, stamp: Stamp, renamed: Renamed
) -> tuple[Contact, ...]:
    """Return the people of both; who is in both is one person, who is known by all that is known."""
    people = {contact.id: contact for contact in keep.contacts}
    by_name = {fold(contact.name): contact.id for contact in keep.contacts}
    for number, contact in enumerate(other.contacts):
        alike = (known.id for known in people.values() if _is_one_person(known, contact))
        same = by_name.get(fold(contact.name)) or next(alike, None)
        if same:
            people[same] = _one_person(people[same], contact)
            renamed[f"contacts/{contact.id}"] = f"contacts/{same}"
            continue
        new = f"{stamp.key}-c{number}" if contact.id in people else contact.id
        renamed[f"contacts/{contact.id}"] = f"contacts/{new}"
        people[new] = contact.model_copy(update={"id": new})
        by_name[fold(contact.name)] = new
    return tuple(people.values())


def _is_one_person(known: Contact, other: Contact) -> bool:
    """Tell whether two have one address, and one name but for a title: ``Dr. Kim Aldous``, ``Kim Aldous``."""
    if not known.email or fold(known.email) != fold(other.email):
        return False
    one, two = set(fold(known.name).split()), set(fold(other.name).split())
    return one <= two or two <= one


def _one_person(kept: Contact, other: Contact) -> Contact:
    fields = ("title", "email", "phone")
    filled = {name: getattr(kept, name) or getattr(other, name) for name in fields}
    differing = [
        f"{name} {getattr(other, name)}"
        for name in (*fields, "role")
        if getattr(other, name)
        and getattr(other, name) != (filled | {"role": kept.role})[name]
        and not (name == "phone" and last_digits(filled[name]) == last_digits(other.phone) != "")
    ]
    if fold(kept.name) != fold(other.name):
        differing.insert(0, f"name {other.name}")
    also = f"also: {', '.join(differing)}" if differing else ""
    notes = dict.fromkeys(filter(None, (kept.note, other.note, also)))
    seen = {"tried": kept.tried or other.tried, "gone": kept.gone and other.gone}
    extra = {
        k: v for k, v in (other.model_extra or {}).items() if k not in (kept.model_extra or {})
    }
    note = "\n".join(notes)[:NOTE_LIMIT]
    return kept.model_copy(update={**extra, **filled, **seen, "note": note})


def _callbacks(keep: Prospect, other: Prospect, renamed: Renamed) -> dict[str, Any]:
    """Return the callback in force and those before it: the other's is in force where there is no own."""

    def moved(callback: Callback) -> Callback:
        pointer = renamed.get(f"touches/{callback.touch}")
        touch = _id(pointer) if pointer else callback.touch
        return callback.model_copy(update={"touch": touch})

    def is_new(callback: Callback) -> bool:
        return not any(is_same_callback(callback, known) for known in keep.callbacks)

    current, earlier = keep.callback, [*keep.earlier_callbacks]
    theirs = [moved(c) for c in other.callbacks if is_new(c)]
    if theirs and other.callback and is_new(other.callback) and not current and _sells(keep):
        current = theirs.pop()
    earlier = sorted([*earlier, *theirs], key=lambda callback: callback.asked_on)
    return {"callback": current, "earlier_callbacks": tuple(earlier)}


def _answers(keep: Prospect, other: Prospect) -> dict[str, Answer]:
    """Return the answers of both; one that is known counts before one that is not."""
    known = {question: a for question, a in keep.answers.items() if _is_known(a)}
    theirs = {question: a for question, a in other.answers.items() if _is_known(a)}
    return other.answers | keep.answers | theirs | known


def _earlier_drops(keep: Prospect, other: Prospect) -> tuple[Drop, ...]:
    theirs = [drop for drop in other.drops if drop not in keep.drops]
    return tuple(sorted([*keep.earlier_drops, *theirs], key=lambda drop: drop.at))


def _known_as(keep: Prospect, other: Prospect, stamp: Stamp) -> tuple[Imported, ...]:
    """Return what lists said of both, the kept one's first, and as if one said so what the other was called."""
    said = {one.id: one for one in (*keep.imports, *other.imports)}
    said |= {one.id: one for one in keep.imports}
    names = {
        (fold(one.values.get("name", "")), fold(one.values.get("company", "")))
        for one in said.values()
    }
    own = (fold(other.name), fold(other.company))
    if own in names | {(fold(keep.name), fold(keep.company))}:
        return tuple(said.values())
    values = {"name": other.name} | ({"company": other.company} if other.company else {})
    at = other.created or stamp.at
    here = Imported(id=other.id, source="", at=at, values=values, people=other.contacts)
    return (*said.values(), here)


def _sells(prospect: Prospect) -> bool:
    return prospect.column in SELLING and not prospect.won


def _plans(keep: Prospect, other: Prospect) -> dict[str, Any]:
    """Return what is planned: nothing where they asked not to be contacted.

    A step of both is agreed where either says so.
    """
    asked = keep.do_not_contact or other.do_not_contact
    theirs = other.next_step
    step = keep.next_step or (theirs if _sells(keep) else None)
    if step and theirs and theirs.agreed and step.says_same(theirs):
        step = theirs
    track = keep.nurture or (other.nurture if keep.column is Column.NURTURE else None)
    return {
        "do_not_contact": asked,
        "next_step": None if asked and not keep.do_not_contact else step,
        "nurture": track,
    }


def _filled(keep: Prospect, other: Prospect) -> dict[str, Any]:
    return {
        name: getattr(other, name) if _is_empty(getattr(keep, name)) else getattr(keep, name)
        for name in _FILLED
    }


def _newly_filled(keep: Prospect, merged: Prospect) -> Iterator[str]:
    """Yield what the fields are called in which the kept one said nothing, and now does."""
    for name in ("next_step", "nurture", *_FILLED):
        if _is_empty(getattr(keep, name)) and not _is_empty(getattr(merged, name)):
            yield _label(name)


def _is_empty(value: Any) -> bool:
    return value is None or value == ""


def _is_known(answer: Answer) -> bool:
    return answer.state is not AnswerState.UNKNOWN


def _otherwise(keep: Prospect, other: Prospect, merged: Prospect) -> Iterator[str]:
    """Yield what either says of a plain field that is not what the merged one says."""
    single = (
        "name",
        "column",
        "callback",
        "created",
        "next_step",
        "nurture",
        "do_not_contact",
        *_FILLED,
    )
    for name in single:
        for said in dict.fromkeys(map(str, _values(name, keep, other, merged))):
            yield f"{_label(name)}: {said}"
    for question, answer in (*keep.answers.items(), *other.answers.items()):
        if answer not in (merged.answers[question], Answer(state=AnswerState.UNKNOWN)):
            yield f"answer to {question.replace('-', ' ')}: {_of_record(answer)}"
    ours = keep.model_extra or {}
    for name, value in (other.model_extra or {}).items():
        if name in ours and ours[name] != value:
            yield f"{name}: {value}"


def _values(name: str, keep: Prospect, other: Prospect, merged: Prospect) -> Iterator[str]:
    merged_says = _written(name, getattr(merged, name))
    for value in (getattr(keep, name), getattr(other, name)):
        if (said := _written(name, value)) not in ("", merged_says):
            yield said


def _written(name: str, value: Any) -> str:
    if _is_empty(value):
        return ""
    if isinstance(value, Callback):
        return full_day(value.on)
    field = None if isinstance(value, date) else PLAIN_FIELDS.get(name)
    return field.write(value) if field else _of_record(value)


def _label(name: str) -> str:
    field = PLAIN_FIELDS.get(name)
    return field.label.lower() if field else _LABELS.get(name) or name.replace("_", " ")


def _of_record(value: Any) -> str:
    """Return a value in a line: ``call Kim, on 1 Dec 2026``."""
    if isinstance(value, datetime):
        return full_day(value.date())
    if isinstance(value, date):
        return full_day(value)
    if isinstance(value, Answer):
        when = f" ({full_day(value.on)})" if value.on else ""
        return f"{value.state.said(value.text)}{when}{f': {value.text}' if value.text else ''}"
    if isinstance(value, Column):
        return value.title
    if not isinstance(value, Model):
        return str(value)
    if isinstance(value, NextStep):
        at = f" {value.time:%H:%M}" if value.time else ""
        return f"{value.action}, {full_day(value.on)}{at}{whose(value.agreed)}"
    (_, first), *rest = ((n, part) for n, part in value if part is not None and part != "")
    words = (f"{name.replace('_', ' ')} {_of_record(part)}" for name, part in rest)
    return ", ".join([_of_record(first), *words])


def _notes(other: Prospect, otherwise: tuple[str, ...], stamp: Stamp) -> Iterator[NoteEntry]:
    """Yield the note of the merge; a long one goes on in another."""
    head = f"Merged with {other.name} ({other.id})."
    said = ";\n".join(otherwise)
    text = f"{head} It said otherwise:\n{said}" if said else head
    for number, start in enumerate(range(0, len(text), NOTE_LIMIT)):
        part = text[start : start + NOTE_LIMIT]
        yield NoteEntry(id=f"{stamp.key}-m{number}", at=stamp.at, by=stamp.by, text=part)


def _counted(keep: Prospect, merged: Prospect) -> dict[str, int]:
    names = (*_BY_TIME, "contacts", "callbacks", "drops", "tags", "answers")
    return {name: len(getattr(merged, name)) - len(getattr(keep, name)) for name in names}
