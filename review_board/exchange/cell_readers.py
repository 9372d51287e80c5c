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
from urllib.parse import unquote

from review_board.errors import InvalidValueError
from review_board.exchange.header_words import word_set
from review_board.pipeline.fields import SHARE_SHAPE, read_share
from review_board.pipeline.stages import ASKS_FOR_NONE
from review_board.pipeline.text import fold, last_digits
from review_board.pipeline.typed_amounts import CURRENCY_CODES, currency_named

T = TypeVar("T")
Reader = Callable[[str], T | None]

_EMPTY = word_set("- -- – — n/a n.a. ? na #n/a null none (none) k.a.") | frozenset(
    ("", "not set", "not closed", "no tasks", "не закрыта", "нет задач")
)
_CURRENCY_NAMES = {
    "us dollar": "USD", "us-dollar": "USD", "american dollar": "USD", "canadian dollar": "CAD",
    "australian dollar": "AUD", "british pound": "GBP", "pound sterling": "GBP", "pound": "GBP",
    "swiss franc": "CHF", "schweizer franken": "CHF", "franc suisse": "CHF", "franken": "CHF",
    "indian rupee": "INR", "japanese yen": "JPY", "yen": "JPY", "mexican peso": "MXN", "peso mexicano": "MXN",
    "brazilian real": "BRL", "real": "BRL", "zloty": "PLN", "złoty": "PLN", "swedish krona": "SEK", "danish krone": "DKK",
    "norwegian krone": "NOK", "рубль": "RUB", "россиискии рубль": "RUB", "доллар сша": "USD", "доллар": "USD", "евро": "EUR",
}  # fmt: skip
"""Names of currencies without an s at their end, as a column for them has them."""
_CODE = re.compile(r"\b[A-Z]{3}\b")
_ONE_SHARE = re.compile(r"\d{1,3}(?:[.,]\d{1,2})?\s?%", re.ASCII)
_REFUSAL = re.compile(rf"{ASKS_FOR_NONE}|do not|block|never|\bstop|geblokkeerd")
_THOUSANDS = re.compile(r"\d{1,3}[.,]000", re.ASCII)
_COUNT = re.compile(r"(\d{1,5})(?:\.0+)?", re.ASCII)
_YES = "true yes y t 1 x ja wahr si verdadero oui vrai sim verdadeiro vero waar да co 1.0"
_NO = "false no n f 0 nein falsch falso non faux nao nee onwaar нет khong 0.0"
_FLAGS = dict.fromkeys(_YES.split(), True) | dict.fromkeys(_NO.split(), False)
_SHEET_ERRORS = frozenset(["#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!"])
_OWN_ADDRESS = re.compile(r"\s*[(<][^()<>@]{1,64}@[^()<>@]{1,200}[)>]$")
_LAST_FIRST = re.compile(
    r"(?P<title>(?:(?:dr|prof|herr|frau|mr|mrs|ms|ing|mag)\.?\s+)*)(?P<last>[^\W\d][\w'\u2019.-]*(?:\s[\w'\u2019.-]+){0,2}),"
    r"\s*(?P<first>(?!c[efotio]o$|head\b|director|manager|vp\b|inc\b|ltd\b|gmbh|llc)[^\W\d][\w'\u2019.-]*(?:\s[\w'\u2019.-]+){0,2})",
    re.IGNORECASE,
)
"""A name that begins with the last: ``Voss, Ted``; no role and no form of a company follows."""
_MODULE = re.compile(r"\w{2,30}::::")
_LINKED = re.compile(
    r"(?P<text>[^()\[\]]+?)\s*\(https?://[^\s()]+\)|\[(?P<label>[^\]]+)\]\(https?://[^)]*\)"
)
_PAGE = re.compile(
    r"<a\s[^<>]*>([^<>]*)</a>|=HYPERLINK\(\s*\"[^\"]*\"\s*[,;]\s*\"([^\"]*)\"\s*\)", re.IGNORECASE
)
_BARE_PAGE = re.compile(r"https?://(?:www\.)?([^\s/?#:]+)(?::\d+)?(/[^\s?#]*)?\S*", re.IGNORECASE)
_NETWORK = re.compile(
    r"(?:^|\.)(?:linkedin|facebook|instagram|xing|notion|airtable|twitter|x|crunchbase)\.(?:com|so|site)$"
)
"""Hosts of pages of many companies."""
_PAGE_ID = re.compile(r"-?[0-9a-f]{32}$")
_LIST_IDS = re.compile(r"(?:^|;#)\d+;#")
"""What SharePoint puts before each name of a cell: ``5;#Mia Brandt;#7;#Joe Kern``."""
_JSON_TEXTS = re.compile(r'\[\s*"([^"\\\]]*(?:"\s*,\s*"[^"\\\]]*)*)"\s*\]')
_BRACKETED = re.compile(r"\[([^\[\]\"]*[^\W\d][^\[\]\"]*)\]")
"""People as ClickUp writes them: ``[Mia Brandt, Joe Kern]``."""
_JSON_NAMES = re.compile(r'\{\s*(?:"[^"\\]*"\s*:\s*"[^"\\]*"\s*(?:,\s*)?)*\}')
_JSON_NAME = re.compile(r'"[^"]*"\s*:\s*"([^"]*)"')
"""Names by their ids, as EspoCRM writes them: ``{"63a1":"Mia Brandt"}``."""
_PHONE = re.compile(r"\+[0-9]+(?: [0-9(][0-9 ()./-]*)?")
"""A number with its country: a blank before further digits is no formula of any spreadsheet."""
_RISKY = re.compile(r"'*[=+\-@\t\r＝＋－＠]")
"""What a spreadsheet would run as a formula."""
_LONGEST_LINK = 2000
"""Characters of a cell that is looked through for page addresses."""


def is_empty(cell: str) -> bool:
    """Return whether a typed cell says nothing, as the ``$ -`` of book-keepers does; a sign alone is a currency."""
    text = cell.strip()
    return (text.strip("$€£¥").strip() or text).casefold() in _EMPTY


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
    elif len(cell) <= _LONGEST_LINK and cell[:1] == "{" and _JSON_NAMES.fullmatch(cell.strip()):
        cell = "; ".join(_JSON_NAME.findall(cell))
    text = cell.strip()
    return "" if text in _SHEET_ERRORS else unguarded(text)


def company_name(cell: str) -> str:
    """Return the name of a company: of a page alone its host, and of one in a network its own part there."""
    text = undecorated(cell)
    page = _BARE_PAGE.fullmatch(text[:_LONGEST_LINK]) if "://" in text else None
    if page is None:
        return text
    host, path = page[1].lower(), _PAGE_ID.sub("", unquote(page[2] or "").rstrip("/"))
    own = path.rpartition("/")[2].replace("-", " ").strip()
    return own if own and _NETWORK.search(host) else host


def person_reader(cells: Iterable[str]) -> Callable[[str], str]:
    """Return what frees a name from all around it, and turns ``Voss, Ted`` where all of its column are so.

    Two cells prove it, the more of them with a last name of one word.
    """
    found = [_LAST_FIRST.fullmatch(cell.strip()) for cell in cells if not is_empty(cell)]
    single = sum(1 for name in found if name and " " not in name["last"])
    if len(found) < 2 or not all(found) or single * 2 <= len(found):
        return undecorated
    return lambda cell: _LAST_FIRST.sub(r"\g<title>\g<first> \g<last>", undecorated(cell))


def owner_name(cell: str) -> str:
    """Return the name of a colleague without the address behind it: ``Rob Lane (rob@us.example)``."""
    text = undecorated(cell)
    if names := _BRACKETED.fullmatch(text[:300]):
        return names[1]
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


def asks_for_none(cell: str) -> bool:
    """Return whether a cell says in words that somebody wants no calls, emails or contact."""
    return bool(_REFUSAL.search(fold(cell[:200])))


def share_reader(cells: Iterable[str]) -> Reader[Decimal]:
    """Return a reader of a column of probabilities.

    A number above 1 proves that those without a sign are percents; but where hands wrote ``40%`` and ``20``
    as they came, ``0.6`` is a fraction. Where no cell has a sign either, they are fractions, and a ``1``, which
    typed alone may mean two things, is certain. ``45.000`` among others that have no such end may be an amount.
    """
    unsigned, has_signs = _shares(map(share_in, cells))
    has_percents = any(number > 1 for number in unsigned.values())
    percent = has_percents if has_percents or not has_signs else None
    are_whole = all(number == int(number) for number in unsigned.values() if number >= 1)
    are_alike = all(map(_THOUSANDS.fullmatch, unsigned))

    def read(words: str) -> Decimal:
        cell = share_in(words)
        if _THOUSANDS.fullmatch(cell) and not are_alike:
            raise InvalidValueError(f"{cell} may be an amount")
        is_fraction = has_percents and has_signs and are_whole and unsigned.get(cell, 1) < 1
        return read_share(cell, is_percent=False if is_fraction else percent)

    return cached_reader(read)


def share_in(cell: str) -> str:
    """Return the one percentage in the words of a cell (``60% - likely``), else the cell."""
    found = _ONE_SHARE.findall(cell[:80])
    return found[0] if len(found) == 1 else cell.strip()


def doubtful_shares(cells: Iterable[str]) -> list[str]:
    """Return the numbers of 1 or less without a sign in a column that has percents as well."""
    unsigned, has_signs = _shares(cells)
    has_percents = has_signs or any(number > 1 for number in unsigned.values())
    return [cell for cell, number in unsigned.items() if 0 < number <= 1 and has_percents]


def _shares(cells: Iterable[str]) -> tuple[dict[str, Decimal], bool]:
    """Return the numbers without a sign by their cells, and whether others have one."""
    found = [
        match for cell in dict.fromkeys(cells) if (match := SHARE_SHAPE.fullmatch(cell.strip()))
    ]
    unsigned = {m[0].strip(): Decimal(m[1].replace(",", ".")) for m in found if not m[2]}
    return unsigned, any(match[2] for match in found)


def looks_like_count(cell: str) -> bool:
    """Return whether a cell is a whole number, as spreadsheets write it too: ``9``, ``9.0``."""
    return bool(_COUNT.fullmatch(cell.strip()))


def read_count(cell: str) -> int | None:
    """Return how often; none is as good as nothing said."""
    if found := _COUNT.fullmatch(cell):
        return int(found[1]) or None
    raise InvalidValueError(f"{cell[:40]!r} is no count")


def is_risky(cell: str) -> bool:
    """Return whether a spreadsheet would run the cell as a formula; it runs no phone number."""
    return bool(_RISKY.match(cell)) and not (_PHONE.fullmatch(cell) and last_digits(cell))


def unguarded(cell: str) -> str:
    """Return the cell without the ``'`` that an export puts before a formula; any other unchanged."""
    return cell[1:] if cell[:1] == "'" and _RISKY.match(cell) else cell
