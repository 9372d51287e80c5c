"""Single lines of the argument: when to contact them, the rule and its guards, what stands in its place."""

from textwrap import shorten

from review_board.judgement.evidence import Evidence
from review_board.judgement.pressure import NO_PRESSURE
from review_board.judgement.recommendation import Observation, Recommendation
from review_board.judgement.rules.stop_selling import noted_drop
from review_board.pipeline.dates import Today, short_day, short_when
from review_board.pipeline.money import long_money
from review_board.pipeline.records import Won
from review_board.pipeline.vocabulary import Column
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Calendar
from review_board.wording import AGAINST, FOR, capital

LEAVE_IT = "Leave it, unless something new comes from them"


def resting_lines(e: Evidence, made: Recommendation) -> list[str]:
    """Return that it was dropped and is left alone, in place of what the record would say otherwise."""
    drop = e.resting_drop
    if drop is None or made.destination is Column.DROPPED:
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
