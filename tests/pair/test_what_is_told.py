"""What the report and ``calibrate`` tell of a pair review, and what old programs and files make of it."""

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

from review_board.board.board import Board
from review_board.board.undo import is_small_step
from review_board.cli.calibration_text import calibration_json, calibration_lines
from review_board.judgement.event_text import EventKind, events_of
from review_board.learning.from_ledger import calibration
from review_board.pipeline import changes
from review_board.pipeline.prospect import from_document
from review_board.pipeline.records import Won
from review_board.pipeline.verdict_record import VerdictRecord
from review_board.report.formats.html_page import report_html
from review_board.report.formats.plain_text import report_text
from review_board.report.formats.report_file import report_json
from review_board.report.look_back import ChangesRequest, prepare_changes
from review_board.report.prepare import ReportRequest, report_on
from tests.pair.two_people import NINE, Office, keep, settle, settle_by_bet, still_split


def reviewed(path: Path) -> Office:
    """One agreed, one split that became a bet."""
    office = Office(path)
    ann, raj = office.both()
    ann.vote(keep())
    raj.vote(keep())
    settle(ann, raj)
    still_split(ann, raj)
    settle_by_bet(ann, raj)
    settle(ann, raj)
    assert raj.current == "p-2"
    return office


def verdict_of(board: Board, card: str) -> VerdictRecord:
    return board.prospect(card).verdicts[-1]


def test_a_prospects_own_history_tells_how_two_came_to_a_verdict(tmp_path: Path) -> None:
    board = reviewed(tmp_path / "pipeline.json").board("mia")
    for card, words in (("p-0", "both agreed"), ("p-1", "on a bet")):
        events = events_of(board.prospect(card), board.today, board.settings)
        (told,) = (event.text for event in events if event.kind is EventKind.VERDICT)
        assert f"KEEP in Active, {words}" in told


def test_the_report_tells_the_split_and_how_far_they_agree(tmp_path: Path) -> None:
    board = reviewed(tmp_path / "pipeline.json").board("mia")
    section = next(s for s in report_on(board, "x").sections if s.key == "pair_votes")
    (row,) = section.rows
    told = dict(zip((c.key for c in section.columns), row, strict=True))
    assert told["name"] == "Warm 1"
    assert (
        told["first"]
        == "ann keep (call them 25 Nov), fairly sure; raj purge (no decision), certain"
    )
    assert (told["settled"], told["moved"], told["dissent"]) == ("on a bet", None, "raj")
    assert told["seconds"] == verdict_of(board, "p-1").seconds
    assert section.notes == (
        "ann and raj: 1 of 2 first votes agree; too few votes to tell it from chance (kappa 0.00)",
        "Not listed: 1 card on which they agreed at once.",
    )


def test_the_text_gives_each_fact_a_line_and_cuts_no_word(tmp_path: Path) -> None:
    lines = report_text(report_on(reviewed(tmp_path / "p.json").board("mia"), "x")).splitlines()
    assert "    Settled: on a bet" in lines
    assert "    First votes: ann keep (call them 25 Nov), fairly sure; raj purge (no" in lines
    assert "      decision), certain" in lines
    assert not any("Changed:" in line for line in lines)


def test_a_pair_review_is_that_of_both(tmp_path: Path) -> None:
    office = reviewed(tmp_path / "p.json")
    raj, mia = office.board("raj"), office.board("mia")
    assert report_on(raj, "x").remark == ""
    assert prepare_changes(raj, ChangesRequest(review=True))().begins.startswith("your review")
    assert report_on(mia, "x").remark.startswith("mia has no review yet; this is ann's")


def as_json(document: dict[str, Any]) -> dict[str, Any]:
    """Give a document as whoever reads it gets it: figures are text."""
    told: dict[str, Any] = json.loads(json.dumps(document, default=str))
    return told


def test_the_report_tells_the_same_figures_as_calibrate(tmp_path: Path) -> None:
    office = reviewed(tmp_path / "pipeline.json")
    office.board("mia").change("p-1", lambda p, _: changes.win(p, Won(on=NINE.date())), "won")
    office.now += timedelta(days=1)
    board = office.board("mia")
    report = report_on(board, "x")
    told = json.loads(report_json(report))["sections"]
    found = as_json(calibration_json(calibration(board).figures, board.today.day))["pair_reviews"]
    (pair,), (given,) = told["pair_agreement"]["rows"], found["pairs"]
    assert pair["people"] == "ann and raj"
    assert [pair[key] for key in ("cards", "agreed", "kappa", "low", "high")] == [
        given[key] for key in ("cards", "agreed", "kappa", "low", "high")
    ]
    assert pair["rate"] == "0.5"
    assert told["right_later"]["rows"] == found["right_later"]
    assert told["right_later"]["rows"] == [
        {"by": "ann", "right": 1, "ended": 1},
        {"by": "raj", "right": 0, "ended": 1},
    ]
    assert {row["end"]: row["count"] for row in told["bet_ends"]["rows"]} == found["bets"]
    assert [row["id"] for row in told["both_against"]["rows"]] == found["record_against_both"]
    for text in (report_text(report), report_html(report)):
        for words in ("How far two people agree", "Who was right later", "What became of bets"):
            assert words in text


def test_a_report_without_two_people_says_nothing_of_them(tmp_path: Path) -> None:
    office = Office(tmp_path / "pipeline.json")
    told = report_on(office.board("mia"), "x", ReportRequest(since=NINE.date()))
    assert not {"pair_agreement", "right_later", "bet_ends"} & {s.key for s in told.shown}


def test_calibrate_tells_it_as_text_and_json(tmp_path: Path) -> None:
    board = reviewed(tmp_path / "pipeline.json").board("mia")
    figures = calibration(board).figures
    lines = "\n".join(calibration_lines(figures, 20))
    assert "Two people, one verdict" in lines
    assert "ann and raj: 1 of 2 first votes agree" in lines
    assert "bets: 1 open" in lines
    assert "1 split; none has ended yet" in lines
    found = as_json(calibration_json(figures, board.today.day))["pair_reviews"]
    assert found["bets"] == {"open": 1}
    assert found["pairs"][0] | {"low": None} == {
        "people": ["ann", "raj"],
        "cards": 2,
        "agreed": 1,
        "votes": [[1, 1], [0, 0]],
        "kappa": "0.0000",
        "low": None,
        "high": None,
    }


def test_the_history_tells_the_verdicts_and_not_each_step(tmp_path: Path) -> None:
    board = reviewed(tmp_path / "pipeline.json").board("mia")
    told = [commit.action for commit in board.history() if not is_small_step(commit)]
    assert told[:-2] == [
        "kept Warm 1 → Active, by ann and raj",
        "kept Warm 0 → Active, by ann and raj",
        "joined the pair review",
        "started a pair review",
    ]


def test_a_verdict_of_an_older_file_reads_as_before(tmp_path: Path) -> None:
    document = dict(reviewed(tmp_path / "pipeline.json").board("mia").documents()["p-0"])
    (verdict,) = document["verdicts"]
    assert verdict["pair"]["settled"] == "agreed"
    older = {key: value for key, value in verdict.items() if key != "pair"}
    (read,) = from_document({**document, "verdicts": [older]}).verdicts
    assert (read.pair, read.people) == (None, ("ann and raj",))
