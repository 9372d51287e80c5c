"""What a login may do outside the pipeline: a restricted one reaches no shell and one folder at most."""

import re
from pathlib import Path

import pytest

from review_board.errors import RefusedError
from review_board.login_rights import LoginRights

ROOT = Path(__file__).parents[1] / "review_board"
PLAIN = LoginRights()
SHUT = LoginRights(is_restricted=True)


@pytest.fixture
def open_to(tmp_path: Path) -> LoginRights:
    """A restricted login with a folder."""
    return LoginRights(is_restricted=True, folder=tmp_path)


def test_a_usual_login_names_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/ann")
    assert PLAIN.may_use_shell
    assert PLAIN.file_named("/etc/hosts", tmp_path) == Path("/etc/hosts")
    assert PLAIN.file_named("~/a.csv", tmp_path) == Path("/home/ann/a.csv")
    assert PLAIN.file_named("../a.csv", tmp_path) == tmp_path / "../a.csv"


def test_a_restricted_login_names_files_of_its_folder_alone(
    open_to: LoginRights, tmp_path: Path
) -> None:
    assert not open_to.may_use_shell
    assert open_to.file_named("deals 2026.csv", Path("/elsewhere")) == tmp_path / "deals 2026.csv"
    assert open_to.may_list("dea")
    assert not open_to.may_list("../")
    (tmp_path / "link.csv").symlink_to("/etc/passwd")
    with pytest.raises(RefusedError, match="links are not followed"):
        open_to.file_named("link.csv", tmp_path)


@pytest.mark.parametrize(
    "typed",
    ["", ".", "..", "../a.csv", "/etc/passwd", "a/b", "~", "~root", ".ssh", "-o", "a\0b", "a\nb", "x" * 101],
)  # fmt: skip
def test_what_is_no_bare_name_is_refused(open_to: LoginRights, typed: str) -> None:
    with pytest.raises(RefusedError, match="bare name"):
        open_to.file_named(typed, Path("/elsewhere"))


def test_without_a_folder_there_are_no_files() -> None:
    with pytest.raises(RefusedError, match=r"no files; restricted\.folder"):
        SHUT.files_in(Path("/"))
    with pytest.raises(RefusedError, match=r"no files; restricted\.folder"):
        SHUT.file_named("a.csv", Path("/"))


def test_what_leads_outside_is_not_offered(open_to: LoginRights) -> None:
    outside = ("suspend_process", "app.suspend_process", "screenshot('a')", "open_pipeline")
    files = ("import", "write_report")
    assert all(map(PLAIN.offers, (*outside, *files)))
    assert not any(map(SHUT.offers, (*outside, *files)))
    assert [name for name in (*outside, *files) if open_to.offers(name)] == [*files]
    assert SHUT.offers("decide('active')")
    assert SHUT.offers("write")  # writes again what is missing on disk


def test_the_screens_make_paths_of_typed_text_in_no_other_way() -> None:
    made = re.compile(r"expanduser|Path\(typed|Path\(self\.value")
    found = [path for path in (ROOT / "tui").rglob("*.py") if made.search(path.read_text("utf-8"))]
    assert found == []
