"""What a workbook (XLSX) says beside its cells: the currency of an amount, a percentage, hidden rows.

A cell holds ``24000`` alone; that it is shown as ``24.000 €`` stands among the styles. Only formats that
the file spells out are read: those it names by a number are of the country of whoever looks at it.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from posixpath import join, normpath
from xml.parsers import expat

from review_board.pipeline.typed_amounts import CURRENCY_SIGNS, currency_named

Place = tuple[int, int]
"""Row and column of a cell, from 0."""
PERCENT = "%"
_PERCENTS = {9: PERCENT, 10: PERCENT}
"""The formats of percentages that have a number of their own."""
_WITH_COUNTRY = re.compile(r"\[\$([^\]-]*)(?:-([0-9A-Fa-f]{1,8}))?\]")
_QUOTED = re.compile(r'"([^"]*)"')
_SIGN = re.compile(r"[$€£¥₹₽₺₴₩₫฿₪₱₦₸₡₲₵₮৳៛₭₾]")
_SHARED = re.compile(r"kr\.?|bs\.?", re.IGNORECASE)
"""Signs of several currencies; a list is asked which."""
_CELL = rb"""<(?:\w{1,20}:)?c(?=\s)([^<>]{0,300}?\ss\s*=\s*["'](%s)["'][^<>]{0,300})>"""
"""A cell of one of these styles."""
_REFERENCE = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,3})(\d{1,7})["']""")
_ROW = re.compile(rb"<(?:\w{1,20}:)?row\s([^<>]{1,300})>")
_HIDDEN = re.compile(rb"""\shidden\s*=\s*["'](?:1|true)["']""")
_NUMBER = re.compile(rb"""(?:^|\s)r\s*=\s*["'](\d{1,7})["']""")
_BY_COUNTRY = {
    "$": {
        0x1009: "CAD", 0x0C0C: "CAD", 0x0C09: "AUD", 0x1409: "NZD", 0x4809: "SGD", 0x1004: "SGD",
        0x0C04: "HKD", 0x3C09: "HKD", 0x0404: "TWD", 0x080A: "MXN", 0x2C0A: "ARS", 0x340A: "CLP",
        0x240A: "COP", 0x380A: "UYU",
    },
    "kr": {
        0x041D: "SEK", 0x081D: "SEK", 0x0414: "NOK", 0x0814: "NOK", 0x0406: "DKK", 0x0438: "DKK",
        0x046F: "DKK", 0x040F: "ISK",
    },
    "¥": {0x0804: "CNY", 0x0478: "CNY"},
    "£": {0x0C01: "EGP"},
}  # fmt: skip
"""A sign that several countries write, and by the country of the format (its LCID) whose it is."""


class NumberFormats:
    """The formats and the hidden rows of one workbook; without styles it says nothing of any cell."""

    def __init__(self, data: bytes) -> None:
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        self._parts = set(self._archive.namelist())
        self._read = "", b""
        self._marks = _marks_of_styles(self._elements("xl/styles.xml"))

    def of_sheet(self, name: str) -> Mapping[Place, str]:
        """Return for each cell with such a format its currency, a sign that several share, or ``%``."""
        if not self._marks:
            return {}
        found: dict[Place, str] = {}
        cell = re.compile(_CELL % b"|".join(b"%d" % style for style in self._marks))
        for tag in cell.finditer(self._xml_of(name)):
            if place := _REFERENCE.search(tag[1]):
                where = int(place[2]) - 1, column_number(place[1]) - 1
                found[where] = self._marks[int(tag[2])]
        return found

    @property
    def counts_from_1904(self) -> bool:
        """Return whether the workbook counts its days from 1904, as those of old Macs do."""
        tags = self._elements("xl/workbook.xml")
        return any(
            name == "workbookPr" and attributes.get("date1904", "0") in {"1", "true"}
            for name, attributes in tags
        )

    def hidden_rows(self, name: str) -> set[int]:
        """Return the numbers of the rows, from 1, that a sheet does not show, such as by a filter."""
        xml = self._xml_of(name)
        tags = (tag[1] for tag in _ROW.finditer(xml if b"hidden" in xml else b""))
        return {int(tag[1]) for row in tags if _HIDDEN.search(row) and (tag := _NUMBER.search(row))}

    def _xml_of(self, name: str) -> bytes:
        if name != self._read[0]:
            part = self._sheets().get(name, "")
            self._read = name, self._archive.read(part) if part in self._parts else b""
        return self._read[1]

    def _sheets(self) -> dict[str, str]:
        targets = {
            tag.get("Id", ""): tag.get("Target", "")
            for name, tag in self._elements("xl/_rels/workbook.xml.rels")
            if name == "Relationship"
        }
        paths = {key: normpath(join("/xl", target)).lstrip("/") for key, target in targets.items()}
        sheets = (tag for name, tag in self._elements("xl/workbook.xml") if name == "sheet")
        return {tag.get("name", ""): paths.get(tag.get("id", ""), "") for tag in sheets}

    def _elements(self, part: str) -> Iterator[tuple[str, dict[str, str]]]:
        return iter(_elements(self._archive.read(part)) if part in self._parts else ())


def tells_formats(data: bytes) -> bool:
    """Return whether a workbook is an XLSX: no other form of one lets its formats be read here."""
    return bool(_part_of(data, "xl/workbook.xml"))


def _part_of(data: bytes, name: str) -> bytes:
    """Return a part of a workbook; nothing where it has none, or is no archive."""
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return b""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return archive.read(name) if name in archive.namelist() else b""


_SPANS = re.compile(rb"""number-rows-spanned=["'](?!1["'])""")


def merged_in_ods(data: bytes) -> dict[str, list[tuple[Place, Place]]]:
    """Return the first and the last place of cells of an ODS that span several rows, by their sheets."""
    xml = _part_of(data, "content.xml")
    found: dict[str, list[tuple[Place, Place]]] = {}
    sheet, row, column, same = "", 0, 0, 0
    for name, attributes in _elements(xml) if _SPANS.search(xml) else ():
        if name == "table":
            sheet, row, same = attributes.get("name", ""), 0, 0
        elif name == "table-row":
            row, column = row + same, 0
            same = max(1, _number(attributes, "number-rows-repeated"))
        elif name in {"table-cell", "covered-table-cell"}:
            if (rows := _number(attributes, "number-rows-spanned")) > 1:
                found.setdefault(sheet, []).append(((row, column), (row + rows - 1, column)))
            column += max(1, _number(attributes, "number-columns-repeated"))
    return found


def column_number(letters: bytes) -> int:
    """Return the number of a column, from 1, by its letters."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + letter - 64
    return number


def currency_of_format(code: str) -> str:
    """Return the currency in which a format shows its numbers, a sign that several share, or nothing."""
    code = code.partition(";")[0]
    for sign, country in _WITH_COUNTRY.findall(code):
        if mark := _currency(sign.strip(), int(country, 16) & 0xFFFF if country else 0):
            return mark
    plain = _WITH_COUNTRY.sub("", code)
    quoted = (text.strip() for text in _QUOTED.findall(plain))
    signs = [*filter(_is_sign, quoted), *_SIGN.findall(plain)]
    return _currency(signs[0], 0) if signs else ""


def _is_sign(text: str) -> bool:
    """Return whether a text beside a number is money: ``"EUR"``, ``"kr"``, not ``"h"`` or ``"all"``."""
    is_code = text.isupper() and bool(currency_named(text))
    is_sign = text.lower() in CURRENCY_SIGNS and (len(text) > 1 or not text.isalpha())
    return is_code or is_sign or bool(_SHARED.fullmatch(text))


def _currency(sign: str, country: int) -> str:
    by_country = _BY_COUNTRY.get(sign.rstrip(".").lower(), {})
    if country in by_country:
        return by_country[country]
    return sign.rstrip(".") if _SHARED.fullmatch(sign) else currency_named(sign)


def _marks_of_styles(elements: Iterator[tuple[str, dict[str, str]]]) -> dict[int, str]:
    codes = dict(_PERCENTS)
    formats: list[int] = []
    inside = ""
    for name, attributes in elements:
        if name == "numFmt" and inside != "dxfs":
            code = attributes.get("formatCode", "")
            is_percent = PERCENT in _QUOTED.sub("", code.partition(";")[0])
            mark = currency_of_format(code) or (PERCENT if is_percent else "")
            codes[_number(attributes, "numFmtId")] = mark
        elif name == "xf" and inside == "cellXfs":
            formats.append(_number(attributes, "numFmtId"))
        elif name in {"cellStyleXfs", "cellXfs", "cellStyles", "dxfs"}:
            inside = name
    return {style: mark for style, code in enumerate(formats) if (mark := codes.get(code, ""))}


def _number(attributes: Mapping[str, str], name: str) -> int:
    text = attributes.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _elements(xml: bytes) -> list[tuple[str, dict[str, str]]]:
    """Return the elements of a part with their attributes, by their local names; no declared entities."""
    found: list[tuple[str, dict[str, str]]] = []

    def start(name: str, attributes: dict[str, str]) -> None:
        plain = {key.rpartition(":")[2]: value for key, value in attributes.items()}
        found.append((name.rpartition(":")[2], plain))

    def refuse(*_: object) -> None:
        raise ValueError("a part of a workbook declares its own entities")

    parser = expat.ParserCreate()
    parser.StartElementHandler = start
    parser.StartDoctypeDeclHandler = refuse
    parser.Parse(xml, True)
    return found
