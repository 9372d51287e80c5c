"""A lost bet is a rule of its own: when it is lost, what keeps it out, and in which words."""

from datetime import timedelta
from typing import Any

import pytest

from review_board.judgement.argument_text import next_touch_words
from review_board.judgement.bets import verdicts_since
from review_board.judgement.card_status import status_line
from review_board.judgement.due.tasks import agenda_of
from review_board.judgement.evidence import gather
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, NextStep, Touch
from review_board.pipeline.vocabulary import Column, Outcome
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Calendar
from review_board.settings.tree import Settings
from tests.judgement.build import (
    TODAY,
    advice,
    day,
    evidence,
    finding,
    in_lines,
    moment,
    promise,
    prospect,
    quote,
    recommend,
    touch,
    verdict_record,
)

CALENDAR = Calendar()

BET = Bet(id="b-1", at=moment(10), by="ann", action="name a start day", until=day(1))


def kept(*touches: Touch, **fields: Any) -> Prospect:
    """A prospect with a signal before the bet, so that it looks alive."""
    return prospect(touch(Outcome.ADVANCED, 12), *touches, **{"bets": (BET,), **fields})


def test_it_is_let_go_in_words_of_its_own() -> None:
    made = advice(kept())
    assert (made.rule, made.destination) == (RuleName.LOST_BET, Column.DROPPED)
    assert made.finding.because.text == "bet lost, “name a start day” is not on record by 19 Nov"
    assert made.finding.because in made.reasons_to_let_go
    assert made.finding.because.evidence == ("bets/b-1",)
    assert made.changes_if == "they do it after all, or take a step of their own"
    lines = in_lines(kept(), with_rules=True)
    assert "  lost-bet: rules.lost-bet" in lines
    assert status_line(evidence(kept()), made.finding) == "nothing by 19 Nov"


@pytest.mark.parametrize(("days", "lost"), [(0, False), (1, True), (300, True)])
def test_it_is_lost_the_day_after_its_last_day(days: int, lost: bool) -> None:
    then = Today(BET.until + timedelta(days=days), TODAY.zone)
    made = recommend(kept(), then, Settings())
    assert (made.rule is RuleName.LOST_BET) is lost


def test_a_day_before_the_one_it_was_made_on_is_no_last_day() -> None:
    odd = BET.model_copy(update={"until": day(30)})
    assert advice(kept(bets=(odd,))).rule is RuleName.LOST_BET
    made_today = odd.model_copy(update={"at": moment(0)})
    assert advice(kept(bets=(made_today,))).rule is RuleName.LIVE_INTEREST


KEPT_OUT = {
    "a signal after the bet": kept(touch(Outcome.MEETING, 10, hour=18)),
    "a later verdict": kept(verdicts=(verdict_record(10), verdict_record(3))),
    "a proven callback asked after the bet": kept(callback=promise(5, 30)),
}


@pytest.mark.parametrize("subject", KEPT_OUT.values(), ids=KEPT_OUT)
def test_what_came_after_it_keeps_it_out(subject: Prospect) -> None:
    assert finding(subject).rule is not RuleName.LOST_BET


LOST_ALL_THE_SAME = {
    "a signal before the bet": kept(touch(Outcome.MEETING, 10, hour=6)),
    "an open quote": kept(quotes=(quote(20),)),
    "a callback promised before the bet": kept(callback=promise(11, 30)),
    "a callback without proof": kept(callback=promise(5, 30, proven=False)),
    "an answer without substance": kept(touch(Outcome.TALKED, 2)),
    "the verdict that made it": kept(verdicts=(verdict_record(10, at=BET.at),)),
}


@pytest.mark.parametrize("subject", LOST_ALL_THE_SAME.values(), ids=LOST_ALL_THE_SAME)
def test_nothing_else_does(subject: Prospect) -> None:
    assert finding(subject).rule is RuleName.LOST_BET


def test_what_to_do_about_a_lost_bet_is_what_the_next_review_does() -> None:
    said = "log it today if it happened"
    assert finding(kept()).action == "Log it today if it happened: the next review drops it"
    (task,) = [t for t in agenda_of(evidence(kept()), finding(kept())).tasks if t.kind == "bet"]
    assert task.action == f"{said}: name a start day; the next review drops it"


def running(*touches: Touch, **fields: Any) -> Prospect:
    """A prospect that was put off too often, and is kept on a bet that runs for three more days."""
    put_off = [touch(Outcome.DEFERRED, ago) for ago in (80, 60, 40)]
    bet = BET.model_copy(update={"until": day(-3)})
    return prospect(*put_off, *touches, **{"bets": (bet,), **fields})


def test_who_is_kept_on_a_bet_is_kept_until_its_day_whatever_the_record_says() -> None:
    made = advice(running())
    assert (made.rule, made.destination) == (RuleName.RUNNING_BET, Column.ACTIVE)
    assert made.finding.because.text == "a bet until 23 Nov, “name a start day”, else dropped"
    assert made.changes_if == "“name a start day” is not on record by 23 Nov"
    assert status_line(evidence(running()), made.finding) == "bet to 23 Nov"
    assert advice(running(bets=())).rule is RuleName.SERIAL_DEFERRAL
    assert advice(running(column=Column.NURTURE)).rule is not RuleName.RUNNING_BET


def test_to_keep_it_as_the_running_bet_advises_lets_the_bet_run_on() -> None:
    kept_again = verdict_record(5, rule=RuleName.RUNNING_BET)
    assert advice(running(verdicts=(kept_again,))).rule is RuleName.RUNNING_BET
    elsewhere = verdict_record(5, rule=RuleName.RUNNING_BET, destination=Column.CALLBACK)
    assert advice(running(verdicts=(elsewhere,))).rule is RuleName.SERIAL_DEFERRAL
    second = BET.model_copy(update={"id": "b-2", "at": kept_again.at, "until": day(-3)})
    both = running(verdicts=(kept_again,), bets=(BET, second))
    assert [*verdicts_since(BET, both)] == [kept_again]
    assert [*verdicts_since(second, both)] == []


def test_a_bet_stands_among_the_reasons_where_another_rule_keeps_the_card() -> None:
    subject = running(touch(Outcome.ADVANCED, 12))
    made = advice(subject)
    assert made.rule is RuleName.LIVE_INTEREST
    assert made.reasons_to_keep[0].text == "a bet until 23 Nov, “name a start day”, else dropped"
    assert status_line(evidence(subject), made.finding) == "bet to 23 Nov"


@pytest.mark.parametrize(
    ("step_in", "status", "action", "when"),
    [
        (5, "bet to 23 Nov", "Ask whether it happened", "23 Nov, as planned"),
        (2, "bet, next 22 Nov", "Fetch the form", "22 Nov, as planned"),
    ],
)
def test_the_first_of_the_day_of_a_bet_and_a_planned_step_is_the_next_day_everywhere(
    step_in: int, status: str, action: str, when: str
) -> None:
    step = NextStep(action="fetch the form", on=day(-step_in))
    subject = running(touch(Outcome.ADVANCED, 12), next_step=step)
    made = advice(subject)
    assert status_line(evidence(subject), made.finding) == status
    assert made.finding.action == action
    assert next_touch_words(made, TODAY, CALENDAR) == when
    assert made.changes_if == "“name a start day” is not on record by 23 Nov"


def test_switched_off_the_other_rules_speak() -> None:
    off = Settings(rules={"lost-bet": False})
    made = recommend(kept(), TODAY, off)
    assert made.rule is RuleName.LIVE_INTEREST
    assert gather(kept(), TODAY, off).lost_bet == BET


def test_the_bet_made_last_counts_wherever_it_stands_in_the_record() -> None:
    older = Bet(id="b-0", at=moment(40), by="ann", action="send the plan", until=day(30))
    newer = Bet(id="b-1", at=moment(10), by="ann", action="name a start day", until=day(-3))
    judged_between = {"verdicts": (verdict_record(35),)}
    assert evidence(kept(bets=(newer, older), **judged_between)).bet == newer
    assert finding(kept(bets=(newer, older))).rule is not RuleName.LOST_BET
