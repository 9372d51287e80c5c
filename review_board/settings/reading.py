"""Settings are read once: the defaults, a preset, a TOML file, and the environment on top."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from review_board.errors import InvalidValueError, SettingsError
from review_board.input_files import SETTINGS_LIMIT, read_regular
from review_board.settings.assignments import from_environment, number, put, told
from review_board.settings.faults import (
    AFTER_THE_FILE,
    Fault,
    FaultText,
    FaultySettingsError,
    faults_of,
    shown_message,
)
from review_board.settings.keys import TABLES
from review_board.settings.old_keys import NEW_NAMES, remark, set_by_both_names, take_new_names
from review_board.settings.presets import PRESETS
from review_board.settings.prune import take
from review_board.settings.toml_locations import line_of, lines_of, stands_twice
from review_board.settings.tree import Settings

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TWICE = re.compile("Cannot (overwrite|declare|mutate)|Duplicate inline table key")


@dataclass(frozen=True, slots=True)
class LoadedSettings:
    """The settings in force, and where each of them was set: ``file`` and line, or a variable.

    ``remarks`` are about what works and should be written in another way.
    """

    settings: Settings
    file: str = ""
    lines: Mapping[str, int | None] = field(default_factory=dict)
    variables: Mapping[str, str] = field(default_factory=dict)
    remarks: tuple[FaultText, ...] = ()

    def place(self, key: str) -> str:
        """Where it was set, for an error: ``/home/ann/config.toml, line 12``; else the file."""
        line = self.lines.get(key)
        return self.variables.get(key) or f"{self.file}{f', line {line}' if line else ''}"

    def told(self, key: str, problem: str) -> FaultText:
        """What is wrong with a setting that this reading holds, with its place."""
        line = AFTER_THE_FILE if key in self.variables else self.lines.get(key) or 0
        return FaultText(f"{self.place(key)}: {key}: {problem}", line)

    def source(self, key: str) -> str:
        """Where a value comes from: ``default``, ``preset …``, ``config.toml:12`` or a variable."""
        if key in self.variables:
            return self.variables[key]
        if key in self.lines:
            name, line = Path(self.file).name, self.lines[key]
            return f"{name}:{line}" if line else name
        preset = self.settings.preset
        if key.removeprefix("thresholds.") in PRESETS[preset] and key.startswith("thresholds."):
            return f"preset {preset}"
        return "default"


def load_settings(path: Path | None, environment: Mapping[str, str] | None = None) -> Settings:
    """The settings in a TOML file and the environment, or the defaults when there is neither.

    Raises ``SettingsError`` with the file, the line and the nearest valid key.
    """
    return read_settings(path, environment).settings


def read_settings(
    path: Path | None, environment: Mapping[str, str] | None = None
) -> LoadedSettings:
    """The same with the places; of ``environment`` only ``REVIEW_BOARD_…`` counts."""
    if path is None:
        return read_text("", "settings", environment)
    return read_text(_text_of(path), str(path), environment)


def _text_of(path: Path) -> str:
    try:
        content = read_regular(path, SETTINGS_LIMIT, "name the right file")
    except FileNotFoundError as error:
        cure = "look at its name, or write one with review-board config --init"
        raise SettingsError(f"{path}: there is no such file", cure) from error
    except InvalidValueError as error:
        what = error.message.removeprefix("it ").removesuffix(", not a file")
        raise SettingsError(f"{path} {what}", error.cure) from error
    except PermissionError as error:
        cure = "its owner can let you read it"
        raise SettingsError(f"{path} may not be read by you", cure) from error
    except (OSError, ValueError) as error:  # a name with a zero byte is a ValueError
        why = (getattr(error, "strerror", None) or "no file has such a name").lower()
        raise SettingsError(f"{path} cannot be read: {why}", "name another file") from error
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        words = f"{path}, line {line}: holds a character that is not UTF-8"
        raise SettingsError(words, "save the file as UTF-8") from error


def parse_settings(text: str, where: str = "settings") -> Settings:
    """The settings in TOML text; ``where`` names it in errors."""
    return read_text(text, where).settings


def read_text(
    text: str, where: str = "settings", environment: Mapping[str, str] | None = None
) -> LoadedSettings:
    """The settings in TOML text and the environment; ``FaultySettingsError`` with all faults."""
    values, found = _toml(text, where), lines_of(text)
    told, remarks = _with_new_names(values, found, where)
    in_file = list(_leaves(values))
    assignments, lines = from_environment(environment or {})
    for assignment in assignments:
        put(values, assignment)
    remarks += [FaultText(f"{a.place}: {remark(a.old)}") for a in assignments if a.old]
    settings, faults = _validated(values)
    lines_set = {key: line_of(found, key) for key in in_file}
    variables = {a.key: a.place for a in assignments}
    reading = (
        LoadedSettings(settings, where, lines_set, variables, tuple(remarks)) if settings else None
    )
    told += _told(faults, found, where, variables)
    told += [FaultText(line, AFTER_THE_FILE) for line in lines]
    if reading is None or told:
        raise FaultySettingsError(told, reading)
    return reading


def _with_new_names(
    values: dict[str, Any], lines: dict[str, int], where: str
) -> tuple[list[FaultText], list[FaultText]]:
    """Rename what is set by an old name, also in ``lines``; return the faults and the remarks."""
    faults: list[FaultText] = []
    remarks: list[FaultText] = []
    for old, both in take_new_names(values):
        line = line_of(lines, old)
        words = set_by_both_names(old) if both else remark(old)
        (faults if both else remarks).append(_placed_text(where, line, words))
        if not both and old in lines:
            lines[NEW_NAMES[old]] = lines[old]
    return faults, remarks


def _validated(values: dict[str, Any]) -> tuple[Settings | None, list[Fault]]:
    """The settings that are sound, and everything that is wrong.

    What is at fault is taken out and the rest looked at again: two settings that cannot work
    together show only when each of them is sound.
    """
    faults: list[Fault] = []
    taken: set[str] = set()
    while True:
        try:
            made = Settings.model_validate(values)
        except ValidationError as error:
            found = faults_of(error)
        else:
            return made, faults
        faults += [fault for fault in found if taken.isdisjoint(fault.keys)]
        keys = {key for fault in found for key in fault.keys}
        found_them = [take(values, key) for key in sorted(keys)]
        if not any(found_them):
            return None, faults
        taken |= keys


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=number)
    except RecursionError as error:
        raise FaultySettingsError([FaultText(f"{where}: is nested too deep")]) from error
    except ValueError as error:  # endless digits are no TOML error
        message = str(error)
        place = _TOML_PLACE.search(message)
        line = int(place[1]) if place and place[1] else len(text.splitlines())
        words = shown_message(_TOML_PLACE.sub("", message))
        if not isinstance(error, tomllib.TOMLDecodeError):
            words = "holds a number that is far too long"
        elif _TWICE.match(message):
            words = stands_twice(text, line) or words
        at = f", line {line}" if place else ""
        raise FaultySettingsError([FaultText(f"{where}{at}: {words}")]) from error


def _leaves(values: Mapping[str, Any]) -> Iterator[str]:
    """The dotted keys that a table sets; entries of a list of tables are numbered from 1."""
    for name, value in values.items():
        if isinstance(value, Mapping):
            yield from (f"{name}.{inner}" for inner in _leaves(value))
        elif name in TABLES and isinstance(value, list):
            yield name
            for number, entry in enumerate(value, 1):
                yield f"{name}.{number}"
                yield from _leaves({f"{name}.{number}": entry})
        else:
            yield name


def _told(
    faults: list[Fault], lines: dict[str, int], where: str, variables: dict[str, str]
) -> Iterator[FaultText]:
    """The faults with their places: the file's in the order of its lines, then the environment's."""
    for fault in faults:
        if words := told(fault, variables):
            yield FaultText(words, AFTER_THE_FILE)
            continue
        blamed, line = _placed(fault, lines)
        yield _placed_text(where, line, blamed.words)


def _placed_text(where: str, line: int | None, words: str) -> FaultText:
    return FaultText(f"{where}{f', line {line}' if line else ''}: {words}", line or 0)


def _placed(fault: Fault, lines: dict[str, int]) -> tuple[Fault, int | None]:
    """The fault told of the setting that stands in the file, the later of two, and its line."""
    own = [key for key in fault.keys if key in lines]
    if not own:
        return fault, line_of(lines, fault.key)
    last = max(own, key=lines.__getitem__)
    return fault.of(last), lines[last]
