"""What the board screen shows: which cards in which column, headings and totals. No Textual here."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING

from review_board.pipeline.text import fold
from review_board.pipeline.vocabulary import Column
from review_board.tui.cards import CardView, ColumnHead, card_of, sums, week_of

if TYPE_CHECKING:
    from review_board.board import Board, Entry, Glance

OPEN = (Column.ACTIVE, Column.CALLBACK, Column.NURTURE)
GONE = CardView("", "(gone)")

Owed = Callable[["Glance"], bool]


class BoardView:
    """The board through this person's filter. Cards are made when they are looked at and kept."""

    def __init__(self, board: "Board", owed: Owed) -> None:
        self.board = board
        self.query = ""
        self.mine = False
        self.marked: set[str] = set()
        self._owed = owed
        self._cards: dict[str, CardView] = {}
        self._totals: dict[Column, ColumnHead] = {}

    # Cards

    def card(self, card_id: str) -> CardView:
        """The card of a prospect, with its evidence if that is computed already."""
        card = self._cards.get(card_id)
        if card is None:
            card = self._cards[card_id] = self._make(card_id)
        return card

    def forget(self, ids: Iterable[str]) -> None:
        """These prospects look different now."""
        for card_id in ids:
            self._cards.pop(card_id, None)
        self._totals.clear()

    def forget_card(self, card_id: str) -> None:
        """Its evidence became known; its value is the same."""
        self._cards.pop(card_id, None)

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

    def glance(self, card_id: str) -> "Glance | None":
        """The evidence in short, if it is computed already."""
        return self.board.assessor.known_glance(card_id, self.board.today)

    def _make(self, card_id: str) -> CardView:
        entry = self.board.entry(card_id)
        if entry is None:
            return GONE
        glance = self.glance(card_id)
        owed = bool(glance and self._owed(glance))
        currency = self.board.settings.currency
        return card_of(entry, glance, currency, marked=card_id in self.marked, owed=owed)

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
            value = sums(self.board.totals(ids).value)
            head = self._totals[column] = ColumnHead(column.title, len(ids), len(ids), value)
        return head

    # The title line

    def title_parts(self, name: str) -> list[str]:
        """The title line, the most needful first."""
        everything = [card_id for column in OPEN for card_id in self.board.column(column)]
        totals = self.board.totals(everything)
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
