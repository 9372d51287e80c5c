"""A person as one text names them, with addresses and numbers: ``Mia Brandt <mia@birch.example>, +1 555 0101``."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from review_board.pipeline.text import is_phone

EMAIL = re.compile(r"[\w.+'-]+@[\w-]+(?:\.[\w-]+)+|(?<=<)[^\s<>@]+@[^\s<>@]+(?=>)")
_PHONE = re.compile(r"\+?\d[\d\s().-]{5,}\d(?:\s*(?:x|ext\.?)\s*\d+)?")
_LEFTOVER = re.compile(
    r"\b(?:ph|phone|tel|mob|mobile|email|mailto|mail)\b[.:]?|[,;/|:<>()\[\]]+", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is named at the buyer's, as far as they are."""

    name: str = ""
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()


def person_in(text: str) -> Person:
    """Return the person whom a text names, the addresses and numbers in it apart."""
    phones = phones_in(text)
    if "@" not in text and not phones:
        return Person(text.strip())
    name = _LEFTOVER.sub(" ", _PHONE.sub(_unless_phone, EMAIL.sub(" ", text)))
    name = " ".join(name.split()).rstrip(" -\u2013")
    return Person(name, distinct(EMAIL.findall(text)), distinct(phones))


def phones_in(text: str) -> list[str]:
    """Return the phone numbers in a text."""
    found = _PHONE.findall(EMAIL.sub(" ", text))
    return [number.strip() for number in found if is_phone(number)]


def _unless_phone(found: re.Match[str]) -> str:
    return " " if is_phone(found[0]) else found[0]


def distinct(cells: Iterable[str]) -> tuple[str, ...]:
    """Return each once, in order."""
    return tuple(dict.fromkeys(cells))


def name_and_fields(typed: str, fields: Mapping[str, Any]) -> tuple[str, dict[str, Any]]:
    """Return the name that was typed without address and number, and the fields with them.

    What is given as a field already, or a second one, goes into the note.
    """
    person, found = person_in(typed), dict(fields)
    also: list[str] = []
    for field, ways in (("email", person.emails), ("phone", person.phones)):
        first = found.get(field) or next(iter(ways), "")
        found |= {field: first} if first else {}
        also += [way for way in ways if way != first]
    if also:
        note = f"also {', '.join(also)}"
        found["note"] = "\n".join(filter(None, (found.get("note"), note)))
    reached = (*person.emails, *person.phones)
    return person.name or next(iter(reached), typed), found
