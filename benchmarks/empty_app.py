"""The reference: a Textual app with one widget, which counts the keys it is given."""

from typing import ClassVar

from textual.app import App, ComposeResult
from textual.binding import BindingType
from textual.widgets import Static

GREETING = "An empty app"


class EmptyApp(App[None]):
    """Nothing but a line of text, and a key that changes it."""

    BINDINGS: ClassVar[list[BindingType]] = [("j", "count", "Count"), ("q", "quit", "Quit")]
    keys = 0

    def compose(self) -> ComposeResult:
        """Show the line."""
        yield Static(GREETING, markup=False)

    def action_count(self) -> None:
        """Do the least that a key can do and still be seen."""
        self.keys += 1
        self.query_one(Static).update(f"{GREETING}, {self.keys}")


if __name__ == "__main__":
    EmptyApp().run()
