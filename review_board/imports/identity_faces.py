"""By what a row and a prospect on record are known, in one form for both, and whether these agree."""

from collections.abc import Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from review_board.pipeline.company_names import core_name
from review_board.pipeline.duplicates import NEAR, PUBLIC_DOMAINS
from review_board.pipeline.prospect import Prospect, records_in
from review_board.pipeline.text import digits_of, fold, last_digits

_AGREEING_FACTS = 2
_FACTS = ("value", "close_date", "created")


@dataclass(frozen=True, slots=True)
class Face:
    """Names, companies, addresses and numbers, and what a list said of the fields."""

    names: Set[str]
    companies: Set[str]
    emails: Set[str]
    phones: Set[str]
    facts: Mapping[str, str]
    said: tuple[Mapping[str, str], ...]

    def shared(self) -> Iterator[tuple[int, tuple[str, str]]]:
        """Yield what may tell who it is, with its rank: email, phone, web domain, company and name."""
        yield from ((0, ("email", email)) for email in sorted(self.emails))
        yield from ((1, ("phone", phone)) for phone in sorted(self.phones))
        domains = {email.rpartition("@")[2] for email in self.emails} - PUBLIC_DOMAINS
        yield from ((2, ("domain", domain)) for domain in sorted(domains))
        yield from (
            (3, ("name", f"{company}\n{name}"))
            for name in sorted(self.names)
            for company in sorted(self.companies or {""})
        )

    def agrees(self, other: "Face") -> bool:
        """Return whether more than a number says that both are one."""
        if self.companies & other.companies or self.emails & other.emails:
            return True
        if self.phones & other.phones or names_alike(self.names, other.names):
            return True
        known = [name for name in self.facts if name in other.facts]
        equal = sum(self.facts[name] == other.facts[name] for name in known)
        return equal >= _AGREEING_FACTS

    def equal_values(self, other: "Face") -> tuple[int, bool]:
        """Return how many fields a list said the same of, and whether all of them."""
        best = (0, False)
        for mine in self.said:
            for theirs in other.said:
                equal = sum(theirs.get(name) == text for name, text in mine.items())
                best = max(best, (equal, equal == len(mine)))
        return best


_PEOPLE = "people"
"""Under which the people of a row stand beside what else a list said of it."""


def face_of(one: Prospect | Mapping[str, Any]) -> Face:
    """Return by what a row or a stored prospect is known; a stored one by what lists called it too."""
    if isinstance(one, Prospect):
        people = [(person.email, person.phone) for person in one.contacts]
        said = tuple(
            said.values | {_PEOPLE: ", ".join(person.name for person in said.people)}
            for said in one.imports
        )
        facts = (one.value and f"{one.value.amount.normalize():f}", one.close_date, one.created)
        return _face(one.name, one.company, people, said, facts)
    people = [
        (str(person.get("email") or ""), str(person.get("phone") or ""))
        for place in (one, *records_in(one, "imports"))
        for person in records_in(place, "contacts" if place is one else "people")
    ]
    said = tuple(
        dict(values) | {_PEOPLE: ", ".join(str(p.get("name")) for p in records_in(told, "people"))}
        for told in records_in(one, "imports")
        if isinstance(values := told.get("values"), Mapping)
    )
    value = one.get("value")
    amount = str(value.get("amount")) if isinstance(value, Mapping) else ""
    if "." in amount:
        amount = amount.rstrip("0").rstrip(".")
    facts = (amount, one.get("close_date"), one.get("created"))
    return _face(str(one.get("name") or ""), str(one.get("company") or ""), people, said, facts)


def agree(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """Return whether more than a number says that two stored prospects are one."""
    if all(one.get(field) == other.get(field) for field in ("name", "company")):
        return True  # as nearly all do in a list that comes again
    return face_of(one).agrees(face_of(other))


def _face(
    name: str,
    company: str,
    people: list[tuple[str, str]],
    said: tuple[dict[str, str], ...],
    facts: tuple[Any, ...],
) -> Face:
    names = [name, *(values.get("name", "") for values in said)]
    companies = [company, *(values.get("company", "") for values in said)]
    emails = {fold(email.strip()) for email, _ in people}
    stated = {key: str(fact)[:10] for key, fact in zip(_FACTS, facts, strict=True) if fact}
    return Face(
        frozenset(_core_title(text, company) for text in names if text),
        frozenset(core_name(text) for text in companies if text),
        frozenset(email for email in emails if "@" in email),
        frozenset(last for _, phone in people if (last := last_digits(phone))),
        stated,
        said,
    )


def _core_title(name: str, company: str) -> str:
    """Return a name as it is compared; the legal form goes from a company at its beginning, too."""
    rest = name.removeprefix(f"{company} - ")
    return core_name(name) if rest == name else f"{core_name(company)} {core_name(rest)}"


def names_alike(some: Set[str], others: Set[str]) -> bool:
    """Return whether two are called the same or nearly the same; "Shop 12" and "Shop 13" are two."""
    return bool(some & others) or any(_alike(one, other) for one in some for other in others)


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> bool:
    from rapidfuzz import fuzz

    return digits_of(one) == digits_of(other) and bool(fuzz.ratio(one, other, score_cutoff=NEAR))
