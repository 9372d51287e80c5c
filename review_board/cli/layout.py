"""Columns of plain text that line up, wide and combining characters included."""

from collections.abc import Iterator, Sequence

from review_board.cli.signs import writable
from review_board.textlayout import cells, fit, wrapped

__all__ = ["WIDE", "cells", "fit", "hanging", "table"]

GAP = "  "
INDENT = "    "
WIDE = 80
"""What a line of words takes at most."""
LEAST = 12
"""Cells that are left to a column when the terminal is too narrow for all of them."""
ROOM = 30
"""Cells that the last column needs to stand beside the others; with fewer it goes below them."""


def table(
    rows: Sequence[Sequence[str]],
    limits: Sequence[int],
    right: frozenset[int] = frozenset(),
    width: int | None = None,
) -> Iterator[str]:
    """Rows as lines; each column as wide as it needs and its limit allows, the last one free.

    In a ``width`` the last one is broken between words, beside the others or, without room, below.
    """
    rows = [[writable(cell) for cell in row] for row in rows]
    widths = [
        min(limit, max((cells(row[place]) for row in rows), default=0))
        for place, limit in enumerate(limits)
    ]
    widths = widths if width is None else _narrowed(widths, width)
    before = len(GAP.join(" " * size for size in widths))
    tails = [GAP.join(row[len(widths) :]) for row in rows]
    room = None if width is None else width - before - len(GAP)
    below = room is not None and room < min(ROOM, max(map(cells, tails), default=0))
    for row, tail in zip(rows, tails, strict=True):
        head = GAP.join(_cell(row[p], size, right=p in right) for p, size in enumerate(widths))
        if room is None or not tail:
            yield f"{head}{GAP if tail else ''}{tail}".rstrip()
        elif below:
            yield head.rstrip()
            yield from (INDENT + line for line in _broken(tail, (width or 0) - len(INDENT)))
        else:
            first, *rest = _broken(tail, room)
            yield f"{head}{GAP}{first}"
            yield from (" " * (before + len(GAP)) + line for line in rest)


def _cell(text: str, size: int, *, right: bool) -> str:
    """A text in so many cells, also where the mark of what is cut takes more than one."""
    over = cells(writable(fit(text, size, right=right))) - size
    if over <= 0:
        return fit(text, size, right=right)
    return fit(writable(fit(text, size - over)), size, right=right)


def _narrowed(widths: list[int], width: int) -> list[int]:
    """The widest column gives way until all of them fit, as far as it can."""
    widths = list(widths)
    over = len(GAP.join(" " * size for size in widths)) - width
    if over > 0 and widths:
        widest = widths.index(max(widths))
        widths[widest] = max(min(LEAST, widths[widest]), widths[widest] - over)
    return widths


def hanging(line: str, width: int | None) -> list[str]:
    """A line broken between words; what is broken off hangs under its beginning."""
    text = line.lstrip(" ")
    indent = line[: len(line) - len(text)]
    if width is None or cells(line) <= width:
        return [line]
    first, *rest = _broken(text, width - len(indent))
    more = _broken(" ".join(rest), width - len(indent) - 2) if rest else []
    return [indent + first, *(f"{indent}{GAP}{part}" for part in more)]


def _broken(text: str, room: int) -> list[str]:
    return [line.strip() for line in wrapped(text, max(1, room)) if line.strip()]
