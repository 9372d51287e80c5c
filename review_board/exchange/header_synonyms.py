"""What the header of a column means: its field, by the names in ``header_names.ini``."""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from review_board.exchange.compound_headers import ARTICLES, read_compound
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

CONTACT_DAYS = ("met", "quote_sent", "replied", "emailed", "called", "contacted")
"""Days of contacts that took place, the most telling first."""

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

_POINT_GROUPERS = word_set(POINT_GROUPS_TOO) | {
    name
    for language in POINT_GROUPS
    for listed in TRANSLATIONS[language].values()
    for name in map(canonical, listed.split(","))
} - word_set(" ".join(SYNONYMS.values()))
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
_MONEY_WORDS = frozenset(_CURRENCY_WORDS) | {code.lower() for code in CURRENCY_CODES}


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
    key = canonical(header)
    if guarded := _GUARDED.match(fold(header[:200])):
        return _of_guarded(guarded["of"])
    if found := _meaning(key, ""):
        return (
            found._replace(rank=BEHIND) if key == "propertyname" else _behind_names(header, found)
        )
    if compound := read_compound(header, _OF_WORD, _MONEY_WORDS):
        return _behind_names(header, HeaderMeaning(*compound))
    if (short := _without_articles(header)) and (found := _meaning(short, "")):
        return found
    named = _SIGNED.sub(" amount ", header.casefold())  # "Estimated $k" is an estimated amount
    compound = read_compound(named, _OF_WORD, _MONEY_WORDS) if named != header.casefold() else None
    return HeaderMeaning(*compound) if compound and compound[0] == "value" else None


def _behind_names(header: str, found: HeaderMeaning) -> HeaderMeaning:
    """Return a meaning of a colleague's id or address behind that of the name."""
    end = fold_words(header)[-1:]
    behind = {"id": 2 * _TRANSLATED_RANK, "email": _TRANSLATED_RANK}.get("".join(end), 0)
    return found._replace(rank=found.rank + behind) if found.field == "owner" else found


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
    found = sum(canonical(header) in _POINT_GROUPERS for header in headers)
    return found >= _LEAST_OF_LANGUAGE and found * 2 >= sum(map(is_known, headers))


def prefix_kind(header: str) -> str:
    """Return ``deals`` or ``leads`` when the header's first word says so, else nothing."""
    key = canonical(header)
    return next((kind for prefix, kind in _PREFIXES if kind and key.startswith(prefix)), "")


def header_currency(header: str) -> str:
    """Return the currency that the header of an amount names (``importe_eur``, ``Amount (US$)``), or nothing."""
    words = [word for word in re.split(r"[\W_]+", HUMPS.sub(" ", header)) if word]
    named = [_CURRENCY_WORDS.get(word.casefold(), "") or _code(word) for word in words]
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
)  # fmt: skip


def header_scale(header: str) -> int:
    """Return by what the amounts under a header are to be multiplied: ``Value (in thousands)``, ``TEUR``."""
    plain = fold(header[:200])
    return next((scale for scale, words in _SCALES if words.search(plain)), 1)


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
