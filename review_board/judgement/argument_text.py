"""The argument in the seller's words, without thresholds and names of rules: the page and ``show``."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from review_board.judgement.card_status import ACT_FIRST, tone_of
from review_board.judgement.due.task_wording import advice_action
from review_board.judgement.explanation import next_touch_words
from review_board.judgement.recommendation import Finding, Observation, Recommendation
from review_board.judgement.rule import Tone
from review_board.judgement.whom_to_call import WayToReach
from review_board.pipeline.dates import Today, short_day
from review_board.pipeline.records import Answer
from review_board.pipeline.vocabulary import AnswerState, Column, Verdict
from review_board.settings.setting_groups import Calendar
from review_board.wording import AGAINST, FOR


class PlainArgument(NamedTuple):
    """What to do and to ask, what turns it, what is still to ask, and what else is worth knowing."""

    to_do: tuple[tuple[str, str], ...]
    turns: str
    to_ask: tuple[str, ...]
    notes: tuple[str, ...]


def plain_argument(
    made: Recommendation,
    reach: WayToReach | None,
    answers: Mapping[str, Answer],
    today: Today,
    calendar: Calendar,
) -> PlainArgument:
    """Return the argument for a recommendation; ``reach`` is whom to call."""
    notes = [*made.assumptions, *([made.spent.text] if made.spent else [])]
    return PlainArgument(
        tuple(_to_do(made, reach, today, calendar)),
        turns_words(made),
        tuple(_to_ask(made, answers, today)),
        tuple(notes),
    )


def _to_do(
    made: Recommendation, reach: WayToReach | None, today: Today, calendar: Calendar
) -> Iterator[tuple[str, str]]:
    is_worked = made.verdict is Verdict.KEEP
    yield "Do", advice_action(made.finding, reach if is_worked else None)
    if made.finding.ask:
        yield "Ask", made.finding.ask
    if made.says_when:
        yield "When", next_touch_words(made, today, calendar)


def _to_ask(made: Recommendation, answers: Mapping[str, Answer], today: Today) -> Iterator[str]:
    """Yield the open questions; one whose answer is too old says when that was given."""
    for question_id, text in zip(made.missing, made.questions, strict=True):
        given = answers.get(question_id)
        if given is None or given.state is AnswerState.UNKNOWN:
            yield text
        else:
            when = f"answered on {short_day(given.on, today.day)}" if given.on else "answered once"
            yield f"{text} {when}, too long ago: ask again"


def turns_words(made: Recommendation) -> str:
    """Return ``Turns to KEEP if they name a day``, or that nothing would change it."""
    if made.what_would_change is None:
        return f"{made.changes_if[0].upper()}{made.changes_if[1:]}"
    other = Verdict.PURGE if made.verdict is Verdict.KEEP else Verdict.KEEP
    return f"Turns to {other.upper()} if {made.changes_if}"


_SILENCE = {"thresholds.recent_days", "thresholds.unreachable_days"}


def without_repeats(lines: Sequence[Observation]) -> list[Observation]:
    """Return the reasons without those that a stronger one, further down, says of the same days."""
    return [
        line
        for place, line in enumerate(lines)
        if line.key not in _SILENCE
        or not any(o.key in _SILENCE and o.observed == line.observed for o in lines[place + 1 :])
    ]


def place_words(finding: Finding, column: Column) -> str:
    """Return where an advice puts a prospect: ``to Dropped``, ``in Active``, ``stays in Nurture``.

    Where it is kept only if something is done, it says that.
    """
    first = f", {ACT_FIRST}" if tone_of(finding) is Tone.ACT else ""
    if finding.destination is not column:
        return f"to {finding.destination.title}{first}"
    stays = "stays " if finding.verdict is Verdict.PURGE else ""
    return f"{stays}in {finding.destination.title}{first}"


def argument_lines(made: Recommendation, said: PlainArgument, column: Column) -> list[str]:
    """Return the whole argument, a line each, the advice with its reason first."""
    advice = (
        f"{made.verdict.upper()} {place_words(made.finding, column)}: {made.finding.because.text}"
    )
    nothing = ("nothing on record",)
    keep = tuple(line.text for line in made.reasons_to_keep) or nothing
    let_go = tuple(line.text for line in without_repeats(made.reasons_to_let_go)) or nothing
    lines = [advice, *(f"  {label:<5} {text}" for label, text in said.to_do), f"  {said.turns}"]
    lines += ["", "Reasons to keep", *(f"  {FOR} {reason}" for reason in keep)]
    lines += ["", "Reasons to let go", *(f"  {AGAINST} {reason}" for reason in let_go)]
    if said.to_ask:
        lines += ["", "Still to ask", *(f"  ? {question}" for question in said.to_ask)]
    return [*lines, *(["", *(f"({note})" for note in said.notes)] if said.notes else [])]
