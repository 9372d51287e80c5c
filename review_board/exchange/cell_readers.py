"""From a cell to a value: what is empty, yes and no, probabilities, amounts.

Each ``…_reader`` looks at a whole column first and returns a function that reads one cell of it;
that function gives ``None`` for an empty cell and raises ``InvalidValueError`` for one it cannot
read. Days, which need more, are read by a module of their own.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import TypeVar

from review_board.errors import InvalidValueError
from review_board.pipeline.fields import SHARE_SHAPE, read_share
from review_board.pipeline.text import fold
from review_board.pipeline.typed_amounts import (
    AMOUNT,
    DecimalMark,
    ParsedAmount,
    currency_named,
    decimal_mark,
    read_amount,
)

T = TypeVar("T")
Reader = Callable[[str], T | None]

_EMPTY = {"", "-", "--", "–", "—", "n/a", "na", "#n/a", "null", "none", "(none)", "not set", "k.a."}
_COUNT = re.compile(r"(\d{1,5})(?:\.0+)?", re.ASCII)
_FLAGS = {
    **dict.fromkeys(
        [
            "true",
            "yes",
            "y",
            "t",
            "1",
            "x",
            "ja",
            "wahr",
            "si",
            "verdadero",
            "oui",
            "vrai",
            "sim",
            "verdadeiro",
            "vero",
            "waar",
            "да",
            "co",
            "1.0",
        ],
        True,
    ),
    **dict.fromkeys(
        [
            "false",
            "no",
            "n",
            "f",
            "0",
            "nein",
            "falsch",
            "falso",
            "non",
            "faux",
            "nao",
            "nee",
            "onwaar",
            "нет",
            "khong",
            "0.0",
        ],
        False,
    ),
}
_SCIENTIFIC = re.compile(r"\d(?:[.,]\d{1,15})?e\+?\d{1,2}", re.IGNORECASE | re.ASCII)
"""A large number as a spreadsheet shortens it."""
_CROWNS = re.compile(r"(?:^|(?<=[\d\s.,-]))kr\.?(?=$|[\d\s-])", re.IGNORECASE)
_CROWN_CURRENCIES = frozenset({"DKK", "ISK", "NOK", "SEK"})
_ROUGH = re.compile(
    r"\D{0,8}\d[\d.,'\u2019\s]{0,20}[km]?\b(?:\s*(?:-|–|/|to|bis|à)\s*\D{0,4}\d[\d.,'\s]{0,20}[km]?)?"
    r"\+?[^\d\n]{0,12}",
    re.IGNORECASE,
)
"""An amount said roughly: "10k-15k", "~7500", "8000 EUR/yr"."""
_SHEET_ERRORS = frozenset(["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"])
_OWN_ADDRESS = re.compile(r"\s*[(<][^()<>@]{1,64}@[^()<>@]{1,200}[)>]$")
_MODULE = re.compile(r"\w{2,30}::::")
_LINKED = re.compile(
    r"(?P<text>[^()\[\]]+?)\s*\(https?://[^\s()]+\)|\[(?P<label>[^\]]+)\]\(https?://[^)]*\)"
)
_RISKY = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""What a spreadsheet would run as a formula."""
_LONGEST_LINK = 2000
"""Characters of a cell that is looked through for page addresses."""


def is_empty(cell: str) -> bool:
    """Return whether a typed cell says nothing."""
    return cell.strip().casefold() in _EMPTY


def cached_reader(read: Callable[[str], T]) -> Reader[T]:
    """Return a reader that gives ``None`` for empty cells and reads each distinct text once."""

    @cache
    def once(cell: str) -> T | None:
        return None if is_empty(cell) else read(cell.strip())

    return once


def plain_text(cell: str) -> str | None:
    """Return the text of a cell, freed of the guard of formulas; ``None`` for an empty one."""
    text = cell.strip()
    return unguarded(text) if text else None


def undecorated(cell: str) -> str:
    """Return a text without what a CRM wraps around it: ``Accounts::::Birch``, ``Birch (https://…)``."""
    if "::::" in cell:
        cell = _MODULE.sub("", cell)
    if "://" in cell and len(cell) <= _LONGEST_LINK:
        cell = _LINKED.sub(lambda found: found["text"] or found["label"], cell)
    text = cell.strip()
    return "" if text in _SHEET_ERRORS else unguarded(text)


def owner_name(cell: str) -> str:
    """Return the name of a colleague without the address behind it: ``Rob Lane (rob@us.example)``."""
    text = undecorated(cell)
    return (_OWN_ADDRESS.sub("", text[:300]) or text) if "@" in text else text


def read_currency(cell: str) -> str:
    """Read the code of a currency, also where a sign or its name stands for it."""
    if code := currency_named(cell):
        return code
    raise InvalidValueError(f"{cell[:20]!r} is no currency code")


def read_flag(cell: str) -> bool:
    """Read a yes or no in the words of a CRM or a spreadsheet."""
    flag = _FLAGS.get(fold(cell.strip()))
    if flag is None:
        raise InvalidValueError(f"{cell[:40]!r} is neither yes nor no")
    return flag


def looks_like_flag(cell: str) -> bool:
    """Return whether a cell says yes or no."""
    return fold(cell.strip()) in _FLAGS


def share_reader(cells: Iterable[str]) -> Reader[Decimal]:
    """Return a reader of a column of probabilities.

    A number above 1 proves that those without a sign are percents. Where no cell has a sign either,
    they are fractions, and a ``1``, which typed alone may mean two things, is certain.
    """
    found = [match for cell in set(cells) if (match := SHARE_SHAPE.fullmatch(cell.strip()))]
    unsigned = [Decimal(match[1].replace(",", ".")) for match in found if not match[2]]
    has_percents = any(number > 1 for number in unsigned)
    is_proven = has_percents or len(unsigned) == len(found)
    percent = has_percents if is_proven else None
    return cached_reader(lambda cell: read_share(cell, is_percent=percent))


def looks_like_count(cell: str) -> bool:
    """Return whether a cell is a whole number, as spreadsheets write it too: ``9``, ``9.0``."""
    return bool(_COUNT.fullmatch(cell.strip()))


def read_count(cell: str) -> int | None:
    """Return how often; none is as good as nothing said."""
    if found := _COUNT.fullmatch(cell):
        return int(found[1]) or None
    raise InvalidValueError(f"{cell[:40]!r} is no count")


def amount_reader(
    cells: Iterable[str], header: str, mark: DecimalMark | None, currency: str = ""
) -> Reader[ParsedAmount]:
    """Return a reader of a column of amounts; its decimal mark is given, or proven by the values.

    A column in which every mark may be either, or ``kr`` any of four currencies, raises
    ``InvalidValueError`` and asks which.
    """
    texts = list(dict.fromkeys(cells))
    crowns = next((cell for cell in texts if len(cell) <= 64 and _CROWNS.search(cell)), None)
    if crowns and currency not in _CROWN_CURRENCIES:
        raise InvalidValueError(
            f"column {header!r}: {crowns[:40]!r} may be SEK, NOK, DKK or ISK",
            "say which with --currency",
        )
    proven = mark or _proven_mark(texts, header)
    return cached_reader(lambda cell: _read_money(cell, proven, currency))


def common_currency(cells: Iterable[str]) -> str:
    """Return the one currency that at least half of the amounts of a column name, or nothing."""
    found: Counter[str] = Counter()
    for cell, times in Counter(cells).items():
        if amount := AMOUNT.fullmatch(cell.strip()):
            sign = amount["before"] or amount["inner"] or amount["after"]
            found[currency_named(sign) if sign else ""] += times
    named = [code for code in found if code]
    return named[0] if len(named) == 1 and found[named[0]] * 2 >= found.total() else ""


def _read_money(cell: str, mark: DecimalMark, currency: str) -> ParsedAmount:
    if _SCIENTIFIC.fullmatch(cell):
        return read_amount(f"{Decimal(cell.replace(',', '.')):f}", "point")
    if len(cell) <= 64 and _CROWNS.search(cell):
        return ParsedAmount(read_amount(_CROWNS.sub("", cell), mark).amount, currency)
    return read_amount(cell, mark)


def looks_like_amount(cell: str) -> bool:
    """Return whether a cell is an amount, be it said roughly."""
    text = cell.strip()
    shapes = (_ROUGH, _SCIENTIFIC)
    return bool(
        AMOUNT.fullmatch(text)
        or (len(text) <= 40 and any(shape.fullmatch(text) for shape in shapes))
    )


def _proven_mark(cells: Iterable[str], header: str) -> DecimalMark:
    """Return the one mark that the amounts prove; ``point`` where none needs a proof."""
    examples: dict[DecimalMark, str] = {}
    ambiguous = ""
    for cell in dict.fromkeys(cells):
        found = AMOUNT.fullmatch(cell.strip())
        if not found or not {",", "."} & set(found["number"]):
            continue
        if proven := decimal_mark(found["number"]):
            examples.setdefault(proven, cell.strip())
        elif "." in found["number"]:
            ambiguous = ambiguous or cell.strip()
    if ambiguous and len(examples) != 1:
        raise InvalidValueError(
            f"column {header!r}: {ambiguous[:40]} may mean thousands or a fraction",
            "say which with --decimal point or --decimal comma",
        )
    if len(examples) > 1:
        raise InvalidValueError(
            f"column {header!r} mixes {examples['point'][:40]} and {examples['comma'][:40]}",
            "write all amounts in one way",
        )
    return next(iter(examples), "point")


def is_risky(cell: str) -> bool:
    """Return whether a spreadsheet would run the cell as a formula."""
    return bool(_RISKY.match(cell))


def unguarded(cell: str) -> str:
    """Return the cell without the ``'`` that an export puts before a formula; any other unchanged."""
    return cell[1:] if cell[:1] == "'" and _RISKY.match(cell) else cell
