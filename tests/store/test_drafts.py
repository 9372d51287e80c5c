"""Drafts: one file each, whose and about whom; found and removed where somebody is forgotten."""

import json
from pathlib import Path

import pytest

from review_board.store.drafts import (
    Draft,
    drafts_about,
    drafts_in,
    forget_drafts,
    open_draft,
    write_draft,
)

NOTE = Draft("Note on Harbor", {"text": "half a thought"}, "p-1", "Harbor", "ann", "/deals.json")


def test_a_draft_is_a_file_that_only_its_owner_reads(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "drafts"
    write_draft(folder, NOTE)
    write_draft(folder, NOTE)
    paths = list(folder.iterdir())
    assert [draft for _, draft in drafts_in(folder)] == [NOTE, NOTE]
    assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
    assert folder.stat().st_mode & 0o777 == 0o700
    assert json.loads(paths[0].read_text()) == {
        "title": "Note on Harbor",
        "fields": {"text": "half a thought"},
        "prospect": "p-1",
        "name": "Harbor",
        "who": "ann",
        "pipeline": "/deals.json",
        "key": "",
    }


def test_what_is_no_draft_is_passed_over(tmp_path: Path) -> None:
    write_draft(tmp_path, NOTE)
    for name, text in (("a", "{"), ("b", "[]"), ("c", '{"fields": 3}'), ("d", "[" * 10_000)):
        (tmp_path / f"draft-{name}.json").write_text(text)
    (tmp_path / "draft-folder.json").mkdir()
    (tmp_path / "draft-link.json").symlink_to("/etc/passwd")
    assert [draft for _, draft in drafts_in(tmp_path)] == [NOTE]


def test_a_draft_in_use_is_not_taken_by_another_window(tmp_path: Path) -> None:
    write_draft(tmp_path, NOTE)
    ((path, _),) = drafts_in(tmp_path)
    first = open_draft(path)
    assert first
    assert first.draft == NOTE
    assert open_draft(path) is None
    first.let_go()
    again = open_draft(path)
    assert again
    again.remove()
    assert open_draft(path) is None
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("form", "fits"),
    [
        (Draft("Note on Harbor", {}, "p-1", "Harbor"), True),
        (Draft("Note on Pier", {}, "p-1", "Pier"), True),  # it was renamed meanwhile
        (Draft("Note on Harbor", {}, "p-2", "Harbor"), False),  # another of the same name
        (Draft("Edit Harbor", {}, "p-1", "Harbor"), False),
    ],
)
def test_which_form_a_draft_belongs_to(form: Draft, fits: bool) -> None:
    assert NOTE.fits(form) is fits


def test_drafts_about_a_prospect_are_found_and_removed_whoever_wrote_them(tmp_path: Path) -> None:
    pipeline = Path("/deals.json")
    line = Draft("After the call", {"line": "HARBOR vm"}, "p-2", "Lake", "raj", "/deals.json")
    other = Draft("Note on Lake", {"text": "x"}, "p-2", "Lake", "raj", "/deals.json")
    elsewhere = Draft("Note on Harbor", {"text": "x"}, "p-1", "Harbor", "ann", "/other.json")
    for draft in (NOTE, line, other, elsewhere):
        write_draft(tmp_path, draft)
    assert len(drafts_about(tmp_path, pipeline, "p-1")) == 1
    assert forget_drafts(tmp_path, pipeline, "p-1", "Harbor") == 2
    assert {draft.title for _, draft in drafts_in(tmp_path)} == {"Note on Lake", "Note on Harbor"}
    assert forget_drafts(tmp_path / "nowhere", pipeline, "p-1") == 0
