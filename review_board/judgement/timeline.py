"""The buyer's clock and ours, read from touches and pushes in one pass.

Two clocks run: the last touch is ours, the last signal is theirs. Notes and moves wind neither. An
empty deferral ("call me later") is a human answer, but it ends no silence: otherwise putting us
off would look like interest.
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from operator import attrgetter
from typing import NamedTuple, TypeVar

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Push, Touch
from review_board.pipeline.vocabulary import OUTCOMES, Direction, Outcome, ReasonKind

# A member looked up on its class takes ten times as long as a name, and every touch is asked.
_OUTBOUND, _INBOUND = Direction.OUTBOUND, Direction.INBOUND
_DEFERRED, _HOSTILE, _COMPLAINT = Outcome.DEFERRED, Outcome.HOSTILE, Outcome.COMPLAINT
_LAST_CALL = Outcome.LAST_CALL
SIGNALS = frozenset(outcome for outcome, meaning in OUTCOMES.items() if meaning.signal)
_moment = attrgetter("at")

T = TypeVar("T", Touch, Push)


class Dated(NamedTuple):
    """A touch with the day it fell on."""

    day: date
    touch: Touch

    @property
    def id(self) -> str:
        """How evidence names it."""
        return f"touches/{self.touch.id}"


# ``Dated(*pair)`` in a third of the time: every touch of thousands of records is made one.
_pair = partial(tuple.__new__, Dated)


@dataclass(frozen=True, slots=True)
class Deferral:
    """One postponement by the buyer, or by a pushed close date."""

    day: date
    id: str
    reason: ReasonKind | None
    explained: bool


class Timeline(NamedTuple):
    """What the record comes to.

    ``unanswered`` and ``since_response`` hold one entry for each *day* with an unanswered attempt:
    since the last answer, and since the last word of any kind; ``since_signal`` one for each day on
    which we tried at all, answered or not. ``last_call`` is the first one since the last answer:
    sending another does not start the wait anew. ``pushes`` counts the moves of the close date.
    """

    touches: tuple[Dated, ...]
    last_signal: Dated | None
    last_response: Dated | None
    last_answer: Dated | None
    deferrals: tuple[Deferral, ...]
    pushes: int
    unanswered: tuple[Dated, ...]
    since_signal: tuple[Dated, ...]
    since_response: tuple[Dated, ...]
    ultimatum: Dated | None
    complaint: Dated | None
    last_call: Dated | None

    @property
    def unexplained(self) -> tuple[Deferral, ...]:
        """The deferrals without a reason."""
        return tuple([d for d in self.deferrals if not d.explained])

    @property
    def lifetime_deferrals(self) -> int:
        """How often they put us off in all, before the last signal too."""
        return self.pushes + sum(d.touch.outcome is _DEFERRED for d in self.touches)

    @property
    def last_ours(self) -> Dated | None:
        """The last touch of ours, answered or not."""
        ours = (d for d in reversed(self.touches) if d.touch.direction is _OUTBOUND)
        return next(ours, None)


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

    A signal begins everything anew, so that what came before the last one is only counted. A push
    of the moment of a signal came before it: they moved the date and gave something.
    """
    touches = _dated(prospect.touches, today)
    place = _place_of_last_signal(touches)
    signal = touches[place] if place >= 0 else None
    pushes = _in_order(prospect.pushes, today.end) if prospect.pushes else []
    reading = _Reading(signal, signal)
    waiting = deque(p for p in pushes if signal is None or p.at > signal.touch.at)
    for dated in touches[place + 1 :]:
        while waiting and waiting[0].at <= dated.touch.at:
            reading.take_push(waiting.popleft(), today)
        reading.take(dated)
    for push in waiting:
        reading.take_push(push, today)
    return Timeline(
        touches=touches,
        last_signal=signal,
        last_response=reading.response,
        last_answer=reading.answer,
        deferrals=tuple(reading.deferrals),
        pushes=len(pushes),
        unanswered=tuple(reading.unanswered.values()),
        since_signal=tuple(reading.since_signal.values()),
        since_response=tuple(reading.since_response.values()),
        ultimatum=reading.ultimatum,
        complaint=reading.complaint,
        last_call=reading.last_call,
    )


def _dated(touches: Iterable[Touch], today: Today) -> tuple[Dated, ...]:
    """The touches up to the end of the day, in order, each with its day."""
    found, zone = _in_order(touches, today.end), today.zone
    moments = [touch.at for touch in found]
    days = [(at if at.tzinfo is zone else at.astimezone(zone)).date() for at in moments]
    return tuple(map(_pair, zip(days, found, strict=True)))


def _in_order(events: Iterable[T], end: datetime) -> list[T]:
    """The events before ``end`` by their moment."""
    found = sorted(events, key=_moment)
    while found and found[-1].at >= end:
        found.pop()
    return found


def _place_of_last_signal(touches: tuple[Dated, ...]) -> int:
    """The place of the last touch in which they spent something, or −1."""
    for place in range(len(touches) - 1, -1, -1):
        if touches[place].touch.outcome in SIGNALS:
            return place
    return -1


@dataclass(slots=True)
class _Reading:
    """What is known at one point after the last signal; attempts are kept by day."""

    response: Dated | None
    answer: Dated | None
    deferrals: list[Deferral] = field(default_factory=list)
    reasons: set[ReasonKind] = field(default_factory=set)
    unanswered: dict[date, Dated] = field(default_factory=dict)
    since_signal: dict[date, Dated] = field(default_factory=dict)
    since_response: dict[date, Dated] = field(default_factory=dict)
    ultimatum: Dated | None = None
    complaint: Dated | None = None
    last_call: Dated | None = None

    def take(self, dated: Dated) -> None:
        """Read the next touch, which is no signal."""
        touch = dated.touch
        meaning = OUTCOMES[touch.outcome]
        outbound = touch.direction is _OUTBOUND
        if meaning.response or (meaning.attempt and not outbound):
            self._take_response(dated)
            if outbound:
                self.since_signal[dated.day] = dated
        elif meaning.attempt:
            self._take_attempt(dated)
        elif touch.outcome is _COMPLAINT:
            self.complaint = dated

    def take_push(self, push: Push, today: Today) -> None:
        """Read a close date that was moved later."""
        self._take_deferral(today.day_of(push.at), f"pushes/{push.id}", push.reason)

    def _take_deferral(self, day: date, evidence: str, reason: ReasonKind | None) -> bool:
        """Read a postponement; whether it is explained. A kind of reason explains only once."""
        explained = reason is not None and reason not in self.reasons
        if reason:
            self.reasons.add(reason)
        self.deferrals.append(Deferral(day, evidence, reason, explained))
        return explained

    def _take_response(self, dated: Dated) -> None:
        touch = dated.touch
        if touch.outcome is _HOSTILE:
            self.ultimatum = dated
        self.response = dated
        self.since_response.clear()
        if touch.outcome is not _DEFERRED or self._take_deferral(dated.day, dated.id, touch.reason):
            self.answer = dated
            self.unanswered.clear()
            self.last_call = None

    def _take_attempt(self, dated: Dated) -> None:
        day = dated.day
        self.unanswered[day] = self.since_signal[day] = self.since_response[day] = dated
        if dated.touch.outcome is _LAST_CALL and self.last_call is None:
            self.last_call = dated
