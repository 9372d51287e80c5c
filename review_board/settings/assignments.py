"""Settings that come as plain text: ``KEY=VALUE`` on a command line, or variables of the environment.

A value is TOML where it can be read as such (``20``, ``false``, ``["mon", "tue"]``), else text; a
list may also be written with commas: ``mon,tue``.
"""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal, get_origin

from pydantic import ValidationError

from review_board.settings import setting_names
from review_board.settings.faults import FaultySettingsError, faults_of, shown
from review_board.settings.loaded import SettingsMessage
from review_board.settings.old_keys import NEW_NAMES, set_by_both_names
from review_board.settings.tree import Settings
from review_board.settings.variables import PREFIX, RESERVED, variable_of


@dataclass(frozen=True, slots=True)
class Assignment:
    """One setting that was set by text; ``place`` is how a fault in it is found again.

    ``old`` is its old name, where that was written.
    """

    place: str
    key: str
    value: Any
    old: str = ""


def override(settings: Settings, assignments: Sequence[str]) -> Settings:
    """Return the settings with ``KEY=VALUE`` on top, such as ``thresholds.recent_days=20``.

    A preset set so keeps what was set explicitly. Raises ``SettingsError`` with the nearest name.
    """
    made = [parse_assignment(text) for text in assignments]
    if both := _by_both_names(made):
        raise FaultySettingsError([SettingsMessage(line) for line in both], check="")
    values = settings.model_dump(by_alias=True, exclude_unset=True)
    for assignment in made:
        put(values, assignment)
    try:
        return Settings.model_validate(values)
    except ValidationError as error:
        places = {assignment.key: assignment.place for assignment in made}
        lines = [SettingsMessage(fault.under(places) or fault.words) for fault in faults_of(error)]
        raise FaultySettingsError(lines, check="") from error


def parse_assignment(text: str) -> Assignment:
    """Read ``KEY=VALUE`` as an assignment; raise ``SettingsError`` when there is no such setting.

    A key may be left to its last part, ``recent_days``, where only one setting has it.
    """
    name, equals, value = text.partition("=")
    written = setting_names.in_full(name.strip())
    key = setting_names.new_name(written)
    if not equals:
        raise _refused(f"{shown(text)}: write KEY=VALUE, like thresholds.recent_days=20")
    if setting_names.is_group(key):
        raise _refused(f"{shown(text)}: {key} is a group; name one of its settings")
    if not setting_names.is_known(key):
        raise _refused(f"unknown setting {shown(key)}{setting_names.did_you_mean(key)}")
    return _assigned(shown(text), written, value.strip())


def _assigned(place: str, written: str, value: str) -> Assignment:
    key = setting_names.new_name(written)
    return Assignment(place, key, typed(key, value), old="" if key == written else written)


def _by_both_names(made: Sequence[Assignment]) -> list[str]:
    new = {assignment.key for assignment in made if not assignment.old}
    both = [one for one in made if one.old and one.key in new]
    return [f"{one.place}: {set_by_both_names(one.old)}" for one in both]


def _refused(words: str) -> FaultySettingsError:
    return FaultySettingsError([SettingsMessage(words)])


def from_environment(environment: Mapping[str, str]) -> tuple[list[Assignment], list[str]]:
    """Read the settings in variables that begin with ``REVIEW_BOARD_``, and faults in names.

    A variable that is set to nothing counts as not set, as shells have it.
    """
    made: list[Assignment] = []
    faults: list[str] = []
    names = {
        variable_of(key): key
        for key in [*setting_names.known_keys(), setting_names.ALWAYS_ON, *NEW_NAMES]
    }
    for variable in sorted(environment):
        ours = variable.startswith(PREFIX) and variable not in RESERVED
        if not ours or not environment[variable]:
            continue
        key = names.get(variable) or _open_key(variable)
        if key is None or setting_names.is_group(key):
            faults.append(f"{shown(variable)}: unknown setting{_like(variable)}")
        elif not _is_text(variable + environment[variable]):
            faults.append(f"{shown(variable)}: is no text that can be read")
        else:
            made.append(_assigned(variable, key, environment[variable]))
    return made, [*_by_both_names(made), *faults]


def _like(variable: str) -> str:
    near = setting_names.nearest(
        variable.removeprefix(PREFIX).lower().replace("__", "."), setting_names.known_keys()
    )
    return f"; did you mean {variable_of(near)}?" if near else ""


def _is_text(value: str) -> bool:
    """Return whether it is text: bytes that are no UTF-8 come as lone surrogates."""
    return not any("\ud800" <= character <= "\udfff" for character in value)


def _open_key(variable: str) -> str | None:
    """Return a key of a table with names of the user's own: ``REVIEW_BOARD_REASONS__NO_FIT``."""
    group, _, rest = variable.removeprefix(PREFIX).lower().partition("__")
    if group not in setting_names.OPEN or not rest:
        return None
    name = rest.replace("__", ".")
    return f"{group}.{name.replace('_', '-') if group == 'reasons' else name}"


def typed(key: str, text: str) -> Any:
    """Read a text as the kind of value that the setting takes."""
    group, kind = (
        setting_names.group_of(key),
        setting_names.fields()[key].annotation if key in setting_names.fields() else None,
    )
    if get_origin(kind) is tuple and not text.startswith("["):
        parts = [part.strip() for part in text.split(",")] if text.strip() else []
        return [_toml_or_text(part) for part in parts]
    value = _toml_or_text(text)
    is_label = group == "reasons" and not isinstance(value, bool)
    is_text = is_label or group == "keys" or kind is str or get_origin(kind) is Literal
    return text if is_text and not isinstance(value, str) else value


def _toml_or_text(text: str) -> Any:
    if "\n" in text or "\r" in text:
        return text
    try:
        read = tomllib.loads(f"value = {text}", parse_float=number)
    except (ValueError, RecursionError):
        return text
    return read["value"]


def number(text: str) -> Decimal | float:
    """Read a figure exactly as it is written."""
    try:
        return Decimal(text)
    except ArithmeticError:  # an exponent beyond all bounds
        return float(text)


def put(values: dict[str, Any], assignment: Assignment) -> None:
    """Set it in a nested table, unless something that is no table is in its place."""
    group = setting_names.group_of(assignment.key)
    if not group:
        values[assignment.key] = assignment.value
        return
    table = values.setdefault(group, {})
    if isinstance(table, dict):
        table[assignment.key.removeprefix(f"{group}.")] = assignment.value
