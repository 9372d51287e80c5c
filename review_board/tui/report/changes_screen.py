"""What changed since a day or the last review, counted; each number opens its cards."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import ClassVar

from rich.cells import cell_len
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Static

from review_board.board.board import Board
from review_board.errors import ReviewBoardError
from review_board.pipeline.money import short_money, side_by_side
from review_board.report.change_kinds import ChangeKind
from review_board.report.look_back import ChangesRequest, prepare_changes
from review_board.report.pipeline_changes import (
    CardChange,
    PipelineChanges,
    by_column,
    by_rep,
    total,
)
from review_board.report.sessions import any_review
from review_board.review.scope import Scope
from review_board.tui.bars import Bar
from review_board.tui.report.page import ScopedScreen, make_behind
from review_board.tui.rows import TOP, Cell, CellColour, Col, Row, Rows, RowsScreen, with_room_for
from review_board.tui.screen_keys import row_keys
from review_board.tui.textfit import plain
from review_board.wording import capital, several

BACK = (7, 30, 90, 365)
"""Days that one may look back over, beside the last review."""
COLOURS = {
    ChangeKind.WON: CellColour.KEEP,
    ChangeKind.PUT_OFF: CellColour.ACT,
    ChangeKind.PURGED: CellColour.LET_GO,
    ChangeKind.BET_LOST: CellColour.LET_GO,
}
CARDS = (
    Col("who", share=4),
    Col("value", 8, right=True, money=True),
    Col("what happened", share=6),
    Col("owner", 8, least=60),
)


class ChangesScreen(RowsScreen[None], ScopedScreen):
    """The changes by their kind; enter opens the cards of one, and on a card its page."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "open", "Open", id="changes.open", tooltip="The cards of this line; on a card its page"),
        Binding("s", "look_back", "Since", id="changes.since", tooltip="Look further back: since the last review or import, that import alone, 7, 30, 90 or 365 days"),
        Binding("m", "mine", "Mine", id="changes.mine", tooltip="Only my prospects, or everybody's"),
        Binding("escape,q", "leave", "Back", id="changes.back", tooltip="Back to the lines, then to the board"),
        Binding("question_mark", "app.help", "Help", id="changes.help", tooltip="All keys"),
        *row_keys("changes"),
    ]  # fmt: skip
    DEFAULT_CSS = """
    ChangesScreen #sentence { height: auto; padding: 1 1; text-style: bold; }
    ChangesScreen.-low #sentence { padding: 0 1; text-wrap: nowrap; text-overflow: ellipsis; }
    ChangesScreen.-low #detail { display: none; }
    """

    MINE = "changes.mine"

    def __init__(self, board: Board, scope: Scope) -> None:
        super().__init__(board, scope)
        self._at = 0
        self._changed: PipelineChanges | None = None
        self._kind: ChangeKind | None = None

    @property
    def prospect_id(self) -> str | None:
        """Return the prospect that the cursor is on, where cards are listed."""
        return super().prospect_id if self._kind else None

    def above(self) -> ComposeResult:
        """Yield the sentence."""
        yield Static(id="sentence", markup=False)

    def on_screen_resume(self) -> None:
        """Read them anew after a page, where something may have been done."""
        if self._changed:
            self.remake()

    # Reading

    def _choices(self) -> list[ChangesRequest]:
        """Return what one may look at: from the last review or import on, that import alone, days."""
        scope, today = self._scope, self._board.today.day
        review = [ChangesRequest(review=True, scope=scope)] if any_review(self._board) else []
        if any(document.get("imports") for document in self._board.documents().values()):
            since = ChangesRequest(imported=True, scope=scope)
            review += [since, replace(since, alone=True)]
        days = (ChangesRequest(today - timedelta(days=back), scope=scope) for back in BACK)
        return [*review, *days]

    def remake(self) -> None:
        """Read them anew, and show them."""
        choices = self._choices()
        prepare = partial(prepare_changes, self._board, choices[self._at % len(choices)])
        make_behind(self._board, prepare, self._made, self._failed)

    def _made(self, changed: PipelineChanges) -> None:
        self._changed = changed
        if self.is_attached:
            self._show()

    def _failed(self, error: ReviewBoardError) -> None:
        """Say why there is nothing to show."""
        self._changed = None
        if self.is_attached:
            self.query_one("#title", Bar).set(["Changes"], self.scope_words)
            self.query_one("#sentence", Static).update(Content(plain(self.why_nothing(error))))
            self.rows.show(_kind_cols(""), (), ())

    # Showing

    def _show(self, near: str = "") -> None:
        changed = self._changed
        if changed is None:
            return
        title = ["Changes", changed.span, *([self._kind.title] if self._kind else [])]
        self.query_one("#title", Bar).set(title, self.scope_words)
        rows = self.rows
        sentence = self.query_one("#sentence", Static)
        if self._kind:
            cards = changed.of(self._kind)
            sentence.update(Content(_sentence(self._kind, cards)))
            shown = tuple(_card_row(place, card) for place, card in enumerate(cards))
            codes = {card.worth.currency for card in cards if card.worth}
            rows.show(with_room_for(codes, CARDS), shown, ("No card.",), near)
            return
        words = f"{capital(changed.summary)}."
        sentence.update(Content(words))
        empty = ("s looks further back.",)
        shown = tuple(
            Row(kind.value, kind.value, partial(_kind_cells, changed, kind))
            for kind in changed.kinds
        )
        sums = (side_by_side(total(changed.of(kind))) for kind in changed.kinds)
        rows.show(_kind_cols(*sums), shown, empty, near)

    def detail(self, row: Row) -> list[Content]:
        """Return where the changes of a kind took place, and with whom; nothing of a card."""
        if self._kind or not self._changed:
            return []
        cards = self._changed.of(ChangeKind(row.key))
        where, whom = (
            plain(", ".join(group.words for group in groups))
            for groups in (by_column(cards), by_rep(cards))
        )
        return [Content(where), Content.styled(whom, "$quiet")]

    # Going

    @on(Rows.RowOpened)
    def action_open(self) -> None:
        """Open the cards of the line, or the page of the card."""
        row = self.rows.row
        if row is None:
            self.notify("There is nothing to open; s looks further back")
        elif self._kind is None:
            self._kind = ChangeKind(row.key)
            self._show(TOP)
        elif self._board.entry(row.id):
            self.board_app.open_prospect(row.id)
        else:
            self.notify("It is no longer in the pipeline")

    def action_leave(self) -> None:
        """Go back to the lines, and from there to the board."""
        if self._kind is None:
            self.dismiss(None)
            return
        kind, self._kind = self._kind, None
        self._show(kind.value)

    def action_look_back(self) -> None:
        """Look further back, and after the furthest at the last review again."""
        self._at = (self._at + 1) % len(self._choices())
        self._kind = None
        self.remake()

    def action_mine(self) -> None:
        """Show only mine, or everybody's, at first the lines."""
        self._kind = None
        super().action_mine()


def _sentence(kind: ChangeKind, cards: tuple[CardChange, ...]) -> str:
    """Return ``Purged: 3 cards, $180k: to Nurture or Dropped.``."""
    worth = f", {side_by_side(total(cards))}" if total(cards) else ""
    return f"{kind.title}: {several(len(cards), 'card')}{worth}. That is: {kind.meaning}."


def _kind_cols(*sums: str) -> tuple[Col, ...]:
    """Return the columns of the lines; that of the value is as wide as the sums that stand in it."""
    return (
        Col("", 15),
        Col("cards", 5, right=True),
        Col("value", max(map(cell_len, ("value", *sums))), right=True),
        Col("that is", share=3),
    )


def _kind_cells(changed: PipelineChanges, kind: ChangeKind) -> tuple[Cell, ...]:
    cards = changed.of(kind)
    title: Cell = (kind.title, COLOURS[kind]) if kind in COLOURS else kind.title
    return (
        title,
        f"{len(cards):,}",
        side_by_side(total(cards)),
        (kind.meaning, CellColour.QUIET),
    )


def _card_row(place: int, card: CardChange) -> Row:
    cells: Callable[[], tuple[Cell, ...]] = partial(_card_cells, card)
    return Row(f"{card.entry.id}/{place}", card.entry.id, cells)


def _card_cells(card: CardChange) -> tuple[Cell, ...]:
    return (
        card.entry.name,
        short_money(card.worth) if card.worth else "",
        card.what,
        (card.entry.owner, CellColour.QUIET),
    )
