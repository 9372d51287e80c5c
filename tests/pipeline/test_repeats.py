"""One event is one entry: what says the same as an entry of its day changes nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from review_board.pipeline import changes
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.money import Money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Answer
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import AnswerState, DropReason, Outcome, ReasonKind, Role

EAST = timezone(timedelta(hours=9))
ANN = Stamp(datetime(2026, 11, 20, 8, tzinfo=EAST), "ann", "k1")
BOB = Stamp(datetime(2026, 11, 20, 23, 30, tzinfo=EAST), "bob", "k2")
TOMORROW = replace(BOB, at=BOB.at + timedelta(hours=1))
DAY = date(2026, 11, 20)
AMOUNT = Money(amount=Decimal(24000))
Entry = Callable[[Prospect, Stamp], Prospect]


def promised(prospect: Prospect, stamp: Stamp) -> Prospect:
    """A callback, with the touch in which it was asked."""
    told = changes.log_touch(
        prospect, Outcome.DEFERRED, stamp, reason=ReasonKind.PROJECT, note="kick-off"
    )
    agreed = AgreedCallback(
        date(2026, 12, 10), asked_by_buyer=True, reason=ReasonKind.PROJECT, change="kick-off"
    )
    return changes.await_callback(told, agreed, DAY, changes.touch_logged(told, stamp))


ENTRIES: dict[str, Entry] = {
    "a touch": lambda p, s: changes.log_touch(p, Outcome.NO_ANSWER, s),
    "a touch of another day": lambda p, s: changes.log_touch(
        p, Outcome.TALKED, s, at=datetime(2026, 11, 18, 12, tzinfo=EAST)
    ),
    "a request to be left alone": lambda p, s: changes.log_touch(p, Outcome.DO_NOT_CONTACT, s),
    "a callback": promised,
    "a drop": lambda p, s: changes.drop(p, DropReason.NO_BUDGET, s, "none this year"),
    "a note": lambda p, s: changes.add_note(p, "they moved", s),
    "a quote": lambda p, s: changes.quote(p, AMOUNT, DAY, s),
    "a contact": lambda p, s: changes.add_contact(p, "Kim", Role.CHAMPION, s),
    "an answer": lambda p, s: changes.answer(
        p, "budget", Answer(state=AnswerState.CLAIMED, text="yes", on=DAY, by=s.by)
    ),
}


@pytest.fixture
def acme() -> Prospect:
    return changes.create("Acme", ANN)


@pytest.mark.parametrize("entry", ENTRIES.values(), ids=ENTRIES)
def test_an_entry_made_again_on_its_day_changes_nothing(acme: Prospect, entry: Entry) -> None:
    once = entry(acme, ANN)
    assert once != acme
    assert entry(once, BOB) == once


@pytest.mark.parametrize("name", ["a touch", "a note", "a drop"])
def test_on_another_day_it_is_another(acme: Prospect, name: str) -> None:
    once = ENTRIES[name](acme, ANN)
    assert ENTRIES[name](once, TOMORROW) != once


def test_another_word_or_another_time_makes_it_another(acme: Prospect) -> None:
    noon = datetime(2026, 11, 20, 12, tzinfo=EAST)
    once = changes.log_touch(acme, Outcome.NO_ANSWER, ANN, at=noon)
    later = changes.log_touch(once, Outcome.NO_ANSWER, BOB, at=noon + timedelta(minutes=1))
    words = changes.log_touch(later, Outcome.NO_ANSWER, replace(BOB, key="k3"), note="again")
    assert [len(p.touches) for p in (once, later, words)] == [1, 2, 3]


def test_another_day_for_the_call_corrects_the_one_on_record(acme: Prospect) -> None:
    once = promised(acme, ANN)
    assert once.callback
    moved = changes.set_callback(once, once.callback.model_copy(update={"on": date(2026, 12, 12)}))
    assert moved.callback != once.callback
    assert moved.earlier_callbacks == ()


def test_the_wish_to_be_left_alone_counts_again_once_it_was_taken_back(acme: Prospect) -> None:
    asked = changes.log_touch(acme, Outcome.DO_NOT_CONTACT, ANN)
    lifted = changes.lift_suppression(asked)
    assert changes.log_touch(lifted, Outcome.DO_NOT_CONTACT, BOB).do_not_contact
