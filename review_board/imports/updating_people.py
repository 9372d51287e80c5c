"""The people of a prospect when a list comes again: nobody is taken off, and a new number is taken over."""

from collections.abc import Collection, Iterator, Sequence

from review_board.imports.three_way import FieldChange, verdict_of
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, Imported
from review_board.pipeline.text import fold, last_digits

_ATTRIBUTES = {"name": "Name", "title": "Job title", "email": "Email", "phone": "Phone"}
_NEW = "new"


def people_changes(
    ours: Prospect, theirs: Prospect, base: Imported | None
) -> Iterator[tuple[str, FieldChange]]:
    """Yield what the list says otherwise of the people, and what becomes of it."""
    before = base.people if base else ()
    for number, person in enumerate(theirs.contacts):
        old = _same(person, before, theirs.contacts)
        own = _same(person, ours.contacts) or (_same(old, ours.contacts) if old else None)
        if own is None:
            if old is None:
                told = dict.fromkeys(filter(None, (person.name, person.email, person.phone)))
                yield "taken", FieldChange(f"{_NEW}/{number}", "Contact", "", ", ".join(told))
            continue
        for name, label in _ATTRIBUTES.items():
            now, here = getattr(person, name), getattr(own, name)
            if not now or (name == "name" and old is None):
                continue
            verdict = verdict_of(getattr(old, name) if old else None, here, now)
            if verdict and not own.gone:
                words = f"{label} of {own.name}"
                yield verdict, FieldChange(f"{number}/{own.id}/{name}", words, here, now)


def is_new_person(change: FieldChange) -> bool:
    """Return whether a change adds somebody, and overwrites nothing."""
    return change.field.startswith(f"{_NEW}/")


def people_said(before: Sequence[Contact], now: Sequence[Contact]) -> tuple[Contact, ...]:
    """Return the people a list told of, with what it leaves out this time as it said it before."""
    said = list(before)
    for person in now:
        old = _same(person, said, now)
        if old is None:
            said.append(person)
            continue
        news = {name: getattr(person, name) or getattr(old, name) for name in _ATTRIBUTES}
        said[said.index(old)] = old.model_copy(update=news)
    return tuple(said)


def with_people(
    prospect: Prospect, theirs: Prospect, fields: Collection[str], key: str
) -> Prospect:
    """Return the prospect with what these fields say of its people, as ``people_changes`` names them."""
    people = {contact.id: contact for contact in prospect.contacts}
    for field in sorted(fields):
        first, _, rest = field.partition("/")
        if first == _NEW:
            person = theirs.contacts[int(rest)].model_copy(update={"id": f"{key}-c{rest}"})
            people[person.id] = person
        elif rest:
            contact_id, _, name = rest.rpartition("/")
            value = getattr(theirs.contacts[int(first)], name)
            people[contact_id] = people[contact_id].model_copy(update={name: value})
    return prospect.with_changes(contacts=tuple(people.values()))


def _same(
    person: Contact, people: Sequence[Contact], others: Sequence[Contact] = ()
) -> Contact | None:
    """Return the one among people who is this person: by email, else by name, else by phone.

    One without a name is the only other one, where both lists name one only.
    """
    email, name, phone = fold(person.email), fold(person.name), last_digits(person.phone)
    found = (
        [one for one in people if email and fold(one.email) == email]
        or [one for one in people if fold(one.name) == name]
        or [
            one
            for one in people
            if phone == last_digits(one.phone) != "" and (_is_nameless(one) or _is_nameless(person))
        ]
    )
    if not found and len(people) == len(others) == 1:
        found = [one for one in people if _is_nameless(one) and _is_nameless(person)]
    return next(iter(found), None)


def _is_nameless(person: Contact) -> bool:
    return person.name in {person.email, person.phone}
