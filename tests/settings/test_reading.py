"""Settings say what is wrong, on which line, and what was probably meant."""

from decimal import Decimal
from pathlib import Path

import pytest

from review_board.errors import SettingsError
from review_board.settings.rule_names import RuleName
from review_board.settings.setting_groups import PRESETS
from review_board.settings.setting_names import known_keys
from review_board.settings.tree import Settings
from tests.settings.values import load_settings, parse_settings


def refusal(text: str) -> str:
    with pytest.raises(SettingsError) as refused:
        parse_settings(text, "rb.toml")
    message = str(refused.value)
    assert message.startswith("rb.toml")
    assert "\n" not in message
    return message


@pytest.mark.parametrize(
    ("text", "line", "near"),
    [
        ("[thresholds]\nrecent_dayz = 14", 2, "thresholds.recent_days"),
        ("# mine\n\n[pressure]\nburst = 4\n", 4, "pressure.burst_days"),
        ("thresholds.atempts = 3", 1, "thresholds.attempts"),
        ("[tiers]\n'low_bellow' = 3", 2, "tiers.low_below"),
        ("currency = 'USD'\ncurency = 'EUR'", 2, "currency"),
        ("[rules]\nlast-call = true\nhostil = false", 3, "rules.hostile"),
        ("thresholds = { attemps = 3 }", 1, "thresholds.attempts"),
        ("[treshold]\nattempts = 3", 1, "thresholds"),
    ],
)
def test_an_unknown_key_names_its_line_and_the_nearest(text: str, line: int, near: str) -> None:
    message = refusal(text)
    assert f"rb.toml, line {line}: unknown setting" in message
    assert f"did you mean {near}" in message


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ("[thresholds]\nattempts = 0", 2, "thresholds.attempts"),
        ("[thresholds]\nattempts = 'many'", 2, "thresholds.attempts"),
        ("[thresholds]\nmin_hourly_value = -1", 2, "thresholds.min_hourly_value"),
        ("[thresholds]\nmin_hourly_value = inf", 2, "thresholds.min_hourly_value"),
        ("[tiers]\nlow_below = nan", 2, "tiers.low_below"),
        ("[tiers]\nlow_below = 9\nhigh_from = 3", 3, "tiers.high_from"),
        ("[estimates]\nclosing_ratio = 1.5", 2, "estimates.closing_ratio"),
        ("[estimates]\nhours = 0", 2, "estimates.hours"),
        ("[pressure]\nwait_days = []", 2, "pressure.wait_days"),
        ("[pressure]\nwait_days = [1, -2]", 2, "pressure.wait_days"),
        ("preset = 'fast'", 1, "preset"),
        ("currency = 'usd'", 1, "currency"),
        ("timezone = 'Mars/Base'", 1, "timezone"),
        ("timezone = '../../etc/passwd'", 1, "timezone"),
        ("[questions]\npack = 'tea'", 2, "questions.pack"),
        ("[rules]\nhostile = 'maybe'", 2, "rules.hostile"),
        ("[rules]\nworking = false", 2, "rules.working"),
        ("rules = 3", 1, "rules"),
        ("thresholds = 3", 1, "thresholds"),
    ],
)
def test_a_bad_value_names_its_line_and_key(text: str, line: int, key: str) -> None:
    message = refusal(text)
    assert f"rb.toml, line {line}: {key}" in message
    assert "unknown setting" not in message


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("theme = 'calm'\n\n\"theme\" = 'paper'", 3, "theme stands twice, first on line 1: take"),
        (
            "[thresholds]\nattempts = 3\nattempts = 4\nmin_hourly_value = 3",
            3,
            "thresholds.attempts stands twice, first on line 2: take one of the two out",
        ),
        (
            "[thresholds]\nattempts = 3\n[rules]\nrescue = true\n[thresholds]\nmin_hourly_value = 3",
            5,
            "[thresholds] stands twice, first on line 1: write its settings under one of them",
        ),
        (
            "thresholds = {attempts = 3, attempts = 4, min_hourly_value = 1}",
            1,
            "thresholds.attempts stands",
        ),
        ("[keys]\n'board.log' = 'c'\n'board.log' = 'd'", 3, "keys.board.log stands twice"),
        ("[[views]]\nname = 'x'\nname = 'y'", 3, "views.1.name stands twice, first on line 2"),
        (
            "[[views]]\nname = 'x'\n[views]\nname = 'y'",
            3,
            "[views]: views.1 stands already on line 1",
        ),
        ("theme = 'calm'\ntheme.x = 3", 2, "theme.x: theme stands already on line 1"),
        ("theme.x = 3\ntheme = 'calm'", 2, "theme: theme.x stands already on line 1"),
        (
            "thresholds.attempts = 3\n[thresholds]\nmin_hourly_value = 3",
            2,
            "[thresholds]: thresholds.attempts stands already on line 1: write both in one place",
        ),
    ],
)
def test_what_stands_twice_is_named_with_its_cure(text: str, line: int, words: str) -> None:
    assert f"rb.toml, line {line}: {words}" in refusal(text)


@pytest.mark.parametrize(
    "text",
    ["= 3", "a = 1\na = 2", "[thresholds", "x = " + "[" * 100_000, "x = 1" + "0" * 5_000, "\x00"],
    ids=["no key", "twice", "torn", "deep", "endless", "NUL"],
)
def test_what_is_no_toml_is_one_clear_line(text: str) -> None:
    assert len(refusal(text)) < 300


def test_no_file_means_the_defaults() -> None:
    assert load_settings(None) == Settings() == parse_settings("")


def test_a_file_is_read_with_its_byte_order_mark(tmp_path: Path) -> None:
    path = tmp_path / "settings.toml"
    path.write_bytes("\ufeffcurrency = 'EUR'\n".encode())
    assert load_settings(path).currency == "EUR"


@pytest.mark.parametrize("content", [None, b"\xff\xfe\x00", b"name = 'caf\xe9'"])
def test_an_unreadable_file_is_named(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "settings.toml"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SettingsError, match=r"settings\.toml"):
        load_settings(path)


@pytest.mark.parametrize(
    ("preset", "recent", "unreachable", "attempts"),
    [("transactional", 14, 30, 4), ("standard", 30, 60, 5), ("enterprise", 60, 120, 8)],
)
def test_presets(preset: str, recent: int, unreachable: int, attempts: int) -> None:
    limits = parse_settings(f"preset = '{preset}'").thresholds
    assert (limits.recent_days, limits.unreachable_days, limits.attempts) == (
        recent,
        unreachable,
        attempts,
    )
    assert limits.gone_silent_attempts > limits.attempts


def test_what_the_file_sets_comes_on_top_of_the_preset() -> None:
    limits = parse_settings("preset = 'enterprise'\n[thresholds]\nattempts = 6").thresholds
    assert (limits.attempts, limits.recent_days) == (6, 60)


def test_the_standard_is_no_preset_at_all() -> None:
    assert Settings(preset="standard") == Settings()
    assert set(PRESETS) == {"transactional", "standard", "enterprise"}


def test_single_rules_are_switched_off() -> None:
    settings = parse_settings("[rules]\nhostile = false\nrescue = true")
    assert not settings.is_on(RuleName.HOSTILE)
    assert settings.is_on(RuleName.RESCUE)
    assert settings.is_on(RuleName.WORKING)


def test_every_key_is_known_once() -> None:
    keys = known_keys()
    assert len(keys) == len(set(keys))
    assert {"preset", "timezone", "thresholds.min_hourly_value", "rules.hostile"} <= set(keys)
    assert "rules.working" not in keys


def test_the_fingerprint_holds_what_decides() -> None:
    base = Settings().fingerprint()
    assert parse_settings("[review]\nminutes = 60").fingerprint() == base
    assert parse_settings("timezone = 'Asia/Tokyo'").fingerprint() == base
    assert parse_settings("[thresholds]\nmin_hourly_value = 151").fingerprint() != base
    assert parse_settings("[rules]\nhostile = false").fingerprint() != base


def test_figures_are_exact() -> None:
    assert parse_settings("[estimates]\nclosing_ratio = 0.1").estimates.closing_ratio == Decimal(
        "0.1"
    )
