"""The report as JSON: stable keys, every row, days in ISO, decimals as text."""

from typing import Any

import orjson

from review_board.report.model import Report, ReportSection
from review_board.report.values import as_json

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
    keys = [heading.key for heading in section.columns]
    return {
        "title": section.title,
        "rows": [dict(zip(keys, map(as_json, row), strict=True)) for row in section.rows],
        "notes": list(section.notes),
    }
