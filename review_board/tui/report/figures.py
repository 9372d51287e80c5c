"""Figures drawn large, as bars and as lines over the weeks, with Textual's own means."""

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult, RenderResult
from textual.containers import Horizontal, Vertical
from textual.content import Content
from textual.events import Resize
from textual.renderables.bar import Bar as BarRenderable
from textual.style import Style
from textual.widget import Widget
from textual.widgets import Digits, Sparkline, Static

from review_board.report.formats.plain_text import Style as LineStyle
from review_board.report.formats.plain_text import TextLine
from review_board.report.model import Series
from review_board.wording import BLOCKS

STYLES = {LineStyle.HEAD: "bold", LineStyle.QUIET: "$quiet", LineStyle.STRONG: "bold"}
"""How lines of the report are shown; a heading in colour needs no rule."""


def shown_line(line: TextLine) -> Content:
    """Return a line with its colour, its label quiet; never read as markup."""
    label, text = line.text[: line.label], line.text[line.label :]
    return Content.styled(label, "$quiet") + Content.styled(text, STYLES.get(line.style, ""))


class ShareBar(Widget):
    """A bar for a part of a whole, 0 to 1; its words stand beside it."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"share-bar--part", "share-bar--rest"}
    DEFAULT_CSS = """
    ShareBar {
        height: 1; width: 1fr;
        .share-bar--part { color: $foreground; }
        .share-bar--rest { color: $rule; }
        &.was .share-bar--part { color: $quiet; }
        &.active .share-bar--part { color: $column-active; }
        &.callback .share-bar--part { color: $column-callback; }
        &.nurture .share-bar--part { color: $column-nurture; }
        &.dropped .share-bar--part { color: $column-dropped; }
    }
    """

    def __init__(self, part: float, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._part = max(0.0, min(part, 1.0))

    def render(self) -> RenderResult:
        """Return the bar in the width that there is."""
        return BarRenderable(
            highlight_range=(0, self.size.width * self._part),
            highlight_style=self.get_component_rich_style("share-bar--part", partial=True),
            background_style=self.get_component_rich_style("share-bar--rest", partial=True),
        )


class LargeFigure(Vertical):
    """A number in large digits with its words below; it must need no letters."""

    DEFAULT_CSS = """
    LargeFigure { width: auto; height: auto; padding: 0 4 0 0; }
    LargeFigure Digits { width: auto; }
    LargeFigure Static { width: auto; color: $quiet; }
    LargeFigure.keep Digits { color: $success; }
    LargeFigure.let-go Digits { color: $error; }
    LargeFigure.debt Digits { color: $accent; }
    """

    def __init__(self, number: str, words: str, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._number, self._words = number, words

    def compose(self) -> ComposeResult:
        """Yield the number and its words."""
        yield Digits(self._number)
        yield Static(self._words, markup=False)


def bars_from_zero(points: Sequence[float | None], width: int) -> str:
    """Return the points as bars of a width: the lowest is zero, a full one the highest, a gap is not known."""
    top = max((point for point in points if point is not None), default=0.0) or 1.0
    shown = [points[at * len(points) // width] for at in range(width)] if points else []
    return "".join(" " if p is None else BLOCKS[int(p / top * (len(BLOCKS) - 1))] for p in shown)


class WeekBars(Sparkline):
    """A sparkline that begins at zero and has gaps: Textual's own begins at the lowest point."""

    def __init__(self, points: Sequence[float | None]) -> None:
        super().__init__()
        self._points = points

    def render(self) -> RenderResult:
        """Return the bars in the colour of the highest."""
        colour = self.get_component_styles("sparkline--max-color").color
        bars = bars_from_zero(self._points, self.size.width)
        return Content.styled(bars, Style(foreground=colour))


class WeekLine(Horizontal):
    """A line over the weeks: its name, the weeks as bars from zero, what it comes to."""

    DEFAULT_CSS = """
    WeekLine { height: 1; width: 1fr; }
    WeekLine .name { width: 14; }
    WeekLine WeekBars { width: 1fr; max-width: 60; margin: 0 2; }
    WeekLine .said { width: 24; color: $quiet; }
    WeekLine > WeekBars > .sparkline--max-color { color: $quiet; }
    WeekLine.active > WeekBars > .sparkline--max-color { color: $column-active; }
    WeekLine.callback > WeekBars > .sparkline--max-color { color: $column-callback; }
    WeekLine.nurture > WeekBars > .sparkline--max-color { color: $column-nurture; }
    WeekLine.dropped > WeekBars > .sparkline--max-color { color: $column-dropped; }
    """

    def __init__(self, series: Series, *, classes: str = "") -> None:
        super().__init__(classes=classes)
        self._series = series

    def compose(self) -> ComposeResult:
        """Yield name, line and words."""
        yield Static(self._series.label, markup=False, classes="name")
        yield WeekBars([None if p is None else float(p) for p in self._series.points])
        yield Static(self._series.summary, markup=False, classes="said")


class BarLine(Horizontal):
    """A row with a name, one or two bars, and the words for them in ``room`` cells.

    Where the words leave too little room for bars to be read, they have it all.
    """

    NAME, LEAST = 18, 10
    DEFAULT_CSS = f"""
    BarLine {{ height: auto; width: 1fr; }}
    BarLine .name {{ width: {NAME}; padding: 0 1 0 0; text-wrap: nowrap; text-overflow: ellipsis; }}
    BarLine ShareBar {{ max-width: 24; margin: 0 2 0 0; }}
    """

    def __init__(self, name: str, said: str, *bars: ShareBar, room: int) -> None:
        super().__init__()
        self._label, self._bars, self._room = name, bars, room
        self._said = Static(said, markup=False)

    def compose(self) -> ComposeResult:
        """Yield name, bars and words."""
        yield Static(self._label, markup=False, classes="name")
        yield from self._bars
        yield self._said

    def on_resize(self, event: Resize) -> None:
        """Show the bars where there is room for them."""
        needed = self.NAME + self._room + self.LEAST * len(self._bars)
        has_room = event.size.width >= needed
        for bar in self._bars:
            bar.display = has_room
        self._said.styles.width = self._room if has_room else "1fr"
