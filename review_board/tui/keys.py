"""Keys as the footer shows them, made from a screen's bindings."""

from typing import Any

from textual.binding import Binding
from textual.screen import Screen

from review_board.tui.bars import Key
from review_board.tui.help_screen import key_name


def own_bindings(screen: Screen[Any]) -> list[Binding]:
    """The bindings that the screen itself declares, in order, with their keys as remapped."""
    return [binding for binding in screen.BINDINGS if isinstance(binding, Binding)]


def footer_keys(screen: Screen[Any]) -> list[Key]:
    """The keys that are shown, in the order of their declaration."""
    return [
        Key(key_name(b.key_display or b.key.split(",")[0]), b.description, b.action)
        for b in own_bindings(screen)
        if b.show
    ]
