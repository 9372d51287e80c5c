"""One setting is set in a file as a person would: on its line, everything else as it was."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.theme import BUILTIN_THEMES

from review_board.errors import SettingsError
from review_board.judgement.rules import RULES
from review_board.settings.descriptions import starter_file
from review_board.settings.edit_text import with_setting
from review_board.settings.kinds import ThemeName
from review_board.settings.reading import read_text
from review_board.tui.theme import THEMES


def changed(text: str, key: str = "theme", value: str = "nord") -> str:
    return with_setting(text.encode(), key, value, "rb.toml").decode()


def test_every_theme_that_can_be_shown_may_be_set() -> None:
    known = {*(theme.name for theme in THEMES), *BUILTIN_THEMES}
    assert set(get_args(ThemeName)) == known


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", 'theme = "nord"\n'),
        ("theme = 'paper'", 'theme = "nord"'),
        ('theme="paper" # light\r\n', 'theme="nord" # light\r\n'),
        ("currency = 'EUR'\n", "theme = \"nord\"\ncurrency = 'EUR'\n"),
        ("# Mine.\n\ncurrency = 'EUR'\n", "# Mine.\ntheme = \"nord\"\n\ncurrency = 'EUR'\n"),
        ("# euros\ncurrency = 'EUR'\n", "theme = \"nord\"\n# euros\ncurrency = 'EUR'\n"),
        ("#theme = 'calm'\n[review]\n", "#theme = 'calm'\ntheme = \"nord\"\n[review]\n"),
        ("[review]\nhour = 30\n", None),
    ],
)
def test_its_line_is_found_or_made(before: str, after: str | None) -> None:
    if after is not None:
        assert changed(before) == after
    else:
        with pytest.raises(SettingsError):
            changed(before)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", '[questions]\npack = "bant"\n'),
        ("theme = 'paper'\n", "theme = 'paper'\n\n[questions]\npack = \"bant\"\n"),
        ("[questions]\nasked = 2\n", '[questions]\npack = "bant"\nasked = 2\n'),
        (
            "[questions]\n#pack = 'weiss'\n[keys]",
            "[questions]\n#pack = 'weiss'\npack = \"bant\"\n[keys]",
        ),
        ("[questions]", '[questions]\npack = "bant"\n'),
        ("[questions]\npack = 'champ'", '[questions]\npack = "bant"'),
        ("questions.pack = 'champ'\n", 'questions.pack = "bant"\n'),
    ],
)
def test_a_setting_of_a_group(before: str, after: str) -> None:
    assert changed(before, "questions.pack", "bant") == after


@pytest.mark.parametrize(
    "text",
    [
        "questions = { pack = 'champ' }\n",
        "theme = '''paper'''\n",
    ],
)
def test_what_cannot_be_changed_by_its_line_is_left_to_a_person(text: str) -> None:
    key = "theme" if text.startswith("theme") else "questions.pack"
    with pytest.raises(SettingsError, match=r"rb\.toml cannot be given another"):
        changed(text, key, "nord" if key == "theme" else "bant")


def test_a_value_that_cannot_be_is_refused() -> None:
    with pytest.raises(SettingsError, match="must be one of calm, paper"):
        changed("", "theme", "plaid")


def test_the_starter_file_takes_it_below_its_example() -> None:
    made = changed(starter_file(RULES)).splitlines()
    assert made[made.index('theme = "nord"') - 1] == '#theme = "calm"'


LINES = ["# a comment", "", "currency = 'EUR'", "theme = 'paper' # so", "#theme = 'calm'"]


@given(st.lists(st.sampled_from(LINES), unique=True), st.booleans())
def test_only_that_setting_differs_and_every_other_line_stays(lines: list[str], end: bool) -> None:
    text = "\n".join(lines) + ("\n" if end else "")
    made = changed(text)
    before, after = read_text(text).settings, read_text(made).settings
    assert after == before.model_copy(update={"theme": "nord"})
    kept = [line for line in text.splitlines() if "theme" not in line]
    assert [line for line in made.splitlines() if "theme" not in line] == kept
