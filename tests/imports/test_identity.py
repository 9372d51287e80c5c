"""Which rows are prospects on record: by id in their source, email, phone, web domain, company and name."""

from typing import Any

import pytest

from review_board.imports.identity import Matches, match
from review_board.pipeline.merge import merge
from review_board.pipeline.prospect import Prospect, to_document
from review_board.pipeline.stamp import Stamp
from tests.exchange.support import NOW, taken

Documents = dict[str, dict[str, Any]]
DEALS = "Record ID,Deal Name,Company,Amount,Deal Stage,Deal owner\n"
PEOPLE = "Company,Name,Email,Phone,Lead Status\n"


def stored(*lists: str, **options: Any) -> Documents:
    """Return what stands on record after an import into an empty pipeline."""
    found = [to_document(p) for text in lists for p in taken(text, **options).prospects]
    return {document["id"]: document for document in found}


def matched(text: str, documents: Documents, *, by_reach: bool = False, **options: Any) -> Matches:
    return match(taken(text, **options).prospects, documents, by_reach=by_reach)


def names(found: Matches, documents: Documents) -> dict[str, str]:
    """Return the name of each row that is on record, and what it is called there."""
    rows = {row.id: row.name for row in found.rows}
    return {rows[row]: documents[key]["name"] for row, key in found.same.items()}


def test_an_id_tells_whatever_else_has_changed() -> None:
    known = stored(DEALS + "1,Solar roof,Birch,500,Proposal,ann\n2,Heat pump,Elm,5,Proposal,bob\n")
    again = (
        "2,Heat,Elm Ltd,6,Proposal,cat\n1,Sun,Birk,9,Proposal,bob\n3,Solar roof,Fir,1,Demo,ann\n"
    )
    found = matched(DEALS + again, known)
    assert names(found, known) == {"Heat": "Heat pump", "Sun": "Solar roof"}


def test_a_list_that_gives_everybody_another_id_is_known_by_names() -> None:
    """All came in a second time after a company had moved its CRM."""
    rows = "{}1,Solar roof,Birch,500,Proposal,ann\n{}2,Heat pump,Elm,5,Proposal,bob\n"
    known = stored(DEALS + rows.format(50, 50))
    found = matched(DEALS + rows.format(90, 90) + "903,Fan,Ash,1,Proposal,ann\n", known)
    assert names(found, known) == {"Solar roof": "Solar roof", "Heat pump": "Heat pump"}
    assert found.is_numbered_anew
    others = "903,Fan,Ash,1,Demo,ann\n904,Pump,Oak,1,Demo,ann\n905,Solar roof,Birch,9,Demo,ann\n"
    assert not matched(DEALS + others, known).same, "one renewed deal among new ones is another"
    beside = matched(DEALS + rows.format(50, 90), known)
    assert names(beside, known) == {"Solar roof": "Solar roof"}, "where one id is known, ids count"


def test_two_lists_that_number_from_one_are_two_sources() -> None:
    first, second = (f"No,Company,Status,Value\n1,{a},open,1\n2,{b},open,2\n" for a, b in
                     (("Alder", "Birch"), ("Cedar", "Dogwood")))  # fmt: skip
    known = stored(first)
    found = matched(second, known)
    assert (found.source, dict(found.same)) == ("a list 2", {})
    both = known | {f"{p.id}-b": {**to_document(p), "id": f"{p.id}-b"} for p in found.rows}
    assert set(matched(second, both).same.values()) == {f"{p.id}-b" for p in found.rows}
    assert set(matched(first, both).same.values()) == set(known)


def test_a_number_alone_is_a_question() -> None:
    known = stored("No,Company,Status,Value\n1,Alder,open,1\n2,Birch,open,2\n3,Cedar,open,9\n")
    found = matched("No,Company,Status,Value\n1,Alder,open,1\n2,Birch,open,7\n3,Zinc,open,8\n", known)  # fmt: skip
    assert names(found, known) == {"Alder": "Alder", "Birch": "Birch"}
    (near,) = found.near
    assert (near.row_name, near.name) == ("Zinc", "Cedar")
    assert near.why == ("the same number 3 in that list",)


@pytest.mark.parametrize(
    "row",
    [
        "Alder,Jo Alder,jo@alder.example,+44 20 7946 9999,New",
        "Alder,Jo Alder,joanna@elsewhere.example,020 7946 0001,New",
        "Alder Ltd,Jo Alder,office@alder.example,,New",
        "Alder,Jo Alder,,,New",
        "Another name,J. Alder-Smith,JO@alder.example,,New",
    ],
)
def test_people_are_known_by_address_number_domain_or_name(row: str) -> None:
    known = stored(PEOPLE + "Alder,Jo Alder,jo@alder.example,+44 20 7946 0001,New\n", kind="leads")
    assert len(matched(PEOPLE + row + "\n", known, by_reach=True, kind="leads").same) == 1


def test_a_colleague_at_the_same_number_is_somebody_else_and_a_question() -> None:
    known = stored(PEOPLE + "Alder,Jo Alder,jo@alder.example,+44 20 7946 0001,New\n", kind="leads")
    row = "Alder,Max Power,max@alder.example,+44 20 7946 0001,New\n"
    found = matched(PEOPLE + row, known, by_reach=True, kind="leads")
    assert not found.same
    assert "same phone" in found.near[0].why[0]


def test_another_deal_with_the_same_person_is_another_deal() -> None:
    header = "Deal Name,Company,Email,Amount,Deal Stage\n"
    known = stored(header + "Solar roof,Birch,mia@birch.example,500,Proposal\n")
    found = matched(header + "Heat pump,Birch,mia@birch.example,900,Proposal\n", known)
    assert (dict(found.same), found.near[0].name) == ({}, "Solar roof")


def test_namesakes_are_told_apart_by_what_the_list_said_of_them() -> None:
    header = "Deal Name,Amount,Deal Stage\n"
    known = stored(header + "Renewal,5,Open\nRenewal,7,Open\nRenewal,9,Open\n")
    found = matched(header + "Renewal,9,Open\nRenewal,5,Open\nRenewal,8,Open\n", known)
    amounts = {row.id: str(row.value and row.value.amount) for row in found.rows}
    pairs = {amounts[r]: known[k]["value"]["amount"] for r, k in found.same.items()}
    assert pairs == {"9": "9", "5": "5", "8": "7"}


def test_who_was_merged_away_is_the_one_that_was_kept() -> None:
    (old, kept) = taken(DEALS + "1,A,,5,Open,x\n2,B,,6,Open,x\n").prospects
    survivor = kept.with_changes(merged=(old.id,), imports=(*kept.imports, *old.imports))
    known = {kept.id: to_document(survivor)}
    found = matched(DEALS + "1,A,,5,Open,x\n2,B,,6,Open,x\n", known)
    assert set(found.same.values()) == {kept.id}
    assert len(found.same) == 2


@pytest.mark.parametrize("kept_row", [0, 1])
def test_two_rows_without_an_id_that_were_merged_stay_one(kept_row: int) -> None:
    header = "Deal Name,Company,Contact,Email,Amount,Deal Stage,Deal owner\n"
    person = "Gina Tessari,gina@tessari.example,65000"
    rows = (f"Servo motors,Tessari,{person},Negotiating,mara\n"
            f"Servo motors,Tessari SRL,{person},Offer sent,piet\n")  # fmt: skip
    pair = taken(header + rows).prospects
    kept, other = pair[kept_row], pair[1 - kept_row]
    survivor = merge(kept, other, Stamp(NOW, "mara", "m")).prospect
    known = {kept.id: to_document(survivor)}
    found = matched(header + rows + f"Servo motors,Alder,{person},Open,mara\n", known)
    assert dict(found.same) == {kept.id: kept.id, other.id: kept.id}


def test_what_was_imported_before_sources_were_kept_is_found_by_its_number() -> None:
    known = stored(DEALS + "1,Solar roof,Birch,500,Proposal,ann\n")
    for document in known.values():
        del document["imports"]
    assert len(matched(DEALS + "1,Solar roof,Birch,600,Closed Won,ann\n", known).same) == 1
    assert not matched("No,Company,Status,Value\n1,Zinc,open,8\n", known).same


def test_what_a_hand_has_spoilt_does_not_stop_an_import() -> None:
    known = {"x": {"id": "x", "imports": [3, {"source": 4, "values": 5}], "merged": 6, "value": 7}}
    assert not matched(DEALS + "1,A,,5,Open,x\n", known).same


def test_nearly_the_same_name_is_a_question() -> None:
    header = "Deal Name,Company,Amount,Deal Stage\n"
    known = stored(header + "Northgate school roofs,Northgate,5,Open\n")
    found = matched(header + "Northgate schools roofs,Northgate,5,Open\n", known)
    assert not found.same
    assert "nearly the same name" in found.near[0].why[0]


def test_rows_are_known_by_their_source_when_they_are_stored() -> None:
    (row,) = taken(DEALS + "1,A,,5,Open,x\n").prospects
    assert isinstance(row, Prospect)
    assert (row.imports[0].source, row.imports[0].external_id) == ("HubSpot", "1")
    (own,) = taken(DEALS + "1,A,,5,Open,x\n", source="Team North").prospects
    assert own.imports[0].source == "Team North"


@pytest.mark.parametrize(
    ("company", "person", "asked"),
    [
        ("Acme Gmbh Werk 2", "Petra Lang", ["Acme GmbH"]),
        ("Acme Gmbh Werk 2", "Somebody Else", []),
        ("Acmetal", "Petra Lang", []),
    ],
)
def test_the_same_person_at_a_longer_name_of_the_company_is_a_question(
    company: str, person: str, asked: list[str]
) -> None:
    header = "Company,Contact,Status,Value\n"
    known = stored(f"{header}Acme GmbH,Petra Lang,open,1\n")
    found = matched(f"{header}{company},{person},open,8\n", known)
    assert not found.same
    assert [near.name for near in found.near] == asked
