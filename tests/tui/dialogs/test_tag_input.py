"""Tags are proposed from those in use: the most used that goes on like what is typed."""

from datetime import date

import pytest

from review_board.board.board import Board
from review_board.pipeline.fields import TypingDefaults
from review_board.pipeline.prospect import from_document
from review_board.tui.actions import ProspectActions
from review_board.tui.dialogs.bulk import TagsDialog, TagsDraft
from review_board.tui.dialogs.fields import AddDialog
from review_board.tui.dialogs.tag_input import complete_tags, most_used
from tests.tui.conftest import HARBOR, Harness, type_in
from tests.tui.dialogs.test_dialogs import SETTING
from tests.tui.fake_app import FakeApp

KNOWN = ("solar", "north", "School", "price first", "Südwest")


def test_the_most_used_tag_comes_first() -> None:
    assert most_used([("b", "a"), ("a",), ("c", "a", "b"), ()]) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("s", "solar"),
        ("sc", "School"),
        ("SUD", "Südwest"),
        ("north, s", "north, solar"),
        ("solar,s", "solar,School"),
        ("dental; pri", "dental; price first"),
        ("solar", None),
        ("", None),
        ("north, ", None),
        ("x", None),
        ("[bold", None),
    ],
)
def test_the_tag_that_is_typed_is_made_whole(typed: str, whole: str | None) -> None:
    assert complete_tags(typed, KNOWN) == whole


async def test_right_takes_over_what_is_proposed() -> None:
    app = Harness(AddDialog("Add", SETTING, known={"tags": KNOWN}))
    async with app.run_test(size=(80, 30)) as pilot:
        await type_in(pilot, "Harbor")
        app.screen.query_one("#tags").focus()
        await type_in(pilot, "north,so")
        await pilot.pause()
        await pilot.press("right", "enter")
        await pilot.pause()
        assert app.result == {"name": "Harbor", "tags": ("north", "solar")}


async def test_right_takes_over_an_owner_and_a_stage_in_use() -> None:
    app = Harness(AddDialog("Add", SETTING, known={"owner": ("Lucia",), "stage": ("Proposal",)}))
    async with app.run_test(size=(80, 30)) as pilot:
        await type_in(pilot, "Harbor")
        for name, typed in (("stage", "pro"), ("owner", "lu")):
            app.screen.query_one(f"#{name}").focus()
            await type_in(pilot, typed)
            await pilot.pause()
            await pilot.press("right")
        await pilot.press("enter")
        await pilot.pause()
        assert app.result == {"name": "Harbor", "stage": "Proposal", "owner": "Lucia"}


async def test_tags_of_marked_ones_are_completed_as_in_the_form() -> None:
    """The second tag after a comma was completed nowhere here, the first only where it is taken off."""
    typing = TypingDefaults("USD", date(2026, 11, 20))
    dialog = TagsDialog("Tags", ["fair", "old file"], typing, ["north", "northwest"])
    app = Harness(dialog)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for keys in ("x,nor", "fair,ol"):
            await type_in(pilot, keys)
            await pilot.pause()
            await pilot.press("right", "tab")
        await pilot.press("enter")
        await pilot.pause()
    assert app.result == TagsDraft(("x", "north"), ("fair", "old file"))


async def test_a_card_whose_tags_are_changed_is_told(board: Board) -> None:
    board.add([from_document(HARBOR)], "import")
    app = FakeApp(TagsDraft(("north",), ()))
    assert await ProspectActions(app, board).tags([str(HARBOR["id"])])
    assert app.said == ["Changed the tags of Harbor Auto Glass; one undo takes it back"]
