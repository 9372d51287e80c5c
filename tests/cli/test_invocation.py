"""The shared options, the person, the day, the zone, the settings."""

import os
import pwd
from pathlib import Path

import pytest

from review_board.cli import zone
from review_board.cli.context import Invocation
from review_board.cli.zone import machine_zone, named_zone
from tests.cli.conftest import Shell


def test_shared_options_count_before_and_after_the_command(shell: Shell, tmp_path: Path) -> None:
    other = tmp_path / "other.json"
    shell.ok("--file", str(other), "--as", "ann", "add", "Acme")
    shell.ok("add", "Bolt", "--file", str(other), "--as", "raj", "--today", "2026-01-05")
    assert shell.bytes is None
    document = shell("list", "--json", "--file", str(other)).json
    assert {p["name"]: p["owner"] for p in document["prospects"]} == {"Acme": "ann", "Bolt": "raj"}


def test_the_last_word_counts(shell: Shell) -> None:
    assert shell("--today", "2026-01-05", "list", "--json", "--today", "2026-01-06").json[
        "today"
    ] == ("2026-01-06")


def test_without_a_name_it_is_the_users_own_pipeline(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("REVIEW_BOARD_FILE")
    shell.ok("add", "Acme")
    own = tmp_path / "data" / "review-board" / "pipeline.json"
    assert own.exists()
    assert own.parent.stat().st_mode & 0o777 == 0o700


def test_the_person_is_who_owns_the_process(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOGNAME", "USER", "USERNAME"):
        monkeypatch.setenv(name, "boss")
    shell.ok("add", "Acme")
    assert shell.document("acme")["owner"] == pwd.getpwuid(os.getuid()).pw_name


def test_the_name_is_remembered_in_the_settings(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    config = tmp_path / "config.toml"
    config.write_text('my_name = "Karla Weiß"\n', encoding="utf-8")
    monkeypatch.setenv("REVIEW_BOARD_CONFIG", str(config))
    shell.ok("add", "Acme")
    assert shell.document("acme")["owner"] == "Karla Weiß"
    assert "Karla Weiß" in shell.ok("config", "my_name")
    monkeypatch.setenv("REVIEW_BOARD_MY_NAME", "Ann Lee")
    shell.ok("add", "Bolt")
    assert shell.document("bolt")["owner"] == "Ann Lee"
    shell.ok("--as", "Raj", "add", "Cobalt")
    assert shell.document("cobalt")["owner"] == "Raj"


def test_a_login_by_a_key_is_nobody_that_the_settings_name(tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text('my_name = "Karla"\n')
    call = Invocation()
    call.settings_file, call.is_restricted = str(config), True
    assert call.by == pwd.getpwuid(os.getuid()).pw_name


def test_a_name_that_no_owner_has_asks_for_the_nearest(shell: Shell) -> None:
    shell.ok("--as", "Karla Weiß", "add", "Acme")
    said = "nobody in this list is called Karla; did you mean Karla Weiß?"
    assert said in shell("--as", "Karla", "list").err
    assert not shell("--as", "Karla Weiß", "list").err
    assert not shell("--as", "boss", "list").err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--today", "tomorrow", "list"], 2, "2027-01-18"),
        (["--today", "2026-02-30", "list"], 2, "--today"),
        (["--today", "9999-12-31", "list"], 2, "--today"),
        (["--as", " ", "add", "x"], 2, "--as"),
        (["--file", "", "list"], 2, "name its file"),
        (["--config", "/nowhere.toml", "list"], 1, "there is no such file"),
        (["--file", "/dev/zero", "list"], 1, "device"),
        (["--file", "/", "list"], 2, "name its file"),
        (["--nonsense"], 2, "--nonsense"),
        (["lst"], 2, "did you mean list?"),
        (["zzzzzz"], 2, "--help"),
        (["list", "--limit", "0"], 2, "--limit"),
        (["list", "--column"], 2, "--column"),
    ],
)
def test_wrong_usage_is_one_line(
    shell: Shell, arguments: list[str], status: int, said: str
) -> None:
    message = shell.fails(*arguments, status=status)
    assert said in message
    assert message.count("\n") == 1


def test_settings(shell: Shell, tmp_path: Path) -> None:
    own = tmp_path / "config" / "review-board" / "config.toml"
    own.parent.mkdir(parents=True)
    own.write_text('currency = "CHF"\n')
    shell.ok("add", "Acme", "--value", "5k")
    assert shell.document("acme")["value"]["currency"] == "CHF"
    own.write_text("[thresholds]\nrecent_dys = 3\n")
    message = shell.fails("list")
    assert "line 2" in message
    assert "recent_days" in message


def test_a_new_pipeline_keeps_the_zone_it_began_in(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Kiritimati")
    monkeypatch.delenv("REVIEW_BOARD_TODAY")
    shell.ok("add", "Acme")
    there = shell("list", "--json").json["today"]
    monkeypatch.setenv("TZ", "Pacific/Pago_Pago")
    assert shell("list", "--json").json["today"] == there
    shell.ok("log", "acme vm")
    assert "Kiritimati" in shell.path.read_text()


def test_the_zone_in_the_settings_comes_first(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("REVIEW_BOARD_TODAY")
    days = []
    for name in ("Pacific/Kiritimati", "Pacific/Pago_Pago"):
        config = tmp_path / "zone.toml"
        config.write_text(f'timezone = "{name}"\n')
        days.append(shell("--config", str(config), "list", "--json").json["today"])
    assert days[0] > days[1]


class TestMachineZone:
    def test_tz_comes_first(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TZ", ":Europe/Berlin")
        assert str(machine_zone()) == "Europe/Berlin"

    def test_else_what_localtime_leads_to(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        monkeypatch.setenv("TZ", "")
        link = tmp_path / "localtime"
        link.symlink_to("/usr/share/zoneinfo/Asia/Tokyo")
        monkeypatch.setattr(zone, "LOCALTIME", link)
        assert str(machine_zone()) == "Asia/Tokyo"

    def test_else_the_offset(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        monkeypatch.setenv("TZ", "")
        monkeypatch.setattr(zone, "LOCALTIME", tmp_path / "none")
        assert machine_zone() is not None

    @pytest.mark.parametrize("name", ["Nowhere/City", "../../etc/passwd", "/etc/passwd", "x\0y"])
    def test_what_is_no_zone(self, name: str) -> None:
        assert named_zone(name) is None


def test_a_variable_names_the_settings_file_and_the_option_wins(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    path = tmp_path / "mine.toml"
    path.write_text("[thresholds]\nrecent_days = 17\n")
    monkeypatch.setenv("REVIEW_BOARD_CONFIG", str(path))
    assert shell.ok("config", "--path") == f"{path}\n"
    assert "recent_days = 17" in shell.ok("config", "recent_days")
    other = tmp_path / "other.toml"
    other.write_text("")
    assert shell.ok("--config", str(other), "config", "--path") == f"{other}\n"
    monkeypatch.setenv("REVIEW_BOARD_CONFIG", str(tmp_path / "gone.toml"))
    assert "there is no such file" in shell("list").err


@pytest.mark.parametrize(
    "name", ["CONFIG", "FILE", "TODAY", "THEME", "THRESHOLDS__RECENT_DAYS", "REASONS__X", "TYPO"]
)
def test_a_variable_that_is_set_to_nothing_is_not_set(
    shell: Shell, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    before = shell.ok("config", "--json")
    monkeypatch.setenv(f"REVIEW_BOARD_{name}", "")
    assert shell.ok("config", "--json") == before
    shell.ok("add", "Acme")
