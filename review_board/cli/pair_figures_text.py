"""What pair reviews say, as text and as JSON, for ``calibrate``."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from review_board.learning.pair_reviews import Agreement, PairFigures, agreement_words
from review_board.wording import first_few, several, share

_NAMED = 5


def pair_lines(figures: PairFigures) -> Iterator[str]:
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
        named = first_few([p.name for p in both], _NAMED)
        yield f"  both against the record on {several(len(both), 'card')}: {named}"
    if figures.bets:
        yield f"  bets: {', '.join(f'{count:,} {end}' for end, count in figures.bets)}"


def pairs_json(figures: PairFigures) -> dict[str, Any]:
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
    low, high = kappa.interval if kappa and kappa.interval else (None, None)
    return {
        "people": list(agreement.people),
        "cards": votes.count,
        "agreed": votes.agreed,
        "votes": [list(row) for row in votes.table],
        "kappa": _text(kappa.value if kappa else None),
        "low": _text(low),
        "high": _text(high),
    }


def _text(figure: Decimal | None) -> str | None:
    return None if figure is None else f"{figure:f}"
