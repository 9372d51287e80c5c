"""A move: the column that a prospect goes to, with what that column demands.

Every way to move a prospect builds a :class:`Move`; so each demand is checked, told and carried
out in one place, and so is what becomes of a sale that was won or dropped.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from review_board.errors import InvalidValueError
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import full_day, long_day, long_when, short_day, short_when
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep, Reason, whose
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.typed_days import NOT_OVER
from review_board.pipeline.vocabulary import SELLING, Column, DropReason, Track
from review_board.wording import first_few

SHOWN = 3
"""Names told of many; the rest is a number."""


class MoveError(InvalidValueError):
    """A move lacks what its column demands, or holds a day that cannot be.

    ``part`` is the field of the :class:`Move` that is wrong.
    """

    def __init__(self, part: str, message: str, cure: str = "") -> None:
        super().__init__(message, cure)
        self.part = part


@dataclass(frozen=True, slots=True)
class Move:
    """Where a prospect goes, with what that column demands.

    Active takes a ``step`` or keeps the one on record; Callback-Pending needs a ``callback``;
    Nurture a ``track`` and the day of its ``first`` touch; Dropped a ``reason``, and the reason
    "other" a ``note``. ``why`` goes on record where a sale that was won is reopened.
    """

    to: Column
    step: NextStep | None = None
    callback: AgreedCallback | None = None
    track: Track | None = None
    first: date | None = None
    reason: Reason | None = None
    note: str = ""
    why: str = ""

    def problem(self, today: date) -> MoveError | None:
        """Return what is missing or cannot be, or ``None`` when the move can be made."""
        return next(self._problems(today), None)

    def check(self, today: date) -> None:
        """Raise ``MoveError`` while the move cannot be made."""
        if problem := self.problem(today):
            raise problem

    def _problems(self, today: date) -> Iterator[MoveError]:
        yield from _DEMANDS[self.to](self, today)
        if self.step and self.step.on < today:
            yield day_is_over("step", self.step.on)

    def apply(
        self, prospect: Prospect, stamp: Stamp, today: date, asked_in: str | None = None
    ) -> Prospect:
        """Return the prospect moved; one that was won or dropped is an open sale again.

        ``asked_in`` is the id of the contact in which a callback was asked for.
        Raises ``MoveError`` while something is missing.
        """
        self.check(today)
        if self._reopens(prospect):
            prospect = changes.take_up(prospect, stamp, today, self.why)
        if self.to is Column.ACTIVE:
            return changes.activate(prospect, self.step)
        if self.callback and self.to is Column.CALLBACK:
            waits = changes.await_callback(prospect, self.callback, today, asked_in)
            return changes.set_next_step(waits, self.step) if self.step else waits
        if self.to is Column.NURTURE:
            return changes.nurture(prospect, today, self.track, self.first)
        assert self.reason is not None
        return changes.drop(prospect, self.reason, stamp, self.note)

    def words(self, today: date) -> str:
        """Return the column with what was given for it: ``Callback-Pending on Mon 18 Jan 10:30``."""
        words = self.to.title
        if self.callback and self.to is Column.CALLBACK:
            words += f" on {long_when(self.callback.on, self.callback.time, today)}"
        elif self.first and self.to is Column.NURTURE:
            words += f": {self.track.label if self.track else 'no track'}, first contact {long_day(self.first, today)}"
        elif self.to is Column.DROPPED:
            words += f": {_plain(self.reason)}"
        if self.step:
            words += f", next: {step_words(self.step, today)}"
        return words

    def action(self, first: Prospect, count: int = 1) -> str:
        """Return what the history says of the move of a prospect, or of so many with it."""
        who = first.name if count == 1 else f"{count} prospects"
        because = f" because: {self.why}" if self.why else ""
        if first.won is None:
            return f"moved {who} to {self.to.title}{because}"
        won = f", won on {full_day(first.won.on)}," if count == 1 else ""
        return f"reopened {who}{won} to {self.to.title}{because}"

    def also_changes(self, prospect: Prospect, today: date) -> str:
        """Return what else changes on record with the move, each part after a ``; ``; mostly nothing."""
        if not self._reopens(prospect):
            return ""
        return "".join(f"; {part}" for part in _reopened(prospect, self.to, today))

    def _reopens(self, prospect: Prospect) -> bool:
        revived = prospect.column is Column.DROPPED and self.to is not Column.DROPPED
        return prospect.won is not None or revived


def _of_callback(move: Move, today: date) -> Iterator[MoveError]:
    if move.callback is None:
        yield MoveError("callback", "A callback needs its day", "give a day to come, such as 18jan")
    elif move.callback.on < today and move.step is None:
        yield day_is_over("callback", move.callback.on)


def _of_nurture(move: Move, today: date) -> Iterator[MoveError]:
    if move.track is None or move.first is None:
        part = "first" if move.track else "track"
        yield MoveError(part, "Nurture needs a track and the day of the first contact", "give both")
    elif move.first < today:
        yield day_is_over("first", move.first)


def _of_drop(move: Move, _: date) -> Iterator[MoveError]:
    if move.reason is None:
        yield MoveError("reason", "A drop needs a reason", "pick one")
    elif move.reason == DropReason.OTHER and not move.note.strip():
        yield MoveError("note", "This reason needs a line that says what it is", "write it")


_DEMANDS: dict[Column, Callable[[Move, date], Iterable[MoveError]]] = {
    Column.ACTIVE: lambda *_: (),  # a next step may come later
    Column.CALLBACK: _of_callback,
    Column.NURTURE: _of_nurture,
    Column.DROPPED: _of_drop,
}


def day_is_over(part: str, day: date) -> MoveError:
    """Return the error for a day of a move that must lie ahead."""
    return MoveError(part, f"{full_day(day)} is over", NOT_OVER)


def all_reopened(prospects: Sequence[Prospect], today: date) -> str:
    """Return what to tell of several wins that are taken back together: whose next step is over."""
    put_aside = [(p.name, p.won.next_step) for p in prospects if p.won]
    over = [name for name, step in put_aside if step and step.on < today]
    asked = f"; next steps that are over: {first_few(over, SHOWN)}" if over else ""
    return f"; their wins are taken back{asked}"


def _reopened(prospect: Prospect, to: Column, today: date) -> Iterator[str]:
    """Yield what an open sale does not keep of its end."""
    if prospect.won:
        yield f"the win of {short_day(prospect.won.on, today)} is taken back"
        if step := prospect.won.next_step:
            yield _of_step(step, to, today)
    if prospect.probability in {0, 1}:
        yield f"no longer {prospect.probability:.0%}"
    if (day := prospect.close_date) and day < today:
        yield f"the close date {short_day(day, today)} is over: when will they decide?"


def _plain(word: object) -> str:
    return str(word or "").replace("-", " ")


def step_words(step: NextStep, today: date) -> str:
    """Return ``demo Fri 27 Nov 10:00 (they agreed)``: the last where it is noted."""
    return f"{step.action} {long_when(step.on, step.time, today)}{whose(step.agreed)}"


def _of_step(step: NextStep, to: Column, today: date) -> str:
    """Say what becomes of the step that the win put aside: it stands again, or another is needed."""
    named = f"the next step ({step.action}, {short_when(step.on, step.time, today)})"
    if to not in SELLING:
        return f"{named} does not come back"
    return f"{named} {'is planned again' if step.on >= today else 'is over: what comes next?'}"
