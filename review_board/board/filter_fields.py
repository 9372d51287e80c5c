"""The fields that a filter knows: what each is compared with, and how it is read off a prospect.

A field is one line of ``FIELDS``; whatever reads filters finds it there, and so do help and errors.
"""

import difflib
import operator
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from review_board.board.evaluate import CardSummary
from review_board.board.index import Entry, read_number, read_value, stored_texts
from review_board.board.owners import begins, owns
from review_board.errors import InvalidValueError
from review_board.judgement.evidence import HIGH, LOW, MID
from review_board.pipeline.fields import (
    DATE,
    MONEY,
    NONE,
    NOTHING,
    NUMBERS,
    PLAIN_FIELDS,
    PlainField,
    TypingDefaults,
)
from review_board.pipeline.limits import MAX_AMOUNT
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.rules import RuleName

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    ":": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
COLUMN_WORDS = {
    "active": Column.ACTIVE,
    "callback": Column.CALLBACK,
    "nurture": Column.NURTURE,
    "dropped": Column.DROPPED,
}
WON = "won"
YES, NO = "yes", "no"
_COUNT = re.compile("[0-9]{1,7}")
_DAYS = re.compile("([0-9]{1,4}) ?(d|days?|w|weeks?)?")


class MissingError(InvalidValueError):
    """A term that is not written to its end; ``message`` says what is missing."""


@dataclass(frozen=True, slots=True)
class ComparedValue:
    """What a term compares with: as written in canonical text, as compared, and its currency.

    ``value`` is ``None`` for nothing on record; ``currency`` is empty but for amounts of money;
    ``is_partial`` says that the name is still typed: beginnings of its words will do.
    """

    text: str
    value: str | int | Decimal | None
    currency: str = ""
    is_partial: bool = False


@dataclass(frozen=True, slots=True)
class FilterField:
    """One field: ``read`` understands what is typed, ``fits`` compares it with a prospect.

    ``is_ordered`` ones can be compared by size; ``needs_evidence`` ones need the evidence; ``example`` is a
    value for help and for the message about a missing one.
    """

    read: Callable[[str, str], ComparedValue]
    fits: Callable[[ComparedValue, str, Entry, CardSummary | None, date], bool]
    example: str
    is_ordered: bool = False
    needs_evidence: bool = False


def nearest(word: str, known: Iterable[str]) -> str:
    """Ask ``did you mean owner?``, or list all that there are."""
    known = list(known)
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.6)
    return f"did you mean {near[0]}?" if near else f"choose from {', '.join(known)}."


_NONE = ComparedValue(NONE, None)

# Text: holds the words, case and accents aside


def _text(of: Callable[[Entry], Iterable[str]], example: str) -> FilterField:
    def fits(
        wanted: ComparedValue, _: str, entry: Entry, __: CardSummary | None, ___: date
    ) -> bool:
        texts = [fold(text) for text in of(entry) if text]
        if wanted.value is None:
            return not texts
        return any(str(wanted.value) in text for text in texts)

    return FilterField(_read_text, fits, example)


def _read_text(text: str, _: str) -> ComparedValue:
    return _NONE if fold(text) in NOTHING else ComparedValue(text, fold(text))


def _owner(example: str) -> FilterField:
    """Compare whole words of the owner's name: a part would show one rep another's prospects."""

    def fits(
        wanted: ComparedValue, _: str, entry: Entry, __: CardSummary | None, ___: date
    ) -> bool:
        if wanted.value is None:
            return not entry.owner
        return (begins if wanted.is_partial else owns)(str(wanted.value), entry.owner)

    return FilterField(_read_text, fits, example)


# Words of a closed list, whole or as an unmistakable beginning


def _choice(
    words: Iterable[str],
    of: Callable[[Entry, CardSummary | None, date], str | None],
    *,
    needs_evidence: bool = True,
    other: Mapping[str, str] | None = None,
) -> FilterField:
    choices, aliases = [str(word) for word in words], other or {}
    names = (*choices, *aliases)

    def read(text: str, _: str) -> ComparedValue:
        word = fold(text).replace(" ", "-").replace("_", "-")
        found = {aliases.get(name, name) for name in names if name.startswith(word)}
        chosen = word if word in choices else found.pop() if len(found) == 1 else None
        if chosen is None:
            raise InvalidValueError(f"{text[:40]!r} is none of them", nearest(word, choices))
        return ComparedValue(chosen, chosen)

    def fits(
        wanted: ComparedValue, _: str, entry: Entry, card_summary: CardSummary | None, day: date
    ) -> bool:
        return of(entry, card_summary, day) == wanted.value

    return FilterField(read, fits, choices[0], needs_evidence=needs_evidence)


def _column(entry: Entry, _: CardSummary | None, __: date) -> str | None:
    if entry.won:
        return WON
    return next((word for word, column in COLUMN_WORDS.items() if column is entry.column), None)


def _won(entry: Entry, _: CardSummary | None, __: date) -> str | None:
    return _yes_or_no(entry.won)


def _rule(_: Entry, card_summary: CardSummary | None, __: date) -> str | None:
    return card_summary.finding.rule if card_summary and card_summary.finding else None


def _verdict(_: Entry, card_summary: CardSummary | None, __: date) -> str | None:
    return card_summary.finding.verdict if card_summary and card_summary.finding else None


def _tier(_: Entry, card_summary: CardSummary | None, __: date) -> str | None:
    return card_summary.tier if card_summary else None


def _due(_: Entry, card_summary: CardSummary | None, day: date) -> str | None:
    return _yes_or_no(card_summary is not None and card_summary.is_due(day))


def _owed(_: Entry, card_summary: CardSummary | None, __: date) -> str | None:
    return _yes_or_no(card_summary is not None and card_summary.owed)


def _yes_or_no(holds: bool) -> str:
    return YES if holds else NO


# Numbers and amounts


def _number(
    of: Callable[[CardSummary], int | None], read: Callable[[str, str], ComparedValue], example: str
) -> FilterField:
    def fits(
        wanted: ComparedValue, op: str, _: Entry, card_summary: CardSummary | None, __: date
    ) -> bool:
        if card_summary is None or card_summary.spoilt:
            return False
        return _compare(of(card_summary), op, wanted.value)

    return FilterField(read, fits, example, is_ordered=True, needs_evidence=True)


def _days(of: Callable[[CardSummary], int | None], example: str) -> FilterField:
    """Compare the days since something that may never have been."""

    def read(text: str, _: str) -> ComparedValue:
        if fold(text) in NOTHING:
            return _NONE
        found = _DAYS.fullmatch(text.strip().lower())
        if not found:
            raise _no_number(text, example)
        return _as_number(int(found[1]) * (7 if (found[2] or "").startswith("w") else 1))

    return _number(of, read, example)


def _count(of: Callable[[CardSummary], int | None], example: str) -> FilterField:
    def read(text: str, _: str) -> ComparedValue:
        if not _COUNT.fullmatch(text.strip()):
            raise _no_number(text, example)
        return _as_number(int(text))

    return _number(of, read, example)


def _no_number(text: str, example: str) -> InvalidValueError:
    return InvalidValueError(f"{text[:40]!r} is no number here", f"write it like {example}")


def _as_number(number: int) -> ComparedValue:
    return ComparedValue(str(number), number)


def _read_plain(name: str, text: str, currency: str) -> Any:
    """Return the value of a plain field, read as it is typed; no day is compared with."""
    return PLAIN_FIELDS[name].read(text, TypingDefaults(currency, date.min))


def _plain_number(field: PlainField) -> FilterField:
    """Compare a number that the table of plain fields reads with what is stored."""

    def read(text: str, currency: str) -> ComparedValue:
        number = _read_plain(field.name, text, currency)
        return _NONE if number is None else ComparedValue(field.write(number), number)

    def fits(wanted: ComparedValue, op: str, entry: Entry, _: CardSummary | None, __: date) -> bool:
        found = read_number(entry.document.get(field.name), MAX_AMOUNT)
        return _compare(found, op, wanted.value)

    return FilterField(read, fits, field.kind.example, is_ordered=True)


def _read_amount(text: str, currency: str) -> ComparedValue:
    money = _read_plain("value", text, currency)
    if money is None:
        return _NONE
    code = "" if money.currency == currency else money.currency
    return ComparedValue(f"{code}{money.amount:f}", money.amount, money.currency)


def _amount(
    of: Callable[[Entry, CardSummary | None], tuple[Decimal | None, str]],
    *,
    needs_evidence: bool = False,
) -> FilterField:
    """Compare amounts; one of another currency is neither more nor less and never fits."""

    def fits(
        wanted: ComparedValue, op: str, entry: Entry, card_summary: CardSummary | None, _: date
    ) -> bool:
        amount, currency = of(entry, card_summary)
        if amount is not None and wanted.currency and wanted.currency != currency:
            return False
        return _compare(amount, op, wanted.value)

    return FilterField(
        _read_amount, fits, MONEY.example, is_ordered=True, needs_evidence=needs_evidence
    )


def _plain(field: PlainField) -> FilterField:
    """Return how a field is filtered by that only the stored record holds."""
    name, kind = field.name, field.kind
    if kind is MONEY:
        return _amount(lambda entry, _: read_value(entry.document.get(name)))
    if kind in NUMBERS:
        return _plain_number(field)
    return _text(lambda entry: stored_texts(entry.document.get(name)), field.hint.split(",")[0])


def _compare(found: int | Decimal | None, op: str, wanted: object) -> bool:
    """Compare two numbers; nothing on record fits ``none`` and no figure."""
    if found is None or wanted is None:
        return found is None and wanted is None
    return COMPARISONS[op](found, wanted)


_OWN: Mapping[str, FilterField] = {
    "name": _text(lambda entry: (entry.name,), "harbor"),
    "company": _text(lambda entry: (entry.company,), "'Harbor Group'"),
    "owner": _owner("ann"),
    "tag": _text(lambda entry: entry.tags, "dental"),
    "stage": _text(lambda entry: (entry.stage,), "proposal"),
    "column": _choice(
        (*COLUMN_WORDS, WON),
        _column,
        needs_evidence=False,
        other={Column.CALLBACK.value: "callback"},
    ),
    "won": _choice((YES, NO), _won, needs_evidence=False),
    "rule": _choice(RuleName, _rule),
    "verdict": _choice(Verdict, _verdict),
    "tier": _choice((LOW, MID, HIGH), _tier),
    "due": _choice((YES, NO), _due),
    "owed": _choice((YES, NO), _owed),
    "value": _amount(lambda entry, _: (entry.amount, entry.currency)),
    "potential": _amount(
        lambda entry, card: (card.worth if card else None, entry.currency), needs_evidence=True
    ),
    "touch": _days(lambda card: card.touch_days, "30"),
    "signal": _days(lambda card: card.signal_days, "60"),
    "attempts": _count(lambda card: card.attempts, "3"),
    "deferrals": _count(lambda card: card.deferrals, "2"),
}
FIELDS: Mapping[str, FilterField] = {
    **_OWN,
    **{
        name: _plain(field)
        for name, field in PLAIN_FIELDS.items()
        if name not in {*_OWN, "tags"} and field.kind is not DATE
    },
}
"""Every field by its name: these, and each other plain field but days, which a view would date."""
