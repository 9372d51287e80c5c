"""The report's formats: text that lines up, Markdown and HTML in which a name is only a name, JSON."""

import json
import re
from datetime import date
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from review_board.errors import RefusedError, ReviewBoardError, UsageError
from review_board.pipeline.money import JOINT, Money, Totals, total_by_currency
from review_board.pipeline.vocabulary import Column, DropReason
from review_board.report.facts import PeriodFigures, Settled
from review_board.report.formats.html_page import report_html
from review_board.report.formats.markdown import escaped, report_markdown
from review_board.report.formats.plain_text import report_lines, report_text
from review_board.report.formats.report_file import (
    REPORT_FORMATS,
    format_of,
    report_json,
    write_report,
)
from review_board.report.model import Kind, ProspectName, Report
from review_board.report.values import as_json, words
from review_board.textlayout import cells
from tests.judgement.build import day, money, promise, prospect, quote
from tests.report.report_facts import look, report, settled

HOSTILE = (
    "[@click=app.quit]Acme[/]",
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "![x](http://evil.example/x.png)",
    "[click](http://evil.example)",
    "http://evil.example/a",
    "www.evil.example",
    "boss@evil.example",
    "| a | b |",
    "**bold** _it_ `code` ~~gone~~",
    "&lt;b&gt; & co",
    "# heading",
    "back\\slash",
    '" onmouseover="x',
    "日本電気株式会社 東京支店",
    "W" * 200,
)
EUROS = Money(amount=Decimal(1_200_000), currency="EUR")
POUNDS = Money(amount=Decimal(51_000), currency="GBP")


def full() -> Report:
    """A report with something in most sections."""
    past = tuple(
        PeriodFigures(day(7 * n), "ann", 40 - n, 10, Decimal("2.5"), 44, (money(900_000),))
        for n in (2, 1, 0)
    )
    before = {Column.ACTIVE: Totals(4, (money(12_345_678), EUROS, POUNDS), (money(4_000_000),))}
    found = [
        item
        for n, name in enumerate(HOSTILE)
        for item in look(prospect(id=f"q-{n}", name=name, quotes=(quote(25),)))
    ]
    found += look(prospect(column=Column.CALLBACK, callback=promise(5, 9)), mine=True)
    return report(
        settled(
            Column.DROPPED, "Lakeside Dental", reason=DropReason.ONLY_DEFERRALS, note="no\nreply"
        ),
        *(settled(Column.NURTURE, name, seq=n) for n, name in enumerate(HOSTILE)),
        found=tuple(found),
        past=past,
        before=before,
    )


@pytest.mark.parametrize("kind", REPORT_FORMATS)
def test_the_same_data_give_the_same_bytes(kind: str) -> None:
    assert REPORT_FORMATS[kind](full()) == REPORT_FORMATS[kind](full())


@pytest.mark.parametrize("width", [80, 60, 40, 157])
def test_text_keeps_to_its_width(width: int) -> None:
    assert max(cells(line.text) for line in report_lines(full(), width)) <= width


def test_text_never_cuts_a_figure() -> None:
    text = report_text(full())
    for figure in ("$24,000", "$12.3M → $60k", "€1.2M → €0", "£51k → £0", "$18,000"):
        assert figure in text


def test_text_folds_a_name_that_is_too_long() -> None:
    long = "Lakeside Dental and Orthodontics of the North Shore"
    told = report(settled(Column.NURTURE, long))
    words = " ".join(line.text for line in report_lines(told, 60)).split()
    assert {"Lakeside", "Orthodontics", "Shore"} <= set(words)


def test_what_stands_below_a_row_stands_beside_it_where_there_is_room() -> None:
    """And notes keep to a line that is not tiring to read."""
    made = report(settled(Column.DROPPED, "Lakeside", reason=DropReason.NO_DECISION))
    narrow, wide = ([line.text for line in report_lines(made, width)] for width in (40, 140))
    assert "    no decision" in narrow
    (row,) = (line for line in wide if line.startswith("Lakeside"))
    assert row.endswith("  no decision")
    assert max(map(len, wide)) <= 100


def test_text_columns_line_up_under_wide_letters() -> None:
    lines = report_text(full()).splitlines()
    head = next(line for line in lines if line.startswith("Name") and "Undo" in line)
    wide = next(line for line in lines if "日本" in line)
    assert cells(wide) == cells(head)


def test_a_table_that_cannot_fit_is_told_line_by_line() -> None:
    narrow = [line.text for line in report_lines(full(), 30)]
    assert any(line.strip().startswith("Weighted: ") for line in narrow)
    wider = [line.text for line in report_lines(full(), 50)]
    assert any(line.strip().startswith("Cards: ") and ", Value: " in line for line in wider)


def test_a_chart_stands_in_block_letters() -> None:
    (line,) = [x for x in report_text(full()).splitlines() if x.startswith("decided ")]
    assert re.fullmatch(r"decided +[▁-█]{3}  38 → 40", line)


def test_notes_of_several_lines_stay_in_their_row() -> None:
    assert "no reply" in report_text(full())
    assert "no reply" in report_markdown(full())


def tokens(text: str) -> list[Token]:
    """What a Markdown reader with tables and links makes of a text, flat."""
    reader = MarkdownIt("commonmark", {"html": True, "linkify": True}).enable(
        ["table", "strikethrough", "linkify"]
    )
    assert reader.linkify is not None
    reader.linkify.set({"fuzzy_link": False})
    return [t for token in reader.parse(text) for t in (token, *(token.children or ()))]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_name_in_markdown_is_only_a_name(name: str) -> None:
    found = tokens(f"| Name |\n| --- |\n| {escaped(name)} |\n")
    kinds = {token.type for token in found}
    assert not kinds & {"link_open", "image", "em_open", "strong_open", "s_open", "code_inline"}
    assert all(t.content == "<!-- -->" for t in found if t.type.startswith("html"))
    assert "".join(t.content for t in found if t.type == "text").removeprefix("Name") == name


def test_markdown_tables_keep_their_columns() -> None:
    rows = [line for line in report_markdown(full()).splitlines() if line.startswith("|")]
    bars = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    tables = re.findall(r"(?:^\|.*\n)+", report_markdown(full()), re.MULTILINE)
    assert len(set(bars)) > 1
    for table in tables:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in table.splitlines()}) == 1


class Reader(HTMLParser):
    """Collects elements, attributes and words."""

    def __init__(self) -> None:
        super().__init__()
        self.elements: set[str] = set()
        self.attributes: set[str] = set()
        self.words: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        self.attributes |= {name for name, _ in attrs}

    def handle_data(self, data: str) -> None:
        self.words.append(data)


def test_html_is_one_file_without_scripts_and_links() -> None:
    page = report_html(full())
    reader = Reader()
    reader.feed(page)
    assert not reader.elements & {"script", "a", "img", "link", "iframe", "base"}
    assert not {name for name in reader.attributes if name.startswith(("on", "src", "href"))}
    assert "url(" not in page
    assert "@import" not in page
    assert "@media print" in page


def test_names_stand_in_html_as_they_are() -> None:
    reader = Reader()
    reader.feed(report_html(full()))
    said = "".join(reader.words)
    assert all(name in said for name in HOSTILE)


def test_the_chart_in_html_is_drawn_with_its_figures_in_words() -> None:
    assert 'aria-label="decided: 38, 39, 40"' in report_html(full())


class FigureCells(HTMLParser):
    """Collects the figures in the tables of each section, row by row."""

    def __init__(self) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._section = ""
        self._cell: list[str] | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "section":
            self._section = given["id"] or ""
        elif (tag, given.get("class")) == ("td", "figure"):
            self._cell = []
        elif tag == "br" and self._cell is not None:
            self._cell.append(JOINT)

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag == "td" and self._cell is not None:
            self.found.setdefault(self._section, []).append("".join(self._cell))
            self._cell = None


def figures_in_markdown(lines: list[str]) -> list[str]:
    """Return the figures of the table among these lines, row by row."""
    table = [re.split(r" \| ", line[2:-2]) for line in lines if line.startswith("| ")]
    _, kinds, *cells = table or [[], []]
    shown = [cell for row in cells for kind, cell in zip(kinds, row, strict=True) if kind == "--:"]
    return [re.sub(r"\\(.)", r"\1", cell) for cell in shown]


def parts(lines: list[str], titles: list[str]) -> list[list[str]]:
    """Return the lines below each title, up to the next one."""
    at = [lines.index(title) for title in titles]
    return [lines[first + 1 : last] for first, last in zip(at, [*at[1:], None], strict=True)]


AMOUNTS = st.builds(
    Money, amount=st.integers(1, 9_999_999).map(Decimal), currency=st.sampled_from(("USD", "EUR"))
)
TOTALS = st.builds(
    lambda count, value, weighted: Totals(
        count, total_by_currency(value), total_by_currency(weighted)
    ),
    st.integers(0, 9_999),
    st.lists(AMOUNTS, max_size=4),
    st.lists(AMOUNTS, max_size=4),
)
COLUMNS = st.dictionaries(st.sampled_from(Column), TOTALS)
DECIDED = st.builds(
    lambda to, amount, was, seq: settled(to, f"Card {seq}", int(amount), was=was, seq=seq),
    st.sampled_from(Column),
    st.integers(1, 9_999_999),
    st.sampled_from((Column.ACTIVE, Column.NURTURE, None)),
    st.integers(1, 9_999),
)


@given(st.lists(DECIDED, max_size=5, unique_by=lambda s: s.seq), COLUMNS, COLUMNS)
@settings(max_examples=40, deadline=None)
def test_every_format_has_the_same_figures(
    cards: list[Settled], before: dict[Column, Totals], after: dict[Column, Totals]
) -> None:
    quotes = tuple(
        item for s in cards for item in look(s.prospect.with_changes(quotes=(quote(9),)))
    )
    made = report(*cards, before=before, after=after, found=quotes).in_full
    stored = json.loads(report_json(made))["sections"]
    page = FigureCells()
    page.feed(report_html(made))
    titles = [section.title for section in made.shown]
    markdown = parts(report_markdown(made).splitlines(), [f"## {escaped(t)}" for t in titles])
    text = parts(report_text(made).splitlines(), titles)
    for section, marked, plain in zip(made.shown, markdown, text, strict=True):
        rows = section.records
        assert stored[section.key]["rows"] == [
            {key: as_json(value) for key, value in row.items()} for row in rows
        ]
        wanted = [
            words(row[heading.key], made.day) or "–"
            for row in rows
            for heading in section.columns
            if heading.kind is Kind.FIGURE
        ]
        assert page.found.get(section.key, []) == wanted
        assert figures_in_markdown(marked) == wanted
        assert all(part in "\n".join(plain) for each in wanted for part in each.split(JOINT))


def test_a_sum_of_several_currencies_stands_in_html_line_by_line_without_a_mark() -> None:
    before = {Column.ACTIVE: Totals(4, (EUROS, POUNDS), ())}
    page = report_html(report(after=before))
    assert '<td class="figure">€1.2M<br>£51k</td>' in page


def test_json_has_stable_keys_and_typed_values() -> None:
    found = json.loads(report_json(full()))
    assert (found["format"], found["schema"]) == ("review_board report", 1)
    assert found["day"] == "2026-11-20"
    assert found["freed_value"] == [{"amount": "306000", "currency": "USD"}]
    rows = found["sections"]["purged"]["rows"]
    purged = next(row for row in rows if row["name"] == "Lakeside Dental")
    assert purged["column"] == {"before": "active", "after": "dropped"}
    assert purged["value"] == {"amount": "18000", "currency": "USD"}
    assert found["sections"]["zombies"] == {
        "title": "Kept again and again",
        "rows": [],
        "notes": [],
    }


def test_a_first_review_says_so_in_every_format() -> None:
    made = report(settled(Column.DROPPED))
    trend = json.loads(report_json(made))["sections"]["trend"]
    assert trend["rows"] == []
    assert trend["notes"][0].startswith("Nothing to compare with")
    for kind in ("text", "md", "html"):
        text = REPORT_FORMATS[kind](made)
        assert "Compared with the reviews before" in text
        assert "Nothing to compare with" in text


def test_json_holds_every_row_and_the_others_say_how_many_more() -> None:
    cards = [settled(Column.DROPPED, f"Card {n}", seq=n) for n in range(230)]
    made = report(*cards)
    assert len(json.loads(report_json(made))["sections"]["purged"]["rows"]) == 230
    assert all("and 30 more" in REPORT_FORMATS[kind](made) for kind in ("text", "md", "html"))


def test_the_name_of_a_file_asks_for_a_format() -> None:
    names = ("a.html", "a.MD", "a.json", "a.txt", "a", "a.ics")
    kinds = ["html", "md", "json", "text", "text", "ics"]
    assert [format_of(Path(name)) for name in names] == kinds


@pytest.mark.parametrize("name", ["a.pdf", "a.docx", "report.2026-11-21"])
def test_a_suffix_of_no_format_of_ours_is_refused(name: str) -> None:
    with pytest.raises(UsageError, match=r"choose from \.html, \.md, \.txt, \.json and"):
        format_of(Path(name))


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    folder = tmp_path / "away"
    with pytest.raises(ReviewBoardError, match="There is no folder") as error:
        write_report(folder / "report.html", full(), "html")
    assert str(folder) in error.value.message
    assert not folder.exists()


def test_a_report_is_written_for_its_owner_and_over_nothing(tmp_path: Path) -> None:
    path = tmp_path / "report.html"
    write_report(path, full(), "html")
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.read_text("utf-8") == report_html(full())
    with pytest.raises(RefusedError, match="exists already"):
        write_report(path, full(), "md")
    write_report(path, full(), "md", force=True)
    assert path.read_text("utf-8") == report_markdown(full())


def test_a_name_reads_with_its_company_and_json_has_it_alone() -> None:
    bearings = ProspectName("Bearings", "Acme Ltd")
    assert words(bearings, date(2026, 11, 20)) == "Bearings (Acme Ltd)"
    assert words(ProspectName("Acme", "Acme Ltd"), date(2026, 11, 20)) == "Acme"
    assert as_json(bearings) == "Bearings"
    assert type(as_json(bearings)) is str
