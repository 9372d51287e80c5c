"""A page of the manual: the blocks of its Markdown, also for the man page, and their lines on a terminal."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from review_board.cli.ascii_fallback import writable
from review_board.textlayout import GAP, INDENT, cells, in_columns, wrapped

Style: TypeAlias = Literal["plain", "code", "strong", "emphasis"]


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text in one style."""

    text: str
    style: Style = "plain"


Text: TypeAlias = tuple[Span, ...]

_STYLES: dict[str, Style] = {"strong": "strong", "em": "emphasis"}


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; level 1 is the title of the page."""

    level: int
    text: Text


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Text that may be broken between words."""

    text: Text


@dataclass(frozen=True, slots=True)
class Code:
    """Lines that stay as they are."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ListItem:
    """One entry of a list, behind its dash or number."""

    marker: str
    text: Text


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of as many cells as the head has."""

    head: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]


Block: TypeAlias = Heading | Paragraph | Code | ListItem | Table


def read_blocks(markdown: str) -> list[Block]:
    """Return the blocks of a page; ``ValueError`` names what is more than pages may use."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    return [block for node in tree.children for block in _blocks(node)]


def summary(blocks: list[Block]) -> str:
    """Return what a page is about: its first paragraph."""
    return next(plain(block.text) for block in blocks if isinstance(block, Paragraph))


def plain(text: Text) -> str:
    """Return the text as one would type it: code keeps its backticks."""
    return "".join(f"`{span.text}`" if span.style == "code" else span.text for span in text)


def _blocks(node: SyntaxTreeNode) -> Iterator[Block]:
    match node.type:
        case "heading":
            yield Heading(int(node.tag[1:]), _text(node))
        case "paragraph":
            if text := _text(node):  # a picture alone has none
                yield Paragraph(text)
        case "fence":
            yield Code(tuple(node.content.splitlines()))
        case "bullet_list" | "ordered_list":
            for number, item in enumerate(node.children, 1):
                yield ListItem(
                    f"{number}." if node.type == "ordered_list" else "-", _only_text(item)
                )
        case "table":
            head, *rows = (row for part in node.children for row in part.children)
            yield Table(_cells(head), tuple(map(_cells, rows)))
        case other:
            raise ValueError(f"a page holds no {other}")


def _only_text(item: SyntaxTreeNode) -> Text:
    if [child.type for child in item.children] != ["paragraph"]:
        raise ValueError("an entry of a list is one paragraph")
    return _text(item.children[0])


def _cells(row: SyntaxTreeNode) -> tuple[Text, ...]:
    return tuple(map(_text, row.children))


def _text(node: SyntaxTreeNode) -> Text:
    return tuple(span for inline in node.children for span in _spans(inline, "plain"))


def _spans(node: SyntaxTreeNode, style: Style) -> Iterator[Span]:
    match node.type:
        case "text":
            if node.content:
                yield Span(node.content, style)
        case "softbreak":
            yield Span(" ", style)
        case "code_inline":
            yield Span(node.content, "code")
        case "image":
            return
        case "link":
            yield from _inside(node, style)
            if "://" in (address := str(node.attrs["href"])):
                yield Span(f" ({address})", style)
        case "inline" | "strong" | "em":
            yield from _inside(node, _STYLES.get(node.type, style))
        case other:
            raise ValueError(f"a page holds no {other}")


def _inside(node: SyntaxTreeNode, style: Style) -> Iterator[Span]:
    return (span for child in node.children for span in _spans(child, style))


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
