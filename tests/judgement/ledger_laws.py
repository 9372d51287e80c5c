"""Every line of the argument cites a comparison that is true, the setting it names, and its side."""

import operator
import re
from collections.abc import Callable
from decimal import Decimal

from review_board.judgement.recommendation import Observation
from review_board.pipeline.dates import Today
from review_board.pipeline.prospect import Prospect
from review_board.settings.rule_names import RuleName
from review_board.settings.tree import Settings
from tests.judgement.build import DEFAULTS, recommend

SIGNS: dict[str, Callable[[Decimal, Decimal], bool]] = {
    "≥": operator.ge,
    ">": operator.gt,
    "≤": operator.le,
    "<": operator.lt,
}
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")

KEEPS = {
    "thresholds.attempts": "<",
    "thresholds.recent_days": "≤",
    "thresholds.deferrals": "<",
    "thresholds.probation_deferrals": "<",
    "thresholds.callback_days": "≤",
    "thresholds.callback_grace_days": "≤>",
    "tiers.high_from": "≥",
}
"""Which way a comparison points that speaks for keeping; a promise we missed is ours to make good."""
PURGES = {
    "thresholds.recent_days": ">",
    "thresholds.callback_days": ">",
    "thresholds.unreachable_days": "≥",
    "thresholds.deferrals": "≥",
    "thresholds.probation_deferrals": "≥",
    "thresholds.unknown_questions": "≥",
    "thresholds.unknown_reviews": "≥",
    "thresholds.min_hourly_value": "<",
    "thresholds.no_history_days": "≥",
    "thresholds.early_stage_days": "≥",
    "thresholds.hostile_days": "≤",
    "thresholds.probation_days": "≤",
}
"""The same for letting go."""
GUARDS = {
    "thresholds.attempts": "<",
    "thresholds.recent_days": "≤",
    "thresholds.callback_days": "≤",
    "thresholds.callback_grace_days": "≤>",
    "thresholds.unknown_reviews": "<",
    "tiers.high_from": "≥",
}
"""The same for a guard that holds; one that does not points the other way."""


def _number(text: str) -> Decimal:
    found = NUMBER.search(text)
    assert found, text
    return Decimal(found.group().replace(",", ""))


def _setting(key: str, settings: Settings) -> Decimal:
    section, _, name = key.partition(".")
    return Decimal(getattr(getattr(settings, section), name))


def every_comparison_is_true_and_names_its_setting(
    subject: Prospect, today: Today, settings: Settings = DEFAULTS
) -> bool:
    """As written: what was seen, the sign, the number, and the key where that number stands."""
    made = recommend(subject, today, settings)
    guards = [guard.line for guard in made.guards]
    for line in (made.finding.because, *made.reasons_to_keep, *made.reasons_to_let_go, *guards):
        _is_true(line, settings)
    return True


def _is_true(line: Observation, settings: Settings) -> None:
    if not line.threshold:
        section, _, rule = line.key.partition(".")
        assert not section or (section == "rules" and RuleName(rule)), line
        return
    sign, number = line.threshold.split(" ")
    assert SIGNS[sign](_number(line.observed), _number(number)), line
    assert _setting(line.key, settings) == _number(number), line


def each_line_stands_on_the_side_that_it_speaks_for(
    subject: Prospect, today: Today, settings: Settings = DEFAULTS
) -> bool:
    """What is below a limit is no reason for what the limit would be a reason for."""
    made = recommend(subject, today, settings)
    for lines, speaks in ((made.reasons_to_keep, KEEPS), (made.reasons_to_let_go, PURGES)):
        for line in lines:
            assert not line.threshold or line.threshold[0] in speaks[line.key], line
    for guard in made.guards:
        if guard.line.threshold:
            for_it = guard.line.threshold[0] in GUARDS[guard.line.key]
            assert for_it is guard.holds, guard
    return True
