"""A plain yes or no, the sale won, and one that is reopened."""

from dataclasses import dataclass
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType

from review_board.pipeline.money import Money, long_money
from review_board.tui.dialogs.choices import lettered
from review_board.tui.dialogs.dialog import Dialog, LabelledField, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.pick import PickDialog
from review_board.tui.dialogs.typed_values import read_money


@dataclass(frozen=True, slots=True)
class WonDraft:
    """Bought; ``value`` is what they really buy for, when it is known."""

    value: Money | None


class ConfirmDialog(PickDialog[bool]):
    """Asks yes or no; gives ``True`` for ``y``. Enter alone takes the ``safe`` answer, mostly no.

    ``yes`` and ``no`` say what each of them does; ``hint`` what the keys do, where ``esc`` is no no.
    """

    accepts_letter = True
    is_fitted = True
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "agree", "Yes", id="dialog.yes", tooltip="Do it"),
        Binding("n", "refuse", "No", id="dialog.no", tooltip="Change nothing"),
    ]
    hint = "{dialog.yes:y} does it · {dialog.no:n} or {dialog.cancel:esc} does not"

    def __init__(
        self,
        title: str,
        question: str,
        *,
        yes: str = "do it",
        no: str = "change nothing",
        hint: str = "",
        safe: bool = False,
    ) -> None:
        answers = lettered((False, True), "ny", (f"no: {no}", f"yes: {yes}"))
        super().__init__(title, answers, safe, question=question)
        self.hint = hint or self.hint  # type: ignore[misc]
        self._words = {True: yes, False: no}

    def enter_does(self, answer: bool) -> str:
        """Say what becomes of it by the answer that is marked."""
        return self._words[answer]

    def action_refuse(self) -> None:
        """Answer no."""
        self.dismiss(False)

    def action_agree(self) -> None:
        """Answer yes."""
        self.dismiss(True)


class WonDialog(Dialog[WonDraft]):
    """Confirms a sale and asks what it is worth; gives a ``WonDraft``."""

    hint = "{dialog.cancel:esc}: not yet"

    def __init__(self, title: str, currency: str, value: str = "") -> None:
        super().__init__(title)
        self._currency = currency
        self._value = value

    def fields(self) -> ComposeResult:
        """Yield the value they buy for."""
        yield Text("It leaves the columns for the view Won and stays in every report.")
        yield LabelledField("Value", LineInput(self._value, hint="such as: 24k, €1200", id="value"))

    def enter_does(self, won: WonDraft) -> str:
        """Say that it was bought, and for what."""
        return f"mark it as won for {long_money(won.value)}" if won.value else "mark it as won"

    def result(self) -> WonDraft:
        """Return the value, if one was typed."""
        return WonDraft(read_money("value", self.value_of("value"), self._currency))


class ReopenDialog(Dialog[str]):
    """Says what reopening a sale that was won does, and asks why; gives the answer, which may be empty."""

    hint = "{dialog.cancel:esc}: it stays won"

    def __init__(self, title: str, words: str) -> None:
        super().__init__(title)
        self._words = words

    def fields(self) -> ComposeResult:
        """Yield what it does, and why it is done."""
        yield Text(self._words)
        yield LabelledField(
            "Why", LineInput(hint="optional, such as: they cancelled", long=True, id="why")
        )

    def enter_does(self, why: str) -> str:
        """Say what becomes of the win."""
        return "strike out the win, which stays on record"

    def result(self) -> str:
        """Return the reason, if one was typed."""
        return self.value_of("why")
