"""The fields that a filter knows: what each is compared with, and how it is read off a prospect.

A field is one line of ``FIELDS``; whatever reads filters finds it there, and so do help and errors.
"""

import difflib
import operator
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import Any

from review_board.board.card_summary import CardSummary
from review_board.board.index import Entry, read_day, read_number, read_value, stored_texts
from review_board.board.owners import begins, owns
from review_board.errors import InvalidValueError
from review_board.judgement.sale_evidence import HIGH, LOW, MID
from review_board.pipeline.dates import NO_DAY
from review_board.pipeline.fields import (
    DATE,
    MONEY,
    NONE,
    NOTHING,
    NUMBERS,
    PLAIN_FIELDS,
    PlainField,
    TypingDefaults,
    closed_words,
)
from review_board.pipeline.limits import MAX_AMOUNT
from review_board.pipeline.prospect import is_gone
from review_board.pipeline.text import fold, spellings
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.drop_reasons import USUAL
from review_board.settings.rule_names import RuleName

COMPARISONS: Mapping[str, Callable[[Any, Any], bool]] = {
    ":": operator.eq,
    ">": operator.gt,
    ">=": operator.ge,
    "<": operator.lt,
    "<=": operator.le,
}
COLUMN_WORDS = {column: column.value.removesuffix("-pending") for column in Column}
WON = "won"
YES, NO, LATER = "yes", "no", "later"
NEVER = "never"
ANY_DAY = date.min
"""Stands for today where a filter is read to be judged on any day."""
NOT_JUDGED = CardSummary(status="")
"""Stands for the evidence where no term needs it."""
_COUNT = re.compile("[0-9]{1,7}")
_DAYS = re.compile("([0-9]{1,4}) ?(d|days?|w|weeks?)?")


class MissingError(InvalidValueError):
    """A term that is not written to its end; ``message`` says what is missing.

    ``while_typed`` says it while somebody types, the same from key to key.
    """

    def __init__(self, message: str, cure: str, while_typed: str = "") -> None:
        super().__init__(message, cure)
        self.while_typed = while_typed or str(self)


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


@dataclass(slots=True)
class Seen:
    """What a term looks at; ``card`` is there for the fields that need the evidence."""

    entry: Entry
    day: date
    card: CardSummary = NOT_JUDGED


@dataclass(frozen=True, slots=True)
class FilterField:
    """One field: ``read`` understands what is typed, ``fits`` compares it with a prospect.

    ``is_ordered`` ones can be compared by size; ``needs_evidence`` ones need the evidence;
    ``example`` is a value for help and for the message about a missing one.
    """

    read: Callable[[str, TypingDefaults], ComparedValue]
    fits: Callable[[ComparedValue, str, Seen], bool]
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
    def fits(wanted: ComparedValue, _: str, seen: Seen) -> bool:
        texts = [spellings(text) for text in of(seen.entry) if text]
        if wanted.value is None:
            return not texts
        ways = spellings(wanted.text)
        return any(way in spelled for text in texts for spelled in text for way in ways)

    return FilterField(_read_text, fits, example)


def _read_text(text: str, _: TypingDefaults) -> ComparedValue:
    return _NONE if fold(text) in NOTHING else ComparedValue(text, fold(text))


def _fits_owner(wanted: ComparedValue, _: str, seen: Seen) -> bool:
    """Compare whole words of the owner's name: a part would show one rep another's prospects."""
    if wanted.value is None:
        return not seen.entry.owner
    return (begins if wanted.is_partial else owns)(wanted.text, seen.entry.owner)


# Words of a closed list, whole or as an unmistakable beginning


def _choice(
    words: Iterable[str],
    of: Callable[[Seen], str | None],
    other: Mapping[str, str] | None = None,
) -> FilterField:
    choices, aliases = [str(word) for word in words], other or {}
    names = (*choices, *aliases)

    def read(text: str, _: TypingDefaults) -> ComparedValue:
        word = fold(text).replace(" ", "-").replace("_", "-")
        found = {aliases.get(name, name) for name in names if name.startswith(word)}
        chosen = word if word in choices else found.pop() if len(found) == 1 else None
        if chosen is None:
            raise InvalidValueError(f"{text[:40]!r} is none of them", nearest(word, choices))
        return ComparedValue(chosen, chosen)

    return FilterField(read, lambda wanted, _, seen: of(seen) == wanted.value, choices[0])


def _yes_or_no(holds: Callable[[Seen], bool]) -> FilterField:
    return _choice((YES, NO), lambda seen: YES if holds(seen) else NO)


def _judged(field: FilterField) -> FilterField:
    """Return the field as one that is read off the evidence."""
    return replace(field, needs_evidence=True)


def _owed(seen: Seen) -> str:
    return LATER if seen.card.owed_later else YES if seen.card.owed else NO


def _step(seen: Seen) -> str:
    """Return who agreed to the next step, if there is one and somebody noted it."""
    step = seen.entry.document.get("next_step")
    if not isinstance(step, Mapping):
        return "none"
    agreed = step.get("agreed")
    return "unknown" if agreed is None else "agreed" if agreed is True else "ours"


# Numbers and amounts


def _number(
    of: Callable[[CardSummary], int | None],
    read: Callable[[str, TypingDefaults], ComparedValue],
    example: str,
    never: Callable[[CardSummary], bool] | None = None,
) -> FilterField:
    def fits(wanted: ComparedValue, op: str, seen: Seen) -> bool:
        if seen.card.spoilt:
            return False
        found = of(seen.card)
        if found is None and never:
            return never(seen.card) and (wanted.value is None or op.startswith(">"))
        return _compare(found, op, wanted.value)

    return _judged(FilterField(read, fits, example, is_ordered=True))


def _days(
    of: Callable[[CardSummary], int | None],
    example: str,
    never: Callable[[CardSummary], bool] | None = None,
) -> FilterField:
    """Compare the days since something that may never have been.

    With ``never`` that is longer than any number; without a day of what was, it is not known how long.
    """

    def read(text: str, _: TypingDefaults) -> ComparedValue:
        if fold(text) in (*NOTHING, NEVER):
            return _NONE
        found = _DAYS.fullmatch(text.strip().lower())
        if not found:
            message = f"{text[:40]!r} is no number of days"
            raise InvalidValueError(message, f"write {example}, 6w or {NEVER}")
        return _as_number(int(found[1]) * (7 if (found[2] or "").startswith("w") else 1))

    return _number(of, read, example, never)


def _count(of: Callable[[CardSummary], int | None], example: str) -> FilterField:
    def read(text: str, _: TypingDefaults) -> ComparedValue:
        if not _COUNT.fullmatch(text.strip()):
            raise InvalidValueError(f"{text[:40]!r} is no number here", f"write it like {example}")
        return _as_number(int(text))

    return _number(of, read, example)


def _as_number(number: int) -> ComparedValue:
    return ComparedValue(str(number), number)


def _plain_number(field: PlainField) -> FilterField:
    """Compare a number that the table of plain fields reads with what is stored."""

    def read(text: str, defaults: TypingDefaults) -> ComparedValue:
        number = field.read(text, defaults)
        return _NONE if number is None else ComparedValue(field.write(number), number)

    def fits(wanted: ComparedValue, op: str, seen: Seen) -> bool:
        found = read_number(seen.entry.document.get(field.name), MAX_AMOUNT)
        return _compare(found, op, wanted.value)

    return FilterField(read, fits, field.kind.example, is_ordered=True)


def _read_amount(text: str, defaults: TypingDefaults) -> ComparedValue:
    money = PLAIN_FIELDS["value"].read(text, defaults)
    if money is None:
        return _NONE
    code = "" if money.currency == defaults.currency else money.currency
    return ComparedValue(f"{code}{money.amount:f}", money.amount, money.currency)


def _amount(of: Callable[[Seen], tuple[Decimal | None, str]]) -> FilterField:
    """Compare amounts; one of another currency is neither more nor less and never fits."""

    def fits(wanted: ComparedValue, op: str, seen: Seen) -> bool:
        amount, currency = of(seen)
        if amount is not None and wanted.currency and wanted.currency != currency:
            return False
        return _compare(amount, op, wanted.value)

    return FilterField(_read_amount, fits, MONEY.example, is_ordered=True)


def _plain(field: PlainField) -> FilterField:
    """Return how a field is filtered by that only the stored record holds."""
    name, kind = field.name, field.kind
    if kind is MONEY:
        return _amount(lambda seen: read_value(seen.entry.document.get(name)))
    if kind in NUMBERS:
        return _plain_number(field)
    return _text(
        lambda entry: stored_texts(entry.document.get(name)),
        field.hint.removeprefix("such as: ").split(",")[0],
    )


# Days: kept as they are typed, so that eom is another day each month


def _date(of: Callable[[Entry], date | None], example: str) -> FilterField:
    """Compare a day on record with a typed one, as that is understood on the day of the reading."""

    def fits(wanted: ComparedValue, op: str, seen: Seen) -> bool:
        meant = None if wanted.value is None else _day_meant(str(wanted.value), seen.day)
        return _compare(of(seen.entry), op, meant)

    return FilterField(_read_date, fits, example, is_ordered=True)


def _read_date(text: str, defaults: TypingDefaults) -> ComparedValue:
    """Read a day that can be read on every day; raise what the grammar of days says of any other."""
    from review_board.pipeline.typed_days import DayError, is_begun

    words = " ".join(text.replace(",", " ").split()).casefold()
    if words in NOTHING:
        return _NONE
    is_known = defaults.today != ANY_DAY
    try:
        for day in (defaults.today, *_DIFFERENT_DAYS) if is_known else _DIFFERENT_DAYS:
            _day_meant(words, day)
    except DayError as error:
        if NO_DAY in error.message:
            if is_begun(words):
                raise MissingError(error.message, error.cure, "needs a day") from error
            raise
        if is_known and day == defaults.today:
            raise
        message = f"{words[:40]} is not one day, whenever it is read"
        raise InvalidValueError(message, "write it like 2027-01-18") from error
    return ComparedValue(words, words)


@lru_cache(maxsize=256)
def _day_meant(words: str, today: date) -> date:
    """Return the next such day, or the last one where only a past day can be meant (``-3d``)."""
    from review_board.pipeline.typed_days import DayError, parse_day, past_day

    try:
        return parse_day(words, today)
    except DayError as error:
        try:
            return past_day(words, today)
        except DayError:
            raise error from None


_DIFFERENT_DAYS = (*(date(2026, 3, day) for day in range(1, 8)), date(2060, 12, 31))
"""Each day of the week, in two years: what can be read on all of them can be read on any."""


def _compare(found: date | int | Decimal | None, op: str, wanted: object) -> bool:
    """Compare two numbers; nothing on record fits ``none`` and no figure."""
    if found is None or wanted is None:
        return found is None and wanted is None
    return COMPARISONS[op](found, wanted)


def _reasons(entry: Entry) -> Iterator[str]:
    """Yield why it is dropped, or why the call is to be later, by name and in words."""
    holds = "drop" if entry.column is Column.DROPPED else "callback"
    held = entry.document.get(holds)
    for name in stored_texts(held.get("reason") if isinstance(held, Mapping) else None):
        yield from (name, name.replace("-", " "), USUAL.get(name, ""))


_OWN: Mapping[str, FilterField] = {
    "name": _text(lambda entry: (entry.name,), "harbor"),
    "company": _text(lambda entry: (entry.company,), "'Harbor Group'"),
    "owner": FilterField(_read_text, _fits_owner, "ann"),
    "tag": _text(lambda entry: entry.tags, "dental"),
    "stage": _text(lambda entry: (entry.stage,), "proposal"),
    "wants": _text(
        lambda entry: (closed_words(stored_texts(entry.document.get("closed_channels"))),),
        "'no calls'",
    ),
    "column": _choice(
        (*COLUMN_WORDS.values(), WON),
        lambda seen: COLUMN_WORDS[seen.entry.column] if seen.entry.column else WON,
        other={Column.CALLBACK.value: "callback"},
    ),
    "won": _yes_or_no(lambda seen: seen.entry.won),
    "rule": _judged(_choice(RuleName, lambda s: s.card.finding.rule if s.card.finding else None)),
    "verdict": _judged(
        _choice(Verdict, lambda s: s.card.finding.verdict if s.card.finding else None)
    ),
    "tier": _judged(_choice((LOW, MID, HIGH), lambda seen: seen.card.tier)),
    "review": _judged(_yes_or_no(lambda seen: seen.card.is_due(seen.day))),
    "owed": _judged(_choice((YES, LATER, NO), _owed)),
    "stays": _judged(_yes_or_no(lambda seen: seen.card.is_left_there)),
    "gone": _yes_or_no(lambda seen: is_gone(seen.entry.document)),
    "step": _choice(("agreed", "ours", "unknown", "none"), _step),
    "value": _amount(lambda seen: (seen.entry.amount, seen.entry.currency)),
    "potential": _judged(_amount(lambda seen: (seen.card.worth, seen.entry.currency))),
    "contact": _days(
        lambda card: card.contact_days, "30d", never=lambda card: not card.had_contact
    ),
    "signal": _days(lambda card: card.signal_days, "60d"),
    "quiet": _days(lambda card: card.quiet_days, "60d"),
    "close": _date(lambda entry: read_day(entry.document.get("close_date")), "eom"),
    "reason": _text(_reasons, "budget"),
    "attempts": _count(lambda card: card.attempts, "3"),
    "deferrals": _count(lambda card: card.deferrals, "2"),
}
FIELDS: Mapping[str, FilterField] = {
    **_OWN,
    **{
        name: _plain(field)
        for name, field in PLAIN_FIELDS.items()
        if name not in {*_OWN, "tags", "closed_channels"} and field.kind is not DATE
    },
}
"""Every field by its name: these, and each other plain field but days."""
OLD_NAMES: Mapping[str, str] = {"touch": "contact", "close_date": "close", "due": "review"}
"""Other names that fields are known by."""
