"""The tough questions: packs as data, and which of them are open for a prospect.

The ``weiss`` pack asks to qualify people out (Weiss, "Letting Go is Hard to Do"): process, budget
and decision, what will have changed, and the next step.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from review_board.pipeline.prospect import Prospect
from review_board.pipeline.records import Answer
from review_board.pipeline.vocabulary import AnswerState


@dataclass(frozen=True, slots=True)
class Question:
    """One qualification question. ``negative`` is what a negative answer disqualifies by, if it does."""

    id: str
    label: str
    text: str
    negative: str = ""


WEISS = (
    Question(
        "budget",
        "Budget",
        "Is there a budget for this, or a plan to get one?",
        "no budget and none planned",
    ),
    Question(
        "decision",
        "Decision",
        "Who decides, and may we speak to them?",
        "access to the decision refused",
    ),
    Question(
        "process",
        "Process",
        "How and when will they choose, and is the need still theirs to fill?",
        "no need, or bought elsewhere",
    ),
    Question(
        "change",
        "What will have changed",
        "What will have changed between now and then that lets us move forward?",
    ),
    Question("next-step", "Next step", "What is the next step that they agreed to, and when?"),
)

PACKS: Mapping[str, tuple[Question, ...]] = {"weiss": WEISS}
"""Every pack by name, its most decisive question first."""


def question_of(pack: str, question_id: str) -> Question | None:
    """The question with this id in a pack."""
    return next((q for q in PACKS[pack] if q.id == question_id), None)


def open_questions(prospect: Prospect, pack: str, *, deferring: bool) -> tuple[str, ...]:
    """Ids of the questions without an answer, most decisive first.

    What will have changed is asked only of who defers; a dated next step answers its question.
    """
    return tuple(q.id for q in PACKS[pack] if _is_open(prospect, q.id, deferring=deferring))


def _is_open(prospect: Prospect, question_id: str, *, deferring: bool) -> bool:
    given = prospect.answers.get(question_id)
    if given and given.state is not AnswerState.UNKNOWN:
        return False
    if question_id == "change":
        return deferring and not (prospect.callback and prospect.callback.change)
    return not (question_id == "next-step" and prospect.next_step)


def stale_questions(prospect: Prospect, pack: str, today: date, stale_days: int) -> tuple[str, ...]:
    """Ids of the questions whose claimed answer is old enough to be asked again."""
    return tuple(
        q.id
        for q in PACKS[pack]
        if (given := prospect.answers.get(q.id)) and _is_stale(given, today, stale_days)
    )


def _is_stale(given: Answer, today: date, stale_days: int) -> bool:
    if given.state is not AnswerState.CLAIMED:
        return False
    return given.on is None or (today - given.on).days >= stale_days


def negative_answers(prospect: Prospect) -> tuple[str, ...]:
    """Ids of the questions whose answer speaks against them, in a fixed order."""
    return tuple(sorted(q for q, a in prospect.answers.items() if a.state is AnswerState.NEGATIVE))


def knock_out(prospect: Prospect, pack: str) -> tuple[Question, Answer] | None:
    """The negative answer that disqualifies, if one does; every pack's questions count."""
    negative = negative_answers(prospect)
    if not negative:
        return None
    asked = (q for name in dict.fromkeys((pack, *PACKS)) for q in PACKS[name])
    found = next((q for q in asked if q.negative and q.id in negative), None)
    return (found, prospect.answers[found.id]) if found else None
