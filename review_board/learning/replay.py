"""One prospect replayed: what would have been recommended on each day, and when to let go first."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from review_board.judgement.closing_ratio import ClosingRatio, closing_ratio
from review_board.judgement.evidence import Evidence, gather
from review_board.judgement.recommend import judge, next_change_day
from review_board.judgement.recommendation import Finding
from review_board.judgement.time_spent import TimeSpent, time_between
from review_board.judgement.timeline import is_ours
from review_board.learning.history import History, fact_days
from review_board.learning.outcomes import Ending, ending_of
from review_board.learning.tier_history import NO_TIER_HISTORY, TierHistory
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings


@dataclass(frozen=True, slots=True)
class Purge:
    """The first day on which letting go was recommended, by which rule and to where."""

    day: date
    rule: RuleName
    destination: Column


@dataclass(frozen=True, slots=True)
class Replayed:
    """What a replay of one prospect comes to.

    ``touched`` says whether any contact of ours is on record, ``later`` the time spent after
    the purge; ``never_worked`` is the first day of "work it or release it"; ``undated`` whether some
    days had to be told by the first version.
    """

    id: str
    name: str
    begins: date | None
    ending: Ending
    touched: bool
    undated: bool
    purge: Purge | None
    later: TimeSpent
    never_worked: date | None

    def age_on(self, day: date) -> int:
        """Return days from its beginning to a day."""
        return (day - self.begins).days if self.begins else 0


def usual_closing(settings: Settings) -> ClosingRatio:
    """Return the closing ratio of a replay: the usual one, for our own is known only afterwards."""
    return closing_ratio(0, 0, settings.estimates)


def findings(
    history: History, until: date, settings: Settings, tiers: TierHistory = NO_TIER_HISTORY
) -> Iterator[tuple[date, Evidence, Finding]]:
    """Yield what the rules say from the first day on, on each day on which it may have changed.

    Where no fact is added only today moves on: the evidence stays and is read on another day.
    """
    day, closing = history.begins, usual_closing(settings)
    facts: list[date] = []
    evidence: Evidence | None = None
    shown: Prospect | None = None
    while day is not None and day <= until:
        state, today = history.on(day), Today(day, history.zone)
        if state is None:
            shown, evidence, facts = None, None, []
        else:
            rules = tiers.settings_on(day, history, settings)
            if state is not shown:
                facts = sorted(set(fact_days(state, history.zone)))
            if evidence and state is shown and day not in facts and rules is evidence.settings:
                evidence = evidence.on(today)
            else:
                evidence = gather(state, today, rules, closing)
            shown = state
            yield day, evidence, judge(evidence)
        turns = (next_change_day(evidence) if evidence else None, tiers.next_change(day, settings))
        day = _next(day, turns, facts, history)


def replay(
    history: History, today: Today, settings: Settings, tiers: TierHistory = NO_TIER_HISTORY
) -> Replayed:
    """Replay one that is there today, up to the day before it ended, or up to today."""
    begins, stood = history.begins, history.with_outcome_on(today.day) or history.now
    ending = ending_of(stood, today)
    until = ending.day - timedelta(days=1) if ending.day else today.day
    purge, never_worked = None, None
    for day, _, finding in findings(history, until, settings, tiers):
        if finding.rule is RuleName.NEVER_WORKED and never_worked is None:
            never_worked = day
        if finding.verdict is Verdict.PURGE:
            purge = Purge(day, finding.rule, finding.destination)
            break
    ours = [today.day_of(touch.at) for touch in stood.touches if is_ours(touch)]
    last = ending.day or today.day
    return Replayed(
        id=history.now.id,
        name=history.now.name,
        begins=begins,
        ending=ending,
        touched=any(day <= today.day for day in ours),
        undated=begins is not None
        and not (history.versions and history.versions[0].since <= begins),
        purge=purge,
        later=time_between(stood, purge.day + timedelta(days=1), last, today, settings.minutes)
        if purge
        else TimeSpent(),
        never_worked=never_worked,
    )


def _next(
    day: date, turns: tuple[date | None, ...], facts: list[date], history: History
) -> date | None:
    """Return the next day on which anything may change."""
    place = bisect_right(facts, day)
    days = (*turns, history.next_change(day), *facts[place : place + 1])
    return min((found for found in days if found), default=None)
