"""On which nurture track a prospect goes."""

from datetime import date

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from review_board.pipeline.vocabulary import Track
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import Dialog, Row, Text
from review_board.tui.dialogs.drafts import NurtureDraft
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.reading import echo_day, read_when

TRACKS = [
    Choice(Track.MONTHLY_EMAIL, "m", "monthly email"),
    Choice(Track.KEEP_IN_TOUCH, "k", "keep in touch"),
    Choice(Track.CHAMPION, "c", "champion"),
    Choice(Track.ASSISTANT, "a", "assistant"),
    Choice(Track.WAKE_UP, "w", "wake up"),
]


class NurtureDialog(Dialog[NurtureDraft]):
    """Asks for the track, and for the first touch if it is not the usual one; gives a draft."""

    hint = "a letter picks · enter accepts · tab to the date · esc cancels"

    def __init__(
        self, title: str, today: date, track: Track = Track.MONTHLY_EMAIL, *, first: str = ""
    ) -> None:
        super().__init__(title)
        self._today = today
        self._track = track
        self._first = first

    def fields(self) -> ComposeResult:
        """The tracks and the first touch."""
        yield Choices(TRACKS, initial=self._track, id="track")
        yield Row("First touch", LineInput(self._first, hint="as the track says", id="first"))
        yield Text(id="echo", classes="echo")

    @on(Input.Changed, "#first")
    def _show_the_day(self, event: Input.Changed) -> None:
        text = echo_day(event.value, self._today) if event.value.strip() else ""
        self.query_one("#echo", Text).say(text)

    def result(self) -> NurtureDraft:
        """The track picked."""
        picked = self.query_one("#track", Choices).chosen
        typed = self.value_of("first")
        first = read_when("first", typed, self._today)[0] if typed else None
        return NurtureDraft(picked.value if picked else self._track, first)
