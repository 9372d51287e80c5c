"""Pairs of prospects that may be one: merge them, or say that they are two."""

import asyncio
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.content import Content

from review_board.board.board import Board
from review_board.board.find import label
from review_board.board.merging import duplicate_pairs, keep_apart, not_the_same
from review_board.pipeline.duplicates import DuplicatePair
from review_board.tui.bars import Bar
from review_board.tui.rows import Cell, CellColour, Col, Row, Rows, RowsScreen
from review_board.tui.screen_keys import KeyMaker, row_keys
from review_board.tui.show_errors import attempt
from review_board.tui.textfit import plain, told_apart
from review_board.wording import several

COLS = (
    Col("one", share=3),
    Col("the other", share=3),
    Col("why they may be one", share=4),
)
BETWEEN = 3
"""Cells beside a name: the sign of the cursor, and the gap to the next."""


_key = KeyMaker("duplicates")


class DuplicatesScreen(RowsScreen[None]):
    """The pairs, the surest first; found anew after each change."""

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("enter", "merge", "Merge", "merge", "Show what a merge would make, and do it", show=True),
        _key("x", "apart", "Not the same", "apart", "These are two: never propose them again, or do", show=True),
        _key("1", "open(0)", "One", "one", "The page of the one on the left", show=True),
        _key("2", "open(1)", "The other", "other", "The page of the other one", show=True),
        _key("u", "undo", "Undo", "undo", "Take back your last change", show=True),
        _key("escape,q", "leave", "Back", "back", "Back to the board", show=True),
        _key("question_mark", "app.help", "Help", "help", "All keys", show=True),
        *row_keys("duplicates", "pair"),
    ]  # fmt: skip
    doing = "merged"

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self._board: Board = board
        self._pairs: dict[str, DuplicatePair] = {}
        self._looked = False

    @property
    def _here(self) -> DuplicatePair | None:
        row = self.rows.row
        return self._pairs.get(row.key) if row else None

    def on_mount(self) -> None:
        """Look for pairs; thousands of prospects take a moment."""
        self._draw()
        self.start(self._find())

    def show_changes(self, ids: frozenset[str], *, everything: bool) -> None:
        """Look again."""
        self.start(self._find())

    async def _find(self) -> None:
        board = self._board
        found = await asyncio.to_thread(duplicate_pairs, board)
        self._pairs = {f"{pair.one} {pair.other}": pair for pair in found}
        self._looked = True
        if self.is_attached:
            self._draw()

    def _draw(self) -> None:
        """Show the pairs; those just told apart stay until the screen is left, in grey."""
        apart = not_the_same(self._board)
        rows = tuple(
            Row(key, pair.one, lambda pair=pair: self._cells(pair, apart))  # type: ignore[misc]
            for key, pair in self._pairs.items()
        )
        empty = "No two prospects look alike." if self._looked else "Comparing all prospects…"
        self.rows.show(COLS, rows, (empty,))
        count = several(len(self._pairs), "pair") if self._looked else "…"
        self.query_one("#title", Bar).set(["Perhaps the same", count])

    def _cells(self, pair: DuplicatePair, apart: frozenset[frozenset[str]]) -> tuple[Cell, ...]:
        width = self.app.size.width * COLS[0].share // sum(col.share for col in COLS) - BETWEEN
        names = told_apart(self._label(pair.one), self._label(pair.other), width)
        if frozenset((pair.one, pair.other)) in apart:
            return tuple((text, CellColour.QUIET) for text in (*names, "not the same"))
        return (*names, ", ".join(pair.why))

    def _label(self, prospect_id: str) -> str:
        entry = self._board.entry(prospect_id)
        return label(self._board, entry) if entry else "(gone)"

    def detail(self, row: Row) -> list[Content]:
        """Return both in full, as a cell may be too narrow for what tells them apart."""
        pair = self._pairs[row.key]
        return [Content(plain(self._label(one))) for one in (pair.one, pair.other)]

    def action_open(self, place: int) -> None:
        """Open the page of one of the two."""
        if pair := self._here:
            self.board_app.open_prospect((pair.one, pair.other)[place])

    @on(Rows.RowOpened)
    def action_merge(self) -> None:
        """Show what a merge would make, and do it after a yes."""
        if pair := self._here:
            why = f"{', '.join(pair.why)}."
            self.act_together(lambda actions, ids: actions.merge(ids, why), [pair.one, pair.other])

    def action_apart(self) -> None:
        """Remember that they are two, or no longer."""
        pair = self._here
        if pair is None or not self.may_change():
            return
        is_apart = frozenset((pair.one, pair.other)) in not_the_same(self._board)
        told = attempt(
            self.board_app,
            lambda: keep_apart(self._board, pair.one, pair.other, apart=not is_apart),
        )
        if told:
            self._draw()
            self.action_step(1)
