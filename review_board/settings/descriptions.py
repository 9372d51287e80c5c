"""What there is to say about a setting: its meaning, default, range, and the rules that read it.

The meaning is the text under the setting in the source, read only when somebody asks.
"""

import ast
import inspect
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from review_board.settings.kinds import SettingsGroup
from review_board.settings.rule_names import RuleName, RuleNote
from review_board.settings.setting_groups import PRESETS
from review_board.settings.setting_names import (
    ALWAYS_ON,
    OPEN,
    TABLES,
    fields,
    group_of,
    groups,
    keys_of,
    on_top,
    sections,
)
from review_board.settings.tree import Settings
from review_board.settings.variables import variable_of

NO_RULE_YET = "There is no rule of this name yet."


@dataclass(frozen=True, slots=True)
class Described:
    """One setting. ``default`` is as it is written in the file; ``rules`` are those that read it."""

    key: str
    meaning: str
    default: str
    allowed: str
    rules: tuple[RuleName, ...] = ()
    presets: Mapping[str, str] | None = None

    @property
    def group(self) -> str:
        """Return its table in the file; empty on top."""
        return group_of(self.key)

    @property
    def name(self) -> str:
        """Return its name within the table."""
        return self.key.removeprefix(f"{self.group}.") if self.group else self.key

    @property
    def variable(self) -> str:
        """Return its variable in the environment."""
        return variable_of(self.key)

    def in_file(self, value: str = "") -> str:
        """Return the line that sets it."""
        name = (
            self.name if self.name.replace("-", "").replace("_", "").isalnum() else f'"{self.name}"'
        )
        return f"{name} = {value or self.example}"

    @property
    def example(self) -> str:
        """Return a value worth setting: the default, or what turns a rule off."""
        return "false" if self.group == "rules" else self.default or "500000"


def described(key: str, rules: Iterable[RuleNote]) -> Described:
    """Return all about one setting; the rules say what each of them is about, and what it reads."""
    if key.startswith("rules."):
        rule = next((rule for rule in rules if key == f"rules.{rule.name}"), None)
        allowed = "true: it cannot be switched off" if key == ALWAYS_ON else "true or false"
        return (
            Described(key, rule.meaning, "true", allowed, (rule.name,))
            if rule
            else Described(key, NO_RULE_YET, "true", allowed)
        )
    return _described(key, fields()[key], tuple(rule.name for rule in rules if key in rule.reads))


def entry_of(table: str) -> list[Described]:
    """Return what an entry of a list of tables may set."""
    return [_described(f"{table}.{k}", field) for k, field in TABLES[table].model_fields.items()]


def _described(key: str, field: FieldInfo, rules: tuple[RuleName, ...] = ()) -> Described:
    required = field.is_required()
    default = None if required else field.get_default(call_default_factory=True)
    return Described(
        key,
        meanings()[key],
        "" if default is None else as_toml(default),
        _allowed(field.annotation, field.metadata),
        rules,
        _presets(key),
    )


def meaning_of(group: str) -> str:
    """Say what a group is about."""
    return meanings()[group]


@cache
def meanings() -> dict[str, str]:
    """Return every setting's and group's meaning by its dotted key, from the text under it."""
    groups = {**sections(), **TABLES}
    modules = {sys.modules[kind.__module__] for kind in (*groups.values(), Settings)}
    trees = (ast.parse(inspect.getsource(module)) for module in modules)
    texts = {
        node.name: _texts(node) for t in trees for node in t.body if isinstance(node, ast.ClassDef)
    }
    found = texts["Settings"]
    for group, kind in groups.items():
        known = texts[kind.__name__]
        found |= {
            f"{group}.{f.alias or name}": known[name] for name, f in kind.model_fields.items()
        }
    return found


def _texts(node: ast.ClassDef) -> dict[str, str]:
    found: dict[str, str] = {}
    for pair in zip(node.body, node.body[1:], strict=False):
        match pair:
            case (
                ast.AnnAssign(target=ast.Name(id=name)) | ast.Assign(targets=[ast.Name(id=name)]),
                ast.Expr(value=ast.Constant(value=str(words))),
            ):
                found[name] = " ".join(words.replace("``", "").split())
    return found


def as_toml(value: object) -> str:
    """Write a value as it stands in the file."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, SettingsGroup):
        values = value.model_dump(exclude_defaults=True).items()
        return f"{{ {', '.join(f'{name} = {as_toml(item)}' for name, item in values)} }}"
    if isinstance(value, tuple | list):
        return f"[{', '.join(as_toml(item) for item in value)}]"
    return str(value)


def as_json(value: object) -> Any:
    """Return a value for JSON: figures as text, so that they stay exact."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, SettingsGroup):
        return value.model_dump(mode="json")
    return [as_json(item) for item in value] if isinstance(value, tuple) else value


def value_of(settings: Settings, key: str) -> Any:
    """Return a value in force: of a setting, a whole group, a name of one's own or a list's entry."""
    group, _, name = key.partition(".")
    if group == "rules" and name:
        return settings.is_on(RuleName(name))
    value: Any = getattr(settings, group)
    if group in TABLES and name:
        return value[int(name) - 1]
    if group in OPEN and name:
        return value[name]
    return getattr(value, name.replace("-", "_")) if name else value


def _presets(key: str) -> Mapping[str, str] | None:
    group, _, name = key.partition(".")
    found = {preset: str(own[name]) for preset, own in PRESETS.items() if name in own}
    return found if group == "thresholds" and found else None


def _allowed(kind: Any, metadata: list[Any]) -> str:
    if get_origin(kind) is tuple:
        item = get_args(kind)[0]
        if item is str:
            return "a list of texts"
        inner = get_args(item)
        if inner and hasattr(inner[1], "metadata"):
            return f"a list, each {_allowed(inner[0], list(inner[1].metadata))}"
        return f"a list of {_words(item)}"
    if kind is bool:
        return "true or false"
    if get_args(kind) and all(isinstance(word, str) for word in get_args(kind)):
        return f"one of {_words(kind)}"
    if kind is str:
        return (
            "three capital letters"
            if any("A-Z" in str(getattr(m, "pattern", "")) for m in metadata)
            else "text"
        )
    if get_origin(kind) is dict:
        return "a table of names"
    return _range("a whole number" if kind is int else "a number", metadata)


def _words(kind: Any) -> str:
    return ", ".join(get_args(kind))


def _range(what: str, metadata: list[Any]) -> str:
    limits = {
        name: getattr(m, name) for m in metadata for name in ("ge", "gt", "le") if hasattr(m, name)
    }
    lowest = f"more than {limits['gt']}" if "gt" in limits else f"from {limits.get('ge', 0)}"
    highest = limits.get("le")
    shown = f" to {highest}" if highest is not None and highest < 10**9 else " on"
    return f"{what} {lowest}{'' if 'gt' in limits else shown}"


# A file to begin with

HEAD = """\
# The settings of review-board. Every line stands at its default: take away the # before a name
# to set it. Check the file with: review-board config --check
"""
EXAMPLES = {
    "reasons": ("#timing = false", '#price-too-high = "price too high"'),
    "keys": ('#"board.log" = "c"',),
    "views": (
        '#name = "dental, gone quiet"',
        '#filter = "tag:dental signal>60"',
        '#sort = "signal"',
        "#mine = true",
    ),
}
"""Lines for what has names of the user's own."""


def starter_file(rules: Iterable[RuleNote]) -> str:
    """Return a file that sets nothing, and shows how everything is set."""
    parts = [HEAD, *_lines(on_top(), rules)]
    for group in groups():
        mark = "#" if group in TABLES else ""
        parts += ["", f"# {meaning_of(group)}", f"{mark}{heading(group)}"]
        parts += EXAMPLES.get(group) or _lines(keys_of(group), rules)
    return "\n".join(parts) + "\n"


def heading(group: str) -> str:
    """Return the line above the settings of a group."""
    return f"[[{group}]]" if group in TABLES else f"[{group}]"


def _lines(keys: list[str], rules: Iterable[RuleNote]) -> Iterator[str]:
    for key in keys:
        one = described(key, rules)
        allowed = "" if one.group == "rules" else f" ({one.allowed})"
        yield f"# {one.meaning}{allowed}"
        yield f"#{one.in_file(one.default)}"
