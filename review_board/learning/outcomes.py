"""How a prospect ended: won, lost, or not yet; the one place that says what counts as lost."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from review_board.judgement.closing_ratio import LOST_REASONS, lost_before
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.vocabulary import Column


class End(StrEnum):
    """What became of a prospect."""

    WON = "won"
    LOST = "lost"
    OPEN = "open"


@dataclass(frozen=True, slots=True)
class Ending:
    """How it ended and on which day; an open one has ended on no day."""

    end: End
    day: date | None = None


def ending_of(prospect: Prospect, today: Today) -> Ending:
    """Return how it ended: won, lost (it stands in Dropped, for whatever reason) or open by today."""
    if prospect.won:
        return _by(today, Ending(End.WON, prospect.won.on))
    if prospect.column is Column.DROPPED and prospect.drop:
        return _by(today, Ending(End.LOST, today.day_of(prospect.drop.at)))
    return Ending(End.OPEN)


def _by(today: Today, ending: Ending) -> Ending:
    return ending if ending.day and ending.day <= today.day else Ending(End.OPEN)


def is_pursued_loss(prospect: Prospect, today: Today) -> bool:
    """Return whether it is lost and not merely unqualified, and has stood so for long enough."""
    drop = prospect.drop
    return was_pursued(prospect) and (drop is None or drop.at < lost_before(today))


def was_pursued(prospect: Prospect) -> bool:
    """Return whether it stands in Dropped after a pursuit.

    It had a quote, or a reason that says they might have bought.
    """
    if prospect.won or prospect.column is not Column.DROPPED:
        return False
    return bool(prospect.quotes) or (
        prospect.drop is not None and prospect.drop.reason in LOST_REASONS
    )
