"""Which prospects a row of another file is about: by the ids it points to, by address, number or name."""

import re
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from review_board.errors import InvalidValueError
from review_board.exchange.content_ids import whole_id
from review_board.exchange.history_words import Reference, reference_places
from review_board.exchange.import_result import row_key
from review_board.exchange.list_table import Cells
from review_board.exchange.read_rows import Values
from review_board.pipeline.person_text import Person
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.text import fold
from review_board.progress import Progress

Key = tuple[str, str]
"""What is pointed to and its id or name: ``("deal", "501")``, ``("email", "jo@alder.example")``."""

STRENGTH = (
    "deal", "lead", "activity", "deal name", "contact", "email", "phone", "contact name", "company",
    "company name",
)  # fmt: skip
"""Kinds of keys, those that prove most first: only the first that finds a prospect counts."""
_IDS_OF = {"any": ("deal", "lead", "contact", "company"), "who": ("lead", "contact")}
_NAMES_OF = {"any": ("deal", "company", "contact"), "lead": ("contact", "deal")}
_NO_ID = frozenset({"", "0", "-", "null", "none", "n/a", "nan"})
_BETWEEN_IDS = re.compile(r"[;,|\s]+")
_LONGEST = 400
_MOST_WORDS, _LONGEST_NAME, _SHORTEST_NAME = 40, 8, 4
"""Words of a title that are looked through for a name, words and letters of a name."""


@dataclass(slots=True)
class ReachedProspects:
    """The prospects that keys reach; ``too_many`` where a name or company has several."""

    prospects: tuple[str, ...] = ()
    too_many: bool = False


@dataclass(slots=True)
class Links:
    """Which prospects each key reaches."""

    of: dict[Key, dict[str, None]] = field(default_factory=dict)

    def add(self, keys: Iterable[Key], prospects: Collection[str]) -> None:
        """Let all these keys lead to these prospects."""
        for key in keys:
            self.of.setdefault(key, {}).update(dict.fromkeys(prospects))

    def take(self, other: "Links", place: int) -> None:
        """Take over what the rows of the list at this place are known by."""
        for key, rows in other.of.items():
            self.add([key], [row_key(place, row) for row in rows])

    def within(self, prospects: Container[str], same: Mapping[str, str]) -> "Links":
        """Return the links to these prospects; ``same`` says which of them a row is, if any."""
        kept = {
            key: {same[row]: None for row in rows if same.get(row) in prospects}
            for key, rows in self.of.items()
        }
        return Links({key: reached for key, reached in kept.items() if reached})

    def add_known(self, prospects: Mapping[str, Prospect], progress: Progress) -> None:
        """Let what is on record lead to prospects of the pipeline, where no list of this import does."""
        own = set(self.of)
        for prospect_id in progress.over(prospects, "reading the prospects", len(prospects)):
            with suppress(InvalidValueError):  # nobody can add to a record that is spoilt
                keys = prospect_keys(prospects[prospect_id])
                self.add((key for key in keys if key not in own), (prospect_id,))

    def reached(self, keys: Iterable[Key]) -> dict[str, None]:
        """Return every prospect that any of the keys leads to."""
        return {prospect: None for key in keys for prospect in self.of.get(key, ())}

    def find(self, keys: Iterable[Key]) -> ReachedProspects:
        """Return the prospects of the strongest kind of key that tells them apart, and who points back.

        A person or company behind several sales does not say which of them was meant; a deal that names
        the call it came from has it as well as the lead that was called.
        """
        found = ReachedProspects()
        by_kind: dict[str, dict[str, None]] = {}
        for key in keys:
            reached = self.of.get(key, {})
            if len(reached) == 1:
                by_kind.setdefault(key[0], {}).update(reached)
            elif reached:
                found.too_many = True
        strongest = next((by_kind[kind] for kind in STRENGTH if kind in by_kind), {})
        strongest = strongest | by_kind.get("activity", {})
        return ReachedProspects(tuple(strongest), found.too_many and not strongest)

    def named_in(self, text: str) -> ReachedProspects:
        """Return the prospect whose name, company or person stands in a text; the longest name counts."""
        words = [word.strip(".,;:!?()[]\"'") for word in fold(text[:_LONGEST]).split()][
            :_MOST_WORDS
        ]
        found = ReachedProspects()
        for length in range(min(_LONGEST_NAME, len(words)), 0, -1):
            for start in range(len(words) - length + 1):
                name = " ".join(words[start : start + length])
                keys = [(kind, name) for kind in STRENGTH if kind.endswith(" name")]
                if len(name) >= _SHORTEST_NAME and (reached := self.reached(keys)):
                    found = self.find(keys)
                    if found.prospects or len(reached) > 1:
                        return found
        return found


class RowLinks:
    """Lets what the rows of a list of deals or leads name and point to lead to their prospects."""

    def __init__(self, links: Links, kind: str, headers: Sequence[str], own: int | None) -> None:
        self._links = links
        self._own, self._of = own, "lead" if kind == "leads" else "deal"
        self._references = reference_places(headers)

    def add_row(
        self, prospect_id: str, values: Values, people: Sequence[Person], cells: Cells
    ) -> None:
        """Note the keys of one row."""
        keys = [(self._of, found) for found in ids_in(values.get("id", ""))]
        keys += reference_keys(cells, self._references, self._own)
        keys += name_keys(deal=values.get("name", ""), company=values.get("company", ""))
        for person in people:
            keys += person_keys(person)
        self._links.add(dict.fromkeys(keys), (prospect_id,))


def person_keys(person: Person) -> Iterator[Key]:
    """Yield the keys of a person: addresses, numbers, name."""
    yield from map(email_key, person.emails)
    for phone in person.phones:
        yield from phone_keys(phone)
    yield from name_keys(contact=person.name)


def reference_keys(
    cells: Cells, places: Sequence[tuple[int, Reference]], own: int | None = None
) -> Iterator[Key]:
    """Yield the keys in the columns that point to other records; ``own`` is the column of its own id."""
    for place, reference in places:
        cell = cells[place][:_LONGEST].strip()
        if not cell or place == own:
            continue
        if reference.by_id is not False:
            for of in _IDS_OF.get(reference.of, (reference.of,)):
                yield from ((of, found) for found in ids_in(cell))
        if not reference.by_id:
            for of in _NAMES_OF.get(reference.of, (reference.of,)):
                for name in _names_in(cell):
                    yield from name_keys(**{of: name})
            if "@" in cell:
                yield email_key(cell)


def ids_in(cell: str) -> list[str]:
    """Return the ids in a cell, each as all lists have it."""
    ids = (part.removesuffix(".0") for part in _BETWEEN_IDS.split(cell))
    return [whole_id(found) for found in ids if found.casefold() not in _NO_ID]


def _names_in(cell: str) -> list[str]:
    """Return the names in a cell, and the whole of it: a name may hold a semicolon."""
    whole = cell.strip()
    parts = [part.strip() for part in whole.split(";")] if ";" in whole else []
    return [name for name in dict.fromkeys((whole, *parts)) if name.casefold() not in _NO_ID]


def email_key(cell: str) -> Key:
    """Return the key of an address."""
    return "email", cell.strip().casefold()


def phone_keys(cell: str) -> Iterator[Key]:
    """Yield the key of a number that is long enough to be one: its last nine digits."""
    digits = re.sub(r"\D", "", re.split(r"x|ext", cell[:_LONGEST].casefold())[0])
    if len(digits) >= 7:
        yield "phone", digits[-9:]


def name_keys(**names: str) -> Iterator[Key]:
    """Yield the keys of names: ``deal``, ``contact`` and ``company``; one word is nobody's whole name."""
    for of, name in names.items():
        plain = fold(name.strip())
        if plain and (of != "contact" or " " in plain):
            yield f"{of} name", plain


def prospect_keys(prospect: Prospect) -> Iterator[Key]:
    """Yield what leads to a prospect that is in the pipeline already."""
    for found in ids_in(prospect.external_id):
        yield "deal", found
        yield "lead", found
    yield from name_keys(deal=prospect.name, company=prospect.company)
    for contact in prospect.people:
        yield from name_keys(contact=contact.name)
        yield from [email_key(contact.email)] if contact.email else []
        yield from phone_keys(contact.phone)
