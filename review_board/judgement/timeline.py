"""The buyer's clock and ours, read from touches and pushes in one pass.

Two clocks run: the last touch is ours, the last signal is theirs. Notes and moves wind neither. An
empty deferral ("call me later") is a human answer, but it ends no silence: otherwise putting us
off would look like interest.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from operator import itemgetter
from typing import NamedTuple

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Push, Touch
from review_board.pipeline.vocabulary import OUTCOMES, Direction, Outcome, ReasonKind

# A member looked up on its class takes ten times as long as a name, and every touch is asked.
_OUTBOUND, _INBOUND = Direction.OUTBOUND, Direction.INBOUND
_DEFERRED, _HOSTILE, _COMPLAINT = Outcome.DEFERRED, Outcome.HOSTILE, Outcome.COMPLAINT
_LAST_CALL = Outcome.LAST_CALL


class Dated(NamedTuple):
    """A touch with the day it fell on."""

    day: date
    touch: Touch

    @property
    def id(self) -> str:
        """How evidence names it."""
        return f"touches/{self.touch.id}"


@dataclass(frozen=True, slots=True)
class Deferral:
    """One postponement by the buyer, or by a pushed close date."""

    day: date
    id: str
    reason: ReasonKind | None
    explained: bool


@dataclass(frozen=True, slots=True)
class Timeline:
    """What the record comes to.

    ``unanswered`` and ``since_response`` hold one entry for each *day* with an unanswered attempt:
    since the last answer, and since the last word of any kind; ``since_signal`` one for each day on
    which we tried at all, answered or not. ``last_call`` is the first one since the last answer:
    sending another does not start the wait anew.
    """

    touches: tuple[Dated, ...]
    last_ours: Dated | None
    last_signal: Dated | None
    last_response: Dated | None
    last_answer: Dated | None
    deferrals: tuple[Deferral, ...]
    lifetime_deferrals: int
    unanswered: tuple[Dated, ...]
    since_signal: tuple[Dated, ...]
    since_response: tuple[Dated, ...]
    ultimatum: Dated | None
    complaint: Dated | None
    last_call: Dated | None

    @property
    def unexplained(self) -> tuple[Deferral, ...]:
        """The deferrals without a reason."""
        return tuple(d for d in self.deferrals if not d.explained)


def is_attempt(touch: Touch) -> bool:
    """Whether we tried and had no answer. What comes in is none of our attempts."""
    return OUTCOMES[touch.outcome].attempt and touch.direction is _OUTBOUND


def is_response(touch: Touch) -> bool:
    """Whether somebody answered; a voicemail or an email from their side is an answer too."""
    meaning = OUTCOMES[touch.outcome]
    return meaning.response or (meaning.attempt and touch.direction is _INBOUND)


def is_try(touch: Touch) -> bool:
    """Whether we tried to reach them, with or without success."""
    meaning = OUTCOMES[touch.outcome]
    return (meaning.attempt or meaning.response) and touch.direction is _OUTBOUND


def attempt_days(touches: Iterable[Dated]) -> tuple[Dated, ...]:
    """The last of each day: several attempts on one day count once."""
    return tuple({dated.day: dated for dated in touches}.values())


def read_timeline(prospect: Prospect, today: Today) -> Timeline:
    """The timeline up to the end of a day; of one moment, the later in the record comes later.

    A push of the moment of a signal came before it: they moved the date and gave something.
    """
    reading, zone = _Reading(), today.zone
    touches: list[Dated] = []
    for at, touch, push in _in_order(prospect, today.end):
        day = (at if zone is UTC else at.astimezone(zone)).date()
        if touch:
            dated = Dated(day, touch)
            touches.append(dated)
            reading.take(dated)
        elif push:
            reading.take_deferral(day, f"pushes/{push.id}", push.reason)
    return Timeline(
        touches=tuple(touches),
        last_ours=reading.ours,
        last_signal=reading.signal,
        last_response=reading.response,
        last_answer=reading.answer,
        deferrals=tuple(reading.deferrals),
        lifetime_deferrals=reading.lifetime,
        unanswered=tuple(reading.unanswered.values()),
        since_signal=tuple(reading.since_signal.values()),
        since_response=tuple(reading.since_response.values()),
        ultimatum=reading.ultimatum,
        complaint=reading.complaint,
        last_call=reading.last_call,
    )


def _in_order(
    prospect: Prospect, end: datetime
) -> list[tuple[datetime, Touch | None, Push | None]]:
    """The events before ``end`` by their moment in UTC, in which moments compare fast."""
    dated: list[tuple[datetime, Touch | None, Push | None]] = [
        *((_in_utc(push.at), None, push) for push in prospect.pushes),
        *[(_in_utc(touch.at), touch, None) for touch in prospect.touches],
    ]
    dated.sort(key=itemgetter(0))
    while dated and dated[-1][0] >= end:
        dated.pop()
    return dated


def _in_utc(at: datetime) -> datetime:
    return at if at.tzinfo is UTC else at.astimezone(UTC)


@dataclass(slots=True)
class _Reading:
    """What is known at one point of the record; attempts are kept by day."""

    ours: Dated | None = None
    signal: Dated | None = None
    response: Dated | None = None
    answer: Dated | None = None
    deferrals: list[Deferral] = field(default_factory=list)
    reasons: set[ReasonKind] = field(default_factory=set)
    lifetime: int = 0
    unanswered: dict[date, Dated] = field(default_factory=dict)
    since_signal: dict[date, Dated] = field(default_factory=dict)
    since_response: dict[date, Dated] = field(default_factory=dict)
    ultimatum: Dated | None = None
    complaint: Dated | None = None
    last_call: Dated | None = None

    def take(self, dated: Dated) -> None:
        """Read the next touch."""
        touch = dated.touch
        meaning = OUTCOMES[touch.outcome]
        outbound = touch.direction is _OUTBOUND
        if outbound:
            self.ours = dated
        if meaning.signal:
            self._take_signal(dated)
        elif meaning.response or (meaning.attempt and not outbound):
            self._take_response(dated)
            if outbound:
                self.since_signal[dated.day] = dated
        elif meaning.attempt:
            self._take_attempt(dated)
        elif touch.outcome is _COMPLAINT:
            self.complaint = dated

    def take_deferral(self, day: date, evidence: str, reason: ReasonKind | None) -> bool:
        """Read a postponement; whether it is explained. A kind of reason explains only once."""
        explained = reason is not None and reason not in self.reasons
        if reason:
            self.reasons.add(reason)
        self.lifetime += 1
        self.deferrals.append(Deferral(day, evidence, reason, explained))
        return explained

    def _take_signal(self, dated: Dated) -> None:
        """Everything counts from here anew."""
        self.signal = dated
        self.deferrals.clear()
        self.reasons.clear()
        self.since_signal.clear()
        self.ultimatum = self.complaint = None
        self._take_answer(dated)

    def _take_response(self, dated: Dated) -> None:
        touch = dated.touch
        if touch.outcome is _HOSTILE:
            self.ultimatum = dated
        if touch.outcome is not _DEFERRED or self.take_deferral(dated.day, dated.id, touch.reason):
            self._take_answer(dated)
        else:
            self.response = dated
            self.since_response.clear()

    def _take_answer(self, dated: Dated) -> None:
        self.response = self.answer = dated
        self.unanswered.clear()
        self.since_response.clear()
        self.last_call = None

    def _take_attempt(self, dated: Dated) -> None:
        day = dated.day
        self.unanswered[day] = self.since_signal[day] = self.since_response[day] = dated
        if dated.touch.outcome is _LAST_CALL and self.last_call is None:
            self.last_call = dated
