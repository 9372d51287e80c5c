"""Keys one after another: none is handed on before the one ahead has had its effect.

Textual hands keys to whatever has the focus when they arrive, so that what is typed ahead of a
dialog would go to the screen below it, and might mean something else there.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Any

from textual import events
from textual.app import App
from textual.screen import ModalScreen

PATIENCE = 2.0
"""Seconds that a key waits at most."""

Deliver = Callable[[events.Event], Awaitable[None]]


class Typist:
    """Hands keys and pastes to the app in order."""

    def __init__(self, app: App[Any], deliver: Deliver) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: asyncio.Queue[events.Event] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None

    def type(self, event: events.Event) -> None:
        """Take a key."""
        self._waiting.put_nowait(event)
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    def stop(self) -> None:
        """The app ends."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                event = await self._waiting.get()
                await self._deliver(event)
                await self._settled()

    async def _settled(self) -> None:
        """Until the key has been handled and what it opens stands open."""
        end = monotonic() + PATIENCE
        await asyncio.sleep(0)
        while (self._unhandled() or self._opening()) and monotonic() < end:
            await asyncio.sleep(0.001 if self._opening() else 0)

    def _unhandled(self) -> bool:
        """Whether a message is under way from where the focus is up to the app."""
        focused = self._app.focused or self._app.screen
        return any(node.message_queue_size for node in focused.ancestors_with_self)

    def _opening(self) -> bool:
        """Whether something was begun that will ask, and does not ask yet."""
        screen = self._app.screen
        if isinstance(screen, ModalScreen):
            return not screen.is_mounted or bool(screen.AUTO_FOCUS and not screen.focused)
        return any(not worker.is_finished for worker in self._app.workers)
