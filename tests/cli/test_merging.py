"""``merge`` and ``duplicates`` on the command line."""

from typing import Any

import pytest

from tests.cli.conftest import Shell


@pytest.fixture
def two(shell: Shell) -> Shell:
    shell.ok("add", "Harbor Auto Glass", "--value", "24k", "--owner", "ann")
    shell.ok("add", "Harbour Auto Glass", "--value", "30k", "--owner", "raj")
    shell.ok("log", "harbour vm")
    return shell


def test_both_histories_are_one_and_one_undo_takes_it_back(two: Shell) -> None:
    def records() -> list[dict[str, Any]]:
        return [two.document(who) | {"rev": 0} for who in ("harbor", "harbour")]

    before = records()
    out = two.ok("merge", "harbor", "harbour")
    assert out.startswith("saved Harbour Auto Glass merged into Harbor Auto Glass\n")
    assert "Harbor Auto Glass gets 1 contact logged." in out
    (only,) = two("list", "--json").json["prospects"]
    assert only["name"] == "Harbor Auto Glass"
    page = two.ok("show", "harbor")
    assert "voicemail" in page
    assert "value: $30,000" in page
    assert "merged Harbour Auto Glass into Harbor Auto Glass" in two.ok("history")
    two.ok("undo")
    assert records() == before


def test_a_dry_run_says_it_and_stores_nothing(two: Shell) -> None:
    before = two.bytes
    assert two.ok("merge", "harbor", "harbour", "--dry-run").startswith("nothing stored: ")
    told = two("merge", "harbor", "harbour", "--dry-run", "--json").json
    assert told["stored"] is False
    assert told["joined"]["touches"] == 1
    assert "value: $30,000" in told["otherwise"]
    assert two.bytes == before


def test_who_is_open_or_worth_more_is_proposed_to_be_kept_and_the_order_can_be_swapped(
    two: Shell,
) -> None:
    shown = two("duplicates")
    assert (
        "Harbour Auto Glass, Active, $30,000, raj · Harbor Auto Glass, Active, $24,000" in shown.out
    )
    assert "swap the two to keep the other" in " ".join(shown.err.split())
    asked = two("merge", "harbor", "harbour", "--dry-run").err
    words = " ".join(asked.split())
    assert "to keep Harbour Auto Glass instead, of which more is on record: merge " in words
    two.ok("drop", "harbour", "--reason", "no-need", "--against", "gone", "--start-anew", "no")
    (pair,) = two("duplicates", "--json").json["pairs"]
    assert pair["one_name"] == "Harbor Auto Glass"
    done = " ".join(two("merge", pair["one"], pair["other"]).err.split())
    assert f"to keep Harbour Auto Glass instead: undo, then merge {pair['other']}" in done


def test_one_and_the_same_is_refused(two: Shell) -> None:
    assert "one and the same" in two.fails("merge", "harbor", "harbor")


def test_pairs_are_listed_with_why_and_told_apart_for_good(two: Shell) -> None:
    assert "nearly the same name (97 %)" in two.ok("duplicates")
    (pair,) = two("duplicates", "--json").json["pairs"]
    assert {pair["one_name"], pair["other_name"]} == {"Harbor Auto Glass", "Harbour Auto Glass"}
    out = two.ok("duplicates", "--not-same", "harbor", "harbour")
    assert out == "saved Harbor Auto Glass and Harbour Auto Glass are not the same\n"
    assert two("duplicates", "--json").json == {"count": 0, "pairs": []}
    assert "No two prospects look alike" in two("duplicates").err
    two.ok("doctor")


def test_what_was_told_apart_can_be_proposed_again(two: Shell) -> None:
    two.ok("duplicates", "--not-same", "harbor", "harbour")
    assert two.ok("duplicates", "--not-same", "harbour", "harbor").startswith("unchanged ")
    out = two.ok("duplicates", "--same", "harbour", "harbor")
    assert out == "saved Harbour Auto Glass and Harbor Auto Glass may be the same\n"
    assert two("duplicates", "--json").json["count"] == 1
    assert two.ok("duplicates", "--same", "harbor", "harbour").startswith("unchanged ")


def test_forgetting_who_was_merged_erases_both(two: Shell) -> None:
    two.ok("merge", "harbor", "harbour")
    two.ok("forget", "harbor", "--yes")
    for path in two.path.parent.rglob("*"):
        assert not path.is_file() or b"Harbour Auto" not in path.read_bytes(), path
