"""Whose prospect it is: an owner is meant by whole words of the name, the same at every door."""

import difflib
import re
from collections.abc import Iterable
from functools import lru_cache

from review_board.errors import UsageError
from review_board.pipeline.text import each_begins, fold, spellings

_BETWEEN = re.compile(r"[\s,;.@_/()]+")
"""What parts the words of a name or an address; a hyphen and an apostrophe belong to a word."""


def owns(wanted: str, owner: str) -> bool:
    """Return whether an owner is meant: ``ann`` is Ann and Ann Lee, and neither Joanne nor Annabel."""
    words = _spelled_words(owner)
    return any(_words(way) <= words for way in spellings(wanted))


def may_become(wanted: str, owners: Iterable[str]) -> list[str]:
    """Return the owners whose name begins so; none where the words are whole words of a name."""
    names = {fold(name): name for name in owners if name}
    if any(owns(wanted, name) for name in names.values()):
        return []
    return [name for _, name in sorted(names.items()) if begins(wanted, name)]


def begins(wanted: str, owner: str) -> bool:
    """Return whether each word begins a word of the name: ``ra`` is Raj while it is typed."""
    words = _spelled_words(owner)
    return any(each_begins(_words(way), words) for way in spellings(wanted))


def nobody_called(wanted: str, owners: Iterable[str]) -> UsageError:
    """Return the refusal of an owner whom nobody knows, naming the nearest there is."""
    names = {fold(part): name for name in owners if name for part in (*_words(name), name)}
    word = fold(wanted)
    near = difflib.get_close_matches(word, sorted(names), n=1, cutoff=0.6)
    near = near or sorted(part for part in names if word and part.startswith(word))
    cure = f"did you mean {names[near[0]]}?" if near else "see review-board list"
    return UsageError(f"Nobody called {wanted[:40]!r} owns a prospect", cure)


@lru_cache(maxsize=4096)
def _spelled_words(name: str) -> frozenset[str]:
    """Return the words of a name in each of its spellings."""
    return frozenset[str]().union(*map(_words, spellings(name)))


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    """Return the words, case and accents aside; a name of nothing but marks is one word."""
    folded = fold(name).strip()
    return frozenset(word for word in _BETWEEN.split(folded) if word) or frozenset({folded})
