"""``changes`` and ``stats`` on the command line: their words, their JSON, the cards behind a number."""

from pathlib import Path

import pytest

from review_board.report.change_kinds import ChangeKind
from tests.cli.conftest import Shell


@pytest.fixture
def changed(shell: Shell) -> Shell:
    """One card was there before, one came in, and the first was dropped; the third was taken back."""
    shell.ok("add", "Old Mill", "--value", "5k", "--owner", "ann", "--today", "2026-11-10")
    shell.ok("add", "New Dawn", "--value", "24k", "--owner", "raj")
    shell.ok("move", "old mill", "dropped", "--reason", "no-budget")
    shell.ok("add", "Mistake", "--value", "1M")
    shell.ok("undo")
    return shell


def test_changes_are_counted_and_added_up_by_column_and_rep(changed: Shell) -> None:
    lines = changed.ok("changes", "--since", "2026-11-15").splitlines()
    assert lines[0] == "Since Sun 15 Nov: 1 came in, 1 purged."
    assert lines[3].split()[:4] == ["Came", "in", "1", "$24k"]
    assert lines[4].strip() == "Active 1 ($24k) · raj 1 ($24k)"
    assert lines[5].split()[:3] == ["Purged", "1", "$5k"]
    assert lines[6].strip() == "Dropped 1 ($5k) · ann 1 ($5k)"


def test_a_number_opens_its_cards(changed: Shell) -> None:
    out = changed.ok("changes", "--since", "2026-11-15", "--list", "purged")
    assert "Old Mill" in out
    assert "from Active to Dropped: no budget" in out
    assert "New Dawn" not in out
    assert changed.ok("changes", "--since", "2026-11-15", "--list", "Purged") == out
    assert "Dawn" in changed.ok("changes", "--since", "2026-11-15", "--list", "Came in")


def test_what_is_no_change_is_told_how_one_is_named(changed: Shell) -> None:
    refused = changed("changes", "--of", "last")
    assert refused.status == 2
    assert "'last' is no change; write its number, as history names it, or import" in refused.err


def test_the_same_as_json(changed: Shell) -> None:
    found = changed("changes", "--since", "2026-11-15", "--json").json
    assert found["changes"]["came-in"]["by_rep"]["raj"]["count"] == 1
    assert found["changes"]["purged"]["sum"] == [{"amount": "5000", "currency": "USD"}]
    assert found["changes"]["purged"]["cards"][0]["name"] == "Old Mill"
    assert found["changes"]["came-in"]["by_column"]["active"]["count"] == 1
    assert found["changes"]["won"]["count"] == 0
    assert set(found["changes"]) == {*ChangeKind}


def test_the_table_has_a_row_for_who_left_the_list_in_eighty_cells(
    changed: Shell, tmp_path: Path
) -> None:
    path = tmp_path / "deals.csv"
    for names in (("Acme", "Bolt", "Core", "Dove"), ("Acme", "Bolt", "Core")):
        rows = "".join(f"{name},Lead,9000\n" for name in names)
        path.write_text(f"Company,Stage,Value\n{rows}", encoding="utf-8")
        changed.ok("import", str(path), "--yes")
    lines = changed.ok("changes").splitlines()
    assert any(line.split()[:4] == ["Left", "the", "list", "1"] for line in lines)


def test_a_filter_says_whose_changes_and_figures_are_meant(changed: Shell) -> None:
    only = changed.ok("changes", "owner:raj", "value>10k", "--since", "2026-11-15")
    assert only.startswith("Since Sun 15 Nov: 1 came in.")
    assert "1 purged" in changed.ok("changes", "column:dropped", "--since", "2026-11-15")
    found = changed("stats", "owner:raj", "--json").json
    assert [rep["rep"] for rep in found["reps"]] == ["raj"]
    assert found["owed_by_owner"] == [], "a lead of today is owed no call yet"
    for name in ("changes", "stats"):
        refused = changed.fails(name, "value>2M", status=2)
        assert "No prospect on the board fits value>2000000" in refused


def test_a_day_ahead_is_wrong_usage_and_no_review_is_refused(changed: Shell) -> None:
    assert "--since" in changed.fails("changes", "--since", "2026-12-24", status=2)
    for typed in ("review", "session"):  # its old name, which scripts may still type
        assert "No review is on record" in changed.fails("changes", "--since", typed)


def test_the_weekday_of_today_is_today(changed: Shell) -> None:
    assert changed.ok("changes", "--since", "fri").startswith("Since Fri 20 Nov (today): 1 came in")


def test_nothing_changed_is_said(shell: Shell) -> None:
    assert shell.ok("changes") == "Since Fri 13 Nov: nothing changed.\n"


def test_stats_in_words_and_as_json(changed: Shell) -> None:
    lines = changed.ok("stats", "--since", "2026-11-09").splitlines()
    assert lines[0] == "2 weeks since 9 Nov: nothing was decided in a review."
    assert any(line.split()[:2] == ["Active", "██"] for line in lines)
    assert any(line.startswith("Mon 16 Nov") for line in lines)
    found = changed("stats", "--since", "2026-11-09", "--json").json
    assert [week["active"] for week in found["weeks"]] == [1, 1]
    assert [rep["rep"] for rep in found["reps"]] == ["raj", "ann"]
    assert "--since" in changed.fails("stats", "--since", "2026-12-24", status=2)


def test_an_empty_pipeline_has_no_statistics_and_says_what_fills_it(shell: Shell) -> None:
    assert (
        shell("stats").err == "The pipeline is empty; add a prospect, import a list, or try demo\n"
    )
