"""The settings as text: a file to begin with, and the page of the docs."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from review_board.settings.descriptions import Described, described, entry_of, meaning_of
from review_board.settings.rule_names import RuleNote
from review_board.settings.setting_names import TABLES, is_group, keys_of, known_keys
from review_board.settings.tree import Settings

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
    parts = [
        HEAD,
        *_lines([key for key in known_keys() if not is_group(key) and "." not in key], rules),
    ]
    for group in _groups():
        parts += [
            "",
            f"# {meaning_of(group)}",
            f"{'#' if group in TABLES else ''}{_heading(group)}",
        ]
        parts += EXAMPLES.get(group) or _lines(keys_of(group), rules)
    return "\n".join(parts) + "\n"


def _heading(group: str) -> str:
    return f"[[{group}]]" if group in TABLES else f"[{group}]"


def _groups() -> list[str]:
    return [name for name in Settings.model_fields if is_group(name)]


def _lines(keys: list[str], rules: Iterable[RuleNote]) -> Iterator[str]:
    for key in keys:
        one = described(key, rules)
        allowed = "" if one.group == "rules" else f" ({one.allowed})"
        yield f"# {one.meaning}{allowed}"
        yield f"#{one.in_file(one.default)}"


def documentation(rules: Iterable[RuleNote]) -> str:
    """Return the page that lists every setting, in Markdown."""
    parts = [
        Path(__file__).with_name("page_head.md").read_text("utf-8"),
        *_table(described(k, rules) for k in known_keys() if not is_group(k) and "." not in k),
    ]
    for group in _groups():
        parts += ["", f"## `{_heading(group)}`", "", meaning_of(group), ""]
        if example := EXAMPLES.get(group):
            parts += [
                "```toml",
                _heading(group),
                *(line.removeprefix("#") for line in example),
                "```",
            ]
        if group in TABLES:
            parts += ["", *_table(entry_of(group))]
        elif not example:
            parts += _table(described(key, rules) for key in keys_of(group))
    return "\n".join(parts) + "\n"


def _table(settings: Iterable[Described]) -> Iterator[str]:
    yield "| setting | default | may be | what it is |"
    yield "|---|---|---|---|"
    for one in settings:
        yield f"| `{one.name}` | {_code(one.default)} | {one.allowed} | {_words(one)} |"


def _code(text: str) -> str:
    return f"`{text}`" if text else "not set"


def _words(one: Described) -> str:
    words = one.meaning
    if one.presets:
        words += " " + ", ".join(f"{name}: {value}" for name, value in one.presets.items()) + "."
    if one.rules and one.group != "rules":
        words += f" Read by {', '.join(f'`{rule}`' for rule in one.rules)}."
    return words
