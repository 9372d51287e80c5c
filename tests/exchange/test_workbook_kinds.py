"""Workbooks as sellers make them: formats of money, totals, merged cells, tables beside each other."""

import io
import struct
import zipfile
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

import pytest

from review_board.errors import InvalidValueError
from review_board.exchange.import_result import ImportResult
from review_board.exchange.number_formats import currency_of_format
from tests.exchange.support import taken

pytest.importorskip("python_calamine")
xlsxwriter = pytest.importorskip("xlsxwriter")

HEADER = ("Deal Name", "Company", "Amount", "Stage")


def workbook(make: Callable[[Any], None], **options: Any) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, **options}) as book:
        make(book)
    return out.getvalue()


def of_rows(*rows: Sequence[object]) -> bytes:
    def make(book: Any) -> None:
        sheet = book.add_worksheet("Deals")
        for number, row in enumerate(rows):
            sheet.write_row(number, 0, row)

    return workbook(make)


def left_out(result: ImportResult) -> list[tuple[int, str]]:
    return [(row.row, row.reason) for row in result.skipped]


def names(result: ImportResult) -> list[str]:
    return [prospect.name for prospect in result.prospects]


@pytest.mark.parametrize(
    ("code", "currency"),
    [
        ("#,##0.00 [$€-407]", "EUR"),
        ("[$£-809]#,##0", "GBP"),
        ('"$"#,##0_);[Red]("$"#,##0)', "USD"),
        ("[$$-1009]#,##0", "CAD"),
        ("#,##0 [$kr-41D]", "SEK"),
        ("[$kr.-406] #,##0", "DKK"),
        ('#,##0 "kr"', "kr"),
        ("[$¥-804]#,##0", "CNY"),
        ("[$CHF] #,##0", "CHF"),
        ('_-* #,##0.00\\ "€"_-;-* #,##0.00\\ "€"_-', "EUR"),
        ("[$-409]mmm d", ""),
        ('0.0 "h"', ""),
        ('0 "all"', ""),
        ("0.00E+00", ""),
    ],
)
def test_a_format_names_its_currency(code: str, currency: str) -> None:
    assert currency_of_format(code) == currency


def test_an_amount_is_in_the_currency_that_its_cell_shows() -> None:
    def make(book: Any) -> None:
        sheet = book.add_worksheet("Deals & more")
        sheet.write_row(0, 0, HEADER)
        for row, code in enumerate(
            ("#,##0.00 [$€-407]", "[$£-809]#,##0", "#,##0 [$kr-41D]", "0"), 1
        ):
            sheet.write_row(row, 0, (f"D{row}", f"Co {row}", None, "Proposal"))
            sheet.write_number(row, 2, 1000.125 * row, book.add_format({"num_format": code}))

    result = taken(workbook(make), currency="CHF")
    values = [(str(p.value.amount), p.value.currency) for p in result.prospects if p.value]
    assert values == [
        ("1000.13", "EUR"),
        ("2000.25", "GBP"),
        ("3000.38", "SEK"),
        ("4000.50", "CHF"),
    ]


def test_a_column_of_currencies_counts_more_than_the_format_of_a_cell() -> None:
    def make(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, (*HEADER, "Currency"))
        sheet.write_row(1, 0, ("Solar", "Birch", None, "Open", "EUR"))
        sheet.write_number(1, 2, 24000, book.add_format({"num_format": '"$"#,##0'}))

    (solar,) = taken(workbook(make)).prospects
    assert solar.value is not None
    assert solar.value.currency == "EUR"


def test_percentages_are_what_the_sheet_shows() -> None:
    def make(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, (*HEADER, "Probability"))
        for row, share in enumerate((0.5, 0.07, 1), 1):
            sheet.write_row(row, 0, (f"D{row}", "", 5, "Open"))
            sheet.write_number(row, 4, share, book.add_format({"num_format": "0%"}))
        sheet.write_row(4, 0, ("D4", "", 5, "Open", 40))

    shares = [str(p.probability) for p in taken(workbook(make)).prospects]
    assert shares == ["0.5", "0.07", "1", "0.4"]


def test_sums_of_groups_and_of_all_are_left_out() -> None:
    rows: list[Sequence[object]] = [("Region", *HEADER)]
    for region in ("North", "South"):
        rows += [(region, f"{region} {i}", f"Co {region} {i}", 100, "Open") for i in (1, 2)]
        rows += [(f"{region} Total", "", "", 200, "")]
    result = taken(of_rows(*rows, ("Grand Total", "", "", 400, "")))
    assert names(result) == ["North 1", "North 2", "South 1", "South 2"]
    assert left_out(result) == [(row, "a totals row") for row in (4, 7, 8)]


def test_groups_and_sub_items_of_a_board_are_left_out() -> None:
    header = ("Name", "Subitems", "Stage", "Owner", "Deal Value", "Close Date")
    rows: list[Sequence[object]] = [("Sales pipeline",), ("All our deals",), ()]
    for group in ("This month", "Next month"):
        rows += [(group,), header]
        for i in (1, 2):
            rows += [
                (f"{group} {i}", "Call", "Proposal", "Rob", 1000 * i),
                ("Subitems", "Name", "Owner", "Status", "Date"),
                ("", "Call", "Rob", "Done"),
            ]
        rows += [("", "", "", "", 3000), ()]
    result = taken(of_rows(*rows))
    assert names(result) == ["This month 1", "This month 2", "Next month 1", "Next month 2"]
    assert sum(p.value.amount for p in result.prospects if p.value) == 6000
    assert {reason for _, reason in left_out(result)} == {
        "above the header", "the header again", "a group title", "the header of sub-items",
        "a sub-item", "only numbers, as a totals row has them",
    }  # fmt: skip
    used = len(result.prospects) + 1  # and the header
    assert used + len(result.skipped) == sum(map(bool, rows))


def test_titles_of_groups_and_what_is_counted_below_them_are_left_out() -> None:
    solar, pump, wind = ((name, "Co", 5, "Open") for name in ("Solar", "Pump", "Wind"))
    end = [("Sum", "", 15), ("Average", "", 5), ("Count", "", 3)]
    result = taken(of_rows(HEADER, ("North",), solar, pump, ("South",), wind, *end))
    assert names(result) == ["Solar", "Pump", "Wind"]
    assert {reason for _, reason in left_out(result)} == {"a group title", "a totals row"}
    new = taken(of_rows(HEADER, ("A new one",), solar, ("Count Basie Ltd", "", 5)))
    assert names(new) == ["A new one", "Solar", "Count Basie Ltd"]


def test_two_lists_beside_each_other_are_told_apart() -> None:
    people = ("Name", "Phone")
    rows = [
        (*HEADER, "", "", *people),
        ("Solar", "Birch", 5, "Open", "", "", "Mia", "+49 30 12345"),
    ]
    (solar,) = taken(of_rows(*rows)).prospects
    assert (solar.name, solar.company) == ("Solar", "Birch")
    spaced = [(*HEADER, "", "Owner"), ("Solar", "Birch", 5, "Open", "", "Rob Lane")]
    assert taken(of_rows(*spaced)).prospects[0].owner == "Rob Lane"  # a gap alone parts nothing


def test_merged_cells_count_for_all_their_rows_but_money_counts_once() -> None:
    def make(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.merge_range(0, 0, 0, 3, "Pipeline Q4")
        sheet.write_row(2, 0, HEADER)
        for row in (3, 4):
            sheet.write_row(row, 0, (f"Deal {row}", None, None, "Open"))
        sheet.merge_range(3, 1, 4, 1, "Birch Hall")
        sheet.merge_range(3, 2, 4, 2, 24000)

    first, second = taken(workbook(make)).prospects
    assert (first.company, second.company) == ("Birch Hall", "Birch Hall")
    assert first.value is not None
    assert second.value is None


def test_a_company_merged_over_two_columns_counts_for_all_its_rows() -> None:
    def make(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ("Company", "", "Deal Name", "Stage", "Amount"))
        sheet.merge_range(1, 0, 3, 1, "Birch Hall")
        for row in (1, 2, 3):
            sheet.write_row(row, 2, (f"Deal {row}", "Open", 100 * row))

    assert [one.company for one in taken(workbook(make)).prospects] == ["Birch Hall"] * 3


def test_a_header_in_two_lines_is_one() -> None:
    def make(book: Any) -> None:
        sheet = book.add_worksheet()
        for place, name in enumerate(("Deal Name", "Stage")):
            sheet.merge_range(0, place, 1, place, name)
        sheet.merge_range(0, 2, 0, 3, "Amount")
        sheet.write_row(1, 2, ("Net", "Gross"))
        sheet.write_row(2, 0, ("Solar", "Open", 5, 6))

    result = taken(workbook(make))
    (solar,) = result.prospects
    assert solar.value is not None
    assert str(solar.value.amount) == "5"
    assert result.unmapped == ("Amount Gross",)
    assert left_out(result) == [(2, "the second line of the header")]
    row = (
        ("Deal Name", "Company", "Amount", ""),
        ("", "Birch", "", "call"),
        ("Solar", "Oak", 5, ""),
    )
    assert [p.company for p in taken(of_rows(*row)).prospects] == ["Birch", "Oak"]


def test_what_cells_may_hold_beside_text() -> None:
    def make(book: Any) -> None:
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, (*HEADER, "Close Date", "Opted out"))
        sheet.write_row(1, 0, ("Solar", "Birch", None, "Open"))
        sheet.write_formula(1, 2, "=6*4000", None, 24000)
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        sheet.write_datetime(1, 4, datetime(2026, 12, 18), day)  # noqa: DTZ001 - as a sheet has it
        sheet.write_boolean(1, 5, False)
        sheet.write_row(2, 0, ("Pump", "Oak", None, "Won"))
        sheet.write_formula(2, 2, "=B9*2", None, "#REF!")
        for row in range(60):  # painted cells without anything in them
            for place in range(6 if row < 3 else 0, 40):
                sheet.write_blank(row, place, None, book.add_format({"bg_color": "yellow"}))

    solar, pump = taken(workbook(make, date_1904=True)).prospects
    assert solar.value is not None
    assert (str(solar.value.amount), str(solar.close_date)) == ("24000", "2026-12-18")
    assert pump.value is None
    assert pump.won is not None


def test_rows_that_a_filter_hides_are_read_and_told() -> None:
    def make(book: Any) -> None:
        sheet = book.add_worksheet()
        for number, row in enumerate((HEADER, *((f"D{i}", "", 5, "Open") for i in range(4)))):
            sheet.write_row(number, 0, row)
        for hidden in (2, 3, 9):
            sheet.set_row(hidden, None, None, {"hidden": True})

    result = taken(workbook(make))
    assert len(result.prospects) == 4
    assert "2 rows that the sheet hides were read as well" in result.notices


def of_another_office(*rows: str) -> bytes:
    """Return a workbook of rows of cells, each as the office program writes it."""
    space = "urn:oasis:names:tc:opendocument:xmlns"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0"></manifest:manifest>',
        )
        cells = "".join(f"<table:table-row>{row}</table:table-row>" for row in rows)
        archive.writestr(
            "content.xml",
            f'<office:document-content xmlns:office="{space}:office:1.0" xmlns:table="{space}:table:1.0" '
            f'xmlns:text="{space}:text:1.0"><office:body><office:spreadsheet><table:table '
            f'table:name="Deals">{cells}</table:table></office:spreadsheet></office:body>'
            "</office:document-content>",
        )
    return out.getvalue()


def office_cell(text: str, how: str = "") -> str:
    return (
        f'<table:table-cell office:value-type="string" {how}><text:p>{text}</text:p>'
        "</table:table-cell>"
    )


def test_a_workbook_of_another_office_program_is_read() -> None:
    rows = ("".join(map(office_cell, row)) for row in (HEADER, ("Solar", "Birch", "5", "Open")))
    result = taken(of_another_office(*rows))
    assert names(result) == ["Solar"]
    assert any("save it as .xlsx" in notice for notice in result.notices)


def test_merged_cells_of_another_office_program_count_for_all_their_rows() -> None:
    header = "".join(map(office_cell, ("Owner", "Company", *HEADER[:1], "Stage")))
    covered = "<table:covered-table-cell/>"
    rows = (
        office_cell("ann", 'table:number-rows-spanned="3"')
        + office_cell("Birch", 'table:number-rows-spanned="2" table:number-columns-spanned="1"')
        + office_cell("Solar")
        + office_cell("Open"),
        f'<table:covered-table-cell table:number-columns-repeated="2"/>{office_cell("Pump")}'
        + office_cell("Open"),
        covered + "".join(map(office_cell, ("Alder", "Roof", "Open"))),
        "".join(map(office_cell, ("bob", "Cedar", "Fan", "Open"))),
    )
    found = taken(of_another_office(header, *rows)).prospects
    assert [(p.name, p.owner, p.company) for p in found] == [
        ("Solar", "ann", "Birch"),
        ("Pump", "ann", "Birch"),
        ("Roof", "ann", "Alder"),
        ("Fan", "bob", "Cedar"),
    ]


PAGE = """<html xmlns:x="urn:schemas-microsoft-com:office:excel"><head><meta charset="utf-8">
<style>td {mso-number-format:General}</style></head><body><table border=1>
<tr><th>Deal Name</th><th>Company</th><th>Amount</th><th>Stage</th></tr>
<tr><td><!-- <b> -->Solar &amp; heat<td><a href="x">Birch<br>Hall</a><td>&euro;24,000.00<td>Open
<tr><td>Pump</td><td></td><td>9</td><td>Closed Won</td></tr></table></body></html>"""
XML = """<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?>
<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"
 xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Deals"><Table>
<Row><Cell><Data ss:Type="String">Deal Name</Data></Cell><Cell><Data>Company</Data></Cell>
<Cell><Data>Amount</Data></Cell><Cell><Data>Stage</Data></Cell></Row>
<Row><Cell><Data>Solar &amp; heat</Data></Cell><Cell><Data>Birch Hall</Data></Cell>
<Cell><Data>EUR 24000</Data></Cell><Cell><Data>Open</Data></Cell></Row>
<Row><Cell><Data>Pump</Data></Cell><Cell ss:Index="3"><Data>9</Data></Cell>
<Cell><Data>Closed Won</Data></Cell></Row></Table></Worksheet></Workbook>"""


@pytest.mark.parametrize("text", [PAGE, XML], ids=["page", "xml"])
def test_a_page_that_is_called_a_workbook_is_read(text: str) -> None:
    solar, pump = taken(text).prospects
    assert (solar.name, solar.company.split()) == ("Solar & heat", ["Birch", "Hall"])
    assert solar.value is not None
    assert (str(solar.value.amount), solar.value.currency) == ("24000", "EUR")
    assert pump.won is not None


def test_a_page_without_a_table_is_refused() -> None:
    login = "<html><body><table><tr><td>Please</td><td>log in</td></tr></table></body></html>"
    for text in ("<html>Please log in</html>", "MIME-Version: 1.0\n\n<html><tr>", login):
        with pytest.raises(InvalidValueError, match="web page or XML"):
            taken(text)


def test_a_password_is_named_and_not_called_damage() -> None:
    locked = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 99
    with pytest.raises(InvalidValueError, match="take the password off"):
        taken(locked)


def test_a_part_that_declares_entities_is_refused() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><styleSheet>&b;</styleSheet>'
    out = io.BytesIO()
    made = io.BytesIO(of_rows(HEADER, ("Solar", "", 5, "Open")))
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(out, "w") as archive:
        for info in old.infolist():
            is_styles = info.filename == "xl/styles.xml"
            archive.writestr(info, laughs if is_styles else old.read(info))
    with pytest.raises(InvalidValueError, match="is damaged"):
        taken(out.getvalue())


def test_plain_day_numbers_of_a_workbook_that_counts_from_1904() -> None:
    def make(book: Any) -> None:
        sheet = book.add_worksheet("Deals")
        sheet.write_row(0, 0, ("Deal Name", "Amount", "Close Date"))
        sheet.write_row(1, 0, ("Roof", 45000, 44912))

    (roof,) = taken(workbook(make, date_1904=True)).prospects
    assert roof.value is not None
    assert (str(roof.close_date), str(roof.value.amount)) == ("2026-12-18", "45000")


def test_a_sheet_with_its_fields_below_each_other() -> None:
    result = taken(
        of_rows(
            ("Deal Name", "Roof", "Pump", "Gate"),
            ("Company", "Birch", "Oak", "Elm"),
            ("Amount", 24000, 9000, 700),
            ("Stage", "Proposal", "Closed Lost", "Won"),
            ("Region", "North", "", "South"),
        )
    )
    assert names(result) == ["Roof", "Pump", "Gate"]
    assert [p.value.amount for p in result.prospects if p.value] == [24000, 9000, 700]
    assert "its fields stand below each other: each column was read as a row" in result.notices


def test_a_workbook_with_macros_and_a_binary_one() -> None:
    rows = (HEADER, ("Roof", "Birch", 24000, "Proposal"), ("Pump", "Oak", 9000.5, "Closed Lost"))
    macros = _with_content_type(
        of_rows(*rows), b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    )
    for data in (macros, _binary_workbook(rows)):
        result = taken(data)
        assert names(result) == ["Roof", "Pump"]
        assert [str(p.value.amount) for p in result.prospects if p.value] == ["24000", "9000.50"]


def _with_content_type(data: bytes, kind: bytes) -> bytes:
    """Return a workbook as another program marks it, with a part for macros."""
    usual = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(usual, kind))
        new.writestr("xl/vbaProject.bin", bytes(100))
    return out.getvalue()


def _record(kind: int, data: bytes = b"") -> bytes:
    """Return a record of a binary workbook."""
    number = bytes([kind]) if kind < 128 else bytes([kind & 127 | 128, kind >> 7])
    size = len(data)
    return number + (bytes([size]) if size < 128 else bytes([size & 127 | 128, size >> 7])) + data


def _wide(text: str) -> bytes:
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def _binary_workbook(rows: Sequence[Sequence[object]]) -> bytes:
    """Return an XLSB of one sheet, which no library here writes."""
    size = struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1)
    sheet = _record(129) + _record(148, size) + _record(145)
    for number, row in enumerate(rows):
        sheet += _record(0, struct.pack("<I", number) + bytes(13))
        for place, cell in enumerate(row):
            head = struct.pack("<II", place, 0)
            is_text = isinstance(cell, str)
            body = _wide(str(cell)) if is_text else struct.pack("<d", cell)
            sheet += _record(6 if is_text else 5, head + body)
    sheet += _record(146) + _record(130)
    named = struct.pack("<II", 0, 1) + _wide("rId1") + _wide("Deals")
    book = _record(131) + _record(143) + _record(156, named) + _record(144) + _record(132)
    kinds = "http://schemas.openxmlformats.org/package/2006"
    leads = (
        f'<Relationships xmlns="{kinds}/relationships"><Relationship Id="rId1" Type="http://schemas.'
        'openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"/></Relationships>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{kinds}/content-types"/>')
        archive.writestr("_rels/.rels", leads.format("officeDocument", "xl/workbook.bin"))
        archive.writestr(
            "xl/_rels/workbook.bin.rels", leads.format("worksheet", "worksheets/sheet1.bin")
        )
        archive.writestr("xl/workbook.bin", book)
        archive.writestr("xl/worksheets/sheet1.bin", sheet)
    return out.getvalue()
