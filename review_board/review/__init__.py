"""A session over many prospects: the due queue, the verdicts, progress, and the summary. Pure.

The room knows the records and the judgement; it is handed evidence and gives back values. The
board stores what it decides, the screens show it.
"""

from review_board.review.falling_due import due_on
from review_board.review.overruling import (
    confirms,
    first_verdict,
    is_reviewed,
    moved_since,
    replaced_by,
    ruling_in,
    settles,
    standing_in,
    standing_verdicts,
)
from review_board.review.queue import Group, Queued, due_queue, queue_card
from review_board.review.session import (
    STALE,
    Mark,
    Session,
    session_document,
    session_of,
    unfinished,
)
from review_board.review.summary import Summary, summarise
from review_board.review.verdicts import (
    Circumstances,
    Decision,
    asks_importance,
    is_against,
    refusal,
    rule,
    takes_up,
    too_soon,
)

__all__ = [
    "STALE",
    "Circumstances",
    "Decision",
    "Group",
    "Mark",
    "Queued",
    "Session",
    "Summary",
    "asks_importance",
    "confirms",
    "due_on",
    "due_queue",
    "first_verdict",
    "is_against",
    "is_reviewed",
    "moved_since",
    "queue_card",
    "refusal",
    "replaced_by",
    "rule",
    "ruling_in",
    "session_document",
    "session_of",
    "settles",
    "standing_in",
    "standing_verdicts",
    "summarise",
    "takes_up",
    "too_soon",
    "unfinished",
]
