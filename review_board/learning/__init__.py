"""What the past teaches: today's rules replayed on it, and what became of earlier verdicts. Pure.

The room knows the records, the judgement and the review; it is handed histories and gives back
figures. It opens no file and looks at no clock.
"""

from review_board.learning.backtest import Backtest, Part, RuleLine, backtest
from review_board.learning.book import Book
from review_board.learning.calibrate import Calibration, calibrate, drops_elsewhere
from review_board.learning.endings import End, Ending, ending_of
from review_board.learning.history import History, Version, before_the_record
from review_board.learning.replay import Replayed, advice_on, findings, replay

__all__ = [
    "Backtest",
    "Book",
    "Calibration",
    "End",
    "Ending",
    "History",
    "Part",
    "Replayed",
    "RuleLine",
    "Version",
    "advice_on",
    "backtest",
    "before_the_record",
    "calibrate",
    "drops_elsewhere",
    "ending_of",
    "findings",
    "replay",
]
