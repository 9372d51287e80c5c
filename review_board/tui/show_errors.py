"""What is refused is told to the person, and the board goes on."""

from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from review_board.errors import ReviewBoardError

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.tui.app_protocol import BoardApp


def attempt(app: "BoardApp", act: Callable[[], object]) -> bool:
    """Do it, and return whether it was done; what is refused is told."""
    try:
        act()
    except ReviewBoardError as error:
        app.notify(str(error), severity="warning")
        return False
    return True


async def attempt_later(
    app: "BoardApp", work: Coroutine[Any, Any, object], began: str = "Not saved: "
) -> None:
    """Do what takes a dialog; its prospect may go while the dialog is open, and that is told."""
    try:
        await work
    except ReviewBoardError as error:
        app.notify(f"{began}{error}", severity="warning")


def may_change(app: "BoardApp", board: "Board", what: str = "changed") -> bool:
    """Return whether the pipeline may be written; where it is read-only, that is told."""
    if board.read_only:
        app.notify(f"Nothing can be {what}: {board.read_only}", severity="warning")
    return not board.read_only
