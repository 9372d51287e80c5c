"""Which questions are without an answer: open, too old, left open in reviews, or proven by the record."""

from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from review_board.judgement.evidence import Evidence
from review_board.judgement.question_packs import DECISION, NEXT_STEP, PACKS
from review_board.judgement.questions import open_questions, stale_questions
from review_board.judgement.timeline import is_response
from review_board.pipeline.dates import Today
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import QuoteState, Role


class Unanswered(NamedTuple):
    """Questions that the last reviews in a row left open and that still are; their verdicts."""

    questions: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()


def unknown_questions(e: Evidence) -> tuple[str, ...]:
    """Return the questions without an answer, most decisive first."""
    return open_questions(
        e.prospect,
        e.settings.questions.pack,
        deferring=bool(e.timeline.deferrals or e.callback),
        proven=proven_questions(e),
        callback=e.callback,
    )


def proven_questions(e: Evidence) -> frozenset[str]:
    """Return the questions that the record answers by itself.

    A step to which they agreed and a call that they asked for with its proof are the next step. Who
    signs and answered us may be spoken to. An accepted quote proves all that would disqualify them.
    """
    found = {NEXT_STEP} if _has_agreed_step(e) or e.has_proven_callback else set()
    signs = {p.id for p in e.prospect.people if p.role is Role.ECONOMIC_BUYER and not p.gone}
    if signs and any(t.contact in signs and is_response(t) for t in e.timeline.record):
        found.add(DECISION)
    if any(quote.state is QuoteState.ACCEPTED for quote in e.prospect.quotes):
        found |= {q.id for q in PACKS[e.settings.questions.pack] if q.negative}
    return frozenset(found)


def stale_answers(e: Evidence) -> tuple[str, ...]:
    """Return the questions whose answer is old enough to be asked again."""
    days, pack = e.limits.answer_expires_days, e.settings.questions.pack
    old, proven = stale_questions(e.prospect, pack, e.today.day, days), proven_questions(e)
    return tuple(question for question in old if question not in proven)


def unanswered_in_reviews(e: Evidence) -> Unanswered:
    """Return which of the unknown questions the last reviews in a row left open too."""
    if not e.prospect.verdicts:
        return Unanswered()
    still = unknown_questions(e)
    reviews: list[str] = []
    for verdict in _one_for_each_review(e):
        left = tuple(q for q in still if q in verdict.unknown)
        if len(left) < e.limits.unknown_questions:
            break
        if asked_until(verdict, e.today) >= e.today.day:
            continue
        still = left
        reviews.append(f"verdicts/{verdict.id}")
        if len(reviews) == e.limits.unknown_reviews:
            break
    return Unanswered(still if reviews else (), tuple(reversed(reviews)))


def asked_until(verdict: VerdictRecord, today: Today) -> date:
    """Return the day by which a review's open questions are asked: that of the step it planned, at least its own."""
    day = today.day_of(verdict.at)
    return max(day, verdict.step.on) if verdict.step else day


def _has_agreed_step(e: Evidence) -> bool:
    """Tell whether they agreed to the next step; a plan of our own binds nobody.

    Where nobody noted it, they may have agreed as soon as they ever answered.
    """
    step = e.prospect.next_step
    if step is None or step.agreed is not None:
        return bool(step and step.agreed)
    return e.timeline.last_response is not None


def _one_for_each_review(e: Evidence) -> Iterator[VerdictRecord]:
    """Yield a verdict a review, the newest first; those of a session or a day are one."""
    seen: set[str | date | None] = {None}
    for verdict in reversed(e.prospect.verdicts):
        day = e.today.day_of(verdict.at)
        if seen.isdisjoint({verdict.session, day} - {None}):
            yield verdict
        seen |= {verdict.session, day}
