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


def pair_votes(facts: Facts) -> ReportSection:
    """Show the cards on which two people differed, or both differed from the record."""
    joint = [s for s in facts.settled if s.verdict.pair and s.later is None]
    return table_of(
        "pair_votes",
        "Voted by two",
        (
            *prospect_cells(_prospect),
            (ReportColumn("first", "First votes"), lambda s: votes_words(_pair(s).first)),
            (ReportColumn("again", "Voted again"), lambda s: votes_words(_pair(s).second) or None),
            (ReportColumn("settled", "Settled"), _how),
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
    return _pair(settled).in_words


def votes_words(votes: Iterable[PairVote]) -> str:
    """Return ``ann keep, sure 2; raj purge, sure 3``; 3 is very sure."""
    return "; ".join(f"{vote.by} {vote.verdict}, sure {vote.sure}" for vote in votes)


def _whys(votes: Iterable[PairVote]) -> Iterable[str]:
    return (f"{vote.by}: {vote.why}" for vote in votes if vote.why)
