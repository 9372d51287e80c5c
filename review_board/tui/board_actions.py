"""What a user can do to saved changes: take back a large one, decide on those missing on disk."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from review_board.tui.dialogs.missing_changes import MissingChoice, MissingDialog
from review_board.tui.dialogs.undo_many import OneOfThemDialog, TakeBackDialog
from review_board.tui.show_errors import attempt
from review_board.wording import several

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.store.protocol import Commit
    from review_board.tui.app_protocol import BoardApp


async def take_back_large(
    app: "BoardApp", board: "Board", commit: "Commit", done: "Callable[[Commit], None] | None"
) -> None:
    """Take back all of a large change, or one prospect of it alone, after asking which."""
    names = {d.id: entry.name for d in commit.docs if (entry := board.entry(d.id))}
    much = await app.push_screen_wait(TakeBackDialog(len(commit.docs), commit.action))
    only = await app.push_screen_wait(OneOfThemDialog(names)) if much == "one" else None
    if only or much == "all":
        attempt(app, lambda: board.undo_commit(commit.seq, done, only))
        if only:
            app.notify(f"Taken back alone: {names[only]}")


async def decide_missing(
    app: "BoardApp", board: "Board", then: Callable[[], object] | None
) -> None:
    """Write the changes that are no longer on disk again, or give them up, after asking which."""
    if not board.missing:
        app.notify("Nothing is missing on disk")
        return
    changes = several(len(board.missing), "change")

    def done(words: str) -> None:
        app.notify(f"{words}: {changes}")
        if then:
            then()

    choice = await app.push_screen_wait(MissingDialog(board.missing, board.zone))
    if choice is MissingChoice.WRITE:
        attempt(app, lambda: board.write_again(lambda: done("Written again")))
    elif choice is MissingChoice.DROP:
        attempt(app, lambda: board.drop_missing(lambda: done("Given up")))
