"""How many locations like this one a prospect has: one shop may stand for 120."""

from review_board.pipeline.limits import MOST_LOCATIONS
from review_board.pipeline.typed_amounts import parse_whole

SITES = "sites"
"""The id of the question whose answer is their number."""
_ONE = "one"


def read_locations(text: str) -> int:
    """Return the number of locations that was typed: from 1 on, or ``one``."""
    if text.strip().casefold() == _ONE:
        return 1
    return parse_whole(text, MOST_LOCATIONS, "a number of locations", "write 1 or more")
