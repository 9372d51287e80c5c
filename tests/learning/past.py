"""Histories for the tests: one import of everything, or a version a day; and drawn ones."""

from collections.abc import Callable
from datetime import UTC, date, timedelta, tzinfo
from typing import Any

from hypothesis import strategies as st

from review_board.judgement.recommendation import Recommendation
from review_board.learning.history import History, RecordVersion
from review_board.learning.replay import usual_closing
from review_board.learning.tier_history import NO_TIER_HISTORY, TierHistory
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.settings.tree import Settings
from tests.judgement.build import TODAY, day, recommend
from tests.judgement.strategies import pick, prospects, zones

Draw = Callable[[st.SearchStrategy[Any]], Any]


def imported(now: Prospect, on: date = TODAY.day, zone: tzinfo = UTC) -> History:
    """Everything came in one commit."""
    return History(now, now, (RecordVersion(on, now),), zone)


def kept(*versions: tuple[int, Prospect | None], zone: tzinfo = UTC) -> History:
    """A version a day, each ``(days ago, record)``, the oldest first."""
    told = tuple(RecordVersion(day(ago), record) for ago, record in versions)
    records = [record for _, record in versions if record]
    return History(records[-1], records[0], told, zone)


@st.composite
def histories(draw: Draw) -> History:
    """One to four versions that need not have anything to do with each other."""
    days = draw(st.lists(st.integers(0, 300), min_size=1, max_size=4, unique=True))
    ages = sorted(days, reverse=True)
    versions = [(ago, draw(prospects).with_changes(id="p")) for ago in ages]
    if len(versions) > 2 and draw(pick(False, False, True)):
        versions[1] = (versions[1][0], None)
    return kept(*versions, zone=draw(zones))


def until(history: History, last: date) -> list[date]:
    """Every day from its beginning on, the last 280 at most."""
    begins = max(history.begins or last, last - timedelta(days=280))
    return [begins + timedelta(days=n) for n in range((last - begins).days + 1)]


def advice_on(
    history: History, day: date, settings: Settings, tiers: TierHistory = NO_TIER_HISTORY
) -> Recommendation | None:
    """Return the recommendation of a day in the past; ``None`` while the prospect was off the record."""
    state = history.on(day)
    if state is None:
        return None
    rules = tiers.settings_on(day, history, settings)
    return recommend(state, Today(day, history.zone), rules, usual_closing(settings))
