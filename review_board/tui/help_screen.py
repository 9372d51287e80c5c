"""Every key of a screen by its purpose, made from its bindings, so that it cannot be out of date; and every sign."""

from collections.abc import Iterable, Iterator
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from review_board.tui.help_groups import LEGEND, by_purpose
from review_board.tui.key_names import key_name
from review_board.tui.screen_keys import KeyMaker
from review_board.tui.sized_screen import SizedScreen
from review_board.tui.textfit import wrapped

WIDEST = 100
"""Cells of the whole box at most."""
EDGES = 5
"""Cells beside the text: the frame, its padding, the scrollbar."""
BESIDE = 16
"""Most cells for the keys and signs, before what they do."""


Line = tuple[str, str, str]
"""What stands at the left, its style, and the words beside it."""
Section = tuple[str, list[Line]]


def grouped(bindings: Iterable[Binding]) -> list[tuple[str, str]]:
    """Return keys and what they do, one line for each id."""
    keys: dict[str, list[str]] = {}
    words: dict[str, str] = {}
    for binding in bindings:
        name = binding.id or binding.action
        keys.setdefault(name, []).extend(key_name(key) for key in binding.key.split(","))
        words[name] = f"{binding.description}: {binding.tooltip}"
    return [(" ".join(keys[name]), words[name]) for name in keys]


_key = KeyMaker("help", shows_all=True)


class HelpScreen(SizedScreen[None], ModalScreen[None]):
    """The keys of a screen and the legend of all signs; any of esc, q, ? and enter closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("escape,q,question_mark,enter", "dismiss", "Close", "close", "Back"),
        _key("j,down", "scroll_by(2)", "Down", "down", "Scroll"),
        _key("k,up", "scroll_by(-2)", "Up", "up", "Scroll"),
        _key("pagedown,space", "page(1)", "Page down", "page_down", "A page down"),
        _key("pageup", "page(-1)", "Page up", "page_up", "A page up"),
        _key("g,home", "page(-1000)", "Top", "top", "To the beginning"),
        _key("G,end", "page(1000)", "End", "end", "To the legend of the signs"),
    ]
    DEFAULT_CSS = """
    HelpScreen { align: center middle; background: $background; }
    HelpScreen VerticalScroll {
        width: 100; max-width: 100%; height: auto; max-height: 100%;
        background: $surface; border: round $primary; padding: 0 1; scrollbar-size-vertical: 1;
        border-title-color: $accent; border-title-style: bold;
    }
    HelpScreen Static { width: 1fr; height: auto; }
    """

    def __init__(self, title: str, bindings: Iterable[Binding], remark: str = "") -> None:
        super().__init__()
        self._title = title
        self._keys_shown = list(bindings)
        self._remark = remark

    def compose(self) -> ComposeResult:
        """Yield one text in a box that scrolls."""
        with VerticalScroll() as box:
            box.border_title = Content(self._title)
            yield Static(id="text")

    def on_resize(self) -> None:
        """Break the lines for the width that there is."""
        self.query_one(Static).update(self.text(min(WIDEST, self.app.size.width) - EDGES))

    def text(self, width: int) -> Content:
        """Return the keys by purpose, then the signs, in lines of this width."""
        sections = [*self._keys(), *_signs()]
        beside = min(BESIDE, max(len(left) for _, lines in sections for left, *_ in lines) + 2)
        parts: list[str | tuple[str, str]] = []
        if self._remark:
            parts += [(f"{line}\n", "$quiet") for line in wrapped([self._remark], width)]
        for title, lines in sections:
            parts += _section(title, lines, beside, width)
        return Content.assemble(*parts)

    def _keys(self) -> Iterator[Section]:
        for title, bindings in by_purpose(self._keys_shown):
            yield title, [(keys, "bold $accent", words) for keys, words in grouped(bindings)]

    def action_scroll_by(self, lines: int) -> None:
        """Scroll some lines."""
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        """Scroll some pages."""
        box = self.query_one(VerticalScroll)
        box.scroll_relative(y=pages * max(1, box.size.height - 2), animate=False)


def _signs() -> Iterator[Section]:
    for title, signs in LEGEND.items():
        yield title, [(sign, f"bold {colour}", words) for sign, colour, words in signs]


def _section(
    title: str, lines: list[Line], beside: int, width: int
) -> Iterator[str | tuple[str, str]]:
    """Yield a heading, then what stands at the left, each with its words beside it."""
    yield "\n"
    yield f"{title}\n", "bold"
    for left, style, words in lines:
        first, *rest = wrapped([words], max(8, width - beside)) or [""]
        yield f"{left:<{beside - 1}} ", style
        yield f"{first}\n"
        yield from (f"{'':<{beside}}{line}\n" for line in rest)
