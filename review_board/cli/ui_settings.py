"""The settings that are needed before all are read in full; whether keys and views can work."""

from typing import TYPE_CHECKING, Any, NoReturn

from review_board.cli.settings_text import values_in_file
from review_board.settings.variables import variable_of

if TYPE_CHECKING:
    from review_board.cli.context import Invocation
    from review_board.settings.loaded import LoadedSettings, SettingsMessage

LOOKS = ("theme", "density")


def ui_settings_of(call: "Invocation") -> dict[str, Any]:
    """Return theme, density and keys for the app; nothing when none is set.

    Then the settings are read behind the empty board: reading them takes longer than painting it.
    """
    if not _is_set(call):
        return {}
    settings = call.settings
    faults, _ = key_faults(call.reading)
    if faults:
        names = "review-board config --keys lists the names"
        _refuse([*faults, *view_faults(call.reading)], call, names)
    shown = {name: getattr(settings, name) for name in LOOKS}
    return {**shown, "keys": _long(settings.keys)}


def _is_set(call: "Invocation") -> bool:
    if call.is_unset:
        return False
    variables = {variable_of(name) for name in LOOKS}
    if any(n in variables or "_KEYS__" in n for n in call.environment):
        return True
    values = values_in_file(call.settings_path, must_exist=call.named_settings is not None)
    return values is None or any(values.get(name) for name in (*LOOKS, "keys"))


def key_faults(reading: "LoadedSettings") -> "tuple[list[SettingsMessage], list[SettingsMessage]]":
    """Return faults in the keys, and remarks, each with the place where the key was set."""
    keys = reading.settings.keys
    if not keys:
        return [], []
    from review_board.tui.key_remapping import faults_in

    faults: list[SettingsMessage] = []
    remarks: list[SettingsMessage] = []
    for fault in faults_in(keys):
        into = remarks if fault.doubtful else faults
        into.append(reading.message(f"keys.{fault.id}", fault.problem))
    return faults, remarks


def view_faults(reading: "LoadedSettings") -> "list[SettingsMessage]":
    """Return faults in the views, each with its place: only the board can read their filters."""
    if not reading.settings.views:
        return []
    from review_board.board.views import faults_in_views

    return [reading.message(key, problem) for key, problem in faults_in_views(reading.settings)]


def refuse_faulty_views(call: "Invocation") -> None:
    """Raise ``SettingsError`` for views that cannot work."""
    if call.settings.views and (faults := view_faults(call.reading)):
        _refuse(faults, call)


def _refuse(faults: "list[SettingsMessage]", call: "Invocation", cure: str = "") -> NoReturn:
    from review_board.settings.faults import FaultySettingsError

    raise FaultySettingsError(faults, check=call.check, cure=cure)


def _long(keys: "dict[str, str]") -> dict[str, str]:
    if not keys:
        return {}
    from review_board.tui.key_remapping import long_names

    return {name: ",".join(long_names(given)) for name, given in keys.items()}
