"""A size that the terminal has no more changes nothing."""

import pytest
from textual.app import App
from textual.events import Resize
from textual.geometry import Size
from textual.screen import Screen

from review_board.tui.resizing import SizedScreen


class Here(SizedScreen[None]):
    """Counts the sizes that it is told."""

    told = 0

    async def on_event(self, event: object) -> None:
        self.told += isinstance(event, Resize)
        await super().on_event(event)  # type: ignore[arg-type]


class Sized(App[None]):
    def get_default_screen(self) -> Screen[None]:
        return Here()


@pytest.mark.parametrize("late", [Size(81, 25), Size(80, 23), Size(120, 40)])
async def test_a_size_told_too_late_is_passed_over(late: Size) -> None:
    app = Sized()
    async with app.run_test(size=(80, 24)) as pilot:
        app.screen.post_message(Resize(late, late))
        await pilot.pause()
        assert app.screen.size == (80, 24)


async def test_two_sizes_at_once_come_to_rest_at_the_newest() -> None:
    app = Sized()
    async with app.run_test(size=(80, 24)) as pilot:
        for size in (Size(100, 30), Size(90, 20)) * 5:
            app.post_message(Resize(size, size))
            app.screen.post_message(Resize(size, size))
            app.screen.call_later(lambda: None)  # messages between keep them from merging
        await pilot.pause(0.1)
        assert app.screen.size == (90, 20)
        assert isinstance(app.screen, Here)
        told = app.screen.told
        await pilot.pause(0.1)
        assert app.screen.told == told
