"""The question that undoes a sunk cost, which every decision against the advice takes."""

from typing import Any

from textual.app import ComposeResult

from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, LabelledField, Lack, Text

ANSWERS = [Choice(True, "y", "yes, I would"), Choice(False, "n", "no, I would not")]


def start_today_fields() -> ComposeResult:
    """Yield the question, and its yes and no."""
    yield Text("If this were a new lead today, would you start with it?")
    yield LabelledField("Start today?", Choices(ANSWERS, id="anew"))


def starts_today(dialog: Dialog[Any]) -> bool | None:
    """Return the answer in a dialog with these fields; ``None`` where it is not given or not asked."""
    answers = dialog.query("#anew").results(Choices)
    chosen = next((field.chosen for field in answers), None)
    return bool(chosen.value) if chosen else None


def lacks_start_today(dialog: Dialog[Any]) -> list[Lack]:
    """Return the lack of an answer in a dialog with these fields."""
    asked = "Press y or n: would you start with it today?"
    return [Lack("anew", asked, "y or n")] if starts_today(dialog) is None else []
