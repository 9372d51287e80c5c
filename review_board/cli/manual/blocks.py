"""The blocks of a Markdown page: headings, paragraphs, lists, tables and code."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

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
