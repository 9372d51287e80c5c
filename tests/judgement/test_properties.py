"""What must hold for every prospect: the last paragraph of the product's design, as laws."""

import json
import os
import subprocess
import sys
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import orjson
import pytest
from hypothesis import assume, event, given
from hypothesis import strategies as st

from review_board.judgement import (
    Recommendation,
    as_json,
    decide,
    explain_lines,
    gather,
    recommend,
    status_line,
)
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.records import NoteEntry, Touch, touch_of
from review_board.pipeline.vocabulary import (
    OUTCOMES,
    Column,
    Direction,
    Outcome,
    QuoteState,
    Verdict,
)
from review_board.settings import RuleName
from tests.judgement.build import DEFAULTS, TODAY, advice, day
from tests.judgement.strategies import (
    ATTEMPTS,
    SIGNALS,
    any_story,
    clock_times,
    mixed,
    pick,
    prospects,
    stories,
    todays,
    worths,
)

NEVER_UNDER_FIVE = {RuleName.GONE_SILENT, RuleName.POOR_PAYOFF, RuleName.LAST_CALL}
ALWAYS_DROP = {RuleName.DO_NOT_CONTACT, RuleName.KNOCKED_OUT}


def dump(made: Recommendation) -> bytes:
    """The bytes that a recommendation comes to, key order included."""
    return orjson.dumps(as_json(made))


def last_moment(subject: Prospect, today: Today) -> datetime:
    """Today, not before anything on record by then."""
    noon = datetime(today.day.year, today.day.month, today.day.day, 12, tzinfo=today.zone)
    dated = (*subject.touches, *subject.pushes, *([subject.drop] if subject.drop else ()))
    known: list[datetime] = [e.at for e in dated if today.day_of(e.at) <= today.day]
    return max([noon, *known])


def with_touch(subject: Prospect, outcome: Outcome, at: datetime) -> Prospect:
    """One more touch, entered last."""
    added = touch_of(outcome, id="added", at=at, by="ann")
    return subject.with_changes(touches=(*subject.touches, added))


@pytest.mark.parametrize("rule", RuleName)
def test_each_rule_has_its_prospects(rule: RuleName) -> None:
    @given(stories(rule))
    def found(subject: Prospect) -> None:
        made = advice(subject)
        assert made.rule is rule
        assert made.flip is not None

    found()


@given(prospects, todays)
def test_few_attempts_are_never_held_against_anybody(subject: Prospect, today: Today) -> None:
    tried = {
        today.day_of(t.at)
        for t in subject.touches
        if t.direction is Direction.OUTBOUND
        and (OUTCOMES[t.outcome].attempt or OUTCOMES[t.outcome].response)
        and today.day_of(t.at) <= today.day
    }
    made = decide(gather(subject, today, DEFAULTS), DEFAULTS)
    event(f"rule {made.rule}")
    assert len(tried) >= 5 or made.rule not in NEVER_UNDER_FIVE


@given(prospects, todays, pick(None, Decimal("0.5"), Decimal(400)))
def test_hours_spent_count_for_nothing(
    subject: Prospect, today: Today, spent: Decimal | None
) -> None:
    before = as_json(recommend(subject, today, DEFAULTS))
    after = as_json(recommend(subject.with_changes(hours_spent=spent), today, DEFAULTS))
    assert {**before, "already_spent": None} == {**after, "already_spent": None}


@given(prospects, todays)
def test_one_more_empty_deferral_never_softens_a_drop(subject: Prospect, today: Today) -> None:
    before = decide(gather(subject, today, DEFAULTS), DEFAULTS)
    assume(before.destination is Column.DROPPED)
    put_off = with_touch(subject, Outcome.DEFERRED, last_moment(subject, today))
    after = decide(gather(put_off, today, DEFAULTS), DEFAULTS)
    assert after.destination is Column.DROPPED, f"{before.rule} became {after.rule}"


@given(prospects, todays, st.integers(0, 400), clock_times)
def test_a_deferral_entered_late_never_softens_a_drop(
    subject: Prospect, today: Today, ago: int, minutes: int
) -> None:
    before = decide(gather(subject, today, DEFAULTS), DEFAULTS)
    assume(before.destination is Column.DROPPED)
    at = last_moment(subject, today) - timedelta(days=ago, minutes=minutes)
    put_off = with_touch(subject, Outcome.DEFERRED, at)
    after = decide(gather(put_off, today, DEFAULTS), DEFAULTS)
    assert after.destination is Column.DROPPED, f"{before.rule} became {after.rule}"


@given(prospects, todays, worths, pick(1, 120))
def test_more_value_never_drops(
    subject: Prospect, today: Today, more: int | None, locations: int
) -> None:
    currency = subject.value.currency if subject.value else "USD"
    worth = subject.value.amount if subject.value else Decimal(0)
    richer = subject.with_changes(
        value=Money(amount=max(worth, Decimal(more or 0)), currency=currency),
        locations=max(subject.locations, locations),
    )
    before = decide(gather(subject, today, DEFAULTS), DEFAULTS).destination
    after = decide(gather(richer, today, DEFAULTS), DEFAULTS).destination
    assert after is not Column.DROPPED or before is Column.DROPPED


@given(prospects, todays, st.sampled_from(SIGNALS))
def test_a_signal_today_is_never_dropped(subject: Prospect, today: Today, outcome: Outcome) -> None:
    moved = with_touch(subject, outcome, last_moment(subject, today))
    made = decide(gather(moved, today, DEFAULTS), DEFAULTS)
    event(f"rule {made.rule}")
    assert made.destination is not Column.DROPPED or made.rule in ALWAYS_DROP


@given(prospects, todays)
def test_everybody_gets_a_verdict_a_rule_and_evidence(subject: Prospect, today: Today) -> None:
    found = gather(subject, today, DEFAULTS)
    made = recommend(subject, today, DEFAULTS)
    assert made.finding == decide(found, DEFAULTS)
    assert made.verdict is Verdict.of(made.destination)
    assert made.finding.because.evidence
    assert {e for e in made.evidence if not _is_on_record(e, subject)} == set()
    assert len(set(made.evidence)) == len(made.evidence)
    lines = explain_lines(made, today)
    assert lines[0].startswith(f"{made.verdict.upper()} → {made.destination.title}")
    assert all("\n" not in line for line in lines)
    assert 0 < len(status_line(found, made.finding)) <= 26
    assert json.loads(json.dumps(as_json(made)))["rule"] == made.rule


def _is_on_record(name: str, subject: Prospect) -> bool:
    """Whether an evidence id names something of this prospect."""
    field, _, key = name.partition("/")
    if field == "answers":
        return key in {"process", "budget", "decision", "change", "next-step"}
    if not key:
        return field in Prospect.model_fields
    return any(item.id == key for item in getattr(subject, field))


@given(prospects, todays)
def test_the_named_flip_flips(subject: Prospect, today: Today) -> None:
    made = recommend(subject, today, DEFAULTS)
    event(f"rule {made.rule}")
    assert made.flip is not None
    assert made.flip.words
    turned, then = made.flip.apply(subject, today)
    assert then.day >= today.day
    assert recommend(turned, then, DEFAULTS).verdict is not made.verdict, made.flip.words


@given(prospects, todays, st.randoms(use_true_random=False))
def test_no_order_of_keys_leaks_in(subject: Prospect, today: Today, random: Any) -> None:
    document = to_document(subject)
    assert dump(recommend(from_document(document), today, DEFAULTS)) == dump(
        recommend(from_document(_shuffled(document, random)), today, DEFAULTS)
    )


def _shuffled(value: Any, random: Any) -> Any:
    """The same JSON value with its keys in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: _shuffled(value[key], random) for key in keys}
    return [_shuffled(item, random) for item in value] if isinstance(value, list) else value


@given(prospects, todays, st.sampled_from(Column))
def test_our_own_notes_and_moves_change_nothing(
    subject: Prospect, today: Today, to: Column
) -> None:
    assume(subject.column is not Column.NURTURE)
    assume(to is not Column.NURTURE)
    note = NoteEntry(id="new", at=last_moment(subject, today), by="ann", text="so promising")
    moved = subject.with_changes(column=to, notes=(*subject.notes, note), owner="bob", tags=("x",))
    assert dump(recommend(moved, today, DEFAULTS)) == dump(recommend(subject, today, DEFAULTS))


@given(prospects, todays, st.integers(-90, 400))
def test_what_comes_later_changes_no_earlier_day(subject: Prospect, today: Today, ago: int) -> None:
    then = Today(today.day - timedelta(days=ago), today.zone)
    cut = _as_known_then(subject, then)
    assert dump(recommend(subject, then, DEFAULTS)) == dump(recommend(cut, then, DEFAULTS))


def _as_known_then(subject: Prospect, then: Today) -> Prospect:
    """The record without whatever carries a later date."""

    def known(on: date | None) -> bool:
        return on is None or on <= then.day

    def until(items: Iterable[Any]) -> tuple[Any, ...]:
        return tuple(item for item in items if known(then.day_of(item.at)))

    def undecided(quote: Any) -> Any:
        if known(quote.decided_on):
            return quote
        return quote.model_copy(update={"state": QuoteState.OPEN, "decided_on": None})

    drop, silenced = subject.drop, subject.do_not_contact
    return subject.with_changes(
        touches=until(subject.touches),
        pushes=until(subject.pushes),
        notes=until(subject.notes),
        verdicts=until(subject.verdicts),
        quotes=tuple(undecided(q) for q in subject.quotes if known(q.sent_on)),
        answers={key: a for key, a in subject.answers.items() if known(a.on)},
        callback=subject.callback
        if subject.callback and known(subject.callback.asked_on)
        else None,
        rescue=subject.rescue if subject.rescue and known(subject.rescue.on) else None,
        drop=drop if drop and known(then.day_of(drop.at)) else None,
        do_not_contact=silenced if silenced and known(then.day_of(silenced.at)) else None,
    )


@given(prospects, todays, st.sampled_from(Outcome), st.integers(1, 90))
def test_a_touch_of_tomorrow_says_nothing_today(
    subject: Prospect, today: Today, outcome: Outcome, ahead: int
) -> None:
    at = datetime(today.day.year, today.day.month, today.day.day, 0, 0, tzinfo=today.zone)
    later = with_touch(subject, outcome, at + timedelta(days=ahead))
    assert dump(recommend(later, today, DEFAULTS)) == dump(recommend(subject, today, DEFAULTS))


@given(st.one_of(any_story, mixed()), st.sampled_from(RuleName))
def test_with_any_rule_off_there_is_still_a_recommendation(
    subject: Prospect, off: RuleName
) -> None:
    assume(off is not RuleName.WORKING)
    settings = DEFAULTS.model_copy(update={"rules": {off: False}})
    made = recommend(subject, TODAY, settings)
    assert made.rule is not off
    assert made.finding.because.evidence


@given(prospects, todays)
def test_pressure_never_changes_a_verdict(subject: Prospect, today: Today) -> None:
    """It runs beside the rules: other waits, the same finding."""
    waits = DEFAULTS.pressure.model_copy(update={"wait_days": (40,), "burst_attempts": 1})
    pressed = DEFAULTS.model_copy(update={"pressure": waits})
    made = recommend(subject, today, pressed)
    assert made.finding == recommend(subject, today, DEFAULTS).finding
    earliest = made.pressure.earliest
    assert (earliest is None) is (made.rule is RuleName.DO_NOT_CONTACT)
    assert earliest is None or earliest >= today.day
    assert made.earliest is None or earliest is None or made.earliest >= earliest


@given(prospects, st.sampled_from(ATTEMPTS))
def test_what_we_send_never_winds_the_buyers_clock(subject: Prospect, outcome: Outcome) -> None:
    before = gather(subject, TODAY, DEFAULTS)
    sent = with_touch(subject, outcome, last_moment(subject, TODAY))
    after = gather(sent, TODAY, DEFAULTS)
    assert after.timeline.last_signal == before.timeline.last_signal
    assert after.timeline.last_answer == before.timeline.last_answer
    assert after.timeline.deferrals == before.timeline.deferrals
    assert before.unanswered <= after.unanswered <= before.unanswered + 1


PROBE = """
import sys
from datetime import date
from zoneinfo import ZoneInfo
import orjson
from review_board.judgement import as_json, recommend
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import from_document
from review_board.settings import Settings
documents = orjson.loads(sys.stdin.buffer.read())
today = Today(date(2026, 11, 20), ZoneInfo("Europe/Berlin"))
for document in documents:
    print(orjson.dumps(as_json(recommend(from_document(document), today, Settings()))).decode())
"""


def test_no_machine_leaks_in() -> None:
    """Hash seed, time zone and locale of the process are none of the judgement's business."""
    from tests.judgement.scenarios import load_scenarios

    documents = [to_document(scenario.prospect) for scenario in load_scenarios()]
    berlin = Today(TODAY.day, ZoneInfo("Europe/Berlin"))
    here = [dump(recommend(from_document(d), berlin, DEFAULTS)).decode() for d in documents]
    for seed, zone, locale in (("0", "UTC", "C"), ("7", "Pacific/Kiritimati", "C.UTF-8")):
        surroundings = {"PYTHONHASHSEED": seed, "TZ": zone, "LC_ALL": locale, "PYTHONUTF8": "1"}
        made = subprocess.run(
            [sys.executable, "-c", PROBE],
            input=orjson.dumps(documents),
            capture_output=True,
            check=True,
            cwd=Path(__file__).parents[2],
            env={**os.environ, **surroundings},
        )
        assert made.stdout.decode().splitlines() == here


def test_a_touch_keeps_its_day_through_the_file() -> None:
    """What is written and read again judges the same."""
    subject = Prospect(id="p", name="N", touches=(_late_call(),), created=_late_call().at)
    again = from_document(to_document(subject))
    assert dump(advice(again)) == dump(advice(subject))


def _late_call() -> Touch:
    late = datetime.combine(day(40), datetime.min.time(), ZoneInfo("America/New_York"))
    return touch_of(Outcome.VOICEMAIL, id="late", at=late, by="ann")
