"""The verdict: what a person decides, what it demands of them, and what goes on record."""

from dataclasses import dataclass
from datetime import date

from review_board.errors import RefusedError
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline import changes
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Callback, NextStep, Ruling
from review_board.pipeline.stamp import Stamp
from review_board.pipeline.vocabulary import Column, DropReason, Track, Verdict
from review_board.settings import RuleName


@dataclass(frozen=True, slots=True)
class Decision:
    """Where a prospect goes, with what that destination demands.

    Active needs a dated ``step``, Callback-Pending a ``callback``, Dropped a ``reason``; Nurture
    takes a ``track`` and its ``first`` touch. A verdict against the recommendation needs the line ``against``.
    """

    destination: Column
    step: NextStep | None = None
    callback: Callback | None = None
    track: Track | None = None
    first: date | None = None
    reason: DropReason | None = None
    note: str = ""
    against: str = ""

    @property
    def verdict(self) -> Verdict:
        """Keep or purge."""
        return Verdict.of(self.destination)


@dataclass(frozen=True, slots=True)
class Circumstances:
    """Where and how long a card was before somebody: ``seconds`` open, ``session`` id."""

    session: str | None = None
    seconds: int = 0


def is_against(destination: Column, recommendation: Recommendation) -> bool:
    """Whether going there contradicts the recommended verdict. The destination alone does not.

    "Work it or release it" leaves both open, so releasing what nobody ever worked is not against it.
    """
    if recommendation.rule is RuleName.NEVER_WORKED:
        return False
    return Verdict.of(destination) is not recommendation.verdict


def refusal(decision: Decision, recommendation: Recommendation, today: Today) -> str | None:
    """What is still missing from a decision, or ``None`` when it can be recorded."""
    if decision.destination is Column.ACTIVE and decision.step is None:
        return "A keep needs a dated next step"
    if decision.step and decision.step.on < today.day:
        return "The next step lies in the past"
    if decision.destination is Column.CALLBACK and decision.callback is None:
        return "A callback needs its date"
    if decision.destination is Column.DROPPED and decision.reason is None:
        return "A drop needs a reason"
    if is_against(decision.destination, recommendation) and not decision.against.strip():
        return "Deciding against the recommendation takes one line"
    return None


def rule(
    prospect: Prospect,
    decision: Decision,
    recommendation: Recommendation,
    today: Today,
    stamp: Stamp,
    *,
    circumstances: Circumstances = Circumstances(),
) -> Prospect:
    """The prospect with the verdict on record and moved where it was sent.

    Raises ``RefusedError`` while something the destination demands is missing.
    """
    if missing := refusal(decision, recommendation, today):
        raise RefusedError(missing, "nothing was decided")
    moved = _moved(prospect, decision, recommendation, today, stamp)
    return changes.record_ruling(moved, _ruling(decision, recommendation, stamp, circumstances))


def _moved(
    prospect: Prospect,
    decision: Decision,
    recommendation: Recommendation,
    today: Today,
    stamp: Stamp,
) -> Prospect:
    match decision.destination:
        case Column.ACTIVE:
            kept = changes.activate(prospect, decision.step)
            return _with_rescue(kept, recommendation, today)
        case Column.CALLBACK:
            assert decision.callback is not None
            return changes.await_callback(prospect, decision.callback)
        case Column.NURTURE:
            return changes.nurture(prospect, today.day, decision.track, decision.first)
        case Column.DROPPED:
            assert decision.reason is not None
            return changes.drop(prospect, decision.reason, stamp, decision.note)


def _with_rescue(prospect: Prospect, recommendation: Recommendation, today: Today) -> Prospect:
    """Keeping a prospect for the rescue uses it up."""
    finding = recommendation.finding
    if finding.rule is not RuleName.RESCUE or prospect.rescue or finding.until is None:
        return prospect
    days = (finding.until - today.day).days
    return changes.start_rescue(prospect, finding.action, today.day, days)


def _ruling(
    decision: Decision,
    recommendation: Recommendation,
    stamp: Stamp,
    circumstances: Circumstances,
) -> Ruling:
    return Ruling(
        id=stamp.key,
        at=stamp.at,
        by=stamp.by,
        verdict=decision.verdict,
        destination=decision.destination,
        recommended=recommendation.verdict,
        recommended_destination=recommendation.destination,
        rule=recommendation.rule,
        evidence=recommendation.evidence,
        unknown=recommendation.unknown,
        reason=decision.reason,
        note=decision.note,
        against=decision.against,
        settings=recommendation.settings,
        session=circumstances.session,
        seconds=circumstances.seconds,
    )
