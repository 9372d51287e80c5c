"""Tables of web pages, and of the XML of old Excel, to rows of cells: what many a CRM calls its ``.xls``.

The tags are found one after the other, and nothing is looked for twice: the parser of the standard
library takes minutes for a page of a few kilobytes that is made to be slow.
"""

import re
from collections.abc import Iterator
from html import unescape

from review_board.exchange.delimited import refuse_many, refuse_wide
from review_board.exchange.header_words import MOST_COLUMNS
from review_board.exchange.list_table import NumberedRow

_TAG = re.compile(r"<(/?)(?:\w{1,20}:)?(\w{1,20})([^<>]{0,2000})>")
_INDEX = re.compile(r"""\sss:Index\s*=\s*["'](\d{1,5})["']""")
_BLANKS = re.compile(r"\s+")
_ROWS, _CELLS = {"tr", "row"}, {"td", "th", "cell"}
_UNSEEN = re.compile(r"<!--|<script\b|<style\b", re.IGNORECASE)
_ENDS = {
    "<!--": re.compile("-->"),
    "<script": re.compile("</script[^<>]*>", re.IGNORECASE),
    "<style": re.compile("</style[^<>]*>", re.IGNORECASE),
}
"""What begins a part of a page that nobody sees, and what ends it."""


def page_tables(text: str) -> list[list[NumberedRow]]:
    """Return the rows of each table of a page, those of a table within a cell as one of its own."""
    tables: list[_Table] = []
    opened: list[_Table] = []
    for ends, name, attributes, behind in _tags(text):
        if name == "table" and not ends:
            opened.append(_Table())
            tables.append(opened[-1])
        elif opened:
            opened[-1].take(name, attributes, ends=ends)
            if name == "table":
                opened.pop()
        if opened:
            opened[-1].add(behind)
    return [table.rows for table in tables]


class _Table:
    """A table that is being read: its rows, and what the cell in use holds so far."""

    def __init__(self) -> None:
        self.rows: list[NumberedRow] = []
        self._cell: list[str] | None = None

    def take(self, name: str, attributes: str, *, ends: bool) -> None:
        """Begin or end a row or a cell; what is not ended ends where the next begins."""
        if name in _ROWS | _CELLS or name == "table":
            self._end_cell()
        if name == "br":
            self.add("\n")
        elif not ends and (name in _ROWS or (name in _CELLS and not self.rows)):
            refuse_many(len(self.rows))
            self.rows.append((len(self.rows) + 1, []))
        if not ends and name in _CELLS:
            row, index = self.rows[-1][1], _INDEX.search(attributes)
            refuse_wide(self.rows[-1][0], len(row) + 1)
            wanted = min(int(index[1]), MOST_COLUMNS) - 1 if index else 0
            row += [""] * (wanted - len(row))
            self._cell = []

    def add(self, text: str) -> None:
        """Add to the cell in use, if there is one."""
        if self._cell is not None:
            self._cell.append(text)

    def _end_cell(self) -> None:
        if self._cell is not None:
            lines = (line.strip() for line in unescape("".join(self._cell)).split("\n"))
            self.rows[-1][1].append("\n".join(filter(None, lines)))
            self._cell = None


def _tags(text: str) -> Iterator[tuple[bool, str, str, str]]:
    """Yield each tag: whether it ends something, its name, its attributes, and the text behind it."""
    place = text.find("<")
    while place >= 0:
        found, unseen = _TAG.match(text, place), _UNSEEN.match(text, place)
        if unseen:
            found = _ENDS[unseen[0].lower()].search(text, unseen.end())
            if found is None:
                return
        following = text.find("<", found.end() if found else place + 1)
        if found:
            behind = text[found.end() : following if following >= 0 else len(text)]
            name = "" if unseen else found[2].lower()
            yield bool(name and found[1]), name, found[3] if name else "", _BLANKS.sub(" ", behind)
        place = following
