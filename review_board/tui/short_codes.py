"""Fewer bytes for the same picture: only cells that differ are sent, and a colour only where it changes.

Textual paints whole regions, the whole screen when a dialog closes, and Rich ends every piece of
text with a reset and begins the next with all of its colours. A slow line waits for each byte.
"""

import re
from collections.abc import Iterable
from functools import lru_cache
from itertools import repeat, zip_longest
from typing import NamedTuple

_CODES = re.compile(r"\x1b\[([0-9;]*)([mH])")
_PLACE = re.compile(r"(?:([1-9]\d*)(?:;([1-9]\d*))?)?")
_PAINTS_NOTHING = re.compile(r"(?:\x1b\[\?(?:25|2026)[hl]|\x07|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))*")
"""A cursor shown or hidden, paints held together, a bell; a title, a pointer, the clipboard."""
_ONE_CELL = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2190-\u22ff\u2500-\u25fc\u2713\u2717]*"
)
"""Characters that every terminal draws one cell wide; of others nobody knows where the next one stands."""
_NEAR = 4
"""Cells that stay and are written all the same, as a way around them is as long."""
_SEEN_ON_BLANKS = frozenset({"4", "7", "9", "21", "53"})
"""Underline, reverse, strike, double underline, overline."""
_ATTRIBUTES = frozenset(map(str, (*range(1, 10), 21, 51, 52, 53)))
_WEIGHTS = frozenset({"1", "2"})
_WEIGHTS_OFF = "22"


class _Pen(NamedTuple):
    """How the terminal writes: attributes, and the codes of both colours, empty where usual."""

    attributes: frozenset[str] = frozenset()
    ink: str = ""
    ground: str = ""


_PLAIN = _Pen()


_Place = tuple[int, int]
"""A line and a column from 1 on; 0 where it is not known."""
_NOWHERE: _Place = (0, 0)


class ShownCells:
    """Remembers what the terminal shows; ``forget`` it when the terminal may show something else."""

    def __init__(self) -> None:
        self._lines: dict[int, list[tuple[str, _Pen] | None]] = {}
        self._place = _NOWHERE

    def forget(self) -> None:
        """Write everything anew from now on."""
        self._lines.clear()
        self._place = _NOWHERE

    def shortened(self, data: str) -> str:
        """Return output that leaves the same on the screen; what cannot be read goes unchanged.

        Output begins and ends with a plain pen. Of blanks only the ground is seen.
        """
        steps = _read(data)
        if steps is None:
            if not _PAINTS_NOTHING.fullmatch(data):
                self.forget()
            return data
        output, place, pen = _Output(self._place), self._place, _PLAIN
        for moved_to, text, pen in steps:
            place = self._put(output, moved_to or place, text, pen)
        output.finish(place, pen)
        self._place = output.place
        return "".join(output.parts)

    def _put(self, output: "_Output", place: _Place, text: str, pen: _Pen) -> _Place:
        """Write of a text what is not there yet; return the place after it."""
        line, column = place
        if not text:
            return place
        is_plain = (text.isascii() and text.isprintable()) or _ONE_CELL.fullmatch(text)
        if not column or not is_plain:
            output.write(place, text, pen, (line, 0))
            self._forget_from(place)
            return (line, 0)
        pens: Iterable[_Pen] = repeat(pen)
        if " " in text:
            blank = _blank(pen)
            pens = repeat(blank) if text.isspace() else [blank if c == " " else pen for c in text]
        cells = list(zip(text, pens, strict=False))
        shown = self._lines.setdefault(line, [])
        start, end = column - 1, column - 1 + len(cells)
        before = shown[start:end]
        if before != cells:
            shown += [None] * (start - len(shown))
            shown[start:end] = cells
            for first, last in _runs(before, cells):
                at, after = (line, column + first), (line, column + last)
                output.write(at, text[first:last], pen, after)
        return (line, end + 1)

    def _forget_from(self, place: _Place) -> None:
        """Forget the rest of a line, with the cell before, to which the first letter may belong."""
        line, column = place
        if not line:
            self._lines.clear()
        elif column:
            del self._lines.get(line, [])[max(0, column - 2) :]


def _runs(before: list[tuple[str, _Pen] | None], cells: list[tuple[str, _Pen]]) -> list[list[int]]:
    """Return the beginnings and ends of what differs."""
    runs: list[list[int]] = []
    for number, (old, new) in enumerate(zip_longest(before, cells)):
        if old != new:
            if runs and number - runs[-1][1] <= _NEAR:
                runs[-1][1] = number + 1
            else:
                runs.append([number, number + 1])
    return runs


class _Output:
    """What is sent: where it has come to, and with which pen."""

    def __init__(self, place: _Place) -> None:
        self.parts: list[str] = []
        self.place = place
        self._pen = _PLAIN

    def write(self, place: _Place, text: str, pen: _Pen, after: _Place) -> None:
        """Write a text from one place to another; at an unknown column it follows what was written before."""
        self._move(place)
        pen = _for_blanks(self._pen, pen) if text.isspace() else pen
        self.parts += _change(self._pen, pen), text
        self._pen, self.place = pen, after

    def finish(self, place: _Place, pen: _Pen) -> None:
        """End at this place, with this pen."""
        self.parts.append(_change(self._pen, pen))
        self._move(place)

    def _move(self, place: _Place) -> None:
        line, column = place
        if place == self.place or not column:
            return
        old_line, old_column = self.place
        steps = column - old_column
        if line == old_line and old_column and steps > 0:
            self.parts.append(f"\x1b[{steps}C")
        else:
            self.parts.append(f"\x1b[{line};{column}H")
        self.place = place


def _read(data: str) -> list[tuple[_Place | None, str, _Pen]] | None:
    """Return each text, its pen, and its place where that is given; ``None`` where something is unknown."""
    first, *rest = _CODES.split(data)
    steps: list[tuple[_Place | None, str, _Pen]] = []
    pen, place, is_below = _PLAIN, None, False
    for codes, kind, text in (
        ("", "", first),
        *zip(rest[::3], rest[1::3], rest[2::3], strict=True),
    ):
        if kind == "H":
            found = _PLACE.fullmatch(codes)
            if not found:
                return None
            place, is_below = (int(found[1] or 1), int(found[2] or 1)), False
        elif kind == "m":
            after = _after(pen, codes)
            if after is None:
                return None
            pen = after
        shown = text.rstrip("\n")
        if "\x1b" in shown or "\n" in shown or (shown and is_below):
            return None
        if shown:
            steps.append((place, shown, pen))
            place = None
        is_below = is_below or shown != text
    steps.append((place, "", pen))
    return None if is_below else steps


@lru_cache(4096)
def _after(pen: _Pen, codes: str) -> _Pen | None:
    """Return the pen after these codes, or ``None`` where one of them is not known."""
    attributes, ink, ground = pen
    left = codes.split(";")[::-1]
    while left:
        code = left.pop()
        if code in {"", "0"}:
            attributes, ink, ground = _PLAIN
        elif code in _ATTRIBUTES:
            attributes |= {code}
        elif code in {"38", "48"}:
            count = {"5": 1, "2": 3}.get(left[-1] if left else "", 9) + 1
            if len(left) < count:
                return None
            colour = ";".join((code, *(left.pop() for _ in range(count))))
            ink, ground = (colour, ground) if code == "38" else (ink, colour)
        elif len(code) in {2, 3} and code[:-1] in {"3", "9"}:
            ink = "" if code == "39" else code
        elif len(code) in {2, 3} and code[:-1] in {"4", "10"}:
            ground = "" if code == "49" else code
        else:
            return None
    return _Pen(attributes, ink, ground)


@lru_cache(4096)
def _blank(pen: _Pen) -> _Pen:
    """Return what is seen of a pen on blanks."""
    return pen if pen.attributes & _SEEN_ON_BLANKS else _PLAIN._replace(ground=pen.ground)


def _for_blanks(now: _Pen, wanted: _Pen) -> _Pen:
    if (now.attributes | wanted.attributes) & _SEEN_ON_BLANKS:
        return wanted
    return now if now.ground == wanted.ground else _Pen(now.attributes, now.ink, wanted.ground)


@lru_cache(4096)
def _change(now: _Pen, wanted: _Pen) -> str:
    """Return the shortest codes from one pen to another."""
    if now == wanted:
        return ""
    if wanted == _PLAIN:
        return "\x1b[0m"
    whole = ["0", *sorted(wanted.attributes), wanted.ink, wanted.ground]
    gone = now.attributes - wanted.attributes
    ways = [whole]
    if not gone or (gone <= _WEIGHTS and not wanted.attributes & _WEIGHTS):
        ink = "" if wanted.ink == now.ink else wanted.ink or "39"
        ground = "" if wanted.ground == now.ground else wanted.ground or "49"
        added = sorted(wanted.attributes - now.attributes)
        ways.append([_WEIGHTS_OFF if gone else "", *added, ink, ground])
    return min((f"\x1b[{';'.join(filter(None, way))}m" for way in ways), key=len)
