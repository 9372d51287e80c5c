"""One way in and out for text from people and files: data, never markup or control codes; how it is compared."""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable
from functools import partial
from itertools import chain, groupby
from typing import Annotated, Any, TypeAlias

from review_board.errors import InvalidValueError
from review_board.pipeline.checked import Checked

LINE_LIMIT = 200
"""Longest name, tag or other one-line text, in characters."""
NOTE_LIMIT = 10_000
"""Longest note, in characters."""

REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

_BREAKS = re.compile("\r\n|[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]")
# C0, C1, soft hyphen, bidi controls, zero-width characters but the joiner (U+200D, which emoji
# families need), invisible operators, annotation marks, surrogates, tags.
_UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    "\ud800-\udfff\U000e0000-\U000e0fff]"
)


def clean(text: str, *, keep_lines: bool = False, limit: int | None = None) -> str:
    r"""Return text that is safe on any screen: NFC, no control, bidi or invisible characters.

    Line breaks and tabs become a space (``keep_lines`` keeps ``\n``); what is unsafe becomes
    U+FFFD; of combining marks at most three in a row stay; the rest beyond ``limit`` is cut.
    """
    limit = limit or (NOTE_LIMIT if keep_lines else LINE_LIMIT)
    if text.isascii() and text.isprintable():
        return text.strip()[:limit].rstrip()
    text = text[: limit * 8]
    if keep_lines:
        text = _BREAKS.sub(lambda found: " " if found[0] == "\t" else "\n", text)
    else:
        text = _BREAKS.sub(" ", text)
    text = _UNSAFE.sub(REPLACEMENT, text)
    text = unicodedata.normalize("NFC", text)
    return _limit_marks(text).strip()[:limit].rstrip()


def _limit_marks(text: str) -> str:
    """Keep three combining marks in a row: more would climb over the lines above."""
    if text.isascii():
        return text
    kept: list[str] = []
    running = 0
    for character in text:
        running = running + 1 if unicodedata.category(character) in {"Mn", "Me"} else 0
        if running <= 3:
            kept.append(character)
    return "".join(kept)


def clean_name(text: str) -> str:
    """Return a name to show and find somebody by; refuse one with nothing visible in it."""
    if text and is_clean(text):
        return text
    name = clean(text)
    if not any(unicodedata.category(c)[0] in "LNPS" and c != REPLACEMENT for c in name):
        raise InvalidValueError("A name needs at least one visible character", "type a name")
    return name


def fold(text: str) -> str:
    """Return text as it is searched: no case, no accents."""
    if text.isascii():
        return text.casefold()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


DIGITS = 9
"""By so many last digits phone numbers are compared, so that +41 79 … and 079 … are one."""
_FEWEST = 7
_PHONE = re.compile(r"[0-9 ()+./-]+", re.ASCII)
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa"})
_WITHOUT_STROKE = str.maketrans({"ø": "o", "ł": "l", "đ": "d", "æ": "ae", "œ": "oe"})


def digits_of(text: str) -> str:
    """Return the digits of a text."""
    return "".join(filter(str.isdigit, text))


def last_digits(number: str) -> str:
    """Return the digits by which a number is known; nothing where they are too few to tell."""
    digits = digits_of(number)
    return digits[-DIGITS:] if len(digits) >= _FEWEST else ""


_DAY = re.compile(
    r"(?:(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|(\d{1,2})([-/.])(\d{1,2})\6(?:\d{4}|\d{2}))(?:[T ]\d.*)?"
)
_SUM = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d[.,]\d+[eE][+-]?\d+|\d+[.,]\d{1,2}")
_INTERNAL = re.compile(r"[^\d/,%]{0,14}(?:\d[^\w/.,:%]*)+")
"""A short number within a company, and what may stand before it: ``204``, ``ext. 204``."""
_OF_SUMS = frozenset("%$€£¥")


def is_phone(text: str) -> bool:
    """Return whether a text may be a phone number: no day, fraction, sum, share or time of day."""
    number = text.strip()
    if not _OF_SUMS.isdisjoint(number) or _SUM.fullmatch(number) or _is_day(number):
        return False
    return bool(last_digits(number) or _INTERNAL.fullmatch(number))


def _is_day(text: str) -> bool:
    """Return whether digits and their signs are a day, in any order of its parts."""
    found = _DAY.fullmatch(text)
    parts = [int(part) for part in found.group(3, 4, 5, 7) if part] if found else []
    return bool(parts) and 0 < min(parts) <= 12 and max(parts) <= 31


def spellings(text: str) -> tuple[str, ...]:
    """Return how a text may be written where it is searched: Krüger is ``kruger`` and ``krueger``."""
    if text.isascii():
        return (text.casefold(),)
    lower = unicodedata.normalize("NFC", text.casefold())
    ways = (lower, lower.translate(_WRITTEN_OUT), lower.translate(_WITHOUT_STROKE))
    return tuple(dict.fromkeys(map(fold, ways)))


TypedWords: TypeAlias = tuple[tuple[str, ...], ...]
"""The words that are looked for, each in all of its spellings."""


def typed_words(text: str) -> TypedWords:
    """Return the words of a text that is looked for; what folds to nothing is none.

    A phone number is one word, and looked for by its last digits as well.
    """
    return words_of_terms(text.split())


def words_of_terms(terms: Iterable[str]) -> TypedWords:
    """Return the words of terms that are looked for; those of a phone number are one word together."""
    parts = [[*part] for _, part in groupby(terms, lambda term: bool(_PHONE.fullmatch(term)))]
    joined = ([" ".join(part)] if _phone_digits(" ".join(part)) else part for part in parts)
    return tuple(map(typed_word, filter(fold, chain.from_iterable(joined))))


def typed_word(word: str) -> tuple[str, ...]:
    """Return the ways in which one word that is looked for may be written."""
    digits = _phone_digits(word)
    return (word, digits) if digits else spellings(word)


def _phone_digits(text: str) -> str:
    """Return the last digits of a number, without the nought that stands for the country's code."""
    return last_digits(digits_of(text).lstrip("0")) if _PHONE.fullmatch(text) else ""


def has_words(text: str, words: TypedWords) -> bool:
    """Return whether a text, joined of its own spellings, holds each word in one of its spellings."""
    for word in words:
        if word[0] not in text and not any(other in text for other in word[1:]):
            return False
    return True


def each_begins(parts: Iterable[str], words: Collection[str]) -> bool:
    """Return whether each part begins one of the words."""
    return all(any(word.startswith(part) for word in words) for part in parts)


def is_clean(text: str) -> bool:
    """Return whether cleaning would change nothing: so it is with most text in a file."""
    if not text:
        return True
    plain = text.isascii() and text.isprintable() and len(text) <= LINE_LIMIT
    return plain and text[0] != " " and text[-1] != " "


def _name(text: str) -> str:
    try:
        return clean_name(text)
    except InvalidValueError as error:
        raise ValueError(error.message) from error


_PLAIN = r"^(?:[!-~](?:[ -~]*[!-~])?)?$"
_PLAIN_NAME = r"^[!-~](?:[ -~]*[!-~])?$"
"""What cleaning would leave as it is: most text in a file."""


def _text(
    plain: str, cleaner: Callable[[str], str], error: str, says: str = "Input should be text"
) -> tuple[Any, ...]:
    """Return the checks of a text that goes through a cleaner; pydantic's own matcher knows the plain kind."""
    from pydantic import GetPydanticSchema, WithJsonSchema
    from pydantic_core import core_schema

    as_it_is = core_schema.str_schema(pattern=plain, max_length=LINE_LIMIT)
    other = core_schema.no_info_after_validator_function(cleaner, core_schema.str_schema())
    either = core_schema.union_schema(
        [as_it_is, other],
        mode="left_to_right",
        custom_error_type=error,
        custom_error_message=says,
    )
    return GetPydanticSchema(lambda *_: either), WithJsonSchema({"type": "string"})


Line = Annotated[str, Checked(partial(_text, _PLAIN, clean, "line"))]
"""One line of text, cleaned, at most ``LINE_LIMIT`` characters."""
Note = Annotated[str, Checked(partial(_text, _PLAIN, partial(clean, keep_lines=True), "note"))]
"""Text that may have several lines, cleaned, at most ``NOTE_LIMIT`` characters."""
_VISIBLE = "A name is text with at least one visible character"
Name = Annotated[str, Checked(partial(_text, _PLAIN_NAME, _name, "name", _VISIBLE))]
"""One line of text with something visible in it."""
