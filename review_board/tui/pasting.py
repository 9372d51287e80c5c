"""Pastes are text, however the terminal hands them over: with marks around them, torn, or bare.

A terminal wraps what is pasted into two marks. An escape code between them would end the paste for
Textual's parser, and what follows would be read as keys: text from elsewhere must not drive the app.
Terminals without the marks send a paste as if it were typed; it is known by coming faster than
hands can type. A paste whose end mark never comes ends when nothing more follows.
"""

import re
from collections.abc import Callable, Iterator
from time import monotonic

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.message import Message

from review_board.pipeline.text import REPLACEMENT

START, END = "\x1b[200~", "\x1b[201~"
ESCAPE = "\x1b"
BY_HAND = 8
"""Different characters in one read, with a line break, from which on no hands typed them."""
SILENCE = 0.4
"""Seconds after which a paste whose end mark did not come is taken to be over."""
GAP = 0.09
"""Seconds between two reads of one paste without marks; the terminal is looked at ten times a second."""
HANDS = 0.03
"""Seconds between two reads within which hands do not press two keys."""
_CODE = re.compile(r"\x1b(?:\[[0-?]*[ -/]*[@-~]|O.)")
"""A whole escape code, as keys and the mouse send them."""
_KEY = re.compile(rf"{_CODE.pattern}|\x1b?.", re.DOTALL)


class PasteFilter:
    """Replaces every escape inside a paste; marks may come torn into several reads."""

    def __init__(self) -> None:
        self.inside = False
        self._before = ""
        self._held = ""

    def clean(self, data: str) -> str:
        """Return the data as it may be parsed; what may begin the end mark waits for the rest."""
        text, self._held = self._held + data, ""
        parts: list[str] = []
        while text:
            part, text = self._paste(text) if self.inside else self._keys(text)
            parts.append(part)
        return "".join(parts)

    def end(self) -> str:
        """Return what closes a paste whose end mark does not come."""
        held, self._held, self.inside = self._held, "", False
        return _harmless(held) + END

    def _keys(self, text: str) -> tuple[str, str]:
        seen = self._before + text
        found = seen.find(START)
        if found < 0:
            self._before = seen[-(len(START) - 1) :]
            return text, ""
        end = found + len(START) - len(self._before)
        self.inside, self._before = True, ""
        return text[:end], text[end:]

    def _paste(self, text: str) -> tuple[str, str]:
        body, mark, rest = text.partition(END)
        if mark:
            self.inside = False
            return _harmless(body) + END, rest
        torn = next((n for n in range(len(END) - 1, 0, -1) if body.endswith(END[:n])), 0)
        if torn:
            body, self._held = body[:-torn], body[-torn:]
        return _harmless(body), ""


def _harmless(text: str) -> str:
    return text.replace(ESCAPE, REPLACEMENT)


def is_burst(text: str) -> bool:
    """Return whether so much came at once that hands did not type it; a held key is one key."""
    return len(set(_CODE.sub("", text)) - {"\r", "\n"}) >= BY_HAND


class SafeParser(XTermParser):
    """Textual's parser behind the filter; ``clock`` counts seconds."""

    def __init__(self, debug: bool = False, clock: Callable[[], float] = monotonic) -> None:
        super().__init__(debug)
        self._clock = clock
        self._filter = PasteFilter()
        self._burst = ""  # came at once, and may go on
        self._cut = False  # the last paste was ended by silence: more of it may come
        self._read = 0.0
        self._flowed = 0.0

    def feed(self, data: str) -> Iterator[Message]:
        """Parse what was read; an empty read is the end of the input."""
        if not data:
            yield from self._end_burst()
            yield from super().feed(data)
            return
        is_key = _KEY.fullmatch(data) is not None
        now, before, self._read = self._clock(), self._read, self._clock()
        if not is_key or now - before < HANDS:
            self._flowed = now
        if self._filter.inside:
            yield from self._parse(data)
        elif not is_key and (self._burst or is_burst(data)) and START not in data:
            self._burst += data
        else:
            yield from self._end_burst()
            goes_on = self._cut and not is_key
            self._cut = False
            yield from self._parse(START + data if goes_on else data)

    def tick(self) -> Iterator[Message]:
        """End what nothing more came of."""
        quiet = self._clock() - self._flowed
        if self._burst and quiet >= GAP:
            yield from self._end_burst()
        elif self._filter.inside and quiet >= SILENCE:
            self._cut = True
            yield from super().feed(self._filter.end())
        yield from super().tick()

    def _parse(self, data: str) -> Iterator[Message]:
        cleaned = self._filter.clean(data)
        if cleaned:
            yield from super().feed(cleaned)

    def _end_burst(self) -> Iterator[Message]:
        """End a burst: with line breaks it is a paste; without, typed ahead or a held key."""
        burst, self._burst = self._burst, ""
        if not burst:
            return
        lines = "\r" in burst or "\n" in burst
        if START not in burst and (lines or self._cut):
            burst = START + _harmless(burst) + END
        self._cut = False
        yield from self._parse(burst)


def make_pastes_safe() -> None:
    """Let the terminal's driver use the safe parser; it has no other seam for it."""
    linux_driver.XTermParser = SafeParser  # type: ignore[attr-defined]
