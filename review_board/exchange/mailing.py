"""Who is on a nurture track, as a mailing list: nobody who asked to be left alone, each address once."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from review_board.exchange.tables_out import Cell
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact
from review_board.pipeline.vocabulary import Channel, Column, Track

HEADERS = ("Email", "Name", "Company", "Prospect", "Track", "Since", "Next contact", "Owner")

_NO_EMAIL = "asked for no e-mail"
"""The note that imports once made of it."""


@dataclass(frozen=True, slots=True)
class MailingList:
    """The rows, and how many on the track were left out and why."""

    rows: tuple[tuple[Cell, ...], ...]
    left_alone: int
    without_address: int


def mailing_list(prospects: Iterable[Prospect], track: Track) -> MailingList:
    """Return the list of a track: the champion or assistant where the track is theirs.

    An address of anybody who asked not to be contacted stays out wherever else it stands.
    """
    known = list(prospects)
    barred = {_key(person) for p in known if _wants_none(p) for person in p.contacts}
    in_nurture = [p for p in known if p.column is Column.NURTURE and not p.won]
    on_track = [p for p in in_nurture if p.nurture and p.nurture.track is track]
    rows: dict[str, tuple[Cell, ...]] = {}
    left_alone = without = 0
    for prospect in on_track:
        person = next(_people(prospect, track), None)
        if _wants_none(prospect) or (person and _key(person) in barred):
            left_alone += 1
        elif person is None:
            without += 1
        else:
            rows.setdefault(_key(person), _row(prospect, person))
    return MailingList(tuple(rows.values()), left_alone, without)


def _wants_none(prospect: Prospect) -> bool:
    is_noted = any(note.text == _NO_EMAIL for note in prospect.notes)
    return is_noted or not prospect.may_use(Channel.EMAIL)


def _people(prospect: Prospect, track: Track) -> Iterator[Contact]:
    """Yield those with an address, the one whom the track is about first."""
    reachable = [person for person in prospect.people if "@" in person.email]
    yield from sorted(
        reachable, key=lambda person: track.role is not None and person.role is not track.role
    )


def _key(person: Contact) -> str:
    return person.email.strip().casefold()


def _row(prospect: Prospect, person: Contact) -> tuple[Cell, ...]:
    plan = prospect.nurture
    assert plan is not None
    name = "" if person.name == person.email else person.name
    company = prospect.company or prospect.name
    return (
        person.email, name, company, prospect.name, plan.track, plan.since, plan.next_on, prospect.owner,
    )  # fmt: skip
