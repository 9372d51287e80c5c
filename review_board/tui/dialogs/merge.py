"""What a merge of two prospects would make, and which of them is kept."""

from collections.abc import Callable, Mapping

from textual import on
from textual.app import ComposeResult

from review_board.errors import ReviewBoardError
from review_board.tui.dialogs.choices import Choice, Choices, lettered
from review_board.tui.dialogs.dialog import Dialog, Text
from review_board.tui.textfit import told_apart

KEEP = "keep "
BESIDE_LABEL, MOST_CELLS = 5, 500
"""Cells beside a label in the list of choices; and of a label before there is a screen."""
MOST_LINES = 12
"""Lines of what would be made at most, so that the keys stay in sight."""


class MergeDialog(Dialog[str]):
    """Asks which of two is kept, and shows what comes of it; gives the id of that one.

    ``names`` and ``labels`` say who each of the two is, ``richer`` which is proposed to be kept;
    ``preview`` returns the lines of a merge into one of them.
    """

    of_prospect = False
    is_fitted = True
    hint = "1 or 2 is kept · undo brings both back · {dialog.cancel:esc}: keep both"

    def __init__(
        self,
        names: Mapping[str, str],
        labels: Mapping[str, str],
        why: str,
        preview: Callable[[str], list[str]],
        richer: str,
    ) -> None:
        super().__init__("Merge these two?")
        self._names, self._labels = names, labels
        self._why, self._preview, self._richer = why, preview, richer

    def fields(self) -> ComposeResult:
        """Yield both, why they may be one, and what would be made."""
        if self._why:
            yield Text(self._why, classes="quiet")
        yield Choices(self._choices(), initial=self._richer, id="kept")
        yield Text(self._lines(self._richer), id="preview")

    def on_resize(self) -> None:
        """Leave out what both labels have alike where there is no room for them."""
        kept = self.query_one(Choices)
        kept.relabel(self._choices(kept.size.width - BESIDE_LABEL))
        self._show_preview()

    def _choices(self, width: int = MOST_CELLS) -> list[Choice[str]]:
        one, other = self._labels.values()
        names = [f"{KEEP}{label}" for label in told_apart(one, other, max(1, width - len(KEEP)))]
        return lettered([*self._labels], "12", names)

    def enter_does(self, kept: str) -> str:
        """Return which of them is kept."""
        return f"merge them into {self._names[kept]}"

    @on(Choices.Picked, "#kept")
    def _show_the_other_way(self, event: Choices.Picked) -> None:
        if not event.sure:
            self._show_preview()

    def _show_preview(self) -> None:
        self.query_one("#preview", Text).show(self._lines(self._kept))

    @property
    def _kept(self) -> str:
        return self.picked("kept") or self._richer

    def _lines(self, kept: str) -> str:
        try:
            lines = self._preview(kept)
        except ReviewBoardError:
            return ""  # the last line says why
        more = len(lines) - MOST_LINES
        shown = [*lines[:MOST_LINES], *([f"  and {more} more"] if more > 0 else [])]
        return "\n".join(shown)

    def result(self) -> str:
        """Return the id of the one that is kept; refuses what cannot be merged."""
        self._preview(self._kept)
        return self._kept
