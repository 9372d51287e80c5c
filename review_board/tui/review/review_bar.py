"""The line above a review: how far it is as a bar, what it came to so far, the time."""

from collections.abc import Sequence
from typing import ClassVar, NamedTuple

from rich.cells import cell_len
from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from review_board.tui.bars import Bar
from review_board.tui.textfit import fit, plain

CELLS = 16
"""Cells of the progress bar, where there is room for it."""
GAP = 3
ROOMY = 100
"""Columns from which the words stand further apart."""


class BarPart(NamedTuple):
    """A few words of the line; ``weight`` names their style: bright, quiet or good."""

    words: str
    weight: str = "quiet"


class ReviewBar(Bar):
    """Shows ``Review ████░░░░ 17 of 44   kept 9   purged 7``, and the time at the right."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--bright",
        "bar--quiet",
        "bar--good",
        "bar--done",
        "bar--ahead",
    }
    DEFAULT_CSS = """
    ReviewBar {
        .bar--bright { color: $foreground; background: $panel; text-style: bold; }
        .bar--quiet { color: $quiet; background: $panel; }
        .bar--good { color: $success; background: $panel; }
        .bar--done { color: $accent; background: $panel; }
        .bar--ahead { color: $rule; background: $panel; }
    }
    """

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._title = ""
        self._done = 0.0
        self._words: tuple[BarPart, ...] = ()
        self._time = ""

    def show(self, title: str, done: float, words: Sequence[BarPart], time: str) -> None:
        """Show how much of it is done, 0 to 1, and as many of the words as there is room for."""
        new = (title, done, tuple(words), time)
        if new != (self._title, self._done, self._words, self._time):
            self._title, self._done, self._words, self._time = new
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return the bar, its words and the time."""
        width = self.size.width
        quiet = self._style("quiet")
        gap = GAP if width >= ROOMY else GAP - 1
        room = width - 1 - cell_len(self._time) - gap
        segments = [Segment(f" {self._title} ", self._style("bright")), *self._progress(width)]
        taken = sum(cell_len(segment.text) for segment in segments)
        for place, part in enumerate(self._words):
            lead = " " if place == 0 else " " * gap
            words = plain(part.words)
            if taken + cell_len(lead + words) > room:
                break
            segments.append(Segment(lead + words, self._style(part.weight)))
            taken += cell_len(lead + words)
        blank = max(0, width - taken - cell_len(self._time) - 1)
        tail = f"{' ' * blank}{self._time} " if taken + cell_len(self._time) + 2 <= width else ""
        segments.append(Segment(tail or fit("", max(0, width - taken)), quiet))
        return Strip(segments).adjust_cell_length(width, quiet)

    def _progress(self, width: int) -> list[Segment]:
        cells = min(CELLS, width // 8)
        done = min(cells, round(self._done * cells))
        return [
            Segment("█" * done, self._style("done")),
            Segment("░" * (cells - done), self._style("ahead")),
        ]

    def _style(self, name: str) -> Style:
        return self.get_component_rich_style(f"bar--{name}")
