"""Columns of plain text that line up, wide and combining characters included."""

from collections.abc import Iterator, Sequence

from review_board.pipeline.cells import cells, fit

__all__ = ["cells", "fit", "table"]

GAP = "  "


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
