"""One paint for a screen that changes in several steps: each paint of a whole screen is 20 KB."""

from contextlib import ExitStack
from typing import Any

from textual.screen import Screen


class Painting:
    """Holds back the paints of a screen until everything under way in it is done."""

    def __init__(self, screen: Screen[Any]) -> None:
        self._screen = screen
        self._held = ExitStack()

    def hold(self) -> None:
        """Stop painting from now on."""
        self._held.enter_context(self._screen.app.batch_update())

    def release_when_idle(self) -> None:
        """Paint once, as soon as the screen has nothing more to do."""
        self._screen.call_after_refresh(self._paint)

    def let_go(self) -> None:
        """Let go: the screen is gone."""
        self._held.close()

    def _paint(self) -> None:
        self._held.close()
        self._screen.refresh()
