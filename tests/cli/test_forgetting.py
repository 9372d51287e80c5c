"""``forget``: erased on demand, and known again where they asked not to be contacted."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from review_board.board.board import Board
from review_board.board.forget import forget
from review_board.errors import RefusedError
from review_board.settings.tree import Settings
from review_board.store.drafts import Draft, write_draft
from review_board.store.file_store import FileStore
from tests.cli.conftest import Shell

LIST = """Name,Company,Email,Phone,Value,Stage
Zelda Quux,Quux AG,Zelda@Quux.example,+41 79 123 45 67,5000,Open
Bob Bar,Bar AG,bob@bar.example,044 222 33 44,7000,Open
"""


@pytest.fixture
def leads(tmp_path: Path) -> str:
    file = tmp_path / "elsewhere" / "leads.csv"
    file.parent.mkdir()
    file.write_text(LIST)
    return str(file)


def mentions(shell: Shell, word: str) -> list[str]:
    return [p.name for p in shell.path.parent.iterdir() if p.is_file() and word in p.read_text()]


def test_it_asks_first(shell: Shell) -> None:
    shell.ok("add", "Zelda Quux")
    assert "say --yes" in shell.fails("forget", "zelda", status=2)
    assert "Zelda" in shell.ok("list")


def test_it_is_erased_from_every_file(shell: Shell, leads: str) -> None:
    shell.ok("import", leads, "--yes")
    shell.ok("note", "zelda", "secret words")
    assert mentions(shell, "Quux")
    shell.ok("forget", "zelda", "--yes")
    assert mentions(shell, "Quux") == []
    assert mentions(shell, "secret") == []
    assert "Bob Bar" in shell.ok("list")
    history = shell.ok("history")
    assert "forgot a prospect" in history
    assert "Quux" not in history
    assert "odd" not in shell.ok("doctor")


def test_undo_does_not_bring_them_back(shell: Shell) -> None:
    shell.ok("add", "Acme")
    shell.ok("add", "Zelda")
    shell.ok("forget", "zelda", "--yes")
    seq = next(
        change["seq"]
        for change in shell("history", "--json").json["changes"]
        if change["action"] == "forgot a prospect"
    )
    assert "cannot be brought back" in shell.fails("undo", "--seq", str(seq))
    shell.ok("add", "Later")
    assert shell("undo").err == ""
    assert shell.ok("list").split()[0] == "Acme"


def test_who_was_forgotten_is_not_said_to_be_undone(shell: Shell) -> None:
    shell.ok("add", "Zelda")
    shell.ok("add", "Acme")
    ids = {row["name"]: row["id"] for row in shell("list", "--json").json["prospects"]}
    shell.ok("forget", "zelda", "--yes")
    shell.ok("undo")
    noon = datetime(2026, 11, 20, 12, tzinfo=UTC)
    board = Board(FileStore(shell.path), Settings(), lambda: noon, UTC, "ann", "board").open()
    with pytest.raises(RefusedError, match=r"^That prospect was forgotten"):
        board.prospect(ids["Zelda"])
    with pytest.raises(RefusedError, match=r"^That prospect was forgotten"):
        forget(board, ids["Zelda"])
    with pytest.raises(RefusedError, match=r"^That prospect is gone"):
        board.prospect(ids["Acme"])
    board.close()


def test_undo_goes_past_an_erasure_and_says_so(shell: Shell) -> None:
    shell.ok("add", "Acme")
    shell.ok("add", "Zelda")
    shell.ok("note", "acme", "hello")
    shell.ok("forget", "zelda", "--yes")
    undone = shell("undo")
    assert undone.out.startswith("undone: ")
    assert "cannot be brought back: the change before it was taken back" in undone.err
    assert not shell.document("acme").get("notes")
    assert shell.ok("redo").startswith("done again: ")


@pytest.mark.parametrize("asked", [True, False])
def test_who_asked_not_to_be_contacted_is_known_again(
    shell: Shell, leads: str, asked: bool
) -> None:
    shell.ok("import", leads, "--yes")
    if asked:
        shell.ok("log", 'zelda dnc "leave me alone"')
    shell.ok("forget", "zelda", "--yes")
    Path(leads).write_text(
        LIST.replace("+41 79 123 45 67", "079 123 45 67").replace("Zelda@", "z@")
    )
    told = shell("import", leads, "--yes").err
    assert ("Zelda Quux: asked not to be contacted" in told) == asked
    assert "Bob Bar:" not in told


@pytest.mark.parametrize(
    ("row", "is_known"),
    [
        ("Zelda Quux,Quux AG,new@quux.example,,1,Open", True),
        ("zelda  QUUX,,new@quux.example,,1,Open", True),
        ("Zelda Quux,Another AG,new@another.example,,1,Open", True),
        ("Pumps,Quux,,,1,Open", True),
        ("Quux GmbH & Co. KG,,,,1,Open", True),
        ("Pumps,Zelda & Quux Inc.,,,1,Open", True),
        ("Zelda Bar,Quux Pumps AG,,,1,Open", False),
    ],
)
def test_a_name_or_a_company_is_known_before_the_import(
    shell: Shell, leads: str, row: str, is_known: bool
) -> None:
    shell.ok("import", leads, "--yes")
    shell.ok("log", 'zelda dnc "leave me alone"')
    shell.ok("forget", "zelda", "--yes")
    Path(leads).write_text(LIST.splitlines()[0] + f"\n{row}\n")
    dry = shell("import", leads, "--dry-run")
    assert ("somebody of that name or company asked not to be contacted" in dry.err) == is_known
    assert "Quux" not in shell.ok("list")


def test_adding_a_namesake_warns(shell: Shell) -> None:
    shell.ok("add", "Zelda Quux")
    shell.ok("log", 'zelda dnc "leave me alone"')
    shell.ok("forget", "zelda", "--yes")
    assert mentions(shell, "Quux") == []
    told = shell("add", "Zelda Quux", "--company", "Quux AG").err
    assert "Zelda Quux: somebody of that name or company asked not to be contacted" in told
    assert "undo takes this one back" in told
    shell.ok("undo")
    assert "asked not" not in shell("add", "Acme").err


@pytest.mark.parametrize(
    ("typed", "is_known"),
    [
        (["Seaside Spa"], True),
        (["Q", "--company", "Seaside Spa"], True),
        (["WATER", "--company", "Other"], True),
        (["Pumps", "--company", "SEASIDE SPA, Ltd."], True),
        (["Pumps", "--company", "Seaside and Spa Inc"], True),
        (["Seaside"], False),
        (["Pumps", "--company", "Water Works Ltd"], False),
        (["Ltd"], False),
    ],
)
def test_adding_the_name_or_the_company_alone_warns(
    shell: Shell, typed: list[str], is_known: bool
) -> None:
    shell.ok("add", "Water", "--company", "Seaside Spa")
    shell.ok("log", 'water dnc "leave me alone"')
    shell.ok("forget", "water", "--yes")
    told = " ".join(shell("add", *typed).err.split())
    said = "somebody of that name or company asked not to be contacted; whoever was meant was"
    assert (said in told) == is_known


def test_a_name_that_an_earlier_release_noted_is_known(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.ok("add", "Seaside Spa Ltd")
    shell.ok("log", 'seaside dnc "leave me alone"')
    with monkeypatch.context() as patch:
        noted = ["name seaside spa ltd", "name seaside spa ltd at "]
        patch.setattr("review_board.board.forget._kept_names", lambda *_: noted)
        shell.ok("forget", "seaside", "--yes")
    assert "asked not to be contacted" in shell("add", "Seaside Spa Ltd").err


def test_what_was_interrupted_is_finished_by_the_next_command(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    shell.ok("add", "Acme")
    shell.ok("add", "Zelda Quux")
    with monkeypatch.context() as patch:
        patch.setattr("review_board.store.file_store.FileStore.erase_forgotten", lambda _: None)
        shell.ok("forget", "zelda", "--yes")
    assert mentions(shell, "Quux")
    shell.ok("list")
    assert mentions(shell, "Quux") == []


def test_drafts_about_them_go(
    shell: Shell, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "drafts"
    monkeypatch.setattr("review_board.cli.private_state.drafts_folder", lambda: folder)
    shell.ok("add", "Zelda")
    shell.ok("add", "Acme")
    ids = {row["name"]: row["id"] for row in shell("list", "--json").json["prospects"]}
    for name in ("Zelda", "Acme"):
        write_draft(folder, Draft("Note", {"text": "x"}, ids[name], name, "ann", str(shell.path)))
    shell.ok("forget", "zelda", "--yes")
    (left,) = folder.iterdir()
    assert "Acme" in left.read_text()
