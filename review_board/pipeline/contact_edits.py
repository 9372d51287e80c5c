"""The people at a buyer's as they are typed and changed: one way for the page and the command line."""

from collections.abc import Callable, Mapping
from typing import Any, NamedTuple

from review_board.errors import InvalidValueError, RefusedError
from review_board.pipeline import changes
from review_board.pipeline.fields import NOTHING
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.text import clean, clean_name
from review_board.pipeline.vocabulary import Role


class ContactChange(NamedTuple):
    """A change of one person, and what the history calls it."""

    apply: Callable[[Prospect, Stamp], Prospect]
    action: str


def read_contact_field(name: str, text: str) -> str:
    """Return a value that was typed; ``none`` empties all but the name."""
    if name == "name":
        return clean_name(text)
    value = "" if text.strip().casefold() in NOTHING else clean(text, keep_lines=name == "note")
    if name == "email" and value and "@" not in value:
        raise InvalidValueError(f"{text[:40]!r} is no e-mail address", "write kim@acme.com")
    return value


def added_contact(prospect: Prospect, name: str, fields: Mapping[str, Any]) -> ContactChange:
    """Return the change that adds a person; their role is contact unless it is given."""
    given = {"role": Role.CONTACT, **fields}
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
