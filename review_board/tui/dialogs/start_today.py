"""The question that undoes a sunk cost, which every decision against the advice takes."""

from textual.app import ComposeResult
from textual.containers import Vertical

from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import LabelledField, Lack, Text

ANSWERS = [Choice(True, "y", "yes, I would"), Choice(False, "n", "no, I would not")]


class StartToday(Vertical):
    """The question, and its yes and no."""

    def compose(self) -> ComposeResult:
        """Yield both."""
        yield Text("If this were a new lead today, would you start with it?")
        yield LabelledField("Start today?", Choices(ANSWERS, id="anew"))


def lacks_start_today(answer: bool | None) -> list[Lack]:
    """Return the lack of an answer."""
    asked = "Press y or n: would you start with it today?"
    return [Lack("anew", asked, "y or n")] if answer is None else []
