"""A page as plain lines for a terminal."""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from review_board.cli.ascii_fallback import writable
from review_board.cli.manual.blocks import (
    Block,
    Code,
    Heading,
    ListItem,
    Paragraph,
    Table,
    Text,
    plain,
)
from review_board.textlayout import GAP, INDENT, cells, in_columns, wrapped

LEAST = 24
"""Cells that the last column of a table needs, else its rows become entries."""
UNDERLINES = {1: "=", 2: "-"}


def plain_lines(blocks: Sequence[Block], width: int) -> Iterator[str]:
    """Yield the lines of a page, none wider than ``width`` but those of code."""
    if not blocks:
        return
    for before, block in pairwise((None, *blocks)):
        if before is not None and not (
            isinstance(before, ListItem) and isinstance(block, ListItem)
        ):
            yield ""
        assert block is not None
        yield from _lines(block, width)


def _lines(block: Block, width: int) -> Iterator[str]:
    match block:
        case Heading(level, text):
            title = writable(plain(text))
            yield from wrapped(title, width)
            if level in UNDERLINES:
                yield UNDERLINES[level] * min(width, cells(title))
        case Paragraph(text):
            yield from wrapped(writable(plain(text)), width)
        case ListItem(marker, text):
            yield from wrapped(
                writable(plain(text)), width, f"{marker} ", " " * (cells(marker) + 1)
            )
        case Code(lines):
            yield from ((INDENT + writable(line)).rstrip() for line in lines)
        case Table():
            yield from _table(block, width)


def _table(table: Table, width: int) -> Iterator[str]:
    head, *rows = ([_cell(cell) for cell in row] for row in (table.head, *table.rows))
    columns = list(zip(head, *rows, strict=True))
    widths = [max(map(cells, column)) for column in columns]
    before = sum(widths[:-1]) + len(GAP) * (len(widths) - 1)
    if before + min(widths[-1], LEAST) > width:
        yield from _entries(head, rows, width)
        return
    rule = ["-" * min(size, width) for size in (*widths[:-1], min(widths[-1], width - before))]
    for row in (head, rule, *rows):
        start = "".join(part + GAP for part in [in_columns(row[:-1], widths[:-1])] if part)
        yield from wrapped(row[-1], width, start, " " * before)


def _cell(text: Text) -> str:
    """Return the text of a cell; code alone in it needs no backticks."""
    is_code = [span.style for span in text] == ["code"]
    return writable(text[0].text if is_code else plain(text))


def _entries(head: list[str], rows: list[list[str]], width: int) -> Iterator[str]:
    """Yield rows too wide for columns: the first cell, then the others, each named.

    The last one describes the row, so it needs no name, unless the table compares its columns: then
    the first has no title.
    """
    for number, (first, *others) in enumerate(rows):
        if number:
            yield ""
        yield from wrapped(first, width)
        if not head[0]:
            for name, cell in zip(head[1:], others, strict=True):
                yield from wrapped(f"{name}: {cell}", width, INDENT, INDENT)
            continue
        *short, last = (
            (f"{name}: {cell}", cell) for name, cell in zip(head[1:], others, strict=True)
        )
        if short:
            yield from wrapped(GAP.join(named for named, _ in short), width, INDENT, INDENT)
        yield from wrapped(last[1], width, INDENT, INDENT)
