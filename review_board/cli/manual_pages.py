"""A page of the manual: the tree of its Markdown, also for the man page, and its lines on a terminal."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from review_board.cli.ascii_fallback import writable
from review_board.textlayout import GAP, INDENT, cells, in_columns, wrapped

LEAST = 24
"""Cells that the last column of a table needs, else its rows become entries."""
UNDERLINES = {"h1": "=", "h2": "-"}
MAY_HOLD = frozenset(
    {
        *("root", "heading", "paragraph", "fence", "bullet_list", "ordered_list", "list_item"),
        *("table", "thead", "tbody", "tr", "th", "td"),
        *("inline", "text", "softbreak", "code_inline", "image", "link", "strong", "em"),
    }
)
"""What a page may use of Markdown."""


def read_page(markdown: str) -> list[SyntaxTreeNode]:
    """Return the blocks of a page; ``ValueError`` names what is more than pages may use."""
    tree = SyntaxTreeNode(MarkdownIt("commonmark").enable("table").parse(markdown))
    for node in tree.walk():
        if node.type not in MAY_HOLD:
            raise ValueError(f"a page holds no {node.type}")
        if node.type == "list_item" and [part.type for part in node.children] != ["paragraph"]:
            raise ValueError("an entry of a list is one paragraph")
    return [block for block in tree.children if block.type != "paragraph" or plain(block)]


def summary(blocks: Sequence[SyntaxTreeNode]) -> str:
    """Return what a page is about: its first paragraph."""
    return next(plain(block) for block in blocks if block.type == "paragraph")


def spans(node: SyntaxTreeNode, style: str = "") -> Iterator[tuple[str, str]]:
    """Yield the pieces of its text, each with its style: ``code_inline``, ``strong``, ``em`` or none.

    A picture has no text, and a link out has its address behind its words.
    """
    if node.type in {"text", "code_inline"} and node.content:
        yield ("code_inline" if node.type == "code_inline" else style), node.content
    elif node.type == "softbreak":
        yield style, " "
    elif node.type != "image":
        for child in node.children:
            yield from spans(child, node.type if node.type in {"strong", "em"} else style)
        if node.type == "link" and "://" in (address := str(node.attrs["href"])):
            yield style, f" ({address})"


def plain(node: SyntaxTreeNode) -> str:
    """Return its text as one would type it: code keeps its backticks."""
    return "".join(f"`{text}`" if style == "code_inline" else text for style, text in spans(node))


def entries(block: SyntaxTreeNode) -> Iterator[tuple[str, SyntaxTreeNode]]:
    """Yield the entries of a list, each with its dash or number."""
    for number, entry in enumerate(block.children, 1):
        yield ("-" if block.type == "bullet_list" else f"{number}."), entry


def rows_of(table: SyntaxTreeNode) -> list[list[SyntaxTreeNode]]:
    """Return the cells of a table, row by row, the head first."""
    return [row.children for part in table.children for row in part.children]


def plain_lines(blocks: Sequence[SyntaxTreeNode], width: int) -> Iterator[str]:
    """Yield the lines of a page, none wider than ``width`` but those of code."""
    for number, block in enumerate(blocks):
        if number:
            yield ""
        yield from _lines(block, width)


def _lines(block: SyntaxTreeNode, width: int) -> Iterator[str]:
    match block.type:
        case "heading":
            title = writable(plain(block))
            yield from wrapped(title, width)
            if block.tag in UNDERLINES:
                yield UNDERLINES[block.tag] * min(width, cells(title))
        case "paragraph":
            yield from wrapped(writable(plain(block)), width)
        case "fence":
            yield from ((INDENT + writable(line)).rstrip() for line in block.content.splitlines())
        case "table":
            yield from _table(block, width)
        case _:
            for marker, entry in entries(block):
                behind = " " * (cells(marker) + 1)
                yield from wrapped(writable(plain(entry)), width, f"{marker} ", behind)


def _table(table: SyntaxTreeNode, width: int) -> Iterator[str]:
    head, *rows = ([_cell(cell) for cell in row] for row in rows_of(table))
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


def _cell(cell: SyntaxTreeNode) -> str:
    """Return the text of a cell; code alone in it needs no backticks."""
    pieces = [*spans(cell)]
    is_code = [style for style, _ in pieces] == ["code_inline"]
    return writable(pieces[0][1] if is_code else plain(cell))


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
