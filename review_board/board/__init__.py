"""Board: the one door to the core. It opens a pipeline, keeps it fresh, commits changes and undoes.

It knows the store, the judgement and the records; it knows no screen and no command line. Both
front doors read through it, change through it and hear of every change from it.
"""

from review_board.board.assess import Assessor, Glance
from review_board.board.board import Board, Change
from review_board.board.desk import Desk
from review_board.board.drafts import SessionChange
from review_board.board.events import Changed, Event, NotSaved, Saved, TroubleChanged
from review_board.board.index import Entry, Totals
from review_board.board.runner import Inline, Runner, Threaded
from review_board.board.scope import Scope, due_count, next_due
from review_board.board.sure_purges import SurePurge

__all__ = [
    "Assessor",
    "Board",
    "Change",
    "Changed",
    "Desk",
    "Entry",
    "Event",
    "Glance",
    "Inline",
    "NotSaved",
    "Runner",
    "Saved",
    "Scope",
    "SessionChange",
    "SurePurge",
    "Threaded",
    "Totals",
    "TroubleChanged",
    "due_count",
    "next_due",
]
