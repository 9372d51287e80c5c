"""What the board tells those who listen."""

from dataclasses import dataclass

from review_board.errors import ReviewBoardError
from review_board.store.drafts import Draft
from review_board.store.protocol import Commit


@dataclass(frozen=True, slots=True)
class Changed:
    """These prospects look different now. ``others`` are changes that other people made.

    ``everything`` means that the file was replaced and all may have changed.
    """

    ids: frozenset[str]
    others: tuple[Commit, ...] = ()
    everything: bool = False
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Saved:
    """A change is on disk."""

    commit: Commit


@dataclass(frozen=True, slots=True)
class NotSaved:
    """A change was taken back because it could not be made durable; ``ids`` show the old state.

    ``forms`` is what was typed for it.
    """

    action: str
    error: ReviewBoardError
    ids: frozenset[str]
    forms: tuple[Draft, ...] = ()


@dataclass(frozen=True, slots=True)
class TroubleChanged:
    """What is wrong with the files is another thing now: see ``Board.trouble``.

    ``is_back``: the files were lost and are there again.
    """

    is_back: bool


Event = Changed | Saved | NotSaved | TroubleChanged
