"""Settings are read once: the defaults, a preset, a TOML file, and the environment on top."""

import re
import tomllib
from collections.abc import Iterator, Mapping
from copy import deepcopy
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from review_board.errors import InvalidValueError, SettingsError
from review_board.input_files import SETTINGS_LIMIT, read_regular
from review_board.settings.assignments import from_environment, number, put
from review_board.settings.faults import Fault, FaultySettingsError, faults_of, shown_message
from review_board.settings.loaded import AFTER_THE_FILE, LoadedSettings, SettingsMessage, placed
from review_board.settings.old_keys import NEW_NAMES, remark, set_by_both_names, take_new_names
from review_board.settings.saved_views import MOST
from review_board.settings.setting_names import OPEN, TABLES
from review_board.settings.toml_locations import describe_repetition, line_of, lines_of
from review_board.settings.tree import Settings

_TOML_PLACE = re.compile(r" \(at (?:line (\d+), column \d+|end of document)\)$")
_TWICE = re.compile("Cannot (overwrite|declare|mutate)|Duplicate inline table key")


def read_settings(
    path: Path | None, environment: Mapping[str, str] | None = None
) -> LoadedSettings:
    """Read the settings in a TOML file and the environment, or the defaults when there is neither.

    Of ``environment`` only ``REVIEW_BOARD_…`` counts. Raises ``SettingsError`` with the file, the
    line and the nearest valid key.
    """
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


def read_text(
    text: str, where: str = "settings", environment: Mapping[str, str] | None = None
) -> LoadedSettings:
    """Read the settings in TOML text and the environment; ``FaultySettingsError`` has all faults."""
    values, found = _toml(text, where), lines_of(text)
    wrong, remarks = _with_new_names(values, found, where)
    in_file = list(_leaves(values))
    assignments, lines = from_environment(environment or {})
    for assignment in assignments:
        put(values, assignment)
    remarks += [SettingsMessage(f"{a.place}: {remark(a.old)}") for a in assignments if a.old]
    settings, faults = _validated(values, Path(where).parent)
    lines_set = {key: line_of(found, key) for key in in_file}
    variables = {a.key: a.place for a in assignments}
    loaded = None
    if settings:
        loaded = LoadedSettings(settings, where, lines_set, variables, tuple(remarks))
    wrong += _placed_faults(faults, found, where, variables)
    wrong += [SettingsMessage(line, AFTER_THE_FILE) for line in lines]
    if loaded is None or wrong:
        raise FaultySettingsError(wrong, loaded)
    return loaded


def _with_new_names(
    values: dict[str, Any], lines: dict[str, int], where: str
) -> tuple[list[SettingsMessage], list[SettingsMessage]]:
    """Rename what is set by an old name, also in ``lines``; return the faults and the remarks."""
    faults: list[SettingsMessage] = []
    remarks: list[SettingsMessage] = []
    for old, both in take_new_names(values):
        line = line_of(lines, old)
        words = set_by_both_names(old) if both else remark(old)
        (faults if both else remarks).append(placed(where, line, words))
        if not both and old in lines:
            lines[NEW_NAMES[old]] = lines[old]
    return faults, remarks


def _toml(text: str, where: str) -> dict[str, Any]:
    try:
        return tomllib.loads(text, parse_float=number)
    except RecursionError as error:
        raise FaultySettingsError([SettingsMessage(f"{where}: is nested too deep")]) from error
    except ValueError as error:  # endless digits are no TOML error
        message = str(error)
        place = _TOML_PLACE.search(message)
        line = int(place[1]) if place and place[1] else len(text.splitlines())
        words = shown_message(_TOML_PLACE.sub("", message))
        if not isinstance(error, tomllib.TOMLDecodeError):
            words = "holds a number that is far too long"
        elif _TWICE.match(message):
            words = describe_repetition(text, line) or words
        at = f", line {line}" if place else ""
        raise FaultySettingsError([SettingsMessage(f"{where}{at}: {words}")]) from error


def _leaves(values: Mapping[str, Any]) -> Iterator[str]:
    """Yield the dotted keys that a table sets; entries of a list of tables are numbered from 1."""
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


def _placed_faults(
    faults: list[Fault], lines: dict[str, int], where: str, variables: dict[str, str]
) -> Iterator[SettingsMessage]:
    """Yield the faults with their places: the file's by their lines, then the environment's."""
    for fault in faults:
        if words := fault.under(variables):
            yield SettingsMessage(words, AFTER_THE_FILE)
            continue
        blamed, line = _placed(fault, lines)
        yield placed(where, line, blamed.words)


def _placed(fault: Fault, lines: dict[str, int]) -> tuple[Fault, int | None]:
    """Return the fault as one of the setting in the file, the later of two, and its line."""
    own = [key for key in fault.keys if key in lines]
    if not own:
        return fault, line_of(lines, fault.key)
    last = max(own, key=lines.__getitem__)
    return fault.of(last), lines[last]


def _validated(values: dict[str, Any], folder: Path) -> tuple[Settings | None, list[Fault]]:
    """Return the settings that are sound, and everything that is wrong.

    What is at fault is taken out and the rest looked at again: two settings that cannot work
    together show only when each of them is sound. Files that they name are looked for from ``folder``.
    """
    faults: list[Fault] = []
    taken: set[str] = set()
    while True:
        try:
            made = Settings.model_validate(values, context={"folder": folder})
        except ValidationError as error:
            found = faults_of(error)
        else:
            return made, faults
        faults += [fault for fault in found if taken.isdisjoint(fault.keys)]
        keys = {key for fault in found for key in fault.keys}
        found_them = [_take_out(values, key) for key in sorted(keys)]
        if not any(found_them):
            return None, faults
        taken |= keys


def _take_out(values: dict[str, Any], key: str) -> bool:
    """Take a setting out of a nested table; return whether it was there."""
    group, _, name = key.partition(".")
    held = values.get(group)
    if group in TABLES and isinstance(held, list):
        return _take_from_list(held, name)
    if name and isinstance(held, dict):
        if _take_within(held, name):
            return True
        if group not in OPEN:
            return False
    return values.pop(group, None) is not None


def _take_within(table: dict[str, Any], name: str) -> bool:
    """Take out a name with dots, which may be one name, or lie in tables within."""
    if name in table:
        return table.pop(name) is not None
    first, _, rest = name.partition(".")
    inner = table.get(first)
    return bool(rest) and isinstance(inner, dict) and _take_within(inner, rest)


def _take_from_list(entries: list[Any], key: str) -> bool:
    """Take out what is wrong with an entry, which keeps its number, or else with the list."""
    before = deepcopy(entries)
    number, _, name = key.partition(".")
    if number:
        _mend(entries, int(number) - 1, name)
    else:
        del entries[MOST:]
        for place, entry in enumerate(entries):
            if not isinstance(entry, dict):
                _mend(entries, place, "name")
    return before != entries


def _mend(entries: list[Any], place: int, name: str) -> None:
    """Put another name that nobody uses in place of a bad one, which cannot be left out."""
    entry: dict[str, Any] = entries[place] if isinstance(entries[place], dict) else {}
    entry.pop(name, None)
    entries[place] = entry if name not in ("", "name") else entry | {"name": f"‹{place + 1}›"}
