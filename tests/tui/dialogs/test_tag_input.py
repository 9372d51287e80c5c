"""Tags are proposed from those in use: the most used that goes on like what is typed."""

import pytest

from review_board.tui.dialogs.fields import AddDialog
from review_board.tui.dialogs.tag_input import complete_tags, most_used
from tests.tui.conftest import Harness, type_in
from tests.tui.dialogs.test_dialogs import SETTING

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
