"""What was forgotten stands in no file any more, and everything else is as it was."""

import gzip
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest

from review_board.errors import StoreError
from review_board.store import archive, codec
from review_board.store.changes import change_between
from review_board.store.compacting import compact
from review_board.store.doctor import examine
from review_board.store.erase_files import FileEraser
from review_board.store.file_store import FileStore
from review_board.store.forgotten import FORGOTTEN, changes_to_remove, erased_action
from review_board.store.protocol import META, PROSPECTS, SESSIONS, Commit, Store
from review_board.store.repairs import repair, restore
from review_board.store.restore_changes import restore_changes
from tests.store.support import AT, opened, prospect, put, raw

Reopen = Callable[[], Store]


def forget(store: Store, identity: str, *, erase: bool = True) -> None:
    """Take a prospect out, as the board does it."""
    old = store.tables[META].get(FORGOTTEN)
    people = {**(old["people"] if old else {}), identity: {"at": AT, "by": "ann"}}
    noted = change_between(META, FORGOTTEN, old, {"people": people})
    docs = (*changes_to_remove(store.tables, identity), noted)
    store.commit(Commit("forgot a prospect", "ann", AT, "forget", docs))
    if erase:
        store.erase_forgotten()


def mentions(folder: Path, word: str) -> list[str]:
    return sorted(p.name for p in folder.iterdir() if word.encode() in p.read_bytes())


@pytest.fixture
def lived(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A pipeline in which one prospect left traces of every kind."""
    monkeypatch.setattr("review_board.store.side_files.LARGE", 2000)
    store = opened(path)
    put(store, "p-1", name="Acme")
    put(store, "p-2", name="Zelda Quux", note="Quux secret")
    store.checkpoint()
    both = [
        change_between(
            PROSPECTS, key, store.tables[PROSPECTS][key], {"name": name, "x": "y" * 1500}
        )
        for key, name in (("p-1", "Acme"), ("p-2", "Zelda Quux"))
    ]
    store.commit(Commit("called Zelda Quux", "ann", AT, "test", tuple(both)))
    marks = {"marks": {"p-1": {"note": "fine"}, "p-2": {"note": "Quux sells"}}, "queue": ["p-2"]}
    store.commit(
        Commit("review", "ann", AT, "test", (change_between(SESSIONS, "s-1", None, marks),))
    )
    store.checkpoint()
    shutil.copy(path, path.with_name("pipeline.json.backup-2026-02-01"))
    path.with_name("pipeline.json.damaged-0123456789abcdef").write_text("{ Zelda Quux")
    put(store, "p-1", column="won")
    return path


def test_it_stands_in_no_file_any_more(lived: Path) -> None:
    assert len(mentions(lived.parent, "Quux")) >= 5
    forget(opened(lived), "p-2")
    assert mentions(lived.parent, "Quux") == []
    again = FileStore(lived)
    assert again.load().notices == ()
    assert prospect(again, "p-1") == {"name": "Acme", "x": "y" * 1500, "column": "won"}
    assert again.tables[SESSIONS]["s-1"]["marks"] == {"p-1": {"note": "fine"}}
    assert {finding.weight for finding in examine(lived)} == {"good"}


def test_the_rest_of_the_history_stays_with_its_check_values(lived: Path) -> None:
    before = {commit.seq: commit for commit in opened(lived).history()}
    forget(opened(lived), "p-2")
    after = {commit.seq: commit for commit in opened(lived).history()}
    assert after[1] == before[1]
    assert {commit.gap for commit in after.values()} == {""}
    assert (after[2].action, after[2].docs) == ("erased", ())
    assert (after[3].action, [doc.id for doc in after[3].docs]) == ("erased", ["p-1"])
    assert (
        sorted(after) == [*sorted(before), 6, 7, 8][: len(after)] or len(after) == len(before) + 2
    )


def test_backups_still_fit(lived: Path) -> None:
    forget(opened(lived), "p-2")
    expected = opened(lived).tables
    lived.write_bytes(b"{ damaged")
    restore(lived)
    assert opened(lived).tables == expected
    shutil.copy(lived.with_name("pipeline.json.backup-2026-02-01"), lived)
    assert "older copy" in FileStore(lived).load().notices[0]


def test_an_erased_line_that_is_altered_later_is_found(lived: Path) -> None:
    forget(opened(lived), "p-2")
    ledger = lived.with_name("pipeline.json.ledger.jsonl")
    ledger.write_bytes(ledger.read_bytes().replace(b'"action":"erased"', b'"action":"praised"', 1))
    assert any("altered" in finding.what for finding in examine(lived))


def test_missing_history_stays_missing(path: Path) -> None:
    store = opened(path)
    for number in range(1, 5):
        put(store, "p-1", n=number)
    put(store, "p-2", name="Quux")
    store.checkpoint()
    ledger = path.with_name("pipeline.json.ledger.jsonl")
    lines = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(b"".join([*lines[:4], *lines[5:]]))
    forget(opened(path), "p-2")
    gaps = [commit.gap for commit in opened(path).history() if commit.gap]
    assert gaps == ["change 4 is missing from the history"]


def test_two_can_be_forgotten_one_after_the_other(lived: Path) -> None:
    store = opened(lived)
    forget(store, "p-2")
    forget(store, "p-1")
    assert mentions(lived.parent, "Acme") == []
    assert {finding.weight for finding in examine(lived)} == {"good"}
    assert not any(commit.gap for commit in opened(lived).history())


def test_history_in_an_archive_is_erased_too(lived: Path) -> None:
    compact(lived, date(2027, 6, 1), 6)
    (packed,) = lived.parent.glob("*.archive-*")
    assert b"Quux" in gzip.decompress(packed.read_bytes())
    before = [commit.seq for commit in opened(lived).history()]
    forget(opened(lived), "p-2")
    assert b"Quux" not in gzip.decompress(packed.read_bytes())
    after = list(opened(lived).history())
    assert [commit.seq for commit in after][-len(before) :] == before
    assert {commit.gap for commit in after} == {""}
    assert {finding.weight for finding in examine(lived)} == {"good"}


def test_what_was_interrupted_is_told_and_finished(
    lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_: FileEraser) -> None:
        raise StoreError("the disk is full; nothing was changed")

    with monkeypatch.context() as patch:
        patch.setattr(FileEraser, "everywhere", failing)
        with pytest.raises(StoreError, match="not out of every file yet"):
            forget(opened(lived), "p-2")
    assert any("may still stand in some file" in finding.what for finding in examine(lived))
    opened(lived).erase_forgotten()
    assert mentions(lived.parent, "Quux") == []
    assert {finding.weight for finding in examine(lived)} == {"good"}


def test_who_has_it_open_does_not_offer_to_write_it_again(lived: Path) -> None:
    other = opened(lived)
    put(other, "p-2", column="won")
    forget(opened(lived), "p-2")
    other.catch_up()
    assert other.missing == ()
    assert list(other.tables[PROSPECTS]) == ["p-1"]
    put(other, "p-1", column="lost")
    assert prospect(opened(lived), "p-1")["column"] == "lost"


def test_the_memory_store_forgets_too(reopen: Reopen) -> None:
    store = reopen()
    put(store, "p-1", name="Acme")
    put(store, "p-2", name="Quux")
    forget(store, "p-2")
    assert list(reopen().tables[PROSPECTS]) == ["p-1"]
    assert "Quux" not in repr(list(reopen().history()))


def test_a_file_of_the_first_layout(tmp_path: Path) -> None:
    folder = tmp_path / "deals"
    shutil.copytree(Path(__file__).parent / "first_layout", folder)
    path = folder / "deals.json"
    forget(opened(path), "p-2")
    assert mentions(folder, "Bolt") == []
    assert not any(commit.gap for commit in opened(path).history())
    assert raw(path)["prospects"].keys() == {"1", "3"}


@pytest.mark.parametrize(
    ("action", "ids", "expected"),
    [
        ("added Acme", ["p-2"], "erased"),
        ("imported 3 prospects", ["p-1", "p-2"], "imported 3 prospects"),
        ("kept ACME and others", ["p-1", "p-2"], "erased"),
    ],
)
def test_what_a_change_is_called_afterwards(action: str, ids: list[str], expected: str) -> None:
    docs = [{"table": PROSPECTS, "id": key, "before": {"name": "x"}} for key in ids]
    assert erased_action(action, docs, {"Acme"}, {"p-2"}) == expected


def test_what_was_erased_is_not_brought_back(path: Path, tmp_path: Path) -> None:
    """An older copy was put back, and somebody forgotten before what it lacks was brought back."""
    store = opened(path)
    put(store, "p-1", name="Acme")
    put(store, "p-2", name="Quux")
    store.checkpoint()
    shutil.copy(path, tmp_path / "older")
    put(store, "p-2", note="Quux sells")
    put(store, "p-1", note="fine")
    store.checkpoint()
    shutil.copy(tmp_path / "older", path)
    forget(opened(path), "p-2")
    done = restore_changes(path, at=AT)
    assert [finding.what for finding in done] == ["made again: edit"]
    assert prospect(opened(path), "p-1") == {"name": "Acme", "note": "fine"}
    assert not [c for c in opened(path).history() if c.action == "restored: erased"]
    assert {finding.weight for finding in examine(path)} == {"good"}


@pytest.fixture
def mended(path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A ledger was damaged in the line of a large change; mending kept it under another name."""
    monkeypatch.setattr("review_board.store.side_files.LARGE", 100)
    store = opened(path)
    names = {"p-1": "Acme", "p-2": "Quux"}
    docs = [change_between(PROSPECTS, key, None, {"name": names[key]}) for key in names]
    store.commit(Commit("imported 2 prospects", "ann", AT, "test", tuple(docs)))
    store.checkpoint()
    ledger = path.with_name("pipeline.json.ledger.jsonl")
    ledger.write_bytes(ledger.read_bytes().replace(b'"action":', b'"actiom":'))
    repair(path)
    return path


def test_a_damaged_ledger_that_is_kept_keeps_its_documents(mended: Path) -> None:
    (side,) = mended.parent.glob("*.bulk-*")
    repair(mended)
    store = opened(mended)
    put(store, "p-1", note="x")
    store.checkpoint()
    assert side.exists()
    assert not [f for f in examine(mended) if "left over" in f.what]


def test_who_is_forgotten_is_erased_from_the_documents_of_a_kept_ledger(mended: Path) -> None:
    (side,) = mended.parent.glob("*.bulk-*")
    forget(opened(mended), "p-2")
    assert mentions(mended.parent, "Quux") == []
    assert b"Acme" in side.read_bytes()


def test_a_kept_side_file_that_cannot_be_read_goes_when_it_names_them(mended: Path) -> None:
    (side,) = mended.parent.glob("*.bulk-*")
    side.write_bytes(side.read_bytes()[:-5])
    forget(opened(mended), "p-2")
    assert not side.exists()


def test_a_damaged_archive_is_named_with_what_to_do(lived: Path) -> None:
    compact(lived, date(2027, 6, 1), 6)
    (packed,) = lived.parent.glob("*.archive-*")
    packed.write_bytes(packed.read_bytes()[:-20])
    with pytest.raises(StoreError, match="not out of every file yet") as caught:
        forget(opened(lived), "p-2")
    assert str(packed) in str(caught.value)
    assert "put a copy of it back, or move it to another folder" in caught.value.cure
    packed.rename(lived.parent.parent / packed.name)
    opened(lived).erase_forgotten()
    assert mentions(lived.parent, "Quux") == []


@pytest.mark.parametrize("text", [b'{"seq":1}\n', b"[1]\n", b"{\n"])
def test_an_archive_with_a_line_that_makes_no_sense(lived: Path, text: bytes) -> None:
    compact(lived, date(2027, 6, 1), 6)
    (packed,) = lived.parent.glob("*.archive-*")
    packed.write_bytes(gzip.compress(gzip.decompress(packed.read_bytes()) + text))
    with pytest.raises(StoreError, match="holds a line that makes no sense"):
        forget(opened(lived), "p-2")


def test_an_archive_is_read_and_written_line_by_line(
    lived: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No more than one change waits in memory for the one before it."""
    store = opened(lived)
    for number in range(20):
        put(store, "p-1", n=number)
    put(store, "p-2", note="Quux again")
    store.checkpoint()
    put(store, "p-1", n=20)
    store.checkpoint()
    compact(lived, date(2027, 6, 1), 6)
    steps: list[str] = []
    read, write = codec.read_line, archive.packed_lines

    def reading(text: bytes) -> codec.LedgerLine:
        steps.append("read")
        return read(text)

    def told(text: bytes) -> bytes:
        steps.append("write")
        return text

    def writing(label: archive.Label, texts: Iterable[bytes]) -> Iterator[bytes]:
        steps.clear()
        return write(label, map(told, texts))

    monkeypatch.setattr(codec, "read_line", reading)
    monkeypatch.setattr(archive, "packed_lines", writing)
    forget(opened(lived), "p-2")
    rewriting = " ".join(steps).partition("write")[2].rpartition("write")[0]
    assert rewriting.count("write") > 20
    assert "read read read" not in rewriting


def test_who_asked_is_named_with_their_login_whoever_finished_it(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = opened(path)
    put(store, "p-1", name="Quux")
    forget(store, "p-1", erase=False)
    monkeypatch.setattr("review_board.store.logins.user_name", lambda _: "bob")
    opened(path).erase_forgotten()
    last = next(opened(path).history())
    assert (last.action, last.by, last.login) == ("erased it from every file", "ann", None)
