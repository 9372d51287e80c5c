"""How many locations like this one a prospect has: one shop may stand for 120."""

from review_board.errors import InvalidValueError

SITES = "sites"
"""The id of the question whose answer is their number."""
MOST_LOCATIONS = 1_000_000
_ONE = "one"


def read_locations(text: str) -> int:
    """Return the number in a text: digits from 1 on, or ``one``."""
    typed = text.strip().casefold()
    if typed == _ONE:
        return 1
    if not (typed.isascii() and typed.isdigit() and 1 <= int(typed[:8]) <= MOST_LOCATIONS):
        raise InvalidValueError(f"{text[:40]!r} is no number of locations", "write 1 or more")
    return int(typed)
