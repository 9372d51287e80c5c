"""What a prospect is made of: contacts, touches, quotes, callbacks, answers, verdicts."""

from datetime import UTC, date, datetime
from datetime import time as time_of_day
from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import (
    AfterValidator,
    AwareDatetime,
    Field,
    GetCoreSchemaHandler,
    GetPydanticSchema,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, core_schema

from review_board.pipeline.limits import MOST_HOURS
from review_board.pipeline.model import Model
from review_board.pipeline.money import Amount, Money
from review_board.pipeline.text import Line, Name, Note
from review_board.pipeline.vocabulary import (
    OUTCOMES,
    AnswerState,
    Channel,
    Direction,
    DropReason,
    Outcome,
    OutcomeMeaning,
    QuoteState,
    ReasonKind,
    Role,
    SignalKind,
    Track,
)

Id = Annotated[str, Field(min_length=1, max_length=64)]
"""A stable identifier; never TinyDB's running number."""
LISTED = "x-"
"""What the ids begin with that are made of what a list says; no other id does."""
Day = Annotated[date, Field(ge=date(1900, 1, 1), le=date(2999, 12, 31))]
"""A day with room around it: sums with days and zones never leave the calendar."""
_AS_WRITTEN = r"^(?:19|2[0-8])\d\d-\d\d-\d\dT(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,6})?Z$"
"""The usual form in a file. Python's own reading of it gives its own UTC, in which moments compare
and become days ten times as fast as in pydantic's."""


def _moment_schema(source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
    usual = core_schema.no_info_after_validator_function(
        datetime.fromisoformat, core_schema.str_schema(pattern=_AS_WRITTEN)
    )
    return core_schema.union_schema(
        [usual, handler(source)],
        mode="left_to_right",
        custom_error_type="moment",
        custom_error_message="Input should be a moment from 1900 to 2999 with its zone, "
        "like 2026-11-20T09:30:00Z",
    )


Moment = Annotated[
    AwareDatetime,
    Field(ge=datetime(1900, 1, 1, tzinfo=UTC), le=datetime(2999, 12, 31, tzinfo=UTC)),
    GetPydanticSchema(_moment_schema),
    WithJsonSchema({"type": "string", "format": "date-time"}),
]
"""An instant, aware of its zone, with the same room."""
WallClock = Annotated[time_of_day, AfterValidator(lambda read: read.replace(tzinfo=None))]
"""A time of day by the clock on the wall: with a zone that a hand wrote to it, it could not be compared."""


Importance = Annotated[int, Field(ge=1, le=5)]
"""How important a sale is to us: 1 hardly, 5 the year depends on it."""
Reason = Annotated[
    DropReason | Annotated[str, Field(pattern="^[a-z][a-z0-9-]{0,39}$")],
    Field(union_mode="left_to_right"),
]
"""Why a prospect is dropped: one of the usual reasons, or one of our own by its settings name."""


class Contact(Model):
    """A person at the buyer's. ``tried`` marks a route used before touches were recorded.

    One who was removed but is named by the record stays in it as ``gone``.
    """

    id: Id
    name: Name
    role: Role = Role.CONTACT
    title: Line = ""
    email: Line = ""
    phone: Line = ""
    note: Note = ""
    tried: bool = False
    gone: bool = False

    @property
    def reached_by(self) -> tuple[str, ...]:
        """Return number and address as far as they are on record, without one that stands for the name."""
        return tuple(way for way in (self.phone, self.email) if way not in {"", self.name})


class Touch(Model):
    """Any contact, in either direction. ``contact`` is a contact's id.

    ``from_list`` marks one of which only a column of a list tells ("Last Contacted"): it took place
    that day, and others before or after it may be missing.
    """

    id: Id
    at: Moment
    by: Line = ""
    outcome: Outcome
    channel: Channel
    direction: Direction
    contact: str | None = None
    signal: SignalKind | None = None
    reason: ReasonKind | None = None
    note: Note = ""
    from_list: bool = False

    @property
    def meaning(self) -> OutcomeMeaning:
        """Return what this touch counts as."""
        return OUTCOMES[self.outcome]

    @property
    def said(self) -> str:
        """Return the buyer's words; none for a contact of ours from a list, whose note is our own title."""
        is_our_title = self.direction is Direction.OUTBOUND and self.id.startswith(LISTED)
        return "" if is_our_title else self.note


class NoteEntry(Model):
    """Something we wrote down; it does not count as a contact."""

    id: Id
    at: Moment
    by: Line = ""
    text: Note


class Quote(Model):
    """A priced offer we sent."""

    id: Id
    sent_on: Day
    amount: Money
    state: QuoteState = QuoteState.OPEN
    decided_on: Day | None = None


class Push(Model):
    """The expected close date moved later: a deferral, explained only by a reason kind.

    A ``correction`` puts nothing off: the day on record was wrong.
    """

    id: Id
    at: Moment
    by: Line = ""
    from_day: Day
    to_day: Day
    reason: ReasonKind | None = None
    correction: bool = False


class Callback(Model):
    """A call agreed for a day, with its proof: who asked, why, and what will have changed.

    ``time`` is the hour that was agreed, by the clock on the wall.
    """

    on: Day
    time: WallClock | None = None
    asked_on: Day
    asked_by_buyer: bool = False
    reason: ReasonKind | None = None
    change: Note = ""
    commitment: Note = ""
    touch: str | None = None


class Answer(Model):
    """What is known of one qualification question. Confirmed needs evidence and a date."""

    state: AnswerState
    text: Note = ""
    on: Day | None = None
    by: Line = ""

    @model_validator(mode="after")
    def _confirmed_is_proven(self) -> Self:
        if self.state is AnswerState.CONFIRMED and not (self.text and self.on):
            raise ValueError("a confirmed answer needs the evidence and its date")
        return self


def whose(agreed: object) -> str:
    """Return `` (they agreed)`` or `` (our plan)``, to stand behind a step; nothing where nobody noted which."""
    return (
        {True: " (they agreed)", False: " (our plan)"}[agreed] if isinstance(agreed, bool) else ""
    )


DAY_ALONE = "contact them, the list names the day"
"""What stands for the action of a step of which a list named the day alone."""


class NextStep(Model):
    """What we do next, on which day.

    ``agreed``: they agreed to it, or it is our own plan; ``None`` where nobody noted which, as in
    lists and older files. It is noted because only a step of theirs answers the question for it: a
    signal on record tells neither which step it was about, nor that the step is still that one.
    """

    action: Name
    on: Day
    time: WallClock | None = None
    agreed: bool | None = None

    @property
    def named(self) -> str:
        """Return the action; nothing where only a day is known."""
        return "" if self.action == DAY_ALONE else self.action

    def says_same(self, other: "NextStep | None") -> bool:
        """Tell whether another is the same action on the same day, whoever agreed to it."""
        return other is not None and self == other.model_copy(update={"agreed": self.agreed})


class Nurture(Model):
    """A place on a nurture track since a day."""

    track: Track = Track.MONTHLY_EMAIL
    since: Day
    next_on: Day | None = None


class Drop(Model):
    """When and why a prospect was dropped; it stays on record after a return.

    ``taken_up`` is the moment when somebody moved it out of Dropped again.
    """

    at: Moment
    by: Line = ""
    reason: Reason
    note: Note = ""
    taken_up: Moment | None = None


class DoNotContact(Model):
    """The buyer asked to be left alone: every channel is suppressed."""

    at: Moment
    by: Line = ""
    note: Note = ""


class Rescue(Model):
    """The one attempt to warm a cold, high-tier prospect through a named route."""

    on: Day
    until: Day
    route: Line


class Snooze(Model):
    """Put off in a review, "not this week": not asked again before ``until``.

    A ``manager``'s puts it off for the manager alone; the rep's own review goes on asking.
    """

    id: Id
    at: Moment
    by: Line = ""
    until: Day
    session: Line | None = None
    manager: bool = False


class Bet(Model):
    """Kept on a bet: the buyer does ``action`` by ``until``, or is dropped without more debate."""

    id: Id
    at: Moment
    by: Line = ""
    action: Name
    until: Day
    session: Line | None = None


class FirstImpression(Model):
    """Whether the first call felt as if this one was special (Goodman asks that)."""

    solid: bool
    at: Moment
    by: Line = ""


class Won(Model):
    """The exit: bought. ``next_step`` is the step that stood until then, for a sale that is reopened."""

    on: Day
    value: Money | None = None
    by: Line = ""
    next_step: NextStep | None = None


class Reopening(Model):
    """A win struck out, with what it was: bought ``won_on`` for ``value``; ``note`` says why."""

    id: Id
    at: Moment
    by: Line = ""
    won_on: Day
    value: Money | None = None
    note: Note = ""


class Imported(Model):
    """What a list said of the prospect last: by it a later list tells what changed there since.

    ``source`` is the program or list that it came from, ``external_id`` the id it has there, ``values``
    what was said as texts that only ever are compared. ``gone``: it came again since, without this one.
    """

    id: Id
    source: Line
    external_id: Line = ""
    at: Moment
    values: dict[str, str] = Field(default_factory=dict)
    people: tuple[Contact, ...] = ()
    gone: bool = False


Hours = Annotated[Amount, Field(gt=Decimal(0), le=MOST_HOURS)]
"""Working hours, more than none."""


def touch_of(outcome: Outcome, **fields: Any) -> Touch:
    """Return a touch with the channel and direction that its outcome implies unless given."""
    meaning = OUTCOMES[outcome]
    given = {key: value for key, value in fields.items() if value is not None}
    implied = {"channel": meaning.channel, "direction": meaning.direction}
    return Touch(outcome=outcome, **(implied | given))
