"""The sections about two people: what they voted and how it was settled, and their figures until today."""

from collections.abc import Iterable
from decimal import Decimal

from review_board.learning.pair_reviews import (
    Agreement,
    agreement_words,
    agreements,
    is_against_both,
    kappa_words,
)
from review_board.pipeline.dates import short_day
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.verdict_record import PairRecord, PairVote, sure_words
from review_board.pipeline.vocabulary import Column
from review_board.report.facts import Facts, Settled
from review_board.report.model import (
    HIDDEN_OWNER,
    ReportColumn,
    ReportSection,
    Share,
    below,
    figure,
    hidden,
    prospect_cells,
    table_of,
)
from review_board.wording import listed, several


def pair_votes(facts: Facts) -> ReportSection:
    """Show the cards on which two people differed, or both differed from the record."""
    joint = [s for s in facts.settled if s.verdict.pair and s.later is None]
    told = [s for s in joint if not _pair(s).agreed_at_first or _is_told(s)]
    quiet = len(joint) - len(told)
    agreed = f"Not listed: {several(quiet, 'card')} on which they agreed at once."
    return table_of(
        "pair_votes",
        "Voted by two",
        (
            *prospect_cells(_prospect),
            (ReportColumn("first", "First votes"), lambda s: votes_words(_pair(s).first, facts)),
            (
                ReportColumn("again", "Voted again"),
                lambda s: votes_words(_pair(s).second, facts) or None,
            ),
            (ReportColumn("settled", "Settled"), _how),
            (ReportColumn("verdict", "Now"), lambda s: s.verdict.destination),
            (ReportColumn("moved", "Changed"), lambda s: ", ".join(_pair(s).moved) or None),
            (ReportColumn("dissent", "Voted otherwise"), lambda s: _pair(s).dissent or None),
            (hidden("seconds", "Seconds"), lambda s: s.verdict.seconds),
            (
                below("why", "Why"),
                lambda s: "; ".join(f"{v.by}: {v.why}" for v in _pair(s).first if v.why),
            ),
            (HIDDEN_OWNER, lambda s: s.prospect.owner),
        ),
        told,
        [
            *(agreement_words(found) for found in agreements(s.verdict for s in joint)),
            *((agreed,) if quiet else ()),
        ],
    )


# Their figures, of all reviews until today


def pair_agreement(facts: Facts) -> ReportSection:
    """Show how far each two agree by their first votes, and how far beyond chance."""
    return table_of(
        "pair_agreement",
        f"How far two people agree, {_in_all(facts)}",
        (
            (ReportColumn("people", "Who"), lambda a: listed(a.people)),
            (figure("cards", "First votes"), lambda a: a.votes.count),
            (figure("agreed", "Alike"), lambda a: a.votes.agreed),
            (figure("rate", "Rate"), lambda a: Share(Decimal(a.votes.agreed) / a.votes.count)),
            (ReportColumn("kappa_words", "Beyond chance"), lambda a: kappa_words(a.kappa)),
            (hidden("kappa", "Kappa"), lambda a: a.kappa.value if a.kappa else None),
            (hidden("low", "From"), lambda a: _bound(a, 0)),
            (hidden("high", "To"), lambda a: _bound(a, 1)),
        ),
        facts.pairs.agreements,
    )


def _in_all(facts: Facts) -> str:
    """Return which reviews the figures until today are of: all, or all of the owner reported on."""
    whose = f" of {facts.period.owner}'s prospects" if facts.period.owner else ""
    return f"in all reviews{whose}"


def _bound(agreement: Agreement, end: int) -> Decimal | None:
    kappa = agreement.kappa
    return kappa.interval[end] if kappa and kappa.interval else None


def right_later(facts: Facts) -> ReportSection:
    """Show who was right where they differed at first, of the cards that have ended since."""
    pairs = facts.pairs
    is_open = bool(pairs.splits) and not pairs.foresight
    return table_of(
        "right_later",
        f"Who was right later, {_in_all(facts)}",
        (
            (ReportColumn("by", "Who"), lambda one: one.name),
            (figure("right", "Right"), lambda one: one.right),
            (figure("ended", "Splits that ended"), lambda one: one.ended),
        ),
        pairs.foresight,
        [f"{several(pairs.splits, 'split')}; none has ended yet"] if is_open else (),
    )


def pair_bets(facts: Facts) -> ReportSection:
    """Show what became of all bets."""
    return table_of(
        "bet_ends",
        f"What became of bets, {_in_all(facts)}",
        (
            (ReportColumn("end", "Bets"), lambda found: str(found[0])),
            (figure("count", "Number"), lambda found: found[1]),
        ),
        facts.pairs.bets,
    )


def both_against_the_record(facts: Facts) -> ReportSection:
    """Show the cards on which both voted alike at first, and the record advised the opposite."""
    return table_of(
        "both_against",
        f"Both voted against the record, {_in_all(facts)}",
        (
            *prospect_cells(lambda prospect: prospect),
            (ReportColumn("column", "Now"), lambda p: "won" if p.won else p.column),
            (HIDDEN_OWNER, lambda p: p.owner),
        ),
        facts.pairs.both_against,
    )


# What the cells hold


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


def votes_words(votes: Iterable[PairVote], facts: Facts) -> str:
    """Return ``ann keep (call them 4 Dec), fairly sure; raj purge (no decision), certain``."""
    said = ((f"{v.by} {v.verdict}{_what(v, facts)}", sure_words(v.sure)) for v in votes)
    return "; ".join(", ".join(filter(None, each)) for each in said)


def _what(vote: PairVote, facts: Facts) -> str:
    """Return what was to be done, and when, between brackets; nothing where neither is known."""
    what = vote.what.replace("-", " ") if vote.destination is Column.NURTURE else vote.what
    if what and vote.destination is Column.DROPPED:
        what = facts.settings.reason_label(what)
    day = short_day(vote.on, facts.today.day) if vote.on else ""
    said = " ".join(filter(None, (what, day)))
    return f" ({said})" if said else ""
