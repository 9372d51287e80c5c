"""The formats of a report by name, JSON among them, and the file it is written to."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import orjson

from review_board.errors import ReviewBoardError, UsageError
from review_board.exchange.write_files import write_file
from review_board.pipeline.text import clean
from review_board.report.formats.calendar_file import report_calendar
from review_board.report.formats.html_page import report_html
from review_board.report.formats.markdown import report_markdown
from review_board.report.formats.plain_text import report_text
from review_board.report.model import Report, ReportSection
from review_board.report.values import as_json, records_json

REPORT_FORMAT = "review_board report"
REPORT_SCHEMA = 1


def report_json(report: Report) -> str:
    """Return the whole report as one document; sections stand by their key, empty ones too."""
    document = {
        "format": REPORT_FORMAT,
        "schema": REPORT_SCHEMA,
        **{key: as_json(value) for key, value in report.facts},
        "summary": report.summary,
        "sections": {section.key: _section(section) for section in report.sections},
    }
    option = orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE
    return orjson.dumps(document, option=option).decode()


def _section(section: ReportSection) -> dict[str, Any]:
    return {
        "title": section.title,
        "rows": records_json(section),
        "notes": list(section.notes),
    }


REPORT_FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": report_text,
    "md": report_markdown,
    "html": report_html,
    "json": report_json,
    "ics": report_calendar,
}
"""Every format; adding one is adding a function and a line."""
SUFFIXES = {
    ".txt": "text",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
    ".ics": "ics",
}
"""The format that the name of a file asks for."""
NAMES = ".html, .md, .txt, .json and, for the callbacks, .ics"
"""The suffixes that we propose."""


def format_of(path: Path, usual: str = "text") -> str:
    """Return the format that a file's name asks for; a name without a suffix gets the usual one.

    Raises ``UsageError`` for a suffix that is none of ours.
    """
    suffix = path.suffix.lower()
    if suffix and suffix not in SUFFIXES:
        raise UsageError(
            f"A report cannot be written as {clean(suffix)[:20]}", f"choose from {NAMES}"
        )
    return SUFFIXES.get(suffix, usual)


def check_format(path: Path, kind: str) -> None:
    """Refuse a file's name that asks for another format; it may leave it open. Raises ``UsageError``."""
    named = SUFFIXES.get(path.suffix.lower(), kind)
    if named != kind:
        raise UsageError(
            f"The name {clean(path.name)[:80]} asks for {named}, but the format asked for is {kind}",
            "leave one of them out, or name the file otherwise",
        )


def write_report(path: Path, report: Report, kind: str, *, force: bool = False) -> None:
    """Write the report in a format: mode 0600, in one step, over nothing unless ``force``."""
    _need_folder(path.parent)
    write_file(path, REPORT_FORMATS[kind](report).encode("utf-8", "replace"), force=force)


def _need_folder(folder: Path) -> None:
    try:
        there = folder.is_dir()
    except OSError:
        return  # writing tells what is in the way
    if not there:
        raise ReviewBoardError(
            f"There is no folder {clean(str(folder))}", "make it first, or name another place"
        )
