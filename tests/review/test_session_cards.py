"""What the documents say of a session's decisions, also where a hand has been in them."""

from datetime import timedelta
from typing import Any

import pytest

from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import Column
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.review.session import Session
from review_board.review.session_cards import names_session, settled_elsewhere
from review_board.review.verdicts import Decision
from tests.judgement.build import day, moment, prospect
from tests.office import Office

SESSION = Session(id="s-1", by="ann", started=moment(0), queue=("p-1",))
LATER = (moment(0) + timedelta(minutes=5)).isoformat()


def verdict(**fields: Any) -> dict[str, Any]:
    return {"verdicts": [{"by": "bob", "at": LATER, "session": "s-2"} | fields]}


def test_a_verdict_of_somebody_else_since_then_settles_it() -> None:
    assert settled_elsewhere(verdict(), SESSION)
    assert not settled_elsewhere(verdict(at=moment(1).isoformat()), SESSION)
    assert not settled_elsewhere(None, SESSION)


def test_so_does_ones_own_in_another_session_and_what_one_put_off_there() -> None:
    assert settled_elsewhere(verdict(by="ann"), SESSION)
    assert not settled_elsewhere(verdict(by="ann", session="s-1"), SESSION)
    put_off = {"by": "ann", "at": LATER, "session": "s-2"}
    assert settled_elsewhere({"snoozes": [put_off]}, SESSION)
    for other in ({"by": "bob"}, {"manager": True}, {"session": "s-1"}):
        assert not settled_elsewhere({"snoozes": [put_off | other]}, SESSION)


def test_a_manager_looks_again_at_what_was_just_decided() -> None:
    managers = SESSION.model_copy(update={"why": {"p-1": "against advice"}})
    assert not settled_elsewhere(verdict(), managers)
    assert settled_elsewhere(verdict(by="ann"), managers), "but not at their own"


@pytest.mark.parametrize("at", [None, 7, "soon", "2999-01-01", "2026-11-20T09:00:00"])
def test_what_is_no_moment_settles_nothing(at: object) -> None:
    assert not settled_elsewhere(verdict(at=at), SESSION)


@pytest.mark.parametrize("verdicts", ["none", [7], {"a": 1}])
def test_what_is_no_list_of_records_says_nothing(verdicts: object) -> None:
    assert not settled_elsewhere({"verdicts": verdicts}, SESSION)
    assert not names_session({"verdicts": verdicts}, "verdicts", "s-1")
    assert names_session({"verdicts": [{"session": "s-1"}]}, "verdicts", "s-1")


def test_two_who_review_at_the_same_time_decide_each_card_once(office: Office) -> None:
    ann, bob = office.open("ann"), office.open("bob")
    named = [prospect(id=f"p-{n}", name=f"P {n}", created=moment(30)) for n in range(3)]
    ann.add(named, "add")
    bob.catch_up()
    first, second = ReviewController.open(ann, Scope()), ReviewController.open(bob, Scope())
    settled = first.current
    assert settled == second.current
    assert settled is not None
    office.clock.turn(minutes=1)
    step = NextStep(action="call", on=day(-3))
    first.decide(Decision(Column.ACTIVE, step=step), ann.recommendation(settled))
    bob.catch_up()
    second.pass_over_gone()
    assert second.current == first.current != settled
    assert settled not in second.left
