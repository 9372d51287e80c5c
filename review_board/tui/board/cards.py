"""What a card shows, as plain data: made from the index entry and, once known, the evidence."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from rich.cells import cell_len

from review_board.judgement.contact_clocks import clocks, freshness

if TYPE_CHECKING:
    from review_board.board.card_summary import CardSummary
    from review_board.board.index import Entry
    from review_board.pipeline.money import Money
    from review_board.pipeline.vocabulary import Column
    from review_board.settings.tree import Settings

MARKED = "✓"
OWED = "!"
SPOILT = "✗"
WON = "★"
A_SITE = "/site"
"""Follows a value of which there are several: that of each of their sites."""
_FIGURE = re.compile(r"\s*\d.*")


@dataclass(frozen=True, slots=True)
class BoardCard:
    """One card, ready to print.

    ``company`` is there where the title does not say it. ``marks`` are signs before the title:
    ``✓`` the user marked it, ``!`` we owe them, ``✗`` its record cannot be read, ``★`` it was won.
    ``why`` says why it stands there. ``clock`` is the buyer's: ours has no place on a card.
    ``tone`` and ``age`` name colours: that of the advice, or of the column in which the record
    leaves it; and that of how fresh the clock is, none where it does not count.
    """

    id: str
    title: str
    value: str = ""
    why: str = ""
    clock: str = ""
    tone: str = ""
    age: str = ""
    marks: str = ""
    marked: bool = False
    company: str = ""


@dataclass(frozen=True, slots=True)
class ColumnHead:
    """The heading of a column: ``count`` of ``of`` prospects are shown, ``share`` of the open value.

    ``colour`` names the colour of the column. Before the pipeline is open no count is known.
    """

    title: str
    count: int | None
    of: int | None
    value: str = ""
    share: float = 0.0
    colour: str = ""

    def fitting(self, width: int) -> tuple[str, str, str]:
        """Return ``Active``, ``38`` or ``3 of 38``, and ``$2.1M``; shorter where room is short.

        Of several currencies the first is shown with signs of the others: ``$2.1M +£ +€``, or with
        their number, and never as if it were all.
        """
        count = f"{self.count}" if self.count == self.of else f"{self.count} of {self.of}"
        count = "" if self.count is None else count
        short = self.title.partition("-")[0]
        first, *others = self.value.split(" · ")
        signs = [first, *("+" + _FIGURE.sub("", other) for other in others)]
        values = (self.value, " ".join(signs), f"{first} +{len(others)}") if others else (first,)
        titles = (self.title, short)
        wordings = [(title, count, value) for value in values for title in titles]
        wordings.append((short, count, ""))
        wordings.append((short, count.partition(" ")[0], ""))
        fits = (words for words in wordings if cell_len(" ".join(filter(None, words))) <= width)
        return next(fits, wordings[-1])


def card_of(
    entry: "Entry", summary: "CardSummary | None", settings: "Settings", *, marked: bool = False
) -> BoardCard:
    """Return the card of a prospect, without a reason where nothing is judged yet.

    The currency of the settings goes without saying, any other is named.
    """
    owed, spoilt = (summary.owed, bool(summary.spoilt)) if summary else (False, False)
    states = ((MARKED, marked), (OWED, owed), (SPOILT, spoilt), (WON, entry.won))
    clock, age = _clock(entry, summary, settings)
    value = value_words(entry, settings.currency)
    return BoardCard(
        id=entry.id,
        title=entry.name,
        company=entry.company_beside,
        value=f"{value}{A_SITE}" if value and summary and summary.sites > 1 else value,
        why=summary.status if summary else "",
        clock=clock,
        tone=_tone(entry, summary),
        age=age,
        marks="".join(sign for sign, holds in states if holds),
        marked=marked,
    )


def value_words(entry: "Entry", currency: str) -> str:
    """Return the value of a prospect; any currency but the usual one is named."""
    from review_board.pipeline.money import short_amount, symbol_of

    if entry.amount is None:
        return ""
    sign = "" if entry.currency == currency else symbol_of(entry.currency)
    return sign + short_amount(entry.amount)


def _clock(entry: "Entry", summary: "CardSummary | None", settings: "Settings") -> tuple[str, str]:
    """Return the buyer's clock and how fresh it is; none where it does not count or nobody knows."""
    if summary is None or summary.finding is None:
        return "", ""
    from review_board.pipeline.vocabulary import SELLING
    from review_board.settings.rule_names import RuleName

    if summary.finding.rule is RuleName.DO_NOT_CONTACT:
        return "", ""
    them = clocks(
        summary.touch_days,
        summary.signal_days,
        lacks_history=summary.lacks_history,
        answered_days=summary.answered_days,
        asked_days=summary.asked_days,
    ).them
    counts = entry.column in SELLING and them
    days = summary.asked_days if summary.signal_days is None else summary.signal_days
    return them, freshness(days, settings.thresholds).value if counts else ""


def _tone(entry: "Entry", summary: "CardSummary | None") -> str:
    if summary is None or summary.finding is None or entry.column is None:
        return ""
    from review_board.judgement.card_status import tone_of

    if summary.is_left_there:
        return colour_of(entry.column)
    return tone_of(summary.finding).value


def colour_of(column: "Column") -> str:
    """Return the name of a column's colour, which is the class of what is drawn in it."""
    return column.value.partition("-")[0]


def sums(monies: Iterable["Money"]) -> str:
    """Return one short total for each currency, side by side and never added up."""
    from review_board.pipeline.money import side_by_side

    return side_by_side(monies)


def week_of(day: date) -> str:
    """Return ``week 47``."""
    return f"week {day.isocalendar().week}"
