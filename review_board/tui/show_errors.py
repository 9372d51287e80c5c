"""What is refused is told to the person, and the board goes on."""

from collections.abc import Callable, Coroutine
from typing import Any, Protocol

from review_board.errors import ReviewBoardError


class MessageShower(Protocol):
    """Who shows a short message."""

    def say(self, text: str, *, bad: bool = False) -> None:
        """Show it; a ``bad`` one says that nothing was done."""


def told(app: MessageShower, act: Callable[[], object]) -> bool:
    """Do it, and return whether it was done; what is refused is told."""
    try:
        act()
    except ReviewBoardError as error:
        app.say(str(error), bad=True)
        return False
    return True


async def told_later(app: MessageShower, work: Coroutine[Any, Any, object]) -> None:
    """Do what takes a dialog; its prospect may go while the dialog is open, and that is told."""
    try:
        await work
    except ReviewBoardError as error:
        app.say(f"Not saved: {error}", bad=True)
