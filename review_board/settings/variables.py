"""The variables of the environment: those of settings, and those that are none."""

PREFIX = "REVIEW_BOARD_"
"""How the names of our variables begin."""
RESERVED = (f"{PREFIX}FILE", f"{PREFIX}TODAY", f"{PREFIX}CONFIG")
"""Variables that name a pipeline, a day and the settings file; no setting has such a name."""


def variable_of(key: str) -> str:
    """Return the variable of a setting: ``REVIEW_BOARD_THRESHOLDS__RECENT_DAYS``."""
    return PREFIX + key.replace(".", "__").replace("-", "_").upper()
