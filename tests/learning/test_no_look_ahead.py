"""What happened later cannot change an earlier recommendation."""

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from review_board.judgement import as_json
from review_board.learning import History, Version, advice_on, before_the_record, findings
from review_board.pipeline import changes
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Answer, Callback, NextStep, Push, Won
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    DropReason,
    Outcome,
    QuoteState,
    ReasonKind,
)
from tests.judgement.build import DEFAULTS, TODAY, day, money, ruling
from tests.judgement.strategies import pick, prospects, zones
from tests.learning.past import STEADY, Draw, histories, until

Later = Callable[[Prospect, date, Stamp], Prospect]


def _touched(outcome: Outcome) -> Later:
    return lambda p, _, stamp: changes.log_touch(p, outcome, stamp)


def _answered(p: Prospect, on: date, stamp: Stamp) -> Prospect:
    given = Answer(state=AnswerState.NEGATIVE, text="no need", on=on, by=stamp.by)
    return p if "process" in p.answers else changes.answer(p, "process", given)


def _called_back(p: Prospect, on: date, _: Stamp) -> Prospect:
    asked = Callback(on=on + timedelta(days=30), asked_on=on, reason=ReasonKind.EVENT, change="x")
    return p if p.callback else changes.await_callback(p, asked)


def _ruled(p: Prospect, _: date, stamp: Stamp) -> Prospect:
    unknown = ("budget", "decision", "process")
    return changes.record_ruling(p, ruling(0, *unknown, id=stamp.key, at=stamp.at, session=None))


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


def said_until(history: History, last: date) -> list[bytes]:
    """The recommendations up to a day, to the byte: the last few, and one of each week before."""
    days = until(history, last)
    found = (advice_on(history, each, DEFAULTS) for each in (*days[-60:-4:7], *days[-4:]))
    return [orjson.dumps(as_json(made)) if made else b"" for made in found]


def turned_until(history: History, last: date) -> list[tuple[Any, ...]]:
    """The turning days up to a day, and what was said on them."""
    return [(when, said) for when, _, said in findings(history, last, DEFAULTS)]


@settings(STEADY, max_examples=40)
@given(histories(), histories(), st.integers(1, 60))
def test_versions_that_come_later_change_nothing_before(
    history: History, future: History, days: int
) -> None:
    last = history.versions[-1].since - timedelta(days=days % 20)
    known = tuple(v for v in history.versions if v.since <= last)
    later = tuple(
        Version(last + timedelta(days=n), v.prospect) for n, v in enumerate(future.versions, 1)
    )
    changed = History(future.now, history.first, (*known, *later), history.zone)
    assert said_until(changed, last) == said_until(history, last)
    assert turned_until(changed, last) == turned_until(history, last)


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
        History(p, before_the_record(p), (Version(TODAY.day + timedelta(days=9), p),), zone)
        for p in (record, after)
    )
    return known, changed, last


@settings(STEADY, max_examples=40)
@given(futures())
def test_facts_that_come_later_change_nothing_before(
    drawn: tuple[History, History, date],
) -> None:
    known, changed, last = drawn
    assert said_until(changed, last) == said_until(known, last)
    assert turned_until(changed, last) == turned_until(known, last)
