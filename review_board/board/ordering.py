"""The orders in which the cards of a column may stand.

An order is one line of ``ORDERS``: the board's ``s``, the views and ``list --sort`` find it there.
Nothing here builds a record: ten thousand cards are sorted by what is known of them already.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from review_board.board.index import Entry
from review_board.pipeline.money import RANKED_LAST
from review_board.pipeline.text import fold

if TYPE_CHECKING:
    from review_board.board.card_summary import CardSummary
    from review_board.settings.kinds import OrderName

Look = Callable[[str], "CardSummary | None"]
Rank = tuple[Any, ...]

USUAL: "OrderName" = "value"
"""The order in which the board opens."""


@dataclass(frozen=True, slots=True)
class Order:
    """One order: the letter that picks it, how it is explained, and the few words of the title.

    ``rank`` reads off the entry where a card stands, ``judged`` off the evidence; one of them is
    enough. Equal ranks stand by name, then by id. ``by_currency`` says that each currency comes by itself.
    """

    letter: str
    label: str
    words: str
    rank: Callable[[Entry], Rank] | None = None
    judged: "Callable[[CardSummary], Rank] | None" = None
    by_currency: bool = False


def _next_day(card_summary: "CardSummary") -> Rank:
    """Return the next day on which a prospect asks anything of us; without one it comes last."""
    return (min((task.day for task in card_summary.agenda.tasks), default=date.max),)


def _longest(days: int | None) -> Rank:
    """Rank the most days first, and before them those with nothing on record."""
    return (days is not None, -(days or 0))


def _payoff(card_summary: "CardSummary") -> Rank:
    return (
        (card_summary.card.currency_rank, -card_summary.card.payoff)
        if card_summary.card
        else (RANKED_LAST,)
    )


ORDERS: "Mapping[OrderName, Order]" = {
    "value": Order(
        "v",
        "most valuable first, other currencies last",
        "most valuable first, other currencies last",
        lambda e: e.rank,
        by_currency=True,
    ),
    "name": Order("n", "name, from A to Z", "by name", lambda _: ()),
    "next": Order(
        "d",
        "next date first: step, callback, contact in Nurture",
        "next date first",
        judged=_next_day,
    ),
    "contact": Order(
        "t",
        "longest without contact from us; never on top",
        "longest without contact first",
        judged=lambda card_summary: _longest(card_summary.touch_days),
    ),
    "signal": Order(
        "b",
        "longest without a buyer's signal; none on top",
        "longest without a signal first",
        judged=lambda card_summary: _longest(card_summary.signal_days),
    ),
    "payoff": Order(
        "p",
        "best use of an hour first, other currencies last",
        "best use of time first",
        judged=_payoff,
        by_currency=True,
    ),
}
"""Every order by its name in the settings, in the order of the dialog."""


def ordered(entries: Iterable[Entry], name: "OrderName", look: Look) -> list[Entry]:
    """Return the entries in an order.

    Those whose evidence ``look`` does not know, or that cannot be read, come last, by value.
    """
    judged, rank = ORDERS[name].judged, ORDERS[name].rank

    def place(entry: Entry) -> Rank:
        if judged is None:
            return (0, *(rank(entry) if rank else ()), fold(entry.name), entry.id)
        card_summary = look(entry.id)
        if card_summary is None or card_summary.spoilt:
            return (1, *entry.rank)
        return (0, *judged(card_summary), fold(entry.name), entry.id)

    return sorted(entries, key=place)
