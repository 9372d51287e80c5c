"""What the screens share that look back over the prospects that the board showed."""

from dataclasses import replace
from typing import TYPE_CHECKING, ClassVar

from review_board.errors import ReviewBoardError, UsageError
from review_board.tui.footer_keys import key_of
from review_board.tui.pipeline_screen import PipelineScreen

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.review.scope import Scope


class ScopedScreen(PipelineScreen[None]):
    """Figures of the prospects in a scope; a key named ``MINE`` turns to one's own and back."""

    MINE: ClassVar[str]

    def __init__(self, board: "Board", scope: "Scope") -> None:
        super().__init__(board)
        self._board: Board = board
        self._scope = scope

    @property
    def scope_words(self) -> str:
        """Return ``mine · /owner:raj``, empty for everything."""
        wanted = self._scope.filter.text
        words = (self._scope.owner and "mine", wanted and f"/{wanted}")
        return " · ".join(filter(None, words))

    def why_nothing(self, error: ReviewBoardError) -> str:
        """Return why nothing can be shown, and what helps: the other prospects, where none is in the scope."""
        if not isinstance(error, UsageError):
            return str(error)
        if self._scope.owner:
            return f"{error.message}. {key_of(self, self.MINE)} shows everybody's prospects."
        return f"{error.message}. Another filter is typed on the board."

    def action_mine(self) -> None:
        """Show only mine, or everybody's."""
        self._scope = replace(self._scope, owner="" if self._scope.owner else self._board.by)
        if self._scope.owner:
            self.tell_of_name()
        self.remake()

    def remake(self) -> None:
        """Have the figures made anew."""
        raise NotImplementedError  # each page makes its own; Textual's screens are no ABC
