"""A card for each rule, by the name of the rule that decides it; one that came back goes with them."""

from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet, DoNotContact, Nurture
from review_board.pipeline.vocabulary import AnswerState, Column, Outcome, ReasonKind
from tests.judgement.build import answer, day, moment, promise, prospect, touch, touches
from tests.tui.review.conftest import scenario

NURTURED = prospect(
    *touches(Outcome.MAILING, 60, 30),
    name="Wolf Creek Creamery",
    column=Column.NURTURE,
    nurture=Nurture(since=day(90), next_on=day(-1)),
)
CARDS: dict[str, Prospect] = {
    "hostile": scenario("S4")[0],
    "knocked-out": prospect(
        touch(Outcome.TALKED, 9),
        answers={"budget": answer(AnswerState.NEGATIVE, 3, "none planned")},
    ),
    "lost-bet": prospect(
        touch(Outcome.ADVANCED, 20),
        name="Pell & Sons",
        bets=(Bet(id="b-1", at=moment(14), by="ann", action="name a start day", until=day(1)),),
    ),
    "running-bet": prospect(
        *touches(Outcome.DEFERRED, 80, 60, 40),
        name="Marsh & Daughters",
        bets=(Bet(id="b-1", at=moment(10), by="ann", action="name a start day", until=day(-3)),),
    ),
    "proven-callback": scenario("S3")[0],
    "promise-missed": prospect(
        touch(Outcome.DEFERRED, 60), column=Column.CALLBACK, callback=promise(60, -12)
    ),
    "open-quote": scenario("S1")[0],
    "live-interest": scenario("S9")[0],
    "serial-deferral": scenario("S2")[0],
    "unanswered-questions": scenario("S10")[0],
    "nurturing": NURTURED,
    "fresh-lead": prospect(name="Elm Park Grounds", created=moment(5)),
    "too-soon": prospect(touch(Outcome.TALKED, 50), *touches(Outcome.VOICEMAIL, 40, 33)),
    "gone-silent": scenario("S5")[0],
    "rescue": scenario("S6")[0],
    "poor-payoff": scenario("S12b")[0],
    "working": scenario("S7")[0],
    "came-back": scenario("S11")[0],
    "do-not-contact": prospect(
        touch(Outcome.TALKED, 30),
        name="Quarry Road Dental",
        do_not_contact=DoNotContact(at=moment(2), by="ann", note="take us off your list"),
    ),
    "far-callback": prospect(
        touch(Outcome.DEFERRED, 10, reason=ReasonKind.BUDGET),
        name="Northgate Schools",
        column=Column.CALLBACK,
        callback=promise(10, 240),
    ),
    "unproven-callback": prospect(
        touch(Outcome.DEFERRED, 12),
        name="Harrow Print Works",
        column=Column.CALLBACK,
        callback=promise(12, 20, proven=False),
    ),
    "nurture-exhausted": NURTURED.with_changes(
        touches=touches(Outcome.MAILING, *range(12 * 7, 0, -7))
    ),
    "no-history": prospect(name="Quarry Road Dental", created=moment(3419), contact_history=False),
    "never-worked": prospect(name="Elm Park Grounds", created=moment(40)),
    "last-call": prospect(
        touch(Outcome.TALKED, 50),
        *touches(Outcome.VOICEMAIL, 45, 43, 40, 36, 33),
        name="Solid Labs",
    ),
}
