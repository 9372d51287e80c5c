"""Whom the callback question is put to, and in which tense."""

from datetime import date

from review_board.judgement.questions import addressee, callback_question
from review_board.judgement.whom_to_call import whom_to_ask
from review_board.pipeline.records import Contact
from review_board.pipeline.vocabulary import Outcome, Role
from tests.judgement.build import evidence, finding, promise, prospect, touch

GUS = Contact(id="c-gus", name="Gus", role=Role.GATEKEEPER)
EVE = Contact(id="c-eve", name="Eve", role=Role.ECONOMIC_BUYER)
KIM = Contact(id="c-kim", name="Kim")
TODAY = date(2026, 11, 20)


def test_who_put_us_off_is_asked() -> None:
    put_off = touch(Outcome.DEFERRED, 9, contact="c-eve")
    spoke = touch(Outcome.TALKED, 3, contact="c-kim")
    subject = prospect(
        put_off, spoke, contacts=(KIM, EVE), callback=promise(9, 9, touch=put_off.id)
    )
    assert addressee(subject) == "Eve"
    assert addressee(subject.with_changes(callback=None)) == "Kim"


def test_nobody_at_the_door_is_asked_and_without_people_the_prospect() -> None:
    heard = touch(Outcome.GATEKEEPER, 3, contact="c-gus")
    assert addressee(prospect(heard, contacts=(GUS, EVE))) == "Eve"
    assert addressee(prospect(heard, contacts=(GUS,), name="Gate Co")) == "Gate Co"


def test_nobody_turns_to_who_is_gone() -> None:
    spoke = touch(Outcome.TALKED, 3, contact="c-eve")
    gone = EVE.model_copy(update={"gone": True})
    subject = prospect(spoke, contacts=(gone, KIM))
    found = evidence(subject)
    assert addressee(subject) == "Kim"
    assert whom_to_ask(found, finding(subject)) == KIM
    assert all(route.contact != gone for route in found.routes)


def test_a_day_that_is_over_is_asked_about_as_past() -> None:
    asked = callback_question("Eve", date(2026, 11, 18), TODAY, date(2026, 10, 28))
    assert asked == "Eve, what has changed since 28 Oct that lets us move forward?"
    ahead = callback_question("Eve", date(2027, 1, 18), TODAY, date(2026, 10, 28))
    assert ahead.startswith("Eve, what will have changed between 28 Oct and 18 Jan ")
    assert "by then" in callback_question("", None, TODAY)
