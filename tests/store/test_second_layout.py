"""A pipeline of the second layout, in which a field has its old name, is read as before and written anew.

``second_layout`` holds such a pipeline: two prospects in the data file, one of them from a side file,
and two changes ahead of it in the ledger.
"""

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from review_board.store.changes import swapped
from review_board.store.doctor import examine
from review_board.store.file_store import FileStore
from review_board.store.good_copies import read_copy
from review_board.store.protocol import Commit
from review_board.store.repairs import repair, restore
from tests.store.support import AT, draft, names, opened, prospect, put, raw

SAMPLE = Path(__file__).parent / "second_layout"
SOLID = {"solid": True, "at": "2026-02-01T09:00:00Z", "by": "ann"}
NOT_SOLID = {"solid": False, "at": "2026-02-20T09:00:00Z", "by": "bob"}


@pytest.fixture
def deals(tmp_path: Path) -> Path:
    folder = tmp_path / "deals"
    shutil.copytree(SAMPLE, folder)
    return folder / "deals.json"


def impressions(store: FileStore) -> dict[str, object]:
    return {key: doc["first_impression"] for key, doc in store.tables["prospects"].items()}


def test_it_is_read_under_the_names_of_today_and_left_as_it_is(deals: Path) -> None:
    before = {path.name: path.read_bytes() for path in deals.parent.iterdir()}
    store = opened(deals)
    assert impressions(store) == {"p-1": NOT_SOLID, "p-2": SOLID, "p-3": SOLID}
    fields = [list(c.docs[0].after) for c in store.history()]
    assert fields == [
        ["name", "first_impression"],
        ["first_impression"],
        *[["name", "first_impression"]] * 2,
    ]
    assert not any(commit.gap for commit in store.history())
    assert {f.weight for f in examine(deals) if "others on this" not in f.what} == {"good"}
    assert {path.name: path.read_bytes() for path in deals.parent.iterdir()} == before


@pytest.mark.parametrize("day", ["2026-03-01", "2026-03-02"], ids=["same day", "another day"])
def test_the_first_write_keeps_it_and_writes_the_new_names(deals: Path, day: str) -> None:
    old = deals.read_bytes()
    store = FileStore(deals, today=lambda: date.fromisoformat(day))
    store.load()
    change = draft(store, "p-2", {"name": "Bolt", "first_impression": SOLID, "column": "nurture"})
    store.commit(replace(change, at=f"{day}T09:00:00Z"))
    kept = deals.with_name(f"deals.json.backup-{day}")
    assert kept.read_bytes() == old
    assert raw(deals)["meta"]["1"]["schema"] == 3
    assert b"instinct" not in deals.read_bytes()
    store.checkpoint()
    assert kept.read_bytes() == old
    assert impressions(opened(deals)) == {"p-1": NOT_SOLID, "p-2": SOLID, "p-3": SOLID}
    assert read_copy(kept).tables["prospects"]["p-1"]["first_impression"] == SOLID


def test_a_checkpoint_alone_keeps_it_too(deals: Path) -> None:
    store = FileStore(deals, today=lambda: date(2026, 3, 1))
    store.load()
    store.checkpoint()
    assert "deals.json.backup-2026-03-01" in names(deals.parent)
    assert impressions(opened(deals)) == {"p-1": NOT_SOLID, "p-2": SOLID, "p-3": SOLID}


def test_a_change_from_before_is_taken_back(deals: Path) -> None:
    store = opened(deals)
    change = next(c for c in store.history() if c.seq == 3)
    docs = tuple(swapped(doc) for doc in change.docs)
    store.commit(Commit("undo", "bob", AT, "test", docs, undoes=3))
    assert prospect(opened(deals), "p-1") == {"name": "Acme", "first_impression": SOLID}


def test_who_reads_it_meanwhile_follows(deals: Path) -> None:
    reader, writer = opened(deals), opened(deals)
    put(writer, "p-3", first_impression=NOT_SOLID)
    reader.catch_up()
    assert reader.tables == writer.tables


def test_repair_and_restore_work_on_it(deals: Path) -> None:
    repair(deals)
    assert impressions(opened(deals))["p-1"] == NOT_SOLID
    deals.write_bytes(b"spoilt")
    restore(deals)
    assert impressions(opened(deals)) == {"p-1": NOT_SOLID, "p-2": SOLID, "p-3": SOLID}
