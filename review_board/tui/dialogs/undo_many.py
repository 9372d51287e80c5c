"""Taking back a change of many prospects: all of it, one of them alone, or nothing."""

from collections.abc import Mapping
from string import ascii_letters, digits
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, Text

NO_LETTER = "·"


class TakeBackDialog(Dialog[str]):
    """Asks how much is taken back; gives ``all`` or ``one``. Enter alone takes back nothing."""

    accepts_letter = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer('all')", "All", id="take_back.all", tooltip="Take back all of it"),
        Binding("o", "answer('one')", "One", id="take_back.one", tooltip="One of them alone"),
        Binding("n", "take_back", "None", id="take_back.none", tooltip="Change nothing"),
    ]
    hint = "a letter answers · {dialog.cancel:esc} changes nothing"

    def __init__(self, count: int, action: str) -> None:
        super().__init__("Take back all of it?")
        self._question = f"This takes back {count:,} changes at once: {action}."
        self._answers = [
            Choice("", "n", "no: change nothing"),
            Choice("all", "y", f"yes: all {count:,} of them"),
            Choice("one", "o", "one of them alone"),
        ]

    def fields(self) -> ComposeResult:
        """Yield the question and its answers."""
        yield Text(self._question)
        yield Choices(self._answers, initial="", id="answer")

    def enter_does(self) -> str:
        """Say what the answer that is marked does."""
        return next(c.label for c in self._answers if c.value == self.result())

    def result(self) -> str:
        """Return the answer that is marked; empty for nothing."""
        chosen = self.query_one(Choices).chosen
        return str(chosen.value) if chosen else ""

    def action_answer(self, answer: str) -> None:
        """Answer with that much."""
        self.dismiss(answer)


class OneOfThemDialog(Dialog[str]):
    """Asks which one is taken back alone, by name; gives its id."""

    hint = "a letter or the arrows pick · enter takes it back alone · {dialog.cancel:esc} cancels"

    def __init__(self, names: Mapping[str, str]) -> None:
        super().__init__("Which one is taken back alone?")
        letters = (ascii_letters + digits).ljust(len(names), NO_LETTER)
        self._choices = [
            Choice(prospect_id, letter, name)
            for letter, (prospect_id, name) in zip(letters, names.items(), strict=False)
        ]

    def fields(self) -> ComposeResult:
        """Yield their names."""
        yield Choices(self._choices, id="which")

    def result(self) -> str:
        """Return the id of the one that was picked."""
        chosen = self.query_one(Choices).chosen
        if chosen is None:
            raise FieldError("which", "Pick one: press its letter")
        return str(chosen.value)
