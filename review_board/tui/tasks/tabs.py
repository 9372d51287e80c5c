"""The tabs above the lists of tasks."""

from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget


class Tabs(Widget):
    """The names of the lists in one line; ``▸`` stands before the one that is shown."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Tabs { height: 1; width: 1fr; color: $quiet; text-wrap: nowrap; }
    """

    @dataclass
    class TabClicked(Message):
        """A name was clicked."""

        place: int

    _names: Reactive[tuple[str, ...]] = Reactive(())
    _here: Reactive[int] = Reactive(0)

    def show(self, names: Sequence[str], here: int) -> None:
        """Show these names, one of them marked."""
        self._names, self._here = tuple(names), here

    def render(self) -> Content:
        """Return one name beside the other."""
        looks = {self._here: "bold $accent"}
        return Content.assemble(*((t, looks.get(n, "")) for n, t in enumerate(self._texts())))

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
