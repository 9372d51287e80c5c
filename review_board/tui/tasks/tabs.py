"""The tabs above the lists of tasks."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.cells import cell_len
from rich.segment import Segment
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget


class Tabs(Widget):
    """The names of the lists in one line; ``▸`` stands before the one that is shown."""

    ALLOW_SELECT = False
    COMPONENT_CLASSES: ClassVar[set[str]] = {"tabs--here", "tabs--other"}
    DEFAULT_CSS = """
    Tabs {
        height: 1; width: 1fr; background: $background;
        .tabs--here { color: $accent; background: $background; text-style: bold; }
        .tabs--other { color: $quiet; background: $background; }
    }
    """

    @dataclass
    class TabClicked(Message):
        """A name was clicked."""

        place: int

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._names: tuple[str, ...] = ()
        self._here = 0

    def show(self, names: Sequence[str], here: int) -> None:
        """Show these names, one of them marked."""
        if (tuple(names), here) != (self._names, self._here):
            self._names, self._here = tuple(names), here
            self.refresh()

    def render_line(self, y: int) -> Strip:
        """Return one name beside the other."""
        here = self.get_component_rich_style("tabs--here")
        other = self.get_component_rich_style("tabs--other")
        segments = [
            Segment(text, here if place == self._here else other)
            for place, text in enumerate(self._texts())
        ]
        return Strip(segments).adjust_cell_length(self.size.width, other)

    def on_click(self, event: events.Click) -> None:
        """Show the list whose name was clicked."""
        end = 0
        for place, text in enumerate(self._texts()):
            end += cell_len(text)
            if event.x < end:
                self.post_message(self.TabClicked(place))
                return

    def _texts(self) -> list[str]:
        return [
            f" {'▸' if place == self._here else ' '}{place + 1} {name}  "
            for place, name in enumerate(self._names)
        ]
