"""Who this person is in the list: asked once, remembered, and the pipeline opened anew in that name."""

from collections.abc import Sequence

from textual.app import ComposeResult
from textual.suggester import SuggestFromList

from review_board.board.owners import likely_owners
from review_board.errors import RefusedError
from review_board.pipeline.text import fold
from review_board.tui.app_protocol import PipelineApp
from review_board.tui.dialogs.dialog import CANCELS, LabelledField, Text
from review_board.tui.dialogs.fields import OwnerAskingDialog
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.typed_values import required
from review_board.tui.footer_keys import with_keys
from review_board.tui.keep_setting import UNTIL_YOU_LEAVE, keep_setting
from review_board.tui.switching import switch
from review_board.wording import listed


class WhoDialog(OwnerAskingDialog[str]):
    """Asks for the name of this person, perhaps one of the ``owners``; ``likely`` stands there at first."""

    of_prospect = False
    hint = f"right completes a name · {CANCELS}"

    def __init__(self, now: str, owners: Sequence[str], likely: str, promise: str) -> None:
        super().__init__("Who are you in this list?")
        self._now, self.owners = now, owners
        self._likely, self._promise = likely, promise

    def fields(self) -> ComposeResult:
        """Yield who they are now, the name, and the owners."""
        called = "one of these" if self._now in self.owners else "none of these"
        yield Text(f"Now you are {self._now}, {called}:", classes="quiet")
        yield Text(listed(list(self.owners)), classes="echo")
        hint, names = (
            "one of these, or your own name",
            SuggestFromList(self.owners, case_sensitive=False),
        )
        yield LabelledField("I am", LineInput(self._likely, hint=hint, suggester=names, id="owner"))

    def enter_does(self, name: str) -> str:
        """Say who they are from now on, whether nothing is theirs, and for how long."""
        other = "" if name in self.owners else ", a new name here"
        return f"you are {name}{other}{self._promise}"

    def result(self) -> str:
        """Return the name, as the pipeline spells it where it is that of an owner."""
        return self.read_owner(required("owner", self.value_of("owner"), "Type your name"))


async def ask_who(app: PipelineApp) -> bool:
    """Ask which of the owners this person is, and act as them; return whether that was said."""
    board = app.board
    if board is None or app.pipelines is None:
        raise RefusedError("Here your login says who you are")
    owners = sorted(filter(None, board.owners()), key=fold)
    if not owners:
        cure = with_keys(app, "{board.owner:o} on a card gives it one")
        raise RefusedError("No prospect here has an owner yet", cure)
    is_said = board.by in owners or board.by == board.settings.my_name
    likely = board.by if is_said else next(iter(likely_owners(board.by, owners)), "")
    promise = ", remembered" if app.setting_keeper else UNTIL_YOU_LEAVE
    name = await app.push_screen_wait(WhoDialog(board.by, owners, likely, promise))
    if name is None:
        return False
    await switch(app, app.pipelines.acting_as(name))
    app.notify(f"You are {name} now{keep_setting(app, 'my_name', name)}")
    return True
