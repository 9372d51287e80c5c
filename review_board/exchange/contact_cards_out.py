"""People as contact cards (vCard 3.0, which every address book takes)."""

import re
from collections.abc import Iterable, Iterator

from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact

_SPECIAL = re.compile(r"([\\,;])")
_PARTICLE = re.compile(
    r"(?:van|von|vom|zu|zum|zur|de|del|della|der|den|di|da|das|do|dos|du|la|le|ter|ten|bin|ibn|al|el|af|av|"
    r"Ó|Ní|Nic|Mac|Mc|St\.?)"
)
"""A word that a family name begins with rather than a first name ends: ``Kim van Dyke``, ``Victor Ó Briain``."""
OURS = "@review-board"
"""How the id of a card ends that was written here."""
_WIDTH = 75
"""Bytes of a line at most; a longer one goes on in the next, after a blank."""


def reachable(prospect: Prospect) -> bool:
    """Return whether the people of a prospect may stand in an address book: nobody asked to be left alone."""
    return prospect.do_not_contact is None


def contact_cards(prospects: Iterable[Prospect]) -> list[str]:
    """Return a card for each person of those who may be contacted."""
    return [
        "".join(f"{line}\r\n" for line in _lines(prospect, person))
        for prospect in prospects
        if reachable(prospect)
        for person in prospect.people
    ]


def _lines(prospect: Prospect, person: Contact) -> Iterator[str]:
    yield from ("BEGIN:VCARD", "VERSION:3.0")
    given, family = _given_and_family(person.name)
    found = {
        "UID": f"{prospect.id}.{person.id}{OURS}",
        "FN": person.name,
        "ORG": prospect.company or prospect.name,
        "TITLE": person.title,
        "EMAIL": person.email,
        "TEL": person.phone,
        "NOTE": person.note,
    }
    yield from _folded(f"N:{_escaped(family)};{_escaped(given)};;;")
    for name, text in found.items():
        if text:
            yield from _folded(f"{name}:{_escaped(text)}")
    tags = [prospect.column.value, *prospect.tags]
    yield from _folded(f"CATEGORIES:{','.join(map(_escaped, tags))}")
    yield "END:VCARD"


def _given_and_family(name: str) -> tuple[str, str]:
    """Return both parts of a name; the last word is the family's, with the particles before it."""
    words = name.split()
    begin = max(len(words) - 1, 0)
    while begin > 1 and _PARTICLE.fullmatch(words[begin - 1]):
        begin -= 1
    return " ".join(words[:begin]), " ".join(words[begin:])


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text).replace("\n", "\\n")


def _folded(line: str) -> Iterator[str]:
    """Yield a line in parts of at most so many bytes, none of which ends within a character."""
    part, size = "", 0
    for character in line:
        width = len(character.encode("utf-8", "replace"))
        if size + width > _WIDTH:
            yield part
            part, size = " ", 1
        part, size = part + character, size + width
    yield part
