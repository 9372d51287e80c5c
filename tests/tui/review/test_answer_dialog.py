"""The answer dialog alone: what is meant is what is stored."""

from datetime import date
from typing import Any

import pytest
from textual.widgets import Input

from review_board.judgement.question_packs import PACKS
from review_board.pipeline.fields import TypingDefaults
from review_board.pipeline.records import Answer
from review_board.pipeline.vocabulary import AnswerState
from review_board.tui.dialogs.choices import Choices
from review_board.tui.dialogs.fields import LocationsDialog
from review_board.tui.review.ask_question import AnswerDialog
from tests.judgement.build import prospect
from tests.tui.conftest import Harness, screen_text
from tests.tui.dialogs.test_dialogs import answer, press_all

TODAY = date(2026, 11, 20)
BUDGET = PACKS["weiss"][0]
CLAIMED = Answer(
    state=AnswerState.CLAIMED, text="about what they pay Blue Cart", on=date(2026, 11, 2), by="ann"
)


def asked(given: Answer | None = None) -> AnswerDialog:
    return AnswerDialog(BUDGET, "Harbor", "Is there a budget?", TODAY, given)


@pytest.mark.parametrize(
    ("letter", "state"),
    [
        ("y", AnswerState.CLAIMED),
        ("c", AnswerState.CONFIRMED),
        ("x", AnswerState.NEGATIVE),
        ("u", AnswerState.UNKNOWN),
    ],
)
async def test_what_is_typed_into_the_words_picks_no_state(letter: str, state: AnswerState) -> None:
    given = await answer(asked(), letter, ">tab y u c x", ">enter")
    assert given == Answer(state=state, text="yucx", on=TODAY)


async def test_arrows_and_letters_stay_among_the_states_and_shift_tab_goes_back() -> None:
    app = Harness(asked())
    async with app.run_test(size=(80, 24)) as pilot:
        await press_all(pilot, ">right right")
        assert isinstance(app.focused, Choices)
        await press_all(pilot, "x")
        assert isinstance(app.focused, Choices)
        await press_all(pilot, ">tab shift+tab")
        assert isinstance(app.focused, Choices)
        await press_all(pilot, "y", ">enter")
        assert app.result.state is AnswerState.CLAIMED


async def _after(*steps: str) -> tuple[Any, str, str]:
    """What the dialog over the claimed answer gave, its words and its picture before enter."""
    app = Harness(asked(CLAIMED))
    async with app.run_test(size=(80, 24)) as pilot:
        await press_all(pilot, *steps)
        words, picture = app.screen.query_one("#text", Input).value, screen_text(app)
        await press_all(pilot, ">enter")
        return app.result, words, picture


async def test_an_answer_that_is_only_looked_at_keeps_its_day_and_another_one_is_of_today() -> None:
    given, _, picture = await _after()
    assert given == CLAIMED.model_copy(update={"by": ""})
    assert "leave it as it is; y records it as heard again today" in picture
    another, _, _ = await _after("y", ">tab end", "more")
    assert another.on == TODAY
    again, _, _ = await _after(">tab end", "more", ">backspace backspace backspace backspace")
    assert again.on == CLAIMED.on


async def test_the_letter_of_the_answer_on_record_confirms_it_today() -> None:
    given, words, picture = await _after("y")
    assert given == CLAIMED.model_copy(update={"by": "", "on": TODAY})
    assert words == CLAIMED.text
    assert "enter: put on record what they say" in picture


async def test_the_words_of_another_state_are_shown_and_not_taken_over() -> None:
    given, words, picture = await _after("x")
    assert words == ""
    assert "before, said: “about what they pay Blue Cart”" in picture
    assert given == Answer(state=AnswerState.NEGATIVE, on=TODAY)


async def test_the_words_stand_again_where_the_state_does() -> None:
    given, words, picture = await _after(">right right left left")
    assert words == CLAIMED.text
    assert "before, said" not in picture
    assert given == Answer(state=AnswerState.CLAIMED, text=CLAIMED.text, on=CLAIMED.on)


async def test_words_typed_for_the_new_state_stay() -> None:
    given, _, _ = await _after("x", ">tab", "they froze it", ">shift+tab u")
    assert given == Answer(state=AnswerState.UNKNOWN, text="they froze it", on=TODAY)


@pytest.mark.parametrize(
    ("typed", "fields"), [("120", {"locations": 120}), ("one", {"locations": 1}), ("", {})]
)
async def test_how_many_sites_is_one_number(typed: str, fields: dict[str, int]) -> None:
    dialog = LocationsDialog("Tire", "One site or many?", TypingDefaults("USD", TODAY), prospect())
    given = await answer(dialog, *filter(None, [typed]), ">enter")
    assert given == fields


async def test_another_word_than_a_number_of_sites_is_told_beside_the_field() -> None:
    app = Harness(
        LocationsDialog("Tire", "One site or many?", TypingDefaults("USD", TODAY), prospect())
    )
    async with app.run_test(size=(80, 24)) as pilot:
        await press_all(pilot, "many", ">enter")
        assert "is not a number of locations" in screen_text(app)
        assert "One site or many?" in screen_text(app)
