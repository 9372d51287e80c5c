"""Prospects with everything drawn that can set the day of a review, and settings to match."""

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st

from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, Drop, NextStep, Nurture, Snooze
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.settings.setting_groups import Review, Thresholds
from review_board.settings.tree import Settings
from tests.judgement.build import day
from tests.judgement.strategies import (
    callbacks,
    days_back,
    moments,
    pick,
    prospects,
    verdict_records,
    zones,
)

Draw = Callable[[st.SearchStrategy[Any]], Any]

until = days_back.map(day)
snoozes = st.lists(st.builds(Snooze, id=pick("s"), at=moments, until=until), max_size=3).map(tuple)
bets = st.lists(
    st.builds(Bet, id=pick("b"), at=moments, action=pick("they call"), until=until), max_size=2
).map(tuple)
intervals = pick(1, 2, 6, 7, 14, 30, 90, 400)
somebodys = st.builds(
    lambda active, unproven, nurture, wakes: Settings(
        review=Review(active_days=active, unproven_days=unproven, nurture_days=nurture),
        thresholds=Thresholds(wake_days=wakes),
    ),
    *(intervals, intervals, intervals, pick(0, 1, 14, 180)),
)
any_day = st.builds(Today, days_back.map(day), zones)


@st.composite
def looked_at(draw: Draw) -> Prospect:
    """Anything at all, with all that can set the day of a review drawn again."""
    found: Prospect = draw(prospects)
    drop = st.builds(Drop, at=moments, by=pick("ann"), reason=pick(DropReason.TIMING))
    often = {
        "column": st.sampled_from(Column),
        "verdicts": verdict_records(),
        "snoozes": snoozes,
        "bets": bets,
        "review_days": st.none() | intervals,
        "created": st.none() | moments,
        "drop": st.none() | drop,
        "earlier_drops": st.lists(drop, max_size=2).map(tuple),
        "earlier_callbacks": st.lists(callbacks(), max_size=2).map(tuple),
        "next_step": st.none() | st.builds(NextStep, action=pick("call"), on=until),
        "nurture": st.none() | st.builds(Nurture, since=until),
    }
    drawn = {name: draw(some) for name, some in often.items() if draw(st.booleans())}
    return found.with_changes(**drawn)
