"""Many prospects replayed under one set of rules: what letting go would have cost and freed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from review_board.judgement.time_spent import add_up
from review_board.learning.history import History
from review_board.learning.outcomes import End
from review_board.learning.replay import Replayed, replay
from review_board.learning.tier_history import TierHistory
from review_board.pipeline.dates import Today
from review_board.pipeline.vocabulary import Column
from review_board.progress import Progress
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings

AGES = (7, 14, 30, 45, 60, 90, 120, 180, 270, 365)
"""The ages, in days, at which the curve is read."""


@dataclass(frozen=True, slots=True)
class Part:
    """Some replayed prospects with one ending, and those of them that would have been let go."""

    all: tuple[Replayed, ...]

    @property
    def purged(self) -> tuple[Replayed, ...]:
        """Return those let go before their end."""
        return tuple(one for one in self.all if one.purge)

    @property
    def hours_freed(self) -> Decimal:
        """Return hours of our touches after they would have been let go."""
        return add_up(one.later for one in self.purged).hours

    @property
    def days_earlier(self) -> int | None:
        """Return the median of days between being let go and the end."""
        return _median(
            (o.ending.day - o.purge.day).days for o in self.all if o.purge and o.ending.day
        )

    @property
    def untouched(self) -> int:
        """Return those without any contact of ours on record."""
        return sum(not one.touched for one in self.all)

    @property
    def never_worked(self) -> tuple[Replayed, ...]:
        """Return those that got "work it or release it"."""
        return tuple(one for one in self.all if one.never_worked)

    @property
    def never_worked_age(self) -> int | None:
        """Return the median age at which they got it."""
        return _median(one.age_on(one.never_worked) for one in self.all if one.never_worked)

    def purged_by_age(self, age: int) -> int:
        """Return how many were let go at this age or younger."""
        return sum(one.age_on(one.purge.day) <= age for one in self.all if one.purge)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """What one rule let go first, to one destination."""

    rule: RuleName
    destination: Column
    won: Part
    lost: Part
    open: Part


@dataclass(frozen=True, slots=True)
class Backtest:
    """The replay of a pipeline under one set of rules."""

    settings: Settings
    won: Part
    lost: Part
    open: Part

    @property
    def all(self) -> tuple[Replayed, ...]:
        """Return every prospect that was replayed."""
        return (*self.won.all, *self.lost.all, *self.open.all)

    @property
    def undated(self) -> int:
        """Return prospects with days that only their first version can tell."""
        return sum(one.undated for one in self.all)

    def part(self, end: End) -> Part:
        """Return the prospects with one ending."""
        return {End.WON: self.won, End.LOST: self.lost, End.OPEN: self.open}[end]

    @property
    def rules(self) -> tuple[RuleLine, ...]:
        """Return the lines rule by rule, in the order of the rules; Nurture and Dropped apart."""
        found = {(o.purge.rule, o.purge.destination) for o in self.all if o.purge}
        rules, columns = list(RuleName), list(Column)
        ranked = sorted(found, key=lambda key: (rules.index(key[0]), columns.index(key[1])))
        return tuple(self._line(rule, where) for rule, where in ranked)

    def _line(self, rule: RuleName, destination: Column) -> RuleLine:
        def caught(part: Part) -> Part:
            return Part(
                tuple(
                    one
                    for one in part.all
                    if one.purge and (one.purge.rule, one.purge.destination) == (rule, destination)
                )
            )

        return RuleLine(rule, destination, caught(self.won), caught(self.lost), caught(self.open))


def backtest(
    histories: Sequence[History],
    today: Today,
    settings: Settings,
    since: date | None = None,
    progress: Progress | None = None,
) -> Backtest:
    """Replay all that there were by today; with ``since`` only what ended from then on or is open.

    ``progress`` counts the prospects, and may stop it.
    """
    tiers = TierHistory(histories)
    counted = (progress or Progress()).over(histories, "replaying", len(histories))
    found = [replay(h, today, settings, tiers) for h in counted if h.was_there(today.day)]
    kept = [o for o in found if since is None or o.ending.day is None or o.ending.day >= since]
    return Backtest(settings, *(_part(kept, end) for end in (End.WON, End.LOST, End.OPEN)))


def _part(replayed: Iterable[Replayed], end: End) -> Part:
    return Part(tuple(one for one in replayed if one.ending.end is end))


def _median(days: Iterable[int]) -> int | None:
    """Return the one in the middle, the lower of two."""
    ranked = sorted(days)
    return ranked[(len(ranked) - 1) // 2] if ranked else None
