"""A file that cannot be understood: one clear error, and the file byte for byte as before."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

import pytest

from review_board.errors import BadFileError, ReadOnlyError, StoreError
from review_board.store.file_store import FileStore
from tests.store.support import names, opened, put, raw

GOOD = b'{"prospects": {"1": {"id": "p-1", "rev": 1, "name": "Acme"}}}'

BAD_BYTES = {
    "empty": (b"", "is empty"),
    "blank": (b" \n", "is empty"),
    "truncated": (GOOD[:40], "line 1, column 4"),
    "NUL": (b'{\n"prospects": {\0\0\0', "line 2 holds NUL"),
    "zeroed": (b"\0" * 4096, "nothing but NUL"),
    "cp1252": (GOOD.replace(b"Acme", b"M\xfcller"), "not UTF-8 in line 1"),
    "UTF-16": (GOOD.decode().encode("utf-16"), "UTF-16"),
    "UTF-16 without a mark": (GOOD.decode().encode("utf-16-le"), "UTF-16"),
    "merge conflict": (b'{\n<<<<<<< HEAD\n"a": 1\n=======\n', "merge conflict in line 2"),
    "array": (b"[1]", "holds no tables"),
    "text": (b'"x"', "holds no tables"),
    "null": (b"null", "holds no tables"),
    "NaN": (GOOD.replace(b'"Acme"', b"NaN"), "is not JSON in line 1"),
    "infinity": (GOOD.replace(b'"Acme"', b"1e999"), "infinity"),
    "5,000 digits": (GOOD.replace(b'"Acme"', b"9" * 5000), "is not JSON"),
    "20 digits": (GOOD.replace(b'"Acme"', b"12345678901234567890123"), "number too long"),
    "depth 100,000": (b'{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "depth limit"),
    "depth 1,000": (b'{"a":' * 1000 + b"1" + b"}" * 1000, "nested too deeply"),
    "depth 210": (b'{"x": [' + b"[\n" * 210 + b'":-["' + b"]\n" * 210 + b"]}", "nested too deeply"),
    "lone surrogate": (GOOD.replace(b"Acme", b"\\ud800"), "surrogate"),
    "id of a wrong kind": (GOOD.replace(b'"p-1"', b"7"), "document 1 has an id"),
    "empty id": (GOOD.replace(b'"p-1"', b'""'), "document 1 has an id"),
    "id twice": (b'{"prospects": {"1": {"id": "p"}, "2": {"id": "p"}}}', "1 and 2 have the same"),
    "key no number": (GOOD.replace(b'"1"', b'"one"'), "'one' is not a document number"),
    "key 01": (GOOD.replace(b'"1"', b'"01"'), "'01' is not a document number"),
    "key too long": (GOOD.replace(b'"1"', b'"' + b"1" * 5000 + b'"'), "not a document number"),
    "document no object": (b'{"prospects": {"1": 5}}', "document 1 is not an object"),
    "table no object": (b'{"prospects": [5]}', "'prospects': not an object"),
    "bad seq": (b'{"meta": {"1": {"id": "meta", "seq": -1}}}', "bad seq"),
    "bad schema": (b'{"meta": {"1": {"id": "meta", "schema": "1"}}}', "bad schema"),
    "schema true": (b'{"meta": {"1": {"id": "meta", "schema": true}}}', "bad schema"),
}


@pytest.mark.parametrize("name", BAD_BYTES)
def test_bad_bytes(path: Path, name: str) -> None:
    data, phrase = BAD_BYTES[name]
    path.write_bytes(data)
    with pytest.raises(BadFileError, match="doctor --restore") as caught:
        FileStore(path).load()
    assert phrase in caught.value.message
    assert str(path) in caught.value.message
    assert path.read_bytes() == data
    assert names(path.parent) == ["pipeline.json"]


def test_the_last_good_copy_is_named(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    path.write_bytes(b"{")
    with pytest.raises(BadFileError, match=r"pipeline\.json\.bak"):
        FileStore(path).load()


def a_folder(path: Path) -> None:
    path.mkdir()


def a_fifo(path: Path) -> None:
    os.mkfifo(path)


def a_device(path: Path) -> None:
    path.symlink_to("/dev/zero")


def a_dead_link(path: Path) -> None:
    path.symlink_to(path.with_name("nowhere.json"))


def a_loop(path: Path) -> None:
    path.symlink_to(path)


def a_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as server:
        os.chdir(path.parent)
        server.bind(path.name)


@pytest.mark.parametrize("make", [a_folder, a_fifo, a_device, a_dead_link, a_loop, a_socket])
def test_no_file_at_all(
    path: Path, make: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(path.parent)
    make(path)
    with pytest.raises(StoreError) as caught:
        FileStore(path).load()
    assert caught.value.cure
    assert names(path.parent) == ["pipeline.json"]


def test_an_unreadable_file(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path.write_bytes(GOOD)

    def denied(*_: object) -> int:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "open", denied)
    with pytest.raises(StoreError, match="not permitted"):
        FileStore(path).load()


def test_a_path_below_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(StoreError):
        opened(tmp_path / "file" / "pipeline.json")


def test_a_mark_at_the_start_does_no_harm(path: Path) -> None:
    path.write_bytes(b"\xef\xbb\xbf" + GOOD)
    assert opened(path).tables["prospects"]["p-1"]["name"] == "Acme"


def test_long_digits_in_a_text_do_no_harm(path: Path) -> None:
    path.write_bytes(GOOD.replace(b"Acme", b"see: 12345678901234567890123"))
    assert opened(path).tables["prospects"]["p-1"]["name"].endswith("0123")


def test_what_lies_as_deep_as_it_may_is_stored(path: Path) -> None:
    deep = b"[" * 190 + b"]" * 190
    path.write_bytes(
        GOOD.replace(b'"Acme"', b'"Acme", "x": ' + deep + b', "y": "' + b"[" * 900 + b'"')
    )
    store = opened(path)
    put(store, "p-1", name="Bolt")
    store.checkpoint()
    assert opened(path).tables == store.tables


def test_a_file_damaged_while_open_stops_writers_until_it_is_mended(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    store.checkpoint()
    good = path.read_bytes()
    path.write_bytes(b"{ half")
    for _ in range(2):
        assert not store.catch_up()
        assert "is not JSON" in str(store.lost)
    with pytest.raises(BadFileError):
        put(store, "p-1", name="Bolt")
    assert path.read_bytes() == b"{ half"
    assert store.tables["prospects"]["p-1"]["name"] == "Acme"
    path.write_bytes(good)
    put(store, "p-1", name="Bolt")
    assert opened(path).tables["prospects"]["p-1"]["name"] == "Bolt"


def test_a_file_that_is_gone_is_not_taken_for_a_new_pipeline(path: Path) -> None:
    store = opened(path)
    put(store, "p-1", name="Acme")
    path.unlink()
    with pytest.raises(BadFileError, match="gone"):
        opened(path)
    with pytest.raises(BadFileError, match="gone"):
        put(store, "p-1", name="Bolt")


def test_a_newer_schema_is_read_and_not_written(path: Path) -> None:
    data = b'{"meta": {"1": {"id": "meta", "schema": 4, "seq": 0}}, "prospects": {}}'
    path.write_bytes(data)
    store = opened(path)
    assert store.read_only is not None
    assert "newer version" in store.read_only
    with pytest.raises(ReadOnlyError, match="newer version"):
        put(store, "p-1", name="Acme")
    with pytest.raises(ReadOnlyError):
        store.checkpoint()
    store.close()
    assert path.read_bytes() == data


def test_unknown_tables_and_fields_survive(path: Path) -> None:
    foreign = {
        "_default": {"7": {"any": [1, {"x": None}]}},
        "version": 3,
        "empty": {},
        "look": {"theme": "dark"},
    }
    path.write_bytes(
        b'{"_default": {"7": {"any": [1, {"x": null}]}}, "version": 3, "empty": {}, '
        b'"look": {"theme": "dark"}, '
        b'"meta": {"4": {"mine": 1}}, "prospects": {"5": {"id": "p", "odd": {"k": null}}}}'
    )
    store = opened(path)
    put(store, "p", name="Acme")
    store.checkpoint()
    now = raw(path)
    assert {name: now[name] for name in foreign} == foreign
    assert now["prospects"]["5"]["odd"] == {"k": None}
    assert now["meta"]["4"]["mine"] == 1
    assert now["meta"]["5"]["seq"] == 1


def test_a_foreign_table_is_not_written_into(path: Path) -> None:
    path.write_bytes(b'{"notes": {"1": {"text": "theirs"}}}')
    store = opened(path)
    from review_board.store.changes import change_between
    from review_board.store.protocol import Commit

    change = change_between("notes", "n-1", None, {"text": "ours"})
    with pytest.raises(StoreError, match="another program"):
        store.commit(Commit("add", "ann", "2026-01-01T00:00:00Z", "test", (change,)))


def test_the_way_back_names_the_file_as_a_shell_takes_it(tmp_path: Path) -> None:
    path = tmp_path / "my pipeline.json"
    path.with_name("my pipeline.json.bak").write_bytes(GOOD)
    path.write_bytes(GOOD[:40])
    with pytest.raises(BadFileError) as caught:
        FileStore(path).load()
    assert f"`review-board --file '{path}' doctor --restore` brings" in caught.value.cure
    path.with_name("my pipeline.json.bak").write_bytes(GOOD[:30])
    with pytest.raises(BadFileError, match="no good copy is beside it"):
        FileStore(path).load()
