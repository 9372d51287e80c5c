"""Headers of several words: which of them is the noun that names a field, and which only qualify it.

``estimated_deal_value_usd`` is a value, ``Work Direct Phone`` a phone, ``stage_id`` a stage. Each field
has words that do not change what it is; when nothing but a known name is left without them, that is the
field. Any other word ("Weighted value", "Last Modified Date") makes it another column.
"""

import re
from collections.abc import Sequence

from review_board.exchange.header_words import fold_words, word_set
from review_board.exchange.word_lists import word_lists

_LISTS = word_lists("header_qualifiers")
_WORDS = {name: word_set(words) for name, words in _LISTS["words"].items()}
ARTICLES = _WORDS["articles"]
"""Little words that a program leaves out of a name, and a person does not."""
_QUALIFIERS_OF = {
    field: word_set(words) | (_WORDS["any field"] if field != "id" else frozenset())
    for field, words in _LISTS["qualifiers"].items()
}
"""Field → the words that do not change that it is this one."""
_KIND_OF_WORD = {
    **dict.fromkeys(_LISTS["words"]["deal"].split(), "deals"),
    **dict.fromkeys(["lead", "leads"], "leads"),
}
_NUMBERED = re.compile(r"(?<=[^\W\d_])(?=\d(?![^\W_]))")
"""Where the number of a column begins that is one of several: ``Note2``."""
_MOMENT = word_set("datetime timestamp ts")
"""Words of a day with its time, as databases name it: ``contact_datetime``."""

FIRST_RANK = 50
"""Rank of a name with one word more; each further one ranks one lower."""


def read_compound(
    header: str, fields: dict[str, tuple[str, int]], money_words: frozenset[str]
) -> tuple[str, int, str] | None:
    """Return field, rank and kind of list of a header; ``fields`` knows the plain names.

    ``money_words`` name currencies and qualify an amount only. A word that stands twice counts where it
    is first, else where it is last: "point of contact / name / first name".
    """
    parted = _NUMBERED.sub(" ", header)
    words = ["date" if word in _MOMENT else word for word in fold_words(parted)]
    if words[:2] == ["date", "of"]:  # "Date of inquiry" is the inquiry date
        words = [*words[2:], "date"]
    first, last = dict.fromkeys(words), [*dict.fromkeys(reversed(words))][::-1]
    found = _read_words([*first], fields, money_words)
    return found or (_read_words(last, fields, money_words) if last != [*first] else None)


def _read_words(
    words: list[str], fields: dict[str, tuple[str, int]], money_words: frozenset[str]
) -> tuple[str, int, str] | None:
    if not 0 < len(words) <= 10 or (
        words[-1] in _WORDS["pipeline"] and _KIND_OF_WORD.keys() >= {*words[:-1]}
    ):
        return None
    if plain := fields.get("".join(words)):
        return plain[0], FIRST_RANK, ""
    named = _named_parts(words, fields)
    found: list[tuple[int, str]] = []
    for field, qualifiers in _QUALIFIERS_OF.items():
        allowed = qualifiers | money_words if field == "value" else qualifiers
        parts = named.get(field, ())
        if rank := _words_dropped(words, field, allowed, parts, fields):
            found.append((rank, field))
    if not found:
        return None
    dropped, field = min(found)
    if field == "close_date" and _WORDS["hoped"] & set(words):
        field = "expected_close"
    kind = next((_KIND_OF_WORD[word] for word in words if word in _KIND_OF_WORD), "")
    return field, FIRST_RANK + dropped, kind


def _named_parts(
    words: list[str], fields: dict[str, tuple[str, int]]
) -> dict[str, list[tuple[int, int]]]:
    """Return for each field the words that follow each other and name it, by start and end, the longest first."""
    named: dict[str, list[tuple[int, int]]] = {}
    for length in range(len(words) - 1, 0, -1):
        for start in range(len(words) - length + 1):
            if found := fields.get("".join(words[start : start + length])):
                named.setdefault(found[0], []).append((start, start + length))
    return named


def _words_dropped(
    words: list[str],
    field: str,
    allowed: frozenset[str],
    parts: Sequence[tuple[int, int]],
    fields: dict[str, tuple[str, int]],
) -> int:
    """Return how many words must go for the rest to name the field; 0 where it never does.

    The fewest go: words are taken from the ends inwards, so that the noun stays.
    """
    for start, end in parts:
        if allowed.issuperset(words[:start]) and allowed.issuperset(words[end:]):
            return len(words) - (end - start)
    rest = [word for word in words if word not in allowed]
    return len(words) - len(rest) if rest and _names(rest, field, fields) else 0


def _names(words: list[str], field: str, fields: dict[str, tuple[str, int]]) -> bool:
    found = fields.get("".join(words))
    return bool(found and found[0] == field)
