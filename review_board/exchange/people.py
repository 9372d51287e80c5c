"""The person that a row names at the buyer's, also where one cell mixes name, address and number."""

import re
from dataclasses import dataclass

from review_board.exchange.rows import Values
from review_board.pipeline.records import Contact
from review_board.pipeline.text import clean

_EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+")
_PHONE = re.compile(r"\+?\d[\d\s().-]{5,}\d(?:\s*(?:x|ext\.?)\s*\d+)?")
_LEFTOVER = re.compile(
    r"\b(?:ph|phone|tel|mob|mobile|email|mail)\b[.:]?|[,;/|:<>()]+", re.IGNORECASE
)

_LONGEST = 400
"""Characters of a cell that are looked through for addresses and numbers."""
_PERSONAL = frozenset({"name", "first_name", "last_name", "contact", "email", "phone"})
_BESIDE = frozenset({"company", "contact", "email", "phone"})


@dataclass(frozen=True, slots=True)
class Person:
    """Who a row names at the buyer's, as far as it does."""

    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


NOBODY = Person()


def person_of(row: Values, kind: str) -> Person:
    """Return the person; pick addresses and numbers out of cells that mix them with a name."""
    if _PERSONAL.isdisjoint(row):
        return NOBODY
    emails, phones = row.get("email", ()), row.get("phone", ())
    parts = [row[field] for field in ("first_name", "last_name") if field in row]
    name = (" ".join(parts) or row.get("contact", ""))[:_LONGEST]
    if not parts and ("@" in name or _PHONE.search(name)):
        emails, phones = (*emails, *_EMAIL.findall(name)), (*phones, *_phones(name))
        name = _LEFTOVER.sub(" ", _PHONE.sub(" ", _EMAIL.sub(" ", name))).strip()
    if not name and _is_person_name(row, kind):
        name = row["name"]
    return Person(name, _distinct(emails), _distinct(phones))


def _is_person_name(row: Values, kind: str) -> bool:
    """Return whether "Name" is a person's: of leads, with a company or a way to reach somebody."""
    return kind == "leads" and "name" in row and bool(row.keys() & _BESIDE)


def _phones(text: str) -> list[str]:
    return [found.strip() for found in _PHONE.findall(_EMAIL.sub(" ", text))]


def _distinct(cells: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cells))


def contacts_of(row: Values, person: Person, prospect_id: str) -> tuple[Contact, ...]:
    """Return the person as a contact, called by address or number when there is no name."""
    name = clean(person.name) or next(iter((*person.emails, *person.phones)), "")
    if not name:
        return ()
    return (
        Contact(
            id=f"{prospect_id}-c1",
            name=name,
            title=row.get("job_title", ""),
            email=next(iter(person.emails), ""),
            phone=next(iter(person.phones), ""),
        ),
    )
