"""Columns of money: which mark is the decimal one is decided by the whole column."""

import re
from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

from review_board.errors import InvalidValueError
from review_board.exchange.results import DecimalMark
from review_board.exchange.values import LONGEST, Reader, remembering
from review_board.pipeline.money import MAX_AMOUNT, round_cents


class ParsedAmount(NamedTuple):
    """An amount and the currency that its cell names, or an empty one."""

    amount: Decimal
    currency: str


_SIGNS = {
    "us$": "USD",
    "r$": "BRL",
    "a$": "AUD",
    "c$": "CAD",
    "$": "USD",
    "€": "EUR",
    "£": "GBP",
    "¥": "JPY",
    "₹": "INR",
    "rs.": "INR",
    "rs": "INR",
    "zł": "PLN",
    "fr.": "CHF",
}
_SIGN = "|".join(re.escape(sign) for sign in _SIGNS)
_CODE = (
    "aed|ars|aud|bgn|brl|cad|chf|clp|cny|cop|czk|dkk|egp|eur|gbp|hkd|huf|idr|ils|inr|isk|jpy|krw|"
    "kwd|mad|mxn|myr|ngn|nok|nzd|pen|php|pkr|pln|qar|ron|rub|sar|sek|sgd|thb|try|twd|uah|usd|uyu|"
    "vnd|zar"
)
_AMOUNT = re.compile(
    rf"(?:(?P<before>{_SIGN}|{_CODE})\s*)?(?P<minus>[-\u2212(])?\s*"
    rf"(?:(?P<inner>{_SIGN})\s*)?(?P<number>[0-9](?:[0-9.,'\u2019\u00a0\u202f ]*[0-9])?)"
    rf"(?:[.,]?[-\u2013]{{1,2}})?\s*(?:(?P<scale>k|m|mm|mio|b|bn)\b)?\s*\)?\s*(?P<after>{_SIGN}|{_CODE})?",
    re.IGNORECASE,
)
_SCALES = {"": 1, "k": 10**3, "m": 10**6, "mm": 10**6, "mio": 10**6, "b": 10**9, "bn": 10**9}
_BLANKS = re.compile("['\u2019\u00a0\u202f ]")
_OTHER: dict[DecimalMark, DecimalMark] = {"point": "comma", "comma": "point"}
_SIGN_OF: dict[DecimalMark, str] = {"point": ".", "comma": ","}


def amount_reader(
    cells: Iterable[str], header: str, mark: DecimalMark | None
) -> Reader[ParsedAmount]:
    """A column of amounts; the decimal mark is the one that the values prove, or that is given.

    A column in which every mark may be either raises ``InvalidValueError`` and asks which.
    """
    proven = mark or _proven_mark(cells, header)
    return remembering(lambda cell: read_sum(cell, proven))


def looks_like_amount(cell: str) -> bool:
    """Whether a cell has the shape of an amount."""
    return _AMOUNT.fullmatch(cell[: LONGEST + 1].strip()) is not None


def read_sum(cell: str, mark: DecimalMark) -> ParsedAmount:
    """One amount, to the hundredth, not negative, below what is surely a mistake."""
    found = _AMOUNT.fullmatch(cell[: LONGEST + 1])
    if not found:
        raise InvalidValueError(f"{cell[:40]!r} is not an amount")
    if found["minus"]:
        raise InvalidValueError(f"{cell[:40]!r} is negative")
    try:
        amount = Decimal(_plain(found["number"], mark)) * _SCALES[(found["scale"] or "").lower()]
    except InvalidOperation as error:
        raise InvalidValueError(f"{cell[:40]!r} is not an amount") from error
    if amount > MAX_AMOUNT:
        raise InvalidValueError(f"{cell[:40]!r} is more than any deal is worth")
    return ParsedAmount(round_cents(amount), _currency(found))


def _plain(number: str, mark: DecimalMark) -> str:
    """Digits with a point for the fraction; refuses grouping that is none."""
    digits = _BLANKS.sub("", number)
    whole, _, fraction = digits.partition(_SIGN_OF[mark])
    group = _SIGN_OF[_OTHER[mark]]
    if group in fraction or _SIGN_OF[mark] in fraction or not _is_grouped(whole, group):
        raise InvalidValueError(f"{number[:40]!r} is grouped oddly")
    return f"{whole.replace(group, '')}.{fraction or 0}"


def _is_grouped(whole: str, group: str) -> bool:
    """By threes, or by the Indian lakh: 12,34,567."""
    first, *groups = whole.split(group)
    if not groups:
        return True
    inner = {len(part) for part in groups[:-1]}
    return 1 <= len(first) <= 3 and len(groups[-1]) == 3 and inner <= {2, 3}


def _currency(found: re.Match[str]) -> str:
    sign = (found["before"] or found["inner"] or found["after"] or "").lower()
    return _SIGNS.get(sign, sign.upper())


def _proven_mark(cells: Iterable[str], header: str) -> DecimalMark:
    proofs: dict[DecimalMark, str] = {}
    doubtful = ""
    for cell in dict.fromkeys(cells):
        found = _AMOUNT.fullmatch(cell[: LONGEST + 1].strip())
        if not found or not {",", "."} & set(found["number"]):
            continue
        if shown := _mark_of(_BLANKS.sub("", found["number"])):
            proofs.setdefault(shown, cell.strip())
        elif "." in found["number"]:
            doubtful = doubtful or cell.strip()
    if doubtful and len(proofs) != 1:
        raise InvalidValueError(
            f"column {header!r}: {doubtful[:40]} may mean thousands or a fraction",
            "say which with --decimal point or --decimal comma",
        )
    if len(proofs) > 1:
        raise InvalidValueError(
            f"column {header!r} mixes {proofs['point'][:40]} and {proofs['comma'][:40]}",
            "write all amounts in one way",
        )
    return next(iter(proofs), "point")


def _mark_of(digits: str) -> DecimalMark | None:
    """The decimal mark that a number proves, or ``None``: ``1,234`` and ``1.234`` prove nothing."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        return "comma" if comma > point else "point"
    mark: DecimalMark = "comma" if comma >= 0 else "point"
    parts = digits.split(_SIGN_OF[mark])
    if len(parts) > 2:
        return _OTHER[mark]
    whole, fraction = parts
    is_fraction = len(fraction) != 3 or len(whole) > 3 or not whole.strip("0")
    return mark if is_fraction else None
