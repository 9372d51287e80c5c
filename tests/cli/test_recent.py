"""The pipelines opened last: private, the newest first, never a demo, whatever stands in the file."""

import json
import stat
from pathlib import Path

import pytest

from review_board.board.runner import Inline
from review_board.cli.context import Invocation
from review_board.cli.private_state import DEMO, MOST, note_opened, recent_pipelines
from review_board.cli.screens import PipelineDoors
from tests.cli.conftest import Shell


@pytest.fixture
def file(shell: Shell, tmp_path: Path) -> Path:
    return tmp_path / "state" / "review-board" / "recent.json"


def test_the_newest_comes_first_and_each_once(file: Path) -> None:
    for name in ("a", "b", "a", "c"):
        note_opened(Path(f"/pipes/{name}.json"))
    assert [path.stem for path in recent_pipelines()] == ["c", "a", "b"]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_only_so_many_are_kept_and_no_demo(file: Path) -> None:
    for number in range(MOST + 3):
        note_opened(Path(f"/pipes/{number}.json"))
    note_opened(Path(f"/tmp/{DEMO}x1/rep.json"))
    assert len(recent_pipelines()) == MOST
    assert recent_pipelines()[0].stem == str(MOST + 2)


@pytest.mark.parametrize(
    "text",
    ["", "{}", "[1, null]", "[" * 100_000, '["relative.json", "/nul\\u0000byte"]', "\udcff"],
)
def test_whatever_stands_there_is_no_harm(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True)
    file.write_bytes(text.encode("utf-8", "surrogateescape"))
    assert recent_pipelines() == []
    note_opened(Path("/pipes/[bold]\x1b[2J.json"))
    assert json.loads(file.read_text("utf-8")) == ["/pipes/[bold]\x1b[2J.json"]
    assert recent_pipelines() == [Path("/pipes/[bold]\x1b[2J.json")]


def test_a_place_that_cannot_be_written_is_no_harm(file: Path) -> None:
    file.parent.parent.mkdir(parents=True, exist_ok=True)
    file.parent.write_text("in the way", encoding="utf-8")
    note_opened(Path("/pipes/a.json"))
    assert recent_pipelines() == []


def test_another_pipeline_opens_with_the_same_person_day_and_settings(
    file: Path, tmp_path: Path
) -> None:
    call = Invocation()
    call.person, call.pretended_day = "ann", "2026-11-20"
    doors = PipelineDoors(call)
    opening = doors.at(tmp_path / "south.json")
    assert opening.title == "south"
    from review_board.board.runner import Inline

    board = opening.opener(Inline())
    assert (board.by, board.today.day.isoformat()) == ("ann", "2026-11-20")
    assert recent_pipelines() == [tmp_path / "south.json"]
    opening.taken_up()
    assert doors.current == tmp_path / "south.json"
    board.close()


@pytest.mark.usefixtures("shell")
def test_a_sample_is_a_fresh_demo_beside_the_pipeline_in_use(tmp_path: Path) -> None:
    doors = PipelineDoors(Invocation())
    opening = doors.sample()
    assert (opening.title, opening.is_demo) == ("rep", True)
    board = opening.opener(Inline())
    assert len(board.documents()) == 60
    board.close()
    opening.taken_up()
    assert doors.current.parent.name.startswith(DEMO)
    assert recent_pipelines() == []


def test_a_notice_about_the_name_names_the_key_in_force_and_leaves_what_was_typed(
    shell: Shell, tmp_path: Path
) -> None:
    shell.ok("--as", "Karla {a.b:c}", "add", "Acme")
    config = tmp_path / "config.toml"
    config.write_text('[keys]\n"board.mine" = "f6"\n', encoding="utf-8")
    call = Invocation()
    call.pipeline_file, call.settings_file, call.person = str(shell.path), str(config), "Karla"
    board = PipelineDoors(call).acting_as("Karla").opener(Inline())
    board.close()
    said = "nobody in this list is called Karla; did you mean Karla {a.b:c}? f6 asks who you are"
    assert said in board.notices


def test_who_has_said_who_they_are_is_not_asked_again(shell: Shell) -> None:
    shell.ok("add", "Acme", "--owner", "Camille Durand")
    call = Invocation()
    call.pipeline_file = str(shell.path)
    board = PipelineDoors(call).acting_as("Bob Manager").opener(Inline())
    board.close()
    assert (board.by, board.settings.my_name) == ("Bob Manager", "Bob Manager")


def test_the_same_pipeline_opens_with_another_question_pack(shell: Shell) -> None:
    shell.ok("add", "Acme")
    call = Invocation()
    call.pipeline_file = str(shell.path)
    board = PipelineDoors(call).asking("meddic").opener(Inline())
    board.close()
    assert board.settings.questions.pack == "meddic"
    assert call.settings.questions.pack == "weiss"
