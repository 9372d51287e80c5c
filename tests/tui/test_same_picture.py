"""Whatever happens, the terminal shows what Textual alone would have drawn, with fewer lines and bytes."""

from collections.abc import Awaitable, Callable
from random import Random
from typing import Any

import pytest
from rich.control import Control
from textual._compositor import Compositor, CompositorUpdate
from textual.app import ComposeResult
from textual.containers import Container, Horizontal, VerticalScroll
from textual.geometry import Region, Size
from textual.pilot import Pilot
from textual.screen import ModalScreen, Screen
from textual.widget import Widget
from textual.widgets import Static

from review_board.tui.crash_safe_app import CrashSafeApp
from review_board.tui.sized_screen import SizedScreen
from tests.screen_model import ScreenModel
from tests.tui.conftest import until
from tests.tui.painting import paint

STEPS = 25
SETTLED = 0.02
"""Seconds in which a screen opens and paints."""
SIZES = [(80, 24), (20, 5), (60, 20), (33, 9), (1, 1)]
PIECES = ("Acme", "漢字", "e\u0301", " ", "  ", "│●▎", "and so on", "\n", "20k €", "wide漢")
WIDTHS: tuple[Any, ...] = ("1fr", "auto", 7)
HEIGHTS: tuple[Any, ...] = ("1fr", "auto", 4)
BORDERS: tuple[Any, ...] = ("round", "tall", "heavy")
GROUNDS = ("#102030", "#405060", "red", "ansi_blue", "transparent", "#80ff80 40%")


def words(rng: Random) -> str:
    return "".join(rng.choices(PIECES, k=rng.randrange(1, 14)))


def some_widgets(rng: Random, depth: int = 2) -> list[Widget]:
    """Text, rows and scrolled lists, one in another."""
    found: list[Widget] = []
    for _ in range(rng.randrange(1, 4)):
        kind = rng.choice([Static, Static, VerticalScroll, Horizontal, Container])
        if kind is Static or not depth:
            widget: Widget = Static(words(rng), markup=False)
            widget.styles.width = rng.choice(WIDTHS)
        else:
            widget = kind(*some_widgets(rng, depth - 1))
            widget.styles.height = rng.choice(HEIGHTS)
        widget.styles.background = rng.choice(GROUNDS)
        if not rng.randrange(4):
            widget.styles.border = (rng.choice(BORDERS), "green")
        found.append(widget)
    return found


class Theirs(Screen[None]):
    """Widgets, and two that overlap in a layer above them."""

    def __init__(self, rng: Random) -> None:
        super().__init__()
        self.add_class("drawn")
        self.rng = rng

    def compose(self) -> ComposeResult:
        yield from some_widgets(self.rng)
        for _ in range(2):
            above = Static(words(self.rng), markup=False, classes="above")
            above.styles.offset = (self.rng.randrange(-3, 30), self.rng.randrange(-2, 10))
            above.styles.background = self.rng.choice(GROUNDS)
            yield above


class TheirsAbove(Theirs, ModalScreen[None]):
    """The same as a dialog, through which one sees what is below."""


class Ours(Theirs, SizedScreen[None]):
    """The same, drawn as the board is."""


class OursAbove(Ours, ModalScreen[None]):
    """The same as a dialog of the board."""


class Painted(CrashSafeApp):
    """Writes to a small terminal what it would write to a large one."""

    CSS = """
    .drawn { layers: below above; }
    TheirsAbove, OursAbove { background: $background 60%; }
    .above { layer: above; width: auto; height: auto; }
    """

    def __init__(self, shortened: Callable[[str], str] | None = None) -> None:
        super().__init__()
        self.terminal = ScreenModel()
        self._shortened = shortened or self.shown.shortened

    def _display(self, screen: Screen[Any], renderable: object) -> None:
        if isinstance(renderable, CompositorUpdate) and not self._batch_count:
            cursor = Control.move_to(*self.screen.outer_size.clamp_offset(self.cursor_position))
            data = renderable.render_segments(self.console) + cursor.segment.text
            self.terminal.take(self._shortened(data))

    def seen(self) -> list[list[object]]:
        """Return the cells of the window, line by line."""
        (width, height), cells = self.size, self.terminal.cells
        return [[cells.get((y, x)) for x in range(1, width + 1)] for y in range(1, height + 1)]


class Steps:
    """What a user, or time, does to a screen: each step by its name."""

    def __init__(self, pilot: Pilot[Any], rng: Random, above: type[Theirs]) -> None:
        self._pilot, self._app, self._rng, self._above = pilot, pilot.app, rng, above

    @property
    def _one(self) -> Widget:
        return self._rng.choice([w for w in self._app.screen.query("*") if w.name is None])

    async def text(self) -> None:
        self._rng.choice([*self._app.screen.query(Static)]).update(words(self._rng))

    async def part(self) -> None:
        self._one.refresh(Region(self._rng.randrange(5), self._rng.randrange(4), 7, 2))

    async def scroll(self) -> None:
        self._one.scroll_to(y=self._rng.randrange(6), animate=False, force=True)

    async def show_or_hide(self) -> None:
        one = self._one
        one.display = not one.display

    async def make_visible_or_not(self) -> None:
        one = self._one
        one.visible = not one.visible

    async def move(self) -> None:
        self._one.styles.offset = (self._rng.randrange(-4, 9), self._rng.randrange(-3, 5))

    async def colour(self) -> None:
        self._one.styles.background = self._rng.choice(GROUNDS)

    async def open(self) -> None:
        await self._app.push_screen(self._above(Random(self._rng.random())))

    async def close(self) -> None:
        if len(self._app.screen_stack) > 2:
            await self._app.pop_screen()

    async def resize(self) -> None:
        size = self._rng.choice(SIZES)
        await self._pilot.resize_terminal(*size)
        await until(self._pilot, lambda: self._app.screen.size == Size(*size))

    async def all(self) -> None:
        self._app.screen.refresh()

    async def add(self) -> None:
        await self._app.screen.mount(Static(words(self._rng), markup=False))

    async def take_away(self) -> None:
        added = self._app.screen.query(Static)
        if len(added) > 2:
            await added.last().remove()

    async def one_of_them(self) -> str:
        """Do one, and return its name."""
        names = [name for name in vars(Steps) if not name.startswith("_") and name != "one_of_them"]
        name = self._rng.choice(names)
        done: Callable[[], Awaitable[None]] = getattr(self, name)
        await done()
        return name


async def pictures(
    seed: int, below: type[Theirs], above: type[Theirs], app: Painted
) -> list[tuple[str, list[list[object]]]]:
    """Return what the terminal shows after each step."""
    rng, found = Random(seed), []
    async with app.run_test(size=rng.choice(SIZES[:4])) as pilot:
        await app.push_screen(below(Random(seed)))
        steps = Steps(pilot, rng, above)
        for _ in range(STEPS):
            await pilot.pause(SETTLED)
            name = await steps.one_of_them()
            await pilot.pause(SETTLED)
            await pilot.pause()
            found.append((name, app.seen()))
    return found


@pytest.mark.parametrize("seed", range(6))
async def test_the_picture_is_textuals_own(seed: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Compositor, "render_update", paint)
    ours = await pictures(seed, Ours, OursAbove, Painted())
    theirs = await pictures(seed, Theirs, TheirsAbove, Painted(lambda data: data))
    for number, (mine, usual) in enumerate(zip(ours, theirs, strict=True), 1):
        assert mine == usual, f"after step {number}"
