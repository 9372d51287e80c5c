"""What a report is made from: the period it covers, the verdicts, the columns before and after."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import TypeVar

from review_board.judgement.closing_ratio import ClosingRatio
from review_board.judgement.rule import NeedsReason
from review_board.judgement.rules import RULES_BY_NAME
from review_board.judgement.time_spent import TimeSpent
from review_board.judgement.verdict_history import moved_since
from review_board.learning.pair_reviews import NO_PAIRS, PairFigures
from review_board.pipeline.dates import Today
from review_board.pipeline.money import Money, Totals, currency_rank
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import BET_LOST, SELLING, Column, Verdict
from review_board.report.items import Item
from review_board.report.pipeline_changes import PipelineChanges
from review_board.settings.tree import Settings

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Period:
    """What is reported: one session (``session`` is its id), or everything since a day.

    ``seconds`` were worked: ``clocked`` over the session, else as the verdicts add up to.
    ``taken_back`` counts verdicts that were undone since.
    """

    by: tuple[str, ...]
    started: datetime
    ended: datetime | None = None
    session: str = ""
    sessions: int = 1
    owner: str = ""
    scope: str = ""
    seconds: int = 0
    clocked: bool = False
    cards: int = 0
    taken_back: int = 0


@dataclass(frozen=True, slots=True)
class Settled:
    """A prospect and the verdict on it.

    ``was`` is the column it stood in before, where that is known; ``spent`` the time it took in the
    weeks before the verdict; ``seq`` is the commit that undo takes; ``later`` the next verdict on it
    in the same period; ``moved_by`` who moved it to another column last.
    """

    prospect: Prospect
    verdict: VerdictRecord
    was: Column | None = None
    spent: TimeSpent = field(default_factory=TimeSpent)
    seq: int | None = None
    later: VerdictRecord | None = None
    moved_by: str = ""

    @property
    def moved_to(self) -> Column | None:
        """Return where a hand moved the card after the verdict."""
        return moved_since(self.prospect, self.verdict)

    @property
    def won_since(self) -> bool:
        """Return whether it was let go and was won all the same."""
        return self.prospect.won is not None and not self.kept

    @property
    def kept(self) -> bool:
        """Return whether it stays in selling time."""
        return self.verdict.verdict is Verdict.KEEP

    @property
    def was_lost_bet(self) -> bool:
        """Return whether nobody decided it: its bet was lost, and a review that began dropped it."""
        return self.verdict.reason == BET_LOST

    @property
    def purged(self) -> bool:
        """Return whether a person let it go: what lay in Nurture and stays there went nowhere."""
        return not (self.kept or self.stayed or self.was_lost_bet)

    @property
    def was_let_go(self) -> bool:
        """Return whether it took no selling time before; an older verdict does not say where it stood."""
        return self.was is not None and self.was not in SELLING

    @property
    def freed(self) -> bool:
        """Return whether the verdict took it out of selling time, and it was not moved back or won."""
        return self.freed_from(self.was)

    def freed_from(self, was: Column | None) -> bool:
        """Return the same of a card that stood in a column; what lay in Nurture took no time."""
        taken = not self.kept and (was is None or was in SELLING)
        return taken and self.moved_to not in SELLING and not self.won_since

    @property
    def stayed(self) -> bool:
        """Return whether it lay in Nurture and stays there."""
        return self.was is self.verdict.destination is Column.NURTURE

    @property
    def against(self) -> bool:
        """Return whether the verdict contradicts the recommended one; releasing what nobody worked does not."""
        rule = RULES_BY_NAME.get(self.verdict.rule)
        leaves_open = rule is not None and rule.needs_reason is NeedsReason.NEVER
        return self.verdict.verdict is not self.verdict.recommended and not leaves_open


@dataclass(frozen=True, slots=True)
class Overruling:
    """A card that two reviews decided on one day: the ``first`` verdict, and the one in force."""

    prospect: Prospect
    first: VerdictRecord
    last: VerdictRecord


def decided_of(settled: Iterable[Settled]) -> tuple[Settled, ...]:
    """Return what people decided: what a lost bet dropped is told beside it, and never counted in."""
    return tuple(s for s in settled if not s.was_lost_bet)


def freed_of(settled: Iterable[Settled]) -> tuple[Settled, ...]:
    """Return the cards that took selling time before the first decision on them and do not after the last."""
    decided = tuple(settled)
    first = {s.prospect.id: s for s in reversed(decided)}
    return tuple(s for s in decided if s.later is None and s.freed_from(first[s.prospect.id].was))


Columns = dict[Column, Totals]


def open_of(columns: Columns) -> Totals:
    """Return what is open: Active and Callback-Pending together."""
    return sum((columns.get(column, Totals()) for column in SELLING), Totals())


@dataclass(frozen=True, slots=True)
class PeriodFigures:
    """A session (or a range of days from ``day`` on) in a few figures, for the chart.

    ``open`` is the open value at its end, ``None`` where that is not known.

    ``seconds`` a card are those ``clocked`` over the session, else those of its verdicts.
    """

    day: date
    by: str
    decided: int
    purged: int
    hours: Decimal
    seconds: int
    open: tuple[Money, ...] | None
    clocked: bool = False


class Left(Enum):
    """How a session left a card without a verdict in force, in words."""

    ELSEWHERE = "decided in another review"
    SKIPPED = "skipped"
    SNOOZED = "not this week"
    PARKED = "parked"
    LEFT = "left"
    GONE = "gone meanwhile"
    UNREAD = "cannot be read"


@dataclass(frozen=True, slots=True)
class Undecided:
    """Cards that a session left undecided in one way, by id; by name where that was on purpose."""

    how: Left
    ids: tuple[str, ...]
    names: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Facts:
    """All that a report is made from. ``before`` or ``past`` is empty where the ledger tells nothing.

    ``settled`` has every decision but those ``overruled`` the same day, those on one card in the
    order in which they were made, and what lost bets dropped; ``spoilt`` names the records that
    cannot be read; ``found`` holds what was read from the others. ``changes`` are those since the
    review before, ``None`` where there is none; ``since`` those since the review ended, where the
    record tells how things stood then: all else is as of that end. ``pairs`` tell of all joint verdicts and bets until
    today, where the period holds one.
    """

    pipeline: str
    today: Today
    settings: Settings
    closing: ClosingRatio
    period: Period
    settled: tuple[Settled, ...]
    found: tuple[Item, ...]
    after: Columns
    before: Columns = field(default_factory=dict)
    past: tuple[PeriodFigures, ...] = ()
    won: tuple[Prospect, ...] = ()
    spoilt: tuple[str, ...] = ()
    undecided: tuple[Undecided, ...] = ()
    overruled: tuple[Overruling, ...] = ()
    changes: PipelineChanges | None = None
    since: PipelineChanges | None = None
    pairs: PairFigures = NO_PAIRS

    @property
    def cards(self) -> tuple[Settled, ...]:
        """Return the last decision on each card, and what lost bets dropped."""
        return tuple(s for s in self.settled if s.later is None)

    @property
    def decided(self) -> tuple[Settled, ...]:
        """Return every decision of a person."""
        return decided_of(self.settled)

    @property
    def decided_cards(self) -> int:
        """Return on how many cards a person decided."""
        return len({s.prospect.id for s in self.decided})

    @property
    def lost_bets(self) -> int:
        """Return how many cards a review dropped as it began, since their bets were lost."""
        return len(self.settled) - len(self.decided)

    @property
    def freed(self) -> tuple[Settled, ...]:
        """Return the cards that took selling time before the first decision and do not after the last."""
        return freed_of(self.settled)

    def size(self, money: Money | None) -> tuple[str, Decimal]:
        """Return by which amounts are listed, the largest first: ours, then the other currencies one by one."""
        currency, amount = (money.currency, money.amount) if money else (None, Decimal(0))
        return (currency_rank(currency, self.settings.currency), -amount)

    def those(self, kind: type[T]) -> list[T]:
        """Return the items of one kind, in the order in which they were read."""
        return [item for item in self.found if isinstance(item, kind)]
