"""Looking only at the days on which a verdict can turn is as good as looking at each."""

from bisect import bisect_right
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_board.judgement.evidence import gather
from review_board.judgement.recommend import judge
from review_board.learning.history import History
from review_board.learning.replay import findings, replay, usual_closing
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Drop
from review_board.pipeline.vocabulary import DropReason, Outcome, QuoteState, Verdict
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    day,
    moment,
    promise,
    prospect,
    quote,
    touch,
    touches,
)
from tests.judgement.strategies import stories
from tests.learning.past import histories, imported, kept, until

RULES = (
    DEFAULTS,
    Settings(preset="transactional"),
    Settings(preset="enterprise"),
    Settings.model_validate({"thresholds": {"recent_days": 0, "last_call_days": 0}}),
    Settings.model_validate(
        {
            "thresholds": {
                "recent_days": 20,
                "unreachable_days": 40,
                "fresh_days": 3,
                "rescue_days": 5,
            },
            "rules": {"live-interest": False, "too-soon": False},
        }
    ),
)


def holds_between_turns(history: History, rules: Settings, last: date) -> set[RuleName]:
    """Each of the last 280 days says what the turning day before it said; the rules that spoke."""
    turned = [(when, said) for when, _, said in findings(history, last, rules)]
    days = [when for when, _ in turned]
    for each in until(history, last):
        state = history.on(each)
        if state is None:
            continue
        evidence = gather(state, Today(each, history.zone), rules, usual_closing(rules))
        naive, told = judge(evidence), turned[bisect_right(days, each) - 1][1]
        assert (naive.rule, naive.verdict, naive.destination, each) == (
            told.rule,
            told.verdict,
            told.destination,
            each,
        )
    return {said.rule for _, said in turned}


@settings(max_examples=40)
@given(histories(), st.sampled_from(RULES))
def test_between_two_turning_days_nothing_turns(history: History, rules: Settings) -> None:
    holds_between_turns(history, rules, TODAY.day)


@pytest.mark.parametrize("rule", RuleName)
def test_as_the_days_go_by_nothing_turns_between_two_turning_days(rule: RuleName) -> None:
    @settings(max_examples=8)
    @given(stories(rule), st.sampled_from(RULES))
    def check(story: Prospect, rules: Settings) -> None:
        holds_between_turns(kept((900, story)), rules, day(-220))

    check()


QUOTED = quote(20, QuoteState.DECLINED, decided_on=day(5))
BACK = (touch(Outcome.INBOUND, 100), touch(Outcome.DEFERRED, 99), *touches(Outcome.NO_ANSWER, 98))
DROPPED = Drop(at=moment(120), by="ann", reason=DropReason.ONLY_DEFERRALS)
TRIED = touches(Outcome.NO_ANSWER, 52, 51, 50, 49, 48)
OF_A_RULE_EACH: tuple[tuple[Prospect, set[RuleName]], ...] = (
    (
        prospect(touch(Outcome.HOSTILE, 200), touch(Outcome.TALKED, 3)),
        {RuleName.HOSTILE, RuleName.TOO_SOON, RuleName.WORKING},
    ),
    (
        prospect(touch(Outcome.TALKED, 250), callback=promise(200, -2)),
        {RuleName.FAR_CALLBACK, RuleName.PROVEN_CALLBACK},
    ),
    (
        prospect(touch(Outcome.TALKED, 100), callback=promise(60, -30)),
        {RuleName.PROVEN_CALLBACK, RuleName.PROMISE_MISSED},
    ),
    (
        prospect(*BACK, drop=DROPPED),
        {RuleName.SERIAL_DEFERRAL, RuleName.UNPROVEN_CALLBACK, RuleName.LIVE_INTEREST},
    ),
    (
        prospect(touch(Outcome.TALKED, 25), quotes=(QUOTED,)),
        {RuleName.OPEN_QUOTE, RuleName.WORKING},
    ),
    (
        prospect(touch(Outcome.TALKED, 55), *TRIED, touch(Outcome.LAST_CALL, 24)),
        {RuleName.WORKING, RuleName.LAST_CALL, RuleName.GONE_SILENT},
    ),
)
"""Records on which time passes one threshold after the other."""


@pytest.mark.parametrize(("subject", "rules"), OF_A_RULE_EACH)
def test_every_threshold_of_days_is_a_turning_day(subject: Prospect, rules: set[RuleName]) -> None:
    said = holds_between_turns(kept((900, subject)), DEFAULTS, TODAY.day)
    assert rules <= said


@settings(max_examples=30)
@given(histories(), st.sampled_from(RULES))
def test_the_first_purge_is_that_of_looking_at_each_day(history: History, rules: Settings) -> None:
    found = replay(history, TODAY, rules)
    last = found.ending.day or day(-1)
    for each in until(history, day(0)):
        state = history.on(each)
        if state is None or each >= last:
            continue
        evidence = gather(state, Today(each, history.zone), rules, usual_closing(rules))
        if judge(evidence).verdict is Verdict.PURGE:
            assert found.purge is not None
            assert found.purge.day <= each
            break
        assert found.purge is None or found.purge.day != each


def test_few_days_are_looked_at() -> None:
    silent = prospect(touch(Outcome.TALKED, 200), *touches(Outcome.NO_ANSWER, 190, 180, 170))
    looked = [when for when, _, _ in findings(imported(silent), TODAY.day, DEFAULTS)]
    assert len(looked) < 15
    assert looked == sorted(set(looked))


@pytest.mark.parametrize("rules", RULES)
def test_an_empty_record_is_looked_at_on_the_days_of_its_age(rules: Settings) -> None:
    looked = [when for when, _, _ in findings(imported(prospect()), TODAY.day, rules)]
    assert looked == [day(300), day(300 - rules.thresholds.fresh_days - 1), TODAY.day]


@pytest.mark.parametrize(("stage", "days"), [("Qualification", 365), ("Negotiation", 730)])
def test_the_day_on_which_a_stage_has_lain_still_for_too_long_is_looked_at(
    stage: str, days: int
) -> None:
    listed = prospect(created=moment(800), contact_history=False, stage=stage)
    found = findings(kept((800, listed)), TODAY.day, DEFAULTS)
    went = next(when for when, _, said in found if said.verdict is Verdict.PURGE)
    assert went == day(800 - days)
