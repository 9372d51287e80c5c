"""The plain fields of a prospect as options: how each is read from what a person typed."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from review_board.cli.words import as_wrong_usage
from review_board.errors import InvalidValueError
from review_board.pipeline.locations import read_locations
from review_board.pipeline.money import long_money, parse_amount, parse_money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.text import clean, clean_name, fold
from review_board.pipeline.typed_days import parse_day

NOTHING = frozenset({"", "none", "-"})
"""What empties a field."""


@dataclass(frozen=True, slots=True)
class TypingDefaults:
    """What goes without saying: the currency (ISO code), and today."""

    currency: str
    today: date


def share(text: str) -> Decimal:
    """A probability: ``30%``, ``.3`` or ``0.3``; ``30`` alone may be either and is refused."""
    percent = text.strip().endswith("%")
    number = parse_amount(text.strip().removesuffix("%").replace("%", "x").lstrip("+") or "x")
    found = number / 100 if percent else number
    if found > 1:
        raise InvalidValueError(f"{text[:40]!r} is no probability", "write 30% or 0.3")
    return found


def days(text: str) -> int:
    """Whole days, from 1 to ten years."""
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:8]) <= 3650):
        raise InvalidValueError(
            f"{text[:40]!r} is no number of days", "write 1 to 3650 (ten years), or none"
        )
    return int(text)


READERS: dict[str, Callable[[str, TypingDefaults], Any]] = {
    "name": lambda text, _: clean_name(text),
    "company": lambda text, _: clean(text),
    "owner": lambda text, _: clean(text),
    "value": lambda text, reading: parse_money(text, reading.currency),
    "probability": lambda text, _: share(text),
    "locations": lambda text, _: read_locations(text),
    "hours": lambda text, _: parse_amount(text),
    "source": lambda text, _: clean(text),
    "stage": lambda text, _: clean(text),
    "review_days": lambda text, _: days(text),
    "close_date": lambda text, reading: parse_day(text, reading.today),
}
EMPTY: dict[str, Any] = {"company": "", "owner": "", "source": "", "stage": ""}
"""What an emptied field holds; ``None`` where nothing is said here."""


def read_fields(typed: dict[str, str | None], reading: TypingDefaults) -> dict[str, Any]:
    """The values of the options that were given; an error names its option."""
    values: dict[str, Any] = {}
    for name, text in typed.items():
        if text is None:
            continue
        if name != "name" and text.strip().casefold() in NOTHING:
            values[name] = EMPTY.get(name)
            continue
        with as_wrong_usage(f"--{name.replace('_', '-')}"):
            values[name] = READERS[name](text, reading)
    return values


def tags_of(texts: Iterable[str]) -> tuple[str, ...]:
    """Tags from options and comma lists, each once, in order."""
    parts = (clean(part) for text in texts for part in text.split(","))
    return tuple({fold(tag): tag for tag in parts if tag}.values())


def in_words(values: dict[str, Any]) -> str:
    """``value $24,000, owner raj``: what was set."""
    return ", ".join(f"{name.replace('_', ' ')} {_shown(v)}" for name, v in values.items())


def _shown(value: Any) -> str:
    if value is None or value == "":
        return "emptied"
    if isinstance(value, tuple):
        return "/".join(map(str, value)) or "none"
    return long_money(value) if hasattr(value, "currency") else str(value)


def short_label(prospect: Prospect) -> str:
    """``Lakeside Dental ($18,000)``."""
    return f"{prospect.name} ({long_money(prospect.value)})" if prospect.value else prospect.name
