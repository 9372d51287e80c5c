"""The report as one HTML file: no script, nothing loaded from anywhere, black on white, made to print."""

from collections.abc import Iterator
from html import escape

from review_board.report.model import Kind, Report, ReportColumn, ReportSection, Series
from review_board.report.values import JOINTS, Cells, cells_of, main_columns

STYLE = """
:root { color-scheme: light; }
body { margin: 2rem auto; max-width: 62rem; padding: 0 1rem; background: #fff; color: #111;
  font: 15px/1.45 system-ui, -apple-system, "Segoe UI", "Helvetica Neue", Arial, sans-serif; }
h1 { font-size: 1.5rem; margin: 0 0 .5rem; }
h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; border-bottom: 2px solid #111; padding-bottom: .15rem; }
.summary { font-size: 1.15rem; font-weight: 600; border-left: 4px solid #111; padding: .2rem 0 .2rem .8rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; }
dt { color: #555; } dd { margin: 0; }
table { border-collapse: collapse; width: 100%; font-variant-numeric: tabular-nums; }
th, td { text-align: left; vertical-align: top; padding: .25rem .8rem .25rem 0; border-bottom: 1px solid #ddd; }
th { border-bottom-color: #111; font-weight: 600; white-space: nowrap; }
td.name, td.words { overflow-wrap: anywhere; min-width: 6rem; }
td.name { min-width: 12rem; }
td small { display: block; color: #444; font-size: .88em; }
.figure { text-align: right; white-space: nowrap; }
.note, .more { color: #444; font-size: .92rem; margin: .4rem 0; }
.charts { display: flex; flex-wrap: wrap; gap: .8rem 2rem; margin: 1rem 0 .4rem; }
figure { margin: 0; } figcaption { font-size: .85rem; color: #444; }
footer { margin-top: 2rem; color: #555; font-size: .85rem; }
@media print {
  @page { margin: 15mm; }
  body { margin: 0; max-width: none; padding: 0; font-size: 10.5pt; color: #000; }
  h2 { break-after: avoid; } tr, figure, dl, .summary { break-inside: avoid; }
  thead { display: table-header-group; }
}
"""
BAR, SPACE, TALL, ABOVE = 22, 8, 44, 14
"""Pixels of a chart: a bar, the gap beside it, the tallest bar, room for its figure."""


def report_html(report: Report) -> str:
    """Return the whole report as one document."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    title = escape(report.title)
    yield '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>"
    yield f"<h1>{escape(report.title)}</h1>"
    yield f'<p class="summary">{escape(report.summary)}</p>'
    yield "<dl>"
    yield from (f"<dt>{escape(k)}</dt><dd>{escape(text)}</dd>" for k, text in report.header)
    yield "</dl>"
    for section in report.shown:
        yield from _section(section, report)
    yield "<footer>Made by review_board. Figures marked “about” or “estimated” are estimates.</footer>"
    yield "</body>\n</html>"


def _section(section: ReportSection, report: Report) -> Iterator[str]:
    yield f'<section id="{escape(section.key)}">\n<h2>{escape(section.title)}</h2>'
    if section.rows:
        yield from _table(section, report)
    if section.cut:
        yield f'<p class="more">{escape(section.cut)}</p>'
    if section.chart:
        yield '<div class="charts">'
        yield from map(_chart, section.chart)
        yield "</div>"
    yield from (f'<p class="note">{escape(note)}</p>' for note in section.notes)
    yield "</section>"


def _table(section: ReportSection, report: Report) -> Iterator[str]:
    """Yield the table; what may stand below a row stands in small print under its name."""
    headings = main_columns(section)
    kinds = [heading.kind for heading in headings]
    named = kinds.index(Kind.NAME) if Kind.NAME in kinds else 0
    yield "<table>\n<thead><tr>"
    yield from (f'<th scope="col"{_class(h)}>{escape(h.title)}</th>' for h in headings)
    yield "</tr></thead>\n<tbody>"
    for row in cells_of(section, report.day):
        cells = [_cell(h, text) for h, text in zip(headings, row.main, strict=True)]
        cells[named] += _below(row)
        yield f"<tr>{''.join(_marked(h, c) for h, c in zip(headings, cells, strict=True))}</tr>"
    yield "</tbody>\n</table>"


def _marked(heading: ReportColumn, cell: str) -> str:
    return f"<td{_class(heading)}>{cell}</td>"


def _class(heading: ReportColumn) -> str:
    return f' class="{heading.kind.name.lower()}"'


def _below(row: Cells) -> str:
    text = " · ".join(part for part in row.below if part)
    return f"<small>{escape(text)}</small>" if text else ""


def _cell(heading: ReportColumn, text: str) -> str:
    """Return a cell; figures of several currencies stand below each other."""
    if heading.kind is not Kind.FIGURE:
        return escape(text)
    return "<br>".join(map(escape, JOINTS.split(text)))


def _chart(series: Series) -> str:
    """Return bars from zero, the oldest session first, the first and the last with their figures."""
    top = series.top
    last = len(series.points) - 1
    parts = []
    for place, (point, words) in enumerate(zip(series.points, series.words, strict=True)):
        if point is None:
            continue
        height = int(point / top * TALL) if top else 0
        x, y = place * (BAR + SPACE) + SPACE, ABOVE + TALL - height
        fill = "#111" if place == last else "#999"
        parts.append(
            f'<rect x="{x}" y="{y}" width="{BAR}" height="{max(1, height)}" fill="{fill}"/>'
        )
        if place in {0, last}:
            parts.append(
                f'<text x="{x + BAR // 2}" y="{y - 3}" text-anchor="middle" font-size="11">'
                f"{escape(words)}</text>"
            )
    width = (last + 1) * (BAR + SPACE) + SPACE
    said = escape(f"{series.label}: {', '.join(series.words)}")
    return (
        f'<figure><svg width="{width}" height="{ABOVE + TALL + 1}" role="img" aria-label="{said}">'
        f"{''.join(parts)}</svg><figcaption>{escape(series.label)}</figcaption></figure>"
    )
