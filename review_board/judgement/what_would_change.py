"""What would change a verdict: possible events, in words and as changes to the record.

When the events of a condition are put on record, the verdict is the other one. That holds because the
conditions that a rule names are tried on a copy, and the first that changes the verdict is named.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

from review_board.judgement.record_on_day import record_on_day
from review_board.pipeline import changes
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Answer, Callback, touch_of
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import AnswerState, Outcome, ReasonKind, SignalKind

WHO = "if"
"""The author of events that are only supposed."""


class PossibleEvent(ABC):
    """One thing that may happen, as a change to the record."""

    @abstractmethod
    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Return the record after it happened, and the day on which that is judged."""


@dataclass(frozen=True, slots=True)
class Condition:
    """The events that change the verdict, in words a rep can act on."""

    words: str
    events: tuple[PossibleEvent, ...]

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Return the record as it would be, and the day on which to judge it.

        What is dated after ``today`` is left out: nobody knows it when the condition is named.
        """
        prospect = record_on_day(prospect, today)
        for event in self.events:
            prospect, today = event.apply(prospect, today)
        return prospect, today


def _stamp(prospect: Prospect, today: Today, day: date | None = None) -> Stamp:
    """Return a moment on a day, after everything on record by then, with a key of its own."""
    noon = datetime.combine(day or today.day, time(12), today.zone).astimezone(UTC)
    drops = (prospect.drop,) if prospect.drop else ()
    known = (*prospect.touches, *prospect.pushes, *prospect.verdicts, *drops)
    earlier = [entry.at for entry in known if today.day_of(entry.at) <= (day or today.day)]
    moment = max([noon, *(at + timedelta(microseconds=1) for at in earlier)])
    return Stamp(at=moment, by=WHO, key=f"if-{len(prospect.touches)}")


def _add(
    prospect: Prospect, today: Today, outcome: Outcome, day: date | None = None, **said: Any
) -> Prospect:
    """Add a supposed touch at the very end of its day."""
    stamp = _stamp(prospect, today, day)
    touch = touch_of(outcome, id=stamp.key, at=stamp.at, by=stamp.by, **said)
    return prospect.with_changes(touches=(*prospect.touches, touch))


@dataclass(frozen=True, slots=True)
class BuyerSignal(PossibleEvent):
    """The buyer spends something today."""

    kind: SignalKind = SignalKind.STEP_AGREED

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Add the signal."""
        return _add(prospect, today, Outcome.ADVANCED, signal=self.kind), today


@dataclass(frozen=True, slots=True)
class ProvenCallback(PossibleEvent):
    """The buyer names a day, gives a reason of a known kind and says what will have changed."""

    days: int
    reason: ReasonKind

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Replace the callback."""
        called = _add(prospect, today, Outcome.DEFERRED, reason=self.reason)
        callback = Callback(
            on=today.day + timedelta(days=self.days),
            asked_on=today.day,
            asked_by_buyer=True,
            reason=self.reason,
            change="what they said will have changed",
            touch=called.touches[-1].id,
        )
        return changes.set_callback(called, callback), today


@dataclass(frozen=True, slots=True)
class EmptyDeferrals(PossibleEvent):
    """They put us off again, a number of times, without a reason."""

    count: int

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Add the deferrals from tomorrow on, a day each: several on one day would count once."""
        for _ in range(self.count):
            today = Today(today.day + timedelta(days=1), today.zone)
            prospect = _add(prospect, today, Outcome.DEFERRED)
        return prospect, today


@dataclass(frozen=True, slots=True)
class Silence(PossibleEvent):
    """We try again on these many days, a week apart, and hear nothing until the silence is long."""

    attempts: int
    days: int

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Add the attempts and let the days pass."""
        for step in range(self.attempts):
            day = today.day + timedelta(days=7 * step + 1)
            prospect = _add(prospect, today, Outcome.VOICEMAIL, day)
        return prospect, Today(self.over(today), today.zone)

    def over(self, today: Today) -> date:
        """Return the day on which it is judged."""
        return today.day + timedelta(days=max(self.days, 7 * self.attempts + 1))


@dataclass(frozen=True, slots=True)
class LastCallIgnored(PossibleEvent):
    """The last call is sent on a day and stays unanswered up to another."""

    on: date
    until: date

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Send it and wait."""
        later = Today(self.until, today.zone)
        return _add(prospect, later, Outcome.LAST_CALL, self.on), later


@dataclass(frozen=True, slots=True)
class TimePasses(PossibleEvent):
    """Nothing comes from them up to a day."""

    until: date

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Wait."""
        return prospect, Today(max(self.until, today.day), today.zone)


@dataclass(frozen=True, slots=True)
class RescueUsed(PossibleEvent):
    """The rescue is tried through a route, and its time runs out."""

    route: str
    days: int

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Start it and let it end."""
        if prospect.rescue is None:
            prospect = changes.start_rescue(prospect, self.route, today.day, self.days)
        later = prospect.rescue.until + timedelta(days=1) if prospect.rescue else today.day
        return prospect, Today(max(later, today.day), today.zone)


@dataclass(frozen=True, slots=True)
class Answered(PossibleEvent):
    """Questions get an answer: the state they turn out to be in."""

    questions: tuple[str, ...]
    state: AnswerState

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Put the answers on record."""
        for question in self.questions:
            given = Answer(state=self.state, text="what they said", on=today.day, by=WHO)
            prospect = changes.answer(prospect, question, given)
        return prospect, today


@dataclass(frozen=True, slots=True)
class ValueBecomes(PossibleEvent):
    """The deal turns out to be worth this much."""

    value: Money

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Set the value, at one location."""
        return prospect.with_changes(value=self.value, locations=1), today


@dataclass(frozen=True, slots=True)
class HoursBecome(PossibleEvent):
    """The next step is found to take this long."""

    hours: Decimal

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Set the hours."""
        return prospect.with_changes(hours=self.hours), today


@dataclass(frozen=True, slots=True)
class RequestLifted(PossibleEvent):
    """They take back the request to be left alone."""

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Remove the suppression."""
        return changes.lift_suppression(prospect), today


@dataclass(frozen=True, slots=True)
class AskedToStop(PossibleEvent):
    """They ask us not to contact them again."""

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Suppress every channel."""
        return changes.suppress(prospect, _stamp(prospect, today)), today


@dataclass(frozen=True, slots=True)
class Ultimatum(PossibleEvent):
    """They answer with an ultimatum."""

    def apply(self, prospect: Prospect, today: Today) -> tuple[Prospect, Today]:
        """Add the hostile touch."""
        return _add(prospect, today, Outcome.HOSTILE), today
