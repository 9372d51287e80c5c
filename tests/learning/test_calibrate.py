"""Our own figures, from verdicts, drops, wins and first impressions."""

from decimal import Decimal

from review_board.learning.calibrate import Calibration, calibrate, drops_elsewhere
from review_board.learning.history import known_by
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Drop, FirstImpression, Nurture, Won
from review_board.pipeline.verdict_record import Overruled
from review_board.pipeline.vocabulary import Column, DropReason, Verdict
from tests.judgement.build import DEFAULTS, TODAY, day, moment, prospect, verdict_record

KEPT_AGAINST = {
    "recommended": Verdict.PURGE,
    "recommended_destination": Column.DROPPED,
    "rule": "serial-deferral",
}
LET_GO = {
    "verdict": Verdict.PURGE,
    "destination": Column.NURTURE,
    "recommended": Verdict.KEEP,
    "recommended_destination": Column.ACTIVE,
    "rule": "last-call",
}


def drop(days_ago: int, reason: DropReason = DropReason.NO_DECISION) -> Drop:
    return Drop(at=moment(days_ago), by="ann", reason=reason)


def figures(*book: Prospect) -> Calibration:
    return calibrate(book, DEFAULTS.estimates, TODAY)


def ids(found: tuple[Prospect, ...]) -> list[str]:
    return [p.id for p in found]


def test_dropped_and_came_back_to_buy_is_counted_before_the_win_only() -> None:
    back = prospect(id="back", earlier_drops=(drop(90),), won=Won(on=day(10)))
    still = prospect(id="still", drop=drop(90), column=Column.DROPPED)
    again = prospect(id="again", drop=drop(90))
    never = prospect(id="never", won=Won(on=day(10)))
    after = prospect(id="after", drop=drop(5), won=Won(on=day(10)))
    found = figures(back, still, again, never, after).dropped
    assert (ids(found.won), ids(found.dropped), ids(found.working)) == (
        ["back"],
        ["still"],
        ["again"],
    )
    assert found.count == 3


def test_what_came_in_as_lost_was_not_let_go_here() -> None:
    elsewhere = {p: frozenset({drop(90).at}) for p in ("lost", "bought", "again", "reviewed")}
    lost = prospect(id="lost", drop=drop(90), column=Column.DROPPED)
    bought = prospect(id="bought", drop=drop(90), won=Won(on=day(10)))
    again = prospect(id="again", drop=drop(20), earlier_drops=(drop(90),), column=Column.DROPPED)
    book = (lost, bought, again)
    found = calibrate(book, DEFAULTS.estimates, TODAY, elsewhere)
    assert ids(found.dropped.dropped) == ["again"]
    assert (ids(found.came_in_lost.dropped), ids(found.came_in_lost.won)) == (["lost"], ["bought"])


def test_a_drop_by_a_verdict_on_record_was_decided_here() -> None:
    a_verdict = verdict_record(90, verdict=Verdict.PURGE, destination=Column.DROPPED)
    subject = prospect(drop=drop(90), earlier_drops=(drop(200),), verdicts=(a_verdict,))
    assert drops_elsewhere(subject) == {drop(200).at}


def test_nurtured_and_came_back_is_told_by_the_verdict_or_the_track() -> None:
    reviewed = prospect(id="reviewed", verdicts=(verdict_record(60, **LET_GO),), won=Won(on=day(5)))
    track = prospect(id="track", nurture=Nurture(since=day(40)), column=Column.NURTURE)
    found = figures(reviewed, track).nurtured
    assert (ids(found.won), ids(found.nurture)) == (["reviewed"], ["track"])


def test_decisions_against_the_advice_are_followed_to_their_end() -> None:
    against = (verdict_record(60, **KEPT_AGAINST),)
    died = prospect(id="died", verdicts=against, drop=drop(9), column=Column.DROPPED)
    won = prospect(id="won", verdicts=against, won=Won(on=day(3)))
    gone = prospect(id="gone", verdicts=(verdict_record(60, **LET_GO),), column=Column.NURTURE)
    found = figures(died, won, gone, prospect(id="quiet", verdicts=(verdict_record(3),)))
    assert (ids(found.kept_against.won), ids(found.kept_against.dropped)) == (["won"], ["died"])
    assert ids(found.purged_against.nurture) == ["gone"]
    assert (found.followed, found.verdicts) == (1, 4)


def test_a_verdict_that_was_overruled_says_nothing_about_the_advice() -> None:
    first = verdict_record(60, **KEPT_AGAINST)
    names = Overruled(id=first.id, by=first.by, destination=first.destination)
    second = verdict_record(60, id="v-2", by="bob", session="s-bob", overrules=names, rule="silent")
    found = figures(prospect(verdicts=(first, second)))
    assert (found.followed, found.verdicts, found.kept_against.count) == (1, 1, 0)
    assert [record.rule for record in found.rules] == ["silent"]


def test_the_first_impression_is_measured_on_won_and_lost_alone() -> None:
    def told(*, solid: bool, **fields: object) -> Prospect:
        felt = FirstImpression(solid=solid, at=moment(80), by="ann")
        return prospect(first_impression=felt, **fields)

    gone = {"column": Column.DROPPED}
    found = figures(
        told(solid=True, won=Won(on=day(3))),
        told(solid=True, drop=drop(30), **gone),
        told(solid=True, drop=drop(29), **gone),
        told(solid=True, drop=drop(30, DropReason.NO_NEED), **gone),
        told(solid=True),
        told(solid=False, drop=drop(30), **gone),
    )
    assert (found.solid.count, found.solid.won, found.solid.lost) == (5, 1, 1)
    assert (found.won, found.lost) == (1, 2)
    assert (found.not_solid.count, found.not_solid.won, found.not_solid.lost) == (1, 0, 1)
    assert (found.impressions, found.right, found.hit_rate) == (3, 2, Decimal("0.6667"))


def test_rules_are_told_in_the_order_of_the_rules_unknown_ones_last() -> None:
    two = prospect(
        verdicts=(
            verdict_record(9, id="a", rule="my-own"),
            verdict_record(5, id="b"),
            verdict_record(2, id="c"),
        ),
        won=Won(on=day(1)),
    )
    other = prospect(id="o", verdicts=(verdict_record(9, **KEPT_AGAINST),))
    lines = figures(two, other).rules
    assert [(r.rule, r.decided, r.followed) for r in lines] == [
        ("serial-deferral", 1, 0),
        ("working", 2, 2),
        ("my-own", 1, 1),
    ]
    assert ids(lines[1].since.won) == ["p-1"]


def test_without_a_past_there_is_nothing_to_say() -> None:
    found = figures()
    assert (found.verdicts, found.rules, found.dropped.count) == (0, (), 0)
    assert found.hit_rate is None


def test_what_is_dated_after_today_does_not_count() -> None:
    bought = prospect(id="bought", won=Won(on=day(-1)))
    gone = prospect(id="gone", drop=drop(-1), column=Column.DROPPED, verdicts=(verdict_record(-1),))
    put_away = prospect(id="away", nurture=Nurture(since=day(-1)), column=Column.NURTURE)
    felt = prospect(
        id="felt", first_impression=FirstImpression(solid=True, at=moment(-1), by="ann")
    )
    unborn = prospect(id="unborn", created=moment(-1), won=Won(on=day(-5)))
    found = figures(bought, gone, put_away, felt, unborn)
    assert (found.won, found.lost, found.verdicts, found.solid.count) == (0, 0, 0, 0)
    assert found.dropped.count == found.nurtured.count == 0
    assert known_by(unborn, TODAY) is None
    stood = [known_by(p, TODAY) for p in (bought, gone, put_away)]
    assert [(p.column, p.won, p.drop, p.nurture) for p in stood if p] == [
        (Column.ACTIVE, None, None, None)
    ] * 3


def test_the_closing_ratio_is_that_of_the_outcomes_counted() -> None:
    book = [prospect(id=f"p{n}", won=Won(on=day(n - 5))) for n in range(30)]
    assert (
        figures(*book).closing.label
        == "your closing ratio 100 % of 25 outcomes, likely 87 to 100 %"
    )
