"""The people at a buyer's as they are typed and changed: one way for the page and the command line."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from review_board.errors import RefusedError
from review_board.pipeline import changes
from review_board.pipeline.fields import PERSON_FIELDS
from review_board.pipeline.person_text import name_and_fields
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Role


class ContactChange(NamedTuple):
    """A change of one person, and what the history calls it."""

    apply: Callable[[Prospect, Stamp], Prospect]
    action: str


def with_first_person(
    prospect: Prospect, person: str, ways: Mapping[str, str], stamp: Stamp
) -> Prospect:
    """Add the person who is typed with a new prospect; one without a name is called as it is."""
    if not (person or any(ways.values())):
        return prospect
    own = replace(stamp, key=f"{stamp.key}-1")
    return changes.add_contact(prospect, person or prospect.name, Role.CONTACT, own, **ways)


def of_person(typed: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was typed of a person among the fields of a prospect, by the fields of a person."""
    names = {
        "name" if field.name == "person" else field.name: field.name for field in PERSON_FIELDS
    }
    return {name: typed[field] for name, field in names.items() if field in typed}


def added_contact(prospect: Prospect, name: str, fields: Mapping[str, Any]) -> ContactChange:
    """Return the change that adds a person; their role is contact unless it is given."""
    name, given = name_and_fields(name, {"role": Role.CONTACT, **fields})
    return ContactChange(
        lambda p, stamp: changes.add_contact(p, name, stamp=stamp, **given),
        f"added contact {name} to {prospect.name}",
    )


def edited_contact(
    prospect: Prospect, contact: Contact, fields: Mapping[str, Any]
) -> ContactChange:
    """Return the change that gives a person other values."""
    return ContactChange(
        lambda p, _: changes.edit_contact(p, _still_there(p, contact), **fields),
        f"edited contact {contact.name} of {prospect.name}",
    )


def removed_contact(prospect: Prospect, contact: Contact) -> ContactChange:
    """Return the change that takes a person off."""
    return ContactChange(
        lambda p, _: changes.remove_contact(p, _still_there(p, contact)),
        f"removed contact {contact.name} of {prospect.name}",
    )


def _still_there(prospect: Prospect, contact: Contact) -> Contact:
    """Return the person as they are on record now; somebody may have removed them meanwhile."""
    now = prospect.contact(contact.id)
    if now is None or now.gone:
        raise RefusedError(f"{contact.name} is no contact of {prospect.name} any more")
    return now
