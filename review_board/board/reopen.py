"""Moving a prospect that had ended, won or dropped: it is an open sale again, and that is told."""

from collections.abc import Iterator, Sequence
from datetime import date

from review_board.board.board import Change
from review_board.pipeline import changes
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import NextStep
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column
from review_board.wording import first_few

SHOWN = 3
"""Names told of many; the rest is a number."""


def taking_up(moved: Change, to: Column, today: date, note: str = "") -> Change:
    """Return the move with what goes before it: a win is struck out, a lost sale revived."""

    def change(prospect: Prospect, stamp: Stamp) -> Prospect:
        if _is_taken_up(prospect, to):
            prospect = changes.take_up(prospect, stamp, today, note)
        return moved(prospect, stamp)

    return change


def moving_words(prospect: Prospect, to: Column, note: str = "") -> str:
    """Return what the history says of the move."""
    if prospect.won:
        why = f" because: {note}" if note else ""
        return f"reopened {prospect.name}, won on {prospect.won.on}, to {to.title}{why}"
    return f"moved {prospect.name} to {to.title}"


def taken_up(prospect: Prospect, to: Column, today: date) -> str:
    """Return what to tell of the record that changes with the move; mostly nothing."""
    if not _is_taken_up(prospect, to):
        return ""
    return "".join(f"; {told}" for told in _told(prospect, to, today))


def all_reopened(prospects: Sequence[Prospect], today: date) -> str:
    """Return what to tell of several wins that are struck out together: whose next step is over."""
    put_aside = [(p.name, p.won.next_step) for p in prospects if p.won]
    over = [name for name, step in put_aside if step and step.on < today]
    asked = f"; next steps that are over: {first_few(over, SHOWN)}" if over else ""
    return f"; their wins are struck out{asked}"


def _is_taken_up(prospect: Prospect, to: Column) -> bool:
    ended = prospect.column is Column.DROPPED and to is not Column.DROPPED
    return prospect.won is not None or ended


def _told(prospect: Prospect, to: Column, today: date) -> Iterator[str]:
    if prospect.won:
        yield f"the win of {short_day(prospect.won.on, today)} is struck out"
        if step := prospect.won.next_step:
            yield _of_step(step, to, today)
    if prospect.probability in {0, 1}:
        yield f"no longer {prospect.probability:.0%}"
    if (day := prospect.close_date) and day < today:
        yield f"close day {short_day(day, today)} is over: when will they decide?"


def _of_step(step: NextStep, to: Column, today: date) -> str:
    """What becomes of the step that the win put aside: it stands again, or another is needed."""
    named = f"the next step ({step.action}, {short_when(step.on, step.time, today)})"
    if to not in {Column.ACTIVE, Column.CALLBACK}:
        return f"{named} does not come back"
    return f"{named} {'stands again' if step.on >= today else 'is over: what comes next?'}"
