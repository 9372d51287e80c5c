"""Our own figures: what became of earlier verdicts, of what was let go, and of first impressions."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from review_board.judgement import ClosingRatio
from review_board.learning.endings import is_pursued_loss
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Ruling
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings import RuleName


@dataclass(frozen=True, slots=True)
class Since:
    """What became of some prospects: they stand in Nurture, in Dropped, were won, or are in work."""

    won: tuple[Prospect, ...]
    dropped: tuple[Prospect, ...]
    nurture: tuple[Prospect, ...]
    working: tuple[Prospect, ...]

    @property
    def count(self) -> int:
        """How many there are."""
        return len(self.won) + len(self.dropped) + len(self.nurture) + len(self.working)


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """One rule's advice: verdicts on it, how many followed it, and what became of the prospects."""

    rule: str
    decided: int
    followed: int
    since: Since


@dataclass(frozen=True, slots=True)
class Instincts:
    """First impressions of one kind against the outcome; who never was qualified is not lost."""

    told: int
    won: int
    lost: int


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the verdicts and outcomes on record say about our judgement.

    ``dropped`` and ``nurtured`` hold who ever was, in a review or by hand, and what became of them;
    ``kept_against`` and ``purged_against`` who was decided against the recommendation.
    """

    closing: ClosingRatio
    won: int
    lost: int
    verdicts: int
    followed: int
    dropped: Since
    nurtured: Since
    kept_against: Since
    purged_against: Since
    solid: Instincts
    not_solid: Instincts
    rules: tuple[RuleRecord, ...]


def calibrate(prospects: Sequence[Prospect], closing: ClosingRatio, today: Today) -> Calibration:
    """The figures of all prospects; ``closing`` is the pipeline's closing ratio."""
    rulings = [ruling for prospect in prospects for ruling in prospect.verdicts]
    return Calibration(
        closing=closing,
        won=sum(p.won is not None for p in prospects),
        lost=sum(is_pursued_loss(p) for p in prospects),
        verdicts=len(rulings),
        followed=sum(ruling.followed for ruling in rulings),
        dropped=_since(p for p in prospects if _was_dropped(p, today)),
        nurtured=_since(p for p in prospects if _was_nurtured(p, today)),
        kept_against=_since(p for p in prospects if _decided(p, kept_against_advice)),
        purged_against=_since(p for p in prospects if _decided(p, purged_against_advice)),
        solid=_instincts(prospects, solid=True),
        not_solid=_instincts(prospects, solid=False),
        rules=tuple(_by_rule(prospects)),
    )


def kept_against_advice(ruling: Ruling) -> bool:
    """Kept, though letting go was recommended."""
    return ruling.verdict is Verdict.KEEP and ruling.recommended is Verdict.PURGE


def purged_against_advice(ruling: Ruling) -> bool:
    """Let go, though keeping was recommended."""
    return ruling.verdict is Verdict.PURGE and ruling.recommended is Verdict.KEEP


def _decided(prospect: Prospect, how: Callable[[Ruling], bool]) -> bool:
    return any(how(ruling) for ruling in prospect.verdicts)


def _was_dropped(prospect: Prospect, today: Today) -> bool:
    """Ever dropped, before it was bought if it was."""
    drops = [*prospect.earlier_drops, *([prospect.drop] if prospect.drop else [])]
    return any(_before_won(prospect, today.day_of(drop.at)) for drop in drops)


def _was_nurtured(prospect: Prospect, today: Today) -> bool:
    """Ever put into Nurture, before it was bought if it was."""
    verdicts: Iterable[datetime] = (
        r.at for r in prospect.verdicts if r.destination is Column.NURTURE
    )
    days = [today.day_of(at) for at in verdicts]
    days += [prospect.nurture.since] if prospect.nurture else []
    return any(_before_won(prospect, day) for day in days)


def _before_won(prospect: Prospect, day: date) -> bool:
    return prospect.won is None or day <= prospect.won.on


def _since(prospects: Iterable[Prospect]) -> Since:
    found = list(prospects)
    open_ = [p for p in found if not p.won]
    return Since(
        won=tuple(p for p in found if p.won),
        dropped=tuple(p for p in open_ if p.column is Column.DROPPED),
        nurture=tuple(p for p in open_ if p.column is Column.NURTURE),
        working=tuple(p for p in open_ if p.column in {Column.ACTIVE, Column.CALLBACK}),
    )


def _instincts(prospects: Iterable[Prospect], *, solid: bool) -> Instincts:
    told = [p for p in prospects if p.instinct and p.instinct.solid is solid]
    won = sum(p.won is not None for p in told)
    return Instincts(len(told), won, sum(is_pursued_loss(p) for p in told))


def _by_rule(prospects: Sequence[Prospect]) -> Iterable[RuleRecord]:
    """In the order of the ladder; rules of another edition come last."""
    names = {r.rule for p in prospects for r in p.verdicts}
    order = {rule.value: place for place, rule in enumerate(RuleName)}
    for name in sorted(names, key=lambda rule: (order.get(rule, len(order)), rule)):
        rulings = [r for p in prospects for r in p.verdicts if r.rule == name]
        followed = sum(ruling.followed for ruling in rulings)
        met = [p for p in prospects if any(r.rule == name for r in p.verdicts)]
        yield RuleRecord(name, len(rulings), followed, _since(met))
