"""What every list with a cursor shares: it scrolls by lines that it draws itself."""

from rich.style import Style
from textual import events
from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget

WHEEL = 3
"""Items that a turn of the wheel moves."""


class CursorList(Widget, can_focus=False):
    """Items under one cursor. The screen moves the cursor; the wheel moves the items under it.

    A list says how many items it has (``count``) and how many fit (``page``).
    """

    ALLOW_SELECT = False
    virtual_size: Reactive[Size] = Reactive(Size(0, 0), repaint=False)
    """As every widget has it; but who draws its own lines needs no second layout and paint for a new size."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._cursor = 0
        self._top = 0
        self._styles_by_name: dict[str, Style] = {}

    @property
    def count(self) -> int:
        """Return how many items there are; each list has its own."""
        return 0

    @property
    def page(self) -> int:
        """Return how many items fit; each list has its own."""
        return max(1, self.size.height)

    def fit(self) -> None:
        """Show as many items as there is room for now."""
        self._keep_in_sight()
        self.refresh()

    def _keep_in_sight(self, *, jump: bool = False) -> bool:
        """Scroll so far that the cursor is seen, half a page past the edge; tells whether it did."""
        top, page = self._top, self.page
        if not top <= self._cursor < top + page:
            past = page // 2 if jump else 0
            below = self._cursor >= top + page
            self._top = self._cursor - page + 1 + past if below else self._cursor - past
        self._top = max(0, min(self._top, self.count - page))
        return self._top != top

    def on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        """Move the items with the wheel, not the cursor."""
        event.stop()
        self._scroll(WHEEL)

    def on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        """Move the items with the wheel, not the cursor."""
        event.stop()
        self._scroll(-WHEEL)

    def _scroll(self, count: int) -> None:
        top = max(0, min(self._top + count, self.count - self.page))
        if top != self._top:
            self._top = top
            self.refresh()

    def notify_style_update(self) -> None:
        """Look the colours up again, which changed."""
        self._styles_by_name.clear()
        super().notify_style_update()

    def _style(self, name: str) -> Style:
        style = self._styles_by_name.get(name)
        if style is None:
            style = self._styles_by_name[name] = self.get_component_rich_style(name)
        return style
