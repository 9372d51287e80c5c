"""What two people's joint verdicts say: how far they agree, whose bets were won, who was right later."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from itertools import product

from review_board.judgement.bets import last_day, verdicts_since
from review_board.judgement.timeline import SIGNALS
from review_board.judgement.verdict_history import last_verdict_in
from review_board.learning.outcomes import End, ending_of
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Bet
from review_board.pipeline.verdict_record import PairRecord, VerdictRecord
from review_board.pipeline.vocabulary import Verdict
from review_board.settings.rule_names import RuleName
from review_board.wording import listed, share


class BetEnd(StrEnum):
    """What became of a bet; one that was ``set aside`` was decided again before its day."""

    WON = "won"
    LOST = "lost"
    SET_ASIDE = "set aside"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Votes:
    """How often one person and another voted what, on the same cards: ``keep_purge`` is keep by the one."""

    keep_keep: int = 0
    keep_purge: int = 0
    purge_keep: int = 0
    purge_purge: int = 0

    @property
    def count(self) -> int:
        """Return the number of cards."""
        return self.keep_keep + self.keep_purge + self.purge_keep + self.purge_purge

    @property
    def agreed(self) -> int:
        """Return how often both voted the same."""
        return self.keep_keep + self.purge_purge

    @property
    def table(self) -> tuple[tuple[int, ...], ...]:
        """Return the counts as a table: a row for each vote of the one, a column for the other's."""
        return (self.keep_keep, self.keep_purge), (self.purge_keep, self.purge_purge)


@dataclass(frozen=True, slots=True)
class Kappa:
    """Kappa with its 95 % interval; without one where the votes leave no room for an error to be seen."""

    value: Decimal
    interval: tuple[Decimal, Decimal] | None


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two people agree by their first, blind votes on the same cards."""

    people: tuple[str, ...]
    votes: Votes
    kappa: Kappa | None


@dataclass(frozen=True, slots=True)
class Foresight:
    """How often somebody who was alone with a vote was right later, of those cards that ended."""

    name: str
    right: int
    ended: int


@dataclass(frozen=True, slots=True)
class PairFigures:
    """What the joint verdicts on record come to.

    ``both_against`` holds the prospects on which both agreed at first and the record advised otherwise;
    ``splits`` counts the verdicts on which they did not agree at first.
    """

    agreements: tuple[Agreement, ...] = ()
    bets: tuple[tuple[BetEnd, int], ...] = ()
    foresight: tuple[Foresight, ...] = ()
    splits: int = 0
    both_against: tuple[Prospect, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Return whether there is nothing to say."""
        return not (self.agreements or self.bets)


NO_PAIRS = PairFigures()


def pair_figures(prospects: Iterable[Prospect], today: Today) -> PairFigures:
    """Return the figures of all prospects; a verdict that was given again in its review counts once."""
    known = list(prospects)
    joint = [(prospect, verdict) for prospect in known for verdict in joint_verdicts(prospect)]
    ends = Counter(bet_end(prospect, bet, today) for prospect in known for bet in prospect.bets)
    return PairFigures(
        agreements=tuple(_agreements(verdict.pair for _, verdict in joint if verdict.pair)),
        bets=tuple((end, ends[end]) for end in BetEnd if ends[end]),
        foresight=tuple(_foresight(joint, today)),
        splits=sum(v.pair is not None and not v.pair.agreed_at_first for _, v in joint),
        both_against=tuple(p for p, verdict in joint if is_against_both(verdict)),
    )


def joint_verdicts(prospect: Prospect) -> Iterator[VerdictRecord]:
    """Yield the joint verdicts on a prospect: the last of each pair review."""
    for verdict in prospect.verdicts:
        if verdict.pair and last_verdict_in(prospect, verdict.session or "") is verdict:
            yield verdict


def is_against_both(verdict: VerdictRecord) -> bool:
    """Return whether both voted the same at first, and the record advised the opposite."""
    pair = verdict.pair
    return pair is not None and {v.verdict for v in pair.first} == {*Verdict} - {
        verdict.recommended
    }


# How far they agree


def agreements(verdicts: Iterable[VerdictRecord]) -> tuple[Agreement, ...]:
    """Return how far each two people agree, by their first votes in these verdicts."""
    return tuple(_agreements(verdict.pair for verdict in verdicts if verdict.pair))


def _agreements(records: Iterable[PairRecord]) -> Iterator[Agreement]:
    cells: dict[tuple[str, ...], Counter[tuple[Verdict, ...]]] = {}
    for record in records:
        first = sorted(record.first, key=lambda vote: vote.by)
        counted = cells.setdefault(record.people, Counter())
        counted[tuple(vote.verdict for vote in first)] += 1
    keep, purge = Verdict.KEEP, Verdict.PURGE
    for people, found in sorted(cells.items()):
        pairs = ((keep, keep), (keep, purge), (purge, keep), (purge, purge))
        votes = Votes(*(found[pair] for pair in pairs))
        yield Agreement(people, votes, cohens_kappa(votes.table))


def agreement_words(agreement: Agreement) -> str:
    """Return ``ann and raj: 8 of 10 first votes agree; more than by chance (kappa …)``."""
    votes = agreement.votes
    words = f"{listed(agreement.people)}: {share(votes.agreed, votes.count)} first votes agree"
    return f"{words}; {kappa_words(agreement.kappa)}"


# Cohen's kappa: how far two people agree beyond chance

_Z = Decimal("1.96")
_STEP = Decimal("0.0001")


def cohens_kappa(table: tuple[tuple[int, ...], ...]) -> Kappa | None:
    """Return kappa for a square table of counts; ``None`` where chance alone would always agree.

    Kappa: J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
    Measurement 20 (1960), 37-46. Its large-sample standard error: J. L. Fleiss, J. Cohen, B. S.
    Everitt, Large sample standard errors of kappa and weighted kappa, Psychological Bulletin 72
    (1969), 323-327; so in J. L. Fleiss, B. Levin, M. C. Paik, Statistical Methods for Rates and
    Proportions, chapter 18.
    """
    count = sum(map(sum, table))
    if not count:
        return None
    shares = [[Decimal(cell) / count for cell in row] for row in table]
    rows = [sum(row, Decimal(0)) for row in shares]
    columns = [sum(column, Decimal(0)) for column in zip(*shares, strict=True)]
    chance = sum((r * c for r, c in zip(rows, columns, strict=True)), Decimal(0))
    if chance == 1:
        return None
    seen = sum((shares[n][n] for n in range(len(shares))), Decimal(0))
    kappa = (seen - chance) / (1 - chance)
    rest = 1 - kappa
    spread = Decimal(0)
    for i, j in product(range(len(shares)), repeat=2):
        weight = 1 - (rows[i] + columns[i]) * rest if i == j else (columns[i] + rows[j]) * rest
        spread += shares[i][j] * weight**2
    variance = (spread - (kappa - chance * rest) ** 2) / (count * (1 - chance) ** 2)
    return Kappa(kappa.quantize(_STEP), _interval(kappa, variance))


def _interval(kappa: Decimal, variance: Decimal) -> tuple[Decimal, Decimal] | None:
    """Return the interval, inside -1 to 1."""
    if variance <= Decimal("1e-20"):  # what rounding leaves of nothing
        return None
    reach = _Z * variance.sqrt()
    low, high = max(Decimal(-1), kappa - reach), min(Decimal(1), kappa + reach)
    return low.quantize(_STEP), high.quantize(_STEP)


def kappa_words(kappa: Kappa | None) -> str:
    """Return whether it is more than chance, and kappa with its interval."""
    if kappa is None:
        return "all votes are the same, so it may be chance"
    if kappa.interval is None:
        return f"too few votes to tell it from chance (kappa {kappa.value:.2f})"
    low, high = kappa.interval
    how = (
        "more than by chance" if low > 0 else "less than by chance" if high < 0 else "may be chance"
    )
    return f"{how} (kappa {kappa.value:.2f}, between {low:.2f} and {high:.2f})"


# Bets


def bet_end(prospect: Prospect, bet: Bet, today: Today) -> BetEnd:
    """Return what became of a bet: won by a signal, or a callback with its reasons, up to its last day."""
    day, until = today.day_of(bet.at), last_day(bet, today)
    signalled = any(
        t.outcome in SIGNALS and t.at > bet.at and today.day_of(t.at) <= until
        for t in prospect.touches
    )
    called = any(
        c.asked_by_buyer and c.reason and c.change and day < c.asked_on <= until
        for c in prospect.callbacks
    )
    if signalled or called:
        return BetEnd.WON
    next_verdict = min(verdicts_since(bet, prospect), key=lambda v: v.at, default=None)
    if next_verdict and next_verdict.rule != RuleName.LOST_BET:
        return BetEnd.SET_ASIDE
    return BetEnd.LOST if next_verdict or today.day > until else BetEnd.OPEN


# Who was right


def _foresight(
    joint: Iterable[tuple[Prospect, VerdictRecord]], today: Today
) -> Iterator[Foresight]:
    right, ended = Counter[str](), Counter[str]()
    for prospect, verdict in joint:
        proved = proved_right(prospect, verdict, today)
        if proved is None or verdict.pair is None or verdict.pair.agreed_at_first:
            continue
        for vote in verdict.pair.first:
            ended[vote.by] += 1
            right[vote.by] += vote.verdict is proved
    yield from (Foresight(name, right[name], ended[name]) for name in sorted(ended))


def proved_right(prospect: Prospect, verdict: VerdictRecord, today: Today) -> Verdict | None:
    """Return which vote the outcome proved right; ``None`` while it proves neither.

    Whoever bought after the verdict was worth keeping. Who was kept and dropped since was not; of
    who was let go and never came back, nobody knows what keeping them would have brought.
    """
    ending, given = ending_of(prospect, today), today.day_of(verdict.at)
    if ending.day is None or ending.day < given:
        return None
    if ending.end is End.WON:
        return Verdict.KEEP
    return Verdict.PURGE if verdict.verdict is Verdict.KEEP else None
