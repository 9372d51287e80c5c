"""Phrases and names dealt like cards: none comes again before its deck is through."""

import random
import tomllib
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent


def read_toml(name: str) -> dict[str, Any]:
    """One of the tables beside this module."""
    return tomllib.loads((HERE / f"{name}.toml").read_text("utf-8"))


class Deck:
    """A list that is shuffled, dealt to its end, and shuffled again."""

    def __init__(self, cards: list[str], rng: random.Random) -> None:
        self._cards = cards
        self._rng = rng
        self._left: list[str] = []

    def deal(self) -> str:
        """The next card."""
        if not self._left:
            self._left = self._rng.sample(self._cards, len(self._cards))
        return self._left.pop()


class Words:
    """Every deck of phrases and names for one file, named ``talked`` or ``reasons.budget``."""

    def __init__(self, rng: random.Random) -> None:
        self._decks: dict[str, Deck] = {}
        for key, value in (read_toml("notes") | read_toml("names")).items():
            nested = value if isinstance(value, dict) else {"": value}
            for inner, cards in nested.items():
                self._decks[f"{key}.{inner}".rstrip(".")] = Deck(cards, rng)

    def deal(self, deck: str) -> str:
        """The next phrase of a deck, its ``{placeholders}`` still open."""
        return self._decks[deck].deal()
