"""``list``, ``show``, ``explain``, ``schema``: text for people, JSON with stable keys for programs."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def stocked(shell: Shell) -> Shell:
    shell.ok("add", "Small", "--value", "1k", "--owner", "ann", "--tag", "dental")
    shell.ok("add", "Big", "--value", "900k", "--owner", "raj")
    shell.ok("add", "Nora", "--column", "nurture", "--owner", "ann")
    shell.ok("add", "Winner", "--owner", "ann", "--value", "$0.50")
    shell.ok("won", "winner")
    return shell


def names(shell: Shell, *arguments: str) -> list[str]:
    return [p["name"] for p in json.loads(shell.ok("list", "--json", *arguments))["prospects"]]


def test_list_is_in_the_order_of_the_board(stocked: Shell) -> None:
    assert names(stocked) == ["Big", "Small", "Nora", "Winner"]
    lines = stocked.ok("list").splitlines()
    assert lines[0].split()[:4] == ["Big", "$900k", "Active", "raj"]
    assert lines[0].endswith("KEEP: new today")
    assert lines[3].split()[2] == "Won"


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["dent"], ["Small"]),
        (["ANN", "small"], ["Small"]),
        (["--owner", "ann"], ["Small", "Nora", "Winner"]),
        (["--column", "nur"], ["Nora"]),
        (["--column", "1", "--limit", "1"], ["Big"]),
        (["--won"], ["Winner"]),
        (["nothing"], []),
    ],
)
def test_list_filters(stocked: Shell, arguments: list[str], expected: list[str]) -> None:
    assert names(stocked, *arguments) == expected


@pytest.mark.parametrize(
    ("arguments", "expected"),
    [
        (["--sort", "value"], ["Big", "Small", "Nora", "Winner"]),
        (["--sort", "contact"], ["Big", "Small", "Nora", "Winner"]),
        (["--sort", "touch"], ["Big", "Small", "Nora", "Winner"]),
        (["--sort", "NA"], ["Ape", "Big", "Small", "Nora", "Winner"]),
        (["--sort", "next"], ["Ape", "Big", "Small", "Nora", "Winner"]),
    ],
)
def test_list_sorts_each_column(stocked: Shell, arguments: list[str], expected: list[str]) -> None:
    if "Ape" in expected:
        stocked.ok("add", "Ape", "--value", "1", "--next", "call mon")
    assert names(stocked, *arguments) == expected


def test_a_view_is_a_filter_with_an_order_and_more_may_be_said(
    stocked: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "rb.toml"
    file.write_text(
        "[[views]]\nname = 'All of Ann'\nfilter = 'owner:ann'\nsort = 'name'\n"
        "[[views]]\nname = 'My own'\nmine = true\n",
        encoding="utf-8",
    )
    given = ("--config", str(file), "--view")
    assert names(stocked, *given, "all-of-ann") == ["Small", "Nora"]
    assert names(stocked, *given, "ALL", "--won") == ["Winner"]
    assert names(stocked, *given, "all", "--column", "nurture") == ["Nora"]
    assert names(stocked, *given, "never") == ["Big", "Small", "Nora"]
    assert names(stocked, *given, "my own", "--as", "raj") == ["Big"]
    assert "No prospect fits" in stocked("list", *given, "gone").err


def test_an_unknown_order_names_those_that_there_are(stocked: Shell) -> None:
    assert "choose from value, name, next" in stocked.fails("list", "--sort", "x", status=2)


def test_a_view_that_cannot_be_read_is_refused_with_its_line(
    stocked: Shell, tmp_path: Path
) -> None:
    file = tmp_path / "rb.toml"
    file.write_text("[[views]]\nname = 'a'\nfilter = 'ownr:ann'\n", encoding="utf-8")
    told = f"{file}, line 3: views.1.filter: There is no field 'ownr'"
    assert told in stocked.fails("list", "--view", "a", "--config", str(file))
    assert told in stocked("config", "--check", str(file)).out
    assert names(stocked, "--config", str(file)) == ["Big", "Small", "Nora", "Winner"]


def test_list_as_json_has_stable_keys(stocked: Shell) -> None:
    document = stocked("list", "--json", "--limit", "1").json
    assert document["today"] == "2026-11-20"
    assert (document["count"], document["shown"]) == (4, 1)
    first = document["prospects"][0]
    assert list(first) == [
        *("id", "name", "company", "owner", "column", "won", "value"),
        *("verdict", "destination", "rule", "status"),
        *("last_touch_days", "last_signal_days", "due_on", "error"),
    ]
    assert first["value"] == {"amount": "900000", "currency": "USD"}


def test_list_says_when_there_is_nothing(shell: Shell) -> None:
    result = shell("list")
    assert (result.status, result.out) == (0, "")
    assert "The pipeline is empty" in result.err
    assert shell("list", "--json").json["prospects"] == []
    assert shell.bytes is None


def test_list_says_that_there_are_more(stocked: Shell) -> None:
    assert "3 more" in stocked("list", "--limit", "1").err


def test_show(stocked: Shell) -> None:
    out = stocked.ok("show", "small")
    assert out.startswith("Small  p-")
    assert "  KEEP in Active: " in out
    assert "fresh-lead" not in out
    assert "dental" in out
    assert stocked.document("small")["value"] == {"amount": "1000"}


def test_show_draws_the_lines_of_contact(shell: Shell) -> None:
    shell.ok("add", "Acme")
    shell.ok("log", "acme em")
    us, them = shell.ok("show", "acme").splitlines()[2:4]
    assert us.split() == ["us", "●", "today"]
    assert them.split() == ["them", "·", "no", "answer"]


@pytest.mark.parametrize(
    ("when", "told"),
    [
        ("2026-11-21", "Sat 21 Nov, in 1 d"),
        ("2026-11-30", "Mon 30 Nov, in 10 d"),
        ("2026-12-11", "Fri 11 Dec, in 21 d"),
        ("2027-02-01", "Mon 1 Feb, in 73 d"),
    ],
)
def test_show_says_how_far_off_the_next_date_is(stocked: Shell, when: str, told: str) -> None:
    stocked.ok("move", "small", "active", "--next", f"send the offer {when}")
    assert stocked.ok("show", "small").splitlines()[1] == f"Next: send the offer; {told}"


def test_what_is_owed_now_comes_before_a_callback_that_is_ahead(shell: Shell) -> None:
    shell.ok("add", "Harbor", "--value", "24k")
    shell.ok("log", 'harbor cb 14dec @20oct "call me in december"')
    shell.ok("log", "harbor quote $24k @26oct")
    told = shell.ok("show", "harbor").splitlines()[1]
    assert told == "Next: follow the quote up; Fri 20 Nov, today"


def test_explain(stocked: Shell) -> None:
    out = stocked.ok("explain", "small").splitlines()
    assert out[0] == "Small"
    assert out[1].startswith("KEEP in Active: came in today")
    named = stocked.ok("explain", "small", "--rules").splitlines()
    assert any(line.startswith("  fresh-lead: 0 d ≤ 14") for line in named)
    shown = {line.strip() for line in stocked.ok("show", "small").splitlines()}
    assert {line.strip() for line in out[1:]} <= shown, "the page says the same in the same words"
    document = stocked("explain", "small", "--json").json
    assert list(document)[:4] == ["id", "name", "today", "verdict"]
    assert document["rule"] == "fresh-lead"


def test_the_same_question_gives_the_same_bytes(stocked: Shell) -> None:
    for command in (["list", "--json"], ["explain", "big", "--json"], ["show", "big"]):
        assert stocked.ok(*command) == stocked.ok(*command)


def test_reading_changes_no_byte(stocked: Shell) -> None:
    before = {path: path.read_bytes() for path in stocked.path.parent.iterdir() if path.is_file()}
    for command in (["list"], ["show", "big"], ["explain", "big"], ["history"], ["doctor"]):
        stocked.ok(*command)
    after = {path: path.read_bytes() for path in stocked.path.parent.iterdir() if path.is_file()}
    assert after == before


def test_a_record_that_a_hand_has_spoilt_is_listed_and_named(stocked: Shell) -> None:
    text = stocked.path.read_text().replace('"amount":"900000"', '"amount":"-1"')
    stocked.path.write_text(text)
    big = stocked("list", "big", "--json").json["prospects"][0]
    assert "value.amount" in big["error"]
    assert "cannot be read" in stocked.ok("list", "big")
    assert "review-board doctor" in stocked.fails("explain", "big")
    result = stocked("doctor")
    assert result.status == 1
    assert "BAD" in result.out


def test_schema(shell: Shell) -> None:
    document = shell("schema").json
    assert {"id", "name", "touches", "column"} <= document["properties"].keys()


@pytest.mark.parametrize(
    "command", [["list"], ["show", "big"], ["explain", "big"], ["history"], ["schema"], ["doctor"]]
)
def test_every_reading_command_takes_json(stocked: Shell, command: list[str]) -> None:
    assert json.loads(stocked.ok(*command, "--json"))


def test_an_owner_is_meant_by_whole_words(stocked: Shell) -> None:
    stocked.ok("add", "Theirs", "--owner", "joanne")
    for words in (["--owner", "ann"], ["owner:ann"], ["owner:'ann'"]):
        assert "Theirs" not in stocked.ok("list", *words)
    assert "did you mean joanne?" in stocked.fails("list", "--owner", "jo", status=2)
