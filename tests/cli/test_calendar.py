"""``calendar`` writes a file and brings it up to date; the setting does so after each change."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from icalendar import Calendar

from review_board.cli.kept_calendar import KeptCalendar
from review_board.errors import ReviewBoardError
from tests.cli.conftest import Shell
from tests.tui.conftest import disk_of, document, open_board


def statuses(file: Path) -> dict[str, tuple[int, str]]:
    calendar: Any = Calendar.from_ical(file.read_bytes())
    return {
        str(e["summary"]): (int(e.get("sequence", 0)), str(e.get("status", "")))
        for e in calendar.walk("VEVENT")
    }


@pytest.fixture
def two(shell: Shell) -> Shell:
    """Two prospects with a next step."""
    shell.ok("add", "Harbor", "--owner", "ann", "--next", "send the deck 2027-02-01")
    shell.ok("add", "Pell", "--owner", "raj", "--next", "call 2027-02-02")
    return shell


def test_a_file_is_written_and_brought_up_to_date(two: Shell, tmp_path: Path) -> None:
    file = tmp_path / "calls.ics"
    assert two.ok("calendar", "-o", str(file)) == f"saved 2 events to {file}\n"
    assert two.ok("calendar", "-o", str(file)) == f"unchanged {file}: 2 events\n"
    two.ok("move", "pell", "dropped", "--reason", "no-need")
    two.ok("calendar", "-o", str(file))
    assert statuses(file) == {
        "Harbor: the next step": (0, ""),
        "Pell: the next step": (1, "CANCELLED"),
    }


def test_a_filter_narrows_it_and_stdout_takes_it(two: Shell) -> None:
    text = two.ok("calendar", "--owner", "ann")
    assert "Harbor: the next step" in text
    assert "Pell" not in text


def test_another_file_is_never_replaced(two: Shell, tmp_path: Path) -> None:
    file = tmp_path / "notes.txt"
    file.write_text("mine", encoding="utf-8")
    assert "is no calendar that can be read" in two.fails("calendar", "-o", str(file))
    assert "folder" in two.fails("calendar", "-o", str(tmp_path))
    assert file.read_text(encoding="utf-8") == "mine"


def test_the_setting_keeps_a_file_up_to_date(
    two: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.ics"
    monkeypatch.setenv("REVIEW_BOARD_CALENDAR__FILE", str(file))
    two.ok("list")
    assert not file.exists(), "reading changes nothing"
    two.ok("edit", "harbor", "--value", "5000")
    assert statuses(file) == {"Harbor: the next step": (0, ""), "Pell: the next step": (0, "")}
    two.ok("move", "harbor", "dropped", "--reason", "no-need")
    assert statuses(file)["Harbor: the next step"] == (2 - 1, "CANCELLED")
    two.ok("undo")
    assert statuses(file)["Harbor: the next step"] == (2, "")


def test_only_mine_are_kept_where_that_is_set(
    two: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.ics"
    monkeypatch.setenv("REVIEW_BOARD_CALENDAR__FILE", str(file))
    monkeypatch.setenv("REVIEW_BOARD_CALENDAR__MINE", "true")
    two.ok("edit", "harbor", "--value", "5000", "--as", "raj")
    assert list(statuses(file)) == ["Pell: the next step"]


def test_a_file_in_the_way_is_told_and_the_change_is_saved(
    two: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "kept.ics"
    file.mkdir()
    monkeypatch.setenv("REVIEW_BOARD_CALENDAR__FILE", str(file))
    result = two("edit", "harbor", "--value", "5000")
    assert result.status == 0
    assert "The calendar file was not brought up to date" in result.err


def test_what_could_not_be_written_is_made_up_for_with_the_next_change(tmp_path: Path) -> None:
    step = {"action": "call", "on": "2027-02-01"}
    pipeline = (document("Harbor", next_step=step), document("Pell", next_step=step))
    board, file = open_board(disk_of(pipeline)), tmp_path / "kept.ics"
    kept = KeptCalendar(board, file, mine=False)

    def write(prospect_id: str, **fields: Any) -> None:
        board.change(prospect_id, lambda p, _: p.with_changes(**fields), "edited")
        job = kept.prepare()
        assert job is not None
        job()

    write("p-harbor", company="one")
    hidden = file.rename(tmp_path / "hidden")
    file.mkdir()
    with pytest.raises(ReviewBoardError, match="was not brought up to date"):
        write("p-pell", next_step=None)
    file.rmdir()
    hidden.rename(file)
    write("p-harbor", company="two")
    assert statuses(file)["Pell: the next step"] == (1, "CANCELLED")


def test_a_name_that_is_no_calendar_is_refused(two: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("REVIEW_BOARD_CALENDAR__FILE", "notes.txt")
    assert "must end in .ics" in two.fails("list")


_WRITER = """
import sys
from datetime import UTC, date, datetime
from pathlib import Path
from review_board.cli.kept_calendar import update_calendar
from review_board.tasks.appointments import Appointment
path, name = Path(sys.argv[1]), sys.argv[2]
for number in range(12):
    one = f"{name}-{number}"
    found = [Appointment(f"{one}.next@review-board", date(2027, 1, 5), None, one, ())]
    update_calendar(path, found, datetime.now(UTC), {one})
"""


def test_two_processes_that_write_one_calendar_lose_no_event(tmp_path: Path) -> None:
    file = tmp_path / "both.ics"
    made = [
        subprocess.Popen([sys.executable, "-c", _WRITER, str(file), name])
        for name in ("ann", "bob")
    ]
    assert [process.wait(60) for process in made] == [0, 0]
    wanted = {f"{name}-{number}" for name in ("ann", "bob") for number in range(12)}
    assert set(statuses(file)) == wanted
    assert sorted(p.name for p in tmp_path.iterdir()) == ["both.ics"]
