import gc
import weakref
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from review_board.errors import InvalidValueError, ReviewBoardError
from review_board.exchange.import_result import (
    BadRowsError,
    ImportOptions,
    ImportResult,
    SkippedRow,
)
from review_board.exchange.read_files import import_bytes, read_files
from review_board.imports.plan_sections import hint_rows
from review_board.pipeline.stages import StageMeaning
from review_board.pipeline.vocabulary import Column
from tests.exchange.support import DATA, NOW, taken

DEALS = "Deal ID,Deal Name,Stage,Amount\n1,Acme,Open,5\n2,Bolt,Won,6\n"


def test_the_same_file_gives_the_same_ids() -> None:
    first = taken(DEALS)
    assert taken(DEALS) == first
    second = taken(DEALS.replace("Acme", "Acme Ltd").replace("Open", "Lost"))
    assert [p.id for p in second.prospects] == [p.id for p in first.prospects]


def test_closed_deals_that_get_the_day_of_the_import_are_counted() -> None:
    rows = (
        "Acme,Won,\nBolt,Won,\nCora,Lost,\nDale,Won,2026-12-24\nEdge,Won,2026-03-02\nFern,Open,\n"
    )
    result = taken("Deal Name,Stage,Close Date\n" + rows)
    assert [notice for notice in result.notices if "today" in notice] == [
        "2 won deals have no day: taken as won today (20 Nov)",
        "1 lost deal has no day: taken as lost today (20 Nov)",
        "1 won deal has a day still to come: taken as won today (20 Nov)",
    ]
    assert [str(p.won.on) for p in result.prospects if p.won] == ["2026-11-20"] * 3 + ["2026-03-02"]


def test_the_day_that_stands_in_for_an_end_is_told_and_is_none_that_was_hoped_for() -> None:
    header = "Deal Name,Status,Expected close date,Close date,Lost time,Last activity\n"
    result = taken(
        header
        + "A,Lost,2026-11-02,,,\nB,Lost,2026-11-02,2026-11-03,,\nC,Lost,2026-11-02,,2026-11-04,\n"
        + "D,Lost,2026-11-02,,,2026-10-05\n"
    )
    days = [p.drop.at.date().isoformat() for p in result.prospects if p.drop]
    assert days == ["2026-11-20", "2026-11-03", "2026-11-04", "2026-10-05"]
    assert [notice for notice in result.notices if "taken as lost" in notice] == [
        "1 lost deal has no day: taken as lost today (20 Nov)",
        "1 lost deal has a close date alone: taken as lost on the day of 'Close date'",
        "1 lost deal has no day: taken as lost on the day of 'Last activity'",
    ]


def test_a_note_that_asks_for_no_contact_is_told_and_decides_nothing() -> None:
    rows = "A,Open,Ne souhaite plus être appelé\nB,Open,do not call any more\nC,Open,call again\n"
    result = taken("Deal Name,Stage,Notes\n" + rows)
    (told,) = [notice for notice in result.notices if "no contact" in notice]
    assert told == (
        "2 notes ask for no contact and stay notes: row 2 'Ne souhaite plus être appelé', row 3 "
        "'do not call any more'; drop a card where it is meant so"
    )
    assert not any(p.do_not_contact or p.drop for p in result.prospects)


def test_without_ids_names_identify_and_namesakes_stay_apart() -> None:
    text = "Deal Name,Stage,Amount\nAcme,Open,5\nAcme,Open,7\nAcme,Open,5\n"
    result = taken(text)
    assert len({p.id for p in result.prospects}) == 2
    assert result.skipped == (SkippedRow(4, "the same as row 2"),)
    later = taken(text.replace("Open", "Won").replace("5", "9"))
    assert [p.id for p in later.prospects] == [p.id for p in result.prospects]


def test_equal_numbers_of_two_products_are_not_the_same_deal() -> None:
    other = taken(DEALS.replace("Deal ID", "Record ID"))
    assert {p.id for p in other.prospects}.isdisjoint(p.id for p in taken(DEALS).prospects)


def test_one_id_for_two_rows_is_refused() -> None:
    rows = "".join(f"{n},Acme {n},Open,5\n" for n in range(3, 30))
    result = taken(DEALS + "1,Other,Open,5\n" + rows)
    (refused,) = result.refused
    assert (refused.row, refused.reason) == (4, "its id '1' is that of row 2")
    assert refused.cells == ("1", "Other", "Open", "5")
    assert result.headers == ("Deal ID", "Deal Name", "Stage", "Amount")


def test_a_second_row_of_a_deal_that_names_another_person_adds_them() -> None:
    header = "Deal ID,Deal Name,Stage,Amount,Contact,Phone,Notes\n"
    rows = "1,Acme,Open,5,Mike Moss,,\n1,Acme,Open,5,Gina Torres,555 0107,knows the boss\n"
    result = taken(f"{header}{rows}2,Bolt,Open,5,Ann Lee,,\n2,Bolt,Open,5,Ann Lee,,asks twice\n")
    acme, bolt = result.prospects
    assert [(p.name, p.phone) for p in acme.contacts] == [
        ("Mike Moss", ""),
        ("Gina Torres", "555 0107"),
    ]
    assert len({p.id for p in acme.contacts}) == 2
    assert acme.imports[0].people == acme.contacts
    assert [note.text for note in acme.notes] == ["knows the boss"]
    assert ([p.name for p in bolt.contacts], bolt.notes[0].text) == (["Ann Lee"], "asks twice")
    reasons = ["row 2 again; Gina Torres is added to it", "row 4 again"]
    assert [row.reason for row in result.skipped] == reasons
    (refused,) = taken(
        f"{header}1,Acme,Open,5,Mike Moss,,\n1,Acme,Open,9,Gina Torres,,\n2,Bolt,Open,5,Ann Lee,,\n"
    ).refused
    assert refused.reason == "its id '1' is that of row 2"


def test_one_bad_cell_costs_that_cell_and_is_said_once() -> None:
    text = "Deal Name,Stage,Close Date,Amount\n" + "Acme,Open,2026-02-30,5\nBolt,Open,soon,x\n"
    text += "".join(f"B{n},Open,{'soon' if n < 12 else '2026-01-01'},7\n" for n in range(50))
    result = taken(text)
    assert len(result.prospects) == 52
    assert (result.prospects[1].value, result.prospects[1].close_date) == (None, None)
    assert result.notices[:2] == (
        (
            "column 'Close Date': 14 cells were not understood, left open and kept in a note: "
            "'2026-02-30' (row 2), 'soon' (rows 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 and 3 more)"
        ),
        "column 'Amount': 1 cell was not understood, left open and kept in a note: 'x' (row 3)",
    )
    assert "Close Date: soon; Amount: x" in result.prospects[1].notes[0].text


def test_a_list_that_mostly_cannot_be_read_is_refused_whole() -> None:
    text = "Deal Name,Stage,Amount\nAcme,Closed,5\nBolt,Open,5\nCora,Closed,6\n"
    with pytest.raises(BadRowsError, match=r"2 of 3 rows cannot be read \(rows 2, 4\)") as caught:
        taken(text)
    assert "--skip-bad" in str(caught.value)
    assert caught.value.headers == ("Deal Name", "Stage", "Amount")
    assert [p.name for p in taken(text, skip_bad=True).prospects] == ["Bolt"]


def test_rows_of_another_length_are_refused_alone() -> None:
    result = taken(DEALS + "3,Cora,Open\n5,Dale,Open,8\n")
    assert [p.name for p in result.prospects] == ["Acme", "Bolt", "Dale"]
    assert [row.row for row in result.skipped] == [4]
    assert (result.rows, len(result.prospects), result.counts) == (4, 3, {"bad": 1})


def test_skip_bad_does_not_import_nothing() -> None:
    with pytest.raises(BadRowsError):
        taken("Deal Name,Stage,Amount\nAcme,Closed,5\n", skip_bad=True)


def test_likely_columns_that_are_not_used_are_warned_of_first() -> None:
    result = taken("Deal Name,Phase of deal,Ticket price,E\nAcme,Open,5,a@b.co\n", kind="deals")
    assert result.warnings[0].startswith("no column was taken as the value")
    assert next(hint_rows(0, result)).option == "--map 'value=Ticket price'"
    assert any("'E' looks like the email" in hint.words for hint in hint_rows(0, result))


def test_rows_that_the_crm_deleted_or_converted_are_left_out() -> None:
    text = "Id,Name,StageName,IsDeleted\n1,Acme,Open,true\n2,Bolt,Open,false\n"
    result = taken(text)
    assert [p.name for p in result.prospects] == ["Bolt"]
    assert result.counts == {"retired": 1}
    assert "--include-retired" in result.notices[0]
    assert len(taken(text, include_retired=True).prospects) == 2
    with pytest.raises(InvalidValueError, match="all 2 rows are marked"):
        taken(text.replace("false", "true"))


def test_what_was_mapped_and_what_not_is_told() -> None:
    result = taken("Deal Name,Stage,Amount,Amount,Mood,\nAcme,Open,5,6,good,x\n")
    assert result.mapping == {"name": ("Deal Name",), "stage": ("Stage",), "value": ("Amount",)}
    assert result.unmapped == ("Mood", "column 6, which has no name", "Amount")
    assert "column 'Amount' stands twice: the first is used" in result.notices
    assert (result.kind, result.origin, result.confidence) == (
        "deals",
        "a list",
        "taken as a list of deals",
    )


def test_a_column_whose_cells_contradict_its_name_is_not_used() -> None:
    result = taken("Deal Name,Stage,Closure Probability\nAcme,Open,High\nBolt,Open,Low\n")
    assert result.prospects[0].probability is None
    assert "column 'Closure Probability' holds no percentages: not used" in result.notices


def test_an_id_that_is_the_same_in_all_rows_is_none() -> None:
    result = taken("unique_id,Deal Name,Stage\nmake a hash,Acme,Open\nmake a hash,Bolt,Open\n")
    assert len(result.prospects) == 2
    assert "column 'unique_id' is not different for each row: not used" in result.notices


def test_columns_can_be_mapped_by_hand() -> None:
    text = "Kampagne,Erstgespräch,Absage\nTibber,2026-04-09,2026-04-10\n"
    with pytest.raises(InvalidValueError, match="--kind deals"):
        taken(text.replace("Absage", "Ende"))
    with pytest.raises(InvalidValueError, match="--map name=HEADER"):
        taken(text, kind="deals")
    result = taken(text, kind="deals", columns={"kampagne": "name"})
    assert (result.prospects[0].name, result.prospects[0].column) == ("Tibber", Column.DROPPED)
    with pytest.raises(InvalidValueError, match=r"no field.*close_date"):
        taken(text, columns={"Kampagne": "nmae"})
    with pytest.raises(InvalidValueError, match="there is no column 'x'"):
        taken(text, kind="deals", columns={"x": "name"})


def test_contacts_are_refused_and_taken_as_leads_when_asked() -> None:
    text = "First Name,Last Name,Email,Phone\nAnn,Lee,a@b.co,555-123456\n"
    with pytest.raises(InvalidValueError, match="list of contacts"):
        taken(text)
    (lead,) = taken(text, kind="leads").prospects
    assert (lead.name, lead.contacts[0].email) == ("Ann Lee", "a@b.co")


def test_ambiguous_days_ask_and_an_option_answers() -> None:
    text = "Deal Name,Stage,Close Date\nAcme,Open,01/02/2027\n"
    with pytest.raises(InvalidValueError, match="--dates dmy"):
        taken(text)
    (prospect,) = taken(text, dates="dmy").prospects
    assert str(prospect.close_date) == "2027-02-01"


def test_stages_that_are_not_known_are_told() -> None:
    result = taken("Deal Name,Stage,Amount\nAcme,Xyzzy,5\nBolt,Xyzzy,5\n")
    (use,) = result.states
    assert (use.word, use.count, use.meaning, use.is_known) == (
        "Xyzzy",
        2,
        StageMeaning.OPEN,
        False,
    )
    assert result.prospects[0].stage == "Xyzzy"
    said = taken("Deal Name,Stage,Amount\nAcme,Xyzzy,5\n", stages={"xyzzy": StageMeaning.WON})
    assert said.prospects[0].won


def test_a_row_with_nothing_but_an_id_is_refused() -> None:
    result = taken("Id,Deal Name,Stage,Amount\n1,Acme,Open,5\n2,,,\n3,,Open,7\n4,Bolt,Open,5\n")
    assert [(row.row, row.reason) for row in result.refused] == [
        (3, "it has no name"),
        (4, "it has no name"),
    ]
    without = taken("Id,Stage,Amount\n1,Open,5\n2,,\n3,Open,7\n")
    assert [p.name for p in without.prospects] == ["opportunity 1", "opportunity 3"]
    assert [row.row for row in without.refused] == [3]


def test_days_are_those_of_the_zone_of_now() -> None:
    now = datetime(2026, 11, 20, 23, tzinfo=ZoneInfo("America/New_York"))
    text = b"Deal Name,Stage,Created\nAcme,Open,2026-03-08\n"
    (prospect,) = import_bytes(text, now=now).prospects
    assert prospect.created is not None
    assert prospect.created.isoformat() == "2026-03-08T00:00:00-05:00"
    with pytest.raises(ValueError, match="aware"):
        import_bytes(text, now=now.replace(tzinfo=None))


def test_an_error_names_the_file_and_collection_goes_on(tmp_path: Path) -> None:
    path = tmp_path / "a list.csv"
    path.write_text("age;job\n1;x\n")
    with pytest.raises(ReviewBoardError, match=r"^a list\.csv: its columns"):
        read_files([path], now=NOW)
    assert gc.isenabled()


def test_what_was_open_while_a_list_was_read_can_be_collected_afterwards() -> None:
    class Screen:
        def __init__(self) -> None:
            self.itself = self

    screen = Screen()
    seen = weakref.ref(screen)
    import_bytes(b"Deal Name,Stage\nAcme,Open\n", now=NOW)
    del screen
    gc.collect()
    assert seen() is None


def test_only_a_header_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="no rows under its header"):
        taken("Deal Name,Stage,Amount\n")


def test_the_salesforce_sample() -> None:
    result = read_files([DATA / "opportunityData.csv"], now=NOW, options=ImportOptions(by="ann"))
    assert (result.kind, result.origin, len(result.prospects)) == ("deals", "Salesforce", 38)
    first = result.prospects[0]
    assert first.name == "George Foundation - 5000 Widgets"
    assert first.won is not None
    assert str(first.won.on) == "2005-11-09"
    assert sum(1 for p in result.prospects if p.value is None) == 5
    assert all(p.touches == () for p in result.prospects)


def test_an_account_list_is_refused() -> None:
    with pytest.raises(InvalidValueError, match="a list of companies"):
        read_files([DATA / "dateWithTimeZone.csv"], now=NOW)


def test_rows_of_other_lengths_than_the_header_are_told_by_number() -> None:
    with pytest.raises(BadRowsError) as caught:
        taken("Name,Amount\nfoo,1,2,3\nb\n")
    assert str(caught.value) == (
        "2 of 2 rows cannot be read (rows 2, 3); row 2: longer than the header: 4 cells, not 2; "
        "correct them"
    )


class CountedRow(SkippedRow):
    """A row that counts how often rows are looked up."""

    looks = 0

    def __hash__(self) -> int:
        CountedRow.looks += 1
        return self.row


def test_rows_left_out_are_told_from_many_refused_ones_in_one_look_at_each() -> None:
    left_out = tuple(CountedRow(number, "why") for number in range(20))
    refused = tuple(CountedRow(number, "why", what="bad") for number in range(20, 60))
    rows = (*left_out, *refused)
    found = ImportResult(skipped=rows)
    assert (found.left_out, found.refused) == (left_out, refused)
    assert CountedRow.looks <= 2 * len(rows)
