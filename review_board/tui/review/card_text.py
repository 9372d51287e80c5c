"""The words of one review card, built from the recommendation: pure text, no widgets."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from review_board.judgement import Evidence, Observation, Recommendation
from review_board.judgement.narrate import compared, earliest
from review_board.judgement.packs import PACKS, Question
from review_board.judgement.record_text import events_of
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.money import long_money
from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Ruling
from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import AnswerState, Column
from review_board.review import Summary

ASKED = 5
"""Questions that have a digit of their own."""


@dataclass(frozen=True, slots=True)
class AskedQuestion:
    """A question of the card: its digit, its words and what is known of it."""

    digit: int
    question: Question
    known: str
    open: bool


def banner(place: int, cards: int, summary: Summary) -> list[str]:
    """``Review 17/52``, and what the session has come to."""
    parts = [f"Review {min(place + 1, cards)}/{cards}"]
    parts += [f"kept {len(summary.keeps)}", f"purged {len(summary.purges)}"]
    if summary.hours_freed:
        parts.append(f"{summary.hours_freed:f} h a week freed")
    if summary.skipped:
        parts.append(f"skipped {summary.skipped}")
    return parts


def identity(prospect: Prospect, evidence: Evidence) -> str:
    """Worth, odds, place and owner on one line."""
    today = evidence.today
    parts = [long_money(prospect.value) if prospect.value else "no value on record"]
    if prospect.locations > 1 and prospect.potential:
        parts.append(f"{prospect.locations} locations, potential {long_money(prospect.potential)}")
    stands_in = "" if prospect.probability is not None else "?"
    parts.append(f"p {evidence.probability:.2f}{stands_in}")
    deferrals = (
        f" ⟳{evidence.timeline.lifetime_deferrals}"
        if (evidence.timeline.lifetime_deferrals)
        else ""
    )
    parts.append(f"{prospect.column.title}{deferrals}")
    parts += [f"owner {prospect.owner}"] if prospect.owner else []
    if prospect.created:
        parts.append(f"since {short_day(today.day_of(prospect.created), today.day)}")
    if prospect.company and not fold(prospect.company).startswith(fold(prospect.name)):
        parts.append(prospect.company)
    return " · ".join(parts)


def side(lines: Sequence[Observation], mark: str, *, full: bool) -> list[str]:
    """One side of the argument; ``full`` adds threshold and settings key to each line."""
    if not lines:
        return ["nothing on record"]
    return [f"{mark} {_line(line, full=full)}" for line in lines]


def _line(line: Observation, *, full: bool) -> str:
    if not full or not line.threshold:
        return line.text
    key = f" {line.key}" if line.key else ""
    return f"{line.text} ({compared(line)}{key})"


def even(left: list[str], right: list[str]) -> tuple[list[str], list[str]]:
    """Both with as many lines as the longer one."""
    count = max(len(left), len(right))
    return left + [""] * (count - len(left)), right + [""] * (count - len(right))


def asked_questions(
    prospect: Prospect, made: Recommendation, evidence: Evidence, pack: str
) -> list[AskedQuestion]:
    """The missing and the stale questions, each with its digit, the most decisive first.

    Those answered today stay, so that an answer can be seen, and mended with the same key.
    """
    today = evidence.today.day
    shown = [
        q
        for q in PACKS[pack]
        if q.id in made.missing or ((a := prospect.answers.get(q.id)) and a.on == today)
    ]
    return [
        AskedQuestion(digit, q, _known(prospect, q.id, made), q.id in made.missing)
        for digit, q in enumerate(shown[:ASKED], 1)
    ]


def _known(prospect: Prospect, question_id: str, made: Recommendation) -> str:
    given = prospect.answers.get(question_id)
    if given is None or given.state is AnswerState.UNKNOWN:
        return "unknown"
    stale = ", stale" if question_id in made.missing else ""
    said = f": {given.text}" if given.text else ""
    return f"{given.state}{stale}{said}"


def question_text(asked: AskedQuestion, evidence: Evidence) -> str:
    """The question as it is put, with the callback's date in the one that needs it."""
    if asked.question.id == "change" and evidence.callback:
        day = short_day(evidence.callback.on, evidence.today.day)
        return f"What will have changed by {day}?"
    return f"{asked.question.label}?"


def advice(made: Recommendation, today: Today) -> list[tuple[str, str]]:
    """What the record recommends, as label and text; the headline has no label."""
    finding = made.finding
    lines = [("", made.headline)]
    if finding.because.text not in made.headline:
        lines.append(("because", finding.because.text))
    lines.append(("do", finding.action))
    lines += [("ask", finding.ask)] if finding.ask else []
    if finding.destination is not Column.DROPPED:
        lines.append(("next touch", earliest(made, today)))
    lines += [("flips if", made.flip.words)] if made.flip else []
    return lines


def decided_before(ruling: Ruling) -> str:
    """What this session has already decided on the card."""
    return f"decided in this review: {ruling.verdict.upper()} → {ruling.destination.title}"


def recent(prospect: Prospect, today: Today, count: int) -> Iterator[str]:
    """The latest events, the newest first, a line each."""
    for day, text in events_of(prospect, today)[:count]:
        yield f"{day:>11}  {text}".replace("\n", " ")
