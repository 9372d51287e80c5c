"""What the review fills in before a person is asked: a reason, a next step, a callback date."""

from datetime import date, timedelta

from review_board.judgement.evidence import Evidence
from review_board.judgement.recommendation import Recommendation
from review_board.pipeline.vocabulary import DropReason, Track
from review_board.settings import RuleName

REASONS = {
    RuleName.DO_NOT_CONTACT: DropReason.DO_NOT_CONTACT,
    RuleName.HOSTILE: DropReason.HOSTILE,
    RuleName.SERIAL_DEFERRAL: DropReason.ONLY_DEFERRALS,
    RuleName.UNANSWERED_QUESTIONS: DropReason.NO_DECISION,
    RuleName.NURTURE_EXHAUSTED: DropReason.NO_RESPONSE,
    RuleName.GONE_SILENT: DropReason.NO_RESPONSE,
    RuleName.POOR_PAYOFF: DropReason.POOR_PAYOFF,
}
KNOCK_OUT_REASONS = {
    "budget": DropReason.NO_BUDGET,
    "decision": DropReason.NO_ACCESS,
    "process": DropReason.NO_NEED,
}


def proposed_reason(recommendation: Recommendation) -> DropReason | None:
    """The drop reason that the winning rule suggests."""
    if recommendation.rule is RuleName.KNOCKED_OUT:
        question = recommendation.finding.because.evidence[0].removeprefix("answers/")
        return KNOCK_OUT_REASONS.get(question)
    return REASONS.get(recommendation.rule)


STEPS = {
    RuleName.FRESH_LEAD: "make the first call",
    RuleName.NEVER_WORKED: "make the first call",
    RuleName.LIVE_INTEREST: "agree the next step",
    RuleName.LAST_CALL: "send the last call",
    RuleName.OPEN_QUOTE: "follow the quote up",
    RuleName.WORKING: "call again",
}
"""A step to begin with, for the rules whose advice is no step by itself."""
SATURDAY = 5


def proposed_step(recommendation: Recommendation, evidence: Evidence) -> tuple[str, date]:
    """An action and the earliest weekday that contact pressure allows, tomorrow at the soonest."""
    step, today = evidence.prospect.next_step, evidence.today.day
    if step and step.on >= today:
        return step.action, step.on
    earliest = recommendation.earliest or today
    day = max(earliest, today + timedelta(days=1))
    while day.weekday() >= SATURDAY:
        day += timedelta(days=1)
    return STEPS.get(recommendation.rule, recommendation.finding.action), day


def proposed_track(recommendation: Recommendation) -> Track:
    """The nurture track that suits the rule: a far callback only wakes."""
    if recommendation.rule is RuleName.FAR_CALLBACK:
        return Track.WAKE_UP
    if recommendation.finding.email_only:
        return Track.MONTHLY_EMAIL
    return Track.KEEP_IN_TOUCH
