"""The JSON of other programs: what their interfaces answer with."""

import json
from typing import Any

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.import_result import ImportResult
from review_board.progress import Progress
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
    added = result.beside({solar.id: solar}, {f"0:{solar.id}": solar.id}, Progress()).additions
    assert added[solar.id](solar).company == "Birch Hall"


def in_pages(record: dict[str, Any]) -> dict[str, Any]:
    """Wrap a record as an interface does that answers in pages."""
    return {"object": "list", "records": [record], "next": {"after": "x"}, "total": 1}


SOLAR = {"name": "Solar", "company": "Birch Hall", "amount": 5, "stage": "Proposal"}
NOTION = {
    "Name": {"id": "title", "type": "title", "title": [{"type": "text", "plain_text": "Solar"}]},
    "Company": {"type": "rich_text", "rich_text": [{"plain_text": "Birch Hall"}]},
    "Amount": {"id": "a", "type": "number", "number": 5},
    "Stage": {"type": "select", "select": {"id": "1", "name": "Proposal", "color": "red"}},
}
MONDAY = {
    "id": "1",
    "name": "Solar",
    "column_values": [
        {"id": "deal_stage", "text": "Proposal", "column": {"title": "Stage"}},
        {"id": "deal_value", "text": "5", "column": {"title": "Deal Value"}},
        {"id": "accounts", "text": "Birch Hall", "column": {"title": "Company"}},
    ],
}
TWENTY = SOLAR | {
    "amount": {"amountMicros": 5_000_000, "currencyCode": "USD"},
    "company": {"name": "Birch Hall"},
}
ODOO = {
    "id": 7, "name": "Solar", "company": [3, "Birch Hall"], "expected_revenue": 5.0,
    "stage_id": [2, "Proposal"], "lost_reason_id": False, "active": True, "probability": 40.0,
}  # fmt: skip


@pytest.mark.parametrize(
    "value",
    [
        [SOLAR],
        {"d1": SOLAR},
        in_pages({"id": "rec1", "createdTime": "2026-10-01T00:00:00.000Z", "fields": SOLAR}),
        in_pages({"type": "deals", "id": "9", "attributes": SOLAR, "links": {"self": "x"}}),
        in_pages({"object": "page", "id": "p1", "properties": NOTION}),
        {"data": {"opportunities": {"edges": [{"node": TWENTY, "cursor": "x"}]}}},
        {"data": {"boards": [{"name": "Our deals", "items_page": {"items": [MONDAY]}}]}},
        {"jsonrpc": "2.0", "id": 1, "result": [ODOO]},
        {"columns": [*SOLAR], "rows": [[*SOLAR.values()]]},
        [[*SOLAR], [*SOLAR.values()]],
    ],
    ids=["array", "by id", "airtable", "json:api", "notion", "edges", "monday", "odoo", "rows", "arrays"],
)  # fmt: skip
def test_what_others_wrap_around_a_record(value: Any) -> None:
    (solar,) = read(value).prospects
    assert solar.value is not None
    found = (solar.name, solar.company, str(solar.value.amount), solar.stage)
    assert found == ("Solar", "Birch Hall", "5", "Proposal")
    assert solar.drop is None
    assert not solar.notes


def test_false_is_nothing_where_others_have_a_text() -> None:
    mia = SOLAR | {"phone": "+49 30 123456", "is_active": True}
    result = read([mia, SOLAR | {"name": "Pump", "phone": False, "is_active": True}])
    assert [len(p.contacts) for p in result.prospects] == [1, 0]
    assert not any(p.notes for p in result.prospects)


def test_records_of_two_forms_name_one_thing_in_two_ways() -> None:
    records = [
        {"id": 1, "name": "Mia", "company_name": "Birch", "email": "m@b.example", "status": "new"},
        {"id": 2, "business_name": "Oak", "email": "t@o.example", "status": "new"},
    ]
    result = taken(json.dumps(records))
    assert [p.company for p in result.prospects] == ["Birch", "Oak"]
    assert result.mapping["company"] == ("company_name", "business_name")


def test_one_record_a_line() -> None:
    lines = [json.dumps(SOLAR), "", json.dumps(SOLAR | {"name": "Pump", "stage": "Won"})]
    solar, pump = taken("\n".join(lines)).prospects
    assert (solar.name, pump.name) == ("Solar", "Pump")
    with pytest.raises(InvalidValueError, match="line 3"):
        taken("\n".join(lines)[:-4])


def test_what_stands_beside_the_list_and_is_nothing_is_not_named() -> None:
    page = {
        "data": {"deals": [{"title": "Solar", "value": 5, "status": "open"}]},
        "meta": {"n": 1, "m": 2},
    }
    assert not [notice for notice in read(page).notices if "not read" in notice]


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ({"x": 1}, "JSON without a list"),
        ([{"age": 5, "job": "x"}], "columns do not tell what it is"),
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


def test_people_whom_salesforce_joins_to_a_deal_are_its_contacts() -> None:
    roles = {"totalSize": 1, "records": [{"attributes": {}, "Contact": {"Name": "Mia Brandt", "Email": "mia@b.example"}}]}  # fmt: skip
    deal = {"Id": "006A", "Name": "Solar", "Amount": 24000.0, "StageName": "Proposal", "OpportunityContactRoles": roles}  # fmt: skip
    (prospect,) = read({"totalSize": 1, "records": [deal]}).prospects
    assert [(c.name, c.email) for c in prospect.contacts] == [("Mia Brandt", "mia@b.example")]


def test_a_column_of_states_by_another_name_and_records_under_their_ids() -> None:
    deals = {
        "501": {"title": "Solar", "amount": 5, "state": "negotiation"},
        "502": {"title": "Pump", "amount": 6, "state": "lost"},
    }
    found = read({"deals": deals}).prospects
    assert [(p.external_id, p.column.value) for p in found] == [("501", "active"), ("502", "dropped")]  # fmt: skip


def test_a_reason_that_kommo_has_beside_a_lead_is_read() -> None:
    lead = {"id": 2, "name": "Pump", "price": 9000, "status_id": 143, "closed_at": 1790935200}
    lead |= {"pipeline_id": 1, "responsible_user_id": 5, "_embedded": {"loss_reason": [{"name": "Too expensive"}]}}  # fmt: skip
    other = lead | {"id": 3, "name": "Van", "status_id": 142, "_embedded": {}}
    first = read({"_embedded": {"leads": [lead, other]}}).prospects[0]
    assert first.drop
    assert first.drop.note == "Too expensive"
