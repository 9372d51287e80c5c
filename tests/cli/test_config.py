"""``config`` shows what is in force and why, explains, checks and begins a settings file."""

import os
import stat
from pathlib import Path

import pytest

from review_board.settings.setting_names import known_keys
from review_board.settings.tree import Settings
from tests.cli.conftest import Shell
from tests.settings.values import load_settings


@pytest.fixture
def file(tmp_path: Path, shell: Shell) -> Path:
    """The usual settings file of this test, not yet there."""
    return tmp_path / "config" / "review-board" / "config.toml"


def write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text, encoding="utf-8")


class TestShowing:
    def test_every_setting_with_its_value_and_source(self, shell: Shell, file: Path) -> None:
        write(file, "preset = 'enterprise'\n[thresholds]\nattempts = 6\n[reasons]\ndear = 'dear'\n")
        lines = shell.ok("config").splitlines()
        assert lines[0] == f"Settings from {file}"
        shown = [line.split() for line in lines]
        assert ["attempts", "6", "config.toml:3"] in shown
        assert ["recent_days", "60", "preset", "enterprise"] in shown
        assert ["min_hourly_value", "150", "default"] in shown
        assert ["target", "not", "set", "default"] in shown
        assert ["dear", '"dear"', "config.toml:5"] in shown
        assert all(any(line[:1] == [key.rpartition(".")[2]] for line in shown) for key in SHOWN)

    def test_without_a_file_it_says_how_to_begin_one(self, shell: Shell, file: Path) -> None:
        assert shell.ok("config").startswith("No settings file yet: review-board config --init")

    def test_one_that_cannot_be_looked_at_is_told_and_not_taken_for_none(
        self, shell: Shell, file: Path
    ) -> None:
        file.parent.mkdir(parents=True)
        file.symlink_to(file)
        for command in ("config", "due"):
            assert f"{file} cannot be read" in shell.fails(command, status=1)

    def test_the_environment_is_a_source(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REVIEW_BOARD_RULES__POOR_PAYOFF", "false")
        assert "false" in shell.ok("config", "poor-payoff").splitlines()[0]
        assert "(REVIEW_BOARD_RULES__POOR_PAYOFF)" in shell.ok("config", "poor-payoff")

    def test_as_json(self, shell: Shell, file: Path) -> None:
        found = shell("config", "--json").json
        assert (found["file"], found["exists"]) == (str(file), False)
        assert [entry["key"] for entry in found["settings"]] == known_keys()
        values = {entry["key"]: entry["value"] for entry in found["settings"]}
        assert values["thresholds.min_hourly_value"] == "150"
        assert values["pressure.wait_days"] == [2, 3, 5, 7, 14, 30]
        assert values["rules.hostile"] is True
        assert values["forecast.target"] is None

    def test_the_path(self, shell: Shell, file: Path) -> None:
        assert shell.ok("config", "--path") == f"{file}\n"
        assert shell.ok("--config", "x.toml", "config", "--path") == "x.toml\n"


SHOWN = [key for key in known_keys() if key not in ("reasons", "keys", "views")]


class TestExplaining:
    def test_one_setting(self, shell: Shell) -> None:
        said = shell.ok("config", "thresholds.recent_days")
        for words in (
            "thresholds.recent_days = 30   (default)",
            "a whole number from 0 to 3650",
            "transactional 14, enterprise 60",
            "live-interest, too-soon, poor-payoff, last-call",
            "[thresholds]",
            "REVIEW_BOARD_THRESHOLDS__RECENT_DAYS=30",
        ):
            assert words in said

    @pytest.mark.parametrize("word", ["recent_days", "Recent_Days", "thresholds.recent_days"])
    def test_its_last_name_is_enough(self, shell: Shell, word: str) -> None:
        assert shell.ok("config", word).startswith("thresholds.recent_days = 30")

    def test_a_rule(self, shell: Shell) -> None:
        said = shell.ok("config", "rescue")
        assert said.startswith("rules.rescue = true")
        assert "rescue = false" in said

    @pytest.mark.parametrize("word", ["rules.working", "working"])
    def test_the_rule_for_all_the_rest_says_that_it_stays(self, shell: Shell, word: str) -> None:
        said = shell.ok("config", word)
        assert said.startswith("rules.working = true")
        assert "cannot be switched off" in said
        assert "to set it" not in said
        assert shell("config", word, "--json").json["value"] is True

    def test_the_lists_tell_which_rule_stays(self, shell: Shell) -> None:
        for said in (shell.ok("config"), shell.ok("config", "rules")):
            (line,) = (line for line in said.splitlines() if line.startswith("  working "))
            assert line.split()[2:4] == ["always", "on"]
        assert "did you mean rules.working?" in shell.fails("config", "rules.workin", status=2)

    def test_a_group(self, shell: Shell) -> None:
        assert len(shell.ok("config", "pressure").splitlines()) == 5
        found = shell("config", "pressure", "--json").json
        assert found["settings"][0]["key"] == "pressure.wait_days"

    def test_as_json(self, shell: Shell) -> None:
        found = shell("config", "min_hourly_value", "--json").json
        assert (found["key"], found["value"], found["rules"]) == (
            "thresholds.min_hourly_value",
            "150",
            ["poor-payoff"],
        )

    @pytest.mark.parametrize(
        ("word", "near"), [("recent_dys", "thresholds.recent_days"), ("teirs", "tiers")]
    )
    def test_an_unknown_one_names_the_nearest(self, shell: Shell, word: str, near: str) -> None:
        assert f"did you mean {near}?" in shell.fails("config", word, status=2)

    def test_a_table_of_ones_own(self, shell: Shell) -> None:
        assert "none is set" in shell.ok("config", "reasons")

    def test_the_reasons_as_they_are_offered(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REVIEW_BOARD_REASONS__HOSTILE", "false")
        monkeypatch.setenv("REVIEW_BOARD_REASONS__TOO_DEAR", "too dear")
        shown = shell.ok("config", "reasons").partition("offered for a drop:")[2]
        assert "timing            wrong time" in shown
        assert "too-dear          too dear" in shown
        assert "hostile" not in shown

    def test_tiers_by_percentile_say_what_they_are_here(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REVIEW_BOARD_TIERS__BY", "percentile")
        shell.ok("add", "Acme", "--value", "5000")
        assert "low below 10,000, high from 100,000 USD, 1 open" in shell.ok("config", "tiers")
        for number in range(2, 11):
            shell.ok("add", f"Acme {number}", "--value", f"{number}000")
        assert "low below 5,000, high from 9,000 USD, 10 open" in shell.ok("config", "tiers")
        assert "here:" in shell.ok("config", "tiers.low_below")


EVERY_KIND = """\
[keys]
'board.lgo' = 'c'
board.add = 'c'
[[views]]
name = 'Mine'
filter = 'ownr:ann'
[[views]]
name = 'Dear'
sorst = 'value'
filter = 'value>10k'
[[views]]
filter = 'due:yes'
name = 'mine'
[thresholds]
attempts = 0
"""


class TestChecking:
    def test_a_sound_file(self, shell: Shell, file: Path) -> None:
        assert "there is no file" in shell.ok("config", "--check")
        write(file, "currency = 'EUR'\n")
        assert shell.ok("config", "--check") == f"{file}: sound\n"

    def test_every_fault_a_line(self, shell: Shell, file: Path) -> None:
        write(file, "curency = 'EUR'\ntheme = 'plaid'\n")
        result = shell("config", "--check")
        assert result.status == 1
        some = (
            "calm, paper, blue-orange, textual-dark, textual-light, nord, gruvbox, catppuccin-mocha"
        )
        assert result.out.splitlines() == [
            f"{file}, line 1: unknown setting curency; did you mean currency?",
            f"{file}, line 2: theme: must be one of {some} and 16 more, not “plaid”",
        ]
        assert shell("config", "--check", "--json").json["sound"] is False

    def test_faults_of_the_tree_of_keys_and_of_views_are_told_together(
        self, shell: Shell, file: Path
    ) -> None:
        write(file, EVERY_KIND)
        lines = shell("config", "--check").out.splitlines()
        assert [line.partition(": ")[0] for line in lines] == [
            f"{file}, line {n}" for n in (2, 3, 6, 9, 13, 15)
        ]
        assert [line.partition(": ")[2][:24] for line in lines] == [
            "keys.board.lgo: there is",
            "keys.board.add: c is als",
            "views.1.filter: There is",
            "unknown setting views.2.",
            "views.3.name: “mine” is ",
            "thresholds.attempts: mus",
        ]

    def test_the_command_that_shows_the_others_names_the_file(
        self, shell: Shell, tmp_path: Path
    ) -> None:
        other = tmp_path / "an other.toml"
        write(other, EVERY_KIND)
        told = shell.fails("--config", str(other), "due")
        assert f"more: see review-board --config '{other}' config --check)" in told

    @pytest.mark.parametrize(
        ("content", "words"),
        [
            (None, "no such file; look at its name"),
            (b"a = 1\nb = '\xff'\n", ", line 2: holds a character that is not UTF-8; save"),
            (b"a = " + b"9" * 5000, "holds a number that is far too long"),
        ],
    )
    def test_a_file_that_cannot_be_read_is_told_in_plain_words(
        self, shell: Shell, tmp_path: Path, content: bytes | None, words: str
    ) -> None:
        other = tmp_path / "other.toml"
        if content is not None:
            other.write_bytes(content)
        assert words in shell("config", "--check", str(other)).out
        assert words in shell.fails("--config", str(other), "due")

    def test_what_is_no_file_is_refused_at_once(self, shell: Shell, tmp_path: Path) -> None:
        fifo, huge = tmp_path / "fifo", tmp_path / "huge.toml"
        os.mkfifo(fifo)
        with huge.open("wb") as file:
            file.truncate(3_000_000_000)
        for path, words in [
            (tmp_path, "is a folder; name a file"),
            (fifo, "is a named pipe; name a file"),
            (Path("/dev/zero"), "is a device; name a file"),
            (huge, "is larger than 1 MB; name the right file"),
        ]:
            assert words in shell.fails("--config", str(path), "due")
            assert words in shell("config", "--check", str(path)).out

    def test_another_file(self, shell: Shell, tmp_path: Path) -> None:
        other = tmp_path / "other.toml"
        write(other, "[rules]\nhostil = false\n")
        assert "other.toml, line 2" in shell("config", "--check", str(other)).out
        assert shell("config", "--check", str(tmp_path / "none.toml")).status == 1

    def test_keys_are_checked_against_the_screens(self, shell: Shell, file: Path) -> None:
        write(file, "[keys]\nboard.lgo = 'v'\nboard.add = 'c'\n")
        result = shell("config", "--check")
        assert result.status == 1
        assert "config.toml, line 2: keys.board.lgo: there is no such action" in result.out
        write(file, "[keys]\nboard.add = 'c'\n")
        assert "board.add: c is also the key of board.log" in shell("config", "--check").out

    def test_what_may_not_arrive_is_only_remarked(self, shell: Shell, file: Path) -> None:
        write(file, "[keys]\nboard.add = 'ctrl+n'\n[thresholds]\ndeferrals = 1\n")
        said = shell.ok("config", "--check").splitlines()
        assert [line.partition(":")[0] for line in said] == ["remark", "remark", str(file)]

    def test_an_old_name_is_read_and_the_new_one_recommended(
        self, shell: Shell, file: Path
    ) -> None:
        write(file, "[thresholds]\ndeferrals = 2\npayoff = 80\n")
        words = "thresholds.payoff is called thresholds.min_hourly_value now: write that"
        said = shell.ok("config", "--check").splitlines()
        assert said == [f"remark: {file}, line 3: {words}", f"{file}: sound"]
        for name in ("payoff", "thresholds.payoff", "min_hourly_value"):
            shown = shell.ok("config", name)
            assert shown.startswith("thresholds.min_hourly_value = 80   (config.toml:3)")

    def test_any_command_refuses_a_faulty_file_in_one_line(self, shell: Shell, file: Path) -> None:
        write(file, "a = 1\nb = 2\n")
        assert "(and 1 more: see review-board config --check)" in shell.fails("list")

    def test_a_faulty_variable_is_named(
        self, shell: Shell, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("REVIEW_BOARD_REVIEW__MINUTES", "long")
        assert "REVIEW_BOARD_REVIEW__MINUTES: must be a whole number" in shell.fails("list")


class TestBeginning:
    def test_the_file_is_private_and_sets_nothing(self, shell: Shell, file: Path) -> None:
        assert str(file) in shell.ok("config", "--init")
        assert stat.S_IMODE(file.stat().st_mode) == 0o600
        assert load_settings(file) == Settings()

    def test_it_is_never_overwritten(self, shell: Shell, file: Path) -> None:
        write(file, "theme = 'paper'\n")
        assert "never overwritten" in shell.fails("config", "--init")
        assert file.read_text(encoding="utf-8") == "theme = 'paper'\n"

    def test_a_link_to_nowhere_is_not_followed(self, shell: Shell, file: Path) -> None:
        file.parent.mkdir(parents=True)
        file.symlink_to(file.parent / "elsewhere")
        shell.fails("config", "--init")
        assert not (file.parent / "elsewhere").exists()

    def test_a_folder_that_cannot_be_made_is_told(self, shell: Shell, tmp_path: Path) -> None:
        (tmp_path / "config").write_text("in the way", encoding="utf-8")
        assert "cannot be written" in shell.fails("config", "--init")


def test_every_key_of_the_screens_is_listed(shell: Shell, file: Path) -> None:
    write(file, "[keys]\n'board.log' = 'v'\n")
    lines = shell.ok("config", "--keys").splitlines()
    assert "board.log" in {line.split()[0] for line in lines if line.split()[1] == "v"}
    actions = shell("config", "--keys", "--json").json["actions"]
    assert {"id": "board.quit", "keys": ["q"], "does": "Quit: Save and leave"} in actions


@pytest.mark.parametrize(
    ("words", "line"),
    [
        (["show"], "config"),
        (["check"], "config --check"),
        (["explain", "tiers"], "config KEY, such as config review.zombie_reviews"),
    ],
)
def test_a_word_that_is_no_setting_is_answered_with_the_right_command(
    shell: Shell, words: list[str], line: str
) -> None:
    told = shell.fails("config", *words, status=2)
    assert told.endswith(f"{words[0]!r} is no setting; type review-board {line}\n")


def test_one_thing_at_a_time(shell: Shell) -> None:
    shell.fails("config", "tiers", "--init", status=2)
    shell.fails("config", "--path", "--check", status=2)
