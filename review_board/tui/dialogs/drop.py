"""Why a prospect is dropped."""

from collections.abc import Mapping
from datetime import date
from string import ascii_lowercase, ascii_uppercase, digits

from textual.app import ComposeResult

from review_board.pipeline.moves import Move
from review_board.pipeline.records import Reason
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.settings.drop_reasons import USUAL
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, LabelledField
from review_board.tui.dialogs.line_input import LineInput

LETTERS: Mapping[str, str] = {
    DropReason.NO_NEED: "n",
    DropReason.BOUGHT_ELSEWHERE: "b",
    DropReason.NO_BUDGET: "u",
    DropReason.NO_ACCESS: "a",
    DropReason.NO_DECISION: "d",
    DropReason.NO_RESPONSE: "r",
    DropReason.ONLY_DEFERRALS: "f",
    DropReason.HOSTILE: "h",
    DropReason.TIMING: "t",
    DropReason.NOT_INTERESTED: "i",
    DropReason.POOR_PAYOFF: "p",
    DropReason.DO_NOT_CONTACT: "c",
    DropReason.DUPLICATE: "2",
    DropReason.OTHER: "o",
}
"""The letters of the usual reasons; they keep them whatever else is on the list."""
NO_LETTER = "·"


def reason_choices(reasons: Mapping[str, str]) -> list[Choice[Reason]]:
    """Return the reasons with their letters: an own one has the first free letter of its name, or a digit."""
    taken = {LETTERS[name] for name in reasons if name in LETTERS}
    made: list[Choice[Reason]] = []
    for name, label in reasons.items():
        letter = LETTERS.get(name) or _free(name, taken)
        taken.add(letter)
        made.append(Choice(_reason(name), letter, label))
    return made


def _free(name: str, taken: set[str]) -> str:
    wishes = (*(c for c in name if c.isalnum()), *digits[1:], *ascii_lowercase, *ascii_uppercase)
    return next((letter for letter in wishes if letter not in taken), NO_LETTER)


def _reason(name: str) -> Reason:
    return DropReason(name) if name in LETTERS else name


class DropDialog(Dialog[Move]):
    """Asks for a reason out of the closed list, and a note if wanted; gives the move to Dropped.

    ``reasons`` are those offered, name → label; one that is proposed is among them in any case.
    """

    is_fitted = True
    hint = "a letter picks · enter accepts · tab to the note · {dialog.cancel:esc} cancels"

    def __init__(
        self,
        title: str,
        reason: Reason | None = None,
        note: str = "",
        *,
        reasons: Mapping[str, str] = USUAL,
    ) -> None:
        super().__init__(title)
        self._reason = reason
        self._reasons = dict(reasons)
        if reason:
            self._reasons.setdefault(reason, reason.replace("-", " "))
        self._note = note

    def fields(self) -> ComposeResult:
        """Yield the reasons and the note."""
        yield Choices(reason_choices(self._reasons), initial=self._reason, id="reason")
        yield LabelledField("Note", LineInput(self._note, hint="optional", long=True, id="note"))

    def enter_does(self) -> str:
        """Say for which reason it is dropped."""
        picked = self.query_one("#reason", Choices).chosen
        return f"drop it, because: {picked.label}" if picked else ""

    def result(self) -> Move:
        """Return the drop for the reason picked."""
        picked = self.query_one("#reason", Choices).chosen
        move = Move(
            Column.DROPPED, reason=picked.value if picked else None, note=self.value_of("note")
        )
        if problem := move.problem(date.min):  # a drop holds no day
            raise FieldError(problem.part, f"{problem.message}; {_CURES[problem.part]}")
        return move


_CURES = {"reason": "press its letter", "note": "write it here"}
