"""Plain text from the environment or ``--set`` becomes a setting of the right kind, or is refused."""

from decimal import Decimal

import pytest

from review_board.errors import SettingsError
from review_board.settings.assignments import from_environment, override, typed
from review_board.settings.tree import Settings
from tests.settings.values import load_settings, parse_settings


def refused_override(*assignments: str) -> str:
    with pytest.raises(SettingsError) as refused:
        override(Settings(), assignments)
    return str(refused.value)


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("thresholds.recent_days", "20", 20),
        ("thresholds.min_hourly_value", "12.50", Decimal("12.50")),
        ("rules.hostile", "false", False),
        ("currency", "EUR", "EUR"),
        ("currency", '"EUR"', "EUR"),
        ("timezone", "2026-01-01", "2026-01-01"),
        ("calendar.working_days", "mon, tue", ["mon", "tue"]),
        ("calendar.working_days", '["mon", "tue"]', ["mon", "tue"]),
        ("calendar.working_days", "", []),
        ("pressure.wait_days", "2,4", [2, 4]),
        ("pressure.wait_days", "2", [2]),
        ("reasons.timing", "false", False),
        ("reasons.price", "5 is too much", "5 is too much"),
        ("reasons.price", "5", "5"),
        ("keys.board.log", "5", "5"),
        ("keys.board.log", "false", "false"),
        ("thresholds.recent_days", "20\ncurrency = 'EUR'", "20\ncurrency = 'EUR'"),
        ("thresholds.recent_days", "[" * 10_000, "[" * 10_000),
    ],
)
def test_text_becomes_the_kind_that_the_setting_takes(key: str, text: str, value: object) -> None:
    assert typed(key, text) == value
    assert type(typed(key, text)) is type(value)


class TestOverride:
    def test_several_at_once(self) -> None:
        made = override(Settings(), ["thresholds.recent_days=20", "rules.poor-payoff = false"])
        assert made == parse_settings(
            "[thresholds]\nrecent_days = 20\n[rules]\npoor-payoff = false"
        )

    def test_the_last_part_of_a_key_is_enough_where_one_setting_has_it(self) -> None:
        made = override(Settings(), ["recent_days=20", "poor-payoff=false", "theme=paper"])
        whole = ["thresholds.recent_days=20", "rules.poor-payoff=false", "theme=paper"]
        assert made == override(Settings(), whole)
        assert "recent_days=x: must be a whole number" in refused_override("recent_days=x")

    def test_the_last_of_two_counts(self) -> None:
        made = override(Settings(), ["review.minutes=20", "review.minutes=30"])
        assert made.review.minutes == 30

    def test_what_was_set_explicitly_outlives_another_preset(self) -> None:
        base = parse_settings("preset = 'enterprise'\n[thresholds]\nattempts = 6")
        limits = override(
            base, ["preset=transactional", "thresholds.gone_silent_attempts=7"]
        ).thresholds
        assert (limits.attempts, limits.recent_days, limits.gone_silent_attempts) == (6, 14, 7)

    def test_two_that_only_work_together(self) -> None:
        made = override(Settings(), ["thresholds.attempts=8", "thresholds.gone_silent_attempts=8"])
        assert made.thresholds.attempts == 8

    def test_nothing_changes_nothing(self) -> None:
        base = parse_settings("preset = 'enterprise'\n[reasons]\nprice = 'too dear'")
        assert override(base, []) == base

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("thresholds.recent_dayz=20", "did you mean thresholds.recent_days?"),
            ("recent_dayz=20", "did you mean thresholds.recent_days?"),
            ("rules.hostil=false", "did you mean rules.hostile?"),
            ("thresholds=20", "thresholds is a group"),
            ("rules=false", "rules is a group"),
            ("thresholds.recent_days", "write KEY=VALUE"),
            ("thresholds.recent_days=", "thresholds.recent_days=: must be a whole number"),
            ("thresholds.recent_days=many", "must be a whole number, not “many”"),
            ("thresholds.min_hourly_value=nan", "must be a finite number"),
            ("rules.working=false", "cannot be switched off"),
            ("thresholds.attempts=7", "is above gone_silent_attempts (6)"),
            ("=", "unknown setting"),
            ("", "write KEY=VALUE"),
        ],
    )
    def test_what_cannot_be_is_refused_in_one_line(self, text: str, words: str) -> None:
        message = refused_override(text)
        assert words in message
        assert "\n" not in message


class TestEnvironment:
    def test_other_variables_are_left_alone(self) -> None:
        environment = {"REVIEW_BOARD_FILE": "x", "REVIEW_BOARD_TODAY": "y", "REVIEW": "z", "A": ""}
        assert from_environment(environment) == ([], [])
        assert load_settings(None, environment) == Settings()

    def test_names_of_ones_own(self) -> None:
        environment = {
            "REVIEW_BOARD_REASONS__TOO_DEAR": "too dear",
            "REVIEW_BOARD_REASONS__TIMING": "false",
            "REVIEW_BOARD_KEYS__BOARD__GO_LEFT": "v",
        }
        made = load_settings(None, environment)
        assert made.reasons == {"timing": False, "too-dear": "too dear"}
        assert made.keys == {"board.go_left": "v"}

    @pytest.mark.parametrize(
        ("variable", "near"),
        [
            ("REVIEW_BOARD_THRESHOLDS__RECENT_DAYZ", "REVIEW_BOARD_THRESHOLDS__RECENT_DAYS"),
            ("REVIEW_BOARD_RECENT_DAYS", "REVIEW_BOARD_THRESHOLDS__RECENT_DAYS"),
            ("REVIEW_BOARD_CURENCY", "REVIEW_BOARD_CURRENCY"),
            ("REVIEW_BOARD_RULES__HOSTIL", "REVIEW_BOARD_RULES__HOSTILE"),
        ],
    )
    def test_an_unknown_one_names_the_nearest(self, variable: str, near: str) -> None:
        with pytest.raises(SettingsError) as refused:
            load_settings(None, {variable: "1"})
        assert str(refused.value) == f"{variable}: unknown setting; did you mean {near}?"

    @pytest.mark.parametrize("variable", ["REVIEW_BOARD_REASONS", "REVIEW_BOARD_KEYS__"])
    def test_a_whole_table_cannot_be_set(self, variable: str) -> None:
        with pytest.raises(SettingsError, match=variable):
            load_settings(None, {variable: "1"})

    def test_a_text_that_is_no_text_is_refused(self) -> None:
        with pytest.raises(SettingsError, match="REVIEW_BOARD_TIMEZONE: is no text"):
            load_settings(None, {"REVIEW_BOARD_TIMEZONE": "\udcff"})
