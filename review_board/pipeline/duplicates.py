"""Which prospects may be one and the same, and why; only those that share something are compared."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, product
from typing import Any

from review_board.pipeline.company_names import core_name
from review_board.pipeline.prospect import records_in
from review_board.pipeline.text import digits_of, fold, last_digits

PUBLIC_DOMAINS = frozenset(
    {
        *("gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "hotmail.co.uk", "live.com"),
        *("msn.com", "yahoo.com", "yahoo.co.uk", "yahoo.de", "yahoo.fr", "ymail.com", "aol.com"),
        *("icloud.com", "me.com", "mac.com", "gmx.com", "gmx.de", "gmx.net", "gmx.ch", "gmx.at"),
        *("web.de", "t-online.de", "freenet.de", "proton.me", "protonmail.com", "mail.com"),
        *("bluewin.ch", "orange.fr", "wanadoo.fr", "free.fr", "laposte.net", "libero.it"),
        *("comcast.net", "verizon.net", "att.net", "sbcglobal.net", "yandex.ru", "mail.ru"),
        *("qq.com", "163.com", "126.com", "naver.com", "zoho.com", "fastmail.com", "hey.com"),
    }
)
"""Domains at which anybody has an address: they say nothing about the company."""
NEAR = 90
"""From this likeness of two names on, in percent, they may be one name."""
CROWD = 60
"""How many names may share a word or a beginning before it says nothing about any two of them."""
SHARED_BY_MANY = 8
"""Prospects that share a number or domain; beyond that each is only paired with the first."""
_BEGINNING = 5


@dataclass(frozen=True, slots=True)
class DuplicatePair:
    """Two ids that may be one prospect, and why, the strongest reason first."""

    one: str
    other: str
    why: tuple[str, ...]


Shared = Mapping[str, str]
"""What two may share: as it is compared, and as it was written."""


@dataclass(frozen=True, slots=True)
class _Known:
    """What is compared of a prospect."""

    id: str
    name: str
    company: str
    emails: Shared
    phones: Shared

    @property
    def domains(self) -> Shared:
        found = {email.rpartition("@")[2] for email in self.emails}
        return {domain: domain for domain in found - PUBLIC_DOMAINS}


Pair = tuple[str, str]


def duplicates(
    documents: Iterable[Mapping[str, Any]],
    apart: Collection[frozenset[str]] = frozenset(),
    about: str = "",
) -> list[DuplicatePair]:
    """Return the pairs of stored prospects that may be one, the surest first; ``about`` one id only its own.

    Pairs that are known to be two stand in ``apart``.
    """
    known = sorted((_known(document) for document in documents), key=lambda one: one.id)
    if about:
        known = _alike(known, about)
    reasons: dict[Pair, list[tuple[int, str]]] = defaultdict(list)
    for rank, (what, values) in enumerate(_SHARED.items()):
        for pair, value in _sharing(known, values):
            reasons[pair].append((rank, f"{what} {value}"))
    for pair, likeness in _near_names(known):
        words = "same name" if likeness >= 100 else f"nearly the same name ({likeness:.0f} %)"
        reasons[pair].append((2 if likeness < 100 else 1, words))
    found = [
        (min(reasons[pair]), -len(reasons[pair]), pair)
        for pair in reasons
        if frozenset(pair) not in apart and (not about or about in pair)
    ]
    return [
        DuplicatePair(*pair, tuple(dict.fromkeys(words for _, words in sorted(reasons[pair]))))
        for _, _, pair in sorted(found)
    ]


_SHARED: dict[str, Callable[[_Known], Shared]] = {
    "same email": lambda one: one.emails,
    "same phone": lambda one: one.phones,
    "": lambda one: {},
    "same web domain": lambda one: one.domains,
}
"""What two may share, in the order in which it tells; a near name ranks in the gap."""


def _known(document: Mapping[str, Any]) -> _Known:
    people = [*records_in(document, "contacts")]
    emails = {fold(str(person.get("email") or "").strip()) for person in people}
    numbers = [str(person.get("phone") or "") for person in people]
    phones = {last: number for number in numbers if (last := last_digits(number))}
    name, company = (str(document.get(key) or "") for key in ("name", "company"))
    return _Known(
        str(document.get("id")),
        core_name(name),
        core_name(company),
        {email: email for email in emails if "@" in email},
        phones,
    )


def _alike(known: list[_Known], about: str) -> list[_Known]:
    """Return one and those that share something with it; the others need not be compared."""
    (one,) = (each for each in known if each.id == about)
    shared = _handles(one)
    return [each for each in known if not shared.isdisjoint(_handles(each))]


def _handles(one: _Known) -> set[str]:
    names = (key for name in (one.name, one.company) for key in _keys(name))
    return {*names, *(value for values in _SHARED.values() for value in values(one))}


def _sharing(known: list[_Known], values: Callable[[_Known], Shared]) -> Iterator[tuple[Pair, str]]:
    """Yield the pairs that share a value, and the value as the first wrote it."""
    holders: dict[str, list[str]] = defaultdict(list)
    written: dict[str, str] = {}
    for one in known:
        for value, shown in values(one).items():
            holders[value].append(one.id)
            written.setdefault(value, shown)
    for value, ids in holders.items():
        many = len(ids) > SHARED_BY_MANY
        pairs = product(ids[:1], ids[1:]) if many else combinations(ids, 2)
        yield from ((pair, written[value]) for pair in pairs)


def _near_names(known: list[_Known]) -> Iterator[tuple[Pair, float]]:
    """Yield the pairs with the same or nearly the same name, and how alike they are in percent."""
    from rapidfuzz import fuzz

    best: dict[Pair, float] = {}
    for one, other in _candidates(known):
        pair = (one.id, other.id)
        names = [(one.name, other.name), (one.name, other.company), (one.company, other.name)]
        for name, with_name in names:  # two sales to one company are two: no company with company
            if not (name and with_name):
                continue
            if name != with_name and digits_of(name) != digits_of(with_name):
                continue  # "Shop 12" and "Shop 13" are two
            likeness = float(fuzz.ratio(name, with_name, score_cutoff=NEAR))
            if likeness and likeness > best.get(pair, 0):
                best[pair] = likeness
    yield from best.items()


def _candidates(known: list[_Known]) -> Iterator[tuple[_Known, _Known]]:
    """Yield each pair of which a name shares a rare word, its beginning or its end."""
    holders: dict[str, list[int]] = defaultdict(list)
    for place, one in enumerate(known):
        for key in {key for name in (one.name, one.company) for key in _keys(name)}:
            holders[key].append(place)
    seen: set[tuple[int, int]] = set()
    for places in holders.values():
        if len(places) <= CROWD:
            seen.update(combinations(places, 2))
    yield from ((known[one], known[other]) for one, other in sorted(seen))


def _keys(name: str) -> Iterator[str]:
    joined = name.replace(" ", "")
    if not joined:
        return
    yield f"={name}"
    yield f"^{joined[:_BEGINNING]}"
    yield f"{joined[-_BEGINNING:]}$"
    yield from (word for word in name.split() if len(word) > 2)
