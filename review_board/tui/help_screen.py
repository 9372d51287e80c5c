"""Every key of a screen, made from its bindings, so that it cannot be out of date."""

from collections.abc import Iterable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.keys import key_to_character
from textual.screen import ModalScreen
from textual.widgets import Static

from review_board.tui.sized_screen import SizedScreen

NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "semicolon": ";",
    "plus": "+",
    "minus": "-",
    "underscore": "_",
    "backslash": "\\",
    "at": "@",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
}


def key_name(key: str) -> str:
    """Return a key as it is written on the keyboard."""
    if key in NAMES:
        return NAMES[key]
    written = key_to_character(key)
    return written if written and written.isprintable() and not written.isspace() else key


def grouped(bindings: Iterable[Binding]) -> list[tuple[str, str]]:
    """Return keys and what they do, one line for each id."""
    keys: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for binding in bindings:
        name = binding.id or binding.action
        keys.setdefault(name, []).extend(key_name(key) for key in binding.key.split(","))
        words[name] = f"{binding.description}: {binding.tooltip}"
    return [(" ".join(keys[name]), words[name]) for name in keys]


class HelpScreen(SizedScreen[None], ModalScreen[None]):
    """The keys; any of esc, q, ? and enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "escape,q,question_mark,enter", "dismiss", "Close", id="help.close", tooltip="Back"
        ),
        Binding("j,down", "down", "Down", id="help.down", tooltip="Scroll"),
        Binding("k,up", "up", "Up", id="help.up", tooltip="Scroll"),
    ]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background 60%; }
    HelpScreen VerticalScroll {
        width: 78; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; padding: 0 1; scrollbar-size-vertical: 1;
    }
    HelpScreen Static { width: 1fr; height: auto; }
    """

    def __init__(self, title: str, bindings: Iterable[Binding], remark: str = "") -> None:
        super().__init__()
        self._title = title
        self._lines = grouped(bindings)
        self._remark = remark

    def compose(self) -> ComposeResult:
        """Yield one line a key."""
        width = max(len(keys) for keys, _ in self._lines)
        parts: list[str | tuple[str, str]] = [(self._title, "bold $accent"), "\n\n"]
        for keys, words in self._lines:
            parts += [(f"{keys:<{width}}", "bold"), f"  {words}\n"]
        parts += [("\n" + self._remark, "$quiet")] if self._remark else []
        with VerticalScroll():
            yield Static(Content.assemble(*parts))

    def action_down(self) -> None:
        """Scroll."""
        self.query_one(VerticalScroll).scroll_down(animate=False)

    def action_up(self) -> None:
        """Scroll."""
        self.query_one(VerticalScroll).scroll_up(animate=False)
