"""Files in and out: lists from any CRM become prospects, prospects become files.

This room reads CSV in many dialects and the project's own JSON, decides by content and never by
the name of a file, and refuses in one clear line what it cannot read for certain: all rows or
none. It writes exports and reports, in one step, never over another file by accident. It knows the
pipeline and the report of a review: no store, no board, no screen, and no clock but the one passed in.
"""

from review_board.exchange.exporting import export_json, write_file
from review_board.exchange.guard import guarded, unguarded
from review_board.exchange.headers import FIELDS
from review_board.exchange.identity import made_id
from review_board.exchange.importing import import_bytes, read_prospects
from review_board.exchange.project_json import FORMAT, SCHEMA, to_json
from review_board.exchange.reports import REPORT_FORMATS, agree, format_of, write_report
from review_board.exchange.results import (
    BadRowsError,
    Counts,
    ImportOptions,
    ImportResult,
    SkippedRow,
)

__all__ = [
    "FIELDS",
    "FORMAT",
    "REPORT_FORMATS",
    "SCHEMA",
    "BadRowsError",
    "Counts",
    "ImportOptions",
    "ImportResult",
    "SkippedRow",
    "agree",
    "export_json",
    "format_of",
    "guarded",
    "import_bytes",
    "made_id",
    "read_prospects",
    "to_json",
    "unguarded",
    "write_file",
    "write_report",
]
