"""The JSON of other programs: what their interfaces answer with."""

import json
from typing import Any

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.import_result import ImportResult
from tests.exchange.support import taken


def read(value: Any) -> ImportResult:
    return taken(json.dumps(value))


def test_records_of_pipedrive() -> None:
    deal = {
        "id": 7, "title": "Solar", "value": 24000, "currency": "EUR", "status": "open", "stage_id": 3,
        "org_id": {"name": "Birch Hall", "value": 93}, "user_id": {"id": 5, "name": "Rob Lane"},
        "person_id": {
            "name": "Mia Brandt",
            "email": [{"label": "work", "value": "mia@b.example", "primary": True}],
            "phone": [{"label": "work", "value": "+44 1234 567890", "primary": True}],
        },
        "expected_close_date": "2026-12-18", "lost_reason": None, "deleted": False,
    }  # fmt: skip
    lost = deal | {"id": 8, "title": "Pump", "status": "lost", "lost_reason": "price"}
    result = read(
        {"success": True, "data": [deal, lost], "additional_data": {"next": 1, "more": False}}
    )
    solar, pump = result.prospects
    assert (solar.name, solar.company, solar.owner) == ("Solar", "Birch Hall", "Rob Lane")
    assert (solar.contacts[0].name, solar.contacts[0].email) == ("Mia Brandt", "mia@b.example")
    assert str(solar.close_date) == "2026-12-18"
    assert pump.drop is not None
    assert pump.drop.note == "price"


def test_records_of_hubspot() -> None:
    properties = {"dealname": "Solar", "amount": "24000", "dealstage": "closedwon", "closedate": "2026-11-01T00:00:00Z"}  # fmt: skip
    page = {
        "results": [{"id": "1", "properties": properties, "archived": False}],
        "paging": {"next": {}},
    }
    (solar,) = read(page).prospects
    assert solar.won is not None
    assert (solar.name, str(solar.won.on)) == ("Solar", "2026-11-01")


def test_records_of_salesforce() -> None:
    record = {
        "attributes": {"type": "Opportunity", "url": "/x"}, "Id": "006", "Name": "Solar",
        "Account": {"attributes": {"type": "Account"}, "Name": "Birch Hall"}, "StageName": "Prospecting",
        "Amount": 24000.5, "Owner": {"Name": "Rob Lane"}, "CloseDate": "2026-12-18",
    }  # fmt: skip
    (solar,) = read({"totalSize": 1, "done": True, "records": [record]}).prospects
    assert (solar.name, solar.company, solar.owner) == ("Solar", "Birch Hall", "Rob Lane")
    assert solar.value is not None
    assert str(solar.value.amount) == "24000.50"


def test_a_webhook_holds_its_record_inside() -> None:
    record = {"id": 1, "title": "Solar", "value": 5, "currency": "EUR", "status": "open"}
    body = {"v": 1, "event": "added.deal", "meta": {"id": 1, "action": "added"}, "current": record}
    result = read(body)
    assert [p.name for p in result.prospects] == ["Solar"]
    assert result.mapping["name"] == ("title",)


def test_of_several_lists_the_deals_are_read() -> None:
    book = {
        "companies": [{"id": 1, "name": "Birch Hall", "sector": "x", "website": "b.example"}],
        "deals": [{"id": 2, "name": "Solar", "stage": "won", "amount": 5, "company_id": 1}],
    }
    result = read(book)
    assert [p.name for p in result.prospects] == ["Solar"]
    assert result.beside is not None
    (solar,) = result.prospects
    added = result.beside.onto({solar.id: solar}, {f"0:{solar.id}": solar.id}).additions
    assert added[solar.id](solar).company == "Birch Hall"


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"x": 1}, "not review_board's"),
        ([{"age": 5, "job": "x"}], "cannot be read|Field required"),
        ({"activities": [{"lead_id": "1", "direction": "out", "duration": 5}]}, "activities"),
    ],
)
def test_other_json_is_refused_by_what_it_is(value: Any, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        read(value)


def test_nesting_has_an_end() -> None:
    deep: Any = {"name": "x"}
    for _ in range(200):
        deep = {"a": [[deep]], "b": {"c": deep}}
        if len(json.dumps(deep)) > 200_000:
            break
    record = {"title": "Solar", "value": 5, "status": "open", "stage": "x", "deep": deep}
    assert [p.name for p in read([record]).prospects] == ["Solar"]
