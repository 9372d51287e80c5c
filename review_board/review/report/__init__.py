"""The report: what a review (or a stretch of days) decided, what it changed, what is to be done.

The board hands in facts, one prospect after another; the report is sections of typed values. How a
value reads is said once, in ``words``; a format only lays the sections out.
"""

from review_board.review.report.facts import (
    Columns,
    Facts,
    Overruling,
    Past,
    Settled,
    Span,
    Standing,
    Waiting,
)
from review_board.review.report.making import make_report
from review_board.review.report.model import (
    Appointed,
    Heading,
    Kind,
    Report,
    Section,
    Series,
    Share,
    Shift,
    Value,
)
from review_board.review.report.reading import Item, Look, read
from review_board.review.report.words import JOINTS, NONE, as_json, weekday, words

__all__ = [
    "JOINTS",
    "NONE",
    "Appointed",
    "Columns",
    "Facts",
    "Heading",
    "Item",
    "Kind",
    "Look",
    "Overruling",
    "Past",
    "Report",
    "Section",
    "Series",
    "Settled",
    "Share",
    "Shift",
    "Span",
    "Standing",
    "Value",
    "Waiting",
    "as_json",
    "make_report",
    "read",
    "weekday",
    "words",
]
