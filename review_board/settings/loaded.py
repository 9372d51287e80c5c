"""The settings in force, with the place where each of them was set."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from review_board.settings.setting_groups import PRESETS
from review_board.settings.tree import Settings

AFTER_THE_FILE = 10**9
"""The line of what no file says: it comes after all that one does."""


@dataclass(frozen=True, slots=True)
class SettingsMessage:
    """What is wrong with a setting, or could be better: its place in words, and its line."""

    words: str
    line: int = 0


def placed(where: str, line: int | None, words: str) -> SettingsMessage:
    """Return a message about a line of a file."""
    return SettingsMessage(f"{where}{f', line {line}' if line else ''}: {words}", line or 0)


def by_line(messages: Iterable[SettingsMessage]) -> list[str]:
    """Return the words of messages, in the order of their lines."""
    return [one.words for one in sorted(messages, key=lambda one: one.line)]


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, and where each of them was set: ``file`` and line, or a variable.

    ``remarks`` are about what works and should be written in another way.
    """

    settings: Settings
    file: str = ""
    lines: Mapping[str, int | None] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[SettingsMessage, ...] = ()

    def place(self, key: str) -> str:
        """Say where it was set, for an error: ``/home/ann/config.toml, line 12``; else the file."""
        line = self.lines.get(key)
        return self.variables.get(key) or f"{self.file}{f', line {line}' if line else ''}"

    def message(self, key: str, problem: str) -> SettingsMessage:
        """Say what is wrong with a setting that was read, with its place."""
        line = AFTER_THE_FILE if key in self.variables else self.lines.get(key) or 0
        return SettingsMessage(f"{self.place(key)}: {key}: {problem}", line)

    def source(self, key: str) -> str:
        """Say where a value comes from: ``default``, ``preset …``, ``config.toml:12`` or a variable."""
        if key in self.variables:
            return self.variables[key]
        if key in self.lines:
            name, line = Path(self.file).name, self.lines[key]
            return f"{name}:{line}" if line else name
        group, _, name = key.partition(".")
        preset = self.settings.preset
        return (
            f"preset {preset}" if group == "thresholds" and name in PRESETS[preset] else "default"
        )
