"""The names of all settings, dotted, and the nearest to a misspelt one."""

from collections.abc import Iterable, Mapping
from difflib import SequenceMatcher
from functools import cache

from pydantic.fields import FieldInfo

from review_board.settings.kinds import SettingsGroup
from review_board.settings.old_keys import NEW_NAMES
from review_board.settings.rule_names import RuleName
from review_board.settings.saved_views import SavedView
from review_board.settings.tree import Settings

OPEN = ("reasons", "keys")
"""Tables whose names are the user's own, or another floor's."""
TABLES: Mapping[str, type[SettingsGroup]] = {"views": SavedView}
"""Lists of tables, and what an entry holds: each has a heading of its own, ``[[views]]``."""
ALWAYS_ON = f"rules.{RuleName.WORKING}"
"""The rule for all the rest: it can be asked about, and not switched off."""
LEAST_LIKENESS = 0.5
"""From 0 to 1: what is less alike is no misspelling."""


@cache
def sections() -> dict[str, type[SettingsGroup]]:
    """Return the groups by name, in order."""
    return {
        name: field.annotation
        for name, field in Settings.model_fields.items()
        if isinstance(field.annotation, type) and issubclass(field.annotation, SettingsGroup)
    }


@cache
def fields() -> dict[str, FieldInfo]:
    """Return every setting that has a field of its own, by its dotted key, in order."""
    found: dict[str, FieldInfo] = {}
    for name, field in Settings.model_fields.items():
        if section := sections().get(name):
            inner = section.model_fields.items()
            found |= {f"{name}.{field.alias or key}": field for key, field in inner}
        else:
            found[name] = field
    return found


@cache
def known_keys() -> list[str]:
    """Return every setting's dotted key, in order."""
    rules = [f"rules.{rule}" for rule in RuleName if rule is not RuleName.WORKING]
    return [k for name in fields() for k in (rules if name == "rules" else [name])]


def on_top() -> list[str]:
    """Return the settings that belong to no group."""
    return [key for key in known_keys() if not is_group(key) and "." not in key]


def groups() -> list[str]:
    """Return every group of settings, in order."""
    return [name for name in Settings.model_fields if is_group(name)]


def group_of(key: str) -> str:
    """Return the group that a key belongs to; empty for the settings on top."""
    group = key.partition(".")[0]
    return group if group in sections() or group in (*OPEN, *TABLES, "rules") else ""


def is_known(key: str) -> bool:
    """Return whether there is such a setting; the names in an open table are not judged here."""
    group, _, rest = key.partition(".")
    return key in known_keys() or key == ALWAYS_ON or bool(rest and group in OPEN)


def in_full(word: str) -> str:
    """Return the whole key by its last part, where only one has it, and old names as they were.

    Any other word comes back as it is.
    """
    if is_known(word) or is_group(word):
        return word
    ends = [key for key in (*known_keys(), *NEW_NAMES) if word in (key, key.rpartition(".")[2])]
    return ends[0] if len(ends) == 1 else word


def new_name(key: str) -> str:
    """Return the name of today of a key that may be an old one."""
    return NEW_NAMES.get(key, key)


def is_group(key: str) -> bool:
    """Return whether the key names a whole group."""
    return key in sections() or key in ("rules", *OPEN, *TABLES)


def keys_of(group: str) -> list[str]:
    """Return the keys of a group that has names of its own."""
    return [key for key in known_keys() if key.startswith(f"{group}.")]


def nearest(name: str, among: Iterable[str] | None = None) -> str:
    """Return the most similar name, or nothing; a missing or misspelt group counts little."""
    names = [*known_keys(), ALWAYS_ON, *sections()] if among is None else list(among)
    likeness, near = max((_likeness(name, known), known) for known in names)
    return near if likeness >= LEAST_LIKENESS else ""


def _likeness(name: str, known: str) -> float:
    whole = SequenceMatcher(None, known, name).ratio()
    last = SequenceMatcher(None, _last(known), _last(name)).ratio()
    return max(whole, last * 0.95)


def _last(name: str) -> str:
    return name.replace("__", ".").rpartition(".")[2]


def did_you_mean(name: str, among: Iterable[str] | None = None) -> str:
    """Return ``; did you mean …?``, or nothing."""
    near = nearest(name, among)
    return f"; did you mean {near}?" if near else ""
