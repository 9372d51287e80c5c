"""The data file is an ordinary TinyDB file, forwards and backwards."""

import subprocess
import sys
from pathlib import Path

import pytest
from tinydb import TinyDB, where
from tinydb.storages import Storage

from review_board.errors import BusyError
from review_board.store.datafile import PipelineStorage, open_tinydb
from tests.store.support import opened, prospect, put, raw


def test_plain_tinydb_reads_it(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme", tags=["a"])
    store.checkpoint()
    with TinyDB(path) as db:
        assert db.tables() == {"prospects", "sessions", "meta"}
        found = db.table("prospects").get(where("name") == "Acme")
        assert found == {"id": "p-1", "rev": 1, "name": "Acme", "tags": ["a"]}
        assert db.table("meta").all()[0]["seq"] == 1


def test_running_numbers_stay(path: Path) -> None:
    store = opened(path)
    for number in range(3):
        put(store, f"p-{number}", name=str(number))
    store.checkpoint()
    data = raw(path)
    data["prospects"] = {str(int(key) * 10): doc for key, doc in data["prospects"].items()}
    with TinyDB(path) as db:
        db.storage.write(data)
    put(store, "p-9", name="late")
    store.checkpoint()
    assert {key: doc["id"] for key, doc in raw(path)["prospects"].items()} == {
        "10": "p-0",
        "20": "p-1",
        "30": "p-2",
        "31": "p-9",
    }


def test_a_plain_file_is_taken_in(path: Path) -> None:
    with TinyDB(path) as db:
        db.table("prospects").insert({"name": "Acme"})
        db.insert({"other": "table"})
    store = opened(path)
    assert store.tables["prospects"] == {"tinydb-1": {"id": "tinydb-1", "rev": 0, "name": "Acme"}}
    put(store, "tinydb-1", column="won")
    store.close()
    with TinyDB(path) as db:
        assert db.table("prospects").get(doc_id=1)["column"] == "won"
        assert db.all() == [{"other": "table"}]
    assert raw(path.with_name("pipeline.json.bak"))["prospects"]["1"]["name"] == "Acme"


def test_what_plain_tinydb_inserts_while_open_is_taken_in(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    put(store, "p-1", column="won")
    with TinyDB(path) as db:
        db.table("prospects").insert_multiple([{"name": "Bolt"}, {"name": "Cord", "id": "own"}])
    assert store.catch_up().reloaded
    assert list(store.tables["prospects"]) == ["p-1", "tinydb-2", "own"]
    assert prospect(store, "p-1")["column"] == "won"
    store.checkpoint()
    assert prospect(opened(path), "tinydb-2") == {"name": "Bolt"}


def test_a_derived_id_avoids_a_taken_one(path: Path) -> None:
    path.write_text('{"prospects": {"1": {"name": "a"}, "2": {"id": "tinydb-1", "name": "b"}}}')
    assert list(opened(path).tables["prospects"]) == ["tinydb-1x", "tinydb-1"]


def test_our_storage_is_what_tinydb_expects() -> None:
    for name in Storage.__abstractmethods__ | {"close"}:
        assert callable(getattr(PipelineStorage, name))


def test_tinydb_on_our_storage(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    with open_tinydb(path) as db:
        db.table("prospects").update({"column": "won"}, where("name") == "Acme")
        db.table("prospects").insert({"name": "Bolt"})
    assert store.catch_up().reloaded
    assert prospect(store, "p-1") == {"name": "Acme", "column": "won"}
    assert path.with_name("pipeline.json.bak").exists()


def test_tinydb_does_not_write_over_what_it_has_not_read(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    with open_tinydb(path) as db:
        data = db.storage.read()
        store.checkpoint()
        with pytest.raises(BusyError, match="changed meanwhile"):
            db.storage.write(data)


def test_reading_and_committing_import_no_tinydb(path: Path) -> None:
    code = (
        "import sys; from review_board.store.file_store import FileStore; s = FileStore(sys.argv[1]); s.load();"
        "s.checkpoint(); s.close();"
        "heavy = {'tinydb', 'pydantic', 'asyncio'} & sys.modules.keys(); assert not heavy, heavy"
    )
    subprocess.run([sys.executable, "-c", code, str(path)], check=True)
