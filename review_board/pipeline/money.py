"""Money: an exact amount with its currency. Amounts of different currencies are never summed."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any, cast

from review_board.pipeline.checked import Checked
from review_board.pipeline.limits import MAX_AMOUNT

if TYPE_CHECKING:
    from pydantic import GetCoreSchemaHandler, SerializerFunctionWrapHandler
    from pydantic_core import CoreSchema

CURRENCY = re.compile("[A-Z]{3}")
"""The code of a currency."""
SYMBOLS = {"$": "USD", "€": "EUR", "£": "GBP", "¥": "JPY", "₹": "INR"}
_ONE = Decimal(1)


def round_cents(amount: Decimal) -> Decimal:
    """Round half up to two places; drop them when they are zero."""
    rounded = amount.quantize(Decimal("0.01"), ROUND_HALF_UP)
    whole = rounded.to_integral_value()
    return whole if whole == rounded else rounded


def _plain(value: Decimal) -> str:
    return format(value, "f")


def _exact(most: Decimal, digits: int, places: int) -> tuple[Any, ...]:
    from pydantic import Field, PlainSerializer

    return (
        Field(ge=0, le=most, max_digits=digits, decimal_places=places, allow_inf_nan=False),
        PlainSerializer(_plain, return_type=str, when_used="json"),
    )


def _currency_code() -> tuple[Any, ...]:
    from pydantic import Field

    return (Field(pattern=f"^{CURRENCY.pattern}$"),)


Amount = Annotated[Decimal, Checked(partial(_exact, MAX_AMOUNT, 20, 4))]
"""A non-negative exact number, stored as a string."""

Share = Annotated[Decimal, Checked(partial(_exact, _ONE, 8, 6))]
"""A probability or ratio between 0 and 1, stored as a string."""


def _with_unknown(money: "Money", handler: "SerializerFunctionWrapHandler") -> dict[str, Any]:
    known: dict[str, Any] = handler(money)
    if len(vars(money)) == len(_FIELDS):
        return known
    return known | {name: value for name, value in vars(money).items() if name not in _FIELDS}


@dataclass(frozen=True)
class Money:
    """An amount in one currency (ISO 4217 code)."""

    # No pydantic model, so that sums and cards cost no import; as a part of a record it is checked.

    amount: Amount
    currency: Annotated[str, Checked(_currency_code)] = "USD"

    @classmethod
    def __get_pydantic_core_schema__(
        cls, source: Any, handler: "GetCoreSchemaHandler"
    ) -> "CoreSchema":
        """Have pydantic write back what it does not know: it stands beside the fields."""
        from pydantic_core import core_schema

        schema: dict[str, Any] = {**handler(source)}
        schema["serialization"] = core_schema.wrap_serializer_function_ser_schema(_with_unknown)
        return cast("CoreSchema", schema)

    def as_json(self) -> dict[str, str]:
        """Return it as commands and reports print it as JSON."""
        return {"amount": _plain(self.amount), "currency": self.currency}

    def times(self, factor: Decimal | int) -> "Money":
        """Return the amount times a factor, to the hundredth."""
        if factor == 1 and self.amount.same_quantum(_ONE):
            return self
        return Money(amount=round_cents(self.amount * factor), currency=self.currency)


_FIELDS = frozenset({"amount", "currency"})
RANKED_LAST = "~"
"""Stands after every currency, for what has no amount."""


def currency_rank(currency: str | None, ours: str) -> str:
    """Return where an amount ranks before its size counts: ours first, by currency, none last."""
    return "" if currency == ours else currency or RANKED_LAST


def currency_in_use(used: Collection[str], ours: str) -> str:
    """Return the currency whose amounts are ranked first: ours, or the only one where ours is not used."""
    return next(iter(used)) if len(used) == 1 else ours


def short_amount(amount: Decimal) -> str:
    """Return an amount in three digits at most: ``950``, ``12.5k``, ``24k``, ``1.25M``."""
    for exponent, unit in ((12, "T"), (9, "B"), (6, "M"), (3, "k")):
        limit = Decimal(10) ** exponent
        if amount >= limit * Decimal("0.9995"):
            scaled = amount / limit
            places = 0 if scaled >= 100 else 1 if scaled >= 10 else 2
            text = f"{scaled.quantize(Decimal(10) ** -places, ROUND_HALF_UP):f}"
            return (text.rstrip("0").rstrip(".") if "." in text else text) + unit
    return f"{amount.quantize(_ONE, ROUND_HALF_UP):f}"


def symbol_of(currency: str) -> str:
    """Return the sign before an amount, or the code and a space where there is none."""
    for symbol, code in SYMBOLS.items():
        if code == currency:
            return symbol
    return f"{currency} "


def short_money(money: Money) -> str:
    """Return money in short: ``$24k``, ``CHF 1.25M``."""
    return symbol_of(money.currency) + short_amount(money.amount)


def worth_words(value: Money, sites: int | None) -> str:
    """Return ``$24k``, or ``$6k × 133 sites`` where there is known to be more than one."""
    return f"{short_money(value)} × {sites:,} sites" if sites and sites > 1 else short_money(value)


def long_money(money: Money) -> str:
    """Return money in full: ``$24,000``, ``€1,234.50``."""
    cents = round_cents(money.amount)
    digits = f"{cents:,.0f}" if cents == cents.to_integral_value() else f"{cents:,.2f}"
    return symbol_of(money.currency) + digits


def whole_money(money: Money) -> str:
    """Return money to the whole unit, without cents: ``€1,235``."""
    whole = money.amount.quantize(_ONE, ROUND_HALF_UP)
    return f"{symbol_of(money.currency)}{whole:,f}"


JOINT = " · "
"""Stands between sums of several currencies: they are side by side and never added up."""


def side_by_side(monies: Iterable[Money], shown: Callable[[Money], str] = short_money) -> str:
    """Return one sum for each currency: ``$1.25M · €40k``."""
    return JOINT.join(map(shown, monies))


def in_currency(monies: Iterable[Money], currency: str) -> Decimal:
    """Return the sum in one currency, of those of several."""
    return next((money.amount for money in monies if money.currency == currency), Decimal(0))


def total_by_currency(monies: Iterable[Money], ours: str = "") -> tuple[Money, ...]:
    """Return one sum for each currency, ours first, then the most used; an empty tuple for nothing."""
    sums: dict[str, Decimal] = {}
    counts = Counter[str]()
    for money in monies:
        sums[money.currency] = sums.get(money.currency, Decimal(0)) + money.amount
        counts[money.currency] += 1
    return own_first(sums, counts, ours)


def own_first(
    sums: Mapping[str, Decimal], counts: Mapping[str, int], ours: str
) -> tuple[Money, ...]:
    """Return sums by currency: ours first, then the one of the most amounts; which is larger nobody knows."""
    order = sorted(sums, key=lambda code: (code != ours, -counts.get(code, 0), code))
    return tuple(Money(amount=sums[code], currency=code) for code in order)


@dataclass(frozen=True, slots=True)
class Totals:
    """Count, value and weighted value, one sum for each currency.

    ``counts`` says how many amounts each is of, ``ours`` which currency goes first.
    """

    count: int = 0
    value: tuple[Money, ...] = ()
    weighted: tuple[Money, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict, compare=False)
    ours: str = field(default="", compare=False)

    def __add__(self, other: "Totals") -> "Totals":
        ours, counts = self.ours or other.ours, Counter(self.counts) + Counter(other.counts)
        value, weighted = (
            {money.currency: in_currency(both, money.currency) for money in both}
            for both in (
                total_by_currency((*self.value, *other.value)),
                total_by_currency((*self.weighted, *other.weighted)),
            )
        )
        return Totals(
            self.count + other.count,
            own_first(value, counts, ours),
            own_first(weighted, counts, ours),
            counts,
            ours,
        )
