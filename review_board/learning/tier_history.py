"""The pipeline as it was: by percentile, the tiers of a month rest on what was open when it began.

Nothing counts that came on record after the day in question. A prospect that was imported tells its
own past by its first version, and so do the others that were on record by then.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

from review_board.learning.history import History
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column
from review_board.settings.tree import Settings


class OpenSpell(NamedTuple):
    """Days on which a prospect was open with one worth, ``until`` not among them.

    ``known`` is the day from which on that was on record.
    """

    known: date
    since: date
    until: date
    worth: Money


@dataclass(slots=True)
class TierHistory:
    """All prospects of a pipeline, for their worths on the eve of each month.

    What is worked out is kept for the settings that were asked for last.
    """

    histories: Sequence[History] = ()
    _spells: list[OpenSpell] | None = None
    _asked: Settings | None = None
    _found: dict[tuple[date, date], Settings] = field(default_factory=dict)

    def settings_on(self, day: date, history: History, settings: Settings) -> Settings:
        """Return the settings by which a prospect is judged on a day: with the figures of that month.

        A day before it came on record is told by what was known when it did.
        """
        if not _asked_for(settings):
            return settings
        if settings is not self._asked:
            self._asked, self._found = settings, {}
        eve = _month(day) - timedelta(days=1)
        key = (eve, max(eve, history.known))
        if key not in self._found:
            self._found[key] = self._measured(*key, settings)
        return self._found[key]

    def next_change(self, day: date, settings: Settings) -> date | None:
        """Return the first later day with other figures; ``None``: never."""
        if not _asked_for(settings):
            return None
        return _month(_month(day) + timedelta(days=31))

    def _measured(self, eve: date, known: date, settings: Settings) -> Settings:
        if self._spells is None:
            self._spells = [s for history in self.histories for s in _spells(history)]
        return settings.by_percentile(
            s.worth.amount
            for s in self._spells
            if s.since <= eve < s.until
            and s.known <= known
            and s.worth.currency == settings.currency
        )


def _asked_for(settings: Settings) -> bool:
    return settings.tiers.by == "percentile"


def _month(day: date) -> date:
    return day.replace(day=1)


def _spells(history: History) -> Iterator[OpenSpell]:
    """Yield one for the days told by the first version, then one for each version that is open."""
    days = [v.since for v in history.versions] + [date.max]
    begins, ended = history.begins, min(_ends(history), default=date.max)
    if begins and history.first.potential:
        yield OpenSpell(history.known, begins, min(days[0], ended), history.first.potential)
    for version, (since, until) in zip(history.versions, pairwise(days), strict=True):
        worth = version.prospect.potential if version.prospect else None
        if version.prospect and worth and _is_open(version.prospect):
            yield OpenSpell(since, since, until, worth)


def _ends(history: History) -> Iterable[date]:
    """Yield the days on which it had ended by its oldest version; that it came back has no day."""
    oldest = history.oldest
    yield from (drop.at.astimezone(history.zone).date() for drop in oldest.drops)
    if oldest.won:
        yield oldest.won.on


def _is_open(prospect: Prospect) -> bool:
    return prospect.won is None and prospect.column is not Column.DROPPED


NO_TIER_HISTORY = TierHistory()
"""No other prospects are looked at: the fixed figures decide."""
