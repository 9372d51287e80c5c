"""Columns of amounts: which mark is the decimal one, by the currency of each cell, and what is read.

A column may hold ``¥1,000`` beside ``₫1.000.000``: what one currency proves says nothing of another.
A cell that may be either is left open rather than read as a thousandth.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal

from review_board.errors import InvalidValueError
from review_board.exchange.cell_readers import Reader, cached_reader
from review_board.exchange.header_words import word_set
from review_board.exchange.import_result import UnclearError
from review_board.pipeline.typed_amounts import (
    AMOUNT,
    DecimalMark,
    ParsedAmount,
    currency_named,
    proven_mark,
    read_amount,
)
from review_board.wording import listed

_SCIENTIFIC = re.compile(r"\d(?:[.,]\d{1,15})?e\+?\d{1,2}", re.IGNORECASE | re.ASCII)
"""A large number as a spreadsheet shortens it."""
_SHARED_SIGN = re.compile(r"(?:^|(?<=[\d\s.,-]))(kr|bs)\.?(?=$|[\d\s-])", re.IGNORECASE)
_SHARED_BY = {"kr": ("SEK", "NOK", "DKK", "ISK"), "bs": ("BOB", "VES")}
"""Signs of several currencies: which is meant is asked."""
_LAKHS = re.compile(r"[\d.,]+\s*L", re.IGNORECASE | re.ASCII)
_ROUGH = re.compile(
    r"\D{0,8}\d[\d.,'\u2019\s]{0,20}[kml]?\b(?:\s*(?:-|–|/|to|bis|à)\s*\D{0,4}\d[\d.,'\s]{0,20}[km]?)?"
    r"\+?[^\d\n]{0,12}",
    re.IGNORECASE,
)
"""An amount said roughly: "10k-15k", "~7500", "8000 EUR/yr"."""
_LONGEST, _BARE_DIGITS = 64, 12
_WITHOUT_CENTS = word_set("CLP COP HUF IDR ISK JPY KRW LAK PYG UGX VND XAF XOF")
"""Currencies in which nobody writes a fraction: a mark before three digits groups them."""
_THIN_BLANKS = re.compile("[\u2000-\u200a\u2060\u205f]")
_ARABIC_MARKS = {0x66B: ".", 0x66C: ",", 0x60C: ","}


def _is_bare(text: str) -> bool:
    """Return whether a text is a number without any sign, as most are: there is nothing to make out."""
    return len(text) <= _BARE_DIGITS and text.isascii() and text.isdigit()


def plain_digits(cell: str) -> str:
    """Return an amount with its digits and marks as they are typed here: of full width, Arabic."""
    if cell.isascii() or len(cell) > _LONGEST:
        return cell
    cell = _THIN_BLANKS.sub("\u202f", cell)
    wide = "".join(
        unicodedata.normalize("NFKC", sign) if 0xFF01 <= ord(sign) <= 0xFF5E else sign
        for sign in cell
    )
    digits = "".join(str(unicodedata.decimal(sign)) if sign.isdecimal() else sign for sign in wide)
    return digits.translate(_ARABIC_MARKS)


def amount_reader(
    cells: Iterable[str],
    header: str,
    mark: DecimalMark | None,
    currency: str = "",
    *,
    is_beside: bool = False,
) -> Reader[ParsedAmount]:
    """Return a reader of a column of amounts; its decimal mark is given, or proven by the values.

    A column in which every mark may be either, or ``kr`` any of four currencies, raises
    ``InvalidValueError`` and asks which. ``currency`` is that of the list; where one stands beside
    each amount (``is_beside``), a sign of several names none.
    """
    distinct = map(str.strip, dict.fromkeys(cells))
    texts = [plain_digits(cell) for cell in distinct if not _is_bare(cell)]
    for cell in texts:
        shared = _SHARED_SIGN.search(cell) if len(cell) <= _LONGEST else None
        codes = _SHARED_BY[shared[1].lower()] if shared else ()
        if codes and currency not in codes and not is_beside:
            told = f"column {header!r}: {cell[:40]!r} may be {listed(codes, 'or')}"
            raise UnclearError("shared_sign", told, "say which with --currency")
    marks = _Marks({"": _Proof()}, "") if mark else _Marks.of(texts, header)

    def read(cell: str) -> ParsedAmount:
        if _is_bare(cell):
            return ParsedAmount(Decimal(cell), "")
        text = plain_digits(cell)
        if _SCIENTIFIC.fullmatch(text):
            return read_amount(f"{Decimal(text.replace(',', '.')):f}", "point")
        if len(text) <= _LONGEST and _SHARED_SIGN.search(text):
            bare = _SHARED_SIGN.sub("", text)
            shared = "" if is_beside else currency
            return ParsedAmount(read_amount(bare, mark or marks.mark_of(bare)).amount, shared)
        if currency == "INR" and _LAKHS.fullmatch(text):
            text = f"INR {text}"
        return read_amount(text, mark or marks.mark_of(text))

    return cached_reader(read)


def amount_in_doubt(cells: Iterable[str]) -> str:
    """Return an amount of a column that may be thousands or a fraction, as no other proves which."""
    distinct = map(str.strip, dict.fromkeys(cells))
    return _Marks.of(plain_digits(cell) for cell in distinct if not _is_bare(cell)).in_doubt()


def common_currency(cells: Iterable[str]) -> str:
    """Return the one currency that at least half of the amounts of a column name, or nothing."""
    found: Counter[str] = Counter()
    for cell, times in Counter(map(str.strip, cells)).items():
        if _is_bare(cell):
            found[""] += times
        elif amount := AMOUNT.fullmatch(plain_digits(cell)):
            found[_named_in(amount)] += times
    named = [code for code in found if code]
    return named[0] if len(named) == 1 and found[named[0]] * 2 >= found.total() else ""


def looks_like_amount(cell: str) -> bool:
    """Return whether a cell is an amount, be it said roughly."""
    text = plain_digits(cell.strip())
    shapes = (_ROUGH, _SCIENTIFIC)
    return bool(
        AMOUNT.fullmatch(text)
        or (len(text) <= 40 and any(shape.fullmatch(text) for shape in shapes))
    )


def _named_in(amount: re.Match[str]) -> str:
    """Return the currency that stands beside an amount, or nothing."""
    sign = amount["before"] or amount["inner"] or amount["after"]
    return currency_named(sign) if sign else ""


@dataclass(slots=True)
class _Proof:
    """What the amounts of one currency prove of its marks."""

    examples: dict[DecimalMark, str] = field(default_factory=dict)
    ambiguous: str = ""
    has_fraction: bool = False

    def add(self, amount: re.Match[str]) -> None:
        """Note what an amount with a mark in its number proves."""
        cell, number = amount[0].strip(), amount["number"]
        if proven := proven_mark(amount):
            self.examples.setdefault(proven, cell)
            self.has_fraction |= ("." if proven == "point" else ",") in number
        elif "." in number:
            self.ambiguous = self.ambiguous or cell


@dataclass(frozen=True, slots=True)
class _Marks:
    """The decimal mark of each currency in a column, as far as its amounts prove one."""

    proofs: dict[str, _Proof]
    unnamed: str
    """The currency of the amounts that name none: the only one that others name, if there is one."""

    @classmethod
    def of(cls, cells: Iterable[str], header: str = "") -> "_Marks":
        """Look through a column; ``InvalidValueError`` where one with a name proves nothing."""
        found = [
            amount for cell in cells if (amount := AMOUNT.fullmatch(_SHARED_SIGN.sub("", cell)))
        ]
        named = {_named_in(amount) for amount in found} - {""}
        unnamed = next(iter(named)) if len(named) == 1 else ""
        proofs: dict[str, _Proof] = {code: _Proof() for code in {*named, unnamed}}
        for amount in found:
            if {",", "."} & set(amount["number"]):
                proofs[_named_in(amount) or unnamed].add(amount)
        marks = cls(proofs, unnamed)
        if header and (asked := marks.in_doubt()):
            raise UnclearError(
                "decimal",
                f"column {header!r}: {asked[:40]} may mean thousands or a fraction",
                "say which with --decimal point or --decimal comma",
            )
        return marks

    def in_doubt(self) -> str:
        """Return an amount that may be thousands or a fraction, where no other proves which; else nothing."""
        asked = [
            proof.ambiguous
            for code, proof in self.proofs.items()
            if proof.ambiguous and code not in _WITHOUT_CENTS
        ]
        return asked[0] if asked and not any(p.examples for p in self.proofs.values()) else ""

    def mark_of(self, cell: str) -> DecimalMark:
        """Return the decimal mark of a cell; ``InvalidValueError`` where it may be either."""
        amount = AMOUNT.fullmatch(cell)
        number = amount["number"] if amount else ""
        if not amount or not {",", "."} & set(number):
            return "point"
        if own := proven_mark(amount):
            return own
        grouped: DecimalMark = "point" if "," in number else "comma"
        code = _named_in(amount) or self.unnamed
        proof = self.proofs.get(code, _Proof())
        if proof.examples.keys() == {grouped} or code in _WITHOUT_CENTS:
            return grouped
        if proof.has_fraction and len(proof.examples) == 1:
            return next(iter(proof.examples))
        unopposed = all(other.examples.keys() <= {grouped} for other in self.proofs.values())
        # $1,000 goes without saying, whatever other currencies prove
        if unopposed or (grouped == "point" and _named_in(amount) and not proof.examples):
            return grouped
        raise InvalidValueError(f"{cell[:40]} may mean thousands or a fraction")
