"""Workbooks of Excel, made here by hand, and every way in which they may be broken."""

import io
import zipfile
from collections.abc import Sequence
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from review_board.errors import InvalidValueError, ReviewBoardError
from review_board.progress import Progress, StoppedError
from tests.exchange.support import taken

pytest.importorskip("python_calamine")

Cell = str | int | float | bool | None
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
DEALS: list[list[Cell]] = [
    ["Deal Name", "Company", "Amount", "Stage", "Close Date"],
    ["Solar", "Birch Hall", 24000, "Proposal", 46374],
    ["Pump", "Oak Lane", 9000.5, "Closed Lost", 46295],
]


def sheet_xml(rows: Sequence[Sequence[Cell]]) -> str:
    lines = []
    for number, row in enumerate(rows, 1):
        cells = "".join(cell_xml(value, f"{chr(64 + i)}{number}") for i, value in enumerate(row, 1))
        lines.append(f'<row r="{number}">{cells}</row>')
    return f'<worksheet xmlns="{_MAIN}"><sheetData>{"".join(lines)}</sheetData></worksheet>'


def cell_xml(value: Cell, place: str) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return f'<c r="{place}" t="inlineStr"><is><t>{value}</t></is></c>'
    if isinstance(value, bool):
        return f'<c r="{place}" t="b"><v>{int(value)}</v></c>'
    return f'<c r="{place}"><v>{value}</v></c>'


def workbook(*sheets: tuple[str, str, str]) -> bytes:
    """Return a workbook of sheets, each a name, its XML and its state."""
    listed = "".join(
        f'<sheet name="{name}" sheetId="{i}" r:id="r{i}" state="{state}"/>'
        for i, (name, _, state) in enumerate(sheets, 1)
    )
    relations = "".join(
        f'<Relationship Id="r{i}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{i}.xml"/>'
        for i in range(1, len(sheets) + 1)
    )
    package = "http://schemas.openxmlformats.org/package/2006"
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", f'<Types xmlns="{package}/content-types"></Types>')
        archive.writestr(
            "_rels/.rels",
            f'<Relationships xmlns="{package}/relationships"><Relationship Id="r0" '
            f'Type="{_RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        )
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_RELATIONS}"><sheets>{listed}</sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships xmlns="{package}/relationships">{relations}</Relationships>',
        )
        for i, (_, xml, _) in enumerate(sheets, 1):
            archive.writestr(f"xl/worksheets/sheet{i}.xml", xml)
    return out.getvalue()


def book(*tables: Sequence[Sequence[Cell]]) -> bytes:
    named = [(f"Sheet {i}", sheet_xml(rows), "visible") for i, rows in enumerate(tables, 1)]
    return workbook(*named)


def test_a_sheet_is_read_like_a_list() -> None:
    result = taken(book(DEALS))
    solar, pump = result.prospects
    assert (solar.name, solar.company, str(solar.close_date)) == (
        "Solar",
        "Birch Hall",
        "2026-12-18",
    )
    assert solar.value is not None
    assert str(solar.value.amount) == "24000"
    assert pump.value is not None
    assert str(pump.value.amount) == "9000.50"
    assert any("day numbers" in notice for notice in result.notices)


def test_hidden_sheets_are_left_alone_and_the_deals_are_found() -> None:
    notes: list[list[Cell]] = [["Read me"], ["made by hand"]]
    hidden: list[list[Cell]] = [["Deal Name", "Stage", "Amount"], ["Old", "Open", 1]]
    data = workbook(
        ("Notes", sheet_xml(notes), "visible"),
        ("Archive", sheet_xml(hidden), "hidden"),
        ("Pipeline", sheet_xml(DEALS), "visible"),
    )
    result = taken(data)
    assert [p.name for p in result.prospects] == ["Solar", "Pump"]
    assert "not read: 'Notes', something else" in result.notices
    with pytest.raises(InvalidValueError, match="without a visible sheet"):
        taken(workbook(("Archive", sheet_xml(hidden), "hidden")))


def test_sheets_with_the_same_columns_are_one_list() -> None:
    result = taken(book(DEALS, [DEALS[0], ["Battery", "Elm Court", 5, "Demo", 46358]]))
    assert [p.name for p in result.prospects] == ["Solar", "Pump", "Battery"]
    assert "'Sheet 1', 'Sheet 2' have the same columns" in result.notices[0]


def test_several_tables_of_one_sheet_are_told_apart() -> None:
    people: list[list[Cell]] = [
        [],
        ["First Name", "Last Name", "Email"],
        ["Ann", "Lee", "a@b.example"],
    ]
    result = taken(book([*DEALS, *people]))
    assert [p.name for p in result.prospects] == ["Solar", "Pump"]
    assert result.beside is not None  # the people are joined to the deals of the same file


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04rest", "is damaged"),
        (b"\xd0\xcf\x11\xe0rest", "is damaged"),
        (book(DEALS)[:-60], "is damaged"),
    ],
    ids=["new", "old", "cut"],
)
def test_what_is_damaged_is_refused(data: bytes, said: str) -> None:
    with pytest.raises(InvalidValueError, match=said):
        taken(data)


def test_another_archive_is_no_workbook() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("deals.csv", "Deal Name,Stage\nAcme,Open\n")
    with pytest.raises(InvalidValueError, match="zip archive, not a workbook"):
        taken(out.getvalue())


def test_two_cells_in_far_corners_claim_no_memory() -> None:
    far = sheet_xml(DEALS).replace(
        "</sheetData>", '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
    )
    with pytest.raises(InvalidValueError, match="million cells"):
        taken(workbook(("Deals", far, "visible")))


def test_a_bomb_is_measured_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("review_board.exchange.spreadsheets.UNPACKED_LIMIT", 1_000_000)
    bomb = sheet_xml([*DEALS, ["x" * 2_000_000]])
    with pytest.raises(InvalidValueError, match="unpacks to far too much"):
        taken(workbook(("Deals", bomb, "visible")))


@settings(max_examples=75)
@given(st.integers(0, 3000), st.binary(min_size=1, max_size=40))
def test_any_damage_gives_only_our_own_errors(place: int, noise: bytes) -> None:
    data = bytearray(book(DEALS))
    place %= len(data)
    data[place : place + len(noise)] = noise
    with suppress(ReviewBoardError):
        taken(bytes(data))


def test_a_sheet_can_be_named() -> None:
    lost: list[list[Cell]] = [DEALS[0], ["Old", "Elm", 5, "Closed Lost", 46295]]
    data = workbook(
        ("Deals", sheet_xml(DEALS), "visible"), ("Lost 2025", sheet_xml(lost), "visible")
    )
    assert [p.name for p in taken(data, sheet="lost 2025").prospects] == ["Old"]
    with pytest.raises(InvalidValueError, match="it has 'Deals', 'Lost 2025'"):
        taken(data, sheet="Won")


def test_reading_a_workbook_can_be_stopped() -> None:
    progress = Progress(is_stopped=True)
    with pytest.raises(StoppedError):
        taken(book(DEALS), progress=progress)
