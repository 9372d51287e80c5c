"""The plain fields of a prospect, in one table: how each is called, read and shown at every door.

The form, the options of ``add`` and ``edit``, an imported cell, the page and the filter read this
table, so that the same text gives the same value or the same error everywhere. What differs on
purpose: an import looks at a whole column first (see ``exchange.read_rows``), and JSON holds values as
they are stored.

To add a plain field: declare it in ``Prospect``, add its line here, and name its usual headers in
``exchange/header_names.ini`` if lists have it.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from review_board.errors import InvalidValueError
from review_board.pipeline.dates import short_day
from review_board.pipeline.limits import MOST_HOURS, MOST_LOCATIONS, MOST_REVIEW_DAYS
from review_board.pipeline.money import long_money, round_cents
from review_board.pipeline.text import clean, clean_name, fold, is_phone
from review_board.pipeline.typed_amounts import AMOUNT, parse_money, parse_number, parse_whole
from review_board.pipeline.vocabulary import Channel

NONE = "none"
NOTHING = frozenset({"", NONE, "-"})
"""What empties a field."""
SITES = "sites"
"""The id of the question whose answer is the number of locations."""
CHANGE = "change"
"""The id of the question whose answer belongs to the callback: what will have changed by its day."""


@dataclass(frozen=True, slots=True)
class TypingDefaults:
    """What goes without saying: the currency (ISO code), today, and the first working day from a day on."""

    currency: str
    today: date
    working_from: Callable[[date], date] | None = None


@dataclass(frozen=True, slots=True)
class ValueKind:
    """How values of one kind are read from what a person typed, and written.

    ``write`` gives a text that ``parse`` reads back; ``show`` may depend on today. ``empty`` is the
    value of nothing on record. ``shape`` and ``plural`` tell and name the cells of a column of them;
    ``example`` is one for a message.
    """

    parse: Callable[[str, TypingDefaults], Any]
    write: Callable[[Any], str] = str
    show: Callable[[Any, date], str] | None = None
    empty: Any = None
    shape: re.Pattern[str] | None = None
    plural: str = "texts"
    example: str = ""


@dataclass(frozen=True, slots=True)
class PlainField:
    """A field of a prospect that is one value to read and to show.

    ``hint`` stands in the empty field of the form, ``help`` beside the option of the command line.
    ``option`` is that of the command line where it is not called by the name, ``asked`` what a form
    calls it where the label alone is not clear. ``page`` says how the page puts the value.
    """

    name: str
    label: str
    kind: ValueKind
    hint: str
    help: str
    page: str = "{}"
    is_required: bool = False
    option: str = ""
    asked: str = ""

    def read(self, text: str, defaults: TypingDefaults) -> Any:
        """Return the value that was typed; ``InvalidValueError`` says what to write instead."""
        typed = text.strip()
        if typed.casefold() in NOTHING and not self.is_required:
            return self.kind.empty
        return self.kind.parse(typed, defaults)

    def write(self, value: Any) -> str:
        """Return a text that is read as this value; an empty one for nothing on record."""
        return "" if value == self.kind.empty else self.kind.write(value)

    def show(self, value: Any, today: date) -> str:
        """Return the value as the page shows it; an empty text for nothing on record."""
        if value == self.kind.empty:
            return ""
        shown = self.kind.show(value, today) if self.kind.show else self.kind.write(value)
        return self.page.format(shown)


SHARE_SHAPE = re.compile(r"(\d{1,9}(?:[.,]\d{0,30})?|[.,]\d{1,30})\s*(%?)", re.ASCII)
_GROUPED = re.compile(r"\d{1,3}[.,]\d{3}")
_SHARE_CURE = "write 30% or 0.3"


def read_share(text: str, *, is_percent: bool | None = None) -> Decimal:
    """Return a probability: ``30%``, ``30``, ``0.3`` and ``.3`` are the same.

    More than 1 is percent, and less a fraction; ``1`` may be either and is asked. ``is_percent``
    says what numbers without a sign are where a whole column has proven it.
    """
    found = SHARE_SHAPE.fullmatch(text.strip())
    if not found:
        raise InvalidValueError(f"{text[:40]!r} is not a probability", _SHARE_CURE)
    number = Decimal(found[1].replace(",", "."))
    if not found[2] and is_percent is None:
        if number == 1:
            raise InvalidValueError(f"{text[:40]!r} may mean 1% or 100%", "write 1% or 100%")
        if number > 1 and _GROUPED.fullmatch(found[1]):
            raise InvalidValueError(f"{text[:40]!r} may mean thousands", _SHARE_CURE)
        is_percent = number > 1
    share = number / 100 if found[2] or is_percent else number
    if share > 1:
        raise InvalidValueError(f"{text[:40]!r} is not a probability", _SHARE_CURE)
    return _shortest(round(share, 6))


def _shortest(number: Decimal) -> Decimal:
    return Decimal(f"{number.normalize():f}")


def write_share(share: Decimal) -> str:
    """Return a probability in percent: ``30%``, ``0.5%``."""
    return f"{(share * 100).normalize():f}%"


def show_share(share: Decimal) -> str:
    """Return a probability as the screens show it: ``30 %``."""
    return f"{(share * 100).normalize():f} %"


def _read_hours(text: str, _: TypingDefaults) -> Decimal:
    what, cure = "a number of hours", f"write 0.5 or 2, up to {MOST_HOURS:,}"
    hours = parse_number(text, what, cure)
    if hours > MOST_HOURS or round_cents(hours) == 0:
        raise InvalidValueError(f"{text[:40]!r} is not {what}", cure)
    return _shortest(round_cents(hours))


def read_locations(text: str) -> int:
    """Return the number of locations that was typed, from 1 on, or ``one``: one shop may stand for 120."""
    if text.strip().casefold() == "one":
        return 1
    return parse_whole(text, MOST_LOCATIONS, "a number of locations", "write 1 or more")


def _read_days(text: str, _: TypingDefaults) -> int:
    cure = f"write 1 to {MOST_REVIEW_DAYS} (ten years)"
    return parse_whole(text, MOST_REVIEW_DAYS, "a number of days", cure)


def distinct_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Return the tags cleaned, each once in its first spelling: case and accents make no difference."""
    found: dict[str, str] = {}
    for tag in map(clean, tags):
        if tag:
            found.setdefault(fold(tag), tag)
    return tuple(found.values())


_CLOSED = {Channel.PHONE: "no calls", Channel.EMAIL: "no email"}
_WAYS = {"calls": Channel.PHONE, "phone": Channel.PHONE, "email": Channel.EMAIL}


def closed_words(closed: Iterable[str]) -> str:
    """Return ``no calls, no email``."""
    kept = frozenset(closed)
    return ", ".join(words for channel, words in _CLOSED.items() if channel in kept)


def _read_closed(text: str) -> tuple[Channel, ...]:
    """Return the channels that somebody does not want to be reached by: ``no calls``, ``email``."""
    parts = [fold(part.strip()) for part in re.split("[,;]", text)]
    ways = [part.removeprefix("no ").replace("-", "") for part in parts]
    if wrong := [way for way in ways if way not in _WAYS]:
        raise InvalidValueError(
            f"{wrong[0][:40]!r} is neither calls nor email",
            "write no calls, no email, or none where they want both",
        )
    return tuple(sorted({_WAYS[way] for way in ways}))


def _parse_day(text: str, defaults: TypingDefaults) -> date:
    from review_board.pipeline.typed_days import parse_day  # its grammar takes long to compile

    return parse_day(text, defaults.today)


TEXT = ValueKind(lambda text, _: clean(text), empty="")
NAME = ValueKind(lambda text, _: clean_name(text))
MONEY = ValueKind(lambda text, defaults: parse_money(text, defaults.currency), long_money,
                  shape=AMOUNT, plural="amounts", example="10k")  # fmt: skip
SHARE = ValueKind(lambda text, _: read_share(text), write_share, lambda share, _: show_share(share),
                  shape=SHARE_SHAPE, plural="percentages", example="30%")  # fmt: skip
LOCATIONS = ValueKind(lambda text, _: read_locations(text),
                      shape=AMOUNT, plural="whole numbers", example="120")  # fmt: skip
HOURS = ValueKind(
    _read_hours, lambda hours: f"{hours:f}", shape=AMOUNT, plural="hours", example="2"
)
DAYS = ValueKind(_read_days, shape=AMOUNT, plural="numbers of days", example="30")
DATE = ValueKind(_parse_day, str, short_day)
TAGS = ValueKind(lambda text, _: distinct_tags(re.split("[,;]", text)), ", ".join, empty=())
CHANNELS = ValueKind(
    lambda text, _: _read_closed(text), closed_words, empty=(), plural="ways", example="calls"
)
NUMBERS = (SHARE, LOCATIONS, HOURS, DAYS)
"""Kinds that are compared by size, in no currency."""

PLAIN_FIELDS = {field.name: field for field in (
    PlainField("name", "Name", NAME, "such as: Harbor Auto Glass", "A new name.", is_required=True),
    PlainField("company", "Company", TEXT, "optional", "The company that they work for."),
    PlainField("value", "Value", MONEY, "such as: 24k, €1200", "24k, $40,000, €1.234,56."),
    PlainField("probability", "Probability", SHARE, "such as: 30%", "30%, 30 or 0.3."),
    PlainField("locations", "Locations", LOCATIONS, "how many sites, such as: 120; empty: not known",
               "How many locations they have, or none; value times this is the potential."),
    PlainField("owner", "Owner", TEXT, "you", "Whose prospect it is; a new one is yours."),
    PlainField("close_date", "Close by", DATE, "such as: 18jan, eom", "18jan, eom, 2027-01-18."),
    PlainField("hours", "Hours", HOURS, "of work for the next step, such as: 1", "Hours that the next step takes.",
               page="{} for the next step", asked="Hours to come"),
    PlainField("hours_spent", "Hours so far", HOURS, "of work done; the advice does not count them",
               "Hours of work done; the advice does not count them."),
    PlainField("tags", "Tags", TAGS, "such as: dental, north", "A tag, or several with commas; may be repeated."),
    PlainField("source", "Source", TEXT, "such as: fair, website", "Where it came from."),
    PlainField("stage", "Stage", TEXT, "such as: proposal, negotiation",
               "How far it is, in your words: proposal, negotiation."),
    PlainField("review_days", "Review days", DAYS, "between two reviews, such as: 30; empty: the usual",
               "Days between two reviews of it, if not the usual."),
    PlainField("closed_channels", "They want", CHANNELS, "such as: no calls, no email",
               "How they are not to be reached: 'no calls', 'no email', or none.", option="--wants"),
)}  # fmt: skip
"""Every plain field by its name, in the order of the form."""


def _read_address(text: str, _: TypingDefaults) -> str:
    value = clean(text)
    if value and "@" not in value:
        raise InvalidValueError(f"{text[:40]!r} is no email address", "write kim@acme.com")
    return value


def _read_phone(text: str, _: TypingDefaults) -> str:
    value = clean(text)
    if value and not is_phone(value):
        raise InvalidValueError(f"{text[:40]!r} is no phone number", "write 555-0142")
    return value


PHONE = ValueKind(_read_phone, empty="")
ADDRESS = ValueKind(_read_address, empty="")
LINES = ValueKind(lambda text, _: clean(text, keep_lines=True), empty="")

CONTACT_FIELDS = {field.name: field for field in (
    PlainField("name", "Name", NAME, "such as: Kim Aldous", "Their name from now on.", is_required=True),
    PlainField("title", "Title", TEXT, "what they are there, such as: head of purchasing",
               "What they are there: head of purchasing."),
    PlainField("phone", "Phone", PHONE, "such as: 555-0142", "The number to call, or none."),
    PlainField("email", "Email", ADDRESS, "such as: kim@acme.example", "The address to write to, or none."),
    PlainField("note", "Note", LINES, "what to know about them", "What to know about them, or none."),
)}  # fmt: skip
"""What is known of a person, apart from the role, in the order of the form."""

PERSON_FIELDS = (
    replace(
        CONTACT_FIELDS["name"],
        name="person",
        label="Person",
        hint="such as: Kim Aldous; empty: nobody is known",
        is_required=False,
    ),
    CONTACT_FIELDS["phone"],
    CONTACT_FIELDS["email"],
)
"""What a new lead says of themselves on the phone."""

NO_DEFAULTS = TypingDefaults("", date.min)
"""Nothing goes without saying for a person."""


def read_contact_field(name: str, text: str) -> str:
    """Return a value that was typed; ``none`` empties all but the name."""
    return str(CONTACT_FIELDS[name].read(text, NO_DEFAULTS))
