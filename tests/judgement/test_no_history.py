"""A list without contacts proves no silence: what is said of such a prospect, and until when."""

from datetime import UTC
from typing import Any

import pytest

from review_board.judgement.card_status import status_line, tone_of
from review_board.judgement.contact_lines import contact_lines
from review_board.judgement.due.queue_order import Group, queue_card
from review_board.judgement.due.tasks import agenda_of
from review_board.judgement.rule import Tone
from review_board.judgement.rule_words import nothing_from_them
from review_board.pipeline import changes
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import DAY_ALONE, NextStep
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, Outcome, Verdict
from review_board.review.verdicts import is_against
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from tests.judgement.build import (
    TODAY,
    advice,
    day,
    evidence,
    finding,
    in_lines,
    moment,
    prospect,
    quote,
    recommend,
    touch,
)

FROM_A_LIST: dict[str, Any] = {"contact_history": False}


def listed(age: int | None, *touches: Any, **fields: Any) -> Prospect:
    """A prospect of a list without contacts, put on record so many days ago."""
    created = None if age is None else moment(age)
    return prospect(*touches, **{**FROM_A_LIST, "created": created, **fields})


KEPT = {
    "no dates at all": listed(None),
    "some months old": listed(300),
    "old, and to be closed in spring": listed(3419, close_date=day(-120)),
    "old, its close date just over": listed(3419, close_date=day(20)),
    "old, with a step ahead": listed(3419, next_step=NextStep(action="call", on=day(-3))),
}
LET_GO = {
    "open for years": listed(3419),
    "its close date passed years ago": listed(None, close_date=day(800)),
    "from an older import": prospect(created=moment(3419), external_id="006-1"),
    "only ever mailed": listed(3419, touch(Outcome.MAILING, 5)),
}


@pytest.mark.parametrize("subject", [*KEPT.values(), *LET_GO.values()], ids=[*KEPT, *LET_GO])
def test_nothing_is_said_of_calls_and_nobody_is_owed(subject: Prospect) -> None:
    made = advice(subject)
    lines = "\n".join(in_lines(subject)).casefold()
    assert made.rule is RuleName.NO_HISTORY
    assert "no contact history in this list" in lines
    assert not any(words in lines for words in ("nobody ever called", "never", "release it"))
    card = queue_card(evidence(subject), made.finding.match)
    assert card
    assert card.group is not Group.OWED


@pytest.mark.parametrize("subject", KEPT.values(), ids=KEPT)
def test_what_is_current_is_kept(subject: Prospect) -> None:
    assert finding(subject).verdict is Verdict.KEEP


@pytest.mark.parametrize("subject", LET_GO.values(), ids=LET_GO)
def test_the_oldest_are_sure_purges(subject: Prospect) -> None:
    made = advice(subject)
    assert made.destination is Column.DROPPED
    assert made.finding.action == "Nothing on record for years: let go?"
    assert made.finding.because in made.reasons_to_let_go
    card = queue_card(evidence(subject), made.finding.match)
    assert card
    assert card.group is Group.SURE_PURGE


@pytest.mark.parametrize(("age", "verdict"), [(729, Verdict.KEEP), (730, Verdict.PURGE)])
def test_how_old_is_a_setting(age: int, verdict: Verdict) -> None:
    assert finding(listed(age)).verdict is verdict
    half = Settings.model_validate({"thresholds": {"no_history_days": age // 2}})
    assert recommend(listed(age), TODAY, half).verdict is Verdict.PURGE


STAGES = {  # the stage, and the days of age from which it may be let go
    "Prospecting": 365,
    "Qualification": 365,
    "Erstgespräch": 365,
    "Value Proposition": 730,
    "Xyzzy": 730,
    "Closed Lost": 730,
    "Negotiation/Review": 730,
    "Angebot verschickt": 730,
}


@pytest.mark.parametrize(("stage", "days"), STAGES.items())
def test_a_late_stage_is_kept_longer_than_an_early_one(stage: str, days: int) -> None:
    assert finding(listed(days - 1, stage=stage)).verdict is Verdict.KEEP
    assert finding(listed(days, stage=stage)).verdict is Verdict.PURGE
    assert finding(listed(None, stage=stage, close_date=day(days))).verdict is Verdict.PURGE


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "no contact history"),
        ({"close_date": day(20)}, "was to close 31 Oct"),
        ({"close_date": day(-20)}, "closes 10 Dec"),
        ({"next_step": NextStep(action="call", on=day(-3))}, "next 23 Nov"),
    ],
)
def test_a_card_shows_the_next_step_or_the_close_date(fields: Any, words: str) -> None:
    card = listed(300, **fields)
    assert status_line(evidence(card), finding(card)) == words


def test_the_reason_and_what_to_do_say_the_stage() -> None:
    late = advice(listed(900, stage="Negotiation", close_date=day(60))).finding
    assert late.because.text == ("Negotiation, close date passed 60 days ago, no contact history")
    assert late.because.evidence == ("stage", "close_date")
    assert late.action == "Ask where it stands"
    condition = advice(listed(900, stage="Negotiation")).what_would_change
    assert condition
    assert "first call" not in condition.words  # nobody knows whether there was one
    early = advice(listed(400, stage="Qualification"))
    assert early.finding.because.text == ("Qualification, open for 400 days, no contact history")
    assert (early.finding.because.threshold, early.finding.because.key) == (
        "≥ 365",
        "thresholds.early_stage_days",
    )
    assert early.finding.action == "Still at an early stage: let go?"
    assert early.finding.because in early.reasons_to_let_go


def test_how_far_it_came_speaks_for_keeping_it() -> None:
    said = [line.text for line in advice(listed(3419, stage="Contract Sent")).reasons_to_keep]
    assert "it got as far as Contract Sent" in said
    others = [line.text for line in advice(listed(3419, stage="Qualification")).reasons_to_keep]
    assert not any("as far as" in line for line in others)


CONTACTED = touch(Outcome.CONTACTED, 143, from_list=True)
CURRENT = {
    "contacted of late": listed(300, touch(Outcome.CONTACTED, 9, from_list=True)),
    "to be closed in spring": listed(300, close_date=day(-120)),
    "a step ahead": listed(
        300, CONTACTED, close_date=day(20), next_step=NextStep(action="call", on=day(-3))
    ),
}
STALLED = {
    "contacted long ago": listed(300, CONTACTED, close_date=day(-120)),
    "its close date is over": listed(300, close_date=day(20)),
    "old, and nothing is known": listed(300),
}


@pytest.mark.parametrize(("subjects", "tone"), [(CURRENT, Tone.KEEP), (STALLED, Tone.ACT)])
def test_what_a_list_says_has_stalled_asks_for_something(
    subjects: dict[str, Prospect], tone: Tone
) -> None:
    found = {name: tone_of(finding(subject)) for name, subject in subjects.items()}
    assert found == dict.fromkeys(subjects, tone)


def test_a_contact_long_ago_is_a_reason_to_let_go_and_none_to_keep() -> None:
    made = advice(listed(300, CONTACTED, close_date=day(20)))
    keep, let_go = (
        [line.text for line in side] for side in (made.reasons_to_keep, made.reasons_to_let_go)
    )
    assert "last contact 143 days ago, says the list (over 30 is long)" in let_go
    assert "the expected close date passed 20 days ago" in let_go
    assert keep == ["nobody noted how they answered: silence proves nothing"]


def test_what_was_before_the_list_stays_unknown_after_a_first_call() -> None:
    called = evidence(listed(300, touch(Outcome.NO_ANSWER, 2)))
    assert not called.has_no_history
    assert called.lacks_history
    assert contact_lines(called, 60).them.age == "not known"
    own = evidence(prospect(touch(Outcome.NO_ANSWER, 2)))
    assert contact_lines(own, 60).them.age == "no answer"


def test_nothing_is_decided_against_a_record_that_knows_nothing() -> None:
    assert not is_against(Column.DROPPED, advice(STALLED["contacted long ago"]))
    assert not is_against(Column.ACTIVE, advice(LET_GO["open for years"]))
    called = advice(listed(300, touch(Outcome.MEETING, 3)))
    assert is_against(Column.DROPPED, called)


def test_a_quote_of_which_only_the_stage_tells_is_asked_about() -> None:
    made = advice(listed(100, stage="Angebot raus"))
    assert made.finding.action == "Ask where the quote stands"
    assert "a quote is out, says its stage: Angebot raus" in [x.text for x in made.reasons_to_keep]
    assert any("log it with its day" in said for said in made.assumptions)
    logged = advice(listed(100, stage="Angebot raus", quotes=(quote(10),)))
    assert not any("log it with its day" in said for said in logged.assumptions)


def test_a_story_instead_of_a_stage_is_cut() -> None:
    text = finding(listed(400, stage=f"Contract {'with many words ' * 9}")).because.text
    stage, comma, _ = text.partition(" …, open for 400 days")
    assert comma
    assert stage.startswith("Contract with")
    assert len(stage) <= 60


def test_a_stage_that_is_not_known_changes_nothing() -> None:
    for subject in [*KEPT.values(), *LET_GO.values()]:
        assert finding(subject.with_changes(stage="Xyzzy")) == finding(subject)


def test_the_stage_decides_only_where_there_is_no_history_and_a_late_one_speaks_always() -> None:
    """A call logged takes nothing from how far they came: that stays true while the stage is the same."""
    for stage, said in (("Prospecting", []), ("Verhandlung", ["it got as far as Verhandlung"])):
        called = listed(3419, touch(Outcome.NO_ANSWER, 40), stage=stage)
        made, without = advice(called), advice(called.with_changes(stage=""))
        assert made.finding == without.finding
        assert made.reasons_to_let_go == without.reasons_to_let_go
        new = [line.text for line in made.reasons_to_keep if line not in without.reasons_to_keep]
        assert new == said


def test_a_way_not_tried_is_no_reason_while_they_show_interest() -> None:
    talked = advice(listed(300, touch(Outcome.ADVANCED, 0)))
    assert not any("no try logged" in line.text for line in talked.reasons_to_keep)


def test_a_tag_is_no_stage() -> None:
    tagged = listed(400, tags=("Prospecting",))
    assert finding(tagged) == finding(listed(400))


def test_an_early_stage_never_lies_longer_than_others() -> None:
    short = Settings.model_validate({"thresholds": {"no_history_days": 100}})
    found = recommend(listed(100, stage="New"), TODAY, short)
    assert found.verdict is Verdict.PURGE
    assert found.finding.because.key == "thresholds.no_history_days"


def test_a_step_ahead_is_what_it_waits_for() -> None:
    step = NextStep(action="call", on=day(-3))
    because = finding(listed(3419, next_step=step, close_date=day(800))).because
    assert because.text.startswith("no contact history in this list, its next step is on ")
    assert because.evidence == ("next_step",)


def test_a_fresh_lead_is_one_whatever_list_it_came_from() -> None:
    made = advice(listed(3))
    assert made.rule is RuleName.FRESH_LEAD
    assert (
        made.finding.because.text
        == "came in 3 days ago, no contact history in this list (a first call is owed after 14 days)"
    )


def test_what_came_as_far_as_an_offer_needs_no_first_call() -> None:
    assert finding(listed(3, stage="Qualification")).rule is RuleName.FRESH_LEAD
    made = finding(listed(3, stage="Angebot"))
    assert (made.rule, made.verdict) == (RuleName.NO_HISTORY, Verdict.KEEP)
    assert made.action == "Ask where the quote stands"
    overdue = listed(3, stage="Angebot", close_date=day(800))
    assert finding(overdue).verdict is Verdict.KEEP


def test_a_first_touch_brings_the_ordinary_rules_back() -> None:
    assert finding(listed(3419, touch(Outcome.NO_ANSWER, 40))).rule is RuleName.TOO_SOON
    assert finding(listed(3419, touch(Outcome.TALKED, 2))).rule is RuleName.WORKING


def test_one_of_our_own_was_never_called() -> None:
    assert finding(prospect(created=moment(40), source="web")).rule is RuleName.NEVER_WORKED


def test_a_call_of_no_outcome_begins_silence_anew_and_is_no_attempt() -> None:
    tries = [touch(Outcome.NO_ANSWER, age) for age in (90, 85, 80, 75, 70, 65)]
    answered = touch(Outcome.TALKED, 100)
    assert finding(prospect(answered, *tries)).verdict is Verdict.PURGE
    e = evidence(prospect(answered, *tries, touch(Outcome.CONTACTED, 20)))
    assert (e.silent_days, e.unanswered, e.lacks_history) == (20, 6, True)
    assert finding(e.prospect).verdict is Verdict.KEEP
    said = "last contact 20 days ago, outcome not noted, 6 attempts unanswered"
    assert said in "\n".join(in_lines(e.prospect))


def told(age: int, **fields: Any) -> Any:
    return touch(Outcome.CONTACTED, age, from_list=True, **fields)


def test_what_a_list_says_is_planned_is_told_when_its_day_is_over() -> None:
    step = NextStep(action=DAY_ALONE, on=day(2))
    (advice, *_), late = in_lines(listed(None, told(8), next_step=step)), "its next step was due"
    assert advice == f"KEEP in Active: last contact 8 days ago, says the list, {late} 18 Nov"
    (advice, *_) = in_lines(listed(None, told(8)))
    assert advice == "KEEP in Active: last contact 8 days ago, says the list"


def test_a_later_attempt_is_a_contact_too() -> None:
    lines = "\n".join(in_lines(listed(None, told(70), touch(Outcome.NO_ANSWER, 0))))
    assert "contact of 11 Sep, outcome not noted, 1 attempt unanswered" in lines
    assert "last contact" not in lines


def test_a_note_of_the_day_of_a_listed_contact_tells_how_it_ended() -> None:
    subject, stamp = listed(None, told(7), told(20)), Stamp(at=moment(0), by="ann", key="t-new")
    after = changes.log_touch(subject, Outcome.NO_ANSWER, stamp, at=moment(7, 15))
    assert [t.outcome for t in after.touches] == [Outcome.CONTACTED, Outcome.NO_ANSWER]
    came = changes.log_touch(subject, Outcome.INBOUND, stamp, at=moment(7, 15))
    assert len(came.touches) == 3, "what comes from them does not tell how our contact ended"


@pytest.mark.parametrize("outcome", [Outcome.MAILING, Outcome.QUOTE, Outcome.EMAIL])
def test_an_email_of_the_day_says_nothing_of_a_listed_call(outcome: Outcome) -> None:
    stamp = Stamp(at=moment(0), by="ann", key="t-new")
    after = changes.log_touch(listed(None, told(7)), outcome, stamp, at=moment(7, 15))
    assert [t.outcome for t in after.touches] == [Outcome.CONTACTED, outcome]


def test_a_stage_is_not_said_to_tell_of_a_quote_that_a_column_tells() -> None:
    sent = touch(Outcome.QUOTE, 20, from_list=True)
    lines = "\n".join(in_lines(listed(None, sent, stage="Negotiation")))
    assert "it got as far as Negotiation" in lines
    assert "says its stage" not in lines


def test_a_step_of_which_only_the_day_is_known_reads_as_something_to_do() -> None:
    subject = listed(300, next_step=NextStep(action=DAY_ALONE, on=day(-3)))
    (task,) = agenda_of(evidence(subject), finding(subject)).tasks
    assert task.action == "contact them, the list names the day"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"times_contacted": 12}, "contacted 12 times, outcome not noted, 1 attempt unanswered"),
        ({}, "1 attempt logged so far, the first today"),
    ],
)
def test_the_first_call_logged_of_a_listed_card_is_not_said_to_be_the_first(
    fields: dict[str, Any], said: str
) -> None:
    subject = listed(300, touch(Outcome.NO_ANSWER, 0), **fields)
    lines = "\n".join(in_lines(subject))
    assert f"KEEP in Active: {said}" in lines
    assert "only 1 of 5 attempts logged" in lines
    assert "no try logged yet: in person, letter, email" in lines
    assert not any(words in lines for words in ("attempts made", "not tried", "never"))
    later = evidence(subject, today=Today(day(-40), UTC))
    assert nothing_from_them(later) == "no answer noted for 40 days"


def test_calls_of_no_outcome_alone_are_no_history() -> None:
    subject = prospect(touch(Outcome.CONTACTED, 40), external_id="006-1")
    assert finding(subject).rule is RuleName.NO_HISTORY
    lines = "\n".join(in_lines(subject))
    assert "never" not in lines
    assert "nobody noted how they answered: silence proves nothing" in lines
