"""What holds for every setting there is: it can be set, misspelt, explained, and never guessed."""

import tomllib
from pathlib import Path

import pytest

from docs.settings_page import settings_page
from review_board.errors import SettingsError
from review_board.judgement.rules import RULES
from review_board.settings.assignments import override
from review_board.settings.descriptions import as_toml, described, starter_file, value_of
from review_board.settings.reading import read_text
from review_board.settings.setting_groups import PACK_SIZES
from review_board.settings.setting_names import OPEN, TABLES, fields, is_group, known_keys, sections
from review_board.settings.tree import Settings
from review_board.settings.variables import variable_of
from tests.settings.values import SINGLE, as_file, load_settings, other_value, parse_settings

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize("key", SINGLE)
class TestEveryKey:
    def test_it_is_read_from_a_file_with_its_line(self, key: str) -> None:
        text = as_file(key, other_value(key)[0])
        reading = read_text(text, "/home/ann/rb.toml")
        assert value_of(reading.settings, key) != value_of(Settings(), key)
        assert reading.source(key) == f"rb.toml:{len(text.splitlines())}"

    def test_it_is_read_from_the_environment(self, key: str) -> None:
        in_file, plain = other_value(key)
        reading = read_text("", environment={variable_of(key): plain})
        assert reading.settings == parse_settings(as_file(key, in_file))
        assert reading.source(key) == variable_of(key)

    def test_it_is_set_by_an_assignment(self, key: str) -> None:
        in_file, plain = other_value(key)
        assert override(Settings(), [f"{key}={plain}"]) == parse_settings(as_file(key, in_file))

    def test_the_environment_wins_over_the_file(self, key: str) -> None:
        default = as_toml(value_of(Settings(), key)) if key != "forecast.target" else "1"
        plain = other_value(key)[1]
        read = read_text(as_file(key, default), environment={variable_of(key): plain})
        assert read.settings == override(Settings(), [f"{key}={plain}"])

    def test_a_misspelling_names_it_and_the_line(self, key: str) -> None:
        group, dot, name = key.rpartition(".")
        wrong = f"{group}{dot}{name[:2]}{name[3:]}" if len(name) > 3 else f"{key}e"
        assert wrong not in known_keys()
        with pytest.raises(SettingsError) as refused:
            parse_settings("\n" + as_file(wrong, "1"), "rb.toml")
        line = 3 if dot else 2
        assert f"rb.toml, line {line}: unknown setting {wrong}" in str(refused.value)
        assert f"did you mean {key}?" in str(refused.value)

    def test_a_bad_value_names_the_file_and_the_line(self, key: str) -> None:
        with pytest.raises(SettingsError) as refused:
            parse_settings(as_file(key, "1979-05-27"), "rb.toml")
        line = 2 if "." in key else 1
        assert str(refused.value).startswith(f"rb.toml, line {line}: {key}: must be ")

    def test_a_bad_value_names_the_variable(self, key: str) -> None:
        is_text = key in ("timezone", "calendar.holidays", "review.shared_login")
        bad = "Ann\nLee" if key == "my_name" else "Mars/Base" if is_text else "1979-05-27"
        with pytest.raises(SettingsError) as refused:
            load_settings(None, {variable_of(key): bad})
        assert str(refused.value).startswith(f"{variable_of(key)}: ")

    def test_it_is_explained(self, key: str) -> None:
        one = described(key, RULES)
        assert one.meaning.endswith(".")
        assert len(one.meaning) > 15
        assert one.allowed
        sets = parse_settings(f"[{one.group}]\n{one.in_file()}" if one.group else one.in_file())
        assert isinstance(sets, Settings)


def test_every_group_is_explained() -> None:
    assert all(is_group(group) for group in (*sections(), "rules", *OPEN, *TABLES))
    assert "reasons" in fields()


def test_a_number_is_never_guessed_from_a_float_or_text() -> None:
    for key, field in fields().items():
        if field.annotation is int:
            for value in ("5.0", '"5"', "true"):
                with pytest.raises(SettingsError, match=f"{key}: must be a whole number"):
                    parse_settings(as_file(key, value))


def test_a_switch_is_never_guessed() -> None:
    for value in ('"yes"', "1", '"false"'):
        with pytest.raises(SettingsError, match="must be true or false"):
            parse_settings(as_file("rules.hostile", value))


def test_the_rules_that_read_a_threshold_are_known() -> None:
    figures = {key for key in fields() if key.startswith(("thresholds.", "tiers.", "estimates."))}
    read = {key for rule in RULES for key in rule.reads}
    assert figures - read == {"thresholds.answer_expires_days"}
    assert read <= set(fields())


def test_the_packs_are_as_large_as_the_settings_think() -> None:
    from review_board.judgement.question_packs import PACKS

    assert {name: len(asked) for name, asked in PACKS.items()} == PACK_SIZES


class TestStarterFile:
    def test_it_sets_nothing(self) -> None:
        assert parse_settings(starter_file(RULES)) == Settings()
        assert all(not table for table in tomllib.loads(starter_file(RULES)).values())

    def test_every_line_in_it_stands_at_its_default(self) -> None:
        text, heading, entry = starter_file(RULES).partition("#[[views]]\n")
        views = parse_settings(heading[1:] + entry.replace("#", "")).views
        assert [(view.sort, view.mine) for view in views] == [("signal", True)]
        lines = text.splitlines()
        settings = [line[1:] for line in lines if line.startswith("#") and " = " in line[:30]]
        settings = [s for s in settings if not s.startswith((" ", "timing", "price", '"board'))]
        live = [s for s in settings if s != "target = 500000"]
        kept = [line for line in lines if line.startswith("[")]
        assert len(live) + 1 == len(SINGLE)
        assert len(kept) == len(sections()) + 1 + len(OPEN)
        text = "\n".join(line[1:] if line[1:] in live else line for line in lines)
        made = parse_settings(text)
        assert made.model_dump(exclude={"rules"}) == Settings().model_dump(exclude={"rules"})
        assert all(made.rules.values())


def test_the_documentation_is_up_to_date() -> None:
    """``python -m docs.settings_page`` writes it."""
    written = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    assert written == settings_page()
