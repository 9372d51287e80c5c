"""Merging two prospects on the screen, and the list of those that may be one."""

from review_board.board.merging import TWO as TWO_NAME
from review_board.board.merging import keep_apart, not_the_same
from review_board.pipeline.vocabulary import Outcome
from review_board.store.protocol import META
from review_board.tui.board.duplicates_screen import DuplicatesScreen
from tests.judgement.build import prospect, touch
from tests.memory_store import Disk
from tests.tui.board.test_deciding import opened
from tests.tui.conftest import HOSTILE, dialog_words, open_board, screen_text, toasts, until
from tests.tui.review.conftest import MakeApp, make_app
from tests.tui.review.test_review_screen import press

__all__ = ["make_app"]

ONE = prospect(touch(Outcome.TALKED, 2), id="p-1", name="Harbor Auto Glass", owner="ann")
TWO = prospect(touch(Outcome.VOICEMAIL, 3, id="t-2"), id="p-2", name="Harbour Auto Glass")


async def test_two_marked_are_shown_as_one_then_merged_and_taken_back(make_app: MakeApp) -> None:
    async with make_app([ONE, TWO]).run_test() as pilot:
        board = await opened(pilot)
        await press(pilot, "A", "E")
        words = dialog_words(pilot.app)
        assert "Harbor Auto Glass gets 1 contact logged." in words
        assert "name: Harbour Auto Glass" in words
        await press(pilot, "2")
        assert "Harbour Auto Glass gets 1 contact logged and owner." in dialog_words(pilot.app)
        await press(pilot, "enter")
        assert [*board.documents()] == ["p-2"]
        assert len(board.prospect("p-2").touches) == 2
        await press(pilot, "u")
        assert sorted(board.documents()) == ["p-1", "p-2"]


async def test_the_list_proposes_and_remembers_which_are_two(make_app: MakeApp) -> None:
    async with make_app([ONE, TWO]).run_test(size=(120, 30)) as pilot:
        board = await opened(pilot)
        await press(pilot, "E")
        screen = pilot.app.screen
        assert isinstance(screen, DuplicatesScreen)
        await until(pilot, lambda: "nearly the same name (97 %)" in screen_text(pilot.app))
        await press(pilot, "x")
        assert not_the_same(board) == {frozenset({"p-1", "p-2"})}
        await until(pilot, lambda: "not the same" in screen_text(pilot.app))
        await press(pilot, "x")
        assert not not_the_same(board)
        await press(pilot, "enter", "enter")
        assert [*board.documents()] == ["p-1"]
        await until(pilot, lambda: "No two prospects look alike." in screen_text(pilot.app))
        footer = screen_text(pilot.app).splitlines()[-1]
        assert footer.split() == ["u", "Undo", "esc", "Back", "?", "Help"]


async def test_three_marked_are_refused(make_app: MakeApp) -> None:
    three = [ONE, TWO, prospect(id="p-3", name="Third")]
    async with make_app(three).run_test() as pilot:
        await opened(pilot)
        await press(pilot, "A", "E")
        assert "Mark the two that are one" in toasts(pilot.app)


async def test_hostile_names_are_data(make_app: MakeApp) -> None:
    names = [name for name in HOSTILE if name.strip("\x00\u200b")][:8]
    alike = [
        prospect(id=f"p-{n}-{half}", name=f"{name} {half}{half}")
        for n, name in enumerate(names)
        for half in ("a", "a.")
    ]
    async with make_app(alike).run_test(size=(100, 30)) as pilot:
        await opened(pilot)
        await press(pilot, "E")
        await until(pilot, lambda: "same name" in screen_text(pilot.app))
        await press(pilot, "enter")
        assert "Merge these two?" in dialog_words(pilot.app)
        assert "\x1b" not in screen_text(pilot.app)


def test_a_list_of_pairs_that_a_hand_spoilt_is_begun_anew() -> None:
    spoilt = {"id": TWO_NAME, "rev": 1, "pairs": ["p-1 p-2"]}
    board = open_board(Disk({META: {TWO_NAME: spoilt}}))
    assert not not_the_same(board)
    keep_apart(board, "p-2", "p-1")
    assert not_the_same(board) == {frozenset({"p-1", "p-2"})}
