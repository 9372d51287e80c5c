"""The settings as text: a file to begin with, and the page of the docs."""

from collections.abc import Iterable, Iterator

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
        PAGE_HEAD,
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


PAGE_HEAD = """\
# Settings

Every setting, what it may be, and how to set it.

Settings stand in one file in [TOML](https://toml.io/): `config.toml` in the configuration folder of your platform, or the
file that `--config` names.

```
review-board config                 # every setting in force, and its source
review-board config recent_days     # what a setting is, what reads it
review-board config --init          # writes a file to begin with
review-board config --check [FILE]  # every fault, with its line
review-board config --keys          # what each key does, by its name
```

What the file does not set has its default. A `preset` brings other thresholds; what you set beside it wins.

An environment variable wins over the file. Its name is `REVIEW_BOARD_` and the setting in capitals, with two underscores
for the dot and one for a dash:

```
REVIEW_BOARD_THRESHOLDS__RECENT_DAYS=20
REVIEW_BOARD_RULES__POOR_PAYOFF=false
REVIEW_BOARD_CALENDAR__WORKING_DAYS=mon,tue,thu
```

A setting that once had another name is still read by that name; `config --check` says what to write instead.

A variable that is set to nothing counts as not set. `REVIEW_BOARD_FILE`, `REVIEW_BOARD_CONFIG` and `REVIEW_BOARD_TODAY` are
no settings: they name the pipeline, the settings file and a day to pretend.

Every command refuses a name that does not exist, a value out of range, and two values that cannot work together, before
it shows anything. Keys and the filters of views are checked where they are used: keys by the board and by `review`, views
by these and by every command with `--view`. `config --check` checks everything. In a text that is not TOML it finds only
the first bad line.

## Themes and colours

`:` on the board, then `theme`, lists every theme. The one you choose is shown at once and written into the settings file; all other
lines and comments there stay. `calm` is dark, `paper` is light. In `blue-orange` the advice is blue, yellow and orange
instead of green, amber and red. `ansi-dark` and `ansi-light` use the sixteen colours of your terminal: the ones to
choose where it has no more. The others come with Textual. A demo shows a theme and remembers none.

`density` in the same place says how close cards and the lines of lists stand: `compact` shows one line a card, `normal` two,
`comfortable` leaves an empty line after each. It is remembered in the same way.

A colour never says anything alone: a word or a sign beside it says the same. So nothing is lost with `NO_COLOR`, or on
a terminal with sixteen colours.

## On top of the file
"""
