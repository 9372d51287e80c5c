"""Fewer bytes for the same picture: only cells that differ are sent, one colour after another.

Textual paints whole regions, the whole screen when a dialog closes, and Rich ends every piece of
text with a reset and begins the next with all of its colours. A slow line waits for each byte, and
to go to another place takes fewer of them than to change the colour.
"""

import re
from functools import cache, lru_cache
from operator import ne
from typing import NamedTuple

_MOVE = re.compile(r"\x1b\[([1-9]\d*)?(?:;([1-9]\d*))?H")
_PIECE = re.compile(r"([^\x1b]*)(?:\x1b\[([0-9;]*)m([^\x1b]*))?")
_DRY = "\x1b[0m"
"""What Rich ends each piece of text with."""
_SAME = re.compile(r"(.)\1*", re.DOTALL)
_PAINTS_NOTHING = re.compile(r"(?:\x1b\[\?(?:25|2026)[hl]|\x07|\x1b\][^\x07\x1b]*(?:\x07|\x1b\\))*")
"""A cursor shown or hidden, paints held together, a bell; a title, a pointer, the clipboard."""
_ONE_CELL = re.compile(
    "[ -~\xa0-\xac\xae-\u02ff\u0370-\u0482\u048a-\u052f\u1e00-\u1fff\u2010-\u2027\u2030-\u205e"
    "\u20a0-\u20bf\u2190-\u22ff\u2500-\u25fc\u2713\u2717]*"
)
"""Characters that every terminal draws one cell wide; of others nobody knows where the next one stands."""
_DIFFERING = re.compile(b"\x01(?:\0{0,4}\x01)*")
"""Cells that differ; up to four that stay are written all the same, as a way around them is as long."""
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


_UNKNOWN = "\0"
"""Stands for a cell of which nobody knows what it shows, and for its pen."""
_PENS = {_UNKNOWN: _Pen(ground="unknown")}


@cache
def _letter(pen: _Pen) -> str:
    """Return a letter that stands for a pen from now on, so that texts are compared with texts."""
    letter = chr(len(_PENS) + 1)
    _PENS[letter] = pen
    return letter


_PLAIN = _Pen()
_USUAL = _letter(_PLAIN)

_Place = tuple[int, int]
"""A line and a column from 1 on; 0 where it is not known."""
_NOWHERE: _Place = (0, 0)


class _Cells(NamedTuple):
    """Text, and for each of its letters the one of its pen; ``known`` is how many fill one cell each."""

    text: str = ""
    pens: str = ""
    known: int = 0


class _Before(NamedTuple):
    """What a line showed before, and the cells of it that are to be compared."""

    first: int
    last: int
    text: str
    pens: str


_Step = tuple[_Place | None, _Cells]


class _UnknownOutputError(Exception):
    """It cannot be said what this leaves on the screen."""


class ShownCells:
    """Remembers what the terminal shows; ``forget`` it when the terminal may show something else."""

    def __init__(self) -> None:
        self._lines: dict[int, tuple[str, str]] = {}
        self._before: dict[int, _Before] = {}
        self._place = _NOWHERE

    def forget(self) -> None:
        """Write everything anew from now on."""
        self._lines.clear()
        self._place = _NOWHERE

    def shortened(self, data: str) -> str:
        """Return no longer output that leaves the same on the screen; what cannot be read goes unchanged.

        Output begins and ends with a plain pen. Of blanks only the ground is seen.
        """
        try:
            steps = _read(data)
        except _UnknownOutputError:
            if not _PAINTS_NOTHING.fullmatch(data):
                self.forget()
            return data
        output, place = _Output(self._place), self._place
        for moved_to, cells in steps:
            place = self._put(output, moved_to or place, cells)
        self._write_differing(output)
        output.finish(place)
        self._place = output.place
        return min("".join(output.parts), data, key=len)

    def _put(self, output: "_Output", place: _Place, cells: _Cells) -> _Place:
        """Note what is to be shown; return the place after it."""
        line, column = place
        text, pens, known = cells
        if not column:
            known = 0
        if known:
            self._note(place, text[:known], pens[:known])
            place = (line, column + known)
        if known < len(text):
            self._write_differing(output)
            output.move(place)
            for pen, start, end in _stretches(text[known:], pens[known:]):
                output.write(text[known + start : known + end], pen, (line, 0))
            self._forget_from(place)
            return (line, 0)
        return place

    def _note(self, place: _Place, text: str, pens: str) -> None:
        """Note which cells a line is to show."""
        line, column = place
        start, end = column - 1, column - 1 + len(text)
        old, old_pens = self._lines.get(line, ("", ""))
        if old[start:end] == text and old_pens[start:end] == pens:
            return
        first, last, *shown = self._before.get(line, (start, end, old, old_pens))
        self._before[line] = _Before(min(first, start), max(last, end), *shown)
        old, old_pens = old.ljust(end, _UNKNOWN), old_pens.ljust(end, _UNKNOWN)
        self._lines[line] = (
            old[:start] + text + old[end:],
            old_pens[:start] + pens + old_pens[end:],
        )

    def _write_differing(self, output: "_Output") -> None:
        """Write the cells that differ, with one pen after another."""
        found: dict[str, list[tuple[_Place, str]]] = {}
        for line, (first, last, *shown) in self._before.items():
            new, old = self._lines[line], (part.ljust(last, _UNKNOWN) for part in shown)
            text, pens = (part[first:last] for part in new)
            before = zip(*(part[first:last] for part in old), strict=True)
            differs = bytes(map(ne, before, zip(text, pens, strict=True)))
            for pen, *stretch in _stretches(text, pens):
                for run in _DIFFERING.finditer(differs, *stretch):
                    place = (line, first + run.start() + 1)
                    found.setdefault(pen, []).append((place, text[run.start() : run.end()]))
        self._before.clear()
        for pen in sorted(found, key=_by_ground):
            for place, text in found[pen]:
                output.move(place)
                output.write(text, pen, (place[0], place[1] + len(text)))

    def _forget_from(self, place: _Place) -> None:
        """Forget the rest of a line, with the cell before, to which the first letter may belong."""
        line, column = place
        if not line:
            self._lines.clear()
        elif column and line in self._lines:
            text, pens = self._lines[line]
            end = max(0, column - 2)
            self._lines[line] = (text[:end], pens[:end])


class _Output:
    """What is sent: where it has come to, and with which pen."""

    def __init__(self, place: _Place) -> None:
        self.parts: list[str] = []
        self.place = place
        self._pen = _USUAL

    def write(self, text: str, pen: str, after: _Place) -> None:
        """Write a text, with which it comes to another place."""
        self._pen, codes = _change(self._pen, pen, text.isspace())
        self.parts += codes, text
        self.place = after

    def finish(self, place: _Place) -> None:
        """End at this place, with a plain pen."""
        self.parts.append(_change(self._pen, _USUAL, False)[1])
        self.move(place)

    def move(self, place: _Place) -> None:
        """Go to a place; at an unknown column the next text follows what was written before."""
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


def _by_ground(pen: str) -> tuple[str, str, list[str]]:
    """Return where a pen comes among those that write: each ground once, and on it each ink."""
    attributes, ink, ground = _PENS[pen]
    return ground, ink, sorted(attributes)


def _stretches(text: str, pens: str) -> list[tuple[str, int, int]]:
    """Return the pens that a text is written with, each from where to where; blanks go with a neighbour."""
    found: list[tuple[str, int, int]] = []
    for same in _SAME.finditer(pens):
        pen, (start, end) = same[1], same.span()
        if found:
            before, first, _ = found[-1]
            if text[start:end].isspace() and _change(before, pen, True)[0] == before:
                pen = before
            if pen == before or (
                text[first:start].isspace() and _change(pen, before, True)[0] == pen
            ):
                start = first
                found.pop()
        found.append((pen, start, end))
    return found


def _read(data: str) -> list[_Step]:
    """Return what is written, and where, if that is given."""
    first, *below = data.split("\n")
    steps = [*_line(first)]
    for text in below:
        line = _line(text)
        if not line or not line[0][0]:
            raise _UnknownOutputError  # where it begins
        steps += line
    return steps


@lru_cache(256)
def _line(line: str) -> list[_Step]:
    """Return what is written of a line, and where."""
    first, *rest = _MOVE.split(line)
    places = [(int(y or 1), int(x or 1)) for y, x in zip(rest[::3], rest[1::3], strict=True)]
    steps: list[_Step] = [(None, _cells(first))] if first else []
    return [*steps, *zip(places, map(_cells, rest[2::3]), strict=True)]


def _cells(line: str) -> _Cells:
    """Return the cells of text that begins with a plain pen, and has to end with one."""
    *dyed, last = line.split(_DRY)
    if "\x1b" in last:
        raise _UnknownOutputError
    pieces = [*map(_piece, dyed), (last, _pens(last, _PLAIN))]
    text = "".join([text for text, _ in pieces])
    if text.isascii() and text.isprintable():
        known = len(text)
    else:
        found = _ONE_CELL.match(text)
        known = found.end() if found else 0
        known -= 0 < known < len(text)  # the next may join it
    return _Cells(text, "".join([pens for _, pens in pieces]), known)


@lru_cache(2048)
def _piece(piece: str) -> tuple[str, str]:
    """Return text with its pens: plain, then perhaps with codes that it ends with."""
    found = _PIECE.fullmatch(piece)
    if not found:
        raise _UnknownOutputError
    plain, codes, dyed = found.groups("")
    return plain + dyed, _pens(plain, _PLAIN) + _pens(dyed, _pen(codes))


def _pens(text: str, pen: _Pen) -> str:
    """Return the letter of a pen for each of a text's; for blanks around it, of what is seen of it there."""
    inner, begun = text.strip(" "), len(text) - len(text.lstrip(" "))
    blank = _letter(_blank(pen))
    return (_letter(pen) * len(inner)).rjust(begun + len(inner), blank).ljust(len(text), blank)


@lru_cache(4096)
def _pen(codes: str) -> _Pen:
    """Return the pen that these codes make of a plain one."""
    attributes, ink, ground = set(), "", ""
    left = codes.split(";")[::-1]
    while left:
        code = left.pop()
        if code in _ATTRIBUTES:
            attributes.add(code)
        elif code in {"38", "48"}:
            count = {"5": 1, "2": 3}.get(left[-1] if left else "", 9) + 1
            if len(left) < count:
                raise _UnknownOutputError
            colour = ";".join((code, *(left.pop() for _ in range(count))))
            ink, ground = (colour, ground) if code == "38" else (ink, colour)
        elif len(code) in {2, 3} and code[:-1] in {"3", "9"}:
            ink = "" if code == "39" else code
        elif len(code) in {2, 3} and code[:-1] in {"4", "10"}:
            ground = "" if code == "49" else code
        elif code:
            raise _UnknownOutputError
    return _Pen(frozenset(attributes), ink, ground)


@lru_cache(4096)
def _blank(pen: _Pen) -> _Pen:
    """Return what is seen of a pen on blanks."""
    return pen if pen.attributes & _SEEN_ON_BLANKS else _PLAIN._replace(ground=pen.ground)


@lru_cache(4096)
def _change(old: str, new: str, is_blank: bool) -> tuple[str, str]:
    """Return the letter of the pen that writes, and the shortest codes to it from the old one."""
    now, wanted = _PENS[old], _PENS[new]
    if is_blank and not (now.attributes | wanted.attributes) & _SEEN_ON_BLANKS:
        wanted = now._replace(ground=wanted.ground)
    return _letter(wanted), _codes(now, wanted)


def _codes(now: _Pen, wanted: _Pen) -> str:
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
