import json
from typing import Any

import pytest
from tinydb import TinyDB
from tinydb.storages import MemoryStorage

from review_board.errors import InvalidValueError
from review_board.exchange.import_result import BadRowsError
from review_board.exchange.project_json import to_json
from tests.exchange.support import taken

START = '[{"name": "Acme"}, {"name": "Bolt", "column": "nurture"}]'


def test_a_start_file_needs_names_only() -> None:
    result = taken(START)
    assert [p.name for p in result.prospects] == ["Acme", "Bolt"]
    assert taken(START) == result
    assert len({p.id for p in result.prospects}) == 2
    assert result.kind == "review_board"


def test_an_export_is_read_back_without_loss() -> None:
    prospects = taken(START).prospects
    exported = to_json(prospects)
    assert to_json(prospects) == exported
    assert json.loads(exported)["format"] == "review_board"
    assert taken(exported).prospects == prospects


def test_the_number_of_a_commit_stays_in_its_pipeline() -> None:
    (prospect,) = taken('[{"name": "Acme", "rev": 7}]').prospects
    assert prospect.rev == 0
    assert b'"rev"' not in to_json([prospect.with_changes(rev=7)])


def test_a_pipeline_file_is_read_too() -> None:
    database = TinyDB(storage=MemoryStorage)
    database.table("prospects").insert({"id": "p-1", "name": "Acme"})
    database.table("meta").insert({"schema": 1, "seq": 4})
    result = taken(json.dumps(database.storage.read()))
    assert [p.id for p in result.prospects] == ["p-1"]
    assert "ledger" in result.notices[0]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_marks_are_no_trouble(encoding: str) -> None:
    assert len(taken(START.encode(encoding)).prospects) == 2


def test_unknown_fields_are_kept_and_told() -> None:
    result = taken('[{"name": "Acme", "mood": "good"}]')
    assert b'"mood": "good"' in to_json(result.prospects)
    assert result.notices == ("fields that are not known here were kept: mood",)


def test_existing_and_equal_ones_are_skipped() -> None:
    text = '[{"id": "p-1", "name": "A"}, {"id": "p-2", "name": "B"}, {"id": "p-2", "name": "B"}]'
    result = taken(text, existing=frozenset({"p-1"}))
    assert [p.id for p in result.prospects] == ["p-2"]
    assert (result.counts, result.rows) == ({"existing": 1, "duplicates": 1}, 3)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "no prospects"),
        ("[1]", "JSON without a list"),
        ('[{"name": "A"}, 1, 2]', "it is no JSON object"),
        ('{"x": 1}', "JSON without a list"),
        ('{"format": "trello", "prospects": []}', "'trello'"),
        ('{"format": "review_board", "schema": 2, "prospects": [{}]}', "newer than 1"),
        ('{"format": "review_board", "schema": "x", "prospects": [{}]}', "its schema is 'x'"),
        ('{"prospects": {"1": {"name": "A"}}, "meta": {"1": {"schema": 9}}}', "newer than 3"),
        ('{"prospects": 5}', "neither a list nor a table"),
        ('[{"name": ""}]', "row 1: .*name"),
        ('[{"company": "A"}]', "columns do not tell what it is"),
        ('[{"company": "A", "rev": 1}]', "name: Field required"),
        ('[{"name": "A", "column": "won"}]', "column"),
        ('[{"name": "A", "value": {"amount": -5}}]', "value.amount"),
        ('[{"name": "A", "id": 7}]', "id"),
        ('[{"name": "A", "x": NaN}]', "not valid JSON"),
        ('[{"name": "A", "x": 1e999}]', "not valid JSON"),
        ('[{"name": "A", "x": ' + "9" * 5000 + "}]", "not valid JSON"),
        ("[" * 100_000, "not valid JSON"),
        ('[{"name": "A", "x": ' + "[" * 600 + "]" * 600 + "}]", "nested too deeply"),
        ('[{"name": "\\ud800"}]', "not valid JSON"),
        ('[{"name": "A"}', "not valid JSON"),
        ("<<<<<<< HEAD\n[]", "do not tell"),
    ],
)
def test_what_is_wrong_is_told_in_one_line(text: str, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said) as caught:
        taken(text)
    assert "\n" not in str(caught.value)


def test_bad_documents_are_refused_by_themselves_and_most_of_them_refuse_the_file() -> None:
    text: list[dict[str, Any]] = [{"name": "A"}, {"name": "\x00"}, {"name": "B", "id": "p"}]
    text.append({"name": "C", "id": "p"})
    result = taken(json.dumps(text))
    assert [p.name for p in result.prospects] == ["A", "B"]
    assert [row.row for row in result.refused] == [2, 4]
    text.append({"name": ""})
    with pytest.raises(BadRowsError, match="3 of 5 rows"):
        taken(json.dumps(text))
    assert len(taken(json.dumps(text), skip_bad=True).prospects) == 2
