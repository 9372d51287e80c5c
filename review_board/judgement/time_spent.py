"""How much working time contacts took, by the kind of each: what letting go gives back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Touch
from review_board.pipeline.vocabulary import Channel, Outcome
from review_board.settings.setting_groups import Minutes

WEEKS = 8
"""Weeks of the past over which the work on a prospect is averaged."""

_OWN_MINUTES = {
    Outcome.VOICEMAIL: "voicemail",
    Outcome.MEETING: "meeting",
    Outcome.QUOTE: "quote",
}
_NO_MINUTES = frozenset({Outcome.MAILING, Outcome.AUTO_REPLY, Outcome.CONTACTED})
"""What goes out to a whole list, or comes by itself, takes no time; of a bare contact nobody knows it."""


@dataclass(frozen=True, slots=True)
class TimeSpent:
    """The contacts that took time, and the minutes they took together."""

    touches: int = 0
    minutes: int = 0

    def __add__(self, other: "TimeSpent") -> "TimeSpent":
        return TimeSpent(self.touches + other.touches, self.minutes + other.minutes)

    @property
    def hours(self) -> Decimal:
        """Return the minutes in hours, to a tenth."""
        return (Decimal(self.minutes) / 60).quantize(Decimal("0.1"))

    @property
    def hours_a_week(self) -> Decimal:
        """Return the hours a week, to a tenth, where these are the contacts of ``WEEKS`` weeks."""
        return (Decimal(self.minutes) / (60 * WEEKS)).quantize(Decimal("0.1"))


def minutes_of(touch: Touch, minutes: Minutes) -> int:
    """Return the minutes that a contact takes by its kind."""
    if touch.outcome in _NO_MINUTES:
        return 0
    if own := _OWN_MINUTES.get(touch.outcome):
        found: int = getattr(minutes, own)
        return found
    if touch.channel is Channel.IN_PERSON:
        return minutes.visit
    if touch.channel is not Channel.PHONE:
        return minutes.mail
    return minutes.call_unanswered if touch.meaning.attempt else minutes.talk


def time_between(
    prospect: Prospect, first: date, last: date, today: Today, minutes: Minutes
) -> TimeSpent:
    """Return the time spent from a first day to a last, both of them included."""
    return time_of((t for t in prospect.touches if first <= today.day_of(t.at) <= last), minutes)


def time_of(touches: Iterable[Touch], minutes: Minutes) -> TimeSpent:
    """Return the time that these contacts took; those that take none are not counted."""
    taken = [found for touch in touches if (found := minutes_of(touch, minutes))]
    return TimeSpent(len(taken), sum(taken))


def recent_time(prospect: Prospect, today: Today, minutes: Minutes) -> TimeSpent:
    """Return the time spent on a prospect in the ``WEEKS`` weeks up to today."""
    first = today.day - timedelta(days=7 * WEEKS - 1)
    return time_between(prospect, first, today.day, today, minutes)


def add_up(spent: Iterable[TimeSpent]) -> TimeSpent:
    """Return the sum, so that a tenth of an hour is rounded only once."""
    return sum(spent, TimeSpent())


def hours_of_parts(parts: Sequence[TimeSpent]) -> list[Decimal]:
    """Return the hours a week of each part, to a tenth: together they are those of the whole."""
    exact = [Decimal(part.minutes) / (6 * WEEKS) for part in parts]
    tenths = [int(each) for each in exact]
    left = int(add_up(parts).hours_a_week * 10) - sum(tenths)
    by_rest = sorted(range(len(parts)), key=lambda place: tenths[place] - exact[place])
    for place in by_rest[:left]:
        tenths[place] += 1
    return [Decimal(each).scaleb(-1) for each in tenths]
