"""Pictures of one run at two sizes: the keys are pressed once, then the terminal grows."""

from collections.abc import Awaitable, Callable, Iterable
from typing import Any

import pytest
from textual.app import App
from textual.pilot import Pilot

SMALL, LARGE = (80, 24), (160, 48)

SnapCompare = Callable[..., bool]
BothSizes = Callable[..., Awaitable[bool]]
Steps = Callable[[Pilot[Any]], Awaitable[None]]


class Taken(App[str]):
    """A picture that was taken already, in the shape in which ``snap_compare`` asks for one."""

    def __init__(self, svg: str) -> None:
        super().__init__()
        self.svg = svg

    def run(self, **_: Any) -> str:
        return self.svg


@pytest.fixture
def both_sizes(snap_compare: SnapCompare) -> BothSizes:
    """Compares an app with two pictures: at 80x24 (``name.svg``), grown to 160x48 (``name.1.svg``)."""

    async def compare(
        app: App[Any], press: Iterable[str] = (), run_before: Steps | None = None
    ) -> bool:
        pictures = []
        async with app.run_test(size=SMALL, tooltips=True, notifications=True) as pilot:
            if run_before:
                await run_before(pilot)
            await pilot.pause()
            await pilot.press(*press)
            for size in (SMALL, LARGE):
                if app.size != size:
                    await pilot.resize_terminal(*size)
                await pilot.wait_for_scheduled_animations()
                pictures.append(app.export_screenshot(title=app.title, simplify=True))
        return all(snap_compare(Taken(svg)) for svg in pictures)

    return compare
