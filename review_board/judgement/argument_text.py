"""The argument in the seller's words: what the page, the pane, the review card, ``show`` and ``explain`` say."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from review_board.judgement.card_status import advice_with_reason
from review_board.judgement.due.task_wording import advice_action
from review_board.judgement.evidence import Evidence
from review_board.judgement.explanation import LEAVE_IT, next_touch_words, rule_lines, with_limit
from review_board.judgement.question_packs import NEXT_STEP
from review_board.judgement.questions import given_before, too_old_words
from review_board.judgement.recommendation import Observation, Recommendation
from review_board.judgement.whom_to_call import way_to_reach
from review_board.pipeline.fields import CHANGE
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.rule_names import RuleName
from review_board.wording import AGAINST, FOR, capital

NOTHING = "nothing on record"
"""Stands where a side has no reason."""


class PlainArgument(NamedTuple):
    """What to do, what to ask first and when, what turns it, what is still to ask, what else to know.

    ``asks_about`` is the id of the question of the pack that ``ask`` puts, if it puts one.
    """

    do: str
    ask: str
    asks_about: str
    when: str
    turns: str
    to_ask: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def to_do(self) -> list[tuple[str, str]]:
        """Return what is to be done, each line with its label."""
        pairs = (("Do", self.do), ("Ask", self.ask), ("When", self.when))
        return [pair for pair in pairs if pair[1]]


def plain_argument(e: Evidence, made: Recommendation) -> PlainArgument:
    """Return the argument for a recommendation: what to do says whom to call, and how."""
    reach = way_to_reach(e, made.finding) if made.verdict is Verdict.KEEP else None
    when = next_touch_words(made, e.today, e.settings.calendar)
    is_dropped = made.destination is e.prospect.column is Column.DROPPED
    lines = " ".join(line.text for line in (*made.reasons_to_keep, *made.reasons_to_let_go))
    notes = [note for note in made.assumptions if note not in lines]
    return PlainArgument(
        do=LEAVE_IT
        if is_dropped and not made.finding.is_planned
        else advice_action(made.finding, reach),
        ask=made.finding.ask,
        asks_about=_asks_about(made),
        when=when if made.says_when else "",
        turns=_turns(made),
        to_ask=() if is_dropped else tuple(_to_ask(e, made)),
        notes=(*notes, *([made.spent.text] if made.spent else [])),
    )


_ASKED_BY = {RuleName.UNPROVEN_CALLBACK: CHANGE, RuleName.WORKING: NEXT_STEP}
"""The question of the packs that the advice of a rule asks in its own words."""


def _asks_about(made: Recommendation) -> str:
    return _ASKED_BY.get(made.rule, "") if made.finding.ask else ""


def _to_ask(e: Evidence, made: Recommendation) -> Iterator[str]:
    """Yield the open questions beside the one that the advice asks; an answer too old says when it was given."""
    for question_id, text in zip(made.missing, made.questions, strict=True):
        if question_id == _asks_about(made):
            continue
        given = given_before(e.prospect, question_id)
        yield f"{text} {too_old_words(given, e.today.day)}" if given else text


def _turns(made: Recommendation) -> str:
    """Return ``Turns to KEEP if they name a day``, or that nothing would change it."""
    if made.what_would_change is None:
        return capital(made.changes_if)
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


def argument_lines(
    made: Recommendation, said: PlainArgument, column: Column, *, with_rules: bool = False
) -> list[str]:
    """Return the whole argument, a line each, the advice with its reason first.

    ``with_rules`` name the rule, its limits and the settings that hold them, for who tunes these.
    """
    advice = advice_with_reason(made.finding, column)
    words: Callable[[Observation], str] = with_limit if with_rules else attrgetter("text")
    against = made.reasons_to_let_go if with_rules else without_repeats(made.reasons_to_let_go)
    blocks = {
        "Reasons to keep": [f"{FOR} {words(line)}" for line in made.reasons_to_keep] or [NOTHING],
        "Reasons to let go": [f"{AGAINST} {words(line)}" for line in against] or [NOTHING],
        "The rule": rule_lines(made) if with_rules else [],
        "Still to ask": [f"? {question}" for question in said.to_ask],
    }
    lines = [advice, *(f"  {label:<5} {text}" for label, text in said.to_do), f"  {said.turns}"]
    for title, block in blocks.items():
        lines += ["", title, *(f"  {line}" for line in block)] if block else []
    return [*lines, *(["", *(f"({note})" for note in said.notes)] if said.notes else [])]
