"""Settings that had another name: the old name is read as before, and the new one is written."""

from collections.abc import Iterator, Mapping
from typing import Any

NEW_NAMES: Mapping[str, str] = {
    "review.idea_days": "review.last_attempt_days",
    "thresholds.answer_days": "thresholds.answer_expires_days",
    "thresholds.silent_attempts": "thresholds.gone_silent_attempts",
    "thresholds.nurture_touches": "thresholds.nurture_contacts",
    "thresholds.payoff": "thresholds.min_hourly_value",
}
"""The name of today by the old one."""


def take_new_names(values: dict[str, Any]) -> Iterator[tuple[str, bool]]:
    """Rename what a nested table sets by an old name; yield each with whether the new is set too.

    Where both are set, the new one counts.
    """
    for old, new in NEW_NAMES.items():
        group, _, name = old.partition(".")
        table = values.get(group)
        if not isinstance(table, dict) or name not in table:
            continue
        value, new_name = table.pop(name), new.removeprefix(f"{group}.")
        yield old, new_name in table
        table.setdefault(new_name, value)


def remark(old: str) -> str:
    """Say what to write instead of an old name."""
    return f"{old} is called {NEW_NAMES[old]} now: write that"


def set_by_both_names(old: str) -> str:
    """Say that a setting is set by its old name and by the new one."""
    return f"{old} is the old name of {NEW_NAMES[old]}, which is set too: take the old one out"
