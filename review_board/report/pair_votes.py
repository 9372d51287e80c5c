"""The section about what two people voted: where they differed, how it was settled, how far they agree."""

from collections.abc import Iterable

from review_board.learning.pair_reviews import agreement_words, agreements, is_against_both
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.verdict_record import PairRecord, PairVote
from review_board.report.facts import Facts, Settled
from review_board.report.model import (
    HIDDEN_OWNER,
    ReportColumn,
    ReportSection,
    below,
    prospect_cells,
    table_of,
)

SETTLED = {
    "agreed": "agreed in the end",
    "confirmed": "agreed on the place",
    "conceded": "one gave in",
    "bet": "a bet",
    "overruled": "the manager decided",
}
"""What is said of each way in which two people settle a card."""


def pair_votes(facts: Facts) -> ReportSection:
    """Show the cards on which two people differed, or both differed from the record."""
    joint = [s for s in facts.settled if s.verdict.pair and s.later is None]
    return table_of(
        "pair_votes",
        "Voted by two",
        (
            *prospect_cells(_prospect),
            (ReportColumn("first", "First votes"), lambda s: votes_words(_pair(s).first)),
            (ReportColumn("again", "Voted again"), lambda s: votes_words(_pair(s).second)),
            (ReportColumn("settled", "Settled by"), _how),
            (ReportColumn("verdict", "Now"), lambda s: s.verdict.destination),
            (ReportColumn("dissent", "Against it"), lambda s: _pair(s).dissent or None),
            (below("why", "Why"), lambda s: "; ".join(_whys(_pair(s).first))),
            (HIDDEN_OWNER, lambda s: s.prospect.owner),
        ),
        [s for s in joint if not _pair(s).agreed_at_first or _is_told(s)],
        [agreement_words(found) for found in agreements(s.verdict for s in joint)],
    )


def _prospect(settled: Settled) -> Prospect:
    return settled.prospect


def _pair(settled: Settled) -> PairRecord:
    assert settled.verdict.pair is not None
    return settled.verdict.pair


def _is_told(settled: Settled) -> bool:
    """Return whether a card is told of although both agreed on the verdict."""
    return _pair(settled).settled != "agreed" or is_against_both(settled.verdict)


def _how(settled: Settled) -> str:
    if is_against_both(settled.verdict):
        return "both against the record"
    pair = _pair(settled)
    return SETTLED.get(pair.settled, pair.settled)


def votes_words(votes: Iterable[PairVote]) -> str:
    """Return ``ann keep (2), raj purge (3)``; in brackets how sure they are, 1 to 3."""
    return ", ".join(f"{vote.by} {vote.verdict} ({vote.sure})" for vote in votes)


def _whys(votes: Iterable[PairVote]) -> Iterable[str]:
    return (f"{vote.by}: {vote.why}" for vote in votes if vote.why)
