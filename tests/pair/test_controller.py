"""Two processes on one pipeline: what each sees, and what survives when one of them is killed."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from review_board.errors import RefusedError
from review_board.pair import beginning
from review_board.pair.beginning import AlreadyHereError, announcement, running_review
from review_board.pair.controller import PairReview
from review_board.pair.session import PairRole, Sealed
from review_board.pair.settling import Phase
from review_board.pipeline import changes
from review_board.pipeline.records import NextStep, Won
from review_board.pipeline.vocabulary import Column, Outcome
from review_board.report.prepare import ReportRequest, report_on
from review_board.review.scope import Scope
from review_board.review.session_cards import DecidedCards
from review_board.review.signing import Identity
from review_board.settings.setting_groups import Review
from review_board.settings.tree import Settings
from review_board.store.protocol import SESSIONS
from tests.memory_store import Disk
from tests.pair.two_people import (
    Office,
    call,
    complete,
    drop,
    keep,
    later,
    pipeline,
    settle,
    settle_by_bet,
    still_split,
)


@pytest.fixture(params=["memory", "file"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Office:
    return Office(Disk() if request.param == "memory" else tmp_path / "pipeline.json")


def voted(review: PairReview) -> dict[str, bool | None]:
    return {p.name: p.voted for p in review.people}


def test_both_see_the_same_card_and_one_drives(office: Office) -> None:
    ann, raj = office.both()
    assert ann.people == raj.people
    assert [(p.name, p.drives) for p in raj.people] == [("ann", True), ("raj", False)]
    with pytest.raises(RefusedError, match="ann is driving"):
        raj.skip()
    ann.skip()
    settle(ann, raj)
    assert ann.current == raj.current == "p-1"
    raj.look_around(3)
    ann.skip()
    settle(ann, raj)
    assert (raj.current, ann.current) == ("p-3", "p-2")
    raj.follow()
    raj.take_wheel()
    raj.back()
    settle(ann, raj)
    assert ann.current == raj.current == "p-1"


def test_who_drives_gives_the_wheel_to_the_other_who_is_there(office: Office) -> None:
    ann, raj = office.both()
    raj.take_wheel()
    settle(ann, raj)
    assert ann.driver == "raj"
    raj.take_wheel()
    settle(ann, raj)
    assert ann.driver == "ann"
    raj.leave()
    settle(ann)
    ann.take_wheel()
    assert ann.driver == "ann"  # nobody is there to take it


def test_votes_stay_hidden_until_both_are_in_and_come_to_one_verdict(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    settle(ann, raj)
    assert voted(raj) == {"ann": True, "raj": False}
    assert raj.is_blind
    assert (ann.needs_my_vote, raj.needs_my_vote) == (False, True)
    raj.vote(keep(sure=3))
    settle(ann, raj)
    (verdict,) = raj.board.prospect("p-0").verdicts
    assert (verdict.by, verdict.people) == ("ann and raj", ("ann", "raj"))
    assert verdict.pair
    assert [(v.by, v.role, v.sure, v.again) for v in verdict.pair.first] == [
        ("ann", "rep", 2, 0),
        ("raj", "manager", 3, 0),
    ]
    assert ann.current == raj.current == "p-1"


def test_both_votes_come_to_light_in_one_commit(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(drop())
    settle(ann, raj)
    assert ann.phase is raj.phase is Phase.SPLIT
    telling = [
        commit
        for commit in ann.board.history()
        if "she asked" in str(commit.docs) or "seven times" in str(commit.docs)
    ]
    (one,) = telling
    assert "she asked" in str(one.docs)
    assert "seven times" in str(one.docs)


def test_a_killed_voter_votes_again_and_the_other_vote_stays(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    del ann
    raj.vote(keep(why="agreed then"))
    settle(raj)
    assert raj.phase is Phase.REVEALING  # nobody holds the salt of the other vote
    ann = office.join("ann")
    assert ann.needs_my_vote
    settle(ann, raj)
    assert voted(raj)["ann"] is False
    ann.vote(keep(why="once more"))
    settle(ann, raj)
    (verdict,) = ann.board.prospect("p-0").verdicts
    assert verdict.pair
    assert [(v.why, v.again) for v in verdict.pair.first] == [("once more", 1), ("agreed then", 0)]


def test_a_vote_that_was_handed_over_counts_though_its_voter_is_gone(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(keep())  # the last one in: it is handed over at once
    del raj
    settle(ann)
    assert ann.current == "p-1"
    assert len(ann.board.prospect("p-0").verdicts) == 1


def test_what_was_handed_over_to_a_killed_process_nobody_can_read(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(drop())
    del ann
    ann = office.join("ann")
    settle(ann, raj)
    assert ann.is_blind
    ann.vote(keep(why="again"))
    settle(ann, raj)
    assert ann.phase is Phase.SPLIT


def test_who_handed_over_and_votes_again_hands_over_again(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(drop())  # hands over
    raj = office.join("raj")
    raj.vote(keep(why="on second thoughts"))
    assert raj.session
    assert not raj.session.card.refused
    settle(ann, raj)
    assert ann.session
    assert not ann.session.card.refused
    pair = ann.board.prospect("p-0").verdicts[-1].pair
    assert pair
    assert [(v.why, v.again) for v in pair.first] == [("she asked", 0), ("on second thoughts", 1)]


def test_a_vote_for_a_card_that_is_gone_by_is_refused(office: Office) -> None:
    ann, raj = office.both()
    ann.skip()
    with pytest.raises(RefusedError, match="gone on to another card"):
        raj.vote(keep())  # by what raj saw last
    assert raj.session
    assert not raj.session.cards


def test_what_is_still_missing_is_not_recorded_for_a_card_that_was_left(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(drop(why=""))
    raj.vote(drop(why=""))
    settle(ann, raj)
    raj.take_wheel()
    raj.skip()
    complete(ann)  # by what ann saw last
    settle(ann, raj)
    assert not ann.board.prospect("p-0").verdicts
    assert ann.current == raj.current == "p-1"


def test_a_vote_that_does_not_fit_its_hash_is_refused_and_said(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(drop())
    session = raj.session
    assert session
    forged = session.card.sealed["raj"].text[::-1]
    card = session.card.model_copy(
        update={"sealed": {"raj": Sealed(key=session.card.ballots["ann"].key, text=forged)}}
    )
    raj.change(lambda s: s.model_copy(update={"cards": {"p-0": card}}), "forge")
    ann.board.catch_up()
    ann.tick()
    raj.board.catch_up()
    assert raj.session
    assert raj.session.card.refused == {"raj": "the vote did not fit its hash"}
    assert raj.needs_my_vote
    assert not ann.needs_my_vote
    raj.vote(drop())
    settle(ann, raj)
    assert ann.phase is Phase.SPLIT


def test_a_split_becomes_a_bet_after_one_re_vote(office: Office) -> None:
    ann, raj = office.both()
    still_split(ann, raj)
    assert ann.phase is raj.phase is Phase.SPLIT
    with pytest.raises(RefusedError, match="no third"):
        ann.vote_again()
    settle_by_bet(ann, raj)
    settle(ann, raj)
    found = raj.board.prospect("p-0")
    assert found.column is Column.ACTIVE
    assert [bet.action for bet in found.bets] == ["name a start day"]
    pair = found.verdicts[-1].pair
    assert pair
    assert (pair.settled, pair.dissent, len(pair.second)) == ("bet", "raj", 2)


def test_both_settle_at_once_and_the_first_one_counts(office: Office) -> None:
    ann, raj = office.both()
    still_split(ann, raj)
    settle_by_bet(ann, raj)
    with pytest.raises(RefusedError):
        ann.concede(ann.proposal)
    settle(ann, raj)
    assert len(ann.board.prospect("p-0").verdicts) == 1
    assert raj.current == ann.current == "p-1"


def test_who_acts_on_an_older_state_neither_records_twice_nor_settles_otherwise(
    office: Office,
) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(keep())
    ann.board.catch_up()
    ann.tick()  # reveals and records
    assert len(ann.board.prospect("p-0").verdicts) == 1
    raj.tick()  # by what raj saw last
    assert len(office.board("mia").prospect("p-0").verdicts) == 1
    for review, vote in ((ann, keep()), (raj, drop())):
        review.board.catch_up()
        review.vote(vote)
    settle(ann, raj)
    ann.concede(ann.proposal)
    settle(ann)
    with pytest.raises(RefusedError):
        raj.bet(NextStep(action="names a start day", on=later(10).on), raj.proposal)
    assert not office.board("mia").prospect("p-1").bets


def test_a_bet_that_is_not_on_the_screen_yet_is_neither_refused_nor_replaced_nor_overruled(
    office: Office,
) -> None:
    ann, raj = office.both()
    still_split(ann, raj)
    wanted = NextStep(action="name a start day", on=later(10).on)
    raj.bet(wanted, None)
    unseen: list[Callable[[], None]] = [
        lambda: ann.concede(None),
        lambda: ann.bet(NextStep(action="pay", on=later(3).on), None),
        lambda: ann.overrule(None),
    ]
    for act in unseen:
        with pytest.raises(RefusedError, match="raj has just made a proposal; look at the card"):
            act()
    ann.board.catch_up()
    assert ann.proposal
    assert ann.proposal.bet == wanted
    ann.concede(ann.proposal)
    complete(ann)
    settle(ann, raj)
    assert raj.board.prospect("p-0").column is Column.DROPPED


def test_a_verdict_against_the_record_waits_for_the_line_it_takes(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(drop(why=""))
    raj.vote(drop(why=""))
    settle(ann, raj)
    assert ann.phase is raj.phase is Phase.SETTLED
    assert ann.missing() == "Would you start with them, if they were new today?"
    complete(ann)
    settle(ann, raj)
    assert raj.board.prospect("p-0").column is Column.DROPPED
    assert raj.current == "p-1"


def test_the_driver_proposes_and_the_other_confirms(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(call())
    settle(ann, raj)
    shown = raj.proposal
    assert shown
    raj.confirm(shown)
    settle(ann, raj)
    pair = ann.board.prospect("p-0").verdicts[-1].pair
    assert pair
    assert (pair.settled, pair.moved) == ("confirmed", ("raj",))


def test_either_takes_the_joint_verdict_back(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(keep())
    settle(ann, raj)
    for one in (raj, ann):
        one.board.catch_up()
        one.undo()
        settle(ann, raj)
        assert ann.current == raj.current == "p-0"
        assert not ann.board.prospect("p-0").verdicts
        with pytest.raises(RefusedError, match="nothing of this review"):
            one.undo()
        ann.vote(keep())
        raj.vote(keep())
        settle(ann, raj)
        assert len(raj.board.prospect("p-0").verdicts) == 1


def test_undo_takes_back_what_one_did_last_be_it_a_contact_or_the_verdict_of_both(
    office: Office,
) -> None:
    ann, raj = office.both()
    before = len(ann.board.prospect("p-3").touches)
    ann.board.change("p-3", lambda p, s: changes.log_touch(p, Outcome.TALKED, s), "before it")
    ann.vote(keep())
    raj.vote(keep())
    settle(ann, raj)
    for one, card in ((ann, "p-1"), (raj, "p-2")):
        one.board.change(card, lambda p, s: changes.log_touch(p, Outcome.VOICEMAIL, s), "a call")
    settle(ann, raj)
    ann.undo()
    settle(ann, raj)
    found = [len(ann.board.prospect(card).touches) for card in ("p-1", "p-2")]
    assert (found, ann.current) == ([1, 2], "p-1"), "ann's call, and not raj's"
    assert ann.board.prospect("p-0").verdicts
    ann.undo()
    settle(ann, raj)
    assert (ann.board.prospect("p-0").verdicts, ann.current) == ((), "p-0")
    ann.undo()
    assert len(ann.board.prospect("p-3").touches) == before
    with pytest.raises(RefusedError, match="nothing of this review"):
        ann.undo()


def test_undo_on_a_settled_card_takes_back_the_contact_first_that_came_after(
    office: Office,
) -> None:
    ann, raj = office.both()
    for review in (ann, raj):
        review.vote(drop(why=""))
    settle(ann, raj)
    ann.board.change("p-0", lambda p, s: changes.log_touch(p, Outcome.VOICEMAIL, s), "a call")
    assert (ann.phase, len(ann.board.prospect("p-0").touches)) == (Phase.SETTLED, 2)
    ann.undo()
    assert (ann.phase, len(ann.board.prospect("p-0").touches)) == (Phase.SETTLED, 1)
    ann.undo()
    assert ann.phase is Phase.VOTING


def test_undo_after_a_vote_takes_nothing_back_of_the_card_before(office: Office) -> None:
    ann, raj = office.both()
    for review in (ann, raj):
        review.vote(keep())
    settle(ann, raj)
    ann.vote(keep())
    with pytest.raises(RefusedError, match="A vote is not taken back; vote again to change it"):
        ann.undo()
    raj.board.catch_up()
    raj.vote(drop())
    settle(ann, raj)
    for review in (ann, raj):
        with pytest.raises(RefusedError, match="A vote is not taken back"):
            review.undo()
    assert (ann.current, ann.phase) == ("p-1", Phase.SPLIT)
    assert ann.board.prospect("p-0").verdicts


def test_who_only_watches_takes_no_verdict_back(office: Office) -> None:
    ann, raj = office.both()
    eve = office.join("eve", PairRole.WATCHER)
    for review in (ann, raj):
        review.board.catch_up()
        review.vote(keep())
    settle(ann, raj, eve)
    with pytest.raises(RefusedError, match="nothing of this review"):
        eve.undo()


def test_the_wheel_is_free_when_the_driver_is_lost_and_their_vote_stays(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    del ann
    office.now += timedelta(seconds=31)
    settle(raj)
    assert [(p.name, p.is_lost, p.voted) for p in raj.people if p.name == "ann"] == [
        ("ann", True, True)
    ]
    raj.skip()
    assert raj.current == "p-1"
    raj.back()
    assert raj.session
    assert "ann" in raj.session.card.ballots


def test_a_card_that_others_close_is_passed_over_with_its_votes(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    mia = office.board("mia")
    mia.change("p-0", lambda p, s: changes.win(p, Won(on=later(0).on)), "won")
    settle(ann, raj)
    assert ann.current == raj.current == "p-1"


def test_contacts_and_notes_of_others_do_not_disturb_the_votes(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.board.change("p-0", lambda p, s: changes.add_note(p, "rang twice", s), "note")
    raj.vote(keep())
    office.board("mia").change(
        "p-0", lambda p, s: changes.log_touch(p, Outcome.TALKED, s), "logged"
    )
    settle(ann, raj)
    assert len(ann.board.prospect("p-0").verdicts) == 1


def test_a_second_terminal_takes_the_seat_of_the_first(office: Office) -> None:
    ann, raj = office.both()
    elsewhere = office.join("ann")
    ann.board.catch_up()
    assert not ann.is_seated
    with pytest.raises(RefusedError, match="another terminal"):
        ann.skip()
    elsewhere.vote(keep())
    raj.board.catch_up()
    raj.vote(keep())
    settle(elsewhere, raj)
    assert elsewhere.current == "p-1"


def test_what_ended_leaves_its_verdicts_and_a_report(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(keep())
    settle(ann, raj)
    ann.finish()
    settle(ann, raj)
    assert raj.session is None
    assert raj.phase is Phase.OVER
    (document,) = raj.board.documents(SESSIONS).values()
    assert not {"people", "cards", "driver"} & set(document)
    report = report_on(raj.board, "x", ReportRequest())
    assert "Warm 0" in str(report)
    assert "ann, raj" in str(report)
    with pytest.raises(RefusedError, match="over"):
        raj.vote(keep())


def test_one_pair_review_at_a_time_and_an_abandoned_one_is_taken_up(office: Office) -> None:
    ann, raj = office.both()
    with pytest.raises(RefusedError, match="ann started a pair review at 09:00"):
        office.start("mia")
    running = running_review(raj.board, "mia", office.presence)
    assert running
    assert announcement(running, raj.board) == "ann started a pair review at 09:00"
    ann.skip()
    del ann, raj
    office.now += timedelta(minutes=5)
    again = office.start("raj", None)
    assert (again.session_id, again.current) == (running.id, "p-1")
    assert again.driver == "raj"
    again.leave()
    again = beginning.start(office.board("raj"), Identity("raj", "raj"), None, office.process)
    assert (again.session_id, again.current) == (running.id, "p-1")
    assert again.session
    assert again.session.role_of("raj") is PairRole.MANAGER
    again.leave()
    other = office.start("mia", scope=Scope(everything=True, limit=1))
    assert other.session_id != running.id


def test_two_who_start_at_once_end_up_in_one_review(office: Office) -> None:
    late = office.board("raj")
    ann = office.start("ann")
    with pytest.raises(RefusedError, match="has just started"):
        beginning.start(
            late, Identity("raj", "raj"), PairRole.MANAGER, office.process, Scope(everything=True)
        )
    late.catch_up()
    assert [*late.documents(SESSIONS)] == [ann.session_id]


def test_nothing_due_starts_no_review(tmp_path: Path) -> None:
    office = Office(Disk(), prospects=pipeline(0))
    with pytest.raises(RefusedError, match="Nothing to review"):
        office.start()


def test_names_that_are_only_claimed_sign_nothing_where_reviewers_are_listed() -> None:
    settings = Settings(review=Review(reviewers=("ann", "raj"), shared_login="sales"))
    office = Office(Disk(), settings=settings)
    office.start("ann")
    board = office.board("raj")
    with pytest.raises(RefusedError, match="only claimed"):
        beginning.join(board, Identity("raj", "eve"), None, office.process)
    with pytest.raises(RefusedError, match="not one of the reviewers"):
        beginning.join(board, Identity("eve", "eve"), PairRole.MANAGER, office.process)
    watching = beginning.join(board, Identity("eve", "eve"), PairRole.WATCHER, office.process)
    assert not watching.needs_my_vote
    by_key = Identity("raj", "sales", by_key=True)
    assert beginning.join(board, by_key, None, office.process).needs_my_vote


def test_what_the_store_has_taken_in_before_the_board_heard_of_it_is_counted(
    office: Office,
) -> None:
    ann, raj = office.both()
    counted = DecidedCards(raj.board)
    raj.board.prospect("p-0")
    for review in (ann, raj):
        review.vote(keep())
    settle(ann)
    ann.board.store.catch_up()
    raj.tick()
    settle(ann)
    complete(ann)
    raj.board.store.catch_up()
    session = raj.session
    assert session
    assert counted.summary(session).decided == 1


def test_a_card_gone_back_to_is_looked_at_and_voted_on_only_after_an_undo(office: Office) -> None:
    ann, raj = office.both()
    for _ in range(2):
        ann.vote(keep())
        raj.vote(keep())
        settle(ann, raj)
    ann.back()
    ann.back()
    settle(ann, raj)
    assert ann.phase is raj.phase is Phase.DECIDED
    assert (ann.current, ann.is_blind, ann.needs_my_vote) == ("p-0", False, False)
    assert {person.voted for person in raj.people} == {None}
    with pytest.raises(RefusedError, match="is decided; take its verdict back"):
        raj.vote(drop())
    raj.undo()
    settle(ann, raj)
    assert (ann.current, ann.phase) == ("p-0", Phase.VOTING)
    assert not ann.board.prospect("p-0").verdicts
    assert len(ann.board.prospect("p-1").verdicts) == 1
    ann.vote(keep(6))
    raj.vote(keep(6))
    settle(ann, raj)
    assert len(ann.board.prospect("p-0").verdicts) == 1
    assert ann.current == "p-2"


def test_going_on_from_a_decided_card_counts_it_as_no_skipped_one(office: Office) -> None:
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(keep())
    settle(ann, raj)
    ann.back()
    ann.skip()
    assert ann.current == "p-1"
    assert ann.session
    assert ann.session.skipped == ()


def test_who_joins_again_while_still_here_is_told_and_takes_the_seat_only_when_they_say_so(
    office: Office,
) -> None:
    ann = office.start()
    board, me = office.board("ann"), Identity("ann", "ann")
    with pytest.raises(AlreadyHereError, match="as ann at another terminal") as refused:
        beginning.join(board, me, None, office.process)
    assert "--as NAME" in str(refused.value)
    assert "--take-over" in str(refused.value)
    ann.board.catch_up()
    assert ann.is_seated
    there = beginning.join(board, me, None, office.process, take_over=True)
    ann.board.catch_up()
    assert (ann.is_seated, there.is_seated) == (False, True)
    there.board.catch_up()
    office.presence.leave(there.seat)  # as the kernel does for a process that was killed
    assert beginning.join(board, me, None, office.process).is_seated


def test_a_process_that_was_silent_and_lives_keeps_its_vote(office: Office) -> None:
    ann, raj = office.both()
    raj.take_wheel()
    raj.vote(keep())
    office.now += timedelta(seconds=40)
    settle(ann)
    assert [(p.name, p.is_lost, p.voted, p.drives) for p in ann.people] == [
        ("ann", False, False, False),
        ("raj", True, True, False),
    ]
    ann.vote(keep())
    settle(ann)
    assert ann.phase is Phase.REVEALING
    settle(raj, ann)
    (verdict,) = ann.board.prospect("p-0").verdicts
    assert verdict.pair
    assert [vote.again for vote in verdict.pair.first] == [0, 0]
