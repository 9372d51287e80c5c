"""Fewer bytes for the same picture: a colour is sent only where it changes.

Rich ends every piece of text with a reset and begins the next with all of its colours. On a slow
line these codes weigh more than the text.
"""

import re
from functools import lru_cache
from typing import NamedTuple

_CODES = re.compile(r"\x1b\[([0-9;]*)m")
_MOVES = re.compile(r"(?:\x1b\[[0-9;]*H|\n)*(\x1b\[[0-9;]*H)")
"""Ways to a place, which paint nothing; the last one alone says where."""
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


def shortened(data: str) -> str:
    """Return output that paints the same with fewer codes; what cannot be read goes unchanged.

    Output begins and ends with a plain pen. Of blanks only the ground is seen.
    """
    parts = _CODES.split(data)
    if len(parts) == 1:
        return data
    now = wanted = _PLAIN
    kept = []
    for place, part in enumerate(parts):
        if place % 2:
            pen = _after(wanted, part)
            if pen is None:
                return data
            wanted = pen
        elif part:
            if moves := _MOVES.fullmatch(part):
                kept.append(moves[1])
                continue
            pen = _for_blanks(now, wanted) if part.isspace() else wanted
            kept += _change(now, pen), part
            now = pen
    kept.append(_change(now, wanted))
    return "".join(kept)


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
