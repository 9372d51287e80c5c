"""The drawings of the report as HTML: shapes in their places, words for who cannot see them."""

import re
from decimal import Decimal
from xml.etree import ElementTree as ET

from review_board.judgement.contact_lines import ContactLine, ContactLines
from review_board.pipeline.vocabulary import Column, Outcome
from review_board.report.formats.html_page import report_html
from review_board.report.formats.svg import AXIS, SIDE, columns_svg, contact_svg, series_svg
from review_board.report.headline import ColumnShares
from review_board.report.model import Series
from tests.judgement.build import prospect, quote, touches
from tests.report.report_facts import look, report, settled


def drawn(svg: str) -> ET.Element:
    """The drawing, which is well-formed."""
    return ET.fromstring(svg)


def test_each_sign_of_contact_is_a_shape_in_its_cell() -> None:
    us = ContactLine("us", "●·■·", "3 d ago", 3)
    them = ContactLine("them", "⟳··○", "1 d ago", 1)
    found = drawn(contact_svg(ContactLines("", us, them)))
    circles = [(c.get("cx"), c.get("fill") == "#fff") for c in found.iter("circle")]
    middle, cell = SIDE + AXIS // 8, AXIS // 4
    assert circles == [(f"{middle}", False), (f"{middle + 3 * cell}", True)]
    assert [r.get("x") for r in found.iter("rect")] == [f"{middle + 2 * cell - 3}"]
    assert len(list(found.iter("path"))) == 1
    assert found.get("aria-label") == "us: 3 d ago; them: 1 d ago"


def test_the_drawing_has_room_for_the_whole_age_and_one_axis_for_all() -> None:
    long = "answered 106 d ago, no sign of interest, asked for 29 Nov 2026"
    found = [
        drawn(contact_svg(ContactLines("", ContactLine("us", cells, "today", 0), them)))
        for cells in ("●···", "●" * 50)
        for them in (ContactLine("them", cells, long, 106),)
    ]
    assert {line.get("x2") for each in found for line in each.iter("line")} == {f"{SIDE + AXIS}"}
    assert all(int(each.get("width", "")) >= SIDE + AXIS + 7.5 * len(long) for each in found)


def test_a_column_has_a_grey_bar_for_before_where_that_is_known() -> None:
    known = ColumnShares(Column.ACTIVE, 1.0, 0.5, "4 → 3 cards")
    assert [r.get("width") for r in drawn(columns_svg([known])).iter("rect")] == ["260", "130"]
    long = known._replace(
        words="164 → 162 cards · $12.7M → $12.6M · £303k unchanged · €155k unchanged"
    )
    assert float(drawn(columns_svg([long])).get("width", "")) > 390 + 7 * len(long.words)
    alone = ColumnShares(Column.ACTIVE, None, 0.5, "3 cards")
    assert len(list(drawn(columns_svg([alone])).iter("rect"))) == 1


def test_a_gap_is_no_bar_and_hostile_words_are_text() -> None:
    line = Series('"><script>', (Decimal(2), None, Decimal(4)), ("<b>", "–", "4"))
    found = drawn(series_svg(line))
    assert len(list(found.iter("rect"))) == 2
    assert [text.text for text in found.iter("text")] == ["<b>", "4"]


def test_the_cards_that_are_discussed_have_their_lines() -> None:
    """Who is owed a call and who was purged; not who only waits."""
    owed = prospect(*touches(Outcome.VOICEMAIL, 3), id="q", name="Owed", quotes=(quote(25),))
    waits = prospect(id="w", name="Waits", column=Column.NURTURE)
    purged = settled(Column.DROPPED, "Gone")
    found = (*look(owed), *look(waits), *look(purged.prospect, mine=True))
    page = report_html(report(purged, found=found))
    rows = re.findall(r"<tbody>.*?</tbody>", page)
    assert sum("<svg" in row for row in rows if "Owed" in row) == 1
    assert any("<svg" in row for row in rows if "Gone" in row)
    assert not any("<svg" in row for row in rows if "Waits" in row)
    assert "⟳ they put us off" in page
