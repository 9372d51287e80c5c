"""A calibration as text and as JSON; where there is nothing to say yet, it says what it takes."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from review_board.cli.backtest_text import EXPLAINED
from review_board.cli.terminal import table
from review_board.judgement.closing_ratio import LOST_AFTER
from review_board.judgement.rules import words_of_rule
from review_board.learning.calibrate import Calibration, FirstImpressions, LaterState, RuleRecord
from review_board.learning.pair_reviews import Agreement, PairFigures, agreement_words
from review_board.pipeline.prospect import Prospect
from review_board.textlayout import WIDE, hanging
from review_board.wording import Hint, first_few, several, share

NAMED = 5


def calibration_lines(figures: Calibration, needed: int) -> Iterator[str]:
    """Yield the whole answer; ``needed`` outcomes make a closing ratio of our own."""
    for line in _lines(figures, needed):
        yield from hanging(line, WIDE)


def _lines(figures: Calibration, needed: int) -> Iterator[str]:
    yield from ["Let go, and what became of them", *_let_go(figures)]
    yield from ["", "Decided against the advice, in all reviews", *_against(figures)]
    yield from _pair_lines(figures.pairs)
    yield from ["", "Did the first call feel right?", *_first_impressions(figures)]
    yield from ["", "Your sales", f"  {figures.closing.label}", *_outcomes(figures, needed)]
    yield from ["", "The advice, reason by reason", *_rules(figures)]


def _outcomes(figures: Calibration, needed: int) -> Iterator[str]:
    ended = figures.won + figures.lost
    yield f"  {figures.won:,} won, {figures.lost:,} lost"
    yield (
        "  lost: dropped with a quote on record, or for a reason such as timing or no"
        " decision; others who were dropped never qualified, and do not count"
    )
    yield (
        f"  a drop counts once it is {LOST_AFTER.days} days old: no review changes the ratio"
        " by which it is judged"
    )
    if ended < needed:
        yield f"  your own ratio counts from {several(needed, 'outcome')} on"


def _let_go(figures: Calibration) -> Iterator[str]:
    for name, since in (("dropped", figures.dropped), ("to Nurture", figures.nurtured)):
        if not since.count:
            yield f"  {name}: nobody yet; it takes prospects that were let go and some time"
            continue
        yield f"  {name}: {share(len(since.won), since.count)} came back and bought{_names(since.won)}"
        if since.working:
            yield f"  {'':{len(name)}}  {len(since.working):,} in work again{_names(since.working)}"
    elsewhere = figures.came_in_lost
    if elsewhere.count:
        yield f"  {elsewhere.count:,} came in as lost: what letting them go did is not known"
        yield from _listed("bought since", elsewhere.won)


def _against(figures: Calibration) -> Iterator[str]:
    kept, purged = figures.kept_against, figures.purged_against
    if kept.count:
        yield (
            f"  kept: {share(len(kept.won), kept.count)} won, {share(len(kept.dropped), kept.count)} "
            f"dropped since, {len(kept.nurture):,} in Nurture, {len(kept.working):,} still in work"
        )
        yield from _listed("won", kept.won)
        yield from _listed("dropped", kept.dropped)
    else:
        yield "  kept: nobody yet; it takes a keep in a review where letting go was recommended"
    if purged.count:
        gone = len(purged.dropped) + len(purged.nurture)
        yield (
            f"  let go: {share(len(purged.won), purged.count)} came back and bought, "
            f"{len(purged.working):,} in work again, {gone:,} still let go"
        )
        yield from _listed("bought", purged.won)
    else:
        yield "  let go: nobody yet; it takes a purge in a review where keeping was recommended"
    if figures.verdicts:
        yield f"  as advised: {share(figures.followed, figures.verdicts)} of the verdicts"


def _first_impressions(figures: Calibration) -> Iterator[str]:
    both = (("yes", figures.solid), ("no", figures.not_solid))
    if not any(felt.count for _, felt in both):
        yield Hint("  nobody said yet; record it with review-board edit WHO --solid yes (or no)")
        return
    for name, felt in both:
        ended = felt.ended
        open_ = felt.count - ended
        outcome = f"{share(felt.won, ended)} won" if ended else "none has ended yet"
        yield f"  {name + ':':4} {outcome}; {open_:,} open, or dropped and not counted as lost"
    if figures.impressions:
        right = share(figures.right, figures.impressions)
        yield f"  right: {right}: it felt right and was won, or felt wrong and was lost"


def _rules(figures: Calibration) -> Iterator[str]:
    if not figures.rules:
        yield "  no verdicts yet; it takes a review"
        return
    head = ["  because", "as advised", "prospects", "won", "dropped", "nurture", "in work"]
    rows = [head, *(_rule(record) for record in figures.rules)]
    yield from table(rows, (24, 12, 9, 7, 7, 7, 7), frozenset(range(1, 7)))
    yield "  as advised counts verdicts; the columns after it are prospects as they are now"
    yield f"  {EXPLAINED}"


def _rule(record: RuleRecord) -> list[str]:
    return [
        f"  {words_of_rule(record.rule)}",
        f"{record.followed:,} of {record.decided:,}",
        f"{record.since.count:,}",
        *(f"{len(there):,}" for there in record.since.places.values()),
    ]


def _names(prospects: Sequence[Prospect]) -> str:
    """Return the first few by name."""
    return f": {first_few([p.name for p in prospects], NAMED)}" if prospects else ""


def _listed(what: str, prospects: Sequence[Prospect]) -> Iterator[str]:
    if prospects:
        yield f"    {what}{_names(prospects)}"


def calibration_json(figures: Calibration, today: date) -> dict[str, Any]:
    """Return the answer with stable keys."""
    return {
        "today": today,
        "closing_ratio": {
            "ratio": figures.closing.ratio,
            "label": figures.closing.label,
            **_range(figures.closing.interval),
        },
        "won": figures.won,
        "lost": figures.lost,
        "verdicts": figures.verdicts,
        "as_advised": figures.followed,
        "dropped": _later_json(figures.dropped),
        "came_in_lost": _later_json(figures.came_in_lost),
        "nurtured": _later_json(figures.nurtured),
        "kept_against_advice": _later_json(figures.kept_against),
        "let_go_against_advice": _later_json(figures.purged_against),
        "solid": _impressions_as_json(figures.solid),
        "not_solid": _impressions_as_json(figures.not_solid),
        "first_impressions": {
            "ended": figures.impressions,
            "right": figures.right,
            "hit_rate": figures.hit_rate,
        },
        "rules": [_record(record) for record in figures.rules],
        "pair_reviews": _pairs_json(figures.pairs),
    }


def _range(interval: tuple[Decimal, Decimal] | None) -> dict[str, Any]:
    low, high = interval or (None, None)
    return {"low": low, "high": high}


def _later_json(since: LaterState) -> dict[str, Any]:
    named = {name: [p.id for p in there] for name, there in since.places.items()}
    return {"count": since.count, **named}


def _impressions_as_json(felt: FirstImpressions) -> dict[str, int]:
    return {"told": felt.count, "won": felt.won, "lost": felt.lost}


def _record(record: RuleRecord) -> dict[str, Any]:
    return {
        "rule": record.rule,
        "verdicts": record.decided,
        "as_advised": record.followed,
        "prospects": record.since.count,
        **{name: len(there) for name, there in record.since.places.items()},
    }


def _pair_lines(figures: PairFigures) -> Iterator[str]:
    """Yield the lines of the part about pair reviews and bets; nothing where there are none."""
    if figures.is_empty:
        return
    yield from ["", "Two people, one verdict"]
    for agreement in figures.agreements:
        yield f"  {agreement_words(agreement)}"
    for one in figures.foresight:
        yield f"  {one.name} was right in {share(one.right, one.ended)} splits that have ended"
    if figures.splits and not figures.foresight:
        yield f"  {several(figures.splits, 'split')}; none has ended yet"
    if both := figures.both_against:
        named = first_few([p.name for p in both], NAMED)
        yield f"  both against the record on {several(len(both), 'card')}: {named}"
    if figures.bets:
        yield f"  bets: {', '.join(f'{count:,} {end}' for end, count in figures.bets)}"


def _pairs_json(figures: PairFigures) -> dict[str, Any]:
    """Return the same with stable keys."""
    return {
        "pairs": [_pair(agreement) for agreement in figures.agreements],
        "bets": {str(end): count for end, count in figures.bets},
        "splits": figures.splits,
        "right_later": [
            {"by": one.name, "right": one.right, "ended": one.ended} for one in figures.foresight
        ],
        "record_against_both": [p.id for p in figures.both_against],
    }


def _pair(agreement: Agreement) -> dict[str, Any]:
    votes, kappa = agreement.votes, agreement.kappa
    return {
        "people": agreement.people,
        "cards": votes.count,
        "agreed": votes.agreed,
        "votes": votes.table,
        "kappa": kappa.value if kappa else None,
        **_range(kappa.interval if kappa else None),
    }
