"""Merging two prospects of an open board, and which pairs of namesakes are known to be two."""

from typing import TYPE_CHECKING

from review_board.pipeline.dates import instant
from review_board.pipeline.duplicates import DuplicatePair, duplicates
from review_board.pipeline.merge import Merge, merge
from review_board.store.protocol import META

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.pipeline.prospect import Prospect
    from review_board.pipeline.stamp import Stamp

TWO = "not-the-same"
"""The document of the table ``meta`` that says which pairs are no duplicates."""


def preview(board: "Board", kept: str, other: str) -> Merge:
    """Return what a merge would make; raises ``RefusedError`` where it cannot be made."""
    return merge(board.prospect(kept), board.prospect(other), board.stamp())


def entries_on_record(prospect: "Prospect") -> int:
    """Return how much is on record of it: the one with more is proposed to be kept."""
    return sum(
        len(entries)
        for entries in (
            prospect.touches, prospect.quotes, prospect.contacts, prospect.answers, prospect.notes,
        )
    )  # fmt: skip


def merge_two(board: "Board", kept: str, other: str) -> Merge:
    """Merge ``other`` into ``kept`` in one commit, which one undo takes back."""
    made, gone = preview(board, kept, other), board.prospect(other)

    def change(prospect: "Prospect", stamp: "Stamp") -> "Prospect":
        return merge(prospect, gone, stamp).prospect

    action = f"merged {gone.name} into {made.prospect.name}"
    board.change_many({kept: change}, action, removed=[other])
    return made


def not_the_same(board: "Board") -> frozenset[frozenset[str]]:
    """Return the pairs of ids of which somebody said that they are two."""
    pairs = (board.document(TWO, META) or {}).get("pairs")
    return frozenset(frozenset(key.split()) for key in (pairs if isinstance(pairs, dict) else ()))


def duplicate_pairs(board: "Board") -> list[DuplicatePair]:
    """Return the pairs of prospects that may be one, but for those known to be two."""
    return duplicates(board.documents().values(), not_the_same(board))


def keep_apart(board: "Board", one: str, other: str, *, apart: bool = True) -> None:
    """Remember in the file that two are not the same, or no longer: they are proposed no more."""
    old, pair = board.document(TWO, META), " ".join(sorted((one, other)))
    said = {"at": instant(board.clock()), "by": board.by}
    known = (old or {}).get("pairs")
    pairs = dict(known) if isinstance(known, dict) else {}
    pairs.pop(pair, None)
    new = {"id": TWO, "pairs": pairs | ({pair: said} if apart else {})}
    words = "are not the same" if apart else "may be the same after all"
    board.note(META, old, new, f"said of two that they {words}")
