"""What the dialogs give: what the user decided, checked, and not yet done."""

from dataclasses import dataclass
from datetime import date

from review_board.pipeline.records import Reason
from review_board.pipeline.vocabulary import Track


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Drop it, and why."""

    reason: Reason
    note: str = ""


@dataclass(frozen=True, slots=True)
class NurtureDraft:
    """Nurture it on a track; ``first`` is the day of the first touch, or as the track says."""

    track: Track
    first: date | None = None
