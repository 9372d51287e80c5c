"""The form in which a verdict of a review is stored on a prospect."""

from typing import Annotated

from pydantic import Field

from review_board.pipeline.model import Model
from review_board.pipeline.records import Day, Id, Importance, Moment, NextStep, Reason
from review_board.pipeline.text import Line, Note
from review_board.pipeline.vocabulary import Column, Verdict


class Overruled(Model):
    """The verdict of the same day that another one took the place of, knowingly."""

    id: Id
    by: Line
    destination: Column


Sure = Annotated[int, Field(ge=1, le=3)]
"""How sure a voter is, a place among ``SURE_WORDS`` from 1 on; ``None`` where that was not said."""
SURE_WORDS = ("doubtful", "fairly sure", "certain")


def sure_words(sure: int | None) -> str:
    """Return how sure somebody is of a vote, in words; empty where they did not say."""
    return SURE_WORDS[sure - 1] if sure else ""


class PairVote(Model):
    """One vote of a pair review as it was revealed; ``on`` is the day of the step, call or first touch.

    ``what`` goes with it: what is to be done, the nurture track, or the id of the reason to drop it.
    ``login`` is the user of the operating system where that is not ``by``; ``asserted`` says that
    ``by`` was only claimed with ``--as``. ``again`` counts the votes that this one took the place
    of before the reveal, since whoever loses their connection votes again.
    """

    by: Line
    role: Line
    verdict: Verdict
    destination: Column
    on: Day | None = None
    what: Line = ""
    sure: Sure | None = None
    why: Line = ""
    login: Line = ""
    asserted: bool = False
    again: Annotated[int, Field(ge=0)] = 0


class PairRecord(Model):
    """How two people came to one verdict: their blind votes, and how these were settled.

    ``first`` are the votes of the first reveal, ``second`` those of the one re-vote. ``settled`` is
    ``agreed``, ``confirmed`` (one took the other's way to the same verdict), ``conceded`` (one took
    the other's verdict), ``bet`` or ``overruled``; ``settled_by`` names who did so. ``moved`` names who
    ended elsewhere than they first voted, ``dissent`` who still disagreed. ``terminal`` says that
    both sat at one.
    """

    first: tuple[PairVote, ...]
    second: tuple[PairVote, ...] = ()
    settled: Line
    settled_by: Line = ""
    moved: tuple[Line, ...] = ()
    dissent: Line = ""
    terminal: Line = ""

    @property
    def people(self) -> tuple[str, ...]:
        """Return the names of both voters, in the order of the alphabet."""
        return tuple(sorted(vote.by for vote in self.first))

    @property
    def in_words(self) -> str:
        """Return how it was settled, and by whom: ``ann gave way in the second vote; raj agreed to ann's way``."""
        name = self.settled_by or (self.moved[0] if len(self.moved) == 1 else "")
        match self.settled:
            case "bet":
                return "on a bet"
            case "overruled":
                return f"{self.settled_by or self._beside(self.dissent)} overruled {self.dissent}"
            case "conceded" if name:
                return f"{name} agreed with {self._beside(name)}"
            case "confirmed" if name:
                way = f"{name} agreed to {self._beside(name)}'s way"
                return "; ".join([*self._gave_way, way])
            case _:
                return next(iter(self._gave_way), "both agreed")

    @property
    def _gave_way(self) -> list[str]:
        """Return who went over to the other's verdict in the second vote; nobody where there was none."""
        before = {vote.by: vote.verdict for vote in self.first}
        changed = [v.by for v in self.second if v.verdict is not before.get(v.by)]
        return [f"{name} gave way in the second vote" for name in changed]

    def _beside(self, name: str) -> str:
        return next((each for each in self.people if each != name), "the other")

    @property
    def agreed_at_first(self) -> bool:
        """Return whether the first, independent votes were the same: keep or purge."""
        return len({vote.verdict for vote in self.first}) == 1


class VerdictRecord(Model):
    """One verdict of a review: what was recommended, what was decided, on what evidence.

    ``seconds`` is the time the card was open; ``settings`` the hash of the rules in force;
    ``unknown`` the questions still open at that moment. What the verdict asked for: ``against`` the
    line that a decision against the recommendation takes, ``start_anew`` whether they would start
    with it today; ``sooner`` why the step comes before contact pressure allows it; ``importance``
    of a high-tier sale, 1 to 5; ``changed`` what has changed since it was dropped. ``step`` is the
    dated action that the verdict set; ``was`` the column before it; ``overrules`` the verdict of
    somebody who was first that day; ``pair`` how two people came to it together.
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
    pair: PairRecord | None = None

    @property
    def people(self) -> tuple[str, ...]:
        """Return who gave it: one person, or both of a pair."""
        return self.pair.people if self.pair else (self.by,)

    @property
    def followed(self) -> bool:
        """Tell whether the person decided as recommended."""
        return self.destination is self.recommended_destination
