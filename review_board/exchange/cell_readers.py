"""From a cell to a value: what is empty, yes and no, probabilities.

Each ``…_reader`` looks at a whole column first and returns a function that reads one cell of it;
that function gives ``None`` for an empty cell and raises ``InvalidValueError`` for one it cannot
read. Days and amounts, which need more, are read by modules of their own.
"""

import re
from collections.abc import Callable, Iterable
from decimal import Decimal
from functools import cache
from typing import TypeVar

from review_board.errors import InvalidValueError
from review_board.pipeline.fields import SHARE_SHAPE, read_share
from review_board.pipeline.text import fold
from review_board.pipeline.typed_amounts import CURRENCY_CODES, currency_named

T = TypeVar("T")
Reader = Callable[[str], T | None]

_EMPTY = {
    "",
    "-",
    "--",
    "–",
    "—",
    "n/a",
    "n.a.",
    "?",
    "na",
    "#n/a",
    "null",
    "none",
    "(none)",
    "not set",
    "k.a.",
}
_CURRENCY_NAMES = {
    "us dollar": "USD", "us-dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD",
    "australian dollar": "AUD", "british pound": "GBP", "pound sterling": "GBP", "pound": "GBP",
    "swiss franc": "CHF", "schweizer franken": "CHF", "franc suisse": "CHF", "franken": "CHF",
    "indian rupee": "INR", "japanese yen": "JPY", "yen": "JPY", "mexican peso": "MXN", "peso mexicano": "MXN",
    "brazilian real": "BRL", "real": "BRL", "zloty": "PLN", "swedish krona": "SEK", "danish krone": "DKK",
    "norwegian krone": "NOK", "рубль": "RUB", "доллар": "USD", "евро": "EUR",
}  # fmt: skip
"""Names of currencies without an s at their end, as a column for them has them."""
_CODE = re.compile(r"\b[A-Z]{3}\b")
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
_SHEET_ERRORS = frozenset(["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"])
_OWN_ADDRESS = re.compile(r"\s*[(<][^()<>@]{1,64}@[^()<>@]{1,200}[)>]$")
_MODULE = re.compile(r"\w{2,30}::::")
_LINKED = re.compile(
    r"(?P<text>[^()\[\]]+?)\s*\(https?://[^\s()]+\)|\[(?P<label>[^\]]+)\]\(https?://[^)]*\)"
)
_PAGE = re.compile(
    r"<a\s[^<>]*>([^<>]*)</a>|=HYPERLINK\(\s*\"[^\"]*\"\s*[,;]\s*\"([^\"]*)\"\s*\)", re.IGNORECASE
)
_LIST_IDS = re.compile(r"(?:^|;#)\d+;#")
"""What SharePoint puts before each name of a cell: ``5;#Mia Brandt;#7;#Joe Kern``."""
_JSON_TEXTS = re.compile(r'\[\s*"([^"\\\]]*(?:"\s*,\s*"[^"\\\]]*)*)"\s*\]')
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
        cell = _PAGE.sub(lambda found: found[1] or found[2] or "", cell)
    if ";#" in cell:
        cell = _LIST_IDS.sub("; ", cell).removeprefix("; ")
    if texts := _JSON_TEXTS.fullmatch(cell.strip()):
        cell = "; ".join(re.split(r'"\s*,\s*"', texts[1]))
    text = cell.strip()
    return "" if text in _SHEET_ERRORS else unguarded(text)


def owner_name(cell: str) -> str:
    """Return the name of a colleague without the address behind it: ``Rob Lane (rob@us.example)``."""
    text = undecorated(cell)
    return (_OWN_ADDRESS.sub("", text[:300]) or text) if "@" in text else text


def currency_in(cell: str) -> str:
    """Return the currency of a cell for it: named alone, or by its only code ("USD - US dollar"), or nothing."""
    if code := currency_named(cell) or _CURRENCY_NAMES.get(
        fold(cell[:40].strip()).removesuffix("s")
    ):
        return code
    codes = {found for found in _CODE.findall(cell[:60]) if found in CURRENCY_CODES}
    return codes.pop() if len(codes) == 1 else ""


def read_currency(cell: str) -> str:
    """Read the code of a currency, also where a sign or its name stands for it."""
    if code := currency_in(cell):
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


def is_risky(cell: str) -> bool:
    """Return whether a spreadsheet would run the cell as a formula."""
    return bool(_RISKY.match(cell))


def unguarded(cell: str) -> str:
    """Return the cell without the ``'`` that an export puts before a formula; any other unchanged."""
    return cell[1:] if cell[:1] == "'" and _RISKY.match(cell) else cell
