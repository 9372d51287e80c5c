"""Our own figures: what became of earlier verdicts, of what was let go, and of first impressions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from review_board.judgement.closing_ratio import ClosingRatio, closing_ratio
from review_board.judgement.verdict_history import verdicts_in_force
from review_board.learning.history import known_by
from review_board.learning.outcomes import is_pursued_loss
from review_board.learning.pair_reviews import PairFigures, pair_figures
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import SELLING, Column, Verdict
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Estimates


@dataclass(frozen=True, slots=True)
class LaterState:
    """What became of some prospects: they stand in Nurture, in Dropped, were won, or are in work."""

    won: tuple[Prospect, ...]
    dropped: tuple[Prospect, ...]
    nurture: tuple[Prospect, ...]
    working: tuple[Prospect, ...]

    @property
    def places(self) -> dict[str, tuple[Prospect, ...]]:
        """Return them by where they are, as JSON names it."""
        return {
            "won": self.won,
            "dropped": self.dropped,
            "nurture": self.nurture,
            "in_work": self.working,
        }

    @property
    def count(self) -> int:
        """Return how many there are."""
        return sum(map(len, self.places.values()))


@dataclass(frozen=True, slots=True)
class RuleRecord:
    """One rule's advice: verdicts on it, how many followed it, and what became of the prospects."""

    rule: str
    decided: int
    followed: int
    since: LaterState


@dataclass(frozen=True, slots=True)
class FirstImpressions:
    """First impressions of one kind against the outcome; who never was qualified is not lost."""

    count: int
    won: int
    lost: int

    @property
    def ended(self) -> int:
        """Return those whose outcome the impression can be held against."""
        return self.won + self.lost


CameIn = Mapping[str, frozenset[datetime]]
"""By id, the moments of the drops with which a prospect came on record."""
NONE_CAME_IN: CameIn = {}


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the verdicts and outcomes on record say about our judgement; overruled verdicts say nothing.

    ``dropped`` and ``nurtured`` hold who ever was, in a review or by hand, and what became of them;
    ``came_in_lost`` who was let go elsewhere, before any record here. ``kept_against`` and
    ``purged_against`` hold who was decided against the recommendation. ``pairs`` tell of verdicts
    that two people gave together.
    """

    closing: ClosingRatio
    won: int
    lost: int
    verdicts: int
    followed: int
    dropped: LaterState
    came_in_lost: LaterState
    nurtured: LaterState
    kept_against: LaterState
    purged_against: LaterState
    solid: FirstImpressions
    not_solid: FirstImpressions
    rules: tuple[RuleRecord, ...]
    pairs: PairFigures

    @property
    def impressions(self) -> int:
        """Return first impressions of prospects that were won or lost since."""
        return self.solid.ended + self.not_solid.ended

    @property
    def right(self) -> int:
        """Return how many of these were right: yes and won, or no and not won."""
        return self.solid.won + self.not_solid.lost

    @property
    def hit_rate(self) -> Decimal | None:
        """Return the share that was right, 0 to 1; ``None`` while nothing has ended."""
        if not self.impressions:
            return None
        return (Decimal(self.right) / self.impressions).quantize(Decimal("0.0001"))


def calibrate(
    on_record: Iterable[Prospect],
    estimates: Estimates,
    today: Today,
    came_in: CameIn = NONE_CAME_IN,
) -> Calibration:
    """Return the figures of all prospects, by what is dated up to today."""
    prospects = [known for prospect in on_record if (known := known_by(prospect, today))]
    won = sum(p.won is not None for p in prospects)
    pursued = sum(is_pursued_loss(p, today) for p in prospects)
    let_go = [p for p in prospects if _was_dropped(p, today, came_in)]
    ours = {p.id for p in let_go}
    lost = [p for p in prospects if p.id in came_in and p.id not in ours]
    verdicts = [verdict for prospect in prospects for verdict in verdicts_in_force(prospect, today)]
    return Calibration(
        closing=closing_ratio(won, pursued, estimates),
        won=won,
        lost=pursued,
        verdicts=len(verdicts),
        followed=sum(verdict.followed for verdict in verdicts),
        dropped=_later_state(let_go),
        came_in_lost=_later_state(p for p in lost if _was_dropped(p, today)),
        nurtured=_later_state(p for p in prospects if _was_nurtured(p, today)),
        kept_against=_later_state(_against_advice(prospects, Verdict.KEEP, today)),
        purged_against=_later_state(_against_advice(prospects, Verdict.PURGE, today)),
        solid=_first_impressions(prospects, today, solid=True),
        not_solid=_first_impressions(prospects, today, solid=False),
        rules=tuple(_by_rule(prospects, today)),
        pairs=pair_figures(prospects, today),
    )


def _against_advice(
    prospects: Iterable[Prospect], given: Verdict, today: Today
) -> Iterator[Prospect]:
    """Yield those on which this was decided, though the other verdict was recommended."""
    for prospect in prospects:
        verdicts = verdicts_in_force(prospect, today)
        if any(v.verdict is given is not v.recommended for v in verdicts):
            yield prospect


def _was_dropped(prospect: Prospect, today: Today, came_in: CameIn = NONE_CAME_IN) -> bool:
    """Return whether it was ever dropped otherwise than ``came_in``, before it was bought if it was."""
    elsewhere = came_in.get(prospect.id, frozenset())
    return any(
        drop.at not in elsewhere and _before_won(prospect, today.day_of(drop.at))
        for drop in prospect.drops
    )


def drops_elsewhere(first: Prospect) -> frozenset[datetime]:
    """Return the moments of the drops in the oldest version of a prospect that no verdict of a review made."""
    by_verdict = {r.at for r in first.verdicts if r.destination is Column.DROPPED}
    return frozenset(drop.at for drop in first.drops) - by_verdict


def _was_nurtured(prospect: Prospect, today: Today) -> bool:
    """Return whether it was ever put into Nurture, before it was bought if it was."""
    verdicts: Iterable[datetime] = (
        r.at for r in prospect.verdicts if r.destination is Column.NURTURE
    )
    days = [today.day_of(at) for at in verdicts]
    days += [prospect.nurture.since] if prospect.nurture else []
    return any(_before_won(prospect, day) for day in days)


def _before_won(prospect: Prospect, day: date) -> bool:
    return prospect.won is None or day <= prospect.won.on


def _later_state(prospects: Iterable[Prospect]) -> LaterState:
    found = list(prospects)
    open_ = [p for p in found if not p.won]
    return LaterState(
        won=tuple(p for p in found if p.won),
        dropped=tuple(p for p in open_ if p.column is Column.DROPPED),
        nurture=tuple(p for p in open_ if p.column is Column.NURTURE),
        working=tuple(p for p in open_ if p.column in SELLING),
    )


def _first_impressions(
    prospects: Iterable[Prospect], today: Today, *, solid: bool
) -> FirstImpressions:
    found = [p for p in prospects if p.first_impression and p.first_impression.solid is solid]
    won = sum(p.won is not None for p in found)
    return FirstImpressions(len(found), won, sum(is_pursued_loss(p, today) for p in found))


def _by_rule(prospects: Sequence[Prospect], today: Today) -> Iterable[RuleRecord]:
    """Yield the records in the order of the rules; rules of another edition come last."""
    given = [(p, verdicts_in_force(p, today)) for p in prospects]
    names = {r.rule for _, verdicts in given for r in verdicts}
    order = {rule.value: place for place, rule in enumerate(RuleName)}
    for name in sorted(names, key=lambda rule: (order.get(rule, len(order)), rule)):
        verdicts = [r for _, these in given for r in these if r.rule == name]
        followed = sum(verdict.followed for verdict in verdicts)
        prospects_met = [p for p, verdicts in given if any(r.rule == name for r in verdicts)]
        yield RuleRecord(name, len(verdicts), followed, _later_state(prospects_met))
