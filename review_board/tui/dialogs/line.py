"""One line of text."""

from textual.app import ComposeResult

from review_board.tui.dialogs.dialog import Dialog, Text
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.typed_values import read_line


class LineDialog(Dialog[str]):
    """Asks for one mandatory line, and gives it; ``question`` stands above it.

    ``refused`` says why the same line could not be taken before, ``does`` what is done with it.
    """

    missing = "One line is needed here"

    def __init__(
        self,
        title: str,
        question: str = "",
        text: str = "",
        *,
        hint: str = "",
        refused: str = "",
        does: str = "go on with this line",
    ) -> None:
        super().__init__(title)
        self._does = does
        self._refused = refused
        self._question = question
        self._text = text
        self._placeholder = hint

    def on_mount(self) -> None:
        """Say what was wrong, once the field has settled."""
        if self._refused:
            self.call_after_refresh(self._complain, self._refused)

    def fields(self) -> ComposeResult:
        """Yield the question and the line."""
        if self._question:
            yield Text(self._question)
        field = LineInput(self._text, hint=self._placeholder, long=True, id="text")
        field.original = ""  # what stands there was typed before
        yield field

    def enter_does(self, line: str) -> str:
        """Say what is done with the line."""
        return self._does

    def result(self) -> str:
        """Return the line typed."""
        return read_line("text", self.value_of("text"), self.missing)


def why_so_soon(early: str) -> LineDialog:
    """Return the question about a day before the earliest that contact pressure allows."""
    return LineDialog("Why so soon?", early, hint="such as: they asked for it")


def what_has_changed(who: str, since: str, told: str = "") -> LineDialog:
    """Return the question about what was dropped and comes back; ``told`` is what they said since."""
    title = f"Take {who} up again: what has changed since {since}?"
    return LineDialog(title, told, hint="what is different now")
