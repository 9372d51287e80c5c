"""What an empty board offers to begin with, in the middle of it."""

from typing import cast

from textual import events
from textual.content import Content
from textual.widget import Widget

from review_board.tui.app_protocol import PipelineApp
from review_board.tui.footer_keys import key_of

BEGINNINGS = (
    ("board.add", "add", "add", " a prospect: a name is enough"),
    ("board.import", "import", "import", " a list (Excel, CSV)"),
    ("board.sample", "sample", "try a sample", " of 60 made-up prospects"),
)
"""Ways to begin: the key by its name, the action, and the words, the last of them where there is room."""
TITLE = "This board is empty"
ROOMY, HIGH = 48, 12
"""Columns from which all words stand, and lines of the terminal from which the title and a frame do."""


class EmptyCard(Widget, can_focus=False):
    """Names the ways to begin, with their keys; a click on one does it."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    EmptyCard {
        width: 100%; height: auto; max-height: 100%; layer: card; padding: 0 1; background: $background;
    }
    EmptyCard.-high { width: auto; border: round $rule; padding: 1 3; background: $surface; }
    """

    def on_mount(self) -> None:
        """Take the frame that there is room for."""
        self.fit()

    def fit(self) -> None:
        """Take another size of the terminal into account."""
        self.set_class(self._is_high, "-high")
        self.refresh(layout=True)

    @property
    def _is_high(self) -> bool:
        return self.app.size.height >= HIGH

    @property
    def _offered(self) -> list[tuple[str, str, str, str]]:
        """Return the ways that this login has."""
        rights = cast("PipelineApp", self.app).rights
        return [way for way in BEGINNINGS if rights.offers(way[1])]

    def render(self) -> Content:
        """Return the title and the ways to begin."""
        roomy = self.app.size.width >= ROOMY
        lines = [Content.styled(TITLE, "bold"), Content()] if self._is_high else []
        for name, _, words, more in self._offered:
            key = f"{key_of(self.screen, name)}  "
            lines.append(Content.assemble((key, "bold $accent"), words, more if roomy else ""))
        return Content("\n").join(lines)

    async def on_click(self, event: events.Click) -> None:
        """Begin in the way that was clicked."""
        event.stop()
        at = event.get_content_offset(self)
        row = at.y - (2 if self._is_high else 0) if at else -1
        ways = self._offered
        if 0 <= row < len(ways):
            await self.screen.run_action(ways[row][1])
