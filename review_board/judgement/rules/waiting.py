"""Put off too often, never qualified, or waiting in Nurture."""

from collections.abc import Iterable
from datetime import date

from review_board.judgement.evidence import HIGH, LOW, Evidence
from review_board.judgement.pressure import next_nurture_touch
from review_board.judgement.question_packs import Question
from review_board.judgement.questions import question_of
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import Rule, ids
from review_board.judgement.rules.callbacks import a_proven_day, proven_callback_flip
from review_board.judgement.what_would_change import Answered, BuyerSignal, Condition
from review_board.pipeline.dates import short_day
from review_board.pipeline.vocabulary import AnswerState, Column, SignalKind, Verdict
from review_board.settings.rules import RuleName
from review_board.wording import listed, several

_DEFERS = RuleMatch(RuleName.SERIAL_DEFERRAL, Verdict.PURGE, Column.DROPPED)
_DEFERS_DEARLY = RuleMatch(RuleName.SERIAL_DEFERRAL, Verdict.PURGE, Column.NURTURE)
_UNKNOWN = RuleMatch(RuleName.UNANSWERED_QUESTIONS, Verdict.PURGE, Column.NURTURE)
_UNKNOWN_AND_SMALL = RuleMatch(RuleName.UNANSWERED_QUESTIONS, Verdict.PURGE, Column.DROPPED)
_NURTURED = RuleMatch(RuleName.NURTURING, Verdict.PURGE, Column.NURTURE)
_EXHAUSTED = RuleMatch(RuleName.NURTURE_EXHAUSTED, Verdict.PURGE, Column.DROPPED)


def _serial_deferral(e: Evidence) -> RuleMatch | None:
    if not e.unexplained or len(e.unexplained) < e.deferral_limit:
        return None
    spent = e.nurture_exhausted and e.settings.is_on(RuleName.NURTURE_EXHAUSTED)
    return _DEFERS_DEARLY if e.tier == HIGH and not spent else _DEFERS


def _why_deferring(e: Evidence, claim: RuleMatch) -> Finding:
    count, limit = len(e.unexplained), e.deferral_limit
    by_email = claim.destination is Column.NURTURE
    probation = " on probation" if e.on_probation else ""
    return Finding(
        *claim,
        because=Observation(
            f"{several(count, 'unexplained deferral')} since the last buyer signal{probation}",
            str(count),
            f"≥ {limit}",
            e.deferral_key,
            tuple(d.id for d in e.unexplained),
        ),
        action="Nurture by email only"
        if by_email
        else "Stop calling: they put you off, they do not buy",
        email_only=by_email,
    )


def _reason_given(e: Evidence) -> Iterable[Condition]:
    yield proven_callback_flip(e, f"the buyer names {a_proven_day(e)}")


def _unanswered_questions(e: Evidence) -> RuleMatch | None:
    limits = e.limits
    if len(e.prospect.verdicts) < limits.unknown_reviews:
        return None
    still, reviews = e.unanswered_in_reviews
    if len(reviews) < limits.unknown_reviews or len(still) < limits.unknown_questions:
        return None
    return _UNKNOWN_AND_SMALL if e.tier == LOW else _UNKNOWN


def _why_unanswered(e: Evidence, claim: RuleMatch) -> Finding:
    still, reviews = e.unanswered_in_reviews
    labels = [q.label.lower() for i in still if (q := _question(e, i))]
    limit = e.limits.unknown_questions
    return Finding(
        *claim,
        because=Observation(
            f"{', '.join(labels)} unknown in {several(len(reviews), 'review')} running"
            f" (≥ {e.limits.unknown_reviews})",
            str(len(still)),
            f"≥ {limit}",
            "thresholds.unknown_questions",
            reviews,
        ),
        action="Stop: nobody knows whether they can buy"
        if claim.destination is Column.DROPPED
        else "Nurture until somebody answers",
    )


def _question(e: Evidence, question_id: str) -> Question | None:
    return question_of(e.settings.questions.pack, question_id)


def _answers_given(e: Evidence) -> Iterable[Condition]:
    still = e.unanswered_in_reviews.questions
    labels = listed(q.label.lower() for i in still if (q := _question(e, i)))
    answers = Answered(still, AnswerState.CLAIMED)
    yield Condition(f"they answer on {labels}", (answers,))
    yield Condition(
        f"they answer on {labels}, and take a step of their own", (answers, BuyerSignal())
    )


def _nurture(e: Evidence) -> RuleMatch | None:
    if e.prospect.column is not Column.NURTURE:
        return None
    if e.nurture_exhausted and e.settings.is_on(RuleName.NURTURE_EXHAUSTED):
        return _EXHAUSTED
    return _NURTURED


def _why_nurture(e: Evidence, claim: RuleMatch) -> Finding:
    touches, limit = e.nurture_touches, e.limits.nurture_touches
    plan = e.prospect.nurture
    evidence = ids(*touches) or ("nurture",)
    if claim.rule is RuleName.NURTURE_EXHAUSTED:
        return Finding(
            *claim,
            because=Observation(
                f"{several(len(touches), 'nurture touch')} and no response",
                str(len(touches)),
                f"≥ {limit}",
                "thresholds.nurture_touches",
                evidence,
            ),
            action="Let go: the track is exhausted",
        )
    due = next_nurture_touch(e)
    track = plan.track.value.replace("-", " ") if plan else "no track"
    return Finding(
        *claim,
        because=Observation(
            f"in Nurture ({track}), {several(len(touches), 'touch')} without a response",
            str(len(touches)),
            f"{'<' if len(touches) < limit else '≥'} {limit}",
            "thresholds.nurture_touches",
            evidence,
        ),
        action=f"Next nurture touch {_when(due, e.today.day)}",
        until=due,
    )


def _when(due: date | None, today: date) -> str:
    if due is None:
        return "when a track is chosen"
    if due > today:
        return f"on {short_day(due, today)}"
    return "today" if due == today else f"now: it was due on {short_day(due, today)}"


def _awake(e: Evidence) -> Iterable[Condition]:
    yield Condition(
        "they come to us or take a step of their own", (BuyerSignal(SignalKind.INBOUND),)
    )


SERIAL_DEFERRAL = Rule((RuleName.SERIAL_DEFERRAL,), _serial_deferral, _why_deferring, _reason_given)
UNANSWERED_QUESTIONS = Rule(
    (RuleName.UNANSWERED_QUESTIONS,), _unanswered_questions, _why_unanswered, _answers_given
)
NURTURE = Rule((RuleName.NURTURE_EXHAUSTED, RuleName.NURTURING), _nurture, _why_nurture, _awake)
