"""The routes to a prospect, and which of them nobody has tried."""

from dataclasses import dataclass

from review_board.judgement.timeline import Timeline, is_try
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact
from review_board.pipeline.vocabulary import Channel, Direction, Role, Route, Track

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

MOST_PROMISING_FIRST = (
    Route.CHAMPION,
    Route.OTHER_CONTACT,
    Route.ASSISTANT,
    *CHANNEL_ROUTES.values(),
)
"""Routes, the most promising first: a person before a channel."""

_PLACES = {route: place for place, route in enumerate(MOST_PROMISING_FIRST)}


@dataclass(frozen=True, slots=True)
class ContactRoute:
    """One way in, through a person or a channel."""

    kind: Route
    tried: bool
    contact: Contact | None = None

    @property
    def contact_id(self) -> str | None:
        """Return the id of the person, where it is one."""
        return self.contact.id if self.contact else None

    @property
    def name(self) -> str:
        """Return how it is named on screens."""
        if self.contact:
            return name_and_role(self.contact)
        return "letter" if self.kind is Route.MAIL else self.kind.value.replace("-", " ")


_WAYS = tuple(ContactRoute(route, tried=True) for route in CHANNEL_ROUTES.values())


def by_route(route: ContactRoute) -> str:
    """Return ``through Hiro Jovanović (champion)``, ``by letter``, ``in person``."""
    if route.contact:
        return f"through {route.name}"
    return route.name if route.kind is Route.IN_PERSON else f"by {route.name}"


def in_rescue_words(route: str) -> str:
    """Return how a last attempt on record went in: ``through the champion``, ``by letter``, ``through Kim``."""
    ways = {named: way for way in _WAYS for named in (way.name, way.kind.value)}
    if way := ways.get(route):
        return by_route(way)
    return (
        f"through the {route}" if route in {Route.CHAMPION, Route.ASSISTANT} else f"through {route}"
    )


def name_and_role(contact: Contact) -> str:
    """Return ``Hiro Jovanović (champion)``, of a usual contact the name alone."""
    if contact.role is Role.CONTACT:
        return contact.name
    return f"{contact.name} ({contact.role.label})"


def find_routes(prospect: Prospect, timeline: Timeline) -> tuple[ContactRoute, ...]:
    """Return every route, the most promising first.

    A contact counts as tried once a touch names them, the usual one of a house without others also by
    a touch that names nobody; a channel once anybody of us used it, or a monthly email does. A channel
    that they closed is none.
    """
    named = {touch.contact for touch in timeline.record}
    if None in named and [c.role for c in prospect.people] == [Role.CONTACT]:
        rung = any(t.contact is None and is_try(t) for t in timeline.record)
        named |= {c.id for c in prospect.people if rung}
    used = {touch.channel for touch in timeline.record if touch.direction is Direction.OUTBOUND}
    if prospect.nurture and prospect.nurture.track is Track.MONTHLY_EMAIL:
        used.add(Channel.EMAIL)
    people = [
        ContactRoute(ROLE_ROUTES[c.role], c.tried or c.id in named, c)
        for c in prospect.people
        if c.role in ROLE_ROUTES
    ]
    channels = [
        ContactRoute(route, channel in used)
        for channel, route in CHANNEL_ROUTES.items()
        if channel not in prospect.closed_channels
    ]
    return (*sorted(people, key=lambda route: _PLACES[route.kind]), *channels)
