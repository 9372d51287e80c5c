"""Who is there, who drives, and what becomes of that when a connection is lost."""

from datetime import datetime, timedelta

import pytest

from review_board.errors import RefusedError
from review_board.pair import session as pair_sessions
from review_board.pair.session import PairRole, PairSession, Participant
from tests.pair.two_people import NINE

REP, MANAGER, WATCHER = PairRole.REP, PairRole.MANAGER, PairRole.WATCHER


def person(name: str, role: PairRole, seconds: int = 0) -> Participant:
    joined = NINE + timedelta(seconds=seconds)
    return Participant(name=name, role=role, seat=f"{name}-{seconds}", joined=joined)


def begun(*others: Participant) -> PairSession:
    session = pair_sessions.start("pair-1", person("ann", REP), NINE, ["p-1", "p-2"])
    for one in others:
        session = pair_sessions.join(session, one, {})
    return session


def at(seconds: int) -> dict[str, datetime]:
    return {"ann-0": NINE + timedelta(seconds=seconds)}


def test_there_is_one_rep_and_one_manager_and_any_number_watch() -> None:
    session = begun(person("raj", MANAGER), person("mia", WATCHER), person("leo", WATCHER))
    assert session.voters == ("ann", "raj")
    with pytest.raises(RefusedError, match="raj is the manager"):
        pair_sessions.join(session, person("eve", MANAGER), {})
    with pytest.raises(RefusedError, match="only watches"):
        pair_sessions.start("pair-2", person("mia", WATCHER), NINE, [])


def test_a_role_is_free_again_when_its_person_left_or_was_lost() -> None:
    session = pair_sessions.leave(begun(person("raj", MANAGER)), "raj", NINE)
    assert pair_sessions.join(session, person("eve", MANAGER), {}).voters == ("ann", "eve")
    lost = pair_sessions.join(begun(person("raj", MANAGER)), person("eve", MANAGER, 30), {})
    assert lost.voters == ("ann", "eve")


def test_whoever_joins_again_takes_their_own_seat() -> None:
    session = begun(person("raj", MANAGER), person("raj", MANAGER, 5))
    assert session.people["raj"].seat == "raj-5"
    assert session.voters == ("ann", "raj")


def test_the_wheel_is_free_30_seconds_after_the_last_sign() -> None:
    session, now = begun(person("raj", MANAGER)), NINE + timedelta(seconds=100)
    with pytest.raises(RefusedError, match="ann is driving"):
        pair_sessions.drive(session, "raj", at(71), now)
    assert pair_sessions.driver_of(session, at(71), now) == "ann"
    assert pair_sessions.driver_of(session, at(70), now) == ""
    assert pair_sessions.drive(session, "raj", at(70), now).driver == "raj"


def test_the_wheel_can_be_taken_and_is_free_when_the_driver_leaves() -> None:
    session = begun(person("raj", MANAGER), person("mia", WATCHER))
    assert pair_sessions.take_wheel(session, "raj").driver == "raj"
    with pytest.raises(RefusedError, match="only watches"):
        pair_sessions.take_wheel(session, "mia")
    left = pair_sessions.leave(session, "ann", NINE)
    assert pair_sessions.driver_of(left, {}, NINE) == ""


def test_time_on_a_card_counts_as_work_and_a_pause_as_ten_minutes() -> None:
    session = pair_sessions.go_to(begun(), 1, NINE + timedelta(seconds=40))
    assert (session.worked, session.current) == (40, "p-2")
    assert pair_sessions.skip(session, NINE + timedelta(hours=3)).worked == 640


def test_what_ends_is_a_session_as_any_other() -> None:
    session = begun(person("raj", MANAGER))
    ended = pair_sessions.finish(session, NINE + timedelta(minutes=1))
    assert ended.finished
    assert not {"people", "driver", "cards", "since"} & set(ended.model_dump())
    assert not pair_sessions.is_pair(ended.model_dump(mode="json"))
