"""Contact cards (vCard 2.1 to 4.0) to rows of cells: one row a card."""

import quopri
import re
from collections.abc import Iterator
from typing import NamedTuple

from review_board.errors import InvalidValueError
from review_board.exchange.contact_cards_out import OURS
from review_board.exchange.delimited import lines_of
from review_board.exchange.list_table import NumberedRow

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
        "; ".join(_number(found.value) for found in card if _is_phone(found)),
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


def _is_phone(found: Property) -> bool:
    return found.name == "TEL" and not found.parameters & _NO_VOICE


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
