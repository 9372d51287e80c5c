"""Words of closed lists as people type them: whole, or as an unmistakable beginning."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date
from enum import StrEnum
from typing import TypeVar

from review_board.errors import InvalidValueError, UsageError
from review_board.pipeline.vocabulary import Column, Track

E = TypeVar("E", bound=StrEnum)


@contextmanager
def as_wrong_usage(option: str = "") -> Iterator[None]:
    """Treat a value that cannot be read as wrong usage; the message names its option."""
    try:
        yield
    except InvalidValueError as error:
        head = f"{option}: " if option else ""
        raise UsageError(f"{head}{error.message}", error.cure) from error


def one_of(kind: type[E], word: str, what: str) -> E:
    """Return the member that a word begins; ``UsageError`` lists them all."""
    return kind(one_named(list(kind), word, what))


def track_named(word: str) -> Track:
    """Return a track by the name that the screens have for it, or by the one that is stored."""
    tracks = {track.typed: track for track in Track}
    return tracks[one_called(tracks, word, "track")]


def one_named(names: Sequence[str], word: str, what: str) -> str:
    """Return the name that a word begins; ``UsageError`` lists them all."""
    wanted = _as_typed(word)
    matches = [name for name in names if wanted and name.startswith(wanted)]
    exact = [name for name in matches if name == wanted]
    if len(exact or matches) != 1:
        raise UsageError(f"There is no {what} {word[:40]!r}", f"choose from {', '.join(names)}")
    return (exact or matches)[0]


def one_called(called: Mapping[str, str], word: str, what: str) -> str:
    """Return the name that a word begins: the name itself, or what ``called`` says that the screens call it."""
    wanted = _as_typed(word)
    for begins in (wanted.__eq__, lambda said: said.startswith(wanted)):
        found = {n for n, said in called.items() if begins(_as_typed(n)) or begins(_as_typed(said))}
        if wanted and len(found) == 1:
            return found.pop()
    return one_named([*called], word, what)


def _as_typed(word: str) -> str:
    return word.strip().casefold().replace(" ", "-").replace("_", "-")


def column_named(word: str) -> Column:
    """Return a column, by (the beginning of) its name or by its number on the board."""
    if word in {"1", "2", "3", "4"}:
        return list(Column)[int(word) - 1]
    return one_of(Column, word, "column")


def past_day_named(text: str, today: date, option: str) -> date:
    """Return the day that an option names, which is not ahead; any other is wrong usage.

    A weekday is the last one up to today: on a Monday ``mon`` is today.
    """
    from review_board.pipeline.typed_days import day_up_to_today

    with as_wrong_usage(option):
        return day_up_to_today(text, today)
