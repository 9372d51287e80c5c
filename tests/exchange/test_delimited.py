import csv
import json
from pathlib import Path

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange import delimited
from review_board.exchange.decoding import decode
from review_board.exchange.delimited import best_delimiter, lines_of, read_records
from review_board.exchange.header_synonyms import is_known
from review_board.exchange.import_result import SkippedRow
from review_board.exchange.list_table import ListTable, table_of
from tests.exchange.support import DATA

# Without location_coordinates and newlines_crlf, whose stored answers are for other bytes.
SPECTRUM = [
    "comma_in_quotes",
    "empty",
    "empty_crlf",
    "escaped_quotes",
    "json",
    "newlines",
    "quotes_and_newlines",
    "simple",
    "simple_crlf",
    "utf8",
]


def table(text: str) -> ListTable:
    return table_of(read_records(text), is_known)


@pytest.mark.parametrize("mark", [",", ";", "\t", "|"])
def test_the_most_consistent_delimiter_wins(mark: str) -> None:
    text = f'name{mark}amount{mark}stage\nA, B; C{mark}"1,5"{mark}x\nD{mark}2{mark}y\n'
    assert best_delimiter(text) == mark
    assert table(text).headers == ("name", "amount", "stage")


def test_a_comma_in_numbers_is_no_delimiter() -> None:
    assert best_delimiter("Name;Wert;Phase\nA;1.234,56;x\nB;2.000,00;y\nC;3,5;z\n") == ";"


def test_one_column_is_a_table_too() -> None:
    assert table("Company\nAcme\nBolt\n").rows == ((2, ["Acme"]), (3, ["Bolt"]))


def test_a_separator_line_of_excel_is_obeyed_and_counted() -> None:
    found = table("sep=;\r\nname;amount\r\nA;1\r\n")
    assert found.headers == ("name", "amount")
    assert found.rows == ((3, ["A", "1"]),)


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"])
def test_row_numbers_are_those_of_a_spreadsheet(ending: str) -> None:
    text = ending.join(["name,amount", '"two', 'lines",1', "", "B,2", ""])
    assert [number for number, _ in table(text).rows] == [2, 4]


def test_long_and_short_rows_are_told_by_number_but_empty_ends_do_no_harm() -> None:
    found = table("name,amount\nA,1\nB\nC,1,2\nD,4,,\n")
    assert found.bad == (
        SkippedRow(3, "shorter than the header: 1 cell, not 2", ("B",)),
        SkippedRow(4, "longer than the header: 3 cells, not 2", ("C", "1", "2")),
    )
    assert found.rows == ((2, ["A", "1"]), (5, ["D", "4"]))


def test_a_row_of_data_that_says_the_names_of_columns_is_no_header() -> None:
    found = table(
        "lead_id,zone,wave,via,funnel\n1,North,Small,Call,Engaged\n2,South,Mid,Email,Prospect\n"
    )
    assert found.headers == ("lead_id", "zone", "wave", "via", "funnel")
    assert [number for number, _ in found.rows] == [2, 3]


def test_a_row_without_its_empty_end_is_whole_but_not_one_that_lacks_a_cell_before() -> None:
    whole = "name,mail,kind,day,hour\nA,a@x.example,Warm,2026-11-01,10:00\nB,b@x.example,Warm,,\n"
    found = table(f"{whole}C,c@x.example,Warm\nD,Warm,2026-11-02,11:00\nE\n")
    assert (4, ["C", "c@x.example", "Warm", "", ""]) in found.rows
    assert [row.row for row in found.bad] == [5, 6]


def test_a_header_in_the_middle_is_skipped_with_its_group_title() -> None:
    text = "name,amount,stage,owner\nA,1,x,y\nLost deals,,,\nname,amount,stage,owner\nB,2,x,y\n"
    found = table(text)
    assert [row for row, _ in found.rows] == [2, 5]
    assert {(s.row, s.reason) for s in found.skipped} == {
        (3, "a group title"),
        (4, "the header again"),
    }


def test_a_row_that_sums_those_above_is_a_total_by_any_word() -> None:
    text = "name,owner,amount,stage\nA,x,5,o\nB,x,7,o\nTotal pipeline,,12,\nTotal Energies,,99,\n"
    found = table(text)
    assert [row for row, _ in found.rows] == [2, 3, 5]
    assert [(s.row, s.reason) for s in found.skipped] == [(4, "a totals row")]


def test_sub_items_below_a_header_of_their_own_are_left_out() -> None:
    text = (
        "name,subitems,owner,stage\nA,call,x,o\nsubitems,name,owner,status\n,call,x,done\nB,,x,o\n"
    )
    found = table(text)
    assert [row for row, _ in found.rows] == [2, 5]
    assert [s.reason for s in found.skipped] == ["the header of sub-items", "a sub-item"]


def test_a_header_again_may_differ_in_a_cell() -> None:
    found = table("name,owner,status,stage\nA,x,open,demo\nB,,status,stage\nC,x,stage,o\n")
    assert [row for row, _ in found.rows] == [2, 4]


def test_lines_above_the_header_and_a_footer_are_skipped() -> None:
    text = 'Pipeline report,,\n"as of today",,\n\nName,Stage,Amount\nA,Open,1\n\nConfidential\nBy Ann\n'
    found = table(text)
    assert found.headers == ("Name", "Stage", "Amount")
    assert [row for row, _ in found.rows] == [5]
    assert [s.row for s in found.skipped] == [1, 2, 7, 8]


def test_a_totals_row_is_no_deal_but_a_company_called_total_is() -> None:
    found = table("name,stage,amount,owner\nTotal,Open,5,Ann\nTotal:,,5,\n,,5,\n,Open,5,Ann\n")
    assert [row for row, _ in found.rows] == [2, 5]
    assert [row.row for row in found.skipped] == [3, 4]


def test_empty_headers_at_the_end_are_cut_only_when_nothing_stands_below() -> None:
    assert table("name,amount,,\nA,1,,\n").headers == ("name", "amount")
    assert table("name,amount,,\nA,1,x,\n").headers == ("name", "amount", "")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Acme,5000,2026-01-01\nBolt,100,2026-01-02\n", "holds data"),
        ("ann@acme.com;x\nbob@bolt.com;y\n", "holds data"),
        ("Row Labels,Sum of Amount\nOpen,5\nGrand Total,5\n", "a summary"),
        ('name,amount\n"Acme,5\nBolt,6\n', "never closed"),
        ('name,amount\n"Acme" Inc,5\n', "line 2: a quote inside"),
        ("name,note\nAcme," + "x" * 131_073 + "\n", "line 2: a cell of more than 131,072"),
        (",,\n,,\n", "no rows"),
    ],
)
def test_what_is_no_list_is_refused_in_one_line(text: str, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said) as caught:
        table(text)
    assert "\n" not in str(caught.value)


def test_the_largest_cell_is_read() -> None:
    limit = csv.field_size_limit()
    assert len(table("name,note\nA," + "x" * limit).rows[0][1][1]) == limit


def test_other_signs_in_headers_are_no_delimiters() -> None:
    found = table(decode((DATA / "csvSeparator.csv").read_bytes()))
    assert found.headers == ("column1", "column2!some", "column3")


def test_headers_are_safe_to_show() -> None:
    assert "\x1b" not in "".join(table("name,am\x1b[2Jount\nA,1\n").headers)


@pytest.mark.parametrize("name", SPECTRUM)
def test_the_csv_spectrum_is_read_right(shared: Path, name: str) -> None:
    folder = shared / "encodings" / "csv-spectrum"
    answer = json.loads((folder / f"{name}.json").read_text("utf-8"))
    text = decode((folder / f"{name}.csv").read_bytes())
    found = table_of(read_records(text), lambda cell: cell in answer[0])
    records = [dict(zip(found.headers, cells, strict=True)) for _, cells in found.rows]
    assert records == answer


def test_empty_lines_cost_nothing_and_more_rows_than_a_sheet_has_are_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert read_records("name,amount\n\n\n,,\nA,5\n") == [(1, ["name", "amount"]), (5, ["A", "5"])]
    monkeypatch.setattr(delimited, "MOST_ROWS", 3)
    with pytest.raises(InvalidValueError, match="more than 3 rows"):
        read_records("name\nA\nB\nC\n")


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_keep_their_ends(end: str) -> None:
    text = f'a,"b{end}c"{end}{end}d\x85\u2028e'
    assert list(lines_of(text)) == [f'a,"b{end}', f'c"{end}', end, "d\x85\u2028e"]
