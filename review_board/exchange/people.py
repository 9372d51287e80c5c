"""The people that a row names at the buyer's, also where one cell mixes names, addresses and numbers."""

import re
from dataclasses import replace
from itertools import filterfalse

from review_board.exchange.cell_readers import is_empty
from review_board.exchange.read_rows import Values
from review_board.pipeline.person_text import EMAIL, Person, distinct, person_in, phones_in
from review_board.pipeline.records import Contact
from review_board.pipeline.text import clean, is_phone

_LONGEST = 400
"""Characters of a cell that are looked through for addresses and numbers."""
_PERSONAL = frozenset({"name", "first_name", "last_name", "contact", "email", "phone"})
_BESIDE = frozenset({"company", "contact", "email", "phone"})


_PART = re.compile(r"\s*[;\n]\s*|\s*,\s*(?=[^,;\n]*@)")
"""Between two people in one cell; a comma only where an address follows."""
_SEVERAL = re.compile(r"[\s,;:/|<\[]")
"""What no address has inside: a cell with it holds more than one thing."""
_LABEL = r"(?:[^\W\d]{1,12}\.?\s?:|[^\W\d]{2,12}\.?)\s*(?=[+(\d])"
_NUMBERS = re.compile(
    rf"\s*(?:[;\n|]|:::)\s*|\s*,\s*(?=\+?[\d(]|{_LABEL})|\s*/\s*(?=\+|{_LABEL})"
    r"|\s+(?:or|oder|ou|o|und|and|et|y)\s+(?=[+(\d])"
)
_LABELLED = re.compile(rf"^{_LABEL}|\s*\([^\W\d]{{1,12}}\)$")
"""What kind of number it is, before or behind it: ``m: …``, ``Office: …``, ``… (work)``."""
_TWO_NAMES = re.compile(r"\s*[&/|]\s*|\s+(?:and|und|et|y|en)\s+|\s*,\s*", re.IGNORECASE)

_TITLED = re.compile(
    r"(?:herrn?|frau|hr|fr|mr|mrs|ms|mme|mlle|sr|sra|sig|sig\.ra|dhr|mevr|г-н|г-жа)\b\.?\s+\S",
    re.IGNORECASE,
)
"""A name with how its bearer is addressed: ``Hr. Brandt, Fr. Kern`` are two people."""


_ROLE = (
    r"(?:c[efotimr]o|vp|gf|mds?|svp|evp|vice|head|director\w*|manager\w*|president|founder|co-founder|owner|partner|chief|"
    r"lead|engineer|buyer|procurement|purchas\w+|sales|marketing|operations|einkauf\w*|\w*leit(?:er|ung)\w*|geschäftsführ\w+|inhaber\w*|"
    r"vorstand\w*|directeur|directrice|gérante?|responsable|acheteu\w+|gerente|jefe|jefa|compras|direttore|direttrice|titolare|"
    r"diretor\w*|directie|inkoper|eigenaar|hoofd)\b"
)
_WITH_ROLE = re.compile(
    rf"([^()]*[^()\s])\s*(?:\(([^()\d@]{{2,40}})\)|(?:,|\s[-\u2013\u2014|/])\s*({_ROLE}[^()\d@]{{0,40}}))",
    re.IGNORECASE,
)
"""A name with what its bearer does: ``Mia Brandt (CFO)``, ``Mia Brandt, CFO``."""
_QUOTED = re.compile(r"\"([^\",]{1,40}),\s*([^\",]{1,40})\"(?=\s*<)")
"""A name before an address that begins with the last: ``"Voss, Ted" <ted@oak.example>``."""


def people_of(row: Values, kind: str) -> tuple[Person, ...]:
    """Return the people of a row: those that one cell holds ("A (a@x);B (b@x)") each for themselves.

    Addresses and numbers of columns of their own belong to the first, unless there is one for each.
    """
    if _PERSONAL.isdisjoint(row):
        return ()
    emails, others = _addresses(row.get("email", ()))
    numbers = _numbers(row.get("phone", ()))
    phones = (*(_with_code(number, row.get("dial_code", "")) for number in numbers), *others)
    parts = [row[field] for field in ("first_name", "last_name") if field in row]
    if parts:
        return _with_reach([Person(" ".join(parts)[:_LONGEST])], emails, phones)
    cell = row.get("contact") or next((one for one in row.get("email", ()) if "<" in one), "")
    cell = _QUOTED.sub(r"\2 \1", cell[:_LONGEST])
    cells = _PART.split(cell) if _PART.search(cell) else _full_names(cell, len(emails))
    people = [person for part in cells if (person := person_in(part)) != Person()]
    named = [person for person in people if person.name]
    if len(named) <= 1:
        name = named[0].name if named else row["name"] if _is_person_name(row, kind) else ""
        emails = (*emails, *(email for person in people for email in person.emails))
        phones = (*phones, *(phone for person in people for phone in person.phones))
        people = [Person(name)]
    return _with_reach(people, emails, phones)


def _full_names(cell: str, addresses: int) -> list[str]:
    """Return the names in a cell: ``Mia Brandt & Joe Kern``; by commas only where each has an address."""
    names = _TWO_NAMES.split(cell) if not _WITH_ROLE.fullmatch(cell) else [cell]
    is_told = "," not in cell or len(names) == addresses or all(map(_TITLED.match, names))
    return names if is_told and all(" " in name.strip() for name in names) else [cell]


def _with_reach(
    people: list[Person], emails: tuple[str, ...], phones: tuple[str, ...]
) -> tuple[Person, ...]:
    """Return the people with the addresses and numbers that stand in columns of their own."""
    known = {email.casefold() for person in people for email in person.emails}
    further = [email for email in emails if email.casefold() not in known]
    if len(further) == len(people) > 1:
        pairs = zip(people, further, strict=True)
        people = [replace(person, emails=(*person.emails, email)) for person, email in pairs]
        further = []
    if len(phones) == len(people) > 1:
        pairs = zip(people, phones, strict=True)
        people = [replace(person, phones=(*person.phones, phone)) for person, phone in pairs]
        phones = ()
    first = people[0]
    people[0] = Person(
        first.name, distinct((*first.emails, *further)), distinct((*first.phones, *phones))
    )
    return tuple(person for person in people if person != Person())


def _addresses(cells: tuple[str, ...]) -> tuple[tuple[str, ...], list[str]]:
    """Return the addresses in cells for them, and the phone numbers that stand there too."""
    emails: list[str] = []
    phones: list[str] = []
    for cell in filterfalse(is_empty, cells):
        found = EMAIL.findall(cell[:_LONGEST]) if _SEVERAL.search(cell) else []
        emails += found or [cell.strip(" '\"")]
        phones += phones_in(cell[:_LONGEST]) if found else []
    return tuple(dict.fromkeys(emails)), phones


def _numbers(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Return the phone numbers in cells, each cell in parts where every part may be one."""
    found: list[str] = []
    for cell in filterfalse(is_empty, cells):
        parts = _NUMBERS.split(cell.strip()) if len(cell) <= _LONGEST else [cell]
        bare = [_LABELLED.sub("", part) for part in parts if part]
        found += bare if all(len(part) > 4 for part in bare) else [cell]
    found.sort(key=is_phone, reverse=True)
    return tuple(dict.fromkeys(found))


def _with_code(number: str, code: str) -> str:
    """Return a number with the code of its country, where that stands in a column of its own."""
    if not code or number.startswith(("+", "00")):
        return number
    return f"+{code.lstrip('+0')} {number.removeprefix('0')}"


def _is_person_name(row: Values, kind: str) -> bool:
    """Return whether "Name" is a person's: of leads, with a company or a way to reach somebody."""
    return kind == "leads" and "name" in row and bool(row.keys() & _BESIDE)


def contacts_of(row: Values, people: tuple[Person, ...], prospect_id: str) -> tuple[Contact, ...]:
    """Return the people as contacts, each called by address or number where there is no name."""
    found: list[Contact] = []
    for person in people:
        email = next(iter(person.emails), "")
        phone = next(iter(person.phones), "")
        if name := clean(person.name) or email or phone:
            title = "" if found else row.get("job_title", "")
            if not title and (told := _WITH_ROLE.fullmatch(name)):
                name, title = filter(None, told.groups())
            number = f"{prospect_id}-c{len(found) + 1}"
            found.append(Contact(id=number, name=name, title=title, email=email, phone=phone))
    return tuple(found)
