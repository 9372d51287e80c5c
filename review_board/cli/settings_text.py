"""The settings file as it is written: for what is needed before all settings are read in full."""

from pathlib import Path
from typing import Any


def values_in_file(path: Path, *, must_exist: bool) -> dict[str, Any] | None:
    """Return what a settings file sets; ``None`` where reading it in full says what is wrong."""
    from review_board.errors import InvalidValueError
    from review_board.input_files import SETTINGS_LIMIT, read_regular

    try:
        text = read_regular(path, SETTINGS_LIMIT, "").decode("utf-8-sig")
    except FileNotFoundError:
        return None if must_exist else {}
    except (OSError, ValueError, InvalidValueError):
        return None
    import tomllib

    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError):
        return None
