"""A setting that got another name is read by the old one as before, and never by both at once."""

import pytest

from docs.settings_page import settings_page
from review_board.errors import SettingsError
from review_board.judgement.rules import RULES
from review_board.settings.assignments import override
from review_board.settings.descriptions import starter_file
from review_board.settings.faults import FaultySettingsError
from review_board.settings.loaded import LoadedSettings
from review_board.settings.old_keys import NEW_NAMES
from review_board.settings.reading import read_text
from review_board.settings.setting_names import known_keys
from review_board.settings.tree import Settings
from review_board.settings.variables import variable_of
from tests.settings.values import as_file

BOTH = "is the old name of {new}, which is set too: take the old one out"


def remarks(reading: LoadedSettings) -> list[str]:
    return [one.words for one in reading.remarks]


@pytest.mark.parametrize(("old", "new"), NEW_NAMES.items())
class TestEveryOldName:
    def test_a_file_is_read_as_before_and_says_what_to_write(self, old: str, new: str) -> None:
        read, today = read_text(as_file(old, "9"), "rb.toml"), read_text(as_file(new, "9"))
        assert read.settings == today.settings != Settings()
        assert read.source(new) == "rb.toml:2"
        assert remarks(read) == [f"rb.toml, line 2: {old} is called {new} now: write that"]
        assert remarks(today) == []

    def test_a_variable(self, old: str, new: str) -> None:
        read = read_text("", environment={variable_of(old): "9"})
        assert read.settings == read_text(as_file(new, "9")).settings
        assert read.source(new) == variable_of(old)
        assert remarks(read) == [f"{variable_of(old)}: {old} is called {new} now: write that"]

    def test_an_assignment_in_full_or_by_its_last_part(self, old: str, new: str) -> None:
        expected = override(Settings(), [f"{new}=9"])
        assert override(Settings(), [f"{old}=9"]) == expected
        assert override(Settings(), [f"{old.partition('.')[2]}=9"]) == expected

    def test_a_bad_value_is_told_by_the_name_of_today(self, old: str, new: str) -> None:
        with pytest.raises(SettingsError, match=f"rb.toml, line 2: {new}: must be "):
            read_text(as_file(old, "1979-05-27"), "rb.toml")

    def test_both_names_at_once_are_refused(self, old: str, new: str) -> None:
        words = BOTH.format(new=new)
        text = as_file(new, "9") + f"{old.partition('.')[2]} = 8\n"
        with pytest.raises(FaultySettingsError) as refused:
            read_text(text, "rb.toml", {variable_of(new): "7"})
        assert refused.value.faults == [f"rb.toml, line 3: {old} {words}"]
        with pytest.raises(FaultySettingsError) as refused:
            read_text("", environment={variable_of(new): "9", variable_of(old): "8"})
        assert refused.value.faults == [f"{variable_of(old)}: {old} {words}"]
        with pytest.raises(FaultySettingsError) as refused:
            override(Settings(), [f"{new}=9", f"{old}=8"])
        assert refused.value.faults == [f"{old}=8: {old} {words}"]

    def test_nothing_is_written_by_it(self, old: str, new: str) -> None:
        assert new in known_keys()
        name = old.partition(".")[2]
        assert f"#{name} =" not in starter_file(RULES)
        assert f"| `{name}` |" not in settings_page()


def test_the_environment_wins_over_a_file_whatever_the_names() -> None:
    old, new = "review.idea_days", "review.last_attempt_days"
    for in_file, variable in ((old, new), (new, old)):
        read = read_text(as_file(in_file, "9"), environment={variable_of(variable): "8"})
        assert read.settings.review.last_attempt_days == 8


def test_an_inline_table_and_a_dotted_name_count_too() -> None:
    read = read_text("thresholds = {payoff = 1}\nreview.idea_days = 4", "rb.toml")
    assert read.settings.thresholds.min_hourly_value == 1
    assert read.settings.review.last_attempt_days == 4
    assert [line.partition(":")[0] for line in remarks(read)] == [
        "rb.toml, line 2",
        "rb.toml, line 1",
    ]
