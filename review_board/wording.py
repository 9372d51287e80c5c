"""Put counts, shares, lists, names of days and spans of time into words, the same everywhere."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from decimal import Decimal

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
"""Names that follow no locale."""

ENOUGH = 20
"""Cases from which a percentage is worth saying."""
FOR, AGAINST = "+", "\N{MINUS SIGN}"
"""What speaks for keeping it, or proves something, and what speaks against it, or is missing."""
BLOCKS = "▁▂▃▄▅▆▇█"
NO_BLOCK = "·"


NAMED = 3
"""Names told of many."""


def capital(text: str) -> str:
    """Return a text with its first letter as a capital, the rest as it is."""
    return text[:1].upper() + text[1:]


def several(count: int, one: str, many: str = "") -> str:
    """Return ``1 card``, ``12 cards``, ``2 touches``; ``many`` where the plural is another word."""
    return f"{count:,} {plural(count, one, many)}"


def plural(count: int, one: str, many: str = "") -> str:
    """Return the word that goes with a count: ``row`` or ``rows``, ``is`` or ``are``."""
    if count == 1:
        return one
    return many or (f"{one}es" if one.endswith("ch") else f"{one}s")


def listed(words: Iterable[str], joint: str = "and") -> str:
    """Return ``budget``, ``budget and decision``, ``budget, decision and process``; of none nothing."""
    *first, last = (*words,) or ("",)
    return f"{', '.join(first)} {joint} {last}" if first else last


def first_few(words: Sequence[str], most: int) -> str:
    """Return the first ones and how many are left: ``Harbor, Pell and 3 more``."""
    shown = ", ".join(words[:most])
    return f"{shown} and {len(words) - most:,} more" if len(words) > most else shown


def as_many_as_fit(words: Sequence[str], room: int) -> str:
    """Return the first ones that fit into so many characters, one at least, and how many are left."""
    count = len(words)
    while count > 1 and len(first_few(words, count)) > room:
        count -= 1
    return first_few(words, count)


def times(count: int) -> str:
    """Return ``once``, ``2 times``."""
    return "once" if count == 1 else f"{count:,} times"


def days_ago(count: int) -> str:
    """Return ``today``, ``yesterday``, ``12 days ago``."""
    return {0: "today", 1: "yesterday"}.get(count) or f"{count:,} days ago"


def percent(ratio: Decimal) -> str:
    """Return a ratio as ``46 %``."""
    return f"{ratio * 100:.0f} %"


def share(part: int, whole: int) -> str:
    """Return a share as counts, ``2 of 3``; from twenty cases on as ``45 % (9 of 20)``."""
    counts = f"{part:,} of {whole:,}"
    return counts if whole < ENOUGH else f"{share_percent(part, whole)} ({counts})"


def share_percent(part: int, whole: int) -> str:
    """Return a share as ``45 %``; what is nearly none or nearly all is not rounded to it."""
    if part in {0, whole}:
        return "100 %" if part else "0 %"
    found = 100 * part / whole
    if found < 0.1 or found > 99.9:
        return "under 0.1 %" if found < 0.1 else "over 99.9 %"
    return f"{found:.1f} %" if found < 1 or found > 99 else f"{found:.0f} %"


def share_block(part: int, whole: int) -> str:
    """Return one character for a share: a dot for none, a full block for all."""
    if not part or not whole:
        return NO_BLOCK
    return BLOCKS[min(len(BLOCKS) - 1, part * len(BLOCKS) // whole)]


def duration(seconds: int) -> str:
    """Return ``38 min``, ``50 s``, ``1 h 12 min``."""
    if seconds < 60:
        return f"{seconds} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


def time_ago(moment: datetime, now: datetime) -> str:
    """Return ``just now``, ``2 minutes ago``, ``a week ago``, whatever zones the two are told in."""
    import arrow  # late: only who is told of a span of time needs it

    return arrow.get(min(moment, now)).humanize(now)


def owed_words(owners: Sequence[str], by: str, where: str = "") -> str:
    """Return ``9 you owe``, or ``43 owed, 3 yours`` where others, by their names, owe some or all of it."""
    others = sum(owner not in {by, ""} for owner in owners)
    if not others:
        return f"{len(owners):,} you owe{where}"
    own = owners.count(by)
    return f"{len(owners):,} owed{where}" + (f", {own:,} yours" if own else "")


class Hint(str):
    """A text of our own that names a command: nothing in it was written by a person."""

    __slots__ = ()
