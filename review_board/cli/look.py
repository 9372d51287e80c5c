"""Theme and keys: the settings that the first picture needs; whether keys and views can work."""

from typing import TYPE_CHECKING, Any

from review_board.errors import SettingsError

if TYPE_CHECKING:
    from review_board.cli.context import Invocation
    from review_board.settings import Reading


def look_of(call: "Invocation") -> dict[str, Any]:
    """Theme and keys for the app; nothing when none is set.

    Then the settings are read behind the empty board: reading them takes longer than painting it.
    """
    if not _is_set(call):
        return {}
    settings = call.settings
    faults, _ = key_lines(call.reading)
    if faults:
        raise SettingsError(faults[0], "review-board config --keys lists the names")
    return {"theme": settings.theme, "keys": _long(settings.keys)}


def _is_set(call: "Invocation") -> bool:
    if any(n == "REVIEW_BOARD_THEME" or "_KEYS__" in n for n in call.environment):
        return True
    try:
        text = call.settings_path.read_text("utf-8-sig")
    except FileNotFoundError:
        return call.settings_file is not None
    except (OSError, ValueError):
        return True  # reading them in full says what is wrong
    import tomllib

    try:
        values = tomllib.loads(text)
    except (ValueError, RecursionError):
        return True
    return bool(values.get("theme") or values.get("keys"))


def key_lines(reading: "Reading") -> tuple[list[str], list[str]]:
    """Faults in the keys, and remarks, a line each with the place where the key was set."""
    keys = reading.settings.keys
    if not keys:
        return [], []
    from review_board.tui.keymap import faults_in

    faults: list[str] = []
    remarks: list[str] = []
    for fault in faults_in(keys):
        key = f"keys.{fault.id}"
        into = remarks if fault.doubtful else faults
        into.append(f"{reading.place(key)}: {key}: {fault.problem}")
    return faults, remarks


def view_lines(reading: "Reading") -> list[str]:
    """Faults in the views, a line each with its place: only the board can read their filters."""
    if not reading.settings.views:
        return []
    from review_board.board.views import faults_in_views

    faults = faults_in_views(reading.settings)
    return [f"{reading.place(key)}: {key}: {problem}" for key, problem in faults]


def refuse_faulty_views(reading: "Reading") -> None:
    """``SettingsError`` for a view that cannot work."""
    if faults := view_lines(reading):
        raise SettingsError(faults[0])


def _long(keys: "dict[str, str]") -> dict[str, str]:
    if not keys:
        return {}
    from review_board.tui.keymap import long_names

    return {name: ",".join(long_names(given)) for name, given in keys.items()}
