"""How many cells of a terminal a text takes, and a text in exactly so many."""

import unicodedata


def cells(text: str) -> int:
    """How many cells of a terminal a text takes."""
    if text.isascii():
        return len(text)
    return sum(_cells_of(character) for character in text)


def fit(text: str, width: int, *, right: bool = False) -> str:
    """The text in exactly so many cells, cut with an ellipsis or filled with blanks."""
    size = cells(text)
    if size > width:
        text = _cut(text, width - 1) + "…"
        size = cells(text)
    blanks = " " * (width - size)
    return blanks + text if right else text + blanks


def wrapped(text: str, width: int) -> list[str]:
    """Broken between words; a word longer than a line is broken inside."""
    lines, line = [], ""
    for word in text.split(" "):
        longer = f"{line} {word}" if line else word
        if line and cells(longer) > width:
            lines.append(line)
            longer = word
        while cells(longer) > width:
            piece = _piece(longer, width)
            lines.append(piece)
            longer = longer[len(piece) :]
        line = longer
    return [*lines, line]


def _piece(text: str, width: int) -> str:
    """The longest beginning that fits."""
    taken = 0
    for place, character in enumerate(text):
        taken += cells(character)
        if taken > width:
            return text[: max(1, place)]
    return text


def _cut(text: str, width: int) -> str:
    taken = 0
    for place, character in enumerate(text):
        taken += _cells_of(character)
        if taken > width:
            return text[:place]
    return text


def _cells_of(character: str) -> int:
    if unicodedata.category(character) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(character) in {"W", "F"} else 1
