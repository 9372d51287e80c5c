"""The words of one review card, built from the recommendation: text without colour."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from review_board.judgement.event_text import EventKind, TimelineEvent, events_of
from review_board.judgement.evidence import Evidence
from review_board.judgement.question_packs import NEXT_STEP, Question
from review_board.judgement.questions import (
    given_before,
    in_asking_order,
    too_old_answer,
    word_question,
)
from review_board.judgement.recommendation import Recommendation
from review_board.judgement.timeline import is_response
from review_board.pipeline.dates import short_day
from review_board.pipeline.fields import CHANGE
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Drop
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.pipeline.vocabulary import AnswerState, Column
from review_board.review.summary import Summary
from review_board.tui.review.review_bar import BarPart
from review_board.wording import times


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of the card: its digit, its words and what is known of it."""

    digit: int
    question: Question
    known: str
    open: bool


def banner(
    number: int, cards: int, summary: Summary, snoozed: int, *, rep: str = "", group: str = ""
) -> list[BarPart]:
    """Return ``17 of 44``, what the session has come to, and in which part of the queue it is.

    In a manager's review ``rep`` says whose card it is.
    """
    parts = [BarPart(f"{min(number, cards)} of {cards}", "bright")]
    parts += [BarPart(rep, "bright")] if rep else []
    parts += [BarPart(f"kept {len(summary.keeps)}"), BarPart(f"purged {len(summary.purges)}")]
    if stay := len(summary.nurtured):
        parts.append(BarPart(f"stay in Nurture {stay}"))
    if summary.lost_bets:
        parts.append(BarPart(f"lost bets {summary.lost_bets}"))
    if summary.hours_freed:
        parts.append(BarPart(f"{summary.hours_freed:f} h a week freed", "good"))
    counts = {
        "not this week": snoozed,
        "overruled": summary.overruled,
        "moved since": summary.moved,
        "skipped": summary.skipped,
    }
    parts += [BarPart(f"{words} {count}") for words, count in counts.items() if count]
    return [*parts, BarPart(f"part: {group}")] if group and not rep else parts


def clock_text(worked: int, minutes: int) -> str:
    """Return ``12 min``, near the end ``40 of 45 min``: time spent, pauses left out."""
    spent = worked // 60
    return f"{spent} of {minutes} min" if spent * 3 >= minutes * 2 else f"{spent} min"


def remarks(evidence: Evidence, picked: str, news: str = "") -> list[str]:
    """Return what must be known before all else: who was first, why it is shown, what was put off."""
    prospect, today = evidence.prospect, evidence.today
    lines = [f"! {news}"] if news else []
    lines += [f"picked: {picked}"] if picked else []
    if prospect.column is Column.DROPPED and prospect.drop:
        lines += _came_back(evidence, prospect.drop)
    if bet := evidence.bet:
        state = "lost" if evidence.lost_bet else "still open"
        lines.append(f"bet until {short_day(bet.until, today.day)}: “{bet.action}” ({state})")
    if prospect.snoozes:
        lines.append(f"put aside {times(len(prospect.snoozes))} with “not this week”")
    return lines


def _came_back(evidence: Evidence, drop: Drop) -> Iterator[str]:
    """Yield what brought it back, the drop, and the question that a comeback has to answer.

    Where nothing brought it back it is to be left alone.
    """
    today, signal = evidence.today, evidence.timeline.last_signal
    if signal and signal.touch.at > drop.at:
        said = f": “{signal.touch.said}”" if signal.touch.said else ""
        yield f"back on {short_day(signal.day, today.day)}{said}"
    day = short_day(today.day_of(drop.at), today.day)
    note = f": “{drop.note}”" if drop.note else ""
    reason = evidence.settings.reason_label(drop.reason)
    asks = "" if evidence.resting_drop else " What has changed since?"
    yield f"dropped on {day}, {reason}{note}.{asks}"


def first_call(evidence: Evidence) -> str:
    """Return Goodman's question, whether the first call felt right, or what was answered.

    It is asked as long as they spoke with us for the first time of late.
    """
    if felt := evidence.prospect.first_impression:
        return f"the first call felt {'right' if felt.solid else 'wrong'}"
    first = next((d.day for d in evidence.timeline.touches if is_response(d.touch)), None)
    if first is None or evidence.lacks_history:
        return ""
    is_recent = evidence.today.days_since(first) <= evidence.limits.recent_days
    day = short_day(first, evidence.today.day)
    return f"f: note that the first call, on {day}, felt right" if is_recent else ""


def asked_questions(made: Recommendation, evidence: Evidence) -> list[AskedQuestion]:
    """Return the missing and the stale questions, each with its digit, the most decisive first.

    No more than the settings allow are asked of one card. Those answered today stay, so that an
    answer can be seen, and mended with the same key.
    """
    prospect, settings, today = evidence.prospect, evidence.settings, evidence.today.day
    shown = [
        q
        for q in in_asking_order(settings.questions.pack)
        if q.id in made.missing or ((a := prospect.answers.get(q.id)) and a.on == today)
    ]
    return [
        AskedQuestion(digit, q, _known(prospect, q.id, made, today), q.id in made.missing)
        for digit, q in enumerate(shown[: settings.questions.asked], 1)
    ]


def _known(prospect: Prospect, question_id: str, made: Recommendation, today: date) -> str:
    """Return what is known, and when it was said where it is too old to rely on."""
    given, step = prospect.answers.get(question_id), prospect.next_step
    if question_id in made.missing:
        given = given_before(prospect, question_id)
    if given is None and question_id == NEXT_STEP and step:
        return f"our plan is {step.action}, {short_day(step.on, today)}"
    if given is None or given.state is AnswerState.UNKNOWN:
        return "unknown"
    if question_id in made.missing:
        return too_old_answer(given, today)
    return f"{given.state.said(given.text)}{f': {given.text}' if given.text else ''}"


def question_text(asked: AskedQuestion, evidence: Evidence) -> str:
    """Return the question as it is put, with the callback's date in the one that needs it."""
    if asked.question.id == CHANGE:
        return word_question(
            asked.question, evidence.prospect, evidence.callback, evidence.today.day
        )
    return f"{asked.question.label}?"


def decided_before(verdict: VerdictRecord) -> str:
    """Return what this session has already decided on the card."""
    return f"decided in this review: {verdict.verdict.with_place(verdict.destination)}"


def recent(evidence: Evidence, count: int | None, *, verdicts: bool = True) -> list[TimelineEvent]:
    """Return the latest events, the newest first; without ``verdicts`` all but those."""
    events = events_of(evidence.prospect, evidence.today, evidence.settings)
    return [event for event in events if verdicts or event.kind is not EventKind.VERDICT][:count]
