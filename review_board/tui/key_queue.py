"""Keys one after another: none is handed on before the one ahead has had its effect.

Textual hands keys to whatever has the focus when they arrive, so that what is typed ahead of a
dialog would go to the screen below it, and might mean something else there.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from time import monotonic
from typing import Any
from weakref import WeakSet

from textual import events
from textual.app import App
from textual.message_pump import MessagePump
from textual.screen import ModalScreen

PATIENCE = 0.25
"""Seconds that a key waits at most, all in all, for one thing that does not come to an end."""
PAUSE = 0.02
"""Seconds of one look that count as waiting: in what goes beyond, the machine was at work."""

Deliver = Callable[[events.Event], Awaitable[None]]


class KeyQueue:
    """Hands keys and pastes to the app in order."""

    def __init__(self, app: App[Any], deliver: Deliver) -> None:
        self._app = app
        self._deliver = deliver
        self._waiting: asyncio.Queue[events.Event] = asyncio.Queue()
        self._task: asyncio.Task[None] | None = None
        self._stuck: WeakSet[MessagePump] = WeakSet()
        self._endless: WeakSet[object] = WeakSet()

    def type(self, event: events.Event) -> None:
        """Take a key."""
        self._waiting.put_nowait(event)
        if self._task is None:
            self._task = asyncio.create_task(self._run())

    @property
    def has_more(self) -> bool:
        """Return whether another key waits behind the one that was handed on."""
        return not self._waiting.empty()

    def stop(self) -> None:
        """Stop: the app ends."""
        if self._task is not None:
            self._task.cancel()

    async def _run(self) -> None:
        with suppress(asyncio.CancelledError):
            while True:
                event = await self._waiting.get()
                await self._deliver(event)
                await self._settled()

    async def _settled(self) -> None:
        """Wait until the key was handled and what it opens is open.

        What is not done in time is not waited for by the keys behind it either: forty keys that
        each waited for the same thing would be a board that does not listen.
        """
        self._stuck.difference_update([n for n in self._stuck if not n.message_queue_size])
        left = PATIENCE
        await asyncio.sleep(0)
        while left > 0 and (self._unhandled() or self._opening()):
            before = monotonic()
            await asyncio.sleep(0.001 if self._opening() else 0)
            left -= min(monotonic() - before, PAUSE)
        self._stuck.update(self._unhandled())
        self._endless.update(self._opening())

    def _unhandled(self) -> list[MessagePump]:
        """Return what has a message to handle, from where the focus is up to the app."""
        nodes = (self._app.focused or self._app.screen).ancestors_with_self
        return [n for n in nodes if n.message_queue_size and n not in self._stuck]

    def _opening(self) -> list[object]:
        """Return what was begun that will ask, and does not ask yet."""
        screen = self._app.screen
        if isinstance(screen, ModalScreen):
            found: list[object] = [] if self._is_open(screen) else [screen]
        else:
            found = [worker for worker in self._app.workers if not worker.is_finished]
        return [one for one in found if one not in self._endless]

    def _is_open(self, screen: ModalScreen[Any]) -> bool:
        """Return whether a dialog takes keys; in a window without the focus nothing in it has the focus."""
        takes_keys = bool(screen.focused) or not (screen.AUTO_FOCUS and self._app.app_focus)
        return screen.is_mounted and takes_keys
