"""What must hold for every prospect: the last paragraph of the product's design, a law each.

A law looks at one record on one day and raises when it is broken; it says whether there was anything
to look at. Generated records and those that a sequence of changes left behind are held to the same.
"""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import orjson

from review_board.judgement.argument_text import argument_lines, plain_argument
from review_board.judgement.card_status import status_line, verdict_word
from review_board.judgement.evidence import gather
from review_board.judgement.question_packs import PACKS
from review_board.judgement.recommend import judge
from review_board.judgement.recommendation import Finding, Recommendation, as_json
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.records import NextStep, NoteEntry, Push, touch_of
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import OUTCOMES, Column, Direction, Outcome, Verdict
from review_board.review.proposals import proposed_step
from review_board.review.verdicts import Decision, record_decision
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from tests.judgement.build import DEFAULTS, recommend
from tests.judgement.condition_laws import (
    a_flip_says_what_it_supposes,
    any_day_that_a_flip_allows_will_do,
    each_event_of_a_condition_is_news,
)
from tests.judgement.ledger_laws import (
    each_line_stands_on_the_side_that_it_speaks_for,
    every_comparison_is_true_and_names_its_setting,
)

NEVER_UNDER_FIVE = {RuleName.GONE_SILENT, RuleName.POOR_PAYOFF, RuleName.LAST_CALL}
HAVE_A_LAST_DAY = {RuleName.RESCUE, RuleName.LAST_CALL}
ALWAYS_DROP = {RuleName.DO_NOT_CONTACT, RuleName.KNOCKED_OUT}
TURNS = {
    Verdict.KEEP: (RuleName.DO_NOT_CONTACT, RuleName.KNOCKED_OUT, RuleName.HOSTILE),
    Verdict.PURGE: (RuleName.PROVEN_CALLBACK, RuleName.LIVE_INTEREST),
}
"""The rules by which what the buyer says turns a verdict; each of them alone is enough."""


def dump(made: Recommendation) -> bytes:
    """The bytes that a recommendation comes to, key order included."""
    return orjson.dumps(as_json(made))


def judged(subject: Prospect, today: Today, settings: Settings = DEFAULTS) -> bytes:
    """The same of a record."""
    return dump(recommend(subject, today, settings))


def found(subject: Prospect, today: Today, settings: Settings = DEFAULTS) -> Finding:
    """What the first matching rule says."""
    return judge(gather(subject, today, settings))


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


def few_attempts_are_never_held_against_anybody(
    subject: Prospect, today: Today, settings: Settings
) -> bool:
    """Fewer days with an attempt than asked for are never gone-silent, poor-payoff or last-call."""
    tried = {
        today.day_of(t.at)
        for t in subject.touches
        if t.direction is Direction.OUTBOUND
        and (OUTCOMES[t.outcome].attempt or OUTCOMES[t.outcome].response)
        and today.day_of(t.at) <= today.day
    }
    if len(tried) < settings.thresholds.attempts:
        assert found(subject, today, settings).rule not in NEVER_UNDER_FIVE
    return len(tried) < settings.thresholds.attempts


def hours_spent_count_for_nothing(
    subject: Prospect, today: Today, settings: Settings, spent: Decimal | None = Decimal(400)
) -> bool:
    """Whatever was spent, the argument is the same."""
    before = as_json(recommend(subject, today, settings))
    after = as_json(recommend(subject.with_changes(hours_spent=spent), today, settings))
    assert {**before, "already_spent": None} == {**after, "already_spent": None}
    return True


def an_empty_deferral_never_softens_a_drop(
    subject: Prospect, today: Today, settings: Settings, late: timedelta = timedelta()
) -> bool:
    """One more put-off without a reason, entered in time or late.

    A first word from one of whom a list told nothing is no put-off more: then there is a record.
    """
    before = found(subject, today, settings)
    if before.rule is RuleName.NO_HISTORY:
        return False
    if before.destination is not Column.DROPPED:
        return False
    put_off = with_touch(subject, Outcome.DEFERRED, last_moment(subject, today) - late)
    after = found(put_off, today, settings)
    assert after.destination is Column.DROPPED, f"{before.rule} became {after.rule}"
    return True


def more_value_never_drops(
    subject: Prospect,
    today: Today,
    settings: Settings,
    more: int | None = 10**9,
    locations: int = 1,
) -> bool:
    """A keep or a nurture of what is worth little is none of Dropped when it is worth more."""
    if found(subject, today, settings).destination is Column.DROPPED:
        return False
    currency = subject.value.currency if subject.value else "USD"
    worth = subject.value.amount if subject.value else Decimal(0)
    richer = subject.with_changes(
        value=Money(amount=max(worth, Decimal(more or 0)), currency=currency),
        locations=max(subject.locations or 1, locations),
    )
    assert found(richer, today, settings).destination is not Column.DROPPED
    return True


def a_signal_today_is_never_dropped(
    subject: Prospect, today: Today, settings: Settings, signal: Outcome = Outcome.MEETING
) -> bool:
    """But by the first two rules."""
    made = found(with_touch(subject, signal, last_moment(subject, today)), today, settings)
    assert made.destination is not Column.DROPPED or made.rule in ALWAYS_DROP
    return True


def everybody_gets_a_verdict_a_rule_and_evidence(
    subject: Prospect, today: Today, settings: Settings
) -> bool:
    """All of it on record, and told in lines that fit."""
    evidence = gather(subject, today, settings)
    made = recommend(subject, today, settings)
    assert made.finding == judge(evidence)
    assert made.verdict is Verdict.of(made.destination)
    assert made.finding.because.evidence
    assert {e for e in made.evidence if not _is_on_record(e, subject)} == set()
    assert len(set(made.evidence)) == len(made.evidence)
    lines = argument_lines(made, plain_argument(evidence, made), subject.column)
    assert lines[0].startswith(verdict_word(made.finding, subject.column))
    assert made.destination.title in lines[0]
    assert all("\n" not in line for line in lines)
    assert 0 < len(status_line(evidence, made.finding)) <= 26
    assert json.loads(json.dumps(as_json(made)))["rule"] == made.rule
    return True


def _is_on_record(name: str, subject: Prospect) -> bool:
    """Whether an evidence id names something of this prospect."""
    field, _, key = name.partition("/")
    if field == "answers":
        return any(key == question.id for pack in PACKS.values() for question in pack)
    if not key:
        return field in Prospect.model_fields
    if field == "earlier_callbacks":
        return int(key) < len(subject.earlier_callbacks)
    return any(item.id == key for item in getattr(subject, field))


def what_would_change_it_does(subject: Prospect, today: Today, settings: Settings) -> bool:
    """What a recommendation names as the fact that would turn it does turn it.

    Only where every rule is off by which a buyer may turn it whatever the record says may none be named.
    """
    made = recommend(subject, today, settings)
    if made.what_would_change is None:
        assert not any(settings.is_on(rule) for rule in TURNS[made.verdict])
        return False
    assert made.what_would_change.words
    turned, then = made.what_would_change.apply(subject, today)
    assert then.day >= today.day
    assert recommend(turned, then, settings).verdict is not made.verdict, (
        made.what_would_change.words
    )
    return True


def no_order_of_keys_leaks_in(
    subject: Prospect, today: Today, settings: Settings, random: Any = None
) -> bool:
    """Written and read again with its keys in another order, it is judged the same."""
    document = to_document(subject)
    subject = from_document(document)
    other = shuffled(document, random or Random(len(document)))
    assert judged(subject, today, settings) == judged(from_document(other), today, settings)
    return True


def shuffled(value: Any, random: Any) -> Any:
    """The same JSON value with its keys in another order."""
    if isinstance(value, dict):
        keys = list(value)
        random.shuffle(keys)
        return {key: shuffled(value[key], random) for key in keys}
    return [shuffled(item, random) for item in value] if isinstance(value, list) else value


def _without_plan(made: Recommendation) -> Recommendation:
    """Return what is advised without the step that is still planned, and without what to do in its place."""
    return replace(made, planned=None, finding=replace(made.finding, action="", is_planned=False))


def our_own_notes_and_moves_change_nothing(
    subject: Prospect, today: Today, settings: Settings, to: Column = Column.CALLBACK
) -> bool:
    """Nurture apart, which has a track and rules of its own; a corrected close date is ours too.

    A purge that moves the card does away with its step; where it lies already a step was planned since.
    Then all but that step is the same.
    """
    if Column.NURTURE in (subject.column, to):
        return False
    now = last_moment(subject, today)
    note = NoteEntry(id="new", at=now, by="ann", text="so promising")
    days = {"from_day": today.day, "to_day": today.day + timedelta(days=9)}
    wrong = Push(id="wrong", at=now, by="ann", correction=True, **days)
    moved = subject.with_changes(
        column=to,
        notes=(*subject.notes, note),
        pushes=(*subject.pushes, wrong),
        owner="bob",
        tags=("x",),
    )
    here, there = recommend(subject, today, settings), recommend(moved, today, settings)
    lies = [column is here.destination for column in (subject.column, to)]
    if here.verdict is Verdict.PURGE and any(lies) and not all(lies):
        here, there = _without_plan(here), _without_plan(there)
    assert dump(there) == dump(here)
    return True


def the_same_touch_told_by_somebody_else_changes_nothing(
    subject: Prospect, today: Today, settings: Settings
) -> bool:
    """One contact is one contact, however often and by whomever it was entered on its day."""
    twice = tuple(
        entered
        for touch in subject.touches
        for entered in (touch, touch.model_copy(update={"id": f"{touch.id}-2", "by": "bob"}))
    )
    told = found(subject.with_changes(touches=twice), today, settings)
    assert told.match == found(subject, today, settings).match
    return bool(twice)


def no_last_day_comes_before_the_first(subject: Prospect, today: Today, settings: Settings) -> bool:
    """What is to be done by a day may be done on it, or nothing is said of when."""
    made = recommend(subject, today, settings)
    until, earliest = made.finding.until, made.earliest
    if made.rule not in HAVE_A_LAST_DAY or until is None or earliest is None or made.planned:
        return False
    assert earliest <= until or not made.says_when, made.finding.action
    return True


def what_is_said_of_a_day_is_one_short_sentence(
    subject: Prospect, today: Today, settings: Settings
) -> bool:
    """When to contact them fits into a line; what would turn it names a day, not a count of days."""
    evidence = gather(subject, today, settings)
    said = plain_argument(evidence, recommend(subject, today, settings))
    assert len(said.when) <= 80, said.when
    assert not re.search(r"\d days?\b", said.turns), said.turns
    return bool(said.when)


def the_reason_is_one_sentence_behind_the_verdict(
    subject: Prospect, today: Today, settings: Settings
) -> bool:
    """It stands behind ``KEEP in Active:``, so it holds no second colon but in what people said."""
    because = recommend(subject, today, settings).finding.because.text
    assert ": " not in re.sub(r"“.*”", "", because), because
    return True


def taking_the_advice_to_keep_it_does_not_turn_it(
    subject: Prospect, today: Today, settings: Settings
) -> bool:
    """Kept as advised, with what is proposed for it, it is not to be let go on the same day."""
    evidence, made = gather(subject, today, settings), recommend(subject, today, settings)
    callback, to = evidence.prospect.callback, made.destination
    if Verdict.of(to) is Verdict.PURGE or (to is Column.CALLBACK and callback is None):
        return False
    action, on, at = proposed_step(made, evidence)
    decision = Decision(
        made.destination, step=NextStep(action=action or "call them", on=on, time=at)
    )
    if to is Column.CALLBACK and callback:
        step = decision.step if callback.on < today.day else None
        decision = replace(decision, callback=AgreedCallback.of(callback), step=step)
    stamp = Stamp(at=last_moment(subject, today), by="ann", key="taken")
    taken = record_decision(
        subject, decision, made, today, stamp, settings=settings, is_agreed=True
    )
    after = recommend(taken, today, settings)
    assert after.verdict is Verdict.KEEP, f"{made.rule} became {after.rule}"
    return True


LAWS: tuple[Callable[[Prospect, Today, Settings], bool], ...] = (
    few_attempts_are_never_held_against_anybody,
    hours_spent_count_for_nothing,
    an_empty_deferral_never_softens_a_drop,
    more_value_never_drops,
    a_signal_today_is_never_dropped,
    everybody_gets_a_verdict_a_rule_and_evidence,
    what_would_change_it_does,
    a_flip_says_what_it_supposes,
    each_event_of_a_condition_is_news,
    any_day_that_a_flip_allows_will_do,
    every_comparison_is_true_and_names_its_setting,
    each_line_stands_on_the_side_that_it_speaks_for,
    no_order_of_keys_leaks_in,
    our_own_notes_and_moves_change_nothing,
    the_same_touch_told_by_somebody_else_changes_nothing,
    no_last_day_comes_before_the_first,
    what_is_said_of_a_day_is_one_short_sentence,
    the_reason_is_one_sentence_behind_the_verdict,
    taking_the_advice_to_keep_it_does_not_turn_it,
)
"""All of them, to be held against a record as it stands."""
