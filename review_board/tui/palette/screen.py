"""The palette on the screen: a line to type in, and what fits below it."""

from typing import Any, ClassVar, cast

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import ModalScreen, Screen
from textual.widgets import Input, Static

from review_board.tui.app_protocol import PipelineApp
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.palette.commands import commands_on, prospects_named
from review_board.tui.palette.matching import Command, best_first, mixed
from review_board.tui.rows import BESIDE, GAP, TOP, Col, Row, Rows, widths
from review_board.tui.screen_keys import KeyMaker
from review_board.tui.sized_screen import SizedScreen
from review_board.tui.textfit import plain

HINT = "type a few letters of a command, a prospect, a view, a theme"
NARROW, TINY = 50, 30
"""Cells below which only the names and the keys have room, or the names alone."""
NAMES, FEW_NAMES = 26, 20
"""Most cells for the names, beside what they do; on a screen without room for the whole box fewer."""
WHOLE = 110
"""Cells of the whole box."""


_key = KeyMaker("palette", shows_all=True)


class PaletteScreen(SizedScreen[Command | None], ModalScreen[Command | None]):
    """Asks for a command by its words; gives the one that was chosen, or ``None``."""

    AUTO_FOCUS = "LineInput"
    VERTICAL_BREAKPOINTS = [(0, "-low"), (10, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = [
        _key("escape", "dismiss", "Close", "close", "Run nothing"),
        _key("down", "step(1)", "Down", "down", "The next line"),
        _key("up", "step(-1)", "Up", "up", "The line before"),
        _key("pagedown", "page(1)", "Page down", "page_down", "A page down"),
        _key("pageup", "page(-1)", "Page up", "page_up", "A page up"),
    ]
    DEFAULT_CSS = """
    PaletteScreen { align: center top; background: transparent; &:ansi { background: transparent; } }
    PaletteScreen #box {
        width: 110; max-width: 100%; height: 70%; min-height: 5; max-height: 100%; margin-top: 1;
        background: $surface; border: round $primary; padding: 0 1;
        border-title-color: $accent; border-title-style: bold;
    }
    PaletteScreen.-low #box { border: none; margin-top: 0; height: 100%; }
    PaletteScreen Rows { background: $surface; }
    PaletteScreen Rows .rows--titles { background: $surface; }
    PaletteScreen #meaning { height: auto; min-height: 1; max-height: 2; color: $quiet; padding: 0 2; }
    PaletteScreen.-low #meaning { display: none; }
    """

    def __init__(self, below: Screen[Any]) -> None:
        super().__init__()
        self._below = below
        self._commands: list[Command] = []
        self._found: list[Command] = []

    def compose(self) -> ComposeResult:
        """Yield the line and the list."""
        with Vertical(id="box"):
            yield LineInput(hint=HINT, id="typed")
            yield Rows(id="found")
            yield Static(id="meaning", markup=False)

    def on_mount(self) -> None:
        """Show every command."""
        self.query_one("#box").border_title = "Commands"
        self._commands = commands_on(self._app, self._below)
        self._find("")

    @property
    def _app(self) -> PipelineApp:
        return cast("PipelineApp", self.app)

    @on(Input.Changed)
    def _follow_typing(self, event: Input.Changed) -> None:
        self._find(event.value)

    def _find(self, typed: str) -> None:
        """Show what fits the words."""
        commands = best_first(self._commands, typed, len(self._commands))
        people = prospects_named(self._app, self._below, typed)
        self._found = mixed(commands, people, typed) if typed.strip() else commands
        cols = self._cols()
        rows = tuple(_row(place, one, len(cols)) for place, one in enumerate(self._found))
        empty = ("Nothing fits.", "? shows all keys; review-board --help all commands.")
        self.query_one(Rows).show(cols, rows, empty, near=TOP)

    def _cols(self) -> tuple[Col, ...]:
        """Return the columns that there is room for."""
        if self.app.size.width < NARROW:
            names_only = (Col("command", share=1),)
            return names_only if self.app.size.width < TINY else (*names_only, Col("key", 5))
        names, keys = (
            max((cell_len(text) for text in texts), default=0)
            for texts in ([one.name for one in self._found], [one.key for one in self._found])
        )
        meanings = max((cell_len(one.meaning) for one in self._found), default=0)
        room = self.query_one(Rows).size.width - BESIDE - 2 * GAP - max(keys, 3)
        most = max(NAMES if self.app.size.width > WHOLE else FEW_NAMES, room - meanings)
        return (
            Col("command", max(len("command"), min(most, names))),
            Col("what it does", share=1),
            Col("key", max(keys, 3)),
        )

    @on(Rows.RowHighlighted)
    def _tell_the_meaning(self, event: Rows.RowHighlighted) -> None:
        """Show below the list what has no room in it of the line in use."""
        one = self._found[int(event.row.id)] if event.row else None
        self.query_one("#meaning", Static).update(plain(self._left_out(one)) if one else "")

    def _left_out(self, one: Command) -> str:
        """Return what is cut of a command: its meaning, with its name where that is cut too."""
        cols = self._cols()
        cells = widths(cols, self.query_one(Rows).size.width - BESIDE)
        if cell_len(one.name) > cells[0]:
            return f"{one.name}: {one.meaning}"
        is_whole = len(cols) > 2 and cell_len(one.meaning) <= cells[1]
        return "" if is_whole else one.meaning

    def action_step(self, count: int) -> None:
        """Move the cursor."""
        self.query_one(Rows).step(count)

    def action_page(self, count: int) -> None:
        """Move the cursor a page."""
        rows = self.query_one(Rows)
        rows.step(count * rows.page)

    @on(Input.Submitted)
    @on(Rows.RowOpened)
    def _choose(self) -> None:
        row = self.query_one(Rows).row
        if row is not None:
            self.dismiss(self._found[int(row.id)])


def _row(place: int, one: Command, cells: int) -> Row:
    shown = (one.name, one.meaning, one.key) if cells > 2 else (one.name, one.key)[:cells]
    return Row(f"{place}", f"{place}", lambda: shown)
