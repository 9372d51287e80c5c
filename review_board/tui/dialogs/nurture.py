"""On which nurture track a prospect goes."""

from collections.abc import Callable, Sequence
from datetime import date, timedelta

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input

from review_board.pipeline.changes import TRACK_DAYS
from review_board.pipeline.dates import short_day
from review_board.pipeline.moves import Move
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column, Track
from review_board.settings.setting_groups import Calendar
from review_board.tui.dialogs.choices import Choice, Choices
from review_board.tui.dialogs.dialog import (
    Dialog,
    FieldError,
    LabelledField,
    Text,
)
from review_board.tui.dialogs.line_input import LineInput
from review_board.tui.dialogs.typed_values import echo_day, read_day

TRACKS = [Choice(track, letter, track.label) for track, letter in zip(Track, "mkcaw", strict=True)]


def tracks_of(prospects: Sequence[Prospect]) -> list[Track]:
    """Return the tracks that they all can be on: whom a track turns to is on record of each."""
    roles = [{None, *(person.role for person in prospect.people)} for prospect in prospects]
    return [track for track in Track if all(track.role in known for known in roles)]


class NurtureDialog(Dialog[Move]):
    """Asks for the track, and for the first touch if it is not the usual one; gives the move.

    ``usual`` tells on which day a track begins; who ``stays`` in Nurture begins none. Nobody is to be
    asked whom one of the ``prospects`` has not on record.
    """

    is_fitted = True

    def __init__(
        self,
        title: str,
        today: date,
        track: Track = Track.MONTHLY_EMAIL,
        *,
        prospects: Sequence[Prospect] = (),
        first: str = "",
        stays: bool = False,
        usual: Callable[[Track], date] | None = None,
        calendar: Calendar | None = None,
    ) -> None:
        super().__init__(title)
        self._today = today
        self._track = track
        self.tracks = [
            choice for choice in TRACKS if choice.value in {track, *tracks_of(prospects)}
        ]
        self._first = first
        self._stays = stays
        self._usual = usual or (lambda track: today + timedelta(days=TRACK_DAYS[track]))
        self._calendar = calendar

    def fields(self) -> ComposeResult:
        """Yield the tracks and the first touch."""
        yield Choices(self.tracks, initial=self._track, id="track")
        yield LabelledField(
            "Next contact", LineInput(self._first, hint="the day below, or another", id="first")
        )
        yield Text(self._first_day(self._first, self._track), id="echo", classes="echo")

    @on(Input.Changed, "#first")
    @on(Choices.Picked, "#track")
    def _show_the_day(self) -> None:
        shown = self._first_day(self.value_of("first"), self._picked)
        self.query_one("#echo", Text).show(shown)

    def _first_day(self, typed: str, track: Track) -> str:
        """Return the first touch as typed, or as the track has it."""
        day = typed or self._usual(track).isoformat()
        return echo_day(day, self._today, timed=False, calendar=self._calendar)

    def enter_does(self, move: Move) -> str:
        """Say on which track it goes, and when the first contact is."""
        assert move.track is not None
        assert move.first is not None
        what = "it stays in Nurture" if self._stays else "stop selling"
        which = "next" if self._stays else "first"
        return (
            f"{what}, {move.track.label}; {which} contact on {short_day(move.first, self._today)}"
        )

    @property
    def _picked(self) -> Track:
        return self.picked("track") or self._track

    def result(self) -> Move:
        """Return the move to the track picked, with the day of its first touch."""
        track, typed = self._picked, self.value_of("first")
        first = read_day("first", typed, self._today) if typed else self._usual(track)
        move = Move(Column.NURTURE, track=track, first=first)
        if problem := move.problem(self._today):
            raise FieldError("first", str(problem), typed)
        return move
