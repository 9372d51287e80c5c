"""A large file is read piece by piece, counted, and comes out as the parser reads the whole."""

from typing import Any

import orjson
import pytest

from review_board.progress import Progress, StoppedError
from review_board.store import codec
from review_board.store import strict_json as pieces
from review_board.store.contents import dump
from review_board.store.file_store import FileStore
from review_board.store.protocol import DocumentChange

DOCUMENTS = {str(n): {"id": f"p-{n}", "name": f'Brüder "{n}",\n}}', "n": [n]} for n in range(20)}
TABLES: dict[str, Any] = {"prospects": DOCUMENTS, "sessions": {}, "meta": {"1": {"id": "meta"}}}
WHOLE = b"".join(dump(TABLES))


@pytest.mark.parametrize("piece", [1, 70, 1000, 10**6])
def test_pieces_of_any_size_make_the_whole(piece: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pieces, "PIECE", piece)
    progress = Progress()
    found = pieces.read_in_pieces(WHOLE, progress)
    assert found == orjson.loads(WHOLE)
    assert list((found or {})["prospects"]) == list(DOCUMENTS)
    assert progress.total * 0.7 < progress.done <= progress.total


@pytest.mark.parametrize(
    "data",
    [
        orjson.dumps(TABLES),
        orjson.dumps(TABLES, option=orjson.OPT_INDENT_2),
        b"".join(dump({"meta": TABLES["meta"], "prospects": DOCUMENTS})),
        WHOLE.replace(b'"sessions"', b'"prospects"'),
        WHOLE.replace(b'{"id":"p-7"', b'{"id":"p-7"}, "x": {'),
        WHOLE.replace(b'"n":[7]}', b'"n":[7]}}, "y": {"z": {"n":[7]}'),
        WHOLE.replace(b"[7]", b"[7"),
        WHOLE[:-30],
        WHOLE[: len(WHOLE) // 2],
        b"{\n",
        b"",
    ],
    ids=["line", "indented", "order", "twice", "text", "closed", "open", "end", "half", "{", ""],
)
def test_what_is_laid_out_otherwise_is_left_to_the_parser(
    data: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pieces, "PIECE", 70)
    found = pieces.read_in_pieces(data, Progress())
    assert found is None or found == orjson.loads(data)


def test_it_stops_between_two_pieces(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> None:
    monkeypatch.setattr("review_board.store.strict_json.LARGE", 1)
    path = tmp_path / "p.json"
    path.write_bytes(WHOLE)
    progress = Progress()
    store = FileStore(path, progress=progress)
    store.load()
    assert progress.what == "reading the file"
    assert len(store.tables["prospects"]) == len(DOCUMENTS)
    progress.stop()
    store.load()  # once it is open nobody stops it any more
    with pytest.raises(StoppedError):
        FileStore(path, progress=progress).load()


def test_the_documents_about_one_are_found_among_many() -> None:
    like_one = 'n",{"table":"prospects","id":"p-1","rev":null'
    values: list[dict[str, Any]] = [{"name": like_one}, {"more": [1, {"table": 2}]}, {"n": 2}]
    docs = [
        DocumentChange("prospects", f"p-{n}", dict.fromkeys(after), after, creates=True)
        for n, after in enumerate(values)
    ]
    data = b"".join(codec.dump_docs(docs, {}))
    found = [codec.parse_docs(codec.docs_about(data, doc.id)) for doc in docs]
    assert found == [(docs[0],), tuple(docs), (docs[2],)]
    assert codec.docs_about(data, "p-9") == b"[]"
    assert codec.docs_about(data.replace(b'"rev"', b' "rev"'), "p-1") != b"[]"
