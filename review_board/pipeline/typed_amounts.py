"""Amounts as people type them and lists hold them: one shape, read in one way only or refused.

``1,234`` is in thousands and ``0,5`` a fraction; ``1.234`` may be either and is asked, unless a whole
column has proven which mark is the decimal one.
"""

import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from decimal import Decimal
from functools import lru_cache
from typing import Literal, NamedTuple

from review_board.errors import InvalidValueError
from review_board.pipeline.limits import MAX_AMOUNT
from review_board.pipeline.money import SYMBOLS, Money, round_cents

CURRENCY_SIGNS = {
    **SYMBOLS,
    "us$": "USD", "r$": "BRL", "a$": "AUD", "c$": "CAD", "ca$": "CAD", "s$": "SGD", "hk$": "HKD",
    "nz$": "NZD", "nt$": "TWD", "mx$": "MXN", "rs.": "INR", "rs": "INR", "rp": "IDR", "rp.": "IDR",
    "rm": "MYR", "r": "ZAR", "zł": "PLN", "kč": "CZK", "ft": "HUF", "fr.": "CHF", "sfr.": "CHF",
    "₽": "RUB", "руб": "RUB", "руб.": "RUB", "₺": "TRY", "₴": "UAH", "₩": "KRW", "₫": "VND",
    "đ": "VND", "฿": "THB", "₪": "ILS", "₱": "PHP", "₦": "NGN", "₸": "KZT", "￥": "JPY", "tl": "TRY",
    "lei": "RON", "gh₵": "GHS", "₡": "CRC", "s/": "PEN", "s/.": "PEN", "ksh": "KES", "euro": "EUR",
    "euros": "EUR", "dollar": "USD", "dollars": "USD", "pounds": "GBP", "rupees": "INR", "ar$": "ARS",
    "rd$": "DOP", "b/.": "PAB", "q": "GTQ", "₲": "PYG", "₵": "GHS", "₮": "MNT", "৳": "BDT", "៛": "KHR",
    "₭": "LAK", "₾": "GEL", "円": "JPY", "元": "CNY", "원": "KRW",
}  # fmt: skip
"""What names a currency beside an amount, in lower case: a sign, or a word."""
_QUARTER = re.compile(r"q\s?[1-4]", re.IGNORECASE)
"""A quarter of the year, not money of Guatemala."""
_SIGN = "|".join(re.escape(sign) for sign in sorted(CURRENCY_SIGNS, key=len, reverse=True))
_ISO_4217 = (
    "AED AFN ALL AMD ANG AOA ARS AUD AWG AZN BAM BBD BDT BGN BHD BIF BMD BND BOB BRL BSD BTN "
    "BWP BYN BZD CAD CDF CHF CLP CNY COP CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD "
    "FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF IDR ILS INR IQD IRR ISK JMD JOD JPY "
    "KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT MOP "
    "MRU MUR MVR MWK MXN MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR "
    "RON RSD RUB RWF SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT "
    "TND TOP TRY TTD TWD TZS UAH UGX USD UYU UZS VES VND VUV WST XAF XCD XOF XPF YER ZAR ZMW "
    "ZWG"
)
CURRENCY_CODES = frozenset(_ISO_4217.split())
"""The currencies in use: other letters beside an amount name none."""
_NAMED = f"{_SIGN}|[a-z]{{3}}"
_IN_THOUSANDS = r"(?:eur|usd|gbp|chf|€|£)(?![a-z])"
"""What a ``T`` or ``K`` stands before that means thousands: ``TEUR 24``, ``24 T€``."""
AMOUNT = re.compile(
    rf"(?=.{{1,64}}$)(?:(?P<thousands>[tk](?={_IN_THOUSANDS}))?(?P<before>{_NAMED})\s*)?(?P<minus>[-\u2212(])?\s*"
    rf"(?:(?P<inner>{_SIGN})\s*)?(?P<number>[0-9](?:[0-9.,'\u2019\u00a0\u202f ]*[0-9])?)"
    rf"(?:(?P<ends>[.,])[-\u2013]{{1,2}}|[.,]|/[-=])?(?P<behind>[-\u2212\u2013])?\s*(?:(?P<scale>(?:k|thousand|tsd|tys|mm|mio|mln|mrd|millions?|m|bn|b|lakhs?|lacs?|l|crores?|cr|тыс|млн|triệu|tỷ)\b|[tk](?={_IN_THOUSANDS}))\.?(?:/-)?)?\s*\)?\s*(?P<after>{_NAMED})?",
    re.IGNORECASE,
)
"""The shape of an amount of money, typed or in a cell; a longer text is none."""
_NAMES = ("before", "inner", "after")
"""Where the currency may stand."""
_GROUPING_BLANKS = re.compile("(?<=[0-9])(?<![0-9]{4})['\u2019\u00a0\u202f ](?=[0-9]{3}(?![0-9]))")
_SCALES = {
    "": 1,
    **dict.fromkeys(["k", "t", "thousand", "tsd", "tys", "тыс"], 10**3),
    **dict.fromkeys(["lakh", "lakhs", "lac", "lacs", "l"], 10**5),
    **dict.fromkeys(["m", "mm", "mio", "mln", "million", "millions", "млн", "triệu"], 10**6),
    **dict.fromkeys(["crore", "crores", "cr"], 10**7),
    **dict.fromkeys(["b", "bn", "mrd", "tỷ"], 10**9),
}
DecimalMark = Literal["point", "comma"]
_MARKS: dict[DecimalMark, tuple[str, str]] = {"point": (".", ","), "comma": (",", ".")}
"""The mark of the fraction, and that of the thousands."""
AMOUNT_WORDS = 4
"""Words that an amount has at most: ``1 250 000 SEK``."""
_BETWEEN_AMOUNTS = re.compile(r"[,;:!?)\]]+(?=\s|$)|[(\[]|(?<=[\d$€£])\.(?=\s|$)")
_CURE = "write it like 24000, 24k or 1234.56"


class ParsedAmount(NamedTuple):
    """An amount and the currency that its text names, or an empty one."""

    amount: Decimal
    currency: str


def parse_amount(text: str) -> Decimal:
    """Return an amount that names no currency, as a person types it."""
    amount, named = read_amount(text)
    if named:
        raise InvalidValueError(f"{text[:40]!r} is not an amount", _CURE)
    return amount


def parse_money(text: str, currency: str = "USD") -> Money:
    """Return what a person typed as money: ``24k``, ``$40,000``, ``1.234,56 €``, ``EUR 500``.

    Refuses what could be read in two ways (``1.234``), negative, endless and foreign digits.
    """
    amount, named = read_amount(text)
    return Money(amount=amount, currency=named or currency)


def read_amount(text: str, mark: DecimalMark | None = None) -> ParsedAmount:
    """Return an amount to the hundredth, and the currency that the text names, if any.

    ``mark`` is the decimal mark where a whole column has proven it; one amount alone must prove its
    own.
    """
    found = AMOUNT.fullmatch(text.strip())
    currency = _currency(found) if found else None
    if not found or currency is None or _may_be_no_money(found, currency):
        raise InvalidValueError(f"{text[:40]!r} is not an amount", _CURE)
    if found["minus"] or found["behind"]:
        raise InvalidValueError(f"{text[:40]!r} is negative", _CURE)
    amount = _number(found, mark)
    if _is_credit(found, amount, currency):
        raise InvalidValueError(f"{text[:40]!r} is a credit", _CURE)
    if amount > MAX_AMOUNT:
        raise InvalidValueError(f"{text[:40]!r} is more than any deal is worth", _CURE)
    return ParsedAmount(round_cents(amount), currency)


def amounts_at(words: Sequence[str]) -> Iterator[tuple[ParsedAmount, int]]:
    """Yield the amounts with which words may begin, the longest first, and of how many words each is."""
    for count in range(min(len(words), AMOUNT_WORDS), 0, -1):
        with suppress(InvalidValueError):
            yield read_amount(" ".join(words[:count])), count


def prices_in(text: str) -> Iterator[tuple[str, ParsedAmount]]:
    """Yield the amounts in a text that name their currency by a sign, a code or a whole word, as they are written."""
    for words in map(str.split, _BETWEEN_AMOUNTS.split(text)):
        place = 0
        while place < len(words):
            for amount, count in amounts_at(words[place : place + AMOUNT_WORDS]):
                if amount.currency and _is_price(written := " ".join(words[place : place + count])):
                    yield written, amount
                    place += count - 1
                    break
            place += 1


def _is_price(written: str) -> bool:
    """Tell whether an amount in a text names its currency for sure; ``try 2`` and ``all 40`` are no money."""
    found = AMOUNT.fullmatch(written)
    signs = [found[part] for part in _NAMES if found[part]] if found else []
    return any(not sign.isalpha() or sign.isupper() or len(sign) > 3 for sign in signs)


def names_currency(text: str) -> bool:
    """Tell whether a text has the shape of an amount, right or not, and names its currency."""
    found = AMOUNT.fullmatch(text.strip())
    return found is not None and bool(_currency(found))


def _may_be_no_money(found: re.Match[str], currency: str) -> bool:
    """Tell whether it is a quarter (``Q3``) or counts in ``L``, which are lakhs of rupees alone."""
    is_lakh = (found["scale"] or "").lower() == "l"
    return bool(_QUARTER.fullmatch(found[0])) or (is_lakh and currency != "INR")


def _is_credit(found: re.Match[str], amount: Decimal, currency: str) -> bool:
    """Tell whether ``1,234.56 CR`` is a credit of the accounts: nobody sells so many crores."""
    most = 1000 if currency == "INR" else 100
    return (found["scale"] or "") == "CR" and amount >= most * _SCALES["cr"]


@lru_cache(maxsize=1024)
def currency_named(text: str) -> str:
    """Return the code of the currency that a text names alone (``eur``, ``€``, ``Euro``), or nothing."""
    word = text.strip().lower()
    code = CURRENCY_SIGNS.get(word, word.upper())
    return code if code in CURRENCY_CODES else ""


def _currency(found: re.Match[str]) -> str | None:
    """Return the currency that is named, or nothing; ``None`` for two, or for letters that are none.

    In ``CAD $500`` the sign only repeats that it is money.
    """
    signs = (found["before"] or found["inner"], found["after"])
    codes = {CURRENCY_SIGNS.get(sign.lower(), sign.upper()) for sign in signs if sign}
    if len(codes) > 1 or not codes <= CURRENCY_CODES:
        return None
    return codes.pop() if codes else ""


def parse_number(text: str, what: str, cure: str) -> Decimal:
    """Return an exact number that names no currency; the error says that it is not ``what``."""
    found = AMOUNT.fullmatch(text.strip())
    if (
        not found
        or found["minus"]
        or any(found[part] for part in _NAMES)
        or _may_be_no_money(found, "")
    ):
        raise InvalidValueError(f"{text[:40]!r} is not {what}", cure)
    return _number(found, None)


def parse_whole(text: str, most: int, what: str, cure: str) -> int:
    """Return a whole number from 1 to ``most``."""
    number = parse_number(text, what, cure)
    if number != number.to_integral_value() or not 1 <= number <= most:
        raise InvalidValueError(f"{text[:40]!r} is not {what}", cure)
    return int(number)


def _number(found: re.Match[str], mark: DecimalMark | None) -> Decimal:
    """Return the exact number that was found, with its ``k`` or ``m`` counted in."""
    number = found["number"]
    digits = _GROUPING_BLANKS.sub("", number)
    mark = mark or proven_mark(found) or _without_proof(digits)
    point, group = _MARKS[mark]
    whole, _, fraction = digits.partition(point)
    if not (whole.replace(group, "") + (fraction or "0")).isdigit() or not _is_grouped(
        whole, group
    ):
        raise InvalidValueError(f"{number[:40]!r} is grouped oddly", _CURE)
    exact = Decimal(f"{whole.replace(group, '')}.{fraction or 0}")
    return exact * _SCALES[(found["scale"] or found["thousands"] or "").lower()]


def decimal_mark(digits: str) -> DecimalMark | None:
    """Return the decimal mark that a number proves; ``1,234`` and ``1.234`` prove none."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        return "comma" if comma > point else "point"
    mark: DecimalMark = "comma" if comma >= 0 else "point"
    parts = digits.split(_MARKS[mark][0])
    if len(parts) > 2:
        return "point" if mark == "comma" else "comma"
    whole, fraction = parts if len(parts) == 2 else (digits, "")
    is_fraction = len(fraction) != 3 or len(whole) > 3 or not whole.strip("0")
    return mark if is_fraction else None


def proven_mark(found: re.Match[str]) -> DecimalMark | None:
    """Return the decimal mark that an amount proves, by its digits or by what stands for no cents: ``9.000,-``."""
    ends, number = found["ends"], found["number"]
    if ends:  # 24.000.- is in thousands: the mark that stands inside parts them
        return "comma" if (ends == ",") != (ends in number) else "point"
    return decimal_mark(number)


def _without_proof(digits: str) -> DecimalMark:
    """Return the mark that goes without saying: ``1,234`` is in thousands, ``1.234`` is asked."""
    whole, point, fraction = digits.partition(".")
    if point:
        cure = f"write {whole}{fraction} or {whole}.{fraction[:2]}"
        raise InvalidValueError(f"{digits} may mean thousands or a fraction", cure)
    return "point"


def _is_grouped(whole: str, group: str) -> bool:
    """Return whether digits stand in threes, or by the Indian lakh: 12,34,567."""
    first, *groups = whole.split(group)
    if not groups:
        return True
    inner = {len(part) for part in groups[:-1]}
    return 1 <= len(first) <= 3 and len(groups[-1]) == 3 and inner <= {2, 3}
