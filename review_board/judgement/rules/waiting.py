"""Rules about buyers who give nothing: put off too often, never qualified, or waiting in Nurture."""

from collections.abc import Iterable
from datetime import date, timedelta

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import next_nurture_touch
from review_board.judgement.question_packs import Question
from review_board.judgement.questions import question_of
from review_board.judgement.recommendation import Finding, Observation, RuleMatch
from review_board.judgement.rule import Rule, always
from review_board.judgement.rule_words import ids, unless_you
from review_board.judgement.rules.shared import (
    READS_DEFERRALS,
    READS_TIERS,
    deferrals_observed,
    probation_over,
    proof_needed,
    proven_callback,
    put_off_times,
)
from review_board.judgement.sale_evidence import HIGH, LOW
from review_board.judgement.unknown_answers import asked_until, unanswered_in_reviews
from review_board.judgement.what_would_change import Answered, BuyerSignal, Condition
from review_board.pipeline.dates import short_day, short_when
from review_board.pipeline.vocabulary import (
    AnswerState,
    Column,
    DropReason,
    Outcome,
    SignalKind,
    Track,
)
from review_board.settings.rule_names import RuleName
from review_board.wording import first_few, listed, several

NAMED = 3
"""Questions named one by one at most."""

# Serial deferral


def _puts_us_off(e: Evidence) -> Column | None:
    if not e.unexplained or len(e.unexplained) < e.deferral_limit:
        return None
    return Column.NURTURE if e.tier == HIGH and not _is_exhausted(e) else Column.DROPPED


def _why_deferring(e: Evidence, match: RuleMatch) -> Finding:
    by_email = match.destination is Column.NURTURE
    action, reason = "Let go: they put you off, they do not buy", DropReason.ONLY_DEFERRALS
    if e.only_we_moved:
        action, reason = (
            unless_you("ask what has changed", match.destination),
            DropReason.NO_DECISION,
        )
    return Finding(
        *match,
        because=deferrals_observed(e),
        action="Nurture by email only" if by_email else action,
        track=Track.MONTHLY_EMAIL if by_email else None,
        drop_reason=reason,
    )


SERIAL_DEFERRAL = Rule(
    name=RuleName.SERIAL_DEFERRAL,
    words="put off too often",
    meaning="Put off too often without a reason: purge to Dropped, a large sale to Nurture.",
    reads=(*READS_DEFERRALS, "thresholds.nurture_contacts", *READS_TIERS),
    match=_puts_us_off,
    explain=_why_deferring,
    what_would_change=lambda e: (proven_callback(e, f"they name {proof_needed(e)}"),),
    card_words=put_off_times,
    change_days=probation_over,
)


# Unanswered questions


def _leaves_questions_open(e: Evidence) -> Column | None:
    limits = e.limits
    if len(e.prospect.verdicts) < limits.unknown_reviews or not _could_be_asked(e):
        return None
    if e.is_quote_left_alone:
        return None  # nobody called since our quote: that call is ours to make first
    still, reviews = unanswered_in_reviews(e)
    if len(reviews) < limits.unknown_reviews or len(still) < limits.unknown_questions:
        return None
    return Column.DROPPED if e.tier == LOW else Column.NURTURE


def _could_be_asked(e: Evidence) -> bool:
    """Tell whether somebody was ever reached, or may have been: whom nobody reached nobody could ask anything."""
    return e.was_contacted and (e.timeline.last_response is not None or e.is_answer_unnoted)


def _asked_by_then(e: Evidence) -> Iterable[date]:
    return [asked_until(v, e.today) + timedelta(days=1) for v in e.prospect.verdicts]


def _why_unanswered(e: Evidence, match: RuleMatch) -> Finding:
    still, reviews = unanswered_in_reviews(e)
    labels = [q.label.lower() for i in still if (q := _question(e, i))]
    limit = e.limits.unknown_questions
    return Finding(
        *match,
        because=Observation(
            f"{first_few(labels, NAMED)} unknown in {several(len(reviews), 'review')} in a row"
            f" ({several(e.limits.unknown_reviews, 'is', 'are')} enough)",
            str(len(still)),
            f"≥ {limit}",
            "thresholds.unknown_questions",
            reviews,
        ),
        action=_ask_once_more(e, match, labels) or _stop(match),
        drop_reason=DropReason.NO_DECISION,
    )


def _stop(match: RuleMatch) -> str:
    if match.destination is Column.DROPPED:
        return "Stop: nobody knows whether they can buy"
    return "Nurture until somebody answers"


def _ask_once_more(e: Evidence, match: RuleMatch, labels: list[str]) -> str:
    """Return what to ask of who answered lately, or at the step that is planned; else nothing."""
    step, answered = e.prospect.next_step, e.timeline.last_response
    asked = f"ask for {listed(labels) if len(labels) <= NAMED else first_few(labels, NAMED)}"
    if step and step.on >= e.today.day:
        when = short_when(step.on, step.time, e.today.day)
        return unless_you(f"{asked} on {when}", match.destination)
    is_late = answered is None or e.today.days_since(answered.day) > e.limits.recent_days
    return "" if is_late else unless_you(f"{asked} now", match.destination)


def _question(e: Evidence, question_id: str) -> Question | None:
    return question_of(e.settings.questions.pack, question_id)


def _answers_given(e: Evidence) -> Iterable[Condition]:
    still = unanswered_in_reviews(e).questions
    labels = listed(q.label.lower() for i in still if (q := _question(e, i)))
    answers = Answered(still, AnswerState.CLAIMED)
    yield Condition(f"they answer on {labels}", (answers,))
    yield Condition(
        f"they answer on {labels}, and take a step of their own", (answers, BuyerSignal())
    )


UNANSWERED_QUESTIONS = Rule(
    name=RuleName.UNANSWERED_QUESTIONS,
    words="questions stay open",
    meaning="The tough questions stay open in review after review: purge.",
    reads=(
        "thresholds.unknown_questions",
        "thresholds.unknown_reviews",
        "questions.pack",
        *READS_TIERS,
    ),
    match=_leaves_questions_open,
    explain=_why_unanswered,
    what_would_change=_answers_given,
    card_words=lambda e: f"{several(len(unanswered_in_reviews(e).questions), 'answer')} missing",
    change_days=_asked_by_then,
    is_borderline=True,
)


# Nurture exhausted


def _is_exhausted(e: Evidence) -> bool:
    """Return whether a nurture has to end; it goes on where the rule about that is off."""
    return e.is_nurture_exhausted and e.settings.is_on(RuleName.NURTURE_EXHAUSTED)


def _since_in_nurture(e: Evidence) -> str:
    """Return ``2 contacts since it is in Nurture, no answer``: mailings are among them."""
    if not e.nurture_touches:
        return "no contact yet"
    return f"{_contacts(e)} since it is in Nurture, no answer"


def _contacts(e: Evidence) -> str:
    """Return ``13 mailings``, or ``13 contacts`` where calls or letters are among them."""
    kinds = {dated.touch.outcome for dated in e.nurture_touches}
    word = "mailing" if kinds == {Outcome.MAILING} else "contact"
    return several(len(e.nurture_touches), word)


def _why_exhausted(e: Evidence, match: RuleMatch) -> Finding:
    touches = e.nurture_touches
    return Finding(
        *match,
        because=Observation(
            f"{_since_in_nurture(e)} (dropped after {e.limits.nurture_contacts})",
            str(len(touches)),
            f"≥ {e.limits.nurture_contacts}",
            "thresholds.nurture_contacts",
            ids(*touches) or ("nurture",),
        ),
        action="Let go: no answer since it is in Nurture",
        drop_reason=DropReason.NO_RESPONSE,
    )


_AWAKE = Condition(
    "they come to us or take a step of their own", (BuyerSignal(SignalKind.INBOUND),)
)


NURTURE_EXHAUSTED = Rule(
    name=RuleName.NURTURE_EXHAUSTED,
    words="no answer in Nurture",
    meaning="Nurtured long enough without a response: purge to Dropped.",
    reads=("thresholds.nurture_contacts",),
    match=lambda e: Column.DROPPED if e.is_nurture_exhausted else None,
    explain=_why_exhausted,
    what_would_change=always(_AWAKE),
    card_words=lambda e: f"{_contacts(e)}, no answer",
    asks_for_locations=True,
)


# Nurturing


def _why_nurturing(e: Evidence, match: RuleMatch) -> Finding:
    touches, limit = e.nurture_touches, e.limits.nurture_contacts
    plan, due = e.prospect.nurture, next_nurture_touch(e)
    track = plan.track.label if plan else "no track"
    return Finding(
        *match,
        because=Observation(
            f"{track}, {_since_in_nurture(e)} (dropped after {limit})",
            str(len(touches)),
            f"{'<' if len(touches) < limit else '≥'} {limit}",
            "thresholds.nurture_contacts",
            ids(*touches) or ("nurture",),
        ),
        action=f"Next contact {_when(due, e.today.day)}",
        until=due,
        rests=True,
    )


def _when(due: date | None, today: date) -> str:
    if due is None:
        return "when a track is chosen"
    if due > today:
        return f"on {short_day(due, today)}"
    return "today" if due == today else f"now: it was due on {short_day(due, today)}"


_TRACKS = {
    Track.MONTHLY_EMAIL: "email",
    Track.KEEP_IN_TOUCH: "keep in touch",
    Track.CHAMPION: "ask champion",
    Track.ASSISTANT: "ask assistant",
    Track.WAKE_UP: "call again",
}


def _nurturing_words(e: Evidence) -> str:
    """Return ``keep in touch 10 Dec``, or ``call again, 16d late``."""
    plan = e.prospect.nurture
    if plan is None:
        return "nothing planned"
    track, day, today = _TRACKS[plan.track], next_nurture_touch(e), e.today
    if day is None:
        return track
    late = today.days_since(day)
    return f"{track}, {late}d late" if late > 0 else f"{track} {short_day(day, today.day)}"


NURTURING = Rule(
    name=RuleName.NURTURING,
    words="in Nurture",
    meaning="In Nurture: it stays there until its next contact.",
    reads=("thresholds.nurture_contacts", *(f"tracks.{track}" for track in Track)),
    match=lambda e: Column.NURTURE if e.prospect.column is Column.NURTURE else None,
    explain=_why_nurturing,
    what_would_change=always(_AWAKE),
    card_words=_nurturing_words,
)

RULES = (SERIAL_DEFERRAL, UNANSWERED_QUESTIONS, NURTURE_EXHAUSTED, NURTURING)
