"""One line of text, and a note."""

from textual.app import ComposeResult

from review_board.tui.dialogs.dialog import Dialog, Text
from review_board.tui.dialogs.drafts import TextDraft
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.reading import required


class LineDialog(Dialog[TextDraft]):
    """Asks for one mandatory line; ``question`` stands above it. Gives a ``TextDraft``."""

    missing = "One line is needed here"

    def __init__(self, title: str, question: str = "", text: str = "", *, hint: str = "") -> None:
        super().__init__(title)
        self._question = question
        self._text = text
        self._placeholder = hint

    def fields(self) -> ComposeResult:
        """The question and the line."""
        if self._question:
            yield Text(self._question)
        yield LineInput(self._text, hint=self._placeholder, long=True, id="text")

    def result(self) -> TextDraft:
        """The line typed."""
        return TextDraft(required("text", self.value_of("text"), self.missing))


class NoteDialog(LineDialog):
    """Asks for a note on a prospect; a note winds nobody's clock. Gives a ``TextDraft``."""

    missing = "The note is empty"
