"""What two revealed votes come to, and who may settle them how."""

from datetime import time, timedelta
from itertools import combinations_with_replacement

import pytest

from review_board.errors import RefusedError
from review_board.pair import session as pair_sessions
from review_board.pair import settling
from review_board.pair.session import (
    CardVotes,
    PairRole,
    PairSession,
    Participant,
    Proposal,
    Reveal,
    RevealedVote,
)
from review_board.pair.settling import Phase, phase_of
from review_board.pair.vote import Vote
from review_board.pipeline.records import NextStep
from review_board.pipeline.vocabulary import DropReason, ReasonKind, Track
from tests.pair.two_people import NINE, call, drop, keep, later, nurture

CARD, TODAY = "p-1", NINE.date()
NAMES = {"ann": PairRole.REP, "raj": PairRole.MANAGER, "mia": PairRole.WATCHER}


def revealed(ann: Vote, raj: Vote, *, second: tuple[Vote, Vote] | None = None) -> PairSession:
    """A card on which both have voted, once or twice."""
    people = [Participant(name=n, role=role, seat=n, joined=NINE) for n, role in NAMES.items()]
    session = pair_sessions.start("pair-1", people[0], NINE, [CARD, "p-2"])
    for one in people[1:]:
        session = pair_sessions.join(session, one, {})
    reveals = [
        Reveal(
            at=NINE,
            votes={n: RevealedVote(salt="", vote=v) for n, v in zip(NAMES, pair, strict=False)},
        )
        for pair in ((ann, raj), *([second] if second else []))
    ]
    votes = CardVotes(reveals=tuple(reveals), again=second is not None, talk=NINE)
    return session.model_copy(update={"cards": {CARD: votes}})


SPLIT = revealed(keep(), drop())
STILL_SPLIT = revealed(keep(), drop(), second=(keep(), drop()))


@pytest.mark.parametrize(
    ("ann", "raj", "phase"),
    [
        (keep(5), keep(5, sure=1, why="other words"), Phase.SETTLED),
        (keep(5), keep(6), Phase.DIFFERENT),
        (keep(5), call(5), Phase.DIFFERENT),
        (call(5), call(5), Phase.SETTLED),
        (drop(), drop(why="another", sure=1), Phase.SETTLED),
        (nurture(), nurture(), Phase.SETTLED),
        (keep(5), keep(5, step=NextStep(action="send a quote", on=later(5).on)), Phase.DIFFERENT),
        (keep(5), keep(5, step=later(5).model_copy(update={"time": time(9)})), Phase.DIFFERENT),
        (keep(5, changed="new boss"), keep(5), Phase.DIFFERENT),
        (call(5), call(5, reason=ReasonKind.BUDGET), Phase.DIFFERENT),
        (call(5), call(5, change="their budget"), Phase.DIFFERENT),
        (call(5), call(5, commitment="they measure"), Phase.DIFFERENT),
        (call(5), call(5, asked_by_buyer=False), Phase.DIFFERENT),
        (call(5), call(5, time=time(9)), Phase.DIFFERENT),
        (nurture(), nurture(Track.KEEP_IN_TOUCH), Phase.DIFFERENT),
        (drop(), drop(reason=DropReason.NO_BUDGET), Phase.DIFFERENT),
        (drop(), drop(note="bought one elsewhere"), Phase.DIFFERENT),
        (drop(), nurture(), Phase.DIFFERENT),
        (keep(), drop(), Phase.SPLIT),
        (nurture(), call(), Phase.SPLIT),
    ],
)
def test_votes_agree_by_verdict_then_by_all_that_goes_on_record(
    ann: Vote, raj: Vote, phase: Phase
) -> None:
    assert phase_of(revealed(ann, raj)) is phase
    assert phase_of(revealed(raj, ann)) is phase


def test_the_case_for_holding_on_is_heard_first_a_minute_each() -> None:
    for session, keeper in ((SPLIT, "ann"), (revealed(drop(), keep()), "raj")):
        heard = [
            settling.turn_to_speak(session, NINE + timedelta(seconds=s)) for s in (0, 59, 60, 119)
        ]
        assert [turn and turn.name == keeper for turn in heard] == [True, True, False, False]
        assert [turn and turn.left.seconds for turn in heard] == [60, 1, 60, 1]
        assert settling.turn_to_speak(session, NINE + timedelta(seconds=120)) is None


def test_a_turn_that_is_cut_short_leaves_the_next_one_whole() -> None:
    now = NINE + timedelta(seconds=20)
    skipped = settling.skip_talk(SPLIT, "raj", CARD, now)
    turn = settling.turn_to_speak(skipped, now)
    assert turn
    assert (turn.name, turn.left.seconds) == ("raj", 60)
    silent = settling.skip_talk(skipped, "ann", CARD, now)
    assert settling.turn_to_speak(silent, now) is None
    with pytest.raises(RefusedError, match="time is running"):
        settling.skip_talk(silent, "ann", CARD, now)


def test_there_is_one_re_vote_and_no_third() -> None:
    again = settling.begin_again(SPLIT, "raj", CARD)
    assert phase_of(again) is Phase.VOTING
    with pytest.raises(RefusedError, match="There is nothing to vote on again"):
        settling.begin_again(again, "ann", CARD)
    with pytest.raises(RefusedError, match="There is no split"):
        settling.concede(again, "ann", CARD, None)
    twice = revealed(keep(), drop(), second=(keep(), drop()))
    with pytest.raises(RefusedError, match="no third"):
        settling.begin_again(twice, "ann", CARD)


def test_whoever_gives_in_moved_and_nobody_dissents() -> None:
    made = settling.settlement_of(settling.concede(SPLIT, "ann", CARD, None))
    assert made
    assert (made.how, made.vote, made.moved, made.dissent) == ("conceded", drop(), ("ann",), "")


def test_who_changed_their_mind_in_the_re_vote_moved() -> None:
    made = settling.settlement_of(revealed(keep(), drop(), second=(keep(), keep())))
    assert made
    assert (made.how, made.moved) == ("agreed", ("raj",))


def test_a_bet_keeps_what_the_keeper_voted_and_the_other_dissents() -> None:
    wanted = NextStep(action="names a start day", on=later(14).on)
    proposed = settling.bet(STILL_SPLIT, "raj", CARD, wanted, None, today=TODAY, most_days=14)
    assert settling.settlement_of(proposed) is None, "it takes both"
    shown = settling.proposal_of(proposed)
    assert shown
    assert (shown.by, shown.bet) == ("raj", wanted)
    with pytest.raises(RefusedError, match="other one"):
        settling.confirm(proposed, "raj", CARD, shown)
    other = NextStep(action="orders", on=later(3).on)
    newer = settling.bet(proposed, "raj", CARD, other, shown, today=TODAY, most_days=14)
    with pytest.raises(RefusedError, match="has just made a proposal"):
        settling.confirm(newer, "ann", CARD, shown)
    for seen in (None, shown):
        with pytest.raises(RefusedError, match="raj has just made a proposal"):
            settling.concede(newer, "ann", CARD, seen)
        with pytest.raises(RefusedError, match="raj has just made a proposal"):
            settling.bet(newer, "ann", CARD, wanted, seen, today=TODAY, most_days=14)
        with pytest.raises(RefusedError, match="raj has just made a proposal"):
            settling.overrule(newer, "ann", CARD, "knocked-out", seen)
    settled = settling.confirm(proposed, "ann", CARD, shown)
    made = settling.settlement_of(settled)
    assert made
    assert (made.vote, made.bet, made.moved, made.dissent) == (keep(), wanted, (), "raj")
    decision = settling.decision_of(settled, made)
    assert (decision.bet, decision.against) == (wanted, "ann: she asked")
    for days in (0, 15):
        wrong = NextStep(action="x", on=later(days).on)
        with pytest.raises(RefusedError, match="14 days"):
            settling.bet(STILL_SPLIT, "raj", CARD, wrong, None, today=TODAY, most_days=14)


@pytest.mark.parametrize(
    ("name", "rule", "why"),
    [
        ("raj", "do-not-contact", ""),
        ("raj", "knocked-out", ""),
        ("raj", "serial-deferral", "overrules only"),
        ("ann", "do-not-contact", "Only the manager"),
    ],
)
def test_the_manager_overrules_only_two_rules(name: str, rule: str, why: str) -> None:
    if why:
        with pytest.raises(RefusedError, match=why):
            settling.overrule(SPLIT, name, CARD, rule, None)
        return
    overruled = settling.overrule(SPLIT, name, CARD, rule, None)
    assert overruled.driver == name  # who decided says what it still takes
    made = settling.settlement_of(overruled)
    assert made
    assert (made.how, made.vote, made.moved, made.dissent) == ("overruled", drop(), (), "ann")


def test_the_drivers_vote_is_proposed_and_the_other_confirms_what_they_saw() -> None:
    session = revealed(keep(5), call(9))
    shown = settling.proposal_of(session)
    assert shown
    assert (shown.by, shown.vote) == ("ann", keep(5))
    with pytest.raises(RefusedError, match="for the other one"):
        settling.confirm(session, "ann", CARD, shown)
    made = settling.settlement_of(settling.confirm(session, "raj", CARD, shown))
    assert made
    assert (made.how, made.vote, made.moved) == ("confirmed", keep(5), ("raj",))
    other = settling.propose(session, "ann", CARD, call(8), seen={}, now=NINE)
    with pytest.raises(RefusedError, match="has just made a proposal"):
        settling.confirm(other, "raj", CARD, shown)
    with pytest.raises(RefusedError, match="voted to keep"):
        settling.propose(session, "ann", CARD, drop(), seen={}, now=NINE)
    with pytest.raises(RefusedError, match="is driving"):
        settling.propose(session, "raj", CARD, call(8), seen={}, now=NINE)


def test_who_drives_takes_the_way_of_the_other_as_well() -> None:
    session = revealed(keep(5), call(9))
    shown = settling.proposal_of(session)
    with pytest.raises(RefusedError, match="ann has just made a proposal"):
        settling.concede(session, "ann", CARD, None)
    made = settling.settlement_of(settling.concede(session, "ann", CARD, shown))
    assert made
    assert (made.how, made.by, made.vote, made.moved) == ("confirmed", "ann", call(9), ("ann",))


def test_who_watches_or_did_not_vote_settles_nothing() -> None:
    with pytest.raises(RefusedError, match="did not vote"):
        settling.concede(SPLIT, "mia", CARD, None)
    replaced = pair_sessions.leave(SPLIT, "raj", NINE)
    eve = Participant(name="eve", role=PairRole.MANAGER, seat="eve", joined=NINE)
    with pytest.raises(RefusedError, match="did not vote"):
        settling.concede(pair_sessions.join(replaced, eve, {}), "eve", CARD, None)


def test_every_settled_pair_of_votes_is_stored_with_both() -> None:
    for ann, raj in combinations_with_replacement([keep(), call(), drop(), nurture()], 2):
        session = revealed(ann, raj)
        made = settling.settlement_of(session)
        if made is None:
            continue
        record = settling.pair_record(session, made)
        assert record.people == ("ann", "raj")
        assert [v.destination for v in record.first] == [ann.to, raj.to]
        assert record.agreed_at_first


def test_what_was_settled_is_taken_back_before_it_is_on_record() -> None:
    conceded = settling.concede(SPLIT, "ann", CARD, None)
    assert settling.phase_of(settling.take_back(conceded, "raj", CARD)) is Phase.SPLIT
    agreed = settling.take_back(revealed(keep(), keep()), "ann", CARD)
    assert settling.phase_of(agreed) is Phase.VOTING
    assert not agreed.card.reveals
    again = settling.take_back(revealed(keep(), drop(), second=(keep(), keep())), "ann", CARD)
    assert (settling.phase_of(again), len(again.card.reveals)) == (Phase.VOTING, 1)
    with pytest.raises(RefusedError, match="A vote is not taken back"):
        settling.take_back(SPLIT, "ann", CARD)


def test_a_bet_comes_only_after_the_second_vote() -> None:
    wanted = NextStep(action="orders", on=later(3).on)
    with pytest.raises(RefusedError, match="after the second vote"):
        settling.bet(SPLIT, "raj", CARD, wanted, None, today=TODAY, most_days=14)


def test_who_settled_it_is_stored_and_told() -> None:
    wanted = NextStep(action="orders", on=later(3).on)
    bet = settling.bet(STILL_SPLIT, "raj", CARD, wanted, None, today=TODAY, most_days=14)
    ways = revealed(keep(5), keep(5, step=NextStep(action="send a quote", on=later(5).on)))
    turned = revealed(keep(), drop(), second=(drop(), keep(6)))
    both_drop = revealed(keep(), nurture(), second=(drop(), nurture()))
    settled = {
        "both agreed": revealed(keep(), keep()),
        "raj agreed to ann's way": settling.confirm(ways, "raj", CARD, _shown(ways)),
        "ann gave way in the second vote": revealed(keep(), drop(), second=(drop(), drop())),
        "ann gave way in the second vote; raj agreed to ann's way": settling.confirm(
            both_drop, "raj", CARD, _shown(both_drop)
        ),
        "ann agreed with raj": settling.concede(turned, "ann", CARD, None),
        "raj overruled ann": settling.overrule(STILL_SPLIT, "raj", CARD, "knocked-out", None),
        "on a bet": settling.confirm(bet, "ann", CARD, _shown(bet)),
    }
    for words, session in settled.items():
        made = settling.settlement_of(session)
        assert made
        record = settling.pair_record(session, made)
        assert record.in_words == words
        assert record.settled_by == made.by
        assert record.model_copy(update={"settled_by": ""}).in_words  # of an earlier edition


def _shown(session: PairSession) -> Proposal:
    shown = settling.proposal_of(session)
    assert shown
    return shown
