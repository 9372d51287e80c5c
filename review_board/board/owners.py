"""Whose prospect it is: an owner is meant by whole words of the name, the same at every door."""

import re
from collections.abc import Iterable
from functools import lru_cache

from review_board.errors import UsageError
from review_board.pipeline.text import each_begins, fold, spellings

NEAR = 75
"""From this likeness of two spellings on, in percent, they may be one name."""
MOST = 3
"""Names that are offered at once."""
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


def likely_owners(wanted: str, owners: Iterable[str]) -> list[str]:
    """Return the owners whom somebody may mean: those whose name begins so, else those spelled nearly so."""
    names = sorted(sorted({name for name in owners if name}), key=fold)
    return [name for name in names if begins(wanted, name)] or _nearly(wanted, names)


def _nearly(wanted: str, names: list[str]) -> list[str]:
    """Return the names that are nearly spelled so, whole or in one of their words, the nearest first."""
    from rapidfuzz import fuzz

    word = fold(wanted).strip()
    likeness = {
        name: max(fuzz.ratio(word, part) for part in (fold(name), *_words(name))) for name in names
    }
    near = [name for name in names if likeness[name] >= NEAR]
    return sorted(near, key=lambda name: -likeness[name])


def spelled_owner(typed: str, owners: Iterable[str]) -> str:
    """Return an owner as the pipeline spells the name; a new name as it was typed."""
    names = {name for name in owners if name}
    same = (name for name in sorted(names) if fold(name) == fold(typed))
    return typed if typed in names else next(same, typed)


def doubt(typed: str, owners: Iterable[str]) -> str:
    """Ask whether one of the owners is meant by a name that is new; ask nothing where none is like it."""
    names = {name for name in owners if name}
    is_known = not typed or spelled_owner(typed, names) in names
    return "" if is_known else did_you_mean(likely_owners(typed, names))


def nobody_called(wanted: str, owners: Iterable[str]) -> UsageError:
    """Return the refusal of an owner whom nobody knows, naming the nearest there is."""
    cure = did_you_mean(likely_owners(wanted, owners)) or "see review-board list"
    return UsageError(f"Nobody called {wanted[:40]!r} owns a prospect", cure)


def did_you_mean(near: list[str]) -> str:
    """Ask for one of the nearest names; ask nothing where there is none."""
    return f"did you mean {' or '.join(near[:MOST])}?" if near else ""


@lru_cache(maxsize=4096)
def _spelled_words(name: str) -> frozenset[str]:
    """Return the words of a name in each of its spellings."""
    return frozenset[str]().union(*map(_words, spellings(name)))


@lru_cache(maxsize=4096)
def _words(name: str) -> frozenset[str]:
    """Return the words, case and accents aside; a name of nothing but marks is one word."""
    folded = fold(name).strip()
    return frozenset(word for word in _BETWEEN.split(folded) if word) or frozenset({folded})
