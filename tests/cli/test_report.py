"""``report``: which report, in which format, to the terminal or to a file."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from review_board.board.board import Board
from review_board.pipeline.agreed_callback import AgreedCallback
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.review.controller import ReviewController
from review_board.review.scope import Scope
from review_board.review.verdicts import Decision
from review_board.settings.tree import Settings
from review_board.store.file_store import FileStore
from tests.cli.conftest import Shell

DROP = Decision(Column.DROPPED, reason=DropReason.ONLY_DEFERRALS)


class Clock:
    """A minute later each time it is asked."""

    def __init__(self, hour: int = 9) -> None:
        self.now = datetime(2026, 11, 20, hour, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


def review_of(shell: Shell, name: str, hour: int = 9) -> Shell:
    """Add a prospect that put us off three times, and drop it in a review by ann."""
    shell.ok("add", name, "--value", "24k", "--today", "2026-09-01")
    for day in ("2026-09-02", "2026-10-02", "2026-11-02"):
        shell.ok("log", f'{name.split(maxsplit=1)[0]} cb 4jan "call me in january"', "--today", day)
    board = Board(FileStore(shell.path), Settings(), Clock(hour), UTC, "ann", "review").open()
    controller = ReviewController.open(board)
    assert controller.current is not None
    controller.decide(DROP, board.recommendation(controller.current), 25)
    controller.finish()
    board.close()
    return shell


@pytest.fixture
def reviewed(shell: Shell) -> Shell:
    """A pipeline of one prospect, dropped in a review by ann."""
    return review_of(shell, "Acme [/foo] AG")


def test_text_is_what_one_gets(reviewed: Shell) -> None:
    out = reviewed.ok("report", "--as", "ann")
    assert out.startswith("Pipeline review: pipeline, week 47\n")
    assert "1 card decided" in out
    assert "Acme [/foo] AG" in out


def test_the_last_of_several_reviews_says_how_to_see_the_others(reviewed: Shell) -> None:
    assert "other review" not in reviewed("report", "--as", "ann").err
    review_of(reviewed, "Borden", 10)
    told = reviewed("report", "--as", "ann").err
    assert "There is 1 other review with decisions: --reviews lists all, --since DATE" in told
    session = reviewed("report", "--reviews", "--json").json[0]["id"]
    assert "other review" not in reviewed("report", "--review", session).err


def test_a_report_of_somebody_elses_review_says_so(reviewed: Shell) -> None:
    of_ann = reviewed("report", "--as", "raj")
    assert "raj has no review yet; this is ann's of 20 Nov" in of_ann.err
    assert of_ann.out == reviewed.ok("report", "--as", "ann")
    assert "raj" not in reviewed("report", "--as", "ann").err
    session = reviewed("report", "--reviews", "--json").json[0]["id"]
    assert "raj" not in reviewed("report", "--as", "raj", "--review", session).err


def test_a_review_by_its_old_options(reviewed: Shell) -> None:
    """Scripts may still say session."""
    assert reviewed.ok("report", "--sessions") == reviewed.ok("report", "--reviews")
    session = reviewed("report", "--reviews", "--json").json[0]["id"]
    assert reviewed.ok("report", "--session", session) == reviewed.ok("report", "--review", session)
    assert "session" not in reviewed.ok("report", "--help")


def test_who_settled_nothing_yet_is_told_so(reviewed: Shell) -> None:
    reviewed.ok("add", "Second", "--today", "2026-09-01")
    board = Board(FileStore(reviewed.path), Settings(), Clock(10), UTC, "raj", "review").open()
    ReviewController.open(board, Scope(everything=True)).skip()
    board.close()
    told = reviewed("report", "--as", "raj").err
    assert "raj has decided on no card in a review yet; this is ann's of 20 Nov" in told
    reviewed.ok("edit", "acme", "--owner", "sue")
    told = reviewed("report", "--as", "raj", "--owner", "Sue").err
    assert "raj has decided on no card of Sue's in a review yet" in told


@pytest.mark.parametrize(
    ("kind", "begins"), [("md", "# Pipeline"), ("html", "<!DOCTYPE html>"), ("json", "{")]
)
def test_every_format_goes_to_stdout_and_to_a_file(
    reviewed: Shell, tmp_path: Path, kind: str, begins: str
) -> None:
    out = reviewed.ok("report", "--format", kind)
    assert out.startswith(begins)
    path = tmp_path / f"report.{kind}"
    assert reviewed.ok("report", "-o", str(path)) == f"saved the report to {path}\n"
    assert path.read_text("utf-8") == out
    assert path.stat().st_mode & 0o777 == 0o600


def test_callbacks_go_into_a_calendar_with_its_own_line_ends(
    reviewed: Shell, tmp_path: Path
) -> None:
    assert "No callback of this report" in reviewed.fails("report", "--format", "ics")
    reviewed.ok("add", "Northgate Schools")
    reviewed.ok("log", 'northgate cb 18jan 10:30 because:budget "the board votes"')
    board = Board(FileStore(reviewed.path), Settings(), Clock(10), UTC, "ann", "review").open()
    controller = ReviewController.open(board, Scope(everything=True, column=Column.CALLBACK))
    assert controller.current is not None
    kept = board.prospect(controller.current).callback
    assert kept
    controller.decide(
        Decision(Column.CALLBACK, callback=AgreedCallback.of(kept)),
        board.recommendation(controller.current),
        25,
    )
    controller.finish()
    board.close()
    path = tmp_path / "callbacks.ics"
    reviewed.ok("report", "-o", str(path))
    assert b"DTSTART:20270118T103000\r\n" in path.read_bytes()
    assert "Northgate Schools" in reviewed.ok("report", "--format", "ics")
    assert "Mon 18 Jan 10:30" in reviewed.ok("report")
    (row,) = reviewed("report", "--format", "json").json["sections"]["callbacks"]["rows"]
    assert (row["on"], row["time"]) == ("2027-01-18", "10:30")


def test_a_file_in_the_way_stays_unless_told(reviewed: Shell, tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("mine")
    assert "--force" in reviewed.fails("report", "-o", str(path))
    assert path.read_text() == "mine"
    reviewed.ok("report", "-o", str(path), "--force")
    assert path.read_text().startswith("# Pipeline")


def test_a_format_that_contradicts_the_name_of_the_file_is_refused(
    reviewed: Shell, tmp_path: Path
) -> None:
    for name, *asked in (("x.ics", "--format", "md"), ("j.html", "--json")):
        said = reviewed.fails("report", "-o", str(tmp_path / name), *asked, status=2)
        assert f"The name {name} asks for {name.partition('.')[2]}, but" in said
    assert list(tmp_path.glob("?.*")) == []
    reviewed.ok("report", "-o", str(tmp_path / "x.htm"), "--format", "html")
    reviewed.ok("report", "-o", str(tmp_path / "bare"), "--json")


def test_json_is_the_json_format(reviewed: Shell) -> None:
    found = reviewed("report", "--json").json
    assert (found["format"], found["schema"]) == ("review_board report", 1)
    assert reviewed.ok("report", "--format", "json") == reviewed.ok("report", "--json")
    assert "exclude each other" in reviewed.fails("report", "--json", "--format", "md", status=2)


def test_the_verdict_is_taken_back_by_its_number(reviewed: Shell) -> None:
    (row,) = reviewed("report", "--json").json["sections"]["purged"]["rows"]
    reviewed.ok("undo", "--seq", str(row["undo"]))
    assert reviewed("report", "--json").json["sections"]["purged"]["rows"] == []


def test_a_session_by_its_id_or_everything_since_a_day(reviewed: Shell) -> None:
    session = reviewed("report", "--json").json["session"]
    assert reviewed("report", "--review", session, "--json").json["settled"] == 1
    assert reviewed("report", "--since", "2026-11-01", "--json").json["settled"] == 1
    assert reviewed("report", "--since", "60 days ago", "--json").json["settled"] == 1
    assert "still to come" in reviewed.fails("report", "--since", "2099-01-01", status=2)
    assert "No review is on record" in reviewed.fails("report", "--today", "2020-01-01")
    assert "exclude each other" in reviewed.fails(
        "report", "--since", "2026-11-01", "--review", session, status=2
    )
    assert "--since" in reviewed.fails("report", "--since", "soon", status=2)
    assert session in reviewed.fails("report", "--review", "other", status=2)


def test_an_unknown_owner_is_wrong_usage(reviewed: Shell) -> None:
    assert "Nobody called 'eve'" in reviewed.fails("report", "--owner", "eve", status=2)


def test_without_a_review_it_says_what_to_do(shell: Shell) -> None:
    shell.ok("add", "Acme")
    assert "review-board review" in shell.fails("report")


def test_a_file_of_no_format_of_ours_is_refused_by_name(reviewed: Shell, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    said = reviewed.fails("report", "-o", str(path), status=2)
    assert "cannot be written as .pdf; choose from .html, .md, .txt, .json and" in said
    assert not path.exists()
    away = tmp_path / "away"
    assert f"There is no folder {away}" in reviewed.fails("report", "-o", str(away / "x.html"))


def test_the_sessions_are_listed(reviewed: Shell) -> None:
    (line,) = reviewed("report", "--reviews", "--json").json
    assert (line["day"], line["by"], line["scope"]) == ("2026-11-20", "ann", "")
    assert (line["settled"], line["cards"], line["finished"]) == (1, 1, True)
    shown = reviewed.ok("report", "--reviews")
    assert shown == f"{line['id']}  20 Nov  ann  1 of 1 decided\n"
    for beside in (("-o", "x.md"), ("--all",), ("--force",)):
        assert "exclude each other" in reviewed.fails("report", "--reviews", *beside, status=2)


def test_without_a_review_the_list_is_empty(shell: Shell) -> None:
    shell.ok("add", "Acme")
    assert shell("report", "--reviews", "--json").json == []
    assert "No review is on record" in shell("report", "--reviews").err
