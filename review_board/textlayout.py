"""Lay text out in the cells of a terminal: widths, lines broken between words, tables.

Wide and combining characters are counted as a terminal draws them.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

WIDE = 80
"""Cells of a line where the terminal says nothing else."""
GAP = "  "
"""Stands between the columns of a table."""
INDENT = "    "
LEAST = 12
"""Cells that are left to a column when the terminal is too narrow for all of them."""
BESIDE = 30
"""Cells that the last column needs to stand beside the others; with fewer it goes below them."""
_MONTHS = "Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec"
_BREAK = re.compile(
    r" (?!(?<=\d )[^\W\d]|(?<=\d )%"  # 4 Dec, 1.2 h, 30 %
    rf"|(?<=(?:{_MONTHS}) )\d{{4}}\b"  # Dec 2026
    r"|(?<=[○■●□→←⇄⟳✓✗] )\S)"  # a sign and what it stands for
)
"""Is a blank where a line may end."""


def cells(text: str) -> int:
    """Return how many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(map(_cells_of, text))


def fit(text: str, width: int, *, right: bool = False) -> str:
    """Return the text in exactly so many cells, cut with an ellipsis or filled with blanks."""
    size = cells(text)
    if size > width:
        text = _cut(text, width - 1) + "…"
        size = cells(text)
    blanks = " " * (width - size)
    return blanks + text if right else text + blanks


def wrapped(
    text: str, width: int, first: str = "", rest: str = "", *, whole_words: bool = False
) -> list[str]:
    """Return the text in lines, broken between words; a word longer than a line is broken inside.

    A number stays with its unit, a day with its month, and a sign with its word.
    The first line begins with ``first`` and the others with ``rest``, which count as cells.
    With ``whole_words`` such a word is left to the terminal.
    """
    lines, line, room = [], "", max(1, width - cells(first))
    for word in _BREAK.split(text):
        longer = f"{line} {word}" if line else word
        if line and cells(longer) > room:
            lines.append(line)
            longer, room = word, max(1, width - cells(rest))
        while cells(longer) > room and not whole_words:
            piece = _piece(longer, room)
            lines.append(piece)
            longer, room = longer[len(piece) :], max(1, width - cells(rest))
        line = longer
    return [
        ((rest if place else first) + text).rstrip() for place, text in enumerate([*lines, line])
    ]


def hanging(line: str, width: int | None, *, whole_words: bool = False) -> list[str]:
    """Return a line broken between words; what is broken off hangs under its beginning."""
    text = line.lstrip(" ")
    indent = line[: len(line) - len(text)]
    if width is None or cells(line) <= width:
        return [line]
    return wrapped(text, width, indent, indent + GAP, whole_words=whole_words)


def in_columns(
    texts: Sequence[str], widths: Sequence[int], right: frozenset[int] = frozenset()
) -> str:
    """Return texts side by side, each in its width; those in ``right`` end at its edge."""
    fitted = (
        fit(text, width, right=place in right)
        for place, (text, width) in enumerate(zip(texts, widths, strict=True))
    )
    return GAP.join(fitted)


def table(
    rows: Sequence[Sequence[str]],
    limits: Sequence[int],
    right: frozenset[int] = frozenset(),
    width: int | None = None,
    shown: Callable[[str], str] = str,
) -> Iterator[str]:
    """Yield rows as lines; each column as wide as it needs and its limit allows, the last one free.

    In a ``width`` the last one is broken between words, beside the others or, without room, below.
    ``shown`` makes a text fit to be shown before it is measured.
    """
    rows = [[shown(cell) for cell in row] for row in rows]
    widths = [
        min(limit, max((cells(row[place]) for row in rows), default=0))
        for place, limit in enumerate(limits)
    ]
    widths = widths if width is None else _narrowed(widths, width)
    before = len(GAP.join(" " * size for size in widths)) + len(GAP)
    tails = [GAP.join(row[len(widths) :]) for row in rows]
    is_below = width is not None and width - before < min(BESIDE, max(map(cells, tails), default=0))
    for texts, tail in zip(rows, tails, strict=True):
        cut = [_cut_to(text, size, shown) for text, size in zip(texts, widths, strict=False)]
        head = in_columns(cut, widths, right)
        if width is None or not tail:
            yield f"{head}{GAP if tail else ''}{tail}".rstrip()
        elif is_below:
            yield head.rstrip()
            yield from wrapped(tail, width, INDENT, INDENT)
        else:
            yield from wrapped(tail, width, head + GAP, " " * before)


def _cut_to(text: str, size: int, shown: Callable[[str], str]) -> str:
    """Return a text cut to a size, also where the mark of what is cut takes more cells than one."""
    over = cells(shown(fit(text, size))) - size
    return text if over <= 0 else shown(fit(text, size - over))


def _narrowed(widths: list[int], width: int) -> list[int]:
    """Make the widest column give way until all of them fit, as far as it can."""
    widths = list(widths)
    over = len(GAP.join(" " * size for size in widths)) - width
    if over > 0 and widths:
        widest = widths.index(max(widths))
        widths[widest] = max(min(LEAST, widths[widest]), widths[widest] - over)
    return widths


def _piece(text: str, width: int) -> str:
    """Return the longest beginning that fits, at least a character; an address ends after a sign."""
    taken = 0
    for place, character in enumerate(text):
        taken += cells(character)
        if taken > width:
            signs = [at for at in range(place // 3, place) if text[at] in " @./-_"]
            signs += [place] * (character == " ")
            return text[: signs[-1] + 1 if signs else max(1, place)]
    return text


def _cut(text: str, width: int) -> str:
    taken = 0
    for place, character in enumerate(text):
        taken += _cells_of(character)
        if taken > width:
            return text[:place]
    return text


@lru_cache(1024)
def _cells_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
