"""Puts tasks, people and figures of the task lists into words, the same on screen and command line."""

import re
from collections.abc import Iterable
from datetime import date

from review_board.judgement.contact_lines import days_ago
from review_board.judgement.due.tasks import Task, TaskKind
from review_board.judgement.recommendation import Finding
from review_board.judgement.routes import name_and_role
from review_board.judgement.side_effects import day_off
from review_board.judgement.whom_to_call import CALL, VISIT, WRITE, WayToReach
from review_board.pipeline.dates import long_day, short_day
from review_board.pipeline.money import Money, short_money, side_by_side, whole_money, worth_words
from review_board.pipeline.records import Contact
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import Calendar
from review_board.wording import capital

MANY_DAYS = 1000
"""From here on the day itself says more than a count of days."""


def how_late(day: date, today: date) -> str:
    """Return ``today``, ``3 d late``, ``in 5 d``; from a thousand days on in years: ``3 y late``."""
    days = (today - day).days
    if days == 0:
        return "today"
    far = f"{abs(days)} d" if abs(days) < MANY_DAYS else f"{abs(days) // 365} y"
    return f"{far} late" if days > 0 else f"in {far}"


def day_off_note(today: date, calendar: Calendar) -> str:
    """Return ``today is Sunday, no working day of yours``, or nothing on a day that is one."""
    if calendar.is_working(today):
        return ""
    return f"today is {day_off(today)}"


def callable_now(count: int, call_day: date, today: date) -> str:
    """Return ``7 to contact now``, or on a day off ``7 to contact on Mon 30 Nov``: not all by a call."""
    return f"{count:,} to contact {_when(call_day, today)}"


def nobody_callable(call_day: date, today: date) -> str:
    """Return ``There is nobody to contact now``, on a day off ``… on Mon 30 Nov``."""
    return f"There is nobody to contact {_when(call_day, today)}"


def _when(call_day: date, today: date) -> str:
    return "now" if call_day <= today else f"on {long_day(call_day, today)}"


NOT_KNOWN = "not known"
"""Stands for the day of a quote, and for its follow-ups, where only the stage of a list tells of it."""


def quote_age(age: int | None) -> str:
    """Return ``12 d ago``, or that nobody noted the day of a quote."""
    return NOT_KNOWN if age is None else days_ago(age)


def task_words(task: Task) -> str:
    """Return what to do, with whom, and that we owe it."""
    return f"{task_action(task)}; you owe them" if task.owed else task_action(task)


def task_action(task: Task) -> str:
    """Return ``call Kim Aldous 555-0142: the budget is voted``, ``send the deck · Kim Aldous 555-0142``."""
    if task.reach is None:
        return task.action
    if task.kind in {TaskKind.CALLBACK, TaskKind.UNPROVEN}:
        how = next(filter(task.action.startswith, (WRITE.lower(), VISIT.lower())), "call")
        return task.reach.action + task.action.removeprefix(how)
    return _beside(task.action, task.reach, task.reach.words)


_BY_HAND = re.compile(r"\b(?:by letter|in person)\b")


def _beside(action: str, reach: WayToReach, how: str) -> str:
    """Return what to do, and behind it ``how`` to reach them; a letter and a visit take no number."""
    return f"{action} · {reach.name if _BY_HAND.search(action) else how}"


_NAMES_A_WAY = {RuleName.TOO_SOON, RuleName.FRESH_LEAD, RuleName.LAST_CALL}
"""Rules whose advice says by itself whether to call or to write."""


def _with_number(action: str, reach: WayToReach) -> str:
    """Return ``Ask Kim Aldous (555-0142) why it stalled``, ``… through Kim (champion, 555-0142)``.

    An address is too long for that, and stands behind.
    """
    to = reach.to.strip("()")
    if not to:
        return action
    if not reach.is_number:
        return f"{action} · {to}"
    before, name, after = action.partition(reach.name)
    if after.startswith(" ("):
        role, _, rest = after.partition(")")
        return f"{before}{name}{role}, {to}){rest}"
    return f"{before}{name} ({to}){after}"


def advice_action(finding: Finding, reach: WayToReach | None) -> str:
    """Return ``Follow the quote up · call Kim Aldous 555-0142``.

    How to reach them is left open where the action says it in its own words, as a planned step does.
    """
    if reach is None:
        return finding.action
    for them in (CALL, WRITE, VISIT):
        if finding.action.startswith(them):
            return f"{capital(reach.action)}{finding.action.removeprefix(them)}"
    if finding.rests:
        return f"{finding.action}, then {reach.action}"
    if reach.name in finding.action:
        return _with_number(finding.action, reach)
    names_a_way = finding.is_planned or finding.rule in _NAMES_A_WAY
    return _beside(finding.action, reach, reach.words if names_a_way else reach.action)


def not_before(earliest: date | None, day: date, today: date) -> str:
    """Return ``not before 17 Dec``, or nothing when it may be now, or on the ``day`` of the task."""
    if earliest is None or earliest <= max(day, today):
        return ""
    return f"not before {short_day(earliest, today)}"


def with_sites(action: str, value: Money | None, sites: int | None) -> str:
    """Return what to do, with ``$6k × 133 sites`` where only these make an hour on it worth so much."""
    many = value is not None and sites is not None and sites > 1
    return f"{action} · {worth_words(value, sites)}" if value and many else action


def payoff_words(payoff: Money | None) -> str:
    """Return ``$14k/h``; ``–`` where no value is on record."""
    return f"{short_money(payoff)}/h" if payoff else "–"


def sum_words(monies: Iterable[Money]) -> str:
    """Return ``$1,848,000 · £15,000``: to the whole unit, side by side and never added up."""
    return side_by_side(monies, whole_money)


def contact_words(contact: Contact | None) -> str:
    """Return ``Hiro Jovanović (champion) · 555 0101 · hiro@h.example``."""
    if contact is None:
        return ""
    return " · ".join((name_and_role(contact), *contact.reached_by))


def route_words(finding: Finding, contact: Contact | None) -> str:
    """Return the route that the rule names and the person, as far as they are known."""
    route = f"by {finding.route.value.replace('-', ' ')}" if finding.route else ""
    return " · ".join(part for part in (route, contact_words(contact)) if part)
