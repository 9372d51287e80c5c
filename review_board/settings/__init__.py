"""Every setting of the program, typed: its default, its range, and what it means.

The tree is read once, from a TOML file and the environment that is handed in, and passed on from
there; nothing here looks for either. An unknown name or a bad value is an error that names the file,
the line and the nearest valid name. ``override(settings, ["thresholds.recent_days=20"])`` gives the
same settings with other values on top.
"""

from review_board.settings.assignments import override
from review_board.settings.faults import FaultySettingsError, Told
from review_board.settings.keys import known_keys
from review_board.settings.kinds import WEEKDAYS, OrderName, Section
from review_board.settings.presets import PRESETS
from review_board.settings.reading import (
    Reading,
    load_settings,
    parse_settings,
    read_settings,
    read_text,
)
from review_board.settings.rules import RuleName
from review_board.settings.sections import (
    Calendar,
    Estimates,
    Forecast,
    Minutes,
    Pressure,
    Questions,
    Review,
    SavedView,
    Thresholds,
    Tiers,
    Tracks,
)
from review_board.settings.tree import NOT_DECISIVE, Settings

__all__ = [
    "NOT_DECISIVE",
    "PRESETS",
    "WEEKDAYS",
    "Calendar",
    "Estimates",
    "FaultySettingsError",
    "Forecast",
    "Minutes",
    "OrderName",
    "Pressure",
    "Questions",
    "Reading",
    "Review",
    "RuleName",
    "SavedView",
    "Section",
    "Settings",
    "Thresholds",
    "Tiers",
    "Told",
    "Tracks",
    "known_keys",
    "load_settings",
    "override",
    "parse_settings",
    "read_settings",
    "read_text",
]
