"""A pair review that both left goes on where it was, with what lay on its card; another one begins when asked for."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from review_board.errors import RefusedError
from review_board.pair import beginning
from review_board.pair.controller import PairReview
from review_board.pair.session import PairRole
from review_board.pair.settling import Phase
from review_board.pipeline.records import NextStep
from review_board.review.scope import EVERYTHING_DUE, Scope
from review_board.review.signing import Identity
from review_board.store.protocol import SESSIONS
from review_board.tui.pair.words import asked
from tests.memory_store import Disk
from tests.pair.two_people import EVERYTHING, Office, keep, later, settle, still_split


@pytest.fixture
def office() -> Office:
    return Office(Disk())


FIRST_THREE = Scope(everything=True, limit=3)
"""A scope of its own: not that of a plain start."""


def left_at_a_bet(office: Office) -> str:
    """Let two decide the first card, and leave while a bet lies on the second; return their review."""
    ann, raj = office.start("ann", PairRole.MANAGER, FIRST_THREE), office.join("raj")
    for review in (ann, raj):
        review.board.catch_up()
        review.vote(keep())
    settle(ann, raj)
    still_split(ann, raj)
    raj.board.catch_up()
    raj.bet(NextStep(action="name a start day", on=later(10).on), raj.proposal)
    for review in (raj, ann):
        review.board.catch_up()
        review.leave()
    office.now += timedelta(minutes=30)
    return ann.session_id


@pytest.mark.parametrize(
    "goes_on",
    [
        lambda office: office.start("ann", None, EVERYTHING_DUE),
        lambda office: office.start("ann", None, FIRST_THREE),
        lambda office: office.join("ann"),
    ],
)
def test_what_both_left_goes_on_at_its_card_with_what_lay_there(
    office: Office, goes_on: Callable[[Office], PairReview]
) -> None:
    left = left_at_a_bet(office)
    ann, raj = goes_on(office), office.join("raj")
    ann.board.catch_up()
    assert ann.session_id == raj.session_id == left
    assert ann.notice.startswith(
        "The pair review of ann and raj, 1 of 3 decided, stopped at 09:00, goes on"
    )
    assert not raj.notice
    assert (ann.current, ann.phase, ann.driver) == ("p-1", Phase.SPLIT, "ann")
    session = ann.session
    assert session
    roles = {name: session.role_of(name) for name in ("ann", "raj")}
    assert roles == {"ann": PairRole.MANAGER, "raj": PairRole.REP}
    shown = ann.proposal
    assert shown
    assert (shown.by, shown.bet and shown.bet.action) == ("raj", "name a start day")
    ann.confirm(shown)
    settle(ann, raj)
    assert ann.board.prospect("p-1").bets
    assert raj.current == "p-2"


def test_one_vote_that_was_hidden_when_both_left_is_asked_for_again(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    for review in (ann, raj):
        review.board.catch_up()
        review.leave()
    ann = office.start("ann", None, EVERYTHING_DUE)
    assert ann.current == "p-0"
    assert asked(ann) == "it was lost while you were away: please vote again"


def test_who_did_not_vote_in_a_left_one_watches_and_both_find_their_roles_free(
    office: Office,
) -> None:
    left = left_at_a_bet(office)
    mia, lou = office.join("mia"), office.join("lou")
    assert mia.session_id == lou.session_id == left
    assert [review.is_voter for review in (mia, lou)] == [False, False]
    ann, raj = office.join("ann"), office.join("raj")
    ann.board.catch_up()
    assert ann.driver == "ann"
    session = ann.session
    assert session
    roles = {name: session.role_of(name) for name in ("ann", "raj", "mia")}
    assert roles == {"ann": PairRole.MANAGER, "raj": PairRole.REP, "mia": PairRole.WATCHER}
    raj.leave()
    assert office.join("eve").is_voter, "ann goes on with another one"


def test_another_one_begins_when_it_is_asked_for_and_the_left_one_waits(office: Office) -> None:
    left = left_at_a_bet(office)
    mia = office.start("mia", PairRole.REP, EVERYTHING)
    assert mia.session_id != left, "mia was not in it"
    assert not mia.notice
    mia.leave()
    ann = office.start("ann", None, EVERYTHING)
    assert ann.session_id not in {left, mia.session_id}
    assert "1 of 3 decided, stopped at 09:00, waits" in ann.notice
    ann.leave()
    assert office.start("ann", None, FIRST_THREE).session_id == left


def test_one_begun_anew_takes_the_place_of_that_of_the_same_cards(office: Office) -> None:
    left = left_at_a_bet(office)
    ann = office.start("ann", None, FIRST_THREE, anew=True)
    assert ann.session_id != left
    assert not ann.notice
    assert (ann.board.document(left, SESSIONS) or {}).get("finished")
    assert ann.board.prospect("p-0").verdicts, "what was decided stays"


def test_one_who_starts_and_one_who_comes_back_at_once_end_up_in_one_review(
    office: Office,
) -> None:
    left_at_a_bet(office)
    late, back = office.board("mia"), office.board("raj")
    ann = office.start("ann", None, FIRST_THREE)
    with pytest.raises(RefusedError, match="has just started"):
        beginning.start(late, Identity("mia", "mia"), None, office.process, EVERYTHING)
    raj = beginning.start(back, Identity("raj", "raj"), None, office.process)
    assert raj.session_id == ann.session_id
    assert raj.driver == "ann"


def test_who_comes_back_to_a_left_one_while_another_begins_is_refused(office: Office) -> None:
    left_at_a_bet(office)
    back = office.board("raj")
    office.start("mia", PairRole.REP, EVERYTHING)
    with pytest.raises(RefusedError, match="mia has just started"):
        beginning.join(back, Identity("raj", "raj"), None, office.process)


def test_who_joins_comes_to_the_review_that_somebody_is_in_and_not_to_a_later_dead_one(
    office: Office,
) -> None:
    ann, raj = office.both()
    office.now += timedelta(minutes=1)  # both laptops sleep
    mia = office.start("mia", scope=FIRST_THREE)
    office.presence.leave(mia.seat)  # as the kernel does for a process that was killed
    settle(ann, raj)
    for name in ("mia", "eve"):
        assert office.join(name).session_id == ann.session_id
    with pytest.raises(RefusedError, match="ann started a pair review"):
        office.start("lou")


def test_of_two_that_go_on_it_is_the_one_that_somebody_has_a_part_in(office: Office) -> None:
    ann, raj = office.both()
    office.now += timedelta(minutes=1)
    mia = office.start("mia", scope=FIRST_THREE)
    settle(raj)
    assert office.join("eve").session_id == mia.session_id
    assert office.join("ann").session_id == ann.session_id
