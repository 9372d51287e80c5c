"""A settings file to begin with: it sets nothing, and shows how everything is set."""

from collections.abc import Iterable, Iterator

from review_board.settings.descriptions import described, meaning_of
from review_board.settings.rule_names import RuleNote
from review_board.settings.setting_names import TABLES, groups, keys_of, on_top

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
