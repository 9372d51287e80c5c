"""Columns of plain text that line up, wide and combining characters included."""

from collections.abc import Iterator, Sequence
from textwrap import wrap

from review_board.pipeline.cells import cells, fit

__all__ = ["WIDE", "cells", "fit", "table", "within"]

GAP = "  "
WIDE = 80
"""What a line of words takes at most."""


def within(line: str) -> list[str]:
    """The line in as many as it needs; those after the first hang behind its indent."""
    if len(line) <= WIDE:
        return [line]
    indent = line[: len(line) - len(line.lstrip())] + GAP
    return wrap(line, WIDE, subsequent_indent=indent, break_on_hyphens=False)


def table(
    rows: Sequence[Sequence[str]], limits: Sequence[int], right: frozenset[int] = frozenset()
) -> Iterator[str]:
    """Rows as lines; each column as wide as it needs and its limit allows, the last one free."""
    widths = [
        min(limit, max((cells(row[place]) for row in rows), default=0))
        for place, limit in enumerate(limits)
    ]
    for row in rows:
        head = [fit(row[p], width, right=p in right) for p, width in enumerate(widths)]
        yield GAP.join([*head, *row[len(widths) :]]).rstrip()
