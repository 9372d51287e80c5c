"""What of the palette fits the words that were typed, and in which order."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from heapq import nsmallest
from typing import Any

from review_board.board.index import Entry
from review_board.pipeline.text import each_begins, fold

MOST = 60
"""Lines that are shown: who sees as many types another letter."""
NEVER = 9


@dataclass(frozen=True, slots=True)
class Command:
    """One line of the palette: what it is called, what it does, its key, and what to run.

    It is found by ``also``, too, which is not shown.
    """

    name: str
    meaning: str
    run: Callable[[], Any] = field(compare=False)
    key: str = ""
    also: str = ""

    def rank(self, words: list[str]) -> int:
        """Return how well it fits the words."""
        return _rank(self.name, f"{self.meaning} {self.also}", words)


def best_first(commands: Iterable[Command], typed: str, most: int = MOST) -> list[Command]:
    """Return the commands that have each typed word, those first whose name has them; all without words."""
    words = fold(typed).replace("-", "").split()
    ranked = [(one.rank(words), one) for one in commands]
    found = sorted((pair for pair in ranked if pair[0] < NEVER), key=lambda pair: pair[0])
    return [one for _, one in found][:most]


def people_first(entries: Iterable[Entry], typed: str) -> list[Entry]:
    """Return the prospects found by a search, those first whose name begins so; the rest by value.

    There may be ten thousand at each key, so it reads only what an entry has ready.
    """
    begun = " ".join(fold(typed).split())
    return nsmallest(MOST, entries, key=lambda e: (not e.folded.startswith(begun), e.rank))


def mixed(commands: Sequence[Command], people: Sequence[Command], typed: str) -> list[Command]:
    """Return both in one list: whose name fits comes before whose description does."""
    words = fold(typed).replace("-", "").split()
    found = sorted([*commands, *people], key=lambda one: one.rank(words))
    return found[:MOST]


def _rank(name: str, meaning: str, words: list[str]) -> int:
    """Return how well it fits: 0 for a name that begins so, ``NEVER`` where a word is missing."""
    in_name = _words(name)
    if not words or fold(name).startswith(" ".join(words)):
        return 0
    if each_begins(words, in_name):
        return 1
    if each_begins(words, [*in_name, *_words(meaning)]):
        return 2
    return 3 if all(word in fold(name) for word in words) else NEVER


def _words(text: str) -> list[str]:
    plain = fold(text).replace("/", " ").replace("-", "")
    return [word.strip(".,:;()\"'…") for word in plain.split()]
