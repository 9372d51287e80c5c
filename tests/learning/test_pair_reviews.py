"""What joint verdicts come to: agreement, bets, who was right later, and both against the record."""

import pytest

from review_board.learning.pair_reviews import (
    BetEnd,
    agreement_words,
    bet_end,
    pair_figures,
    proved_right,
)
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, Drop, Touch, Won
from review_board.pipeline.verdict_record import PairRecord, PairVote, VerdictRecord
from review_board.pipeline.vocabulary import Column, DropReason, Outcome, Verdict
from tests.judgement.build import TODAY, day, moment, prospect, touch, verdict_record

KEEP, PURGE = Verdict.KEEP, Verdict.PURGE


def vote(by: str, verdict: Verdict) -> PairVote:
    to = Column.ACTIVE if verdict is KEEP else Column.DROPPED
    return PairVote(by=by, role="rep", verdict=verdict, destination=to, sure=2)


def joint(
    days_ago: int, ann: Verdict, raj: Verdict, *, final: Verdict = KEEP, **fields: object
) -> VerdictRecord:
    pair = PairRecord(first=(vote("ann", ann), vote("raj", raj)), settled="agreed")
    to = Column.ACTIVE if final is KEEP else Column.DROPPED
    given = {"verdict": final, "destination": to, "pair": pair} | fields
    return verdict_record(days_ago, **given)


def on(*verdicts: VerdictRecord, **fields: object) -> Prospect:
    return prospect(verdicts=verdicts, **fields)


def test_agreement_counts_the_first_votes_of_each_pair() -> None:
    cards = [
        *(on(joint(9, KEEP, KEEP)) for _ in range(4)),
        *(on(joint(9, PURGE, PURGE, final=PURGE)) for _ in range(3)),
        on(joint(9, KEEP, PURGE)),
    ]
    (found,) = pair_figures(cards, TODAY).agreements
    assert (found.people, found.votes.table) == (("ann", "raj"), ((4, 1), (0, 3)))
    words = agreement_words(found)
    assert words.startswith(
        "ann and raj: 7 of 8 first votes agree; more than by chance (kappa 0.75,"
    )


def test_who_agrees_no_more_than_by_chance_is_told_so() -> None:
    pairs = ((KEEP, KEEP), (KEEP, PURGE), (PURGE, KEEP), (PURGE, PURGE))
    (found,) = pair_figures([on(joint(9, *two)) for two in pairs], TODAY).agreements
    assert "; may be chance (kappa 0.00, between -" in agreement_words(found)


def test_a_card_that_was_decided_again_in_its_review_counts_once() -> None:
    first, again = joint(9, KEEP, PURGE), joint(8, KEEP, KEEP, session="s-9")
    (found,) = pair_figures([on(first, again)], TODAY).agreements
    assert found.votes.table == ((1, 0), (0, 0))


@pytest.mark.parametrize(
    ("touches", "days", "later", "end"),
    [
        ((touch(Outcome.MEETING, 6),), 10, (), BetEnd.WON),
        ((touch(Outcome.MEETING, 4),), 10, (), BetEnd.LOST),
        ((touch(Outcome.MEETING, 21),), 10, (), BetEnd.LOST),
        ((touch(Outcome.TALKED, 6),), 10, (), BetEnd.LOST),
        ((), 30, (), BetEnd.OPEN),
        ((), 10, (verdict_record(12),), BetEnd.SET_ASIDE),
        ((), 10, (verdict_record(2, rule="lost-bet"),), BetEnd.LOST),
        ((), 30, (verdict_record(12, rule="running-bet"),), BetEnd.OPEN),
        ((), 10, (verdict_record(12, rule="running-bet"),), BetEnd.LOST),
    ],
)
def test_a_bet_is_won_by_a_signal_up_to_its_day(
    touches: tuple[Touch, ...], days: int, later: tuple[VerdictRecord, ...], end: BetEnd
) -> None:
    bet = Bet(id="b-1", at=moment(15), by="ann and raj", action="names a day", until=day(15 - days))
    card = prospect(*touches, bets=(bet,), verdicts=later)
    assert bet_end(card, bet, TODAY) is end
    assert pair_figures([card], TODAY).bets == ((end, 1),)


BOUGHT = {"won": Won(on=day(3))}
DROPPED = {
    "column": Column.DROPPED,
    "drop": Drop(at=moment(3), by="ann", reason=DropReason.NO_DECISION),
}


@pytest.mark.parametrize(
    ("final", "fields", "proved"),
    [
        (KEEP, BOUGHT, KEEP),
        (PURGE, BOUGHT, KEEP),
        (KEEP, DROPPED, PURGE),
        (PURGE, DROPPED, None),
        (KEEP, {}, None),
        (KEEP, {"won": Won(on=day(20))}, None),
    ],
)
def test_only_an_outcome_after_the_verdict_proves_who_was_right(
    final: Verdict, fields: dict[str, object], proved: Verdict | None
) -> None:
    verdict = joint(9, KEEP, PURGE, final=final)
    card = on(verdict, **fields)
    assert proved_right(card, verdict, TODAY) is proved
    found = {one.name: (one.right, one.ended) for one in pair_figures([card], TODAY).foresight}
    right = {"ann": (int(proved is KEEP), 1), "raj": (int(proved is PURGE), 1)}
    assert found == (right if proved else {})


def test_cards_on_which_the_record_disagreed_with_both() -> None:
    against = on(joint(9, KEEP, KEEP, recommended=PURGE), name="Both")
    split = on(joint(9, KEEP, PURGE, recommended=PURGE))
    figures = pair_figures([against, split, on(joint(9, KEEP, KEEP))], TODAY)
    assert [p.name for p in figures.both_against] == ["Both"]
    assert figures.splits == 1


def test_without_joint_verdicts_there_is_nothing_to_say() -> None:
    assert pair_figures([on(verdict_record(9))], TODAY).is_empty
