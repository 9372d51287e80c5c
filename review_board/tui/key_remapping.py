"""Keys remapped by the settings: which actions there are, and whether a keymap can work.

It imports every screen to know their bindings, so it is only imported when somebody asks.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from pkgutil import walk_packages
from typing import Any

from textual.app import App
from textual.binding import Binding, BindingsMap, InvalidBinding
from textual.dom import DOMNode
from textual.keys import KEY_NAME_REPLACEMENTS, Keys, key_to_character

import review_board.tui
from review_board.settings.setting_names import did_you_mean
from review_board.tui.footer_keys import key_name

FIXED = {"review.answer": "the digit is the number of the question"}
"""Actions whose keys mean something by themselves."""
IN_TEXT = (
    "dialog.cancel",
    "filter.clear",
    "palette.close",
    "path.complete",
    "palette.down",
    "palette.up",
    "palette.page_down",
    "palette.page_up",
    "find.clear",
    "note.store",
)
"""Actions needed where text is typed: letters are letters there."""
_NAMED = {key.value for key in Keys} | {*KEY_NAME_REPLACEMENTS.values()}
_TYPES_NOTHING = re.compile(r"escape|tab|f\d+|up|down|page(up|down)")
_EVERYWHERE = re.compile(
    r"f\d{1,2}|up|down|left|right|enter|escape|tab|space|home|end|page(up|down)"
)


@dataclass(frozen=True, slots=True)
class KeyAction:
    """One action: its name in the settings, its keys, and what it does."""

    id: str
    keys: tuple[str, ...]
    label: str
    tooltip: str

    @property
    def shown(self) -> str:
        """Return the keys as they are written on the keyboard."""
        return " ".join(key_name(key) for key in self.keys)


@dataclass(frozen=True, slots=True)
class KeyFault:
    """What is wrong with the key of an action, or only doubtful."""

    id: str
    problem: str
    doubtful: bool = False


def key_actions(remapped: Mapping[str, str] | None = None) -> dict[str, KeyAction]:
    """Return every action by its name, with its keys as remapped."""
    found: dict[str, KeyAction] = {}
    for place in places():
        for binding in _own(place):
            keys = keys_of(binding, remapped or {})
            known = found.get(str(binding.id))
            keys = tuple(dict.fromkeys((*(known.keys if known else ()), *keys)))
            action = KeyAction(str(binding.id), keys, binding.description, binding.tooltip)
            found[action.id] = action
    return found


def keys_of(binding: Binding, remapped: Mapping[str, str]) -> tuple[str, ...]:
    """Return the keys of a binding by their long names."""
    return long_names(remapped.get(binding.id or "") or binding.key)


def long_names(keys: str) -> tuple[str, ...]:
    """Return keys with commas between by the names that Textual knows: ``?`` is ``question_mark``."""
    try:
        return tuple(key for key, _ in BindingsMap([Binding(keys, "")]))
    except InvalidBinding:
        return ()


def faults_in(remapped: Mapping[str, str]) -> list[KeyFault]:
    """Return what is wrong with a keymap, and what may not reach the program on every terminal."""
    if not remapped:
        return []
    found = [fault for name, keys in remapped.items() for fault in _faults(name, keys)]
    wrong = {fault.id for fault in found}
    sound = {name: keys for name, keys in remapped.items() if name not in wrong}
    return [*found, *_clashes(sound), *_doubts(sound)]


def _faults(name: str, keys: str) -> Iterator[KeyFault]:
    actions = key_actions()
    if name not in actions:
        yield KeyFault(name, f"there is no such action{did_you_mean(name, actions)}")
    elif name in FIXED:
        yield KeyFault(name, f"cannot be remapped: {FIXED[name]}")
    elif not long_names(keys):
        yield KeyFault(name, 'must be a key, or several with commas between; "comma" is the comma')
    else:
        for key in long_names(keys):
            if not _is_key(key):
                yield KeyFault(name, f"there is no key “{key[:40]}”")
            elif name in IN_TEXT and not ("+" in key or _TYPES_NOTHING.fullmatch(key)):
                yield KeyFault(name, f"cannot be {key_name(key)}: text is typed there")


def _is_key(name: str) -> bool:
    *modifiers, base = name.split("+") if len(name) > 1 else [name]
    known = base in _NAMED or key_to_character(base) is not None
    return known and set(modifiers) <= {"ctrl", "shift", "alt", "super", "meta"}


def _clashes(remapped: Mapping[str, str]) -> Iterator[KeyFault]:
    """Yield two actions of one screen on one key, where the keymap has a part in it."""
    reported: set[tuple[str, str]] = set()
    for place in places():
        held: dict[str, str] = {}
        for binding in _bindings_of(place):
            name = str(binding.id)
            for key in keys_of(binding, remapped):
                other = held.setdefault(key, name)
                pair = (name, other) if name in remapped else (other, name)
                if other != name and pair[0] in remapped and pair not in reported:
                    reported |= {pair, pair[::-1]}
                    yield KeyFault(pair[0], f"{key_name(key)} is also the key of {pair[1]}")


def _doubts(remapped: Mapping[str, str]) -> Iterator[KeyFault]:
    for name, keys in remapped.items():
        for key in long_names(keys):
            if not (_EVERYWHERE.fullmatch(key) or _is_printable(key)):
                words = f"{key_name(key)} does not reach the program over every terminal"
                yield KeyFault(name, words, doubtful=True)


def _is_printable(key: str) -> bool:
    return len(key_name(key)) == 1 and key_name(key).isascii()


@cache
def places() -> tuple[type[DOMNode], ...]:
    """Return everything on the screen that has keys of its own, in a fixed order."""
    for module in walk_packages(review_board.tui.__path__, f"{review_board.tui.__name__}."):
        import_module(module.name)
    ours = {c for c in _below(DOMNode) if c.__module__.startswith("review_board.tui")}
    return tuple(sorted((c for c in ours if any(_own(c))), key=lambda c: next(_own(c)).id or ""))


def _below(kind: type[Any]) -> Iterator[type[Any]]:
    for inner in kind.__subclasses__():
        yield inner
        yield from _below(inner)


def _own(place: type[DOMNode]) -> Iterator[Binding]:
    """Return the bindings that a class declares itself."""
    declared = place.__dict__.get("BINDINGS", ())
    return (b for b in declared if isinstance(b, Binding) and b.id)


def _bindings_of(place: type[DOMNode]) -> Iterator[Binding]:
    """Yield its own bindings, those it has from what it is made of, and the app's."""
    app = (kind for kind in places() if issubclass(kind, App))
    for kind in dict.fromkeys((*place.__mro__, *app)):
        if kind.__module__.startswith("review_board.tui"):
            yield from _own(kind)
