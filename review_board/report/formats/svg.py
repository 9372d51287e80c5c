"""Small drawings for the report as HTML: columns before and after, lines over sessions, lines of contact.

Each is one inline SVG with its words in ``aria-label``; every text is escaped.
"""

from collections.abc import Iterable, Iterator
from html import escape

from review_board.judgement.contact_lines import (
    ANSWER,
    DEFERRAL,
    QUOTE,
    SIGNAL,
    TOUCH,
    ContactLine,
    ContactLines,
)
from review_board.pipeline.vocabulary import Column
from review_board.report.headline import ColumnShares
from review_board.report.model import Series

BAR, SPACE, TALL, ABOVE = 22, 8, 44, 14
"""Pixels of a chart: a bar, the gap beside it, the tallest bar, room for its figure."""
COLOURS = {
    Column.ACTIVE: "#2a6b2f",
    Column.CALLBACK: "#1f5f9e",
    Column.NURTURE: "#7a3d96",
    Column.DROPPED: "#6b7280",
}
WAS = "#c3c7cd"
"""The colour of what was before."""
NAMES, LONGEST, ROW, WIDE = 130, 260, 34, 8
"""Pixels of the columns: room for a name, the longest bar, a column with both of its bars, a letter."""
AXIS, LINE, SIDE = 320, 16, 40
"""Pixels of the lines of contact: all cells, a line, room for whose it is."""
US, THEM, PUT_OFF = "#1f5f9e", "#2a6b2f", "#8a5a00"


def columns_svg(columns: Iterable[ColumnShares]) -> str:
    """Return a bar for each column before, above one for after, both from zero."""
    shares = list(columns)
    parts = [part for place, share in enumerate(shares) for part in _column(place * ROW, share)]
    said = "; ".join(f"{share.column.title}: {share.words}" for share in shares)
    room = WIDE * max((len(share.words) for share in shares), default=0)
    return _svg(NAMES + LONGEST + SPACE + room, len(shares) * ROW, said, parts)


def _column(y: int, share: ColumnShares) -> Iterator[str]:
    yield _text(0, y + 17, share.column.title, weight="600")
    if share.before is not None:
        yield _rect(NAMES, y + 4, _long(share.before), 7, WAS)
    yield _rect(NAMES, y + 12, _long(share.after), 10, COLOURS[share.column])
    yield _text(NAMES + LONGEST + SPACE, y + 17, share.words)


def _long(part: float) -> int:
    return max(1, round(part * LONGEST)) if part else 0


def series_svg(series: Series) -> str:
    """Return bars from zero, the oldest first, the first and the last with their figures."""
    last = len(series.points) - 1
    parts: list[str] = []
    for place, (point, words) in enumerate(zip(series.points, series.words, strict=True)):
        if point is None:
            continue
        height = int(point / series.top * TALL) if series.top else 0
        x, y = place * (BAR + SPACE) + SPACE, ABOVE + TALL - height
        parts.append(_rect(x, y, BAR, max(1, height), "#111" if place == last else "#999"))
        if place in {0, last}:
            parts.append(_text(x + BAR // 2, y - 3, words, anchor="middle", size=11))
    said = f"{series.label}: {', '.join(series.words)}"
    return _svg((last + 1) * (BAR + SPACE) + SPACE, ABOVE + TALL + 1, said, parts)


def contact_svg(lines: ContactLines) -> str:
    """Return our line above theirs, each sign as a shape, the age of each at the right."""
    parts = [
        part
        for place, line in enumerate((lines.us, lines.them))
        for part in _contact_line(place * LINE + LINE // 2, line)
    ]
    wide = SIDE + AXIS + 8 + WIDE * max(len(lines.us.age), len(lines.them.age))
    said = f"us: {lines.us.age}; them: {lines.them.age}"
    return _svg(wide, 2 * LINE, said, parts)


def _contact_line(y: int, line: ContactLine) -> Iterator[str]:
    end = SIDE + AXIS if line.cells else SIDE
    yield _text(0, y + 4, line.who, size=11)
    if line.cells:
        yield f'<line x1="{SIDE}" y1="{y}" x2="{end}" y2="{y}" stroke="#ddd"/>'
    for place, sign in enumerate(line.cells):
        yield from _sign(SIDE + round((place + 0.5) * AXIS / len(line.cells)), y, sign)
    yield _text(end + 8, y + 4, line.age, size=11)


def _sign(x: int, y: int, sign: str) -> Iterator[str]:
    """Yield the shape of a sign: a dot, a square, a ring, a point, a turned arrow for being put off."""
    if sign == TOUCH:
        yield f'<circle cx="{x}" cy="{y}" r="3" fill="{US}"/>'
    elif sign == QUOTE:
        yield _rect(x - 3, y - 3, 7, 7, US)
    elif sign == SIGNAL:
        yield f'<circle cx="{x}" cy="{y}" r="3" fill="#fff" stroke="{THEM}" stroke-width="2"/>'
    elif sign == ANSWER:
        yield f'<circle cx="{x}" cy="{y}" r="1.5" fill="{THEM}"/>'
    elif sign == DEFERRAL:
        shape = f"M{x + 3} {y - 3}A4.2 4.2 0 1 0 {x + 4} {y + 1}M{x + 3} {y - 6}V{y - 3}H{x}"
        yield f'<path d="{shape}" fill="none" stroke="{PUT_OFF}" stroke-width="1.5"/>'


def _rect(x: int, y: int, width: int, height: int, fill: str) -> str:
    return f'<rect x="{x}" y="{y}" width="{width}" height="{height}" fill="{fill}"/>'


def _text(
    x: int, y: int, text: str, *, anchor: str = "start", size: int = 12, weight: str = "400"
) -> str:
    return (
        f'<text x="{x}" y="{y}" text-anchor="{anchor}" font-size="{size}"'
        f' font-weight="{weight}">{escape(text)}</text>'
    )


def _svg(width: int, height: int, said: str, parts: Iterable[str]) -> str:
    return (
        f'<svg width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img"'
        f' aria-label="{escape(said)}">{"".join(parts)}</svg>'
    )
