"""Thresholds for short, usual and long sales cycles; what is set besides comes on top."""

from collections.abc import Mapping

PRESETS: Mapping[str, Mapping[str, int]] = {
    "transactional": {
        "recent_days": 14,
        "unreachable_days": 30,
        "attempts": 4,
        "gone_silent_attempts": 5,
    },
    "standard": {},
    "enterprise": {
        "recent_days": 60,
        "unreachable_days": 120,
        "attempts": 8,
        "gone_silent_attempts": 9,
    },
}
"""Each preset's own thresholds; the standard is the defaults."""
