"""The kinds of value that a setting may have: strict, so that nothing is guessed.

``1.0`` is no whole number and ``"yes"`` no switch: what is written in a file is meant as written.
"""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field
from pydantic_core import PydanticCustomError

MOST = Decimal(10) ** 15
"""The largest figure; no amount of money is larger."""
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
OrderName = Literal["value", "name", "next", "contact", "signal", "payoff"]
"""The orders in which the cards of a column may stand."""


def order_name(name: Any) -> Any:
    """Return the name of today of an order that had another one."""
    return "contact" if name == "touch" else name


DensityName = Literal["compact", "normal", "comfortable"]
ThemeName = Literal[
    "calm", "paper", "blue-orange", "textual-dark", "textual-light", "nord", "gruvbox",
    "catppuccin-mocha", "dracula", "tokyo-night", "monokai", "flexoki", "catppuccin-latte",
    "catppuccin-frappe", "catppuccin-macchiato", "solarized-light", "solarized-dark", "rose-pine",
    "rose-pine-moon", "rose-pine-dawn", "atom-one-dark", "atom-one-light", "ansi-dark", "ansi-light",
]  # fmt: skip
"""Our three themes, then those that come with Textual."""
WEEKDAYS: tuple[Weekday, ...] = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


def _a_number(value: Any) -> Any:
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        raise PydanticCustomError("figure", "must be a number, not {found}", {"found": repr(value)})
    return value


def each_once(values: tuple[Weekday, ...]) -> tuple[Weekday, ...]:
    """Return the values; refuse what is named twice."""
    for value in values:
        if values.count(value) > 1:
            raise PydanticCustomError("twice", "has {value} twice", {"value": value})
    return values


Days = Annotated[int, Field(ge=0, le=3650, strict=True)]
Interval = Annotated[int, Field(ge=1, le=3650, strict=True)]
Count = Annotated[int, Field(ge=1, le=1000, strict=True)]
Percentile = Annotated[int, Field(ge=0, le=100, strict=True)]
Figure = Annotated[
    Decimal,
    Field(ge=0, le=MOST, decimal_places=4, allow_inf_nan=False),
    BeforeValidator(_a_number),
]
Ratio = Annotated[
    Decimal,
    Field(ge=0, le=1, decimal_places=6, allow_inf_nan=False),
    BeforeValidator(_a_number),
]


class SettingsGroup(BaseModel):
    """A frozen group of settings that knows all its keys."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def clash(message: str, *keys: str, reverse: str = "") -> PydanticCustomError:
    """Return the error for settings that cannot work together; ``message`` is about the first of ``keys``, all dotted.

    ``reverse`` says the same about the second, for when that is the one that somebody set.
    """
    context = {"why": message, "keys": list(keys), "reverse": reverse}
    return PydanticCustomError("clash", "{why}", context)


def in_order(section: BaseModel, group: str, low: str, high: str, otherwise: str = "") -> None:
    """Refuse a pair whose first is above its second; ``otherwise`` is what would follow."""
    least, most = getattr(section, low), getattr(section, high)
    if least > most:
        so = f": {otherwise}" if otherwise else ""
        words = f"{least} is above {high} ({most}){so}"
        reverse = f"{most} is below {low} ({least}){so}"
        raise clash(words, f"{group}.{low}", f"{group}.{high}", reverse=reverse)
