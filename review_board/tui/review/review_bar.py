"""The line above a review: how far it is as a bar, what it came to so far, the time."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual.content import Content
from textual.reactive import Reactive

from review_board.tui.bars import Bar
from review_board.tui.textfit import plain

CELLS = 16
"""Cells of the progress bar, where there is room for it."""
GAP = 3
ROOMY = 100
"""Columns from which the words stand further apart."""
LOOKS = {"bright": "bold", "quiet": "$quiet", "good": "$success"}


class BarPart(NamedTuple):
    """A few words of the line; ``weight`` names their style: bright, quiet or good."""

    words: str
    weight: str = "quiet"


class ReviewBar(Bar):
    """Shows ``Review ████░░░░ 17 of 44   kept 9   purged 7``, and the time at the right."""

    _shown: Reactive[tuple[str, float, tuple[BarPart, ...], str]] = Reactive(("", 0.0, (), ""))

    def show(self, title: str, done: float, words: Sequence[BarPart], time: str) -> None:
        """Show how much of it is done, 0 to 1, and as many of the words as there is room for."""
        self._shown = (title, done, tuple(words), time)

    def render(self) -> Content:
        """Return the bar, its words and the time."""
        width, (title, done, parts, time) = self.size.width, self._shown
        gap = GAP if width >= ROOMY else GAP - 1
        room = width - 1 - cell_len(time) - gap
        line = Content.assemble((f" {title} ", "bold"), *_progress(done, width))
        for place, part in enumerate(parts):
            words = (" " if place == 0 else " " * gap) + plain(part.words)
            if line.cell_length + cell_len(words) > room:
                break
            line += Content.styled(words, LOOKS[part.weight])
        blank = width - line.cell_length - cell_len(time) - 1
        return line + Content.styled(f"{' ' * blank}{time}", "$quiet") if blank > 0 else line


def _progress(done: float, width: int) -> tuple[tuple[str, str], ...]:
    cells = min(CELLS, width // 8)
    full = min(cells, round(done * cells))
    return ("█" * full, "$accent"), ("░" * (cells - full), "$rule")
