"""The last line of a dialog says in words what enter will do; the hint does not say it again."""

from collections.abc import Callable
from typing import Any

import pytest

from review_board.pipeline.fields import TypingDefaults
from review_board.tui.board.choose_view import SortDialog
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.dialog import Dialog, Text
from review_board.tui.dialogs.fields import AddDialog
from review_board.tui.review.against_dialog import AgainstDialog, AgainstQuestion
from tests.judgement.build import TODAY
from tests.tui.conftest import Harness


def lines(app: Harness) -> tuple[str, str]:
    """The hint and the line about enter."""
    hint, enter = (app.screen.query_one(f"#{name}", Text) for name in ("hint", "enter"))
    return str(hint.content), str(enter.content) if enter.display else ""


@pytest.mark.parametrize(
    ("dialog", "keys", "does"),
    [
        (lambda: SortDialog("name"), ["n"], "enter: sort by: name, from A to Z"),
        (
            lambda: AddDialog("Add a prospect", TypingDefaults("USD", TODAY.day)),
            ["P", "e", "l", "l"],
            "enter: add Pell to Active",
        ),
        (
            lambda: CallbackDialog("Harbor", TODAY.day),
            [*"+2w", "tab", "tab", "tab", *"moving"],
            "enter: call Harbor on 4 Dec; our own plan: they did not ask for it",
        ),
        (
            lambda: AgainstDialog(AgainstQuestion("PURGE"), "It goes to Active"),
            ["o", "k", "a", "y", "enter", "n"],
            "enter: go on against the advice; you would not start with it today",
        ),
    ],
    ids=["sort", "add", "callback", "against"],
)
async def test_the_last_line_says_what_enter_does(
    dialog: Callable[[], Dialog[Any]], keys: list[str], does: str
) -> None:
    app = Harness(dialog())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        await pilot.press(*keys)
        await pilot.pause()
        hint, enter = lines(app)
        assert enter == does
        assert "enter" not in hint


async def test_while_enter_cannot_be_taken_the_button_names_it_alone() -> None:
    app = Harness(AddDialog("Add a prospect", TypingDefaults("USD", TODAY.day)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        hint, enter = lines(app)
        assert (enter, "enter" in hint) == ("enter adds it", False)
