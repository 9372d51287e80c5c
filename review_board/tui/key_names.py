"""Keys as they are written on the keyboard."""

from textual.keys import key_to_character

NAMES = {
    "up": "↑",
    "down": "↓",
    "left": "←",
    "right": "→",
    "slash": "/",
    "question_mark": "?",
    "colon": ":",
    "semicolon": ";",
    "plus": "+",
    "minus": "-",
    "underscore": "_",
    "backslash": "\\",
    "at": "@",
    "escape": "esc",
    "pageup": "pgup",
    "pagedown": "pgdn",
}


def key_name(key: str) -> str:
    """Return a key as it is written on the keyboard."""
    if key in NAMES:
        return NAMES[key]
    written = key_to_character(key)
    return written if written and written.isprintable() and not written.isspace() else key
