"""The report as one HTML file: no script, nothing loaded from anywhere, black on white, made to print."""

from collections.abc import Iterator
from html import escape

from review_board.judgement.contact_lines import DEFERRAL, WEEKS
from review_board.pipeline.money import JOINT
from review_board.report.formats.svg import columns_svg, contact_svg, series_svg
from review_board.report.headline import column_shares, first_sentence, key_figures
from review_board.report.model import Kind, Report, ReportColumn, ReportSection, Series
from review_board.report.values import cells_of, main_columns

STYLE = """
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; background: #fff; color: #111;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1rem; font-weight: 500; color: #555; margin: 0 0 .5rem; }
h2 { font-size: 1.15rem; margin: 2.2rem 0 .5rem; }
.summary { font-size: 1.6rem; line-height: 1.25; font-weight: 700; margin: .4rem 0; }
.figures { display: flex; flex-wrap: wrap; gap: .6rem 3rem; margin: 1rem 0; }
.figures b { display: block; font-size: 2.4rem; line-height: 1.1; font-variant-numeric: tabular-nums; }
.figures span { color: #555; font-size: .9rem; }
.keep b { color: #2a6b2f; } .let-go b { color: #a32f2f; } .debt b { color: #8a5a00; }
svg { max-width: 100%; height: auto; display: block; font-family: inherit; fill: #111; }
.aside td { border-bottom: 1px solid #ddd; padding-top: 0; color: #444; font-size: .88em; }
.told td { border-bottom: 0; padding-bottom: 0; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
dt { color: #555; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #ddd; }
th { border-bottom-color: #111; font-weight: 600; white-space: nowrap; }
td.name, td.words { overflow-wrap: anywhere; min-width: 6rem; }
td.name { min-width: 12rem; }
.figure { text-align: right; white-space: nowrap; }
.note, .more { color: #444; font-size: .92rem; margin: .4rem 0; }
.charts { display: flex; flex-wrap: wrap; gap: .8rem 2rem; margin: 1rem 0 .4rem; }
figure { margin: 0; } figcaption { font-size: .85rem; color: #444; }
footer { margin-top: 2rem; color: #555; font-size: .85rem; }
@media print {
  @page { margin: 15mm; }
  body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt; color: #000; }
  h2 { break-after: avoid; }
  tbody, figure, dl, .summary, .figures, .short { break-inside: avoid; }
  body, svg { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
  thead { display: table-header-group; }
}
"""
LEGEND = (
    f"Lines of contact, the last {WEEKS} weeks: ● a call or email of ours, ■ a quote,"
    f" ○ they showed interest, ◦ they answered, {DEFERRAL} they put us off."
)
SHORT = 8
"""Rows of a table that is printed on one page."""
DRAWN = frozenset({"purged", "kept_against_advice", "owed", "callbacks"})
"""The sections in which each card has its lines of contact."""


def report_html(report: Report) -> str:
    """Return the whole report as one document."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    title = escape(report.title)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f"<h1>{escape(report.title)}</h1>"
    yield from _headline(report)
    yield "<dl>"
    yield from (f"<dt>{escape(k)}</dt><dd>{escape(text)}</dd>" for k, text in report.header)
    yield "</dl>"
    drawn = [section.key for section in report.shown if section.key in DRAWN and section.rows]
    for section in report.shown:
        yield from _section(section, report, LEGEND if section.key in drawn[:1] else "")
    yield "<footer>Made by review_board. Figures marked “about” or “estimated” are estimates.</footer>"
    yield "</body>\n</html>"


def _headline(report: Report) -> Iterator[str]:
    """Yield the first sentence, the rest of the summary, the figures, the columns before and after."""
    sentence, rest = first_sentence(report.summary)
    yield f'<p class="summary">{escape(sentence)}</p>'
    yield f"<p>{escape(rest)}</p>" if rest else ""
    yield '<div class="figures">'
    for figure in key_figures(report):
        number, words = escape(figure.number), escape(figure.words)
        yield f'<div class="{figure.meaning or "plain"}"><b>{number}</b><span>{words}</span></div>'
    yield "</div>"
    columns = list(column_shares(report))
    head = (
        "Columns before (grey) and after"
        if any(c.before is not None for c in columns)
        else "Columns"
    )
    yield f"<figure>{columns_svg(columns)}<figcaption>{head}</figcaption></figure>"


def _section(section: ReportSection, report: Report, legend: str) -> Iterator[str]:
    short = ' class="short"' if len(section.rows) <= SHORT else ""
    yield f'<section id="{escape(section.key)}"{short}>\n<h2>{escape(section.title)}</h2>'
    if section.rows:
        yield from _table(section, report)
    if section.cut:
        yield f'<p class="more">{escape(section.cut)}</p>'
    if section.chart:
        yield '<div class="charts">'
        yield from map(_chart, section.chart)
        yield "</div>"
    notes = (legend, *section.notes)
    yield from (f'<p class="note">{escape(note)}</p>' for note in notes if note)
    yield "</section>"


def _table(section: ReportSection, report: Report) -> Iterator[str]:
    """Yield the table; what may stand below a row stands under it in small print, with its drawing."""
    headings = main_columns(section)
    yield "<table>\n<thead><tr>"
    yield from (f'<th scope="col"{_class(h)}>{escape(h.title)}</th>' for h in headings)
    yield "</tr></thead>"
    lines = _lines_of_contact(section, report)
    for row, drawn in zip(cells_of(section, report.day), lines, strict=False):
        cells = (
            f"<td{_class(h)}>{_cell(h, text)}</td>"
            for h, text in zip(headings, row.main, strict=True)
        )
        aside = escape(row.aside) + drawn
        below = (
            f'<tr class="aside"><td colspan="{len(headings)}">{aside}</td></tr>' if aside else ""
        )
        told = ' class="told"' if aside else ""
        yield f"<tbody><tr{told}>{''.join(cells)}</tr>{below}</tbody>"
    yield "</table>"


def _lines_of_contact(section: ReportSection, report: Report) -> Iterator[str]:
    """Yield the drawing for each row: in some sections the lines of contact of its card, else nothing."""
    for row in section.records:
        lines = report.contacts.get(str(row.get("id"))) if section.key in DRAWN else None
        yield contact_svg(lines) if lines else ""


def _class(heading: ReportColumn) -> str:
    return f' class="{heading.kind.name.lower()}"'


def _cell(heading: ReportColumn, text: str) -> str:
    """Return a cell; figures of several currencies stand below each other."""
    if heading.kind is not Kind.FIGURE:
        return escape(text)
    return "<br>".join(map(escape, text.split(JOINT)))


def _chart(series: Series) -> str:
    return f"<figure>{series_svg(series)}<figcaption>{escape(series.label)}</figcaption></figure>"
