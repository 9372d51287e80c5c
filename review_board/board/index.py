"""Small indexes over the plain documents, kept change by change: columns, order, search text.

They read documents as they stand in the file and build no models, so that ten thousand are quick.
A document that a hand has spoilt still gets an entry: it must show on the board to be mended.
"""

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from functools import cached_property, reduce
from operator import add
from typing import Any, NamedTuple, TypeAlias

from review_board.errors import InvalidValueError
from review_board.pipeline.company_names import company_beside, with_company
from review_board.pipeline.dates import iso_day
from review_board.pipeline.limits import MAX_AMOUNT
from review_board.pipeline.money import CURRENCY, Money, Totals, currency_rank, own_first
from review_board.pipeline.text import TypedWords, clean, digits_of, fold, has_words, spellings
from review_board.pipeline.vocabulary import Column

UNNAMED = "(no name)"
SEARCHED = 6_000
"""Characters of a prospect that a search looks at."""
_NONE = Decimal(0)
_COLUMNS = {column.value: column for column in Column}
Rank: TypeAlias = tuple[str, Decimal, str, str]


@dataclass(eq=False)
class Entry:
    """What the board needs of one prospect before anybody looks at it.

    ``amount`` and ``weighted`` are in ``currency``; ``None`` where no value is on record; what is
    won is worth what it was won for. ``currency_rank`` is the currency where it is not ours (see
    ``money.currency_rank``). What no order and no sum needs is read off the document when it is
    asked for.
    """

    id: str
    document: Mapping[str, Any]
    column: Column | None
    amount: Decimal | None
    weighted: Decimal | None
    currency: str
    won: bool
    currency_rank: str = ""

    @property
    def value(self) -> Money | None:
        """Return the value on record, or what it was won for."""
        return None if self.amount is None else Money(self.amount, self.currency)

    @cached_property
    def name(self) -> str:
        """Return the name, or what stands for one."""
        return self._line("name") or UNNAMED

    @cached_property
    def company(self) -> str:
        """Return the company, empty where none is on record."""
        return self._line("company")

    @cached_property
    def company_beside(self) -> str:
        """Return the company, unless the name says it: it tells prospects of one name apart."""
        return company_beside(self.name, self.company)

    @property
    def who(self) -> str:
        """Return the name and, where it does not say it, the company: ``Bearings (Acme Ltd)``."""
        return with_company(self.name, self.company)

    @cached_property
    def owner(self) -> str:
        """Return the owner, empty where it has none."""
        return self._line("owner")

    @cached_property
    def stage(self) -> str:
        """Return how far the sale has come, in the words of the list it came from."""
        return self._line("stage")

    @cached_property
    def tags(self) -> tuple[str, ...]:
        """Return the tags as they are stored."""
        return _tags(self.document)

    @property
    def people(self) -> "tuple[SearchedPerson, ...]":
        """Return their people, as they are looked for."""
        return tuple(_people(self.document))

    @cached_property
    def folded(self) -> str:
        """Return the text that a search looks at, without case and accents, in each of its spellings."""
        return "\n".join(spellings(clean(_searched(self.document), limit=SEARCHED)))

    @property
    def rank(self) -> Rank:
        """Return the place in its column: the most valuable first, currency by currency, then by name."""
        return (self.currency_rank, -(self.amount or _NONE), fold(self.name), self.id)

    def _line(self, field: str) -> str:
        return clean(_text(self.document.get(field)))


class SearchedPerson(NamedTuple):
    """One of their people, by what they are known."""

    name: str
    email: str
    phone: str

    @property
    def searched(self) -> str:
        """Return the text that a search looks at; a number is there by its mere digits too."""
        return " ".join((*self, digits_of(self.phone)))


class Sums:
    """A running count, value and weighted value, a sum for each currency."""

    def __init__(self) -> None:
        self._count = 0
        self._value: dict[str, Decimal] = {}
        self._weighted: dict[str, Decimal] = {}
        self._counts = Counter[str]()
        self._ours = ""

    def add(self, entry: Entry, sign: int = 1) -> None:
        """Count a prospect in, or with ``sign`` −1 out again."""
        self._count += sign
        if entry.amount and entry.weighted is not None:
            currency = entry.currency
            self._value[currency] = self._value.get(currency, _NONE) + sign * entry.amount
            self._weighted[currency] = self._weighted.get(currency, _NONE) + sign * entry.weighted
            self._counts[currency] += sign
            self._ours = self._ours if entry.currency_rank else currency

    @property
    def totals(self) -> Totals:
        """Return what it comes to now, the own currency first."""
        sums = ({c: a for c, a in s.items() if a > 0} for s in (self._value, self._weighted))
        value, weighted = (own_first(each, self._counts, self._ours) for each in sums)
        return Totals(self._count, value, weighted, Counter(self._counts), self._ours)


@dataclass(slots=True)
class Index:
    """Entries by id, the order and the sums of each column. Won prospects stand in no column."""

    entries: dict[str, Entry] = field(default_factory=dict)
    columns: dict[Column, list[tuple[Rank, str]]] = field(
        default_factory=lambda: {column: [] for column in Column}
    )
    sums: dict[Column, Sums] = field(default_factory=lambda: {column: Sums() for column in Column})

    @classmethod
    def of(
        cls, documents: Iterable[Mapping[str, Any]], default_probability: Decimal, ours: str
    ) -> "Index":
        """Build the index of all documents; ``ours`` is the board's own currency."""
        index = cls()
        for document in documents:
            entry = entry_of(document, default_probability, ours)
            index.entries[entry.id] = entry
            if entry.column:
                index.columns[entry.column].append((entry.rank, entry.id))
                index.sums[entry.column].add(entry)
        for ranked in index.columns.values():
            ranked.sort()
        return index

    def put(self, entry: Entry) -> None:
        """Take in a new or changed prospect."""
        self.remove(entry.id)
        self.entries[entry.id] = entry
        if entry.column:
            insort(self.columns[entry.column], (entry.rank, entry.id))
            self.sums[entry.column].add(entry)

    def remove(self, prospect_id: str) -> None:
        """Forget a prospect, if it is known."""
        old = self.entries.pop(prospect_id, None)
        if old and old.column:
            ranked = self.columns[old.column]
            del ranked[bisect_left(ranked, (old.rank, old.id))]
            self.sums[old.column].add(old, -1)

    def ids(self, column: Column) -> list[str]:
        """Return the prospects of a column, in order."""
        return [prospect_id for _, prospect_id in self.columns[column]]

    def totals(self, ids: Iterable[str]) -> Totals:
        """Return what these prospects come to."""
        sums = Sums()
        for prospect_id in ids:
            if entry := self.entries.get(prospect_id):
                sums.add(entry)
        return sums.totals

    def column_totals(self, *columns: Column) -> Totals:
        """Return what whole columns come to, without walking them."""
        return reduce(add, (self.sums[column].totals for column in columns))


def matching(
    documents: Iterable[Mapping[str, Any]],
    words: TypedWords,
    default_probability: Decimal,
    ours: str,
) -> list[Entry]:
    """Return entries of the documents whose searched text holds all words; no index is needed."""
    texts = ((document, "\n".join(spellings(_searched(document)))) for document in documents)
    return [
        entry_of(document, default_probability, ours)
        for document, text in texts
        if has_words(text, words)
    ]


def _searched(document: Mapping[str, Any]) -> str:
    texts = [_text(document.get(name)) for name in ("name", "company", "owner", "stage")]
    people = (person.searched for person in _people(document))
    return " ".join([*texts, *_tags(document), *people])


def _people(document: Mapping[str, Any]) -> Iterator[SearchedPerson]:
    """Yield the contacts who are still there."""
    contacts = document.get("contacts")
    for contact in contacts if isinstance(contacts, list) else ():
        if isinstance(contact, dict) and not contact.get("gone"):
            yield SearchedPerson(
                *(clean(_text(contact.get(key))) for key in SearchedPerson._fields)
            )


def _tags(document: Mapping[str, Any]) -> tuple[str, ...]:
    tags = document.get("tags")
    return tuple(map(_text, tags)) if isinstance(tags, list) else ()


def entry_of(document: Mapping[str, Any], default_probability: Decimal, ours: str) -> Entry:
    """Return the entry of one document; what cannot be read is left out rather than guessed.

    ``ours`` is the board's own currency.
    """
    won = document.get("won") is not None
    amount, currency = _worth(document)
    share = Decimal(1) if won else read_number(document.get("probability"), Decimal(1))
    return Entry(
        id=str(document["id"]),
        document=document,
        column=None if won else column_in(document.get("column")),
        amount=amount,
        weighted=(
            None if amount is None else amount * (default_probability if share is None else share)
        ),
        currency=currency,
        won=won,
        currency_rank=currency_rank(None if amount is None else currency, ours),
    )


def stored_texts(value: object) -> tuple[str, ...]:
    """Return a stored text, or the texts of a list, cleaned; what is neither holds none."""
    texts = value if isinstance(value, list) else [value]
    return tuple(clean(_text(text)) for text in texts)


def _worth(document: Mapping[str, Any]) -> tuple[Decimal | None, str]:
    """Return what it was won for, where that is on record; else the value."""
    won = document.get("won")
    paid = read_value(won.get("value")) if isinstance(won, dict) else (None, "")
    return read_value(document.get("value")) if paid[0] is None else paid


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def column_in(value: object) -> Column:
    """Return the column as a document has it; one that says none is in Active."""
    return _COLUMNS.get(value, Column.ACTIVE) if isinstance(value, str) else Column.ACTIVE


def is_open(document: Mapping[str, Any]) -> bool:
    """Return whether a sale is neither won nor dropped."""
    return document.get("won") is None and column_in(document.get("column")) is not Column.DROPPED


def read_value(value: object) -> tuple[Decimal | None, str]:
    """Return amount and currency; no amount where either cannot be read."""
    if not isinstance(value, dict):
        return None, "USD"
    currency = read_currency(value)
    if not CURRENCY.fullmatch(currency):
        return None, "USD"
    return read_number(value.get("amount"), MAX_AMOUNT), currency


def read_currency(value: Mapping[str, Any]) -> str:
    """Return the currency that a stored amount names; one that names none is in dollars."""
    currency = value.get("currency", "USD")
    return currency if isinstance(currency, str) else ""


def read_number(value: object, most: Decimal) -> Decimal | None:
    """Return a stored number, or ``None`` for one that cannot be read."""
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        return None
    try:
        number = Decimal(value if isinstance(value, str) else str(value))
    except (InvalidOperation, ValueError):  # an integer of too many digits is a ValueError
        return None
    return number if number.is_finite() and 0 <= number <= most else None


def read_day(value: object) -> date | None:
    """Return a stored day, or ``None`` for one that cannot be read."""
    try:
        return iso_day(value) if isinstance(value, str) else None
    except InvalidValueError:
        return None


def read_moment(value: object) -> datetime | None:
    """Return a stored moment, or ``None`` for one that cannot be read or lacks its zone."""
    try:
        found = datetime.fromisoformat(value) if isinstance(value, str) else None
    except ValueError:
        return None
    return found if found and found.tzinfo else None
