"""What the board screen shows: which cards in which column, headings and totals. No Textual here."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Column
from review_board.review.queue import Group
from review_board.tui.cards import CardView, ColumnHead, card_of, sums, week_of

if TYPE_CHECKING:
    from review_board.board import Board, Entry, Glance

OPEN = (Column.ACTIVE, Column.CALLBACK, Column.NURTURE)
GONE = CardView("", "(gone)")


class BoardView:
    """The board through this person's filter. Cards are made when they are looked at and kept."""

    def __init__(self, board: "Board") -> None:
        self.board = board
        self.query = ""
        self.mine = False
        self.marked: set[str] = set()
        self._cards: dict[str, CardView] = {}
        self._totals: dict[Column, ColumnHead] = {}

    # Cards

    def card(self, card_id: str) -> CardView:
        """The card of a prospect, with its evidence."""
        card = self._cards.get(card_id)
        if card is None:
            card = self._cards[card_id] = self._make(card_id)
        return card

    def forget(self, ids: Iterable[str]) -> None:
        """These prospects look different now."""
        for card_id in ids:
            self._cards.pop(card_id, None)
        self._totals.clear()

    def forget_all(self) -> None:
        """The file was replaced, or a new day began."""
        self._cards.clear()
        self._totals.clear()

    def toggle_mark(self, card_id: str) -> None:
        """Mark a card, or no longer."""
        self.marked ^= {card_id}
        self._cards.pop(card_id, None)

    def unmark_all(self) -> None:
        """No card is marked."""
        for card_id in self.marked:
            self._cards.pop(card_id, None)
        self.marked.clear()

    def _make(self, card_id: str) -> CardView:
        entry = self.board.entry(card_id)
        if entry is None:
            return GONE
        glance = self.board.assessor.glance(card_id, self.board.today)
        currency, marked = self.board.settings.currency, card_id in self.marked
        return card_of(entry, glance, currency, marked=marked, owed=self._owed(glance))

    def owed_count(self) -> int:
        """How many prospects we owe something, of those whose evidence is known."""
        today = self.board.today
        known = self.board.assessor.known_glance
        glances = (known(i, today) for i, e in self.board.index.entries.items() if e.column)
        return sum(1 for glance in glances if glance and self._owed(glance))

    def _owed(self, glance: "Glance") -> bool:
        """Whether the queue of today has it among those that we owe something."""
        owed = glance.card is not None and glance.card.group is Group.OWED
        return owed and glance.is_due(self.board.today.day)

    # Columns

    @property
    def filtered(self) -> bool:
        """Whether some prospects may be hidden."""
        return bool(self.query.strip()) or self.mine

    def ids(self, column: Column) -> list[str]:
        """The cards of a column that the filter lets through, in order."""
        ids = self.board.column(column)
        if not self.filtered:
            return ids
        words = fold(self.query).split()
        entries = self.board.index.entries
        return [card_id for card_id in ids if self._shows(entries[card_id], words)]

    def _shows(self, entry: "Entry", words: Sequence[str]) -> bool:
        if self.mine and entry.owner != self.board.by:
            return False
        return all(word in entry.folded for word in words)

    def head(self, column: Column, ids: Sequence[str]) -> ColumnHead:
        """The heading of a column that shows ``ids``."""
        if self.filtered:
            value = sums(self.board.totals(ids).value)
            return ColumnHead(column.title, len(ids), len(self.board.index.columns[column]), value)
        head = self._totals.get(column)
        if head is None:
            value = sums(self.board.column_totals(column).value)
            head = self._totals[column] = ColumnHead(column.title, len(ids), len(ids), value)
        return head

    # The title line

    def title_parts(self, name: str) -> list[str]:
        """The title line, the most needful first."""
        totals = self.board.column_totals(*OPEN)
        parts = [name, week_of(self.board.today.day), f"{totals.count} open"]
        if totals.value:
            parts += [sums(totals.value), f"weighted {sums(totals.weighted)}"]
        return parts

    def asides(self, owed: int | None, due: int | None) -> str:
        """``3 you owe · 17 due``, what is known of it, and the filter in force."""
        words = [f"{owed} you owe"] if owed else []
        words += [f"{due} due"] if due is not None else []
        words += [f"{len(self.marked)} marked"] if self.marked else []
        words += ["mine"] if self.mine else []
        words += [f"/{self.query}"] if self.query.strip() else []
        return " · ".join(words)
