"""Text that fills an exact number of terminal cells, whatever its script."""

import re
from collections.abc import Sequence
from functools import lru_cache

from rich.cells import cell_len, set_cell_size

from review_board import textlayout

# Joiners, variation selectors and skin tones: terminals disagree on how wide the sequences are
# that they form, and one cell of difference shifts every column to the right of it.
_UNCERTAIN = re.compile("[\u200d\ufe00-\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
# Latin letters, dashes, dots and quotes, arrows, lines and blocks.
_HARMLESS = re.compile(
    "[\x20-\x7e\u00a1-\u00ac\u00ae-\u02ff\u2010-\u2027\u2190-\u21ff\u2500-\u25ff]*"
)
_FLAG_LETTERS = {0x1F1E6 + n: chr(ord("A") + n) for n in range(26)}


SENTENCE = 4
"""Whole words from which a text is cut between words: a part of one says nothing. A name has fewer."""
PART = 10
"""Most cells of a part of a word that are given up for it."""
HANGING = 2
"""Cells by which what is wrapped hangs behind its beginning."""
KEPT = 8
"""Letters that stay at the beginning, and before the first that differs."""


@lru_cache(4096)
def plain(text: str) -> str:
    """Return one line without control codes or sequences of uncertain width; flags become letters."""
    if _HARMLESS.fullmatch(text):
        return text
    from review_board.pipeline.text import NOTE_LIMIT, clean  # only now: the first paint needs none

    indent = text[: len(text) - len(text.lstrip(" "))]
    text = indent + clean(text, limit=NOTE_LIMIT)
    return _UNCERTAIN.sub("", text).translate(_FLAG_LETTERS)


def plain_lines(text: str) -> str:
    """Return a text of several lines made plain."""
    return "\n".join(plain(line) for line in text.split("\n"))


@lru_cache(8192)
def fit(text: str, width: int) -> str:
    """Return the text in exactly ``width`` cells: padded, or cut with an ellipsis."""
    if width <= 0:
        return ""
    shown = plain(text)
    missing = width - cell_len(shown)
    if missing >= 0:
        return shown + " " * missing
    cut = _cut(shown, width - 1)
    return cut + "…" + " " * (width - 1 - cell_len(cut))


def _cut(shown: str, room: int) -> str:
    """Return the beginning of a text, of a sentence its whole words."""
    cut = set_cell_size(shown, room)
    begin, _, part = cut.rpartition(" ")
    is_part = part and shown[len(cut)] != " " and cell_len(part) <= PART
    if is_part and sum(word.isalnum() for word in re.split(r"\W+", begin)) >= SENTENCE:
        cut = begin
    return cut.rstrip(" ,;:·–—&(“")


def clip(text: str, width: int) -> str:
    """Return the text in at most ``width`` cells."""
    return fit(text, width).rstrip() if cell_len(plain(text)) > width else plain(text)


def told_apart(one: str, other: str, width: int) -> tuple[str, str]:
    """Return two texts in at most ``width`` cells; what they begin alike with is left out before they differ."""
    one, other = plain(one), plain(other)
    pairs = enumerate(zip(one, other, strict=False))
    alike = next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
    over = max(cell_len(one), cell_len(other)) - width + 1
    start = max(KEPT, alike - KEPT - over)
    if over <= 1 or start + 1 >= alike - KEPT:  # the sign would stand for nothing, or a letter
        return clip(one, width), clip(other, width)
    ends = (f"{text[:start]}…{text[alike - KEPT :]}" for text in (one, other))
    first, second = (clip(text, width) for text in ends)
    return first, second


def columns(left: str, right: str, width: int) -> str:
    """Return two texts at the two ends of ``width`` cells; the right one is kept whole if it fits."""
    right = clip(right, width)
    taken = cell_len(right)
    if not taken:
        return fit(left, width)
    room = width - taken - 1
    return (fit(left, room) + " " if room > 0 else " " * (width - taken)) + right


def wrapped(lines: Sequence[str], width: int, hanging: int = 0) -> list[str]:
    """Break lines between words to a width; what is broken off hangs ``hanging`` cells in."""
    found: list[str] = []
    for line in lines:
        text = line.lstrip(" ")
        indent = line[: len(line) - len(text)]
        found += textlayout.wrapped(text, width, indent, indent + " " * hanging)
    return found
