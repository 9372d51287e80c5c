"""Deciding against the recommendation: one line, and the question that undoes a sunk cost."""

from dataclasses import dataclass, replace
from typing import Any

from textual.app import ComposeResult

from review_board.pipeline.vocabulary import Column
from review_board.review.verdicts import Decision
from review_board.tui.dialogs.dialog import (
    Dialog,
    FieldError,
    Lack,
    Text,
    refuse,
)
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.start_today import StartToday, lacks_start_today
from review_board.tui.dialogs.typed_values import read_line

KEEP = Decision(Column.ACTIVE)
"""What a dialog completes where nothing was decided before it."""


@dataclass(frozen=True, slots=True)
class AgainstQuestion:
    """Asks about the ``advice`` that is not followed; the line is not asked for where it was ``said``.

    A drop says it by its reason.
    """

    advice: str
    said: str = ""

    def fields(self) -> ComposeResult:
        """Yield the line, or what was said, and the question."""
        yield Text(self.advice, classes="loud")
        if self.said:
            yield Text(f"What was said: {self.said}")
        else:
            yield Text("What do you know that the record does not?")
            yield LineInput(hint="one line", long=True, id="line")
        yield StartToday()

    def lacks(self, dialog: Dialog[Any]) -> list[Lack]:
        """Return what is missing in a dialog with these fields."""
        found = []
        try:
            self._line(dialog)
        except FieldError as error:
            found.append(Lack(error.field, error.message, "one line"))
        return [*found, *lacks_start_today(dialog.picked("anew"))]

    def answered(self, dialog: Dialog[Any], decision: Decision) -> Decision:
        """Return a decision with both as they stand in a dialog with these fields, or raise what is missing."""
        refuse(self.lacks(dialog))
        return replace(decision, against=self._line(dialog), start_anew=dialog.picked("anew"))

    def _line(self, dialog: Dialog[Any]) -> str:
        missing = "One line is needed here"
        return self.said or read_line("line", dialog.value_of("line"), missing)


class AgainstDialog(Dialog[Decision]):
    """Asks for one line, and for an honest yes or no; gives the ``decision`` with both."""

    is_fitted = True

    def __init__(self, question: AgainstQuestion, going: str, decision: Decision = KEEP) -> None:
        super().__init__(going)
        self._question, self._decision = question, decision

    def fields(self) -> ComposeResult:
        """Yield the line, and the question."""
        yield from self._question.fields()

    def enter_does(self, decision: Decision) -> str:
        """Say that it goes against the advice, and what the honest answer was."""
        would = "would" if decision.start_anew else "would not"
        return f"go on against the advice; you {would} start with it today"

    def result(self) -> Decision:
        """Return the decision with both, or raise what is missing."""
        return self._question.answered(self, self._decision)
