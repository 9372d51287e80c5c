"""From a cell to a value: what is empty, yes and no, shares, whole numbers.

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
from review_board.exchange.guard import unguarded
from review_board.pipeline.text import fold

T = TypeVar("T")
Reader = Callable[[str], T | None]

_EMPTY = {"", "-", "--", "–", "—", "n/a", "na", "#n/a", "null", "none", "(none)", "not set", "k.a."}
_FLAGS = {
    **dict.fromkeys(["true", "yes", "y", "t", "1", "x", "ja", "wahr", "si", "verdadero"], True),
    **dict.fromkeys(["false", "no", "n", "f", "0", "nein", "falsch", "falso"], False),
}
LONGEST = 64
"""Characters above which a typed cell is no value; it keeps a hostile one from costing time."""

_SHARE = re.compile(r"(\d{1,9}(?:[.,]\d{1,9})?)\s*(%?)", re.ASCII)
_COUNT = re.compile(r"(\d{1,9})(?:[.,]0+)?", re.ASCII)


def is_empty(cell: str) -> bool:
    """Whether a typed cell says nothing."""
    return cell.strip().casefold() in _EMPTY


def remembering(read: Callable[[str], T]) -> Reader[T]:
    """A reader that gives ``None`` for empty cells and reads each distinct text once."""

    @cache
    def once(cell: str) -> T | None:
        return None if is_empty(cell) else read(cell.strip())

    return once


def plain_text(cell: str) -> str | None:
    """The text of a cell without the guard that an export puts before formulas."""
    text = cell.strip()
    return unguarded(text) if text else None


def read_flag(cell: str) -> bool:
    """Yes or no, in the words of a CRM or a spreadsheet."""
    flag = _FLAGS.get(fold(cell.strip()))
    if flag is None:
        raise InvalidValueError(f"{cell[:40]!r} is neither yes nor no")
    return flag


def read_count(cell: str) -> int:
    """A whole number of at least one."""
    found = _COUNT.fullmatch(cell[: LONGEST + 1].strip())
    if not found or int(found[1]) < 1:
        raise InvalidValueError(f"{cell[:40]!r} is not a whole number")
    return int(found[1])


def share_reader(cells: Iterable[str]) -> Reader[Decimal]:
    """A column of probabilities: percents when one has the sign or is above 1, else fractions."""
    short = {cell.strip() for cell in cells if len(cell) <= LONGEST}
    found = [match for cell in short if (match := _SHARE.fullmatch(cell))]
    percent = any(match[2] or _decimal(match[1]) > 1 for match in found)
    return remembering(lambda cell: _read_share(cell, percent=percent))


def _read_share(cell: str, *, percent: bool) -> Decimal:
    found = _SHARE.fullmatch(cell[: LONGEST + 1])
    share = _decimal(found[1]) / (100 if percent else 1) if found else Decimal(-1)
    if not 0 <= share <= 1:
        raise InvalidValueError(f"{cell[:40]!r} is not a probability of 0 to 100 %")
    return Decimal(f"{round(share, 6).normalize():f}")


def _decimal(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def looks_like_share(cell: str) -> bool:
    """Whether a cell has the shape of a probability."""
    return _SHARE.fullmatch(cell[: LONGEST + 1].strip()) is not None


def looks_like_flag(cell: str) -> bool:
    """Whether a cell says yes or no."""
    return fold(cell.strip()) in _FLAGS


def looks_like_count(cell: str) -> bool:
    """Whether a cell is a whole number."""
    return _COUNT.fullmatch(cell[: LONGEST + 1].strip()) is not None
