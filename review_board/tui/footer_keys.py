"""Keys as the footer shows them, made from a screen's bindings."""

import re
from collections.abc import Container, Mapping
from dataclasses import replace
from typing import Any

from textual.app import App
from textual.binding import Binding
from textual.keys import key_to_character
from textual.screen import Screen

from review_board.tui.bars import Key
from review_board.tui.crash_safe_app import CrashSafeApp

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


MENTION = re.compile(r"\{([a-z_.]+):([^{}]+)\}")
"""How a text mentions a key: ``{action:its usual key}``."""


def own_bindings(screen: Screen[Any]) -> list[Binding]:
    """Return the bindings that the screen itself declares, in order, with their keys as remapped.

    Those that the login may not use are left out.
    """
    return _declared_by(screen, screen.app)


def app_bindings(app: App[Any]) -> list[Binding]:
    """Return the bindings that hold on every screen, with their keys as remapped."""
    return _declared_by(app, app)


def _declared_by(
    place: Screen[Any] | App[Any], app: App[Any], names: Container[str | None] | None = None
) -> list[Binding]:
    """Return the bindings of a screen or the app, or those of them with these names."""
    remapped = app.remapped if isinstance(app, CrashSafeApp) else {}
    declared = [b for b in place.BINDINGS if isinstance(b, Binding)]
    if names is not None:
        declared = [binding for binding in declared if binding.id in names]
    if isinstance(app, CrashSafeApp):
        declared = [binding for binding in declared if app.rights.offers(binding.action)]
    return [replace(b, key=remapped.get(b.id or "", b.key)) for b in declared]


def footer_keys(screen: Screen[Any], labels: Mapping[str, str] | None = None) -> list[Key]:
    """Return the keys that are shown, in the order of their declaration.

    ``labels`` name those that count just now, in their order; an empty label is the usual one.
    """
    own = _declared_by(screen, screen.app, labels)
    if labels is None:
        return [Key(_first_key(b), b.description, b.action) for b in own if b.show]
    known = {b.id: b for b in own}
    now = ((known[name], label) for name, label in labels.items() if name in known)
    return [Key(_first_key(b), label or b.description, b.action) for b, label in now]


def with_keys(app: object, text: str) -> str:
    """Return a text of ours with the keys in force for those that it mentions.

    What a person typed is put in after that: there a mention is text as any other.
    """
    remapped = app.remapped if isinstance(app, CrashSafeApp) else {}
    return MENTION.sub(lambda found: written_key(remapped.get(found[1], ""), found[2]), text)


def written_key(keys: str, usual: str) -> str:
    """Return the first key of an action as it is remapped, else its usual one."""
    return key_name(keys.split(",", maxsplit=1)[0].strip()) if keys else usual


def key_of(place: Screen[Any] | App[Any], name: str) -> str:
    """Return the key of an action of this screen or of the app, for a text that mentions it."""
    app = place if isinstance(place, App) else place.app
    return next(map(_first_key, _declared_by(place, app, (name,))), name)


def _first_key(binding: Binding) -> str:
    return key_name(binding.key_display or binding.key.split(",")[0])
