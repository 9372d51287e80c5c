"""Makes the page of the settings anew, below its head: ``python -m docs.settings_page``."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from review_board.judgement.rules import RULES
from review_board.settings.descriptions import (
    EXAMPLES,
    Described,
    described,
    entry_of,
    heading,
    meaning_of,
)
from review_board.settings.setting_names import TABLES, groups, keys_of, on_top

PAGE = Path(__file__).parent / "settings.md"
COLUMNS = "| setting | default | may be | what it is |"


def settings_page() -> str:
    """Return the page: its head as it was written by hand, and every setting."""
    head = PAGE.read_text("utf-8").partition(COLUMNS)[0]
    parts = [head.removesuffix("\n"), *_table(described(key, RULES) for key in on_top())]
    for group in groups():
        parts += ["", f"## `{heading(group)}`", "", meaning_of(group), ""]
        if example := EXAMPLES.get(group):
            settings = (line.removeprefix("#") for line in example)
            parts += ["```toml", heading(group), *settings, "```"]
        if group in TABLES:
            parts += ["", *_table(entry_of(group))]
        elif not example:
            parts += _table(described(key, RULES) for key in keys_of(group))
    return "\n".join(parts) + "\n"


def _table(settings: Iterable[Described]) -> Iterator[str]:
    yield COLUMNS
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


if __name__ == "__main__":
    PAGE.write_text(settings_page(), "utf-8")
