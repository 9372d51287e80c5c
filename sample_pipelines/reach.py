"""Numbers and addresses of the people of a sample: invented, and none of them twice in a file."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import count

from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Role

AREAS = ("", "406-", "605-", "701-", "308-", "785-")
"""One for each rep: the hundred numbers kept for stories, 555-0100 to 555-0199, are few."""
STRIDE, FIRST = 37, 42
"""Makes the numbers of one area come in no order, each of the hundred once."""
NO_MAIL, NO_PHONE = 4, 3
"""One in so many of those we talk to has no address, and of the others no number."""


def with_reach(prospects: Iterable[Prospect]) -> Iterator[Prospect]:
    """Yield the prospects, each person with a number, an address or both; all else as it was."""
    areas = iter(AREAS)
    numbers = defaultdict[str, Iterator[str]](lambda: _numbers(next(areas)))
    places = count()
    for prospect in prospects:
        domain = f"{_slug(prospect.name)}.example"
        people = (_reached(c, numbers[prospect.owner], domain, places) for c in prospect.contacts)
        yield prospect.with_changes(contacts=tuple(people))


def _reached(
    contact: Contact, numbers: Iterator[str], domain: str, places: Iterator[int]
) -> Contact:
    place, is_usual = next(places), contact.role is Role.CONTACT
    ways = {"phone": next(numbers), "email": f"{_slug(contact.name, '.')}@{domain}"}
    if place % (NO_MAIL if is_usual else NO_PHONE) == 1:
        ways["email" if is_usual else "phone"] = ""
    return contact.model_copy(update=ways)


def _numbers(area: str) -> Iterator[str]:
    for place in range(100):
        yield f"{area}555-01{(FIRST + STRIDE * place) % 100:02}"


def _slug(text: str, joint: str = "-") -> str:
    """Return a name as it stands in an address: ``szabo-veterinary``."""
    return re.sub(r"[^a-z0-9]+", joint, fold(text)).strip(joint)
