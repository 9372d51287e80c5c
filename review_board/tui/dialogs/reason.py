"""Why a prospect is dropped."""

from textual.app import ComposeResult

from review_board.pipeline.vocabulary import DropReason
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, FieldError, Row
from review_board.tui.dialogs.drafts import DropDraft
from review_board.tui.dialogs.line_input import LineInput

REASONS = [
    Choice(DropReason.NO_NEED, "n", "no need"),
    Choice(DropReason.BOUGHT_ELSEWHERE, "b", "bought elsewhere"),
    Choice(DropReason.NO_BUDGET, "u", "no budget"),
    Choice(DropReason.NO_ACCESS, "a", "no access"),
    Choice(DropReason.NO_DECISION, "d", "no decision"),
    Choice(DropReason.NO_RESPONSE, "r", "no response"),
    Choice(DropReason.ONLY_DEFERRALS, "f", "only deferrals"),
    Choice(DropReason.HOSTILE, "h", "hostile"),
    Choice(DropReason.TIMING, "t", "wrong time"),
    Choice(DropReason.NOT_INTERESTED, "i", "not interested"),
    Choice(DropReason.POOR_PAYOFF, "p", "poor payoff"),
    Choice(DropReason.DO_NOT_CONTACT, "c", "do not contact"),
    Choice(DropReason.DUPLICATE, "2", "duplicate"),
    Choice(DropReason.OTHER, "o", "other"),
]


class ReasonDialog(Dialog[DropDraft]):
    """Asks for a reason out of the closed list, and a note if wanted; gives a ``DropDraft``."""

    hint = "a letter picks · enter accepts · tab to the note · esc cancels"

    def __init__(
        self,
        title: str,
        reason: DropReason | None = None,
        note: str = "",
        *,
        must_note: bool = False,
    ) -> None:
        super().__init__(title)
        self._reason = reason
        self._note = note
        self._must_note = must_note

    def fields(self) -> ComposeResult:
        """The reasons and the note."""
        yield Choices(REASONS, initial=self._reason, id="reason")
        yield Row("Note", LineInput(self._note, hint="optional", long=True, id="note"))

    def result(self) -> DropDraft:
        """The reason picked."""
        picked = self.query_one("#reason", Choices).chosen
        if picked is None:
            raise FieldError("reason", "Pick a reason: press its letter")
        note = self.value_of("note")
        if not note and (self._must_note or picked.value is DropReason.OTHER):
            raise FieldError("note", "This reason needs a line that says what it is")
        return DropDraft(picked.value, note)
