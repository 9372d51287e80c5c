"""The two lines of contact: every sign stands where it belongs, and the last cell is today."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.judgement.contact_lines import (
    ANSWER,
    DEFERRAL,
    NOTHING,
    QUOTE,
    SIGNAL,
    TOUCH,
    WEEKS,
    contact_lines,
)
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Push
from review_board.pipeline.vocabulary import Direction, Outcome
from tests.judgement.build import TODAY, day, evidence, moment, promise, prospect, quote, touch
from tests.judgement.strategies import mixed


def rows(subject: Prospect, width: int = 60) -> tuple[list[str], list[str]]:
    """Each line as its parts: whose it is, its cells, its age."""
    _, us, them = contact_lines(evidence(subject), width)
    return list(us[:3]), list(them[:3])


def young(*what: object, days: int = 9, **fields: object) -> Prospect:
    """A prospect that is so new that each cell is a day."""
    return prospect(*what, created=moment(days), **fields)  # type: ignore[arg-type]


def test_each_kind_has_its_sign_on_its_day() -> None:
    """A close date that we moved is no sign of theirs."""
    push = Push(id="x", at=moment(2), from_day=day(0), to_day=day(-30))
    subject = young(
        touch(Outcome.VOICEMAIL, 9),
        touch(Outcome.INBOUND, 7),
        touch(Outcome.DEFERRED, 5),
        touch(Outcome.QUOTE, 4),
        touch(Outcome.EMAIL, 0),
        quotes=(quote(3),),
        pushes=(push,),
    )
    assert rows(subject) == (
        ["us", "●···●■■··●", "today"],
        ["them", "··○·⟳·····", "interest 7 d ago"],
    )


def test_an_answer_without_interest_has_a_sign_of_its_own() -> None:
    subject = young(touch(Outcome.TALKED, 3), touch(Outcome.COMPLAINT, 2))
    us, them = rows(subject)
    assert (us, them[:2]) == (["us", "······●···", "3 d ago"], ["them", "······◦···"])


def test_of_two_things_in_one_cell_the_weightier_shows() -> None:
    subject = young(
        touch(Outcome.QUOTE, 1, 9),
        touch(Outcome.EMAIL, 1, 15),
        touch(Outcome.MEETING, 4, 9, direction=Direction.INBOUND),
        touch(Outcome.DEFERRED, 4, 15, direction=Direction.INBOUND),
    )
    assert rows(subject) == (
        ["us", "········■·", "1 d ago"],
        ["them", "·····○····", "interest 4 d ago"],
    )


def test_weightier_shows_in_a_cell_of_several_days_too() -> None:
    subject = prospect(touch(Outcome.QUOTE, 2), touch(Outcome.EMAIL, 0), created=moment(300))
    (_, ours, _), _ = rows(subject, 43)
    assert (ours[-1], len(ours)) == (QUOTE, WEEKS * 7 // 7)


def test_it_begins_half_a_year_ago_at_the_earliest() -> None:
    oldest = WEEKS * 7 - 1
    subject = prospect(touch(Outcome.EMAIL, oldest), touch(Outcome.EMAIL, oldest + 1))
    (_, ours, age), (_, theirs, silent) = rows(subject, 300)
    assert (len(ours), ours.count(TOUCH), ours[0]) == (WEEKS * 7, 1, TOUCH)
    assert (age, silent, set(theirs)) == (f"{oldest} d ago", "no answer", {NOTHING})


def test_what_is_not_yet_stays_off_it() -> None:
    subject = young(touch(Outcome.EMAIL, -3), quotes=(quote(-2),))
    assert rows(subject) == (["us", "··········", "never"], ["them", "··········", "never"])


def test_on_a_later_day_it_has_moved() -> None:
    later = Today(TODAY.day + timedelta(days=2), TODAY.zone)
    found = evidence(young(touch(Outcome.EMAIL, 0))).on(later)
    assert list(contact_lines(found, 60).us[:3]) == ["us", "·········●··", "2 d ago"]


@pytest.mark.parametrize("width", [8, 20])
def test_without_room_the_ages_stand_alone(width: int) -> None:
    found = contact_lines(evidence(young(touch(Outcome.EMAIL, 1))), width)
    assert found.rows() == ["us 1 d ago", "them no answer"]


def test_each_month_stands_above_the_cell_of_its_first_day() -> None:
    months, us, _ = contact_lines(evidence(young(touch(Outcome.EMAIL, 1), days=80)), 120)
    firsts = [
        place for place, letter in enumerate(months) if letter != " " and months[place - 1] == " "
    ]
    days = [TODAY.day - timedelta(days=len(us.cells) - 1 - place) for place in firsts]
    assert [day.strftime("%b") for day in days] == months.split()[-len(days) :]
    assert {day.day for day in days} == {1}


def test_the_first_month_gives_way_to_the_next_where_both_have_no_room() -> None:
    """The line begins on the last day of a month."""
    began = (TODAY.day.replace(day=1) - timedelta(days=1) - TODAY.day).days
    months, *_ = contact_lines(evidence(young(days=-began)), 120)
    assert months.split() == [TODAY.day.strftime("%b")]


def test_of_one_who_only_put_us_off_that_is_said_where_there_is_room() -> None:
    subject = young(touch(Outcome.DEFERRED, 5), touch(Outcome.DEFERRED, 3))
    assert rows(subject, 80)[1][2] == "put off 3 d ago, no sign of interest"
    assert rows(subject, 50)[1][2] == "put off 3 d ago"
    waiting = young(touch(Outcome.DEFERRED, 5), callback=promise(3, 20, proven=False))
    assert rows(waiting, 80)[1][2] == "put off 5 d ago, no sign of interest"


@given(mixed(), st.integers(-3, 250))
def test_laws(subject: Prospect, width: int) -> None:
    """As wide as asked for at most, today last, and the ages those of the evidence."""
    found = evidence(subject)
    drawn = contact_lines(found, width)
    months, ours, theirs = drawn
    theirs_since = found.asked_days if found.signal_days is None else found.signal_days
    assert (ours.days, theirs.days) == (found.touch_days, theirs_since)
    assert len(months) <= len(ours.cells) == len(theirs.cells) <= max(0, width)
    if not ours.cells:
        return
    assert all(len(row) <= width for row in drawn.rows())
    assert set(ours.cells) <= {TOUCH, QUOTE, NOTHING}
    assert set(theirs.cells) <= {SIGNAL, ANSWER, DEFERRAL, NOTHING}
    if found.signal_days == 0:
        assert theirs.cells[-1] == SIGNAL
    if found.touch_days == 0:
        assert ours.cells[-1] in {TOUCH, QUOTE}


def test_who_answered_without_a_sign_of_interest_did_not_never_come_to_us() -> None:
    assert (
        rows(young(touch(Outcome.TALKED, 5)), 80)[1][2] == "answered 5 d ago, no sign of interest"
    )
    later = young(touch(Outcome.MEETING, 8), touch(Outcome.TALKED, 5))
    assert rows(later, 90)[1][2] == "interest 8 d ago, answered 5 d ago"
    asked = young(callback=promise(4, 20))
    assert rows(asked, 80)[1][1:] == ["·····⟳····", "asked 4 d ago for 10 Dec"]
    spoken = young(touch(Outcome.TALKED, 2), callback=promise(4, 20))
    assert rows(spoken, 80)[1][2] == "answered 2 d ago, asked for 10 Dec"
    assert rows(young(touch(Outcome.VOICEMAIL, 5)), 80)[1][2] == "no answer"


def test_who_asked_for_a_day_is_as_fresh_as_that_request() -> None:
    """Their age is green, amber or red by these days: who asked lately is not shown as lost."""
    asked = prospect(touch(Outcome.TALKED, 50), callback=promise(4, 20))
    assert contact_lines(evidence(asked), 80).them.days == 4
