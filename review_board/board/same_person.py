"""The same person on other cards: what is corrected on one card is mostly wrong on the others too."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from typing import Any, NamedTuple

from review_board.board.board import Board
from review_board.errors import InvalidValueError
from review_board.pipeline.contact_edits import ContactChange, edited_contact
from review_board.pipeline.prospect import Prospect, records_in
from review_board.pipeline.records import Contact
from review_board.pipeline.text import fold
from review_board.wording import NAMED, first_few, listed

OF_THE_PERSON = ("name", "title", "phone", "email")
"""What is true of a person on every card; a role and a note belong to one card."""


class OtherCard(NamedTuple):
    """A card on which the same person is to be corrected: who that is there, and what becomes of them."""

    prospect: Prospect
    contact: Contact
    fields: Mapping[str, Any]

    @property
    def change(self) -> ContactChange:
        """Return the change that corrects them there."""
        return edited_contact(self.prospect, self.contact, self.fields)


def other_cards(
    board: Board, prospect: Prospect, person: Contact, fields: Mapping[str, Any]
) -> list[OtherCard]:
    """Return where a person is to be corrected as here: where they have the value from before, or none.

    Who is called alike is the same person by the company, by a number or by an address.
    """
    found: list[OtherCard] = []
    for other in _with_namesakes(board, prospect.id, fold(person.name)):
        for one in other.people:
            is_there = fold(one.name) == fold(person.name) and (
                {*person.reached_by} & {*one.reached_by}
                or (prospect.company and prospect.company == other.company)
            )
            wrong = {
                name: value
                for name, value in fields.items()
                if name in OF_THE_PERSON
                and getattr(one, name) != value
                and fold(getattr(one, name)) in {"", fold(getattr(person, name))}
            }
            if is_there and wrong:
                found.append(OtherCard(other, one, wrong))
    return found


def _with_namesakes(board: Board, besides: str, name: str) -> Iterator[Prospect]:
    """Yield the other prospects with a person of this name; not one whose record cannot be read."""
    for key, document in board.documents().items():
        people = records_in(document, "contacts")
        if key != besides and any(fold(str(one.get("name"))) == name for one in people):
            with suppress(InvalidValueError):
                yield board.prospect(key)


def also_on(others: Sequence[OtherCard]) -> str:
    """Return ``Kim is on Service and Nord too, without the new phone``."""
    names = first_few([other.prospect.name for other in others], NAMED)
    fields = listed(name for name in OF_THE_PERSON if any(name in o.fields for o in others))
    return f"{others[0].contact.name} is on {names} too, without the new {fields}"
