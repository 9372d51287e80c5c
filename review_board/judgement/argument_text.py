"""The argument in the seller's words: what the page, the pane, the review card, ``show`` and ``explain`` say."""

from collections.abc import Callable, Iterator, Sequence
from operator import attrgetter
from textwrap import shorten
from typing import NamedTuple

from review_board.judgement.card_status import advice_with_reason
from review_board.judgement.due.task_wording import advice_action
from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import NO_PRESSURE
from review_board.judgement.question_packs import NEXT_STEP
from review_board.judgement.questions import given_before, too_old_words
from review_board.judgement.recommendation import Observation, Recommendation
from review_board.judgement.rules.stop_selling import noted_drop
from review_board.judgement.whom_to_call import way_to_reach
from review_board.pipeline.dates import Today, short_day, short_when
from review_board.pipeline.fields import CHANGE
from review_board.pipeline.money import long_money
from review_board.pipeline.records import Won
from review_board.pipeline.vocabulary import Column, Verdict
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Calendar
from review_board.wording import AGAINST, FOR, capital

LEAVE_IT = "Leave it, unless something new comes from them"


def is_left_dropped(e: Evidence, made: Recommendation) -> bool:
    """Tell whether it was dropped and is left alone, whatever the record would say otherwise."""
    return e.resting_drop is not None and made.destination is not Column.DROPPED


def resting_lines(e: Evidence, made: Recommendation) -> list[str]:
    """Return that it was dropped and is left alone, in place of what the record would say otherwise."""
    drop = e.resting_drop
    if drop is None or not is_left_dropped(e, made):
        return []
    said, step = f"{capital(noted_drop(e, drop))}.", e.prospect.next_step
    if step is None:
        return [said, f"{LEAVE_IT}."]
    day = short_when(step.on, step.time, e.today.day)
    planned = f"Still planned for {day}: {step.action}."
    return [said, planned, f"Otherwise {LEAVE_IT.lower()}."]


def won_lines(won: Won, today: Today) -> list[str]:
    """Return what is shown instead of the argument once they bought."""
    value = f" for {long_money(won.value)}" if won.value else ""
    return [
        f"Won on {short_day(won.on, today.day)}{value}; nothing is to be decided",
        "  to reopen it, move it to Active: the win is taken back, and stays on record",
    ]


MOST_CELLS = 80
"""Letters of one sentence at most."""


def next_touch_words(made: Recommendation, today: Today, calendar: Calendar) -> str:
    """Say in one short sentence when to touch them next, and why not sooner.

    A planned step is named in it, unless what to do is that step.
    On a day off that is the next working day. A step is called agreed only where that is on record;
    the words of a long one are cut, they stand whole in the record.
    """
    pressure, planned, is_step = made.pressure, made.planned, made.finding.is_planned
    day = made.planned_from if planned else made.earliest
    if day is None:
        return f"never: {pressure.why}"
    begins = calendar.working_from(today.day) if day <= today.day else day
    is_email = made.rule is RuleName.LAST_CALL and not made.finding.rests
    names_way = is_step or is_email or made.finding.route is not None
    how = ["by another channel"] if pressure.other_channel and not names_way else []
    how += ["slow down"] if pressure.slow_down else []
    if planned and planned.on >= begins:
        opening = short_when(planned.on, planned.time, today.day)
        ending = ", ".join(["", "as agreed" if planned.agreed else "as planned", *how])
        if is_step:
            return opening + ending
        opening += ": "
        room = MOST_CELLS - len(opening + ending)
        return opening + shorten(planned.action, room, placeholder=" …") + ending
    when = "now" if begins == today.day else f"from {short_day(begins, today.day)}"
    not_then = [f"not on {short_day(planned.on, today.day)} as planned"] if planned else []
    rests = pressure.earliest is not None and day > pressure.earliest
    why = "it rests until then" if rests else pressure.why
    why = "today is no working day of yours" if day <= today.day < begins else why
    reason = "" if why == NO_PRESSURE else f" ({why})"
    while how and len(", ".join([when, *not_then, *how]) + reason) > MOST_CELLS:
        how.pop()
    return ", ".join([when, *not_then, *how]) + reason


def rule_lines(made: Recommendation) -> list[str]:
    """Return the rule that decided with its comparison, then each guard that was considered.

    A guard with ``+`` speaks for keeping today, one with ``−`` does not.
    """
    rule = ": ".join(filter(None, [made.rule, compared_by(made.finding.because)]))
    return [rule, *(f"{FOR if g.holds else AGAINST} {with_limit(g.line)}" for g in made.guards)]


def compared_by(line: Observation) -> str:
    """Return ``7 ≥ 3, thresholds.deferrals``; without a threshold only the setting, without either nothing."""
    compared = f"{line.observed} {line.threshold}" if line.threshold else ""
    return ", ".join(part for part in (compared, line.key) if part)


def with_limit(line: Observation) -> str:
    """Return a reason, and in brackets what it compares and by which setting."""
    source = compared_by(line)
    return f"{line.text} ({source})" if source else line.text


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
