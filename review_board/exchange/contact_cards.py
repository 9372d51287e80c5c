"""Contact cards: in, as rows of cells (vCard 2.1 to 4.0), and out (3.0, which every address book takes)."""

import quopri
import re
from collections.abc import Iterable, Iterator
from itertools import takewhile
from typing import NamedTuple

from review_board.errors import InvalidValueError
from review_board.exchange.delimited import lines_of
from review_board.exchange.list_table import NumberedRow
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact

HEADERS = ("Record ID", "Full Name", "Company", "Job Title", "Email", "Phone", "Note", "Tags")
_BEGIN = re.compile(r"\s*BEGIN:VCARD\s*$", re.IGNORECASE)
_PROPERTY = re.compile(
    r"(?:[\w-]+\.)?(?P<name>[A-Za-z][\w-]*)(?P<parameters>(?:;(?:[^\":;]|\"[^\"]*\")*)*):(?P<value>.*)",
    re.DOTALL,
)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)
_SEMICOLON = re.compile(r"(?<!\\);")
_NO_VOICE = frozenset({"FAX", "PAGER", "MODEM"})
_LONGEST_LINE = 20_000
"""Characters of a property; a picture has more, and nobody looks at it here."""
_MOST_PROPERTIES = 1_000
"""Properties of a card that are read here; nobody has so many numbers."""
_READ = frozenset({
    "BEGIN", "END", "UID", "FN", "N", "ORG", "TITLE", "EMAIL", "TEL", "NOTE", "CATEGORIES",
})  # fmt: skip
_NAME = re.compile(r"(?:[\w-]+\.)?([A-Za-z]+)[;:]")

_SPECIAL = re.compile(r"([\\,;])")
_TITLE = re.compile(
    r"(?:(?:dr|prof|dipl|ing|mag|mrs?|ms|miss|mx|herrn?|frau|sir|dame)\b[.-]*)+", re.IGNORECASE
)
"""What stands before a name and is none: ``Dr.``, ``Prof.``, ``Dipl.-Ing.``."""
_PARTICLE = re.compile(
    r"(?:van|von|vom|zu|zum|zur|de|del|della|der|den|di|da|das|do|dos|du|la|le|ter|ten|bin|ibn|al|el|af|av|"
    r"Ó|Ní|Nic|Mac|Mc|St\.?)"
)
"""A word that a family name begins with rather than a first name ends: ``Kim van Dyke``, ``Victor Ó Briain``."""
OURS = "@review-board"
"""How the id of a card ends that was written here."""
_WIDTH = 75
"""Bytes of a line at most; a longer one goes on in the next, after a blank."""


class Property(NamedTuple):
    """A line of a card: its name and parameters in capitals, and its value as text."""

    name: str
    parameters: frozenset[str]
    value: str


def looks_like_cards(text: str) -> bool:
    """Return whether text begins as a contact card does."""
    return bool(_BEGIN.match(text.lstrip("\ufeff").split("\n", 1)[0]))


def card_rows(text: str) -> list[NumberedRow]:
    """Return a header and a row for each card; cells with several values have them parted by ``;``."""
    rows: list[NumberedRow] = [(0, list(HEADERS))]
    card: list[Property] = []
    for found in _properties(text):
        if found.name == "BEGIN":
            card = []
        elif found.name == "END" and card:
            rows.append((len(rows), _cells(card)))
            card = []
        else:
            card.append(found)
            if len(card) > _MOST_PROPERTIES:
                raise InvalidValueError(
                    f"card {len(rows):,} has more than {_MOST_PROPERTIES:,} lines to read",
                    "export it again",
                )
    return rows


def _cells(card: list[Property]) -> list[str]:
    organisation, *_ = _SEMICOLON.split(_first(card, "ORG"))
    return [
        _first(card, "UID"),
        _plain(_first(card, "FN")) or _full_name(_first(card, "N")),
        _plain(organisation),
        _plain(_first(card, "TITLE")),
        "; ".join(_plain(found.value) for found in card if found.name == "EMAIL"),
        "; ".join(
            _number(found.value)
            for found in card
            if found.name == "TEL" and not found.parameters & _NO_VOICE
        ),
        _plain(_first(card, "NOTE")),
        _tags(card),
    ]


def _tags(card: list[Property]) -> str:
    """Return the categories; a card of ours has the column of the prospect before them."""
    tags = _plain(_first(card, "CATEGORIES"))
    is_ours = _first(card, "UID").endswith(OURS)
    return tags.partition(",")[2] if is_ours else tags


def _first(card: list[Property], name: str) -> str:
    return next((found.value for found in card if found.name == name and found.value.strip()), "")


def _full_name(structured: str) -> str:
    """Return given, further and family name of ``Doe;John;Q.;Mr.;III``."""
    parts = [_plain(part) for part in _SEMICOLON.split(structured)]
    family, given, further = (*parts, "", "", "")[:3]
    return " ".join(part for part in (given, further, family) if part)


def _number(value: str) -> str:
    """Return a phone number, also of an address like ``tel:+1-418-656-9254;ext=102``."""
    plain = _plain(value)
    return plain[4:].replace(";ext=", " x") if plain.lower().startswith("tel:") else plain


def _plain(value: str) -> str:
    """Return a value without its escapes, those of line breaks among them."""
    unescaped = _ESCAPED.sub(lambda found: "\n" if found[1] in "nN" else found[1], value)
    return unescaped.replace("\0", "").strip()


def _properties(text: str) -> Iterator[Property]:
    for line in _unfolded(text):
        found = _PROPERTY.fullmatch(line)
        if found:
            parameters = found["parameters"].upper().replace('"', "")
            words = frozenset(re.split(r"[;=,]", parameters)) - {""}
            yield Property(found["name"].upper(), words, _decoded(found["value"], words))


def _unfolded(text: str) -> Iterator[str]:
    """Yield the lines that are read here, joined where one goes on: by a blank at its start or ``=`` at its end."""
    parts: list[str] = []
    is_soft = False
    room = 0
    for line in (line.rstrip("\r\n") for line in lines_of(text)):
        goes_on = is_soft or (parts and line[:1] in {" ", "\t"})
        if not goes_on:
            if parts:
                yield "".join(parts)
            name = _NAME.match(line)
            parts, room = [], _LONGEST_LINE
            is_read = name is not None and name[1].upper() in _READ
        added = (f"\n{line}" if is_soft else line[1:] if goes_on else line)[:room]
        if is_read and added:
            parts.append(added)
            room -= len(added)
        is_soft = (
            line.endswith("=") and bool(parts) and "QUOTED-PRINTABLE" in parts[0][:200].upper()
        )
    if parts:
        yield "".join(parts)


def _decoded(value: str, words: frozenset[str]) -> str:
    """Return a value whose bytes were written out (``=C3=91``), in its character set."""
    if "QUOTED-PRINTABLE" not in words:
        return value
    data = quopri.decodestring(value.encode("utf-8", "replace"))
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        return data.decode("cp1252", "replace")


# Out


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
    title, given, family = name_parts(person.name)
    found = {
        "UID": f"{prospect.id}.{person.id}{OURS}",
        "FN": person.name,
        "ORG": prospect.company or prospect.name,
        "TITLE": person.title,
        "EMAIL": person.email,
        "TEL": person.phone,
        "NOTE": person.note,
    }
    yield from _folded(f"N:{_escaped(family)};{_escaped(given)};;{_escaped(title)};")
    for name, text in found.items():
        if text:
            yield from _folded(f"{name}:{_escaped(text)}")
    tags = [prospect.column.value, *prospect.tags]
    yield from _folded(f"CATEGORIES:{','.join(map(_escaped, tags))}")
    yield "END:VCARD"


def name_parts(name: str) -> tuple[str, str, str]:
    """Return title, given name and family name; the last word is the family's, with the particles before it."""
    words = name.split()
    title = [*takewhile(_TITLE.fullmatch, words[:-1])]
    words = words[len(title) :]
    begin = max(len(words) - 1, 0)
    while begin > 1 and _PARTICLE.fullmatch(words[begin - 1]):
        begin -= 1
    return " ".join(title), " ".join(words[:begin]), " ".join(words[begin:])


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
