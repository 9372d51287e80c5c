"""``doctor``: looks by default, mends when asked."""

from pathlib import Path

import pytest

import sample_pipelines
from review_board.cli.private_state import state_folder
from tests.cli.conftest import Shell


def test_a_sound_pipeline(shell: Shell) -> None:
    shell.ok("add", "Acme")
    assert all(line.startswith("ok ") for line in shell.ok("doctor").splitlines())
    assert {f["weight"] for f in shell("doctor", "--json").json["findings"]} == {"good"}


def test_no_pipeline_yet(shell: Shell) -> None:
    assert "does not exist" in shell.ok("doctor")
    assert shell.bytes is None


@pytest.mark.parametrize("folder", ["", "nowhere/"])
def test_a_mistyped_name_leaves_nothing_behind(shell: Shell, folder: str) -> None:
    place = shell.path.with_name("mistyped")
    place.mkdir()
    name = str(place / f"{folder}none.json")
    for words in ("doctor", "list", "history", "undo", "show x", "log x vm", "forget x"):
        shell("--file", name, *words.split())
    for option in ("--compact", "--repair", "--restore"):
        assert "see whether the name is right" in shell.fails("--file", name, "doctor", option)
    assert list(place.iterdir()) == []


def test_a_torn_file_is_told_and_restored(shell: Shell) -> None:
    shell.ok("add", "Acme")
    shell.ok("add", "Bolt")
    shell.path.write_bytes(shell.path.read_bytes()[:50])
    cure = f"`review-board --file {shell.path} doctor --restore` brings the pipeline back"
    assert cure in shell.fails("list")
    assert shell("doctor").status == 1
    assert shell("doctor").out.count("BAD") == 1
    out = shell.ok("doctor", "--restore")
    assert out.startswith("saved ")
    assert shell("list", "--json").json["count"] == 2


def test_restore_from_a_named_copy(shell: Shell) -> None:
    shell.ok("add", "Acme")
    copy = shell.path.with_name("copy.json")
    copy.write_bytes(shell.path.read_bytes())
    shell.ok("add", "Bolt")
    shell.ok("doctor", "--restore", str(copy))
    assert [p["name"] for p in shell("list", "--json").json["prospects"]] == ["Acme"]
    assert "does not exist" in shell.fails("doctor", "--restore", str(copy) + "x")


def test_repair_closes_what_others_may_read(shell: Shell) -> None:
    shell.ok("add", "Acme")
    shell.path.chmod(0o644)
    assert "others on this machine" in shell.ok("doctor")
    assert "closed to others" in shell.ok("doctor", "--repair")
    assert shell.path.stat().st_mode & 0o777 == 0o600


def test_one_thing_at_a_time(shell: Shell) -> None:
    assert "exclude" in shell.fails("doctor", "--repair", "--restore", status=2)


def test_without_a_good_copy_no_restore_is_promised(shell: Shell) -> None:
    shell.path.write_bytes(b"\0" * 100)
    message = shell.fails("list")
    assert "holds nothing but NUL bytes" in message
    assert "no good copy is beside it" in message
    assert "doctor --restore COPY" in message


def test_a_list_is_told_to_be_imported(shell: Shell, tmp_path: Path) -> None:
    path = tmp_path / "my deals.csv"
    path.write_text("Name,Amount\nAcme,5\n")
    message = shell.fails("--file", str(path), "list")
    assert "looks like a list (CSV)" in message
    assert f"`review-board import '{path}'`" in message
    assert shell("--file", str(path), "doctor").out.count("BAD") == 1


def test_a_sample_is_told_to_be_opened_as_a_copy(shell: Shell, tmp_path: Path) -> None:
    """It said "has a bad table 'prospects'" of a file of the project itself."""
    path = tmp_path / "mine.json"
    path.write_bytes(Path(sample_pipelines.__file__).with_name("scenarios.json").read_bytes())
    assert (
        "is the sample 'scenarios', not a pipeline; it was left as it is; "
        "`review-board demo scenarios` opens a copy, dated around today"
    ) in shell.fails("--file", str(path), "list")
    told = shell.ok("import", str(path), "--dry-run")
    assert "the sample 'scenarios', whose days are around 2026-11-20: `review-board demo" in told


@pytest.mark.parametrize(
    ("name", "begin", "kind"),
    [
        ("out.json", "", "an export of prospects (JSON)"),
        ("out.xlsx", "", "a workbook"),
        ("out.vcf", "", "a list of contact cards"),
        ("api.json", '[{"id": "1", "name": "Alder", "amount": 5}]', "a list of records (JSON)"),
        ("dates.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n", "a calendar"),
    ],
)
def test_what_import_takes_is_told_to_be_imported(
    shell: Shell, tmp_path: Path, name: str, begin: str, kind: str
) -> None:
    path = tmp_path / name
    path.write_text(begin)
    if not begin:
        shell.ok("add", "Acme", "--contact", "Mia Brandt <mia@acme.example>")
        shell.ok("export", str(path), "--force")
    before = path.read_bytes()
    message = shell.fails("--file", str(path), "list")
    assert f"is {kind}, not a pipeline" in message
    assert f"`review-board import {path}` takes it in" in message
    assert path.read_bytes() == before


def test_any_object_of_json_is_no_empty_pipeline(shell: Shell, tmp_path: Path) -> None:
    """It opened as an empty pipeline, and the first change was written into it."""
    path = tmp_path / "package.json"
    path.write_text('{"name": "site", "scripts": {"build": "make"}, "files": ["a"]}')
    assert "is not a pipeline: it holds no tables" in shell.fails("--file", str(path), "add", "X")
    assert path.read_text().endswith('["a"]}')


def test_drafts_and_crash_logs_are_for_their_owner_alone(shell: Shell) -> None:
    shell.ok("add", "Acme")
    drafts = state_folder() / "drafts" / "one.json"
    drafts.parent.mkdir(parents=True, mode=0o755)
    drafts.write_text("{}")
    drafts.chmod(0o644)
    assert f"odd  {drafts}: others on this machine may read it" in shell.ok("doctor")
    assert f"{drafts}: closed to others" in shell.ok("doctor", "--repair")
    assert drafts.stat().st_mode & 0o777 == 0o600
    assert "others" not in shell.ok("doctor")


def test_older_history_goes_into_an_archive_and_is_still_told(shell: Shell) -> None:
    shell.ok("add", "Acme", "--today", "2024-05-01")
    shell.ok("note", "Acme", "first", "--today", "2024-05-02")
    shell.ok("note", "Acme", "second")
    shell.ok("note", "Acme", "third")
    before = shell.ok("history")
    out = shell.ok("doctor", "--compact")
    assert out.startswith(f"saved {shell.path.name} is compacted")
    assert "holds 3 changes from before" in out
    assert shell.ok("history") == before
    assert all(line.startswith("ok ") for line in shell.ok("doctor").splitlines())
    assert "exclude each other" in shell("doctor", "--compact", "--repair").err


def test_it_says_nothing_was_changed_when_nothing_was(shell: Shell) -> None:
    for option in ("--compact", "--repair"):
        assert "pipeline.json does not exist; see" in shell.fails("doctor", option)
    shell.ok("add", "Acme")
    shell.ok("add", "Bolt")
    name = shell.path.name
    assert shell.ok("doctor", "--compact").splitlines() == [
        f"{name}: nothing was changed",
        f"odd  {name}.ledger.jsonl: holds no change older than 12 months",
    ]
    assert shell.ok("doctor", "--repair") == f"{name}: nothing was changed\n"
    shell.path.with_name(f"{name}.0123456789abcdef.tmp").touch()
    assert shell.ok("doctor", "--compact").startswith(f"saved {name} is cleaned up\n")


def went_on_from_an_older_copy(shell: Shell, *later: str) -> None:
    """One note is in no file: the file of before was put back, and a change made after that."""
    shell.ok("add", "Acme")
    older = shell.path.read_bytes()
    shell.ok("edit", "acme", "--value", "5k")
    shell.ok("doctor")
    shell.path.write_bytes(older)
    shell.ok(*later)


def test_restore_says_what_was_made_again_and_then_restores_the_file(shell: Shell) -> None:
    went_on_from_an_older_copy(shell, "add", "Bolt")
    out = shell.ok("doctor", "--restore").splitlines()
    assert out[0] == "saved pipeline.json: 1 change is made again"
    assert "`doctor --restore` once more puts the last good copy in its place" in out[-1]
    assert "saved pipeline.json is restored\n" in shell.ok("doctor", "--restore")
    assert shell.document("acme")["value"]["amount"] == "5000"


def test_restore_goes_on_when_nothing_could_be_made_again(shell: Shell) -> None:
    went_on_from_an_older_copy(shell, "edit", "acme", "--value", "7k")
    out = shell.ok("doctor", "--restore").splitlines()
    assert "not made again" in out[0]
    assert out[1] == "saved pipeline.json is restored"
    assert "ok   pipeline.json: holds that already" in out
    assert shell.document("acme")["value"]["amount"] == "7000"
