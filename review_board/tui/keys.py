"""Keys as the footer shows them, made from a screen's bindings."""

from dataclasses import replace
from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from review_board.tui.bars import Key
from review_board.tui.guarded import Guarded
from review_board.tui.help_screen import key_name


def own_bindings(screen: Screen[Any]) -> list[Binding]:
    """The bindings that the screen itself declares, in order, with their keys as remapped."""
    app = screen.app
    remapped = app.remapped if isinstance(app, Guarded) else {}
    declared = [binding for binding in screen.BINDINGS if isinstance(binding, Binding)]
    return [replace(b, key=remapped.get(b.id or "", b.key)) for b in declared]


def footer_keys(screen: Screen[Any]) -> list[Key]:
    """The keys that are shown, in the order of their declaration."""
    shown = [b for b in own_bindings(screen) if b.show]
    return [Key(_first_key(b), b.description, b.action) for b in shown]


def key_of(screen: Screen[Any], name: str) -> str:
    """The key of an action of this screen, for a text that mentions it."""
    return next((_first_key(b) for b in own_bindings(screen) if b.id == name), name)


def _first_key(binding: Binding) -> str:
    return key_name(binding.key_display or binding.key.split(",")[0])
