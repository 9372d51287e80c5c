"""What happened later cannot change an earlier recommendation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from review_board.judgement.recommendation import as_json
from review_board.learning.history import History, RecordVersion
from review_board.learning.replay import findings
from review_board.learning.tier_history import TierHistory
from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Answer, Drop, NextStep, Push, Won
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    DropReason,
    Outcome,
    QuoteState,
    ReasonKind,
)
from review_board.settings.assignments import override
from review_board.settings.tree import Settings
from tests.judgement.build import DEFAULTS, TODAY, day, moment, money, prospect, verdict_record
from tests.judgement.strategies import pick, prospects, zones
from tests.learning.past import Draw, advice_on, histories, imported, kept, until

Later = Callable[[Prospect, date, Stamp], Prospect]


def _touched(outcome: Outcome) -> Later:
    return lambda p, _, stamp: changes.log_touch(p, outcome, stamp)


def _answered(p: Prospect, on: date, stamp: Stamp) -> Prospect:
    given = Answer(state=AnswerState.NEGATIVE, text="no need", on=on, by=stamp.by)
    return p if "process" in p.answers else changes.answer(p, "process", given)


def _called_back(p: Prospect, on: date, _: Stamp) -> Prospect:
    asked = AgreedCallback(on + timedelta(days=30), reason=ReasonKind.EVENT, change="x")
    return p if p.callback else changes.await_callback(p, asked, on)


def _ruled(p: Prospect, _: date, stamp: Stamp) -> Prospect:
    unknown = ("budget", "decision", "process")
    return changes.record_verdict(
        p, verdict_record(0, *unknown, id=stamp.key, at=stamp.at, session=None)
    )


def _pushed(p: Prospect, on: date, stamp: Stamp) -> Prospect:
    push = Push(id=stamp.key, at=stamp.at, from_day=on, to_day=on + timedelta(days=40))
    return p.with_changes(pushes=(*p.pushes, push))


def _rescued(p: Prospect, on: date, _: Stamp) -> Prospect:
    return p if p.rescue else changes.start_rescue(p, "through the champion", on, 30)


def _suppressed(p: Prospect, _: date, stamp: Stamp) -> Prospect:
    return changes.suppress(p, stamp)


def _won(p: Prospect, on: date, _: Stamp) -> Prospect:
    return p if p.won else changes.win(p, Won(on=on))


def _turned_down(p: Prospect, _: date, __: Stamp) -> Prospect:
    """As an import has it: nobody knows when."""
    declined = tuple(
        q.model_copy(update={"state": QuoteState.DECLINED}) if q.state is QuoteState.OPEN else q
        for q in p.quotes
    )
    return p.with_changes(quotes=declined)


def _said_no(p: Prospect, _: date, __: Stamp) -> Prospect:
    given = Answer(state=AnswerState.NEGATIVE, text="no need")
    return p if "process" in p.answers else changes.answer(p, "process", given)


LATER: tuple[Later, ...] = (
    *(_touched(outcome) for outcome in Outcome if outcome is not Outcome.DO_NOT_CONTACT),
    *(
        _answered,
        _called_back,
        _ruled,
        _pushed,
        _rescued,
        _suppressed,
        _won,
        _turned_down,
        _said_no,
    ),
    lambda p, _, stamp: changes.drop(p, DropReason.NO_RESPONSE, stamp),
    lambda p, on, stamp: changes.quote(p, money(9), on, stamp),
    lambda p, on, _: changes.decide_quotes(p, QuoteState.DECLINED, on),
    lambda p, on, _: changes.nurture(p, on),
    lambda p, on, _: changes.set_next_step(p, NextStep(action="sign", on=on)),
    lambda p, _, stamp: changes.first_impression(p, solid=True, stamp=stamp),
    lambda p, _, __: p.with_changes(probability=Decimal("0.99"), column=Column.NURTURE),
)
"""What may come later on a record that is told by its last version alone."""


PERCENTILE = override(DEFAULTS, ["tiers.by=percentile"])
TIERS = pick(DEFAULTS, PERCENTILE)


def said_until(history: History, last: date, rules: Settings, book: TierHistory) -> list[bytes]:
    """The recommendations up to a day, to the byte: the last few, and one of each week before."""
    days = until(history, last)
    found = (advice_on(history, each, rules, book) for each in (*days[-60:-4:7], *days[-4:]))
    return [orjson.dumps(as_json(made)) if made else b"" for made in found]


def turned_until(
    history: History, last: date, rules: Settings, book: TierHistory
) -> list[tuple[Any, ...]]:
    """The turning days up to a day, and what was said on them."""
    return [(when, said) for when, _, said in findings(history, last, rules, book)]


@st.composite
def neighbours(draw: Draw) -> list[tuple[History, int]]:
    """Others with values, from their imports or their first days on, each with a kind of future."""
    drawn = st.tuples(pick(*WORTHS), pick(*AGES), pick(*AGES, -9), st.integers(0, 3), PRESENT)
    return [
        (replace(kept((since, record)), always=always), future)
        for worth, age, since, future, always in draw(st.lists(drawn, min_size=9, max_size=13))
        for record in [NEIGHBOUR.with_changes(value=worth, created=moment(age))]
    ]


NEIGHBOUR = prospect(id="n")
PRESENT = pick(False, False, True)
WORTHS = tuple(money(amount) for amount in (900, 5_000, 9_000, 20_000, 90_000, 700_000))
AGES = (20, 70, 130, 200, 290)


def went_on(history: History, future: int, last: date) -> History:
    """The same after the day: worth more, bought, dropped, or as it was."""
    at = datetime.combine(last + timedelta(days=1), time(12), UTC)
    drop = Drop(at=at, by="ann", reason=DropReason.TIMING)
    later = (
        history.now,
        history.now.with_changes(value=money(10**9)),
        history.now.with_changes(won=Won(on=at.date())),
        history.now.with_changes(column=Column.DROPPED, drop=drop),
    )[future]
    if history.known > last and future != 1:  # an import tells its values as they are
        return History(later, later, (RecordVersion(history.known, later),), UTC)
    versions = (*history.versions, RecordVersion(last + timedelta(days=40), later))
    return replace(history, now=later, versions=versions)


def newcomers(after: date) -> list[History]:
    """Many that came on record after a day, most of them with a long past."""
    return [imported(p, after + timedelta(days=1 + n % 9)) for n, p in enumerate(NEW)]


NEW = [prospect(id=f"new{n}", value=money(10**9), created=moment(n * 15)) for n in range(30)]


def books(
    known: History, changed: History, others: list[tuple[History, int]], last: date
) -> tuple[TierHistory, TierHistory]:
    """The book as it was known, and with all that came after."""
    later = [went_on(history, future, last) for history, future in others]
    came = newcomers(max(last, known.known))
    return TierHistory([known, *(h for h, _ in others)]), TierHistory([changed, *later, *came])


@settings(max_examples=40)
@given(histories(), histories(), st.integers(1, 60), neighbours(), TIERS)
def test_versions_that_come_later_change_nothing_before(
    history: History,
    future: History,
    days: int,
    others: list[tuple[History, int]],
    rules: Settings,
) -> None:
    last = history.versions[-1].since - timedelta(days=days % 20)
    known = tuple(v for v in history.versions if v.since <= last)
    since = last if known else history.known - timedelta(days=1)
    later = tuple(
        RecordVersion(since + timedelta(days=n), v.prospect)
        for n, v in enumerate(future.versions, 1)
    )
    changed = History(future.now, history.oldest, (*known, *later), history.zone)
    before, after = books(history, changed, others, last)
    assert said_until(changed, last, rules, after) == said_until(history, last, rules, before)
    assert turned_until(changed, last, rules, after) == turned_until(history, last, rules, before)


@st.composite
def futures(draw: Draw) -> tuple[History, History, date]:
    """An import as it was on a day and as it is after more has happened, told from one version."""
    zone, last = draw(zones), day(draw(st.integers(1, 60)))
    record: Prospect = draw(prospects).with_changes(id="p")
    after = record
    for number, later in enumerate(draw(st.lists(pick(*LATER), min_size=1, max_size=6))):
        on = last + timedelta(days=1 + number)
        at = datetime.combine(on, draw(pick(time(0), time(12), time(23, 59))), zone)
        after = later(after, on, Stamp(at=at, by="ann", key=f"later-{number}"))
    known, changed = (
        History(p, p, (RecordVersion(TODAY.day + timedelta(days=9), p),), zone)
        for p in (record, after)
    )
    return known, changed, last


@settings(max_examples=40)
@given(futures(), neighbours(), TIERS)
def test_facts_that_come_later_change_nothing_before(
    drawn: tuple[History, History, date], others: list[tuple[History, int]], rules: Settings
) -> None:
    known, changed, last = drawn
    before, after = books(known, changed, others, last)
    assert said_until(changed, last, rules, after) == said_until(known, last, rules, before)
    assert turned_until(changed, last, rules, after) == turned_until(known, last, rules, before)
