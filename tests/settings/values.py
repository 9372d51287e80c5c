"""Settings from a text or a file, and a value for every setting that is not its default."""

from collections.abc import Mapping
from pathlib import Path

from review_board.settings.reading import read_settings, read_text
from review_board.settings.setting_names import OPEN, TABLES, known_keys
from review_board.settings.tree import Settings


def parse_settings(text: str, where: str = "settings") -> Settings:
    """The settings in TOML text; ``where`` names it in errors."""
    return read_text(text, where).settings


def load_settings(path: Path | None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in a file and the environment."""
    return read_settings(path, environment).settings


SPECIAL = {
    "preset": ('"enterprise"', "enterprise"),
    "currency": ('"EUR"', "EUR"),
    "timezone": ('"Europe/Berlin"', "Europe/Berlin"),
    "my_name": ('"Karla Weiß"', "Karla Weiß"),
    "theme": ('"paper"', "paper"),
    "density": ('"compact"', "compact"),
    "tiers.by": ('"percentile"', "percentile"),
    "questions.pack": ('"meddic"', "meddic"),
    "questions.asked": ("2", "2"),
    "pressure.wait_days": ("[1, 4]", "1, 4"),
    "calendar.holidays": ('["2026-12-25", 2026-12-26]', "2026-12-25,2026-12-26"),
    "calendar.file": ('"/tmp/calls.ics"', "/tmp/calls.ics"),
    "calendar.mine": ("true", "true"),
    "calendar.working_days": ('["sun", "mon"]', "sun,mon"),
    "estimates.closing_ratio": ("0.25", "0.25"),
    "forecast.target": ("500000.50", "500000.50"),
    "thresholds.unreachable_days": ("61", "61"),
    "thresholds.attempts": ("4", "4"),
    "thresholds.probation_deferrals": ("2", "2"),
    "tiers.low_percentile": ("40", "40"),
    "review.manager_least": ("2", "2"),
    "review.reviewers": ('["ann", "raj"]', "ann,raj"),
    "restricted.folder": ('"/srv/lists"', "/srv/lists"),
    "review.shared_login": ('"sales"', "sales"),
    "thresholds.callback_days": ("90", "90"),
    "thresholds.unknown_questions": ("2", "2"),
    "tiers.high_from": ("90_000", "90000"),
    "tiers.high_percentile": ("80", "80"),
    "tracks.wake-up": ("10", "10"),
}
SINGLE = [key for key in known_keys() if key not in (*OPEN, *TABLES)]


def other_value(key: str) -> tuple[str, str]:
    """A value that is sound beside the defaults: in the file, and as plain text."""
    if key.startswith("rules."):
        return "false", "false"
    return SPECIAL.get(key, ("29", "29") if key == "thresholds.recent_days" else ("9", "9"))


def as_file(key: str, value: str) -> str:
    """The file that sets it, on its last line."""
    group, dot, name = key.rpartition(".")
    return f"[{group}]\n{name} = {value}\n" if dot else f"{name} = {value}\n"
