"""The formats of a report by name, and the file it is written to."""

from collections.abc import Callable, Mapping
from pathlib import Path

from review_board.exchange.exporting import write_file
from review_board.exchange.report_html import report_html
from review_board.exchange.report_json import report_json
from review_board.exchange.report_markdown import report_markdown
from review_board.exchange.report_text import report_text
from review_board.review.report import Report

REPORT_FORMATS: Mapping[str, Callable[[Report], str]] = {
    "text": report_text,
    "md": report_markdown,
    "html": report_html,
    "json": report_json,
}
"""Every format; adding one is adding a function and a line."""
SUFFIXES = {
    ".txt": "text",
    ".md": "md",
    ".markdown": "md",
    ".html": "html",
    ".htm": "html",
    ".json": "json",
}
"""The format that the name of a file asks for."""


def format_of(path: Path, usual: str = "text") -> str:
    """The format that a file's name asks for, or the usual one."""
    return SUFFIXES.get(path.suffix.lower(), usual)


def write_report(path: Path, report: Report, kind: str, *, force: bool = False) -> None:
    """Write the report in a format: mode 0600, in one step, over nothing unless ``force``."""
    write_file(path, REPORT_FORMATS[kind](report).encode("utf-8", "replace"), force=force)
