"""What the dialogs give: what the user decided, checked, and not yet done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import time as time_of_day
from typing import TYPE_CHECKING, Any

from review_board.pipeline.money import Money
from review_board.pipeline.records import NextStep, Reason
from review_board.pipeline.vocabulary import Column, Track

if TYPE_CHECKING:
    from review_board.board.views import View


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


@dataclass(frozen=True, slots=True)
class StepDraft:
    """What we do next and when; ``action`` is empty for no next step."""

    action: str = ""
    on: date | None = None
    time: time_of_day | None = None

    @property
    def step(self) -> NextStep | None:
        """The next step as it is stored."""
        if not self.action or self.on is None:
            return None
        return NextStep(action=self.action, on=self.on, time=self.time)


@dataclass(frozen=True, slots=True)
class TextDraft:
    """A line or a note."""

    text: str


@dataclass(frozen=True, slots=True)
class FieldsDraft:
    """Fields of a prospect, by name; validated by the change that takes them."""

    fields: Mapping[str, Any]
    column: Column = Column.ACTIVE


@dataclass(frozen=True, slots=True)
class WonDraft:
    """Bought; ``value`` is what they really buy for, when it is known."""

    value: Money | None


@dataclass(frozen=True, slots=True)
class ViewDraft:
    """A view to show; ``None`` is the wish to keep what is shown as a view."""

    view: "View | None"
