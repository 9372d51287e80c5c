"""A small shop that nobody can reach may be one of many: that is asked before it is let go."""

from decimal import Decimal
from typing import Any

import pytest

from review_board.judgement.questions import names_of_questions, question_of
from review_board.pipeline.changes import answer
from review_board.pipeline.dates import Today
from review_board.pipeline.fields import SITES
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect, from_document, to_document
from review_board.pipeline.records import Answer, Contact, Drop
from review_board.pipeline.vocabulary import AnswerState, Column, DropReason, Outcome, Role, Verdict
from review_board.settings.rule_names import RuleName
from tests.judgement.build import (
    DEFAULTS,
    TODAY,
    advice,
    moment,
    prospect,
    recommend,
    touch,
    touches,
)
from tests.judgement.scenarios import load_scenarios

HEAD_OFFICE = Contact(id="hq", name="Helen Quarles", role=Role.ECONOMIC_BUYER)
SILENT = (touch(Outcome.TALKED, 90), *touches(Outcome.NO_ANSWER, 80, 72, 64, 56, 48, 40, 32, 10))


def shop(worth: int | None = 4_000, **fields: Any) -> Prospect:
    """A shop of a chain, silent for long, whose head office nobody tried."""
    value = None if worth is None else Money(amount=Decimal(worth))
    return prospect(*SILENT, value=value, contacts=(HEAD_OFFICE,), **fields)


def answered(subject: Prospect, text: str, state: AnswerState = AnswerState.CLAIMED) -> Prospect:
    return answer(subject, SITES, Answer(state=state, text=text, on=TODAY.day))


def test_it_is_the_first_question_before_a_small_silent_shop_is_dropped() -> None:
    made = advice(shop())
    assert (made.rule, made.destination) == (RuleName.GONE_SILENT, Column.DROPPED)
    assert made.missing[0] == SITES
    assert made.questions[0].startswith("One site or many?")
    assert made.reasons_to_keep[0].text == "they may have more sites: worth one question"


def test_many_sites_turn_the_drop_into_a_rescue_at_once() -> None:
    made = advice(answered(shop(), "120"))
    assert (made.rule, made.verdict) == (RuleName.RESCUE, Verdict.KEEP)
    assert "480,000" in " ".join(line.text for line in made.reasons_to_keep)


def test_one_site_is_known_and_goes_without_the_question() -> None:
    known = answered(shop(), "one")
    assert known.locations == 1
    made = advice(known)
    assert (made.rule, made.destination) == (RuleName.GONE_SILENT, Column.DROPPED)
    assert SITES not in made.missing
    assert not any("sites" in line.text for line in made.reasons_to_keep)


def test_what_was_dropped_is_not_asked_whichever_column_it_lies_in() -> None:
    gone = Drop(at=moment(1), by="ann", reason=DropReason.TIMING)
    for column in Column:
        made = advice(shop(drop=gone, column=column))
        assert SITES not in made.missing, column
        assert not any("sites" in line.text for line in made.reasons_to_keep), column


def test_an_answer_can_be_taken_back_to_unknown() -> None:
    assert answered(answered(shop(), "120"), "", AnswerState.UNKNOWN).locations is None


POOR = prospect(
    touch(Outcome.TALKED, 40),
    *touches(Outcome.NO_ANSWER, 39, 36, 33, 20, 11),
    value=Money(amount=Decimal(2_000)),
    probability=Decimal("0.1"),
    hours=Decimal(2),
)
LISTED = prospect(created=moment(3_400), contact_history=False, value=Money(amount=Decimal(4_000)))


@pytest.mark.parametrize(
    ("subject", "rule"), [(POOR, RuleName.POOR_PAYOFF), (LISTED, RuleName.NO_HISTORY)]
)
def test_it_is_asked_by_every_rule_that_lets_a_silent_one_go(
    subject: Prospect, rule: RuleName
) -> None:
    made = advice(subject)
    assert (made.rule, made.verdict) == (rule, Verdict.PURGE)
    assert made.missing[0] == SITES
    assert SITES not in advice(subject.with_changes(locations=1)).missing


LEFT = prospect(
    touch(Outcome.TALKED, 90), *touches(Outcome.DEFERRED, 80, 60, 40, 20), created=moment(100)
)
NOT_ASKED = {
    "it is kept": prospect(touch(Outcome.TALKED, 3), value=Money(amount=Decimal(4_000))),
    "it is not small": shop(40_000),
    "it said something": LEFT,
    "it is known": shop(locations=1),
}


@pytest.mark.parametrize("subject", NOT_ASKED.values(), ids=NOT_ASKED)
def test_it_is_asked_of_nobody_else(subject: Prospect) -> None:
    assert SITES not in advice(subject).missing


def test_it_never_counts_as_a_tough_question_left_open_in_a_review() -> None:
    assert SITES not in advice(shop()).unknown


@pytest.mark.parametrize("pack", ["weiss", "bant", "meddpicc"])
def test_it_can_be_asked_and_answered_under_every_pack(pack: str) -> None:
    assert question_of(pack, SITES)
    assert SITES in names_of_questions(pack)


def test_nothing_of_it_is_stored_that_a_record_without_it_would_not_have() -> None:
    assert "locations" not in to_document(shop())
    assert to_document(answered(shop(), "one"))["locations"] == 1
    assert from_document(to_document(answered(shop(), "one"))).locations == 1


def test_the_story_of_the_chain_before_anybody_asked() -> None:
    """The tire shop of the scenarios as a shop alone, and as what the one call showed."""
    story = next(each for each in load_scenarios() if each.id == "S8")
    alone, today = story.prospect.with_changes(locations=None), Today(story.today)
    before = recommend(alone, today, DEFAULTS)
    assert (before.rule, before.missing[0]) == (RuleName.GONE_SILENT, SITES)
    after = recommend(answered(alone, "120"), today, DEFAULTS)
    assert (after.rule, after.verdict) == (RuleName.RESCUE, Verdict.KEEP)
