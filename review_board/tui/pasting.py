"""Pastes that hold escape codes: made harmless before they can be taken for keys.

A terminal wraps what is pasted into two marks. An escape code between them would end the paste for
Textual's parser, and what follows would be read as keys: text from elsewhere must not drive the app.
"""

from collections.abc import Iterable

from textual._xterm_parser import XTermParser
from textual.drivers import linux_driver
from textual.message import Message

from review_board.pipeline.text import REPLACEMENT

START, END = "\x1b[200~", "\x1b[201~"
ESCAPE = "\x1b"


class PasteFilter:
    """Replaces every escape inside a paste; marks may come torn into several reads."""

    def __init__(self) -> None:
        self._inside = False
        self._before = ""
        self._held = ""

    def clean(self, data: str) -> str:
        """The data as it may be parsed; a possible beginning of the end mark waits for the rest."""
        text, self._held = self._held + data, ""
        parts: list[str] = []
        while text:
            part, text = self._paste(text) if self._inside else self._keys(text)
            parts.append(part)
        return "".join(parts)

    def _keys(self, text: str) -> tuple[str, str]:
        seen = self._before + text
        found = seen.find(START)
        if found < 0:
            self._before = seen[-(len(START) - 1) :]
            return text, ""
        end = found + len(START) - len(self._before)
        self._inside, self._before = True, ""
        return text[:end], text[end:]

    def _paste(self, text: str) -> tuple[str, str]:
        body, mark, rest = text.partition(END)
        if mark:
            self._inside = False
            return _harmless(body) + END, rest
        torn = next((n for n in range(len(END) - 1, 0, -1) if body.endswith(END[:n])), 0)
        if torn:
            body, self._held = body[:-torn], body[-torn:]
        return _harmless(body), ""


def _harmless(text: str) -> str:
    return text.replace(ESCAPE, REPLACEMENT)


class SafeParser(XTermParser):
    """Textual's parser behind the filter."""

    def __init__(self, debug: bool = False) -> None:
        super().__init__(debug)
        self._filter = PasteFilter()

    def feed(self, data: str) -> Iterable[Message]:
        """Parse what was read; an empty read is the end of the input."""
        cleaned = self._filter.clean(data)
        return super().feed(cleaned) if cleaned or not data else ()


def make_pastes_safe() -> None:
    """Let the terminal's driver use the safe parser; it has no other seam for it."""
    linux_driver.XTermParser = SafeParser  # type: ignore[attr-defined]
