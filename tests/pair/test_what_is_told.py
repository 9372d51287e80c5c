"""What the report and ``calibrate`` tell of a pair review, and what old programs and files make of it."""

import json
from pathlib import Path

from review_board.board.undo import is_small_step
from review_board.cli.calibration_text import calibration_json, calibration_lines
from review_board.learning.from_ledger import calibration
from review_board.pipeline.prospect import from_document
from review_board.report.prepare import report_on
from tests.pair.two_people import Office, keep, settle, settle_by_bet, still_split


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


def test_the_report_tells_the_split_and_how_far_they_agree(tmp_path: Path) -> None:
    board = reviewed(tmp_path / "pipeline.json").board("mia")
    section = next(s for s in report_on(board, "x").sections if s.key == "pair_votes")
    (row,) = section.rows
    told = dict(zip((c.key for c in section.columns), row, strict=True))
    assert told["name"] == "Warm 1"
    assert told["first"] == "ann keep, sure 2; raj purge, sure 3"
    assert (told["settled"], told["dissent"]) == ("on a bet", "raj")
    assert section.notes == (
        "ann and raj: 1 of 2 first votes agree; kappa 0.00, too few votes for its interval",
    )


def test_calibrate_tells_it_as_text_and_json(tmp_path: Path) -> None:
    board = reviewed(tmp_path / "pipeline.json").board("mia")
    figures = calibration(board).figures
    lines = "\n".join(calibration_lines(figures, 20))
    assert "Two people, one verdict" in lines
    assert "ann and raj: 1 of 2 first votes agree" in lines
    assert "bets: 1 open" in lines
    assert "1 split; none has ended yet" in lines
    found = calibration_json(figures, board.today.day)["pair_reviews"]
    assert json.loads(json.dumps(found)) == found
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
