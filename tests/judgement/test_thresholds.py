"""Every threshold at its edge: one less and the rule is another, exactly where the table says."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from random import Random

import pytest

from review_board.judgement.pressure import contact_pressure
from review_board.judgement.unknown_answers import stale_answers
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Contact, Drop, Nurture, Rescue
from review_board.pipeline.vocabulary import AnswerState, Column, DropReason, Outcome, Role, Verdict
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Estimates, PressureSettings, Thresholds, Tiers
from review_board.settings.tree import Settings
from tests.judgement.build import (
    TODAY,
    advice,
    answer,
    day,
    evidence,
    finding,
    moment,
    money,
    promise,
    prospect,
    quote,
    recommend,
    touch,
    touches,
    verdict_record,
)
from tests.judgement.test_scenarios import SCENARIOS

QUESTIONS = ("budget", "decision", "process", "change", "next-step")


@dataclass(frozen=True)
class Edge:
    """A figure that a prospect may have, and the rule on either side of the edge.

    The rule is ``below`` for figures under the threshold plus ``over``, and ``reached`` from there;
    for thresholds from ``least`` to ``most`` no other rule comes between.
    """

    key: str
    having: Callable[[int], Prospect]
    below: RuleName
    reached: RuleName
    over: int = 0
    least: int = 0
    most: int = 100


def silent(days: int, attempts: int, worth: int = 400_000) -> Prospect:
    """Talked on a day, then that many days with an attempt, of which the last was yesterday."""
    tried = touches(Outcome.VOICEMAIL, *range(1, attempts + 1))
    return prospect(touch(Outcome.TALKED, days), *tried, value=money(worth))


def put_off(times: int) -> Prospect:
    """Empty deferrals, one a day."""
    return prospect(*touches(Outcome.DEFERRED, *range(5, 5 + times)))


def came_back(days: int) -> Prospect:
    """Dropped, back with a signal that many days ago, and put off yesterday."""
    drop = Drop(at=moment(days + 10), by="ann", reason=DropReason.NO_RESPONSE)
    return prospect(touch(Outcome.INBOUND, days), touch(Outcome.DEFERRED, 1), drop=drop)


def on_probation(times: int) -> Prospect:
    """Dropped, back this month, put off that often since."""
    drop = Drop(at=moment(40), by="ann", reason=DropReason.NO_RESPONSE)
    later = touches(Outcome.DEFERRED, *range(times))
    return prospect(touch(Outcome.INBOUND, 25), *later, drop=drop)


def quoted(attempts: int) -> Prospect:
    """A quote of last month, followed up on that many days."""
    tried = touches(Outcome.EMAIL, *range(1, attempts + 1))
    return prospect(touch(Outcome.TALKED, 29), *tried, quotes=(quote(29),))


def last_call_out(days: int) -> Prospect:
    """The sixth attempt was a last call that many days ago."""
    tried = touches(Outcome.VOICEMAIL, *range(days + 1, days + 6))
    return prospect(touch(Outcome.TALKED, 45), *tried, touch(Outcome.LAST_CALL, days))


def nurtured(mailings: int) -> Prospect:
    """In Nurture with that many mailings."""
    plan = Nurture(since=day(mailings + 1))
    sent = touches(Outcome.MAILING, *range(1, mailings + 1))
    return prospect(*sent, column=Column.NURTURE, nurture=plan)


def unknown_to(reviews: int, questions: int = 3) -> Prospect:
    """Questions that many reviews left open; the others are answered."""
    open_ones = QUESTIONS[:questions]
    known = {q: answer(AnswerState.CLAIMED) for q in QUESTIONS if q not in open_ones}
    verdicts = tuple(verdict_record(ago, *open_ones) for ago in range(reviews, 0, -1))
    talked, asked = touch(Outcome.TALKED, 9), touch(Outcome.DEFERRED, 8, reason="budget")
    return prospect(talked, asked, verdicts=verdicts, answers=known)


R = RuleName
EDGES = (
    Edge("recent_days", lambda n: prospect(touch(Outcome.MEETING, n)), R.LIVE_INTEREST, R.TOO_SOON, 1),
    Edge("recent_days", lambda n: silent(n, 4), R.WORKING, R.TOO_SOON, 1),
    Edge("recent_days", lambda n: silent(n, 5), R.WORKING, R.LAST_CALL, 1, 4, 57),
    Edge("recent_days", lambda n: silent(n, 5, 100), R.WORKING, R.POOR_PAYOFF, 1, 5, 57),
    Edge("unreachable_days", lambda n: silent(n, 6, 1000), R.LAST_CALL, R.GONE_SILENT, least=32),
    Edge("attempts", lambda n: silent(35, n), R.TOO_SOON, R.LAST_CALL, least=1, most=33),
    Edge("attempts", quoted, R.OPEN_QUOTE, R.WORKING, least=1, most=27),
    Edge("gone_silent_attempts", lambda n: silent(80, n, 1000), R.LAST_CALL, R.GONE_SILENT, least=6, most=78),
    Edge("last_call_days", last_call_out, R.LAST_CALL, R.GONE_SILENT, most=38),
    Edge("hostile_days", lambda n: prospect(touch(Outcome.HOSTILE, n)), R.HOSTILE, R.TOO_SOON, 1, least=30, most=365),
    Edge("callback_days", lambda n: prospect(callback=promise(9, n)), R.PROVEN_CALLBACK, R.FAR_CALLBACK, 1, least=14, most=365),
    Edge("callback_grace_days", lambda n: prospect(callback=promise(90, -n)), R.PROVEN_CALLBACK, R.PROMISE_MISSED, 1),
    Edge("deferrals", put_off, R.UNPROVEN_CALLBACK, R.SERIAL_DEFERRAL, least=2),
    Edge("probation_deferrals", on_probation, R.LIVE_INTEREST, R.SERIAL_DEFERRAL, least=1, most=20),
    Edge("probation_days", came_back, R.SERIAL_DEFERRAL, R.UNPROVEN_CALLBACK, 1, least=30, most=365),
    Edge("unknown_questions", lambda n: unknown_to(2, n), R.WORKING, R.UNANSWERED_QUESTIONS, least=1, most=5),
    Edge("unknown_reviews", unknown_to, R.WORKING, R.UNANSWERED_QUESTIONS, least=1),
    Edge("nurture_contacts", nurtured, R.NURTURING, R.NURTURE_EXHAUSTED, least=1),
    Edge("fresh_days", lambda n: prospect(created=moment(n)), R.FRESH_LEAD, R.NEVER_WORKED, 1),
    Edge("min_hourly_value", lambda n: silent(40, 5, n).with_changes(probability=Decimal(1)), R.POOR_PAYOFF, R.LAST_CALL, least=1, most=10_000),
)  # fmt: skip
ELSEWHERE = {
    "wake_days",
    "rescue_days",
    "answer_expires_days",
    "no_history_days",
    "early_stage_days",
}


GIVES_ROOM = {
    "recent_days": ("unreachable_days", 0),
    "attempts": ("gone_silent_attempts", 1),
    "probation_deferrals": ("deferrals", 0),
}
"""What must be moved along with a threshold, and by how much more."""


def with_threshold(key: str, value: int) -> Settings:
    """The defaults but for one threshold, and another one where it leaves no room."""
    other, more = GIVES_ROOM.get(key, (key, 0))
    room = {other: max(value + more, getattr(Thresholds(), other))} if other != key else {}
    return Settings.model_validate({"thresholds": {key: value, **room}})


def generated(edge: Edge) -> list[int]:
    """The default of a threshold, its neighbours, the ends of its room, and some between."""
    usual, drawn = int(getattr(Thresholds(), edge.key)), Random(f"{edge.key} {edge.reached}")
    some = {drawn.randint(edge.least, edge.most) for _ in range(20)}
    near = {value for value in range(usual - 1, usual + 2) if edge.least <= value <= edge.most}
    return sorted({edge.least, edge.most} | near | some)


@pytest.mark.parametrize("edge", EDGES, ids=[f"{e.key}-{e.reached}" for e in EDGES])
def test_the_rules_differ_at_the_threshold_wherever_it_stands(edge: Edge) -> None:
    for value in generated(edge):
        settings, first = with_threshold(edge.key, value), value + edge.over
        assert finding(edge.having(first - 1), settings).rule is edge.below, value
        assert finding(edge.having(first), settings).rule is edge.reached, value
        assert finding(edge.having(first + 1), settings).rule is edge.reached, value


@pytest.mark.parametrize("edge", EDGES, ids=[f"{e.key}-{e.reached}" for e in EDGES])
def test_the_finding_names_its_threshold(edge: Edge) -> None:
    settings = with_threshold(edge.key, int(getattr(Thresholds(), edge.key)))
    first = int(getattr(settings.thresholds, edge.key)) + edge.over
    for figure in (first - 1, first):
        because = finding(edge.having(figure), settings).because
        section, _, key = because.key.partition(".")
        assert key in getattr(Settings(), section).__class__.model_fields
        assert because.threshold


def test_every_threshold_has_its_edge() -> None:
    assert {edge.key for edge in EDGES} | ELSEWHERE == set(Thresholds.model_fields)


@pytest.mark.parametrize("days", [0, 14, 30])
def test_a_far_callback_wakes_so_many_days_before(days: int) -> None:
    subject = prospect(callback=promise(9, 300))
    assert finding(subject, with_threshold("wake_days", days)).until == day(-300 + days)


@pytest.mark.parametrize("days", [0, 30, 45])
def test_a_rescue_lasts_so_many_days(days: int) -> None:
    chief = Contact(id="chief", name="Cleo Park", role=Role.ECONOMIC_BUYER)
    people = (Contact(id="desk", name="Dana"), chief)
    subject = silent(90, 8).with_changes(contacts=people)
    found = finding(subject, with_threshold("rescue_days", days))
    assert (found.rule, found.until) == (RuleName.RESCUE, day(-days))
    by_visit = finding(silent(90, 8), with_threshold("rescue_days", days))
    begins = advice(silent(90, 8)).earliest
    assert begins is not None
    assert by_visit.until == begins + timedelta(days=days)


@pytest.mark.parametrize("days", [1, 30])
def test_an_answer_is_asked_again_from_an_age_on(days: int) -> None:
    settings = with_threshold("answer_expires_days", days)
    claims = {
        "budget": answer(AnswerState.CLAIMED, days - 1),
        "process": answer(AnswerState.CLAIMED, days),
        "decision": answer(AnswerState.CONFIRMED, days),
        "change": answer(AnswerState.CLAIMED, None),
    }
    assert stale_answers(evidence(prospect(answers=claims), settings)) == ("decision", "process")


class TestTiers:
    @pytest.mark.parametrize(("low", "high"), [(10_000, 100_000), (500, 501), (70, 70)])
    def test_silence_ends_by_tier(self, low: int, high: int) -> None:
        settings = Settings(tiers=Tiers(low_below=Decimal(low), high_from=Decimal(high)))
        ends = [finding(silent(90, 8, worth), settings) for worth in (low - 1, low, high - 1, high)]
        assert ends[0].destination is Column.DROPPED
        assert ends[1].destination is (Column.ACTIVE if low == high else Column.NURTURE)
        assert ends[2].destination is (Column.DROPPED if low == high else Column.NURTURE)
        assert ends[3].rule is RuleName.RESCUE

    def test_potential_makes_the_tier(self) -> None:
        one_short = silent(90, 8, 1).with_changes(locations=99_999)
        assert finding(one_short).destination is Column.NURTURE
        assert finding(one_short.with_changes(locations=100_000)).rule is RuleName.RESCUE

    def test_no_value_is_low_and_is_labelled(self) -> None:
        unknown = silent(90, 8).with_changes(value=None)
        assert finding(unknown).destination is Column.DROPPED
        assert "no value known" in recommend(unknown, TODAY, Settings()).assumptions[0]

    @pytest.mark.parametrize(
        ("worth", "destination"),
        [(99_999, Column.DROPPED), (100_000, Column.NURTURE)],
    )
    def test_serial_deferral_of_the_high_tier_is_nurtured_by_email(
        self, worth: int, destination: Column
    ) -> None:
        found = finding(put_off(3).with_changes(value=money(worth)))
        assert found.destination is destination
        assert found.email_only is (destination is Column.NURTURE)

    @pytest.mark.parametrize(
        ("worth", "destination"), [(9_999, Column.DROPPED), (10_000, Column.NURTURE)]
    )
    def test_unqualified_and_low_is_dropped(self, worth: int, destination: Column) -> None:
        assert finding(unknown_to(2).with_changes(value=money(worth))).destination is destination


CALENDAR = Settings().calendar


class TestPressureEdges:
    @pytest.mark.parametrize(
        ("attempts", "wait"), [(0, 0), (1, 2), (2, 3), (3, 5), (4, 7), (5, 14), (6, 30), (9, 30)]
    )
    def test_the_wait_grows(self, attempts: int, wait: int) -> None:
        pressure = contact_pressure(evidence(silent(29, attempts)))
        assert pressure.wait_days == wait
        assert pressure.earliest == CALENDAR.working_from(day(1 - wait if attempts else 0))

    def test_the_last_figure_holds_from_then_on(self) -> None:
        settings = Settings(pressure=PressureSettings(wait_days=(4, 9)))
        waits = [contact_pressure(evidence(silent(29, n), settings)).wait_days for n in (1, 2, 3)]
        assert waits == [4, 9, 9]

    @pytest.mark.parametrize("days", [1, 30, 45])
    def test_a_complaint_makes_the_wait_longer(self, days: int) -> None:
        settings = Settings(pressure=PressureSettings(complaint_days=days))
        moved = prospect(touch(Outcome.VOICEMAIL, 3), touch(Outcome.COMPLAINT, 2))
        pressure = contact_pressure(evidence(moved, settings))
        assert (pressure.wait_days, pressure.complaint) == (max(2, days), True)
        assert pressure.earliest == CALENDAR.working_from(max(TODAY.day, day(2 - max(2, days))))

    @pytest.mark.parametrize("limit", [1, 3])
    def test_more_attempts_than_the_burst_say_slow_down(self, limit: int) -> None:
        settings = Settings(pressure=PressureSettings(burst_attempts=limit))
        assert not contact_pressure(evidence(silent(29, limit), settings)).slow_down
        assert contact_pressure(evidence(silent(29, limit + 1), settings)).slow_down

    @pytest.mark.parametrize("days", [10, 14])
    def test_a_burst_is_looked_for_in_so_many_days(self, days: int) -> None:
        settings = Settings(pressure=PressureSettings(burst_days=days))
        for first, hasty in ((days - 1, True), (days, False)):
            tried = prospect(*touches(Outcome.NO_ANSWER, 1, 2, 3, first))
            assert contact_pressure(evidence(tried, settings)).slow_down is hasty


class TestPresets:
    @pytest.mark.parametrize(
        ("name", "recent", "unreachable", "attempts"),
        [("transactional", 14, 30, 4), ("standard", 30, 60, 5), ("enterprise", 60, 120, 8)],
    )
    def test_figures_of_the_design(
        self, name: str, recent: int, unreachable: int, attempts: int
    ) -> None:
        thresholds = Settings.model_validate({"preset": name}).thresholds
        figures = (thresholds.recent_days, thresholds.unreachable_days, thresholds.attempts)
        assert figures == (recent, unreachable, attempts)
        assert thresholds.gone_silent_attempts == attempts + 1

    @pytest.mark.parametrize(
        ("name", "days", "attempts"),
        [("transactional", 30, 5), ("standard", 60, 6), ("enterprise", 120, 9)],
    )
    def test_silence_is_gone_at_its_preset(self, name: str, days: int, attempts: int) -> None:
        settings = Settings.model_validate({"preset": name})
        assert finding(silent(days, attempts, 1000), settings).rule is RuleName.GONE_SILENT
        assert finding(silent(days - 1, attempts, 1000), settings).verdict is Verdict.KEEP
        assert finding(silent(days, attempts - 1, 1000), settings).verdict is Verdict.KEEP

    @pytest.mark.parametrize("name", ["transactional", "enterprise"])
    def test_everybody_is_judged_and_could_change_under_each(self, name: str) -> None:
        settings = Settings.model_validate({"preset": name})
        for scenario in SCENARIOS:
            today = Today(scenario.today)
            made = recommend(scenario.prospect, today, settings)
            assert made.what_would_change is not None
            turned, then = made.what_would_change.apply(scenario.prospect, today)
            assert recommend(turned, then, settings).verdict is not made.verdict


class TestRulesOff:
    def test_without_the_rescue_high_silence_is_nurtured(self) -> None:
        settings = Settings(rules={RuleName.RESCUE: False})
        found = finding(silent(90, 8), settings)
        assert (found.rule, found.destination) == (RuleName.GONE_SILENT, Column.NURTURE)

    def test_without_gone_silent_the_rescue_still_stands(self) -> None:
        settings = Settings(rules={RuleName.GONE_SILENT: False})
        assert finding(silent(90, 8), settings).rule is RuleName.RESCUE
        assert finding(silent(90, 8, 1000), settings).rule is RuleName.LAST_CALL

    def test_without_exhaustion_nurturing_goes_on(self) -> None:
        settings = Settings(rules={RuleName.NURTURE_EXHAUSTED: False})
        assert finding(nurtured(40), settings).rule is RuleName.NURTURING

    def test_order_of_switches_is_no_difference(self) -> None:
        off = [RuleName.RESCUE, RuleName.HOSTILE, RuleName.WORKING]
        values = dict.fromkeys(off, True) | {RuleName.RESCUE: False}
        turned = {rule: values[rule] for rule in reversed(off)}
        assert Settings(rules=values).fingerprint() == Settings(rules=turned).fingerprint()


def test_a_rescue_keeps_until_its_last_day() -> None:
    rescue = Rescue(on=day(30), until=day(0), route="the champion")
    contacts = (Contact(id="c", name="Dana", role=Role.CHAMPION, tried=True),)
    subject = silent(120, 9).with_changes(rescue=rescue, contacts=contacts)
    assert finding(subject).rule is RuleName.RESCUE
    tomorrow = Today(TODAY.day + timedelta(days=1))
    assert finding(subject, today=tomorrow).rule is RuleName.GONE_SILENT


def test_our_hours_decide_the_payoff_of_the_next_step() -> None:
    settings = Settings(estimates=Estimates(hours=Decimal(4)))
    poor = silent(40, 5, 1_000).with_changes(probability=Decimal("0.5"))
    assert finding(poor).rule is RuleName.LAST_CALL
    assert finding(poor, settings).rule is RuleName.POOR_PAYOFF
