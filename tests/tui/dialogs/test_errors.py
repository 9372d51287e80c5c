"""After an error: the focus on the field in error, what was typed still there, the next key taken."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from textual.widgets import Input

from review_board.judgement.question_packs import PACKS
from review_board.pipeline.fields import TypingDefaults
from review_board.pipeline.records import Answer, NextStep
from review_board.pipeline.vocabulary import AnswerState, Outcome
from review_board.review.verdicts import Decision
from review_board.settings.setting_groups import Calendar
from review_board.tui.board_actions import OneOfThemDialog
from review_board.tui.calls.line_dialog import WhichDialog
from review_board.tui.calls.log_dialog import LogDialog
from review_board.tui.dialogs.callback import CallbackDialog
from review_board.tui.dialogs.choices import Choices
from review_board.tui.dialogs.confirm import WonDialog
from review_board.tui.dialogs.dialog import Dialog
from review_board.tui.dialogs.drop import DropDialog
from review_board.tui.dialogs.drop_many import DropManyDialog
from review_board.tui.dialogs.fields import AddDialog
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.dialogs.next_step import NextStepDialog
from review_board.tui.dialogs.nurture import NurtureDialog
from review_board.tui.dialogs.people import CopyDialog, PeopleDialog, PersonDraft
from review_board.tui.imports.questions import ListQuestion
from review_board.tui.imports.screen import MeaningDialog
from review_board.tui.review.against_dialog import KEEP, AgainstDialog, AgainstQuestion
from review_board.tui.review.ask_question import AnswerDialog
from review_board.tui.review.importance_dialog import ImportanceDialog
from review_board.tui.review.keep_dialog import BetDialog, EarliestDay, KeepDialog
from tests.judgement.build import advice, prospect, touch, touches
from tests.tui.conftest import Harness, screen_text
from tests.tui.dialogs.test_dialogs import DEFAULTS, answer, press_all

TODAY = date(2026, 11, 20)
LATER = date(2026, 12, 4)


def keep() -> KeepDialog:
    return KeepDialog("Keep", TODAY, "", "", EarliestDay(LATER, "3 tries unanswered"))


def importance() -> ImportanceDialog:
    ideas = ["ask Dana Whitfield", "call the CFO"]
    return ImportanceDialog(
        "A sale", ideas, TODAY, LATER, days=30, letting_go="It goes to Dropped: no reply."
    )


def against() -> AgainstDialog:
    return AgainstDialog(AgainstQuestion("Against the advice to keep it"), "Harbor → Dropped")


CASES: list[tuple[Callable[[], Dialog[Any]], tuple[str, ...], str]] = [
    (lambda: DropDialog("it"), (), "reason"),
    (lambda: LogDialog(prospect(), DEFAULTS), ("n", ">tab", "wrong number"), "note"),
    (lambda: DropDialog("it"), ("o",), "note"),
    (lambda: CallbackDialog("Harbor", TODAY), ("next fri",), "when"),
    (lambda: CallbackDialog("Harbor", TODAY), ("2020-01-01", ">tab", "b"), "when"),
    (lambda: NurtureDialog("Nurture", TODAY), (">tab", "2027-02-30"), "first"),
    (lambda: NextStepDialog("Next", TODAY), ("demo", ">tab", "fri 25:00"), "when"),
    (lambda: NextStepDialog("Next", TODAY), (">tab", "fri"), "action"),
    (lambda: LineDialog("What has changed?"), (), "text"),
    (lambda: LineDialog("What has changed?"), ("n",), "text"),
    (lambda: LogDialog(prospect(), DEFAULTS), (">tab", "left word"), "outcome"),
    (lambda: LogDialog(prospect(), DEFAULTS), ("q", ">tab", "lots"), "amount"),
    (
        lambda: AddDialog("Add", TypingDefaults("USD", TODAY)),
        ("Acme", ">tab tab tab tab tab", "lots", ">tab"),
        "value",
    ),
    (lambda: WonDialog("Won", "USD"), ("lots",), "value"),
    (keep, ("demo", ">tab", "fri"), "sooner"),
    (keep, ("demo", ">tab", "2020-01-01"), "when"),
    (keep, (">tab", "+2w"), "action"),
    (
        lambda: BetDialog("Bet", TODAY, 30, TODAY + timedelta(days=30)),
        ("sign", ">tab end", "1"),
        "when",
    ),
    (against, (), "line"),
    (against, ("n",), "line"),
    (against, ("their CFO starts on Monday",), "anew"),
    (importance, (), "importance"),
    (importance, ("4",), "action"),
    (importance, ("4", ">tab", "a", ">tab end", "9"), "when"),
    (
        lambda: AnswerDialog(PACKS["weiss"][0], "Harbor", "Is there a budget?", TODAY),
        ("y", ">tab", "they do", ">tab end", "9"),
        "on",
    ),
]


def texts(dialog: Any) -> dict[str, str]:
    return {str(field.id): field.value for field in dialog.query(Input)}


@pytest.mark.parametrize(
    ("action", "complained", "is_early"),
    [("call", False, True), ("send the deck", False, False), ("send the deck", True, True)],
)
async def test_why_so_soon_is_asked_of_a_call_and_not_of_what_we_send(
    action: str, complained: bool, is_early: bool
) -> None:
    early = EarliestDay(LATER, "3 tries unanswered", complained)
    app = Harness(KeepDialog("Keep", TODAY, "", "fri", early))
    async with app.run_test(size=(80, 30)) as pilot:
        await press_all(pilot, action)
        assert all(part.display is is_early for part in app.screen.query("#row-sooner"))


def test_one_of_several_who_complained_lets_what_we_send_them_wait_too() -> None:
    """Of several the dialog asked nothing, and then the step was refused for want of a reason."""
    angry = prospect(touch(Outcome.TALKED, 9), touch(Outcome.COMPLAINT, 2))
    tried = prospect(touch(Outcome.TALKED, 20), *touches(Outcome.VOICEMAIL, 8, 6, 4, 2))
    both = EarliestDay.of(advice(angry), advice(tried))
    alone = EarliestDay.of(advice(tried))
    assert [one.is_early("send the deck", TODAY) for one in (both, alone)] == [True, False]
    assert both.earliest == max(advice(one).earliest_step or TODAY for one in (angry, tried))


@pytest.mark.parametrize(("make", "steps", "field"), CASES)
async def test_the_field_in_error_has_the_focus_and_keeps_its_text(
    make: Callable[[], Dialog[Any]], steps: tuple[str, ...], field: str
) -> None:
    app = Harness(make())
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        await press_all(pilot, *steps)
        typed = texts(app.screen)
        await press_all(pilot, ">enter")
        assert app.result == "nothing yet"
        assert app.screen.query_one(f"#{field}").has_focus
        assert "✗" in screen_text(app)
        assert texts(app.screen) == typed


async def test_all_that_a_large_sale_lacks_is_told_at_once_and_each_field_says_its_keys() -> None:
    dialog = ImportanceDialog(
        "A sale", ["ask Dana"], TODAY, LATER, days=30, letting_go="", against=AgainstQuestion("No")
    )
    app = Harness(dialog)
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert "a number picks" not in screen_text(app), "a digit is typed into the line"
        await press_all(pilot, ">enter")
        assert "✗ Give one line, y or n and a number" in screen_text(app)
        await press_all(pilot, ">tab", "y")
        assert "✗ Give one line and a number" in screen_text(app)
        await press_all(pilot, ">shift+tab", "the owner called", ">tab")
        assert "y or n" in screen_text(app), "an answer does not move on by itself"
        await press_all(pilot, ">tab")
        assert "a number picks" in screen_text(app)
        await press_all(pilot, "4", ">tab", "a")
        assert "enter: go on, and ask Dana by" in screen_text(app)
        await press_all(pilot, ">enter")
        assert isinstance(app.result, Decision)
        assert app.result.idea
        assert app.result.idea.action == "ask Dana"


async def test_the_day_of_the_idea_is_the_one_that_stands_below_it() -> None:
    free = Calendar.model_validate({"holidays": ["2026-12-01"]})
    dialog = ImportanceDialog(
        "A sale", ["call the CFO"], TODAY, LATER, days=30, letting_go="", calendar=free
    )
    app = Harness(dialog)
    async with app.run_test(size=(80, 30)) as pilot:
        await press_all(pilot, "5", ">tab", "ask Dana", ">tab", ">ctrl+u", "next month")
        assert "→ Wed 2 Dec" in screen_text(app)
        await press_all(pilot, ">enter")
    assert app.result.idea.on == date(2026, 12, 2)


async def test_a_text_longer_than_its_field_is_shown_from_its_beginning() -> None:
    app = Harness(KeepDialog("Keep", TODAY, "ask " + "x" * 90, "", EarliestDay(None, "")))
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert "ask xx" in screen_text(app)
        await press_all(pilot, "call")
        assert app.screen.query_one("#action", Input).value == "call"


async def test_what_is_typed_after_an_error_is_added_to_a_line_that_is_not_finished() -> None:
    """The focus used to select the whole text, so that the next key replaced it."""
    claimed = Answer(state=AnswerState.CLAIMED, text="they do", on=TODAY, by="ann")
    dialog = AnswerDialog(PACKS["weiss"][0], "Harbor", "Is there a budget?", TODAY, claimed)
    app = Harness(dialog)
    async with app.run_test(size=(80, 30)) as pilot:
        await press_all(pilot, "c", ">tab", "they do", ">tab", ">enter")
        assert "what proves it" in screen_text(app)
        await press_all(pilot, "!")
        assert texts(dialog)["text"] == "they do!"


async def test_only_the_wrong_word_gives_way_to_what_is_typed_next() -> None:
    app = Harness(keep())
    async with app.run_test(size=(80, 30)) as pilot:
        await press_all(pilot, "demo", ">tab", "+2w 25:00", ">shift+tab", ">enter", "9:30")
        assert texts(app.screen)["when"] == "+2w 9:30"
        await press_all(pilot, ">enter")
        assert app.result.step.on == LATER


@pytest.mark.parametrize("key", ["n", "y", "no", "Yes.", "K"])
async def test_a_yes_or_no_is_not_taken_for_the_line_against_advice(key: str) -> None:
    told = await answer(against(), key, ">enter", ">tab", "n", ">enter")
    assert told == "nothing yet"


async def test_a_line_against_the_advice_is_taken() -> None:
    given = await answer(against(), "they merged", ">enter", "n", ">enter")
    assert given == replace(KEEP, against="they merged", start_anew=False)


async def test_that_an_idea_is_needed_is_said_before_enter_and_own_words_are_one() -> None:
    app = Harness(importance())
    async with app.run_test(size=(80, 30)) as pilot:
        await pilot.pause()
        assert "4 and 5 ask for one more idea" in screen_text(app)
        await press_all(pilot, "5", ">enter", "back to Dana", ">enter")
        assert app.result.idea.action == "back to Dana", "the cursor is where something is missing"


async def test_a_number_that_was_missing_is_no_longer_asked_for_though_more_is() -> None:
    app = Harness(importance())
    async with app.run_test(size=(80, 30)) as pilot:
        await press_all(pilot, ">enter")
        assert "Press a number from 1 to 5" in screen_text(app)
        await press_all(pilot, ">4")
        assert "Press a number from 1 to 5" not in screen_text(app)


async def test_what_was_missing_is_no_longer_complained_about_once_it_is_picked() -> None:
    app = Harness(LogDialog(prospect(), DEFAULTS))
    async with app.run_test(size=(100, 40)) as pilot:
        await pilot.press("enter")
        await pilot.pause()
        assert "of how it ended" in screen_text(app)
        await pilot.press("v")
        await pilot.pause()
        assert "of how it ended" not in screen_text(app)


class TestTheOneMoreIdea:
    async def test_after_enter_a_letter_is_one_of_those_offered(self) -> None:
        given = await answer(importance(), "4", ">enter", "b", ">enter")
        assert given == replace(KEEP, importance=4, idea=NextStep(action="call the CFO", on=LATER))


@pytest.mark.parametrize(
    "dialog",
    [
        lambda: CopyDialog("Copy which?", []),
        lambda: PeopleDialog("People", []),
        lambda: OneOfThemDialog({}),
        lambda: WhichDialog("Who is it?", [], []),
        lambda: DropDialog("it", reasons={}),
        lambda: DropManyDialog("them", {}, {}, reasons={}),
        lambda: MeaningDialog(ListQuestion("Which sheet?", (), "", ())),
    ],
)
async def test_a_list_with_nothing_in_it_is_shown_and_its_keys_do_no_harm(
    dialog: Callable[[], Dialog[Any]],
) -> None:
    app = Harness(dialog())
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        for choices in app.screen.query(Choices):
            choices.choose(0)
        await pilot.press("down", "up", "x", "enter", "escape")
        await pilot.pause()
        assert app.result is None or isinstance(app.result, PersonDraft)


async def test_the_first_day_for_a_call_is_said_with_its_reason_and_not_asked_about() -> None:
    dialog = KeepDialog(
        "Keep", TODAY, "call", "2026-12-04", EarliestDay(LATER, "3 tries unanswered")
    )
    async with Harness(dialog).run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        shown = screen_text(pilot.app)
    assert "before 4 Dec it is early (3 tries unanswered)" in shown
    assert "Why so soon?" not in shown
