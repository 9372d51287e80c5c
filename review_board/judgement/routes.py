"""The ways in, and which of them nobody has tried."""

from dataclasses import dataclass

from review_board.judgement.timeline import Timeline
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact
from review_board.pipeline.vocabulary import Channel, Direction, Role, Route

CHANNEL_ROUTES = {
    Channel.IN_PERSON: Route.IN_PERSON,
    Channel.MAIL: Route.MAIL,
    Channel.EMAIL: Route.EMAIL,
    Channel.PHONE: Route.PHONE,
}

ROLE_ROUTES = {
    Role.CHAMPION: Route.CHAMPION,
    Role.ECONOMIC_BUYER: Route.OTHER_CONTACT,
    Role.CONTACT: Route.OTHER_CONTACT,
    Role.ASSISTANT: Route.ASSISTANT,
}

PROMISE = (Route.CHAMPION, Route.OTHER_CONTACT, Route.ASSISTANT, *CHANNEL_ROUTES.values())
"""Routes, the most promising first: a person before a channel."""

_PLACES = {route: place for place, route in enumerate(PROMISE)}


@dataclass(frozen=True, slots=True)
class Way:
    """One way in, through a person or a channel."""

    route: Route
    tried: bool
    contact: Contact | None = None

    @property
    def name(self) -> str:
        """How it is named to a person."""
        if self.contact:
            role = self.contact.role.value.replace("-", " ")
            return (
                f"{self.contact.name} ({role})"
                if self.contact.role is not Role.CONTACT
                else self.contact.name
            )
        return self.route.value.replace("-", " ")


def ways_in(prospect: Prospect, timeline: Timeline) -> tuple[Way, ...]:
    """Every way in, the most promising first.

    A contact counts as tried once a touch names them; a channel once anybody used it.
    """
    named = {d.touch.contact for d in timeline.touches if d.touch.contact}
    used = {d.touch.channel for d in timeline.touches if d.touch.direction is Direction.OUTBOUND}
    people = [
        Way(ROLE_ROUTES[c.role], c.tried or c.id in named, c)
        for c in prospect.contacts
        if c.role in ROLE_ROUTES
    ]
    channels = [Way(route, channel in used) for channel, route in CHANNEL_ROUTES.items()]
    return (*sorted(people, key=lambda way: _PLACES[way.route]), *channels)
