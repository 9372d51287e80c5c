"""The twelve scenarios of the product: what each promises about its prospect, checked word for word."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from review_board.judgement.argument_text import rule_lines
from review_board.judgement.due.when_due import due_on
from review_board.judgement.evidence import gather
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline.dates import Today
from review_board.pipeline.vocabulary import Column, DropReason, Verdict
from review_board.review.verdicts import Decision, is_against, refusal
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from tests.judgement.build import in_lines, recommend
from tests.judgement.scenarios import Scenario, load_scenarios

DEFAULTS = Settings()
SCENARIOS = load_scenarios()
BY_ID = {scenario.id: scenario for scenario in SCENARIOS}

DESIGN = {
    "S1": "keep active open-quote",
    "S2": "purge dropped serial-deferral",
    "S3": "keep callback-pending proven-callback",
    "S4": "purge dropped hostile",
    "S5": "purge dropped gone-silent",
    "S6": "keep active rescue",
    "S7": "keep active working",
    "S8": "keep active rescue",
    "S9": "keep active live-interest",
    "S10": "purge nurture unanswered-questions",
    "S11": "keep active live-interest",
    "S12a": "keep active last-call",
    "S12b": "purge nurture poor-payoff",
}
"""The table of the design, held here so that the data files cannot drift from it."""


def judge(scenario: Scenario) -> Recommendation:
    """The recommendation on the scenario's own day."""
    return recommend(scenario.prospect, Today(scenario.today), DEFAULTS)


def argument(scenario: Scenario) -> str:
    """Every word of it."""
    return "\n".join(in_lines(scenario.prospect, today=Today(scenario.today)))


DIALECT = re.compile(
    r"deferral|signal|\btier|touche?s?\b|rescue|unexplained|substance|on record|[≥≤]|\d d\b|probability"
)
"""Words and signs of the program that nobody who sells would use."""


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.id)
def test_what_is_said_is_short_and_in_the_words_of_who_sells(scenario: Scenario) -> None:
    made = judge(scenario)
    reasons = (*made.reasons_to_keep, *made.reasons_to_let_go, *(g.line for g in made.guards))
    said = [made.finding.because.text, made.finding.action, *(line.text for line in reasons)]
    said = [re.sub("“.*?”", "“”", text) for text in (*said, *made.assumptions, made.changes_if)]
    assert [text for text in said if len(text) > 80] == []
    assert [text for text in said if DIALECT.search(text)] == []


def _same_verdict(scenario: Scenario, wanted: str) -> None:
    assert judge(scenario).verdict.value == wanted


def _same_destination(scenario: Scenario, wanted: str) -> None:
    assert judge(scenario).destination.value == wanted


def _same_rule(scenario: Scenario, wanted: str) -> None:
    assert judge(scenario).rule.value == wanted


def _observes(scenario: Scenario, wanted: str) -> None:
    assert wanted in judge(scenario).finding.because.observed


def _compares_with(scenario: Scenario, wanted: str) -> None:
    because = judge(scenario).finding.because
    assert wanted in because.threshold
    assert because.key


def _lasts_until(scenario: Scenario, wanted: date) -> None:
    assert judge(scenario).finding.until == wanted


def _earliest_touch(scenario: Scenario, wanted: date) -> None:
    assert judge(scenario).earliest == wanted


def _slow_down(scenario: Scenario, wanted: bool) -> None:
    assert judge(scenario).pressure.slow_down is wanted


def _other_channel(scenario: Scenario, wanted: bool) -> None:
    assert judge(scenario).pressure.other_channel is wanted


def _email_only(scenario: Scenario, wanted: bool) -> None:
    assert judge(scenario).finding.email_only is wanted


def _through(scenario: Scenario, wanted: list[str]) -> None:
    assert judge(scenario).finding.route in wanted


def _says(scenario: Scenario, wanted: list[str]) -> None:
    said = argument(scenario).casefold()
    assert [phrase for phrase in wanted if phrase.casefold() not in said] == []


def _changes_on(scenario: Scenario, wanted: list[str]) -> None:
    condition = judge(scenario).what_would_change
    assert condition is not None
    assert [word for word in wanted if word not in condition.words] == []


def _in_weekly_queue(scenario: Scenario, wanted: bool) -> None:
    due = due_on(gather(scenario.prospect, Today(scenario.today), DEFAULTS))
    assert (due is not None and due <= scenario.today) is wanted


def _needs_reason(scenario: Scenario, wanted: bool) -> None:
    made = judge(scenario)
    other = Column.DROPPED if made.verdict is Verdict.KEEP else Column.ACTIVE
    assert is_against(other, made) is wanted
    bare = Decision(to=Column.DROPPED, reason=DropReason.TIMING)
    missing = refusal(scenario.prospect, bare, made, Today(scenario.today), DEFAULTS)
    assert (missing is not None) is wanted


def _later(scenario: Scenario, wanted: list[dict[str, Any]]) -> None:
    for point in wanted:
        assert set(point) == {"today", "rule"}
        made = recommend(scenario.prospect, Today(point["today"]), DEFAULTS)
        assert (point["today"], made.rule.value) == (point["today"], point["rule"])


CHECKS: dict[str, Callable[[Scenario, Any], None]] = {
    "verdict": _same_verdict,
    "destination": _same_destination,
    "rule": _same_rule,
    "observed": _observes,
    "threshold": _compares_with,
    "until": _lasts_until,
    "earliest_touch": _earliest_touch,
    "slow_down": _slow_down,
    "other_channel": _other_channel,
    "email_only": _email_only,
    "routes": _through,
    "says": _says,
    "flip": _changes_on,
    "in_weekly_queue": _in_weekly_queue,
    "needs_reason_against": _needs_reason,
    "later": _later,
}


@pytest.mark.parametrize(
    ("scenario", "key"),
    [(scenario, key) for scenario in SCENARIOS for key in scenario.expect],
    ids=[f"{scenario.id}-{key}" for scenario in SCENARIOS for key in scenario.expect],
)
def test_expectation(scenario: Scenario, key: str) -> None:
    assert key in CHECKS, f"{scenario.id} expects {key}, which nothing here checks"
    CHECKS[key](scenario, scenario.expect[key])


def test_every_scenario_of_the_design_is_there() -> None:
    made = {scenario.id: judge(scenario) for scenario in SCENARIOS}
    assert {key: f"{m.verdict} {m.destination} {m.rule}" for key, m in made.items()} == DESIGN


@pytest.mark.parametrize("scenario", SCENARIOS, ids=list(BY_ID))
def test_each_one_is_turned_by_its_flip(scenario: Scenario) -> None:
    made = judge(scenario)
    assert made.what_would_change is not None
    turned, then = made.what_would_change.apply(scenario.prospect, Today(scenario.today))
    assert recommend(turned, then, DEFAULTS).verdict is not made.verdict


@pytest.mark.parametrize("off", [rule for rule in RuleName if rule is not RuleName.WORKING])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=list(BY_ID))
def test_each_one_is_judged_with_any_rule_off(scenario: Scenario, off: RuleName) -> None:
    made = recommend(scenario.prospect, Today(scenario.today), Settings(rules={off: False}))
    assert made.rule is not off


class TestWhatTheDesignSaysBesides:
    def test_s1_seven_thousand_two_hundred_are_at_stake_at_the_usual_ratio(self) -> None:
        said = argument(BY_ID["S1"])
        assert "3 of 5 attempts; $7.2k at stake (usual closing ratio 30 %)" in said

    def test_s2_changes_on_a_proven_callback(self) -> None:
        scenario = BY_ID["S2"]
        made = judge(scenario)
        assert made.what_would_change is not None
        turned, then = made.what_would_change.apply(scenario.prospect, Today(scenario.today))
        assert recommend(turned, then, DEFAULTS).rule is RuleName.PROVEN_CALLBACK

    def test_s2_says_seven_against_three(self) -> None:
        assert rule_lines(judge(BY_ID["S2"]))[0].startswith("serial-deferral: 7 ≥ 3, ")

    def test_s3_is_touched_next_on_the_day_they_named(self) -> None:
        assert judge(BY_ID["S3"]).earliest == date(2027, 1, 18)

    def test_s5_says_how_long_how_often_and_how_large(self) -> None:
        found = judge(BY_ID["S5"]).finding
        said = "no answer for 90 days, 8 attempts (60 days and 6 attempts are enough)"
        assert found.because.text == said
        assert found.action.endswith("it is a small sale")

    def test_s6_asks_the_champion_and_the_assistant(self) -> None:
        action = judge(BY_ID["S6"]).finding.action
        assert "why it stalled" in action
        assert "what would work" in action
        assert judge(BY_ID["S6"]).finding.ask == "Yourself: how important is this sale really?"

    def test_s6_is_rescued_once(self) -> None:
        """The rescue used and over, the same silence leaves selling time."""
        scenario = BY_ID["S6"]
        made = judge(scenario)
        assert made.what_would_change is not None
        turned, then = made.what_would_change.apply(scenario.prospect, Today(scenario.today))
        again = recommend(turned, then, DEFAULTS)
        assert then.day == date(2026, 12, 21)
        assert (again.rule, again.destination) == (RuleName.GONE_SILENT, Column.NURTURE)

    def test_s11_shows_its_file(self) -> None:
        said = argument(BY_ID["S11"])
        assert "one more put-off by 16 Feb drops them" in said
        assert "put off 5 times before" in said
        assert "dropped on 8 May 2026, only put us off" in said

    @pytest.mark.parametrize(("key", "pays"), [("S12a", "14,000"), ("S12b", "100")])
    def test_s12_says_what_an_hour_pays(self, key: str, pays: str) -> None:
        assert f"${pays} per hour of work" in argument(BY_ID[key])
