"""The words of headers, as they are compared, and what a seller calls the fields that columns fill."""

import re
from functools import lru_cache

from review_board.pipeline.text import fold

MOST_COLUMNS = 16_384
"""As many as a sheet of Excel has; each of their headers is asked for again and again."""
_BRACKETS = re.compile(r"\([^)]*\)|\[[^]]*\]")
_CUSTOM = re.compile(r"__[cr](?![a-z0-9])")
"""How Salesforce ends the names of fields and links of one's own: ``Amount__c``, ``Account__r.Name``."""
_SIGNS = re.compile(r"[\W_]+")
HUMPS = re.compile(r"(?<=[a-z])(?=[A-Z])")

ANY_LIST = "a list"
"""The source of a list that no program is known by; the numbers of two such lists may be the same."""

FIELD_WORDS = {
    "id": "its id there", "next_activity": "next step on", "last_activity": "last activity (a note)",
    "contacted": "a contact that day", "called": "a call that day", "emailed": "an email that day",
    "replied": "their reply that day", "met": "a meeting that day", "quote_sent": "a quote sent that day",
    "close_date": "close by", "expected_close": "close by",
    "dial_code": "country code", "pipeline": "its pipeline there",
}  # fmt: skip


def word_set(words: str) -> frozenset[str]:
    """Return the words of a text as a set."""
    return frozenset(words.split())


@lru_cache(maxsize=2 * MOST_COLUMNS)
def canonical(header: str) -> str:
    """Return a header without case, accents, brackets, blanks and signs."""
    plain = _CUSTOM.sub(" ", fold(header[:200]))
    bare = _SIGNS.sub("", _BRACKETS.sub("", plain))
    return bare or _SIGNS.sub("", plain)


def fold_words(header: str) -> list[str]:
    """Return the words of a header, folded; camel case and signs part them, brackets are left out."""
    plain = _CUSTOM.sub(" ", fold(HUMPS.sub(" ", header[:200])))
    return _SIGNS.sub(" ", _BRACKETS.sub(" ", plain)).split()


def field_words(field: str) -> str:
    """Return what a seller calls a field."""
    return FIELD_WORDS.get(field) or field.replace("_", " ")
