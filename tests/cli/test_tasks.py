"""``due``, ``best``, ``quotes``: text for people, JSON with stable keys for programs."""

from pathlib import Path

import pytest

from review_board.cli import screens
from review_board.review.scope import Scope
from tests.cli.conftest import Shell


@pytest.fixture
def stocked(shell: Shell) -> Shell:
    """Ann and Raj with a promise, a quote, a step, a lead and a deal in euros."""
    shell.ok("add", "Northgate", "--value", "60k", "--owner", "ann")
    shell.ok("log", 'northgate cb 22nov because:budget "the board votes" @2026-11-10')
    shell.ok("add", "Harbor", "--value", "24k", "--owner", "ann", "--tag", "glass")
    shell.ok("log", "harbor quote $24k @2026-11-05")
    shell.ok("add", "Solid", "--value", "52k", "--owner", "raj")
    shell.ok("log", "solid talk+ >demo 20nov @2026-11-18")
    shell.ok("add", "Kraft", "--value", "€9k", "--owner", "raj")
    return shell


@pytest.mark.parametrize("command", ["due", "best", "quotes"])
def test_of_an_empty_pipeline_nothing_can_be_asked_amiss(shell: Shell, command: str) -> None:
    for view in ("you-owe-them", "we-owe-them"):  # its old name, which scripts may still type
        result = shell(command, "--view", view)
        assert result.status == 0
        assert "The pipeline is empty" in result.err


def test_due_says_when_who_and_what(stocked: Shell) -> None:
    owed, planned = (" ".join(line.split()) for line in stocked.ok("due").splitlines())
    assert owed == "! 20 Nov today Harbor $24k ann follow the quote up"
    assert planned == "20 Nov today Solid $52k raj demo"
    later = stocked.ok("due", "--days", "2").splitlines()[-1]
    assert later.split()[:6] == ["22", "Nov", "in", "2", "d", "Northgate"]
    late = stocked("due", "--today", "2026-11-30")
    assert late.err == "2 owed, marked !\n"
    overdue = late.out.splitlines()
    assert overdue[0].startswith("!  22 Nov  8 d late   Northgate")
    assert "the board votes" in overdue[0]
    assert overdue[2].startswith("   20 Nov  10 d late  Solid")


def test_due_as_json_has_stable_keys(stocked: Shell) -> None:
    document = stocked("due", "--json", "--days", "2").json
    assert list(document) == ["today", "days", "count", "due"]
    assert (document["today"], document["days"], document["count"]) == ("2026-11-20", 2, 3)
    owed, first, _ = document["due"]
    assert (owed["kind"], owed["owed"], owed["name"]) == ("owed", True, "Harbor")
    assert list(first) == [
        *("id", "name", "owner", "value", "kind", "day", "time", "days_late"),
        *("owed", "action", "earliest_next_touch", "contact"),
    ]
    assert (first["kind"], first["day"], first["days_late"]) == ("next-step", "2026-11-20", 0)
    assert first["value"] == {"amount": "52000", "currency": "USD"}


def test_best_ranks_who_may_be_called_and_says_who_may_not(stocked: Shell) -> None:
    result = stocked("best")
    lines = result.out.splitlines()
    assert [line.split()[:2] for line in lines[:1]] == [["1", "Solid"]]
    assert lines[-2] == "In EUR, ranked apart: no amount is converted:"
    assert "€2.7k/h" in lines[-1]
    assert lines[0].endswith("Demo")
    stocked.ok("log", "solid vm")
    assert (
        "have a later day, or were just contacted; the first comes on 22 Nov" in stocked("best").err
    )


def test_best_as_json_has_stable_keys(stocked: Shell) -> None:
    document = stocked("best", "--json", "--limit", "1").json
    assert list(document) == [
        *(
            "today",
            "call_day",
            "currency",
            "count",
            "best",
            "other_currencies",
            "waiting",
            "first_waiting",
        )
    ]
    assert [line["name"] for line in document["best"]] == ["Solid"]
    assert list(document["other_currencies"]) == ["EUR"]
    first = document["best"][0]
    assert list(first) == [
        *("id", "name", "owner", "value", "payoff_an_hour", "probability", "hours"),
        *("owed", "rule", "action", "route", "contact"),
    ]
    assert first["payoff_an_hour"] == {"amount": "15600.00", "currency": "USD"}


def test_best_says_that_there_are_more(stocked: Shell) -> None:
    stocked.ok("add", "Another", "--value", "1k")
    assert "--limit shows more" in stocked("best", "--limit", "1").err


def test_quotes_say_what_they_are_worth(stocked: Shell) -> None:
    told = stocked("quotes")
    assert told.err.splitlines() == [
        "Worth: the amount × its probability, else × usual closing ratio 30 %"
    ]
    lines = told.out.splitlines()
    assert lines[0] == "Never followed up: 1 quote, $24k, worth about $7.2k"
    assert lines[1].split("  ") == [
        "Harbor",
        "$24k",
        "$7.2k",
        "sent 15 d ago",
        "0 of 5 attempts",
        "ann",
        "last contact 15 d ago",
    ]
    stocked.ok("log", "harbor vm @2026-11-12")
    assert stocked.ok("quotes").startswith("Followed up fewer than 5 times: 1 quote, $24k")


def test_a_call_after_the_quote_follows_it_up_on_the_same_day(shell: Shell) -> None:
    shell.ok("add", "Calla")
    for line in ("calla vm", "calla quote $24k", "calla na", "calla talk"):
        shell.ok("log", line)
    assert shell.ok("quotes").startswith("Followed up fewer than 5 times: 1 quote, $24k")
    said = shell.ok("explain", "calla")
    assert "1 of 5 attempts" in said
    assert "$24k quote, 1 of 5 attempts" in said


def test_a_quote_of_a_prospect_at_rest_says_until_when(stocked: Shell) -> None:
    stocked.ok("log", 'harbor cb 18jan because:budget "the board votes" @2026-11-18')
    told = stocked.ok("quotes")
    assert told.startswith("Open, but no follow-up is owed: 1 quote, $24k")
    assert told.endswith("; next on 18 Jan\n")
    (quote,) = stocked("quotes", "--json").json["others"]["quotes"]
    assert quote["rests_until"] == "2027-01-18"
    owed = stocked("report", "--since", "2026-11-01", "--json").json["sections"]["owed"]["rows"]
    assert [row["name"] for row in owed if row["what"].startswith("quote")] == []


def test_quotes_as_json_has_stable_keys(stocked: Shell) -> None:
    document = stocked("quotes", "--json", "--all").json
    assert list(document) == [
        *(
            "today",
            "closing_ratio",
            "closing_ratio_label",
            "threshold",
            "never",
            "fewer",
            "others",
            "enough",
            "by_list",
        )
    ]
    never = document["never"]
    assert list(never) == ["count", "amount", "on_the_desk", "quotes"]
    assert never["on_the_desk"] == [{"amount": "7200", "currency": "USD"}]
    assert list(never["quotes"][0]) == [
        *("id", "name", "owner", "value", "quote", "amount", "on_the_desk", "sent_on"),
        *("age_days", "attempts", "newest", "told_by", "last_touch_days", "rests_until"),
    ]
    assert "enough" not in stocked("quotes", "--json").json


def test_quotes_followed_up_often_enough_show_with_all(stocked: Shell) -> None:
    for day in ("07", "09", "11", "13", "17"):
        stocked.ok("log", f"harbor vm @2026-11-{day}")
    result = stocked("quotes")
    assert result.out == ""
    assert "1 followed up often enough: --all shows them" in result.err
    assert stocked.ok("quotes", "--all").startswith("Followed up 5 times or more: 1 quote, $24k")


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("due", "Nothing is due today; --days 7 looks ahead"),
        ("best", "There is nobody to contact now"),
        ("quotes", "No open quote waits for a follow-up"),
    ],
)
def test_an_empty_list_says_why(shell: Shell, command: str, words: str) -> None:
    empty = shell(command)
    assert (empty.status, empty.out) == (0, "")
    assert empty.err == "The pipeline is empty; add a prospect, import a list, or try demo\n"
    assert shell(command, "--json").status == 0
    assert shell.bytes is None
    shell.ok("add", "Acme", "--column", "nurture")
    result = shell(command)
    assert (result.status, result.out) == (0, "")
    assert words in result.err


@pytest.mark.parametrize("command", ["due", "best", "quotes"])
def test_a_filter_and_an_owner_narrow_it(stocked: Shell, command: str) -> None:
    assert "Solid" not in stocked.ok(command, "owner:ann")
    assert "Solid" not in stocked.ok(command, "--owner", "ann")
    assert "Harbor" not in stocked.ok(command, "value>30k")
    assert stocked.ok(command, "--", "-solid") == stocked.ok(command, "not:solid")
    assert "did you mean owner?" in stocked.fails(command, "ownr:ann", status=2)
    assert "Nobody called 'zoe'" in stocked.fails(command, "--owner", "zoe", status=2)
    assert "--owner needs a name" in stocked.fails(command, "--owner", " ", status=2)


@pytest.mark.parametrize("command", ["due", "best", "quotes"])
def test_a_filter_that_nobody_fits_is_wrong_usage(stocked: Shell, command: str) -> None:
    told = "No prospect on the board fits owner:nobody"
    assert told in stocked.fails(command, "owner:nobody", status=2)
    assert told in stocked.fails(command, "owner:nobody", "--json", status=2)
    assert "fits owner:raj rule:last-call" in stocked.fails(
        command, "owner:raj", "rule:last", status=2
    )
    assert "No prospect fits" in stocked("list", "owner:nobody").err


@pytest.mark.parametrize("command", ["due", "best", "quotes", "list", "review"])
def test_a_value_that_cannot_be_read_is_wrong_usage(stocked: Shell, command: str) -> None:
    assert "'abc' is not an amount" in stocked.fails(command, "value:abc", status=2)


def test_a_day_that_is_no_working_day_is_told_by_due_and_best(stocked: Shell) -> None:
    sunday = ("--today", "2026-11-22")
    for command, told in (("due", True), ("best", True), ("quotes", False)):
        assert ("today is Sunday, no working day of yours" in stocked(command, *sunday).err) is told
        assert "working day" not in stocked(command).err


def test_on_a_day_off_best_says_once_who_could_be_called(stocked: Shell) -> None:
    told = stocked("best", "--today", "2026-11-22").err
    assert "today is Sunday, no working day of yours: 4 to contact on Mon 23 Nov" in told
    assert "to contact now" not in told


def test_on_a_day_off_due_and_best_name_the_same_day(stocked: Shell) -> None:
    """Only what was agreed for the day off itself may be done on it."""
    sunday = ("--today", "2026-11-22", "--json")
    due = stocked("due", *sunday).json["due"]
    agreed = {"callback", "next-step"}
    moved = [d for d in due if not (d["kind"] in agreed and d["day"] == "2026-11-22")]
    assert moved
    assert min(d["earliest_next_touch"] for d in moved) >= "2026-11-23"
    assert "When  from 23 Nov" in stocked("explain", "solid", "--today", "2026-11-22").out


@pytest.mark.parametrize("width", [60, 80])
@pytest.mark.parametrize(
    "command", [("due",), ("best",), ("quotes",), ("list",), ("explain", "solid")]
)
def test_on_a_terminal_lines_break_between_words(
    stocked: Shell, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], width: int
) -> None:
    stocked.ok("add", "The Long and Winding Name of a Company, Inc.", "--value", "3k")
    piped = stocked.ok(*command, "--today", "2026-11-30")
    monkeypatch.setattr("review_board.cli.terminal.is_terminal", lambda _: True)
    monkeypatch.setenv("COLUMNS", str(width))
    shown = stocked.ok(*command, "--today", "2026-11-30")
    assert max(map(len, shown.splitlines())) <= width
    words = set(piped.split())
    assert {word for word in shown.split() if word not in words and "…" not in word} == set()


@pytest.mark.parametrize("command", ["due", "best", "quotes"])
def test_a_spoilt_record_is_told_and_the_rest_is_shown(stocked: Shell, command: str) -> None:
    text = stocked.path.read_text().replace('"amount":"9000"', '"amount":"-1"')
    stocked.path.write_text(text)
    result = stocked(command)
    assert result.status == 0
    assert "1 record cannot be read; run review-board doctor" in result.err
    assert result.out


VIEWS = """
[[views]]
name = "All of Raj"
filter = "owner:raj"
sort = "name"
[[views]]
name = "My own"
mine = true
"""


@pytest.fixture
def views(tmp_path: Path) -> tuple[str, ...]:
    """The options that name a settings file with two views."""
    file = tmp_path / "rb.toml"
    file.write_text(VIEWS, encoding="utf-8")
    return ("--config", str(file), "--view")


@pytest.mark.parametrize(
    ("command", "rajs", "anns"),
    [
        (("due", "--days", "9"), ["Solid"], ["Northgate", "Harbor"]),
        (("best",), ["Solid", "Kraft"], ["Harbor"]),
        (("quotes",), [], ["Harbor"]),
    ],
)
def test_a_view_is_a_filter_of_these_lists_and_leaves_their_order(
    stocked: Shell,
    views: tuple[str, ...],
    command: tuple[str, ...],
    rajs: list[str],
    anns: list[str],
) -> None:
    def shown(*arguments: str) -> list[str]:
        out = stocked.ok(*command, *views, *arguments)
        return [n for n in ("Northgate", "Harbor", "Solid", "Kraft") if n in out]

    assert shown("all of raj") == rajs
    assert shown("my own", "--as", "ann") == anns


@pytest.mark.parametrize("command", ["due", "best", "quotes"])
def test_a_view_that_nobody_fits_is_wrong_usage(
    stocked: Shell, views: tuple[str, ...], command: str
) -> None:
    told = stocked.fails(command, *views, "my", "--as", "zoe", "glass", status=2)
    assert "No prospect on the board fits owner zoe, glass" in told
    told = stocked.fails(command, *views, "all", "--owner", "ann", status=2)
    assert "No prospect on the board fits owner:raj owner:ann" in told


@pytest.mark.parametrize("command", ["due", "best", "quotes", "list", "review"])
def test_an_unknown_view_names_those_that_there_are(stocked: Shell, command: str) -> None:
    told = stocked.fails(command, "--view", "zzz", status=2)
    assert "There is no view 'zzz'; choose from everything, to-review, you-owe-them" in told


@pytest.mark.parametrize(
    ("arguments", "scope"),
    [
        (("all",), "owner:raj"),
        (("all", "tag:x"), "owner:raj tag:x"),
        (("my",), "owner ann"),
        (("my", "--owner", "lee"), "owner lee, owner:ann"),
    ],
)
def test_a_review_of_a_view_is_that_of_its_filter(
    shell: Shell,
    views: tuple[str, ...],
    arguments: tuple[str, ...],
    scope: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    opened: list[Scope] = []
    monkeypatch.setattr(screens, "open_review", lambda _, scope: opened.append(scope))
    shell.ok("review", *views, *arguments, "--as", "ann")
    assert [found.name for found in opened] == [scope]


def test_list_takes_the_same_filter(stocked: Shell) -> None:
    assert stocked.ok("list", "value>50k", "owner:ann").split()[0] == "Northgate"
    assert stocked.ok("list", "rule:live", "not:harbor").split()[0] == "Solid"
    assert "is not an amount" in stocked.fails("list", "value>lots", status=2)
    assert "needs a value" in stocked.fails("list", "value>", status=2)
