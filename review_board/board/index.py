"""Small indexes over the plain documents, kept change by change: columns, order, search text.

They read documents as they stand in the file and build no models, so that ten thousand are quick.
A document that a hand has spoilt still gets an entry: it must show on the board to be mended.
"""

import re
from bisect import insort
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal, InvalidOperation
from typing import Any

from review_board.pipeline.money import MAX_AMOUNT, Money, total_by_currency
from review_board.pipeline.text import clean, fold
from review_board.pipeline.vocabulary import Column

UNNAMED = "(no name)"
_CURRENCY = re.compile("[A-Z]{3}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What the board needs of one prospect before anybody looks at it.

    ``amount`` and ``weighted`` are in ``currency``; ``None`` where no value is on record.
    """

    id: str
    name: str
    company: str
    owner: str
    folded: str
    column: Column | None
    amount: Decimal | None
    weighted: Decimal | None
    currency: str
    won: bool

    @property
    def rank(self) -> tuple[Decimal, str, str]:
        """The place in its column: the most valuable first, then by name."""
        return (-(self.amount or Decimal(0)), self.folded, self.id)


@dataclass(frozen=True, slots=True)
class Totals:
    """Count, value and weighted value, one sum for each currency."""

    count: int
    value: tuple[Money, ...]
    weighted: tuple[Money, ...]


@dataclass(slots=True)
class Index:
    """Entries by id, and the order of each column. Won prospects stand in no column."""

    entries: dict[str, Entry] = field(default_factory=dict)
    columns: dict[Column, list[tuple[tuple[Decimal, str, str], str]]] = field(
        default_factory=lambda: {column: [] for column in Column}
    )

    @classmethod
    def of(cls, documents: Iterable[Mapping[str, Any]], default_probability: Decimal) -> "Index":
        """The index of all documents."""
        index = cls()
        for document in documents:
            entry = entry_of(document, default_probability)
            index.entries[entry.id] = entry
            if entry.column:
                index.columns[entry.column].append((entry.rank, entry.id))
        for ranked in index.columns.values():
            ranked.sort()
        return index

    def put(self, entry: Entry) -> None:
        """Take in a new or changed prospect."""
        self.remove(entry.id)
        self.entries[entry.id] = entry
        if entry.column:
            insort(self.columns[entry.column], (entry.rank, entry.id))

    def remove(self, prospect_id: str) -> None:
        """Forget a prospect, if it is known."""
        old = self.entries.pop(prospect_id, None)
        if old and old.column:
            self.columns[old.column].remove((old.rank, old.id))

    def ids(self, column: Column) -> list[str]:
        """The prospects of a column, in order."""
        return [prospect_id for _, prospect_id in self.columns[column]]

    def totals(self, ids: Iterable[str]) -> Totals:
        """What these prospects come to."""
        entries = [self.entries[i] for i in ids if i in self.entries]
        return Totals(
            len(entries),
            total_by_currency(_money(e.amount, e.currency) for e in entries if e.amount),
            total_by_currency(_money(e.weighted, e.currency) for e in entries if e.weighted),
        )


def entry_of(document: Mapping[str, Any], default_probability: Decimal) -> Entry:
    """The entry of one document; what cannot be read is left out rather than guessed."""
    name = clean(_text(document.get("name"))) or UNNAMED
    company, owner = clean(_text(document.get("company"))), clean(_text(document.get("owner")))
    amount, currency = _value(document.get("value"))
    won = document.get("won") is not None
    share = _number(document.get("probability"), Decimal(1))
    weighted = (
        None if amount is None else amount * (default_probability if share is None else share)
    )
    tags = document.get("tags")
    words = [name, company, owner, *(map(_text, tags) if isinstance(tags, list) else ())]
    return Entry(
        id=str(document["id"]),
        name=name,
        company=company,
        owner=owner,
        folded=fold(" ".join(words)),
        column=None if won else _column(document.get("column")),
        amount=amount,
        weighted=weighted,
        currency=currency,
        won=won,
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _column(value: object) -> Column:
    try:
        return Column(value) if isinstance(value, str) else Column.ACTIVE
    except ValueError:
        return Column.ACTIVE


def _value(value: object) -> tuple[Decimal | None, str]:
    """Amount and currency; no amount where either cannot be read."""
    if not isinstance(value, Mapping):
        return None, "USD"
    currency = value.get("currency", "USD")
    if not isinstance(currency, str) or not _CURRENCY.fullmatch(currency):
        return None, "USD"
    return _number(value.get("amount"), MAX_AMOUNT), currency


def _number(value: object, most: Decimal) -> Decimal | None:
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):  # an integer of too many digits is a ValueError
        return None
    return number if number.is_finite() and 0 <= number <= most else None


def _money(amount: Decimal, currency: str) -> Money:
    return Money.model_construct(amount=amount, currency=currency)
