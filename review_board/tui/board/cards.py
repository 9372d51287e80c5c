"""What a card shows, as plain data: made from the index entry and, once known, the evidence."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

if TYPE_CHECKING:
    from review_board.board.card_summary import CardSummary
    from review_board.board.index import Entry
    from review_board.pipeline.money import Money

MARKED = "✓"
OWED = "!"
SPOILT = "✗"
WON = "★"


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One card. ``value`` and ``status`` are ready to print; ``marks`` are signs before the title.

    ``✓`` the user marked it, ``!`` we owe them, ``✗`` its record cannot be read, ``★`` it was won.
    ``quiet`` cards carry no value and are drawn as such only by their text, never by colour alone.
    """

    id: str
    title: str
    value: str = ""
    status: str = ""
    marks: str = ""
    marked: bool = False


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The heading of a column: ``count`` of ``of`` prospects are shown."""

    title: str
    count: int
    of: int
    value: str = ""

    def fitting(self, width: int) -> str:
        """Return ``Active 38 · $2.1M``, ``Active 3 of 38`` under a filter; shorter where room is short."""
        count = f"{self.count}" if self.count == self.of else f"{self.count} of {self.of}"
        short = self.title.partition("-")[0]
        value = f" · {self.value}" if self.value else ""
        wordings = (f"{self.title} {count}{value}", f"{short} {count}{value}", f"{short} {count}")
        return next((text for text in wordings if cell_len(text) <= width), wordings[-1])


def card_of(
    entry: "Entry",
    card_summary: "CardSummary | None",
    currency: str,
    *,
    marked: bool = False,
) -> BoardCard:
    """Return the card of a prospect, without a status where nothing is judged yet.

    ``currency`` goes without saying, any other is named.
    """
    owed, spoilt = (
        (card_summary.owed, bool(card_summary.spoilt)) if card_summary else (False, False)
    )
    states = ((MARKED, marked), (OWED, owed), (SPOILT, spoilt), (WON, entry.won))
    return BoardCard(
        id=entry.id,
        title=entry.name,
        value=_value(entry, currency),
        status=_status(entry, card_summary),
        marks="".join(sign for sign, holds in states if holds),
        marked=marked,
    )


def _value(entry: "Entry", currency: str) -> str:
    from review_board.pipeline.money import short_amount, symbol_of

    if entry.amount is None:
        return ""
    sign = "" if entry.currency == currency else symbol_of(entry.currency)
    return sign + short_amount(entry.amount)


def _status(entry: "Entry", card_summary: "CardSummary | None") -> str:
    if card_summary is None:
        return ""
    if entry.won:
        return card_summary.status
    if card_summary.spoilt:
        return "cannot be read"
    clocks = f"t{_days(card_summary.touch_days)} b{_days(card_summary.signal_days)}"
    return f"{card_summary.status} · {clocks}" if card_summary.status else clocks


def _days(days: int | None) -> str:
    return "–" if days is None else str(days)


def sums(monies: Iterable["Money"]) -> str:
    """Return one short total for each currency, side by side and never added up."""
    from review_board.pipeline.money import side_by_side

    return side_by_side(monies)


def week_of(day: date) -> str:
    """Return ``week 47``."""
    return f"week {day.isocalendar().week}"
