"""One-line bars: the title above the columns, the banner, and the keys below them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.message import Message
from textual.reactive import Reactive
from textual.widget import Widget

from review_board.tui.textfit import clip, columns

KEYS_AT_80 = 8
"""Most keys in the footer at 80 columns; one more for every ten columns beyond."""


class Bar(Widget):
    """One line with parts on the left, as many as have room beside what stands on the right."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    Bar { height: 1; width: 1fr; background: $panel; color: $foreground; text-wrap: nowrap; }
    Bar.banner { background: $warning; color: $filled; text-style: bold; }
    """

    _parts: Reactive[tuple[Sequence[str], str, str]] = Reactive(((), "", ""))

    def set(self, parts: Sequence[str], right: str = "", aside: str = "") -> None:
        """Show these parts, as many from the left as there is room for.

        ``aside`` stands before what is on the right while all of them have room.
        """
        self._parts = (tuple(parts), right, aside)

    def render(self) -> Content:
        """Return the parts joined by dots, the first in bold: it says what the screen is."""
        width = self.size.width
        parts, right, aside = self._parts
        whole = f"{aside} · {right}" if aside and right else aside or right
        if cell_len(" · ".join(parts)) + cell_len(whole) + 4 <= width:
            right = whole
        room = max(0, width - 2 - (cell_len(right) + 2 if right else 0))
        left = clip(parts[0], room) if parts else ""
        for part in parts[1:]:
            longer = f"{left} · {part}"
            if cell_len(longer) > room:
                break
            left = longer
        text = " " + columns(left, right, max(0, width - 2)) + " "
        title = 1 + len(clip(parts[0], room)) if parts else 0
        return Content.assemble((text[:title], "bold"), text[title:])


@dataclass(frozen=True, slots=True)
class Key:
    """A key as the footer shows it, and the action that a click on it runs."""

    display: str
    label: str
    action: str


class KeyBar(Widget):
    """The footer: the keys that count here, at most eight at 80 columns."""

    ALLOW_SELECT = False
    DEFAULT_CSS = """
    KeyBar { height: 1; width: 1fr; background: $panel; color: $quiet; text-wrap: nowrap; }
    """

    @dataclass
    class KeyClicked(Message):
        """A key of the footer was clicked."""

        action: str

    def __init__(self, keys: Sequence[Key], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._keys = keys

    def show(self, keys: Sequence[Key]) -> None:
        """Show other keys."""
        if list(keys) != list(self._keys):
            self._keys = keys
            self.refresh()

    def render(self) -> Content:
        """Return as many keys as fit."""
        parts: list[str | tuple[str, str]] = []
        for key, _, _ in self._placed():
            parts += [(f" {key.display}", "bold $accent"), f" {key.label} " if key.label else " "]
        return Content.assemble(*parts)

    def on_click(self, event: events.Click) -> None:
        """Press the key that was clicked."""
        for key, start, end in self._placed():
            if start <= event.x < end:
                self.post_message(self.KeyClicked(key.action))

    def _placed(self) -> list[tuple[Key, int, int]]:
        """Return each key with the cells it takes."""
        width = self.size.width
        most = KEYS_AT_80 + max(0, width - 80) // 10
        placed: list[tuple[Key, int, int]] = []
        x = 0
        for key in _fitted(self._keys[:most], width):
            end = x + _cells(key)
            if end > width:
                break
            placed.append((key, x, end))
            x = end
        return placed


def _cells(key: Key) -> int:
    return cell_len(key.display) + (cell_len(key.label) + 3 if key.label else 2)


def _fitted(keys: Sequence[Key], width: int) -> list[Key]:
    """Return the keys, the last without their labels where there is no room for all."""
    fitted = list(keys)
    for place in range(len(fitted) - 1, 0, -1):
        if sum(map(_cells, fitted)) <= width:
            break
        fitted[place] = replace(fitted[place], label="")
    return fitted
