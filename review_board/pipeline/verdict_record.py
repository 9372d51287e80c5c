"""The form in which a verdict of a review is stored on a prospect."""

from typing import Annotated

from pydantic import Field

from review_board.pipeline.model import Model
from review_board.pipeline.records import Id, Importance, Moment, NextStep, Reason
from review_board.pipeline.text import Line, Note
from review_board.pipeline.vocabulary import Column, Verdict


class Overruled(Model):
    """The verdict of the same day that another one took the place of, knowingly."""

    id: Id
    by: Line
    destination: Column


class VerdictRecord(Model):
    """One verdict of a review: what was recommended, what was decided, on what evidence.

    ``seconds`` is the time the card was open; ``settings`` the hash of the rules in force;
    ``unknown`` the questions still open at that moment. What the verdict asked for: ``against`` the
    line that a decision against the recommendation takes, ``start_anew`` whether they would start
    with it today; ``sooner`` why the step comes before contact pressure allows it; ``importance``
    of a high-tier sale, 1 to 5; ``changed`` what has changed since it was dropped. ``step`` is the
    dated action that the verdict set; ``was`` the column before it; ``overrules`` the verdict of
    somebody who was first that day.
    """

    id: Id
    at: Moment
    by: Line
    verdict: Verdict
    destination: Column
    recommended: Verdict
    recommended_destination: Column
    rule: Line
    evidence: tuple[Line, ...] = ()
    unknown: tuple[Line, ...] = ()
    reason: Reason | None = None
    note: Note = ""
    against: Note = ""
    start_anew: bool | None = None
    sooner: Note = ""
    importance: Importance | None = None
    changed: Note = ""
    step: NextStep | None = None
    was: Column | None = None
    overrules: Overruled | None = None
    settings: Line = ""
    session: Line | None = None
    seconds: Annotated[int, Field(ge=0)] = 0

    @property
    def followed(self) -> bool:
        """Tell whether the person decided as recommended."""
        return self.destination is self.recommended_destination
