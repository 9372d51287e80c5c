"""Who plays: invented companies with the people in them, each name used once a file."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle
from typing import Any

from sample_pipelines.words import Words, read_toml

CURRENCIES = {"Krüger": "EUR", "Lindenau": "EUR", "Virtanen": "EUR", "Kingsferry": "GBP"}
"""Who trades in another currency, by a name in the company's: some must, but few."""

LEADS = ["shift lead", "team lead", "ops lead", "foreman"]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody at the buyer's; ``id`` is the part they play."""

    id: str
    name: str
    role: str
    title: str

    @property
    def first(self) -> str:
        """What a rep calls them."""
        return self.name.split()[0]


@dataclass(frozen=True, slots=True)
class Company:
    """A company: ``main`` is whom we talk to, ``boss`` who signs."""

    name: str
    main: Person
    boss: Person
    champion: Person
    assistant: Person
    facts: tuple[str, ...]
    currency: str


def companies(rng: random.Random, words: Words, *, abroad: bool) -> Iterator[Company]:
    """Ever new companies, the trades in turn; ``abroad`` lets some use their own currency."""
    used: set[str] = set()
    trades = read_toml("trades")
    order = rng.sample(sorted(trades), len(trades))
    for trade in cycle(order):
        name = _new_name(rng, words, trades[trade]["names"], used)
        code = next((code for part, code in CURRENCIES.items() if part in name), "USD")
        yield _company(rng, words, name, code if abroad else "USD", trades[trade])


def _new_name(rng: random.Random, words: Words, forms: list[str], used: set[str]) -> str:
    while True:
        name = rng.choice(forms).format(place=words.deal("places"), family=words.deal("families"))
        if name not in used:
            used.add(name)
            return name


def _company(
    rng: random.Random, words: Words, name: str, currency: str, facts: dict[str, Any]
) -> Company:
    def person(part: str, role: str, title: str) -> Person:
        return Person(part, f"{words.deal('first')} {words.deal('families')}", role, title)

    boss = person("boss", "economic-buyer", facts["boss"])
    return Company(
        name=name,
        main=person("main", "contact", facts["buyer"]),
        boss=boss,
        champion=person("champion", "champion", rng.choice(LEADS)),
        assistant=person("assistant", "assistant", f"assistant to {boss.name}"),
        facts=tuple(rng.sample(facts["facts"], len(facts["facts"]))),
        currency=currency,
    )
