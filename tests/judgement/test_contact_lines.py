"""The two lines of contact: every sign stands where it belongs, and the last cell is today."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from review_board.judgement.contact_lines import (
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
from tests.judgement.build import TODAY, day, evidence, moment, prospect, quote, touch
from tests.judgement.strategies import mixed


def rows(subject: Prospect, width: int = 60) -> tuple[list[str], list[str]]:
    """Each line as its words: whose it is, its cells, its age."""
    us, them = contact_lines(evidence(subject), width)
    return us.split(), them.split()


def young(*what: object, days: int = 9, **fields: object) -> Prospect:
    """A prospect that is so new that each cell is a day."""
    return prospect(*what, created=moment(days), **fields)  # type: ignore[arg-type]


def test_each_kind_has_its_sign_on_its_day() -> None:
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
        ["us", "●···●■■··●", "0d"],
        ["them", "··○·⟳··⟳··", "7d"],
    )


def test_what_proves_nothing_leaves_their_line_empty() -> None:
    subject = young(touch(Outcome.TALKED, 3), touch(Outcome.COMPLAINT, 2))
    assert rows(subject) == (["us", "······●···", "3d"], ["them", "··········", "never"])


def test_of_two_things_in_one_cell_the_weightier_shows() -> None:
    subject = young(
        touch(Outcome.QUOTE, 1, 9),
        touch(Outcome.EMAIL, 1, 15),
        touch(Outcome.MEETING, 4, 9, direction=Direction.INBOUND),
        touch(Outcome.DEFERRED, 4, 15, direction=Direction.INBOUND),
    )
    assert rows(subject) == (["us", "········■·", "1d"], ["them", "·····○····", "4d"])


def test_weightier_shows_in_a_cell_of_several_days_too() -> None:
    subject = prospect(touch(Outcome.QUOTE, 2), touch(Outcome.EMAIL, 0), created=moment(300))
    (_, ours, _), _ = rows(subject, 40)
    assert (ours[-1], len(ours)) == (QUOTE, WEEKS * 7 // 7)


def test_it_begins_half_a_year_ago_at_the_earliest() -> None:
    oldest = WEEKS * 7 - 1
    subject = prospect(touch(Outcome.EMAIL, oldest), touch(Outcome.EMAIL, oldest + 1))
    (_, ours, age), (_, theirs, never) = rows(subject, 300)
    assert (len(ours), ours.count(TOUCH), ours[0]) == (WEEKS * 7, 1, TOUCH)
    assert (age, never, set(theirs)) == (f"{oldest}d", "never", {NOTHING})


def test_what_is_not_yet_stays_off_it() -> None:
    subject = young(touch(Outcome.EMAIL, -3), quotes=(quote(-2),))
    assert rows(subject) == (["us", "··········", "never"], ["them", "··········", "never"])


def test_on_a_later_day_it_has_moved() -> None:
    later = Today(TODAY.day + timedelta(days=2), TODAY.zone)
    found = evidence(young(touch(Outcome.EMAIL, 0))).on(later)
    assert contact_lines(found, 60).us.split() == ["us", "·········●··", "2d"]


@pytest.mark.parametrize("width", [8, 15])
def test_without_room_the_ages_stand_alone(width: int) -> None:
    us, them = contact_lines(evidence(young(touch(Outcome.EMAIL, 1))), width)
    assert (us, them) == ("us 1d".ljust(width), "them never"[:width].ljust(width))


@given(mixed(), st.integers(-3, 250))
def test_laws(subject: Prospect, width: int) -> None:
    """Exactly as wide as asked for, today last, and the ages those of the evidence."""
    found = evidence(subject)
    drawn = contact_lines(found, width)
    assert [len(row) for row in drawn] == [max(0, width)] * 2
    if width < 20:
        return
    ours, theirs = (row.split() for row in drawn)
    assert len(ours[1]) == len(theirs[1]) <= width
    assert set(ours[1]) <= {TOUCH, QUOTE, NOTHING}
    assert set(theirs[1]) <= {SIGNAL, DEFERRAL, NOTHING}
    for (*_, words), days in ((ours, found.touch_days), (theirs, found.signal_days)):
        assert words == ("never" if days is None else f"{days}d")
    if found.signal_days == 0:
        assert theirs[1][-1] == SIGNAL
    if found.touch_days == 0:
        assert ours[1][-1] in {TOUCH, QUOTE}
