"""A session: progress that lives in the data."""

import pytest

from review_board.errors import InvalidValueError
from review_board.review.session import (
    Session,
    finish,
    go_to,
    session_document,
    session_of,
    skip,
    start,
    step_past,
    unfinished,
)
from tests.judgement.build import moment


def session(**fields: object) -> Session:
    return start("s-1", "ann", moment(0), ["a", "b", "c"]).model_copy(update=fields)


def test_it_starts_at_the_first_card_and_ends_after_the_last() -> None:
    walk = session()
    assert walk.current == "a"
    for _ in range(3):
        walk = step_past(walk, walk.current or "")
    assert walk.over
    assert walk.current is None


def test_a_skipped_card_is_counted_once_until_it_is_decided() -> None:
    walk = skip(session())
    assert (walk.current, walk.skipped) == ("b", ("a",))
    again = skip(go_to(walk, 0))
    assert again.skipped == ("a",)
    assert step_past(go_to(again, 0), "a").skipped == ()


@pytest.mark.parametrize(("place", "expected"), [(-5, 0), (2, 2), (99, 3)])
def test_going_stays_within_the_queue(place: int, expected: int) -> None:
    assert go_to(session(), place).place == expected


def test_it_round_trips_through_its_document() -> None:
    walk = skip(session())
    assert session_of(session_document(walk)) == walk


def test_the_one_left_last_is_taken_up() -> None:
    left = [
        session_document(session(id="s-1")),
        session_document(session(id="s-2", started=moment(-1))),
        session_document(finish(session(id="s-3", started=moment(-2)), moment(-2))),
        session_document(session(id="s-4", by="raj", started=moment(-3))),
    ]
    found = unfinished(left, "ann", "")
    assert found is not None
    assert found.id == "s-2"
    assert unfinished(left, "eve", "") is None


def test_one_of_another_scope_begun_since_does_not_take_its_place() -> None:
    left = [
        session_document(session(id="s-1")),
        session_document(session(id="s-2", started=moment(-1), scope="tamarack")),
    ]
    for scope, expected in (("", "s-1"), ("tamarack", "s-2")):
        found = unfinished(left, "ann", scope)
        assert found is not None
        assert found.id == expected
    assert unfinished(left, "ann", "manager") is None


def test_a_spoilt_session_says_what_is_wrong_with_it() -> None:
    with pytest.raises(InvalidValueError, match="place"):
        session_of({**session_document(session()), "place": "nowhere"})
