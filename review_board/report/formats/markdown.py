"""The report in Markdown: tables; nothing in a name becomes markup, a link or HTML."""

import re
from collections.abc import Iterable, Iterator

from review_board.report.formats.plain_text import bars
from review_board.report.model import Kind, Report, ReportSection
from review_board.report.values import all_columns, cells_of

_PUNCTUATION = re.compile(r"([!-/:-@\[-`{-~])")
_LINKS = re.compile(r"(?i)(?<=http)(?=s?:)|(?<=ftp)(?=:)|(?<=mailto)(?=:)|(?<=www)(?=\.)|(?=@)")
"""Places at which some readers would make a link of plain text."""
_KEPT = frozenset("$%',/;?\"().:+-=")
"""Punctuation that means nothing in Markdown between other letters."""


def report_markdown(report: Report) -> str:
    """Return the whole report."""
    return "".join(f"{line}\n" for line in _lines(report))


def _lines(report: Report) -> Iterator[str]:
    yield f"# {escaped(report.title)}"
    yield ""
    yield f"**{escaped(report.summary)}**"
    yield ""
    for label, text in report.header:
        yield f"- {label}: {escaped(text)}"
    yield ""
    for section in report.shown:
        yield from (f"## {escaped(section.title)}", "")
        yield from _table(section, report)
        yield from _chart(section)
        for note in section.notes:
            yield from (escaped(note), "")


def _table(section: ReportSection, report: Report) -> Iterator[str]:
    if not section.rows:
        return
    headings = all_columns(section)
    yield _row(heading.title for heading in headings)
    yield _row("--:" if heading.kind is Kind.FIGURE else "---" for heading in headings)
    for row in cells_of(section, report.day):
        yield _row(map(escaped, row.all))
    yield ""
    if section.cut:
        yield from (escaped(section.cut), "")


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _chart(section: ReportSection) -> Iterator[str]:
    if section.chart:
        yield from ("```text", *map(bars, section.chart), "```", "")


def escaped(text: str) -> str:
    """Return text that reads the same in Markdown as it stands here."""
    parts = _LINKS.split(text)
    return "<!-- -->".join(_PUNCTUATION.sub(_escape, part) for part in parts)


def _escape(found: re.Match[str]) -> str:
    mark = found[0]
    return mark if mark in _KEPT else f"\\{mark}"
