"""Columns of money: which mark is the decimal one is decided by the whole column.

Each cell is then read as an amount that is typed, but for a mark that it does not prove itself.
"""

from collections.abc import Iterable

from review_board.errors import InvalidValueError
from review_board.exchange.values import Reader, cached_reader
from review_board.pipeline.typed_amounts import (
    AMOUNT,
    DecimalMark,
    ParsedAmount,
    decimal_mark,
    read_amount,
)


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
    proofs: dict[DecimalMark, str] = {}
    doubtful = ""
    for cell in dict.fromkeys(cells):
        found = AMOUNT.fullmatch(cell.strip())
        if not found or not {",", "."} & set(found["number"]):
            continue
        if shown := decimal_mark(found["number"]):
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
