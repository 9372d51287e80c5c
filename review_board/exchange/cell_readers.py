"""From a cell to a value: what is empty, yes and no, probabilities, amounts.

Each ``…_reader`` looks at a whole column first and returns a function that reads one cell of it;
that function gives ``None`` for an empty cell and raises ``InvalidValueError`` for one it cannot
read. Days, which need more, are read by a module of their own.
"""

import re
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
    decimal_mark,
    read_amount,
)

T = TypeVar("T")
Reader = Callable[[str], T | None]

_EMPTY = {"", "-", "--", "–", "—", "n/a", "na", "#n/a", "null", "none", "(none)", "not set", "k.a."}
_FLAGS = {
    **dict.fromkeys(["true", "yes", "y", "t", "1", "x", "ja", "wahr", "si", "verdadero"], True),
    **dict.fromkeys(["false", "no", "n", "f", "0", "nein", "falsch", "falso"], False),
}
_RISKY = re.compile(r"'*[=+\-@\t\r]")
"""What a spreadsheet would run as a formula."""


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


def amount_reader(
    cells: Iterable[str], header: str, mark: DecimalMark | None
) -> Reader[ParsedAmount]:
    """Return a reader of a column of amounts; its decimal mark is given, or proven by the values.

    A column in which every mark may be either raises ``InvalidValueError`` and asks which.
    """
    proven = mark or _proven_mark(cells, header)
    return cached_reader(lambda cell: read_amount(cell, proven))


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


def unguarded(cell: str) -> str:
    """Return the cell without the ``'`` that an export puts before a formula; any other unchanged."""
    return cell[1:] if cell[:1] == "'" and _RISKY.match(cell) else cell
