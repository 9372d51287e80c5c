"""All that is wrong is told at once, a line each, in the order of the file; nothing is guessed."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_board.errors import SettingsError
from review_board.settings.assignments import override
from review_board.settings.faults import FaultySettingsError
from review_board.settings.reading import read_text
from review_board.settings.setting_names import known_keys
from review_board.settings.tree import Settings
from review_board.settings.variables import variable_of


def faults(text: str, environment: dict[str, str] | None = None) -> list[str]:
    with pytest.raises(FaultySettingsError) as refused:
        read_text(text, "rb.toml", environment)
    return refused.value.faults


MANY = """\
preset = "fast"
[thresholds]
recent_dayz = 14
min_hourly_value = "much"
attempts = 7
[calendar]
working_days = ["mon", "mon"]
[reasons]
other = false
tming = false
[rules]
hostil = false
working = false
[keys]
board.log = 3
"""


def test_every_fault_is_told_in_the_order_of_the_lines() -> None:
    lines = [fault.partition(":")[0] for fault in faults(MANY)]
    assert lines == [f"rb.toml, line {n}" for n in (1, 3, 4, 5, 7, 9, 10, 12, 13, 15)]


@pytest.mark.parametrize("text", ["[[reasons]]\nname = 'x'", "reasons = ['x']", "[[review]]"])
def test_a_list_where_a_group_belongs_is_told_with_its_line(text: str) -> None:
    (fault,) = faults(f"currency = 'EUR'\n{text}")
    assert fault.startswith("rb.toml, line 2: re")
    assert "must be a group of settings under [re" in fault


def test_what_is_sound_in_spite_of_them_can_be_looked_at_further() -> None:
    views = "views = [3, {name = 'a', filter = 'x'}, {filter = 'y'}]\n"
    keys = "[keys]\nboard.log = 3\nboard.add = 'c'\n"
    with pytest.raises(FaultySettingsError) as refused:
        read_text(f"{views}theme = 'plaid'\n{keys}", "rb.toml")
    rest = refused.value.rest
    assert rest is not None
    assert [view.filter for view in rest.settings.views] == ["", "x", "y"]
    assert rest.settings.keys == {"board.add": "c"}
    assert rest.place("keys.board.add") == "rb.toml, line 5"


def test_the_environments_faults_come_last() -> None:
    told = faults("theme = 3", {"REVIEW_BOARD_CURENCY": "EUR", "REVIEW_BOARD_CURRENCY": "euro"})
    assert [fault.partition(":")[0] for fault in told] == [
        "rb.toml, line 1",
        "REVIEW_BOARD_CURRENCY",
        "REVIEW_BOARD_CURENCY",
    ]


def test_one_line_says_how_many_more_there_are() -> None:
    with pytest.raises(SettingsError) as refused:
        read_text(MANY, "rb.toml")
    assert str(refused.value).endswith("(and 9 more: see review-board config --check)")


def test_a_fault_is_not_made_up_of_another() -> None:
    assert len(faults("[thresholds]\nattempts = 7\ngone_silent_attempts = 'eight'")) == 1


CANNOT_WORK = [
    ("thresholds", "recent_days = 61", "is above unreachable_days (60)"),
    ("thresholds", "unreachable_days = 29", "unreachable_days: 29 is below recent_days (30)"),
    ("thresholds", "attempts = 7", "is above gone_silent_attempts (6)"),
    ("thresholds", "probation_deferrals = 4", "is above deferrals (3)"),
    ("thresholds", "wake_days = 181", "is above callback_days (180)"),
    ("thresholds", "unknown_questions = 6", "the 5 questions of weiss"),
    ("thresholds", "answer_expires_days = 0", "must be 1 or more"),
    ("tiers", "low_below = 100001", "is above high_from (100000)"),
    ("tiers", "high_percentile = 49", "high_percentile: 49 is below low_percentile (50)"),
    ("review", "manager_least = 8", "is above manager_most (7)"),
    ("review", "active_days = 0", "must be 1 or more"),
    ("calendar", "working_days = []", "must have an entry at least"),
    ("calendar", "working_days = ['mon', 'mon']", "has mon twice"),
    ("calendar", "working_days = ['monday']", "did you mean mon?"),
    ("pressure", "wait_days = [1, -2]", "entry 2 must be 0 or more, not -2"),
    ("estimates", "hours = 0", "must be more than 0"),
    ("estimates", "closing_ratio = 1e999999999", "closing_ratio: must be"),
    ("thresholds", "min_hourly_value = 1e-99999", "min_hourly_value: "),
    ("thresholds", "min_hourly_value = 1e99", "must be 1000000000000000 or less"),
    ("forecast", "target = true", "must be a number"),
    ("reasons", "do-not-contact = false", "must always find its place"),
    ("reasons", "other = false", "cannot be taken off"),
    ("reasons", "price = false", "needs a label"),
    ("reasons", "price = ''", "a label has 1 to 60 characters"),
    ("reasons", "price = 'No Need'", "is the label of two reasons"),
    ("reasons", "'Not A Name' = 'x'", "a name is small letters"),
    ("reasons", "price = [1]", "must be false, or a label"),
]


@pytest.mark.parametrize(("group", "line", "words"), CANNOT_WORK)
def test_what_cannot_work_is_refused_with_the_reason(group: str, line: str, words: str) -> None:
    (fault,) = faults(f"[{group}]\n{line}")
    assert fault.startswith(f"rb.toml, line 2: {group}.")
    assert words in fault


PAIRS = [
    ("thresholds.recent_days", 40, "thresholds.unreachable_days", 10),
    ("thresholds.attempts", 9, "thresholds.gone_silent_attempts", 7),
    ("thresholds.probation_deferrals", 9, "thresholds.deferrals", 2),
    ("thresholds.wake_days", 90, "thresholds.callback_days", 60),
    ("tiers.low_below", 900, "tiers.high_from", 500),
    ("tiers.low_percentile", 80, "tiers.high_percentile", 60),
    ("review.manager_least", 9, "review.manager_most", 4),
]


def name(key: str) -> str:
    return key.partition(".")[2]


@pytest.mark.parametrize(("low", "least", "high", "most"), PAIRS)
class TestPairs:
    """The key that is blamed is one that somebody set, and of two the one set last."""

    def told(self, low: str, least: int, high: str, most: int) -> tuple[str, str]:
        return (
            f"{low}: {least} is above {name(high)} ({most})",
            f"{high}: {most} is below {name(low)} ({least})",
        )

    def test_the_later_line(self, low: str, least: int, high: str, most: int) -> None:
        above, below = self.told(low, least, high, most)
        first, second = f"{low} = {least}", f"{high} = {most}"
        (fault,) = faults(f"{first}\n{second}")
        assert fault.startswith(f"rb.toml, line 2: {below}")
        (fault,) = faults(f"{second}\n{first}")
        assert fault.startswith(f"rb.toml, line 2: {above}")

    def test_the_environment_over_the_file(
        self, low: str, least: int, high: str, most: int
    ) -> None:
        above, below = self.told(low, least, high, most)
        for text, key, value, words in (
            (f"{low} = {least}", high, most, below),
            (f"{high} = {most}", low, least, above),
        ):
            (fault,) = faults(text, {variable_of(key): str(value)})
            assert fault.startswith(f"{variable_of(key)}: {words}")

    def test_the_last_on_a_command_line(self, low: str, least: int, high: str, most: int) -> None:
        above, below = self.told(low, least, high, most)
        first, second = f"{low}={least}", f"{high}={most}"
        for assigned, words in (([first, second], below), ([second, first], above)):
            with pytest.raises(FaultySettingsError) as refused:
                override(Settings(), assigned)
            assert refused.value.faults[0].startswith(f"{assigned[-1]}: {words}")


def test_a_pack_too_small_for_a_threshold_is_told_where_it_is_set() -> None:
    (fault,) = faults("thresholds.unknown_questions = 6\nquestions.pack = 'bant'")
    assert fault.startswith("rb.toml, line 2: questions.pack: bant has 5 questions")
    (fault,) = faults("questions.pack = 'bant'\nthresholds.unknown_questions = 6")
    assert fault.startswith("rb.toml, line 2: thresholds.unknown_questions: 6 is more than the 5")


@pytest.mark.parametrize(
    "text",
    [
        "[thresholds]\nrecent_days = 60",
        "[thresholds]\nattempts = 6",
        "[thresholds]\nwake_days = 180",
        "[thresholds]\nunknown_questions = 6\n[rules]\nunanswered-questions = false",
        "[thresholds]\nunknown_questions = 6\n[questions]\npack = 'meddic'",
        "[reasons]\nno-need = 'nothing to gain'\ntiming = true\nprice = 'no need'",
        "[calendar]\nworking_days = ['sun']",
    ],
)
def test_what_just_works_is_taken(text: str) -> None:
    assert isinstance(read_text(text).settings, Settings)


def test_a_key_without_quotes_is_the_same_key() -> None:
    assert read_text("[keys]\nboard.log = 'v'").settings.keys == {"board.log": "v"}
    assert read_text("keys.board.log = 'v'").source("keys.board.log") == "settings:1"


def test_labels_are_clean() -> None:
    made = read_text('[reasons]\nprice = " too\\u202e\\tdear "').settings
    assert made.drop_reasons["price"] == "too� dear"


VALUES = st.one_of(
    st.integers(-5, 5000).map(str),
    st.floats().map(str),
    st.sampled_from(["true", "''", "'mon'", "[]", "{}", "['mon', 1]", "1979-05-27", "nan"]),
    st.text(max_size=8),
)
LINES = st.one_of(
    st.tuples(st.sampled_from(known_keys()), VALUES).map(" = ".join),
    st.sampled_from(known_keys()).map(lambda key: f"[{key.partition('.')[0]}]"),
    st.text(max_size=30),
)


@settings(max_examples=150)
@given(st.lists(LINES, max_size=6).map("\n".join))
def test_any_text_gives_settings_or_one_line_each(text: str) -> None:
    told: list[str] = []
    try:
        read_text(text, "rb.toml")
    except FaultySettingsError as error:
        told = error.faults
    assert all(fault.startswith("rb.toml") for fault in told)
    assert all("\n" not in fault and len(fault) < 400 for fault in told)
