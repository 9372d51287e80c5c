"""What the header of a column means: its field, by the names in ``header_names.ini``.

Of several words one is the noun that names a field, and others only qualify it
(``header_qualifiers.ini``); any other word ("Weighted value") makes it another column.
"""

import re
from collections.abc import Iterable, Iterator, Sequence, Set
from decimal import Decimal
from functools import lru_cache
from operator import itemgetter
from typing import NamedTuple

from review_board.exchange.header_words import (
    HUMPS,
    MOST_COLUMNS,
    canonical,
    fold_words,
    word_set,
)
from review_board.exchange.word_lists import word_lists
from review_board.pipeline.fields import PLAIN_FIELDS
from review_board.pipeline.text import fold
from review_board.pipeline.typed_amounts import CURRENCY_CODES, CURRENCY_SIGNS

TRANSLATIONS = word_lists("header_names")
"""Language → field → its names with commas between, the best first."""
SYNONYMS = TRANSLATIONS.pop("usual")
"""Field → its usual names with blanks between, as they are compared, the best first."""
POINT_GROUPS = ("de", "es", "it", "nl", "pt", "vi")
"""Languages in which ``1.200`` is twelve hundred."""
POINT_GROUPS_TOO = (
    "wert betrag auftragswert angebotswert umsatz summe volumen firma firmenname kunde kundenname unternehmen "
    "ansprechpartner ansprechperson vertriebsphase verkaufsphase bezeichnung wahrscheinlichkeit abschlussdatum "
    "importe monto cuantia valor empresa nombre cliente contacto etapa fecha vendedor responsable probabilidad"
)
"""Names in these languages that stand among the usual ones."""

_QUALIFIERS = word_lists("header_qualifiers")
_LISTED = {name: word_set(words) for name, words in _QUALIFIERS["words"].items()}
ARTICLES = _LISTED["articles"]
"""Little words that a program leaves out of a name, and a person does not."""
_QUALIFIERS_OF = {
    field: word_set(words) | (_LISTED["any field"] if field != "id" else frozenset())
    for field, words in _QUALIFIERS["qualifiers"].items()
}
"""Field → the words that do not change that it is this one."""
DEAL_WORDS = _LISTED["deal"]
"""What a deal is called in a header."""
_KIND_OF_WORD = {
    **dict.fromkeys(DEAL_WORDS, "deals"),
    **dict.fromkeys(["lead", "leads"], "leads"),
}
_NUMBERED = re.compile(r"(?<=[^\W\d_])(?=\d(?![^\W_]))")
"""Where the number of a column begins that is one of several: ``Note2``."""
_NUMBER_SIGN = re.compile(r"(?<=[^\W\d_])\s*#|#(?=\s*(?:of\s+)?[^\W\d_])")
_PERCENT_SIGN = re.compile(r"(?<=[^\W\d_])\s+%|%(?=\s*[^\W\d_])")
"""Signs that stand for a word of the header: "Deal #" is its number, "Win %" a percentage."""
_TAX = re.compile(
    r"\b(?:excl(?:uding)?|incl(?:uding)?|without|before|zzgl|inkl|exkl|ohne|hors|sans|sin|senza|esclusa|sem|zonder)\.? "
    r"(?:vat|tax(?:es)?|gst|mwst|ust|btw|iva|tva|taxes)\b\.?",
    re.IGNORECASE,
)
"""What a header says of the tax on an amount."""
_MOMENT = word_set("datetime timestamp ts")
"""Words of a day with its time, as databases name it: ``contact_datetime``."""

FIRST_RANK = 50
"""Rank of a name with one word more; each further one ranks one lower."""

CONTACT_DAYS = ("met", "quote_sent", "replied", "emailed", "called", "contacted")
"""Days of contacts that took place, the most telling first."""

NOTED_SECOND = frozenset({"email", "phone"})
"""Fields of which a person has one: their second one becomes a note."""
MANY = frozenset({"email", "phone", "note", "tags", *CONTACT_DAYS})
"""Fields that are read from every column that bears one of their names."""

FIELDS = frozenset(SYNONYMS) | PLAIN_FIELDS.keys()
"""What a column may be read as: a plain field goes by its own name even without a line above."""

BEHIND = 70
"""Rank of the place a deal is about, which is its name only where nothing else is."""
_TRANSLATED_RANK = 30
"""Rank of the first name of a field in a further language: behind the usual ones."""


def _known_names() -> Iterator[tuple[str, tuple[str, int]]]:
    """Yield every name as it is compared, with its field and rank; an earlier one wins."""
    for field in sorted(FIELDS):
        for rank, word in enumerate(SYNONYMS.get(field, field.replace("_", "")).split()):
            yield word, (field, rank)
    translated = [
        (name, (field, rank))
        for names in TRANSLATIONS.values()
        for field, listed in names.items()
        for rank, name in enumerate(listed.split(","), _TRANSLATED_RANK)
    ]
    yield from ((canonical(name), found) for name, found in translated)
    yield from ((short, found) for name, found in translated if (short := _without_articles(name)))


def _without_articles(name: str) -> str:
    """Return a name as a program writes it, ``data_fechamento`` for "Data de fechamento"; else nothing."""
    words = fold_words(name)
    inner = [word for word in words[1:-1] if word not in ARTICLES]
    return "".join((words[0], *inner, words[-1])) if len(inner) < len(words) - 2 else ""


_OF_WORD: dict[str, tuple[str, int]] = {}
for _word, _found in _known_names():
    _OF_WORD.setdefault(_word, _found)


def _only_in(languages: Iterable[str]) -> frozenset[str]:
    """Return the names of columns, as they are compared, that only lists in these languages have."""
    names = {
        canonical(name)
        for language in languages
        for listed in TRANSLATIONS[language].values()
        for name in listed.split(",")
    }
    return word_set(POINT_GROUPS_TOO) | names - word_set(" ".join(SYNONYMS.values()))


_POINT_GROUPERS, _DAY_FIRST = _only_in(POINT_GROUPS), _only_in(TRANSLATIONS)
_LEAST_OF_LANGUAGE = 2

_DEALS = (
    "opportunity oportunidad potential verkaufschance geschaft negocio affaire opportunite oportunidade "
    "trattativa opportunita verkoopkans сделка cohoi deal opp"
)
_PREFIXES = (
    *((word, "") for word in ("properties", "property", "masked", "hs")),
    *((word, "deals") for word in _DEALS.split()),
    ("lead", "leads"),
)
_SUFFIXES = ("masked", "usd", "eur", "euro", "gbp", "chf", "inr")

_CURRENCY_WORDS = {
    word: code for word, code in CURRENCY_SIGNS.items() if word.isalpha() and len(word) > 2
} | {
    **{code.lower(): code for code in ("EUR", "USD", "GBP", "CHF", "INR", "JPY")},
    "rs": "INR",
    "usdollar": "USD",
}
_SIGN = re.compile(
    "|".join(
        re.escape(sign) if len(sign) == 1 else rf"(?<![^\W\d_]){re.escape(sign)}"
        for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True)
        if not sign.replace(".", "").replace("/", "").isalpha()
    )
)
_SIGNED = re.compile(rf"(?:{_SIGN.pattern})(?:\s?(?:k|mm?|0{{3}}s?)\b)?")
_WORDS_TOO = word_set("all top pen cup mop bam gel bob")
"""Codes of currencies that are words of a header as well."""
_QUALIFIERS_OF["value"] |= _CURRENCY_WORDS.keys() | map(str.lower, CURRENCY_CODES)


_CONVERTED = re.compile(
    r"\b(?:converted|base|basis|umgerechnet|convertid[oa]|convertie?|convertito|omgerekend)\b"
)
_PEOPLE = word_set("account contact konto kontakt firma cuenta contacto")
_GUARDED = re.compile(
    r"\((?:do not modify|nicht andern|ne pas modifier|no modificar|nao modificar|non modificare|niet wijzigen)\) "
    r"(?P<of>.+)"
)
"""How Dynamics names the columns by which it knows a row again: the record itself holds its id."""


class HeaderMeaning(NamedTuple):
    """What a header may stand for; ``of`` is the kind of list its prefix speaks of, or empty."""

    field: str
    rank: int
    of: str


@lru_cache(maxsize=2 * MOST_COLUMNS)
def meaning_of(header: str) -> HeaderMeaning | None:
    """Return the field that a header names, or ``None`` for one that is not known here."""
    header = _TAX.sub(" ", header)
    header = _NUMBER_SIGN.sub(" number ", _PERCENT_SIGN.sub(" percent ", header))
    key = canonical(header)
    if guarded := _GUARDED.match(fold(header[:200])):
        return _of_guarded(guarded["of"])
    if found := _meaning(key, ""):
        return (
            found._replace(rank=BEHIND) if key == "propertyname" else _behind_names(header, found)
        )
    if compound := read_compound(header):
        return _behind_names(header, compound)
    if (short := _without_articles(header)) and (found := _meaning(short, "")):
        return found
    named = _SIGNED.sub(" amount ", header.casefold())  # "Estimated $k" is an estimated amount
    compound = read_compound(named) if named != header.casefold() else None
    return compound if compound and compound.field == "value" else None


OWNER_PARTS = {"first_name": 98, "last_name": 99}
"""Ranks of the two columns that have an owner together."""


def part_of_owner(header: str) -> HeaderMeaning | None:
    """Return the owner for a column with one part of the name: "Sales Rep First Name"."""
    words = fold_words(header)
    for end in range(max(1, len(words) - 2), len(words)):
        whose, part = _OF_WORD.get("".join(words[:end])), "".join(words[end:])
        named = _OF_WORD.get(f"{part}name" if part in {"first", "last"} else part)
        if whose and named and whose[0] == "owner" and named[0] in OWNER_PARTS:
            return HeaderMeaning("owner", OWNER_PARTS[named[0]], "")
    return None


def read_compound(header: str) -> HeaderMeaning | None:
    """Return what a header of several words names.

    A word that stands twice counts where it is first, else where it is last: "point of contact / name /
    first name".
    """
    parted = _NUMBERED.sub(" ", header)
    words = ["date" if word in _MOMENT else word for word in fold_words(parted)]
    if words[:2] == ["date", "of"]:  # "Date of inquiry" is the inquiry date
        words = [*words[2:], "date"]
    first, last = [*dict.fromkeys(words)], [*dict.fromkeys(reversed(words))][::-1]
    return _read_words(first) or (_read_words(last) if last != first else None)


def _read_words(words: list[str]) -> HeaderMeaning | None:
    if not 0 < len(words) <= 10 or (
        words[-1] in _LISTED["pipeline"] and _KIND_OF_WORD.keys() >= {*words[:-1]}
    ):
        return None
    if plain := _OF_WORD.get("".join(words)):
        return HeaderMeaning(plain[0], FIRST_RANK, "")
    named = _named_parts(words)
    dropped = (
        (_words_dropped(words, field, allowed, named.get(field, ())), field)
        for field, allowed in _QUALIFIERS_OF.items()
    )
    count, field = min(filter(itemgetter(0), dropped), default=(0, ""))
    if not field:
        return None
    if field == "close_date" and _LISTED["hoped"] & set(words):
        field = "expected_close"
    kind = next((_KIND_OF_WORD[word] for word in words if word in _KIND_OF_WORD), "")
    return HeaderMeaning(field, FIRST_RANK + count, kind)


def _named_parts(words: list[str]) -> dict[str, list[tuple[int, int]]]:
    """Return for each field the words that follow each other and name it, by start and end, the longest first."""
    named: dict[str, list[tuple[int, int]]] = {}
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            if found := _OF_WORD.get("".join(words[start : start + length])):
                named.setdefault(found[0], []).append((start, start + length))
    return named


def _words_dropped(
    words: list[str], field: str, allowed: frozenset[str], parts: Sequence[tuple[int, int]]
) -> int:
    """Return how many words must go for the rest to name the field; 0 where it never does.

    The fewest go: words are taken from the ends inwards, so that the noun stays.
    """
    for start, end in parts:
        if allowed.issuperset(words[:start]) and allowed.issuperset(words[end:]):
            return len(words) - (end - start)
    rest = [word for word in words if word not in allowed]
    found = _OF_WORD.get("".join(rest))
    return len(words) - len(rest) if found and found[0] == field else 0


def _behind_names(header: str, found: HeaderMeaning) -> HeaderMeaning:
    """Rank an id or a colleague's address behind the name, and a converted amount behind the deal's own."""
    if found.field in {"value", "currency"} and _CONVERTED.search(fold(header[:200])):
        return found._replace(rank=found.rank + 2 * _TRANSLATED_RANK)
    end = "".join(fold_words(header)[-1:])
    behind = 2 * _TRANSLATED_RANK if end == "id" and found.field != "id" else 0
    behind += _TRANSLATED_RANK if end == "email" and found.field == "owner" else 0
    return found._replace(rank=found.rank + behind)


def _of_guarded(record: str) -> HeaderMeaning | None:
    """Return what a column is that nobody may change: the id of a record, or nothing to read."""
    kinds = {kind for prefix, kind in _PREFIXES if kind and canonical(record) == prefix}
    is_person = canonical(record) in _PEOPLE
    return HeaderMeaning("id", 0, kinds.pop() if kinds else "") if kinds or is_person else None


def is_known(header: str) -> bool:
    """Return whether a cell is the name of a column that is known here."""
    return meaning_of(header) is not None


def groups_by_point(headers: Sequence[str]) -> bool:
    """Return whether the headers are of a language that writes twelve hundred as ``1.200``."""
    return _are_in(_POINT_GROUPERS, headers)


def puts_day_first(headers: Sequence[str]) -> bool:
    """Return whether the headers are of a language in which 4/12 is in December, as in all but English."""
    return _are_in(_DAY_FIRST, headers)


def _are_in(names: Set[str], headers: Sequence[str]) -> bool:
    found = sum(canonical(header) in names for header in headers)
    return found >= _LEAST_OF_LANGUAGE and found * 2 >= sum(map(is_known, headers))


def prefix_kind(header: str) -> str:
    """Return ``deals`` or ``leads`` when the header's first word says so, else nothing."""
    key = canonical(header)
    return next((kind for prefix, kind in _PREFIXES if kind and key.startswith(prefix)), "")


def header_currency(header: str) -> str:
    """Return the currency that the header of an amount names (``importe_eur``, ``Amount (US$)``), or nothing."""
    words = [word for word in re.split(r"[\W_]+", HUMPS.sub(" ", header)) if word]
    named = [_CURRENCY_WORDS.get(word.casefold(), "") or _code(word) for word in words]
    named += [_code(word[1:].upper()) for word in words if len(word) == 4 and word[0] in "TKtk"]
    if len(words) > 1 and words[-1].casefold() not in _WORDS_TOO:
        named.append(_code(words[-1].upper()))
    if sign := _SIGN.search(header.casefold()):
        named.append(CURRENCY_SIGNS[sign[0]])
    return next(filter(None, named), "")


_COIN = r"(?:[€$£₹]|\b(?:eur|usd|gbp|chf|inr))"
_SCALES = (
    (1000, re.compile(r"\bthousands?\b|\btsd\b|\btausend\b|\bmiles\b|\bmilliers\b|\bmigliaia\b|\bduizend|тыс|[('’]000s?\b|"
                      rf"\(k\)|\b[kt] ?(?:€|\$|£|eur\b|usd\b|gbp\b|chf\b)|{_COIN} ?(?:k|000s?)\b")),
    (1000_000, re.compile(r"\bmillions?\b|\bmio\b|\bmln\b|\bmillionen\b|\bmillones\b|\bmilhoes\b|\bmilioni\b|\bmiljoen|млн|"
                          rf"\(mm\)|{_COIN} ?m[mn]?\b")),
    ("0.01", re.compile(r"(?:\b|_)(?:cents|centimes|centimos|centesimi|minor units)\b")),
)  # fmt: skip


def header_scale(header: str, beside: Sequence[str] = ()) -> Decimal:
    """Return the factor of the amounts under a header: ``Value (in thousands)``, ``TEUR``, ``amount_cents``.

    ``beside`` are the headers of the list: by some a program is known that writes cents.
    """
    plain, key = fold(header[:200]), canonical(header)
    keys = {canonical(name) for name in beside if key.endswith("value")}
    if f"{key}formatted" in keys or {f"{key}period", f"{key}currency"} <= keys:  # with Close
        return Decimal("0.01")
    return next((Decimal(scale) for scale, words in _SCALES if words.search(plain)), Decimal(1))


_PERIODS = {
    "month": re.compile(
        r"mrr|^month$|monthly|permonth|monatlich|promonat|mensuel|parmois|mensual|mensal|mensile"
    ),
    "year": re.compile(
        r"^acv|^arr|^year$|annual|yearly|peryear|jahrlich|projahr|annuel|anual|annuo|jaarlijks"
    ),
}


def header_period(header: str) -> str:
    """Return ``month`` or ``year`` where a header or a cell says that amounts are for that time alone."""
    return next((time for time, words in _PERIODS.items() if words.search(canonical(header))), "")


def _code(word: str) -> str:
    """Return a currency code that stands in a header in capitals: "all" and "try" are words."""
    return word if word in CURRENCY_CODES else ""


def _meaning(key: str, of: str) -> HeaderMeaning | None:
    if found := _OF_WORD.get(key):
        return HeaderMeaning(*found, of)
    for prefix, kind in _PREFIXES:
        if key.startswith(prefix) and (inner := _meaning(key[len(prefix) :], kind or of)):
            return inner
    for suffix in _SUFFIXES:
        if key.endswith(suffix) and (inner := _meaning(key[: -len(suffix)], of)):
            return inner
    return None
