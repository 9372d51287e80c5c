"""The line above the columns: which pipeline, what it comes to, what is owed and due, and to whom."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import Reactive
from textual.widget import Widget

from review_board.tui.textfit import clip, plain

Word = tuple[str, str]
"""A text and the name of its look."""
LOOKS = {
    "name": "bold",
    "plain": "",
    "quiet": "$quiet",
    "debt": "bold $filled on $accent",
    "due": "bold $filled on $primary",
}
GAP = "  "
MORE: Word = ("…", "quiet")
"""Stands for words that have no room; the quiet ones go without it."""


class HeaderLine(Widget):
    """One line: as many words on the left as there is room for, and what waits at the right."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    HeaderLine { height: 1; width: 1fr; background: $panel; color: $foreground; text-wrap: nowrap; }
    """

    _words: Reactive[tuple[tuple[Word, ...], tuple[Word, ...], int]] = Reactive(((), (), 1))

    def set(self, left: Sequence[Word], right: Sequence[Word] = (), needed: int = 1) -> None:
        """Show these words; of those on the left and on the right the first are the most needed.

        So many on the left come before all on the right.
        """
        self._words = tuple(left), tuple(right), needed

    def render(self) -> Content:
        """Return the words of both sides, with what is between them left blank."""
        width = self.size.width
        _, waits, _ = self._words
        short = [(_shortened(text), look) for text, look in waits]
        for waiting in (waits, short, [word for word in short if word[1] != "quiet"]):
            shown_left, shown_right = self._shared(waiting)
            if MORE not in shown_left:
                break
        blanks = max(1, width - 2 - _width(shown_left, GAP) - _width(shown_right, " "))
        left, right = (_joined(shown_left, GAP), _joined(shown_right, " "))
        return Content.assemble(" ", left, " " * blanks, right)

    def _shared(self, right: Sequence[Word]) -> tuple[list[Word], list[Word]]:
        """Return as many words of the left, and of these for the right, as there is room for."""
        width = self.size.width
        left, _, needed = self._words
        more = [MORE] if needed < len(left) and needed > 1 else []
        least = 1 + _width([*left[:needed], *more], GAP) + len(GAP) if left else 0
        shown_right = _fitting(right, max(0, width - least - 1), " ")
        room = max(0, width - _width(shown_right, " ") - 2 - len(GAP))
        shown_left = _fitting(left, room, GAP)
        if any(look != "quiet" for _, look in left[len(shown_left) :]):
            shown_left = [*_fitting(left, room - len(GAP) - 1, GAP), MORE]
        if left and shown_left == [MORE]:
            shown_left = [(clip(left[0][0], max(0, width - 2)), left[0][1])]
        return shown_left, shown_right


def _shortened(text: str) -> str:
    """Return `` 8 you owe `` of `` 8 you owe, 2 owed later ``."""
    first, comma, _ = text.partition(", ")
    return f"{first} " if comma else text


def _fitting(words: Sequence[Word], room: int, gap: str) -> list[Word]:
    """Return the first words, as many as there is room for."""
    fitting: list[Word] = []
    for text, name in words:
        fitting.append((plain(text), name))
        if _width(fitting, gap) > room:
            return fitting[:-1]
    return fitting


def _width(words: Sequence[Word], gap: str) -> int:
    return sum(cell_len(text) for text, _ in words) + len(gap) * max(0, len(words) - 1)


def _joined(words: Sequence[Word], gap: str) -> Content:
    return Content(gap).join(Content.styled(text, LOOKS[look]) for text, look in words)
