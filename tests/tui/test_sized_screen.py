"""A size that the terminal has no more changes nothing."""

from collections.abc import Iterator
from typing import Any

import pytest
from textual._compositor import Compositor
from textual.app import App, ComposeResult
from textual.containers import VerticalScroll
from textual.events import Resize
from textual.geometry import Region, Size
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Static

from review_board.tui.sized_screen import SizedScreen
from tests.tui.painting import paint

AGAIN = 0.05
"""Seconds in which Textual would have painted again what it was asked to."""


class Wide(Widget):
    """As wide as the screen; remembers the widths that it was laid out in."""

    def __init__(self) -> None:
        super().__init__()
        self.widths: list[int] = []

    def on_resize(self, event: Resize) -> None:
        self.widths.append(event.size.width)


class Here(SizedScreen[None]):
    def compose(self) -> ComposeResult:
        yield Wide()


class Sized(App[None]):
    def get_default_screen(self) -> Screen[None]:
        return Here()


def widths(app: App[None]) -> Iterator[int]:
    return iter(app.screen.query_one(Wide).widths)


@pytest.mark.parametrize("width", [81, 60, 120])
async def test_nothing_is_laid_out_in_a_size_told_too_late(width: int) -> None:
    app = Sized()
    async with app.run_test(size=(80, 24)) as pilot:
        late = Size(width, 24)
        app.screen.post_message(Resize(late, late))
        await pilot.pause()
        assert set(widths(app)) == {80}


async def test_the_newest_size_is_taken() -> None:
    app = Sized()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(100, 30)
        await pilot.pause()
        assert list(widths(app))[-1] == 100


class Box(SizedScreen[None], ModalScreen[None]):
    """A dialog over it."""


class Fitted(SizedScreen[None]):
    """Knows what it says, and with it its own height, when it knows its width."""

    def compose(self) -> ComposeResult:
        with VerticalScroll():
            yield Static()

    def on_resize(self) -> None:
        self.query_one(Static).update("\n".join(str(line) for line in range(self.size.width)))


async def test_a_screen_that_opens_is_painted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    paints: list[object] = []

    def noted(compositor: Compositor, *args: Any, **options: Any) -> object:
        update = paint(compositor, *args, **options)
        paints.extend([update] if update else [])
        return update

    app = Sized()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        monkeypatch.setattr(Compositor, "render_update", noted)
        await app.push_screen(Fitted())
        while not paints:
            await pilot.pause()
        await pilot.pause(AGAIN)
        assert len(paints) == 1


async def test_what_is_below_a_dialog_is_not_laid_out_anew_when_it_closes() -> None:
    app = Sized()
    async with app.run_test(size=(80, 24)) as pilot:
        below = app.screen
        laid_out: list[Screen[object]] = []
        await app.push_screen(Box())
        await pilot.pause()
        below.screen_layout_refresh_signal.subscribe(below, laid_out.append)
        app.screen.dismiss()
        await pilot.pause()
        await pilot.pause()
        assert app.screen is below
        assert not laid_out


class TwoTexts(SizedScreen[None]):
    """One text above another."""

    def compose(self) -> ComposeResult:
        yield Static("one\ntwo\nthree", id="above")
        yield Static("four\nfive\nsix", id="below")


async def test_only_the_lines_that_changed_are_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[tuple[Widget, Region]] = []
    render_lines = Widget.render_lines

    def noted(widget: Widget, crop: Region) -> list[Strip]:
        drawn.append((widget, crop))
        return render_lines(widget, crop)

    app = Sized()
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(Compositor, "render_update", paint)
        await app.push_screen(TwoTexts())
        await pilot.pause(AGAIN)
        below = app.screen.query_one("#below", Static)
        monkeypatch.setattr(Widget, "render_lines", noted)
        below.refresh(Region(2, 1, 4, 1))
        await pilot.pause(AGAIN)
        assert drawn == [(below, Region(0, 1, 80, 1))]
