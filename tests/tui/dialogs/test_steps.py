"""Dialogs in a row: esc leads one back, to what was typed and picked there."""

from typing import Any

from textual.screen import Screen

from review_board.pipeline.vocabulary import Column
from review_board.tui.calls.log_dialog import LogDialog
from review_board.tui.dialogs.line import LineDialog
from review_board.tui.dialogs.steps import Steps
from review_board.tui.review.decision_dialogs import against_words
from tests.judgement.build import advice, prospect
from tests.tui.conftest import Harness, screen_text
from tests.tui.dialogs.test_dialogs import DEFAULTS, answer, press_all
from tests.tui.review.cards import CARDS


class Answering:
    """Stands for the app: gives these results, one dialog after another; ``None`` is esc."""

    def __init__(self, *results: str | None) -> None:
        self._results = list(results)
        self.asked: list[tuple[str, str, bool]] = []

    async def push_screen_wait(self, screen: Screen[Any]) -> Any:
        assert isinstance(screen, LineDialog)
        before = screen.answered.get("text", "")
        self.asked.append((screen.form.title, before, screen.goes_back))
        result = self._results.pop(0)
        screen.answered = {"text": result} if result else {}
        return result


async def walk(app: Answering) -> str | None:
    steps = Steps(app)

    async def ask() -> str | None:
        said = []
        for title in ("one", "two", "three"):
            if not (line := await steps.push_screen_wait(LineDialog(title))):
                return None
            said.append(line)
        return " ".join(said)

    return await steps.through(ask)


async def test_esc_goes_one_step_back_with_its_answer_and_from_the_first_leaves() -> None:
    app = Answering("a", "b", None, "B", None, None, "A", "b", "c")
    assert await walk(app) == "A b c"
    assert app.asked == [
        ("one", "", False),
        ("two", "", True),
        ("three", "", True),
        ("two", "b", True),
        ("three", "", True),
        ("two", "B", True),
        ("one", "a", False),
        ("two", "", True),
        ("three", "", True),
    ]
    assert await walk(Answering("a", None, None)) is None


async def test_a_dialog_that_is_asked_again_shows_what_was_typed_and_picked() -> None:
    first = LogDialog(prospect(), DEFAULTS)
    given = await answer(first, ">c", ">tab", "call me in spring", ">enter")
    again = LogDialog(prospect(), DEFAULTS)
    again.answered, again.goes_back = first.answered, True
    app = Harness(again)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert "call me in spring" in screen_text(app)
        assert "goes back" in screen_text(app)
        await press_all(pilot, ">enter")
        assert app.result == given


def test_letting_it_go_elsewhere_than_advised_names_both() -> None:
    lost = advice(CARDS["lost-bet"])
    assert against_words(lost, Column.NURTURE, Column.ACTIVE).startswith(
        "The advice is Dropped, not Nurture: "
    )
    assert against_words(lost, Column.ACTIVE, Column.ACTIVE).startswith(
        "Against the advice to let it go to Dropped: "
    )
    assert against_words(lost, Column.ACTIVE, Column.DROPPED).startswith(
        "Against the advice to leave it in Dropped: "
    )
