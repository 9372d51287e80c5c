"""What the board screen shows: which cards in which column, headings and totals. No Textual here."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from review_board.board.ordering import ORDERS, USUAL, ordered
from review_board.pipeline.money import in_currency
from review_board.pipeline.vocabulary import Column
from review_board.tui.board.cards import (
    BoardCard,
    ColumnHead,
    card_of,
    colour_of,
    sums,
    week_of,
)
from review_board.tui.board.summaries import quick_lookup
from review_board.tui.textfit import clip
from review_board.wording import owed_words

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.board.card_summary import CardSummary
    from review_board.board.filters import Filter, PartialFilter
    from review_board.board.views import View
    from review_board.pipeline.money import Totals
    from review_board.review.scope import Scope
    from review_board.settings.kinds import OrderName
    from review_board.tui.board.header import Word


class OwedCounts(NamedTuple):
    """Whose prospects we owe something now, by their ``owners``, and how many ``later``."""

    owners: tuple[str, ...]
    later: int


LENS = 32
"""Cells of a filter in the header: the line at the foot has it whole."""
OPEN = (Column.ACTIVE, Column.CALLBACK)
GONE = BoardCard("", "(gone)")


class BoardView:
    """The board through this person's filter. Cards are made when they are looked at and kept."""

    def __init__(self, board: "Board") -> None:
        self.board = board
        self._filter: Filter | None = None
        self.mine = False
        self.order: OrderName = USUAL
        self.marked: set[str] = set()
        self._cards: dict[str, BoardCard] = {}
        self._totals: dict[Column, ColumnHead] = {}
        self._shown: dict[Column, Totals] = {}
        self._query = ""
        self._unread: set[Column] = set()
        self._views: tuple[View, ...] = ()
        self._is_judging = True

    @property
    def filter(self) -> "Filter":
        """Return the filter in force."""
        from review_board.board.filters import NO_FILTER

        return self._filter or NO_FILTER

    @property
    def query(self) -> str:
        """Return the filter as it is typed; of what is not finished the complete terms count."""
        return self._query

    @query.setter
    def query(self, query: str) -> None:
        self._query = query
        self._filter = self._read(query).filter

    def type_query(self, query: str) -> None:
        """Filter by a line that is still typed: the beginning of an owner's name will do."""
        from review_board.board.filters import with_partial_owners

        self.query = query
        self._filter = with_partial_owners(self.filter, self.board.owners)

    @property
    def scope(self) -> "Scope":
        """Return what a review that is started now is about; an owner counts by whole words."""
        from review_board.review.scope import Scope

        whole = self._read(self._query).filter
        return Scope(owner=self.board.by if self.mine else "", filter=whole)

    def _read(self, query: str) -> "PartialFilter":
        from review_board.board.filters import read_filter

        return read_filter(query, self.board.settings.currency, self.board.today.day)

    # Cards

    @property
    def is_judging(self) -> bool:
        """Return whether cards are shown with their evidence."""
        return self._is_judging

    def show_plain(self) -> None:
        """Show cards by their documents alone, until ``judge``: the first screen waits for no import."""
        self._is_judging = False

    def judge(self) -> None:
        """Show cards with their evidence from now on."""
        self._is_judging = True
        self.forget_all()

    def card(self, card_id: str) -> BoardCard:
        """Return the card of a prospect, with its evidence."""
        card = self._cards.get(card_id)
        if card is None:
            card = self._cards[card_id] = self._make(card_id)
        return card

    def forget(self, ids: Iterable[str]) -> None:
        """Forget these cards: the prospects look different now."""
        for card_id in ids:
            self._cards.pop(card_id, None)
        self._totals.clear()

    def forget_all(self) -> None:
        """Forget all cards: the file was replaced, or a new day began."""
        self._cards.clear()
        self._totals.clear()

    def toggle_mark(self, card_id: str) -> None:
        """Mark a card, or no longer."""
        self.marked ^= {card_id}
        self._cards.pop(card_id, None)

    def mark_only(self, ids: Collection[str]) -> frozenset[str]:
        """Mark these cards and no other; return those that look different now."""
        changed = frozenset(self.marked.symmetric_difference(ids))
        for card_id in changed:
            self._cards.pop(card_id, None)
        self.marked = set(ids)
        return changed

    def unmark_all(self) -> None:
        """Take all marks away."""
        self.mark_only(())

    def _make(self, card_id: str) -> BoardCard:
        entry = self.board.entry(card_id)
        if entry is None:
            return GONE
        card_summary = self.board.evaluator.card_summary(card_id) if self._is_judging else None
        marked = card_id in self.marked
        return card_of(entry, card_summary, self.board.settings, marked=marked)

    def owed_counts(self) -> OwedCounts:
        """Count the prospects that we owe something, of those whose evidence is known."""
        known = self.board.evaluator.known_card_summaries()
        entries = (e for e in self.board.index.entries.values() if e.column)
        seen = [(e.owner, card) for e in entries if (card := known.get(e.id))]
        return OwedCounts(
            tuple(owner for owner, card in seen if card.owed),
            sum(card.owed_later for _, card in seen),
        )

    # Columns

    @property
    def filtered(self) -> bool:
        """Return whether some prospects may be hidden."""
        return bool(self._filter) or self.mine

    @property
    def unread(self) -> bool:
        """Return whether cards are hidden or misplaced only because their evidence is unknown yet."""
        return bool(self._unread)

    def ids(self, column: Column) -> list[str]:
        """Return the cards of a column that the filter lets through, in order.

        Nobody waits for the evidence of a large board: a filter or an order that asks for it goes
        by what is known, and ``unread`` says that there will be more.
        """
        ids = self._candidates(column)
        self._unread.discard(column)
        if not self.filtered and self.order == USUAL:
            return ids
        look = quick_lookup(self.board, lambda: self._unread.add(column))
        entries, today, by = self.board.index.entries, self.board.today, self.board.by
        shown = [entries[card_id] for card_id in ids]
        if self.filtered:
            view = self.as_view("")
            shown = [entry for entry in shown if view.lets_through(entry, by, look, today)]
        if self.order != USUAL:
            shown = ordered(shown, self.order, look)
        return [entry.id for entry in shown]

    @property
    def only_won(self) -> bool:
        """Return whether the board shows what was won, in its first column, and nothing else."""
        return self._filter is not None and self._filter.only_won

    def _candidates(self, column: Column) -> list[str]:
        """Return the cards that a column has for the filter to choose from."""
        if not self.only_won:
            return self.board.column(column)
        if column is not Column.ACTIVE:
            return []
        won = [entry for entry in self.board.index.entries.values() if entry.won]
        return [entry.id for entry in sorted(won, key=lambda entry: entry.rank)]

    def has_line_between(self, before: str, after: str) -> bool:
        """Return whether the order begins another currency between two neighbours."""
        one, other = (self.board.entry(card_id) for card_id in (before, after))
        if not (ORDERS[self.order].by_currency and one and other and other.value):
            return False
        return one.currency_rank != other.currency_rank

    def nothing_fits(self, shown: int, clear: str) -> str:
        """Return what to say when the filter lets no card through, with the key that ends it.

        It says nothing while cards may come yet, because the evidence is still looked at.
        """
        if shown or self.unread or not self.filtered:
            return ""
        if self.filter:
            return f"nothing fits: {clear} clears the filter"
        return f"nothing here is {self.board.by}'s: {clear} shows all"

    def head(self, column: Column, ids: Sequence[str]) -> ColumnHead:
        """Return the heading of a column that shows ``ids``."""
        if self.filtered:
            title = "Won" if self.only_won and column is Column.ACTIVE else column.title
            totals = self._shown[column] = self.board.totals(ids)
            return self._head(title, column, totals, len(self._candidates(column)))
        head = self._totals.get(column)
        if head is None:
            totals = self.board.column_totals(column)
            head = self._totals[column] = self._head(column.title, column, totals, totals.count)
        return head

    def _head(self, title: str, column: Column, totals: "Totals", of: int) -> ColumnHead:
        """Return a heading, with its share of the open value in the currency of the settings."""
        currency = self.board.settings.currency
        whole = in_currency(self.board.column_totals(*OPEN).value, currency)
        share = float(in_currency(totals.value, currency) / whole) if whole else 0.0
        worth, share = sums(totals.value), min(1.0, share)
        return ColumnHead(title, totals.count, of, worth, share, colour_of(column))

    # Views

    @property
    def views(self) -> "tuple[View, ...]":
        """Return every view that there is."""
        from review_board.board.views import views_of

        self._views = self._views or views_of(self.board.settings)
        return self._views

    def keep(self, view: "View") -> None:
        """Add a view, as the settings have it from now on."""
        from review_board.board.views import with_view

        self._views = with_view(self.views, view)

    def show(self, view: "View") -> None:
        """Show the board as a view has it."""
        self.query, self.mine, self.order = view.filter.text, view.mine, view.order

    def as_view(self, name: str) -> "View":
        """Return what is shown now, under a name."""
        from review_board.board.views import View

        return View(name, self.filter, self.order, self.mine, own=True)

    @property
    def current(self) -> "View | None":
        """Return the view that is shown now, if what is shown is one."""
        now = self.as_view("")
        return next((view for view in self.views if view.shows_as(now)), None)

    def count(self, view: "View") -> int | None:
        """Return how many cards a view shows; ``None`` while some of them are not looked at yet."""
        board = self.board
        today, by = board.today, board.by
        unknown: list[str] = []

        def look(card_id: str) -> "CardSummary | None":
            card_summary = board.evaluator.known_card_summary(card_id)
            if card_summary is None:
                unknown.append(card_id)
            return card_summary

        count = 0
        for entry in board.index.entries.values():
            stands = entry.won if view.filter.only_won else entry.column is not None
            count += stands and view.lets_through(entry, by, look, today)
            if unknown:
                return None
        return count

    # The title line

    def header_words(self, name: str) -> "list[Word]":
        """Return the words at the left of the header, the most needed first."""
        words = [(name, "name")]
        words += [(clip(lens, LENS), "plain") for lens in self.lenses()]
        words += [(f"{len(self.marked)} marked", "plain")] if self.marked else []
        count, totals = self._open_words()
        words.append((count, "plain"))
        if totals.value:
            words.append((sums(totals.value), "plain"))
        if totals.value and not self.only_won:
            words.append((f"weighted {sums(totals.weighted)}", "quiet"))
        return [*words, (week_of(self.board.today.day), "quiet")]

    def _open_words(self) -> "tuple[str, Totals]":
        """Return how many are open, and what they come to: of a filter what the columns show of it."""
        whole = self.board.column_totals(*OPEN)
        if not self.filtered:
            return f"{whole.count} open", whole
        shown = [self._shown[column] for column in OPEN if column in self._shown]
        totals = reduce(add, shown) if shown else self.board.totals(())
        count = f"{totals.count} won" if self.only_won else f"{totals.count} of {whole.count} open"
        return count, totals

    def waiting_words(self, owed: OwedCounts | None, due: int | None) -> "list[Word]":
        """Return what waits, as far as it is known: `` 3 you owe, 2 owed later ``, `` 17 to review ``."""
        words = self._owed_words(owed) if owed else []
        if due:
            words.append((f" {due} to review{self._in_all} ", "due"))
        elif due == 0:
            words.append((" nothing to review ", "quiet"))
        return [*words, (f"you: {self.board.by}", "quiet")]

    def _owed_words(self, owed: OwedCounts) -> "list[Word]":
        """Return how much is owed, and how much of it to you; what comes later asks for nothing."""
        later = f", {owed.later} owed later" if owed.later else ""
        if not owed.owners:
            return [(f" {owed.later} owed later ", "quiet")] if later else []
        return [(f" {owed_words(owed.owners, self.board.by, self._in_all)}{later} ", "debt")]

    @property
    def _in_all(self) -> str:
        """Return that what waits is counted of the whole pipeline, where the columns show a part."""
        return " in all" if self.filtered else ""

    def lenses(self) -> list[str]:
        """Return through what the board is seen: a view by its name, else its parts.

        The order ends in dots until all that it asks for is looked at.
        """
        dots = "…" if self.unread else ""
        if (self.filtered or self.order != USUAL) and (view := self.current):
            return [f"view: {view.name}{dots}"]
        words = ["mine"] if self.mine else []
        words += [f"{ORDERS[self.order].words}{dots}"] if self.order != USUAL else []
        words += [f"/{self.query}"] if self.query.strip() else []
        return words


@dataclass(frozen=True, slots=True)
class MarkedRange:
    """A range that began at a card of a column; ``before`` are the marks that stood already."""

    column: int
    start: str
    before: frozenset[str]

    def marks(self, ids: Sequence[str], here: str) -> frozenset[str]:
        """Return all marks while the cursor is on ``here``; ``ids`` is the column as it is shown.

        A card that left the column ends the range where it stood.
        """
        if self.start not in ids or here not in ids:
            return self.before
        first, last = sorted((ids.index(self.start), ids.index(here)))
        return self.before | frozenset(ids[first : last + 1])
