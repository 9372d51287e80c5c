"""What a merge of two prospects would make, and which of them is kept."""

from collections.abc import Callable, Mapping

from textual import on
from textual.app import ComposeResult

from review_board.errors import ReviewBoardError
from review_board.tui.dialogs.choices import Choices, lettered
from review_board.tui.dialogs.dialog import Dialog, Text

MOST_LINES = 12
"""Lines of what would be made at most, so that the keys stay in sight."""


class MergeDialog(Dialog[str]):
    """Asks which of two is kept, and shows what comes of it; gives the id of that one.

    ``labels`` says who each of the two is; ``preview`` returns the lines of a merge into one of them.
    """

    of_prospect = False
    is_fitted = True
    hint = "1 or 2 says which one is kept · {dialog.cancel:esc}: they stay two"

    def __init__(
        self, labels: Mapping[str, str], why: str, preview: Callable[[str], list[str]]
    ) -> None:
        super().__init__("Merge these two?")
        self._labels, self._why, self._preview = labels, why, preview

    def fields(self) -> ComposeResult:
        """Yield both, why they may be one, and what would be made."""
        first, *_ = self._labels
        if self._why:
            yield Text(self._why, classes="quiet")
        names = [f"keep {label}" for label in self._labels.values()]
        yield Choices(lettered([*self._labels], "12", names), initial=first, id="kept")
        yield Text(self._lines(first), id="preview")

    def enter_does(self) -> str:
        """Return which of them is kept."""
        name = self._labels[self._kept].partition(",")[0]
        return f"merge them, {name} is kept; one undo brings both back"

    @on(Choices.Picked, "#kept")
    def _show_the_other_way(self, event: Choices.Picked) -> None:
        if not event.sure:
            self.query_one("#preview", Text).show(self._lines(self._kept))

    @property
    def _kept(self) -> str:
        chosen = self.query_one(Choices).chosen
        return str(chosen.value) if chosen else next(iter(self._labels))

    def _lines(self, kept: str) -> str:
        try:
            lines = self._preview(kept)
        except ReviewBoardError as error:
            return f"✗ {error}"
        more = len(lines) - MOST_LINES
        return "\n".join([*lines[:MOST_LINES], *([f"  and {more} more"] if more > 0 else [])])

    def result(self) -> str:
        """Return the id of the one that is kept; refuses what cannot be merged."""
        self._preview(self._kept)
        return self._kept
