"""Dialogs that follow each other: esc leads one back, to what was answered there."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from textual.screen import Screen

from review_board.tui.app_protocol import Asker
from review_board.tui.dialogs.dialog import Dialog

T = TypeVar("T")


class Steps:
    """Asks several dialogs in a row, and the one before again when a later one is taken back.

    The function that asks is run anew for that: it is given the earlier results without being shown
    their dialogs, so it must ask for the same as long as the results are the same.
    """

    def __init__(self, app: Asker) -> None:
        self._app = app
        self._given: list[tuple[Any, Mapping[str, str]]] = []
        self._place = 0
        self._before: Mapping[str, str] = {}
        self._is_taken_back = False

    async def through(self, ask: Callable[[], Awaitable[T | None]]) -> T | None:
        """Return what the function comes to; ``None`` when its first dialog was taken back."""
        while True:
            self._place, self._is_taken_back = 0, False
            found = await ask()
            if not (self._is_taken_back and self._given):
                return found
            _, self._before = self._given.pop()

    async def push_screen_wait(self, screen: Screen[T]) -> T | None:
        """Return the result of a dialog: the one that it gave before, or what it gives now."""
        self._place += 1
        if self._place <= len(self._given):
            given: T = self._given[self._place - 1][0]
            return given
        if isinstance(screen, Dialog):
            screen.goes_back = bool(self._given)
            screen.answered, self._before = self._before, {}
        result = await self._app.push_screen_wait(screen)
        if result is None:
            self._is_taken_back = True
        else:
            answered = screen.answered if isinstance(screen, Dialog) else {}
            self._given.append((result, answered))
        return result
