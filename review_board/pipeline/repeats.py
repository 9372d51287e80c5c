"""Finds entries that are on record already: enter pressed twice, a line recalled, two people after one call.

One event is one entry. What says the same as an entry of the same day is that entry, whoever wrote it.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, TypeVar

from review_board.pipeline.records import Answer, Callback, Contact, Drop, NoteEntry, Quote, Touch
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Direction, Outcome

_Entry = TypeVar("_Entry", Touch, NoteEntry, Quote, Contact)
_OF_ITS_OWN = {"id", "at", "by"}
"""What two entries about the same thing differ in."""


def touch_on_record(touch: Touch, record: Iterable[Touch], *, timed: bool) -> Touch | None:
    """Return the touch of the same day that says the same; ``timed``: of the same minute, too."""
    for other in record:
        near = not timed or abs((touch.at - other.at).total_seconds()) < 60
        if near and _same_day(touch.at, other.at) and _says_the_same(touch, other):
            return other
    return None


def tells_more(touch: Touch, other: Touch) -> bool:
    """Tell whether a touch of ours says how one of its day ended of which a list tells no more than the day.

    One by another way, and a mailing, say nothing of how that one ended.
    """
    is_bare = other.from_list and other.outcome is Outcome.CONTACTED and not other.note
    tells = touch.direction is Direction.OUTBOUND and touch.outcome is not Outcome.MAILING
    is_same_way = touch.channel is other.channel
    return is_bare and tells and is_same_way and _same_day(touch.at, other.at)


def note_on_record(note: NoteEntry, record: Iterable[NoteEntry]) -> NoteEntry | None:
    """Return the note of the same day in the same words."""
    found = (n for n in record if _same_day(note.at, n.at) and _says_the_same(note, n))
    return next(found, None)


def entry_on_record(entry: _Entry, record: Iterable[_Entry]) -> _Entry | None:
    """Return the entry that says the same, where its day is part of what it says."""
    return next((other for other in record if _says_the_same(entry, other)), None)


def is_same_callback(callback: Callback, other: Callback | None) -> bool:
    """Tell whether both agree the same call, asked for on one day; in which touch does not matter."""
    return other is not None and _words(callback, {"touch"}) == _words(other, {"touch"})


def is_same_answer(given: Answer, known: Answer | None) -> bool:
    """Tell whether both say the same on the same day, whoever wrote it."""
    return known is not None and _words(given, {"by"}) == _words(known, {"by"})


def is_same_drop(drop: Drop, known: Drop | None) -> bool:
    """Tell whether both say the same on the same day, whoever did it."""
    return known is not None and _same_day(drop.at, known.at) and _says_the_same(drop, known)


def _same_day(moment: datetime, other: datetime) -> bool:
    return moment.date() == other.astimezone(moment.tzinfo).date()


def _says_the_same(entry: Any, other: Any) -> bool:
    return _words(entry, _OF_ITS_OWN) == _words(other, _OF_ITS_OWN)


def _words(entry: Any, but: set[str]) -> dict[str, Any]:
    """Return what an entry says, its words without regard to capitals and accents."""
    fields = ((name, getattr(entry, name)) for name in type(entry).model_fields if name not in but)
    return {name: fold(value) if type(value) is str else value for name, value in fields}
