"""The last line of a dialog says in words what enter will do, or what it takes first; the hint does not say it again."""

import ast
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import review_board.tui
from review_board.calls.entry import EntryDefaults
from review_board.pair.vote import Vote
from review_board.pipeline.fields import TypingDefaults
from review_board.pipeline.vocabulary import Column
from review_board.settings.setting_groups import Calendar
from review_board.tui.board.choose_view import SortDialog
from review_board.tui.board_actions import OneOfThemDialog
from review_board.tui.calls.log_dialog import LogDialog
from review_board.tui.dialogs.bulk import OwnerDialog, TagsDialog
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.dialog import Dialog, Text
from review_board.tui.dialogs.drop import DropDialog
from review_board.tui.dialogs.drop_many import DropManyDialog
from review_board.tui.dialogs.fields import AddDialog
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.dialogs.next_step import NextStepDialog
from review_board.tui.dialogs.note import NoteDialog
from review_board.tui.pair.vote_dialogs import NO_VOTE, SureDialog
from review_board.tui.review.against_dialog import AgainstDialog, AgainstQuestion
from review_board.tui.review.importance_dialog import ImportanceDialog
from review_board.tui.review.keep_dialog import BetDialog, EarliestDay, KeepDialog
from review_board.tui.who_am_i import WhoDialog
from tests.judgement.build import TODAY, prospect
from tests.tui.conftest import Harness, screen_text

DAY = TODAY.day
TYPING = TypingDefaults("USD", DAY)


def lines(app: Harness) -> tuple[str, str]:
    """The hint and the line about enter."""
    hint, enter = (app.screen.query_one(f"#{name}", Text) for name in ("hint", "enter"))
    return str(hint.content), str(enter.content) if enter.display else ""


@pytest.mark.parametrize(
    ("dialog", "lacks", "keys", "does"),
    [
        (lambda: SortDialog("name"), "", ["n"], "sort by: name, from A to Z"),
        (
            lambda: AddDialog("Add a prospect", TYPING),
            "Type a name",
            ["P", "e", "l", "l"],
            "add Pell to Active",
        ),
        (
            lambda: CallbackDialog("Harbor", DAY),
            "A callback needs its day",
            [*"+2w", "tab", "tab", "tab", *"moving"],
            "call Harbor on 4 Dec; our own plan: they did not ask for it",
        ),
        (
            lambda: AgainstDialog(AgainstQuestion("PURGE"), "It goes to Active"),
            "Give one line and y or n",
            ["o", "k", "a", "y", "tab", "n"],
            "go on against the advice; you would not start with it today",
        ),
        (
            lambda: DropDialog("it"),
            "A drop needs a reason",
            ["o", "tab", *"moved away"],
            "drop it, because: other",
        ),
        (
            lambda: DropManyDialog("them", {"a": "A", "b": "B"}, {}),
            "Each needs a reason",
            ["e"],
            "drop all 2, each for its reason",
        ),
        (
            lambda: ImportanceDialog("A large sale", (), DAY, DAY, days=14, letting_go=""),
            "Press a number from 1 to 5",
            ["2"],
            "go on: the sale is a little important",
        ),
        (
            lambda: KeepDialog("Keep", DAY, "call", "+1d", EarliestDay(TODAY.day.replace(day=28), "p")),
            "That is early: say why so soon, in one word",
            ["tab", "tab", *"asked"],
            "keep it in Active; on 21 Nov: call",
        ),
        (
            lambda: BetDialog("Bet", DAY, 14, DAY.replace(day=27), calendar=Calendar()),
            "Say what they will do by then",
            [*"Olga gives a date"],
            "keep it in Active until 27 Nov for “Olga gives a date”, else the next review drops it",
        ),
        (
            lambda: NextStepDialog("Next", DAY, when="fri"),
            "Say what the next step is; a day alone is not one",
            [*"demo", "tab", *"fri"],
            "demo on 27 Nov",
        ),
        (
            lambda: LogDialog(prospect(), EntryDefaults(TODAY)),
            "Press the letter of how it ended",
            ["v"],
            "log it: voicemail left",
        ),
        (
            lambda: OwnerDialog("Whose?", ["ann", "raj"], TYPING, {"ann", "raj"}),
            "Type a name; none leaves them to nobody",
            [*"raj"],
            "the owner is raj then",
        ),
        (
            lambda: TagsDialog("Tags", ["fair"], TYPING),
            "Type a tag to add, or one to take off",
            [*"a,b", "tab", *"fair"],
            "add a and b; take off fair",
        ),
        (lambda: LineDialog("Why?"), "One line is needed here", [*"we know"], "go on with this line"),
        (
            lambda: WhoDialog("kim", ["ann", "raj"], "", ", remembered"),
            "Type your name",
            [*"ann"],
            "you are ann, remembered",
        ),
        (
            lambda: WhoDialog("kim", ["ann", "raj"], "", ", remembered"),
            "Type your name",
            [*"Sam"],
            "you are Sam, a new name here, remembered",
        ),
        (
            lambda: OneOfThemDialog({"p": "Pell"}),
            "Pick one: press its letter",
            ["a"],
            "take Pell back alone",
        ),
        (lambda: SureDialog("Sure?", NO_VOTE), "", ["3"], "vote, certain"),
    ],
)  # fmt: skip
async def test_the_last_line_says_what_enter_takes_first_and_then_what_it_does(
    dialog: Callable[[], Dialog[Any]], lacks: str, keys: list[str], does: str
) -> None:
    app = Harness(dialog())
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        hint, enter = lines(app)
        assert enter.startswith(f"not yet: {lacks}" if lacks else "enter: ")
        assert "enter" not in hint
        await pilot.press(*keys)
        await pilot.pause()
        hint, enter = lines(app)
        assert enter == f"enter: {does}"
        assert "enter" not in hint


@pytest.mark.parametrize(
    ("dialog", "keys"),
    [
        (lambda: CallbackDialog("Harbor", DAY), []),
        (lambda: DropDialog("it", advice="The record says KEEP"), []),
        (lambda: DropDialog("it", advice="The record says KEEP"), ["o"]),
        (
            lambda: ImportanceDialog(
                "Sale", (), DAY, DAY, days=14, letting_go="", against=AgainstQuestion("PURGE")
            ),
            [],
        ),
        (
            lambda: ImportanceDialog(
                "Sale", (), DAY, DAY, days=14, letting_go="", against=AgainstQuestion("PURGE")
            ),
            ["tab", "tab", "5"],
        ),
    ],
)
async def test_what_is_missing_fits_one_row_of_a_small_terminal(
    dialog: Callable[[], Dialog[Any]], keys: list[str]
) -> None:
    app = Harness(dialog())
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press(*keys)
        await pilot.pause()
        line = app.screen.query_one("#enter", Text)
        assert str(line.content).startswith("not yet: ")
        assert line.size.height == 1


async def test_a_second_vote_says_that_the_first_is_marked() -> None:
    app = Harness(SureDialog("Sure?", Vote(to=Column.ACTIVE, sure=1)))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert lines(app)[1] == "enter: vote, doubtful"
        assert "Marked is what you said before." in screen_text(app)
        assert "not said" not in screen_text(app)


async def test_what_is_wrong_is_said_once() -> None:
    app = Harness(NextStepDialog("Next", DAY))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.press(*"demo", "tab", *"fri 25:00")
        await pilot.pause()
        assert lines(app)[1].startswith("not yet: ")
        assert "25:00" in lines(app)[1]
        await pilot.press("enter")
        await pilot.pause()
        assert "✗" in screen_text(app)
        assert lines(app)[1] == ""
        await pilot.press("x")
        await pilot.pause()
        assert "✗" not in screen_text(app)
        assert lines(app)[1].startswith("not yet: ")


async def test_what_enter_does_in_a_note_is_said_where_the_keys_are() -> None:
    app = Harness(NoteDialog("Note"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert lines(app)[1] == "enter: begin another line"
        await pilot.press("tab")
        await pilot.pause()
        assert lines(app)[1] == "not yet: The note is empty"
        await pilot.press("shift+tab", *"moved", "tab")
        await pilot.pause()
        assert lines(app)[1] == "enter: store the note"


async def test_a_hint_says_how_the_list_under_the_keys_is_picked_from() -> None:
    app = Harness(AgainstDialog(AgainstQuestion("PURGE", "said"), "It goes to Active"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert lines(app)[0] == "y or n picks · esc cancels"
    app = Harness(DropDialog("it"))
    async with app.run_test(size=(100, 30)) as pilot:
        await pilot.pause()
        assert lines(app)[0] == "a letter or a number picks · tab next field · esc cancels"
        await pilot.press("tab")
        await pilot.pause()
        assert lines(app)[0] == "tab next field · esc cancels"


SAYERS = ("FieldError", "Lack", "required", "read_line")


def test_what_a_dialog_lacks_is_said_in_a_sentence() -> None:
    """It follows "not yet: ", where a question with half an answer was no sentence."""
    called = (
        (path, node)
        for path in sorted(Path(review_board.tui.__path__[0]).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in SAYERS
    )
    said = [
        (path.name, part.value)
        for path, node in called
        for argument in node.args
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant) and isinstance(part.value, str)
    ]
    assert len(said) > 60
    assert [words for words in said if re.search(r"\?\s", words[1])] == []
