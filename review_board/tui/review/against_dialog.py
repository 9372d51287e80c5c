"""Deciding against the recommendation: one line, and the question that undoes a sunk cost."""

from dataclasses import dataclass
from typing import Any

from textual.app import ComposeResult

from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import (
    Dialog,
    FieldError,
    LabelledField,
    Lack,
    Text,
    once_complete,
    refuse,
)
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.typed_values import read_line

ANEW = [Choice(True, "y", "yes, I would"), Choice(False, "n", "no, I would not")]


@dataclass(frozen=True, slots=True)
class AgainstDraft:
    """What the record does not know, and whether they would start with this prospect today."""

    line: str
    start_anew: bool


@dataclass(frozen=True, slots=True)
class AgainstQuestion:
    """Asks about the ``advice`` that is not followed; the line is not asked for where it was ``said``."""

    advice: str
    said: str = ""

    def fields(self) -> ComposeResult:
        """Yield the line, or what was said, and the question."""
        yield Text(self.advice, classes="loud")
        if self.said:
            yield Text(self.said)
        else:
            yield Text("What do you know that the record does not?")
            yield LineInput(hint="one line", long=True, id="line")
        yield Text("If this were a new lead today, would you start with it?")
        yield LabelledField("Start today?", Choices(ANEW, id="anew"))

    def lacks(self, dialog: Dialog[Any]) -> list[Lack]:
        """Return what is missing in a dialog with these fields."""
        found = []
        try:
            self._line(dialog)
        except FieldError as error:
            found.append(Lack(error.field, error.message, "one line"))
        if dialog.query_one("#anew", Choices).chosen is None:
            asked = "Would you start with it today? y or n, then enter"
            found.append(Lack("anew", asked, "y or n"))
        return found

    def result(self, dialog: Dialog[Any]) -> AgainstDraft:
        """Return both as they stand in a dialog with these fields, or raise what is missing."""
        refuse(self.lacks(dialog))
        anew = dialog.query_one("#anew", Choices).chosen
        return AgainstDraft(self._line(dialog), bool(anew and anew.value))

    def _line(self, dialog: Dialog[Any]) -> str:
        missing = "One line is needed here"
        return self.said or read_line("line", dialog.value_of("line"), missing)


class AgainstDialog(Dialog[AgainstDraft]):
    """Asks for one line, and for an honest yes or no; gives an ``AgainstDraft``."""

    is_fitted = True
    hint = "enter goes on · tab next field · {dialog.cancel:esc} cancels"
    hints = {"anew": "y or n · enter goes on · {dialog.cancel:esc} cancels"}  # noqa: RUF012

    def __init__(self, question: AgainstQuestion, going: str) -> None:
        super().__init__(going)
        self._question = question

    def fields(self) -> ComposeResult:
        """Yield the line, and the question."""
        yield from self._question.fields()

    @once_complete
    def enter_does(self, draft: AgainstDraft) -> str:
        """Say that it goes against the advice, and what the honest answer was."""
        would = "would" if draft.start_anew else "would not"
        return f"go on against the advice; you {would} start with it today"

    def result(self) -> AgainstDraft:
        """Return both, or raise what is missing."""
        return self._question.result(self)
