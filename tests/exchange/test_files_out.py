"""Mailing lists, contact cards, and the lists that a CRM imports."""

from typing import Any

import pytest

from review_board.exchange.contact_cards_out import contact_cards
from review_board.exchange.crm_files import CRM_FORMS
from review_board.exchange.csv_out import csv_bytes
from review_board.exchange.mailing import mailing_list
from review_board.pipeline.prospect import Prospect, from_document
from review_board.pipeline.vocabulary import Track
from tests.exchange.support import taken


def _person(number: int, email: str, role: str = "contact") -> dict[str, str]:
    return {"id": f"c-{number}", "name": f"Person {number}", "email": email, "role": role}


def _nurtured(
    number: int, *people: dict[str, str], track: str = "monthly-email", **more: Any
) -> Prospect:
    plan = {"track": track, "since": "2026-10-01"}
    document = {"id": f"p-{number}", "name": f"N{number}", "column": "nurture", "nurture": plan, "contacts": people}  # fmt: skip
    return from_document(document | more)


ASKED: dict[str, Any] = {"do_not_contact": {"at": "2026-11-02T10:00:00Z"}}
NO_MAIL: dict[str, Any] = {
    "notes": [{"id": "n", "at": "2026-11-02T10:00:00Z", "text": "asked for no e-mail"}]
}


def test_a_mailing_list_has_nobody_who_asked_to_be_left_alone() -> None:
    book = [
        _nurtured(1, _person(1, "a@x.example")),
        _nurtured(2, _person(1, "b@x.example"), **ASKED),
        _nurtured(3, _person(1, "B@x.example")),  # the same person at another prospect
        _nurtured(4, _person(1, "c@x.example"), **NO_MAIL),
        _nurtured(5, _person(1, "A@x.example")),  # once is enough
        _nurtured(6, _person(1, "")),
        _nurtured(7, _person(1, "d@x.example"), track="champion"),
    ]
    found = mailing_list(book, Track.MONTHLY_EMAIL)
    assert [row[0] for row in found.rows] == ["a@x.example"]
    assert (found.left_alone, found.without_address) == (3, 1)


def test_the_track_of_a_champion_writes_to_the_champion() -> None:
    people = (_person(1, "a@x.example"), _person(2, "b@x.example", "champion"))
    found = mailing_list([_nurtured(1, *people, track="champion")], Track.CHAMPION)
    assert found.rows[0][:2] == ("b@x.example", "Person 2")


def test_contact_cards_come_in_again() -> None:
    long = "Zoë the, \\ buyer " + "é" * 60
    book = [
        from_document({"id": "p", "name": "Acme", "contacts": [{"id": "c", "name": long, "email": "z@acme.example", "phone": "+1 555 0100", "note": "a;b\nc"}]}),
        from_document({"id": "q", "name": "Bolt", "contacts": [_person(1, "b@x.example")], **ASKED}),
    ]  # fmt: skip
    cards = contact_cards(book)
    assert len(cards) == 1
    assert all(len(line.encode()) <= 75 for line in cards[0].split("\r\n"))
    (one,) = taken("".join(cards)).prospects
    (person,) = one.contacts
    assert (person.name, person.email, person.phone) == (long, "z@acme.example", "+1 555 0100")
    assert one.company == "Acme"


DECIDED: list[dict[str, Any]] = [
    {"id": "a", "name": "Lost", "external_id": "1", "column": "dropped", "stage": "Proposal", "drop": {"at": "2026-11-01T10:00:00Z", "reason": "no-budget", "note": "cut"}},
    {"id": "b", "name": "Won", "external_id": "2", "won": {"on": "2026-11-03"}},
    {"id": "c", "name": "Open", "external_id": "3", "stage": "Demo", "next_step": {"action": "=demo", "on": "2026-12-01"}},
    {"id": "d", "name": "Later", "external_id": "4", "stage": "Demo", "column": "nurture", "nurture": {"track": "monthly-email", "since": "2026-11-01", "next_on": "2026-12-09"}},
    {"id": "e", "name": "Ours alone"},
]  # fmt: skip


def test_decisions_as_a_crm_takes_them() -> None:
    rows = CRM_FORMS["hubspot"].rows(map(from_document, DECIDED))
    assert [row[2:5] for row in rows] == [
        ["Closed Lost", "No budget: cut", ""],
        ["Closed Won", "", ""],
        ["Demo", "", "2026-12-01 =demo"],
        ["Demo", "", "2026-12-09 Nurture: monthly email"],
    ]
    salesforce = CRM_FORMS["salesforce"]
    assert salesforce.headers == ["Id", "Name", "StageName", "Loss_Reason__c", "NextStep", "CloseDate"]  # fmt: skip
    assert salesforce.rows(map(from_document, DECIDED))[0][3] == "No budget"
    pipedrive = CRM_FORMS["pipedrive"].rows(map(from_document, DECIDED))
    assert [row[2] for row in pipedrive] == ["lost", "won", "open", "open"]


@pytest.mark.parametrize("name", CRM_FORMS)
def test_what_a_crm_takes_we_take_as_well(name: str) -> None:
    form = CRM_FORMS[name]
    result = taken(csv_bytes(form.headers, form.rows(map(from_document, DECIDED))))
    lost, won, *_ = result.prospects
    assert lost.drop is not None
    assert (lost.drop.reason, lost.external_id) == ("no-budget", "1")
    assert won.won is not None


def test_pipedrive_gets_the_organization_or_person_without_which_it_takes_no_deal() -> None:
    lost = from_document(DECIDED[0] | {"company": "Elm", "contacts": [_person(1, "a@x.example")]})
    form = CRM_FORMS["pipedrive"]
    (row,) = form.rows([lost])
    said = dict(zip(form.headers, row, strict=True))
    assert (said["Organization - Name"], said["Person - Name"]) == ("Elm", "Person 1")
    assert (said["Deal - Status"], said["Deal - Lost reason"]) == ("lost", "No budget: cut")
