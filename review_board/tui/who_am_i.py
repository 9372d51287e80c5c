"""Who this person is in the list: asked once, remembered, and the pipeline opened anew in that name."""

from typing import TYPE_CHECKING

from review_board.board.owners import likely_owners
from review_board.errors import RefusedError
from review_board.pipeline.text import fold
from review_board.tui.dialogs.who import WhoDialog
from review_board.tui.keep_setting import UNTIL_YOU_LEAVE, beaten_by_variable, keep_setting
from review_board.tui.switching import switch

if TYPE_CHECKING:
    from review_board.tui.app_protocol import PipelineApp


async def ask_who(app: "PipelineApp") -> bool:
    """Ask which of the owners this person is, and act as them; return whether that was said."""
    board = app.board
    if board is None or app.pipelines is None:
        raise RefusedError("Here your login says who you are")
    owners = sorted(filter(None, board.owners()), key=fold)
    if not owners:
        raise RefusedError("No prospect here has an owner yet", "o on a card gives it one")
    likely = board.by if board.by in owners else next(iter(likely_owners(board.by, owners)), "")
    promise = ", remembered" if app.setting_keeper else UNTIL_YOU_LEAVE
    name: str | None = await app.push_screen_wait(WhoDialog(board.by, owners, likely, promise))
    if name is None:
        return False
    kept = keep_setting(app, "my_name", name)
    await switch(app, app.pipelines.acting_as(name))
    app.notify(f"You are {name} now{kept}")
    if app.board and app.setting_keeper and app.board.settings.my_name != name:
        app.notify(beaten_by_variable("my_name"), severity="warning")
    return True
