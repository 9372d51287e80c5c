"""Merging two prospects of an open board, and which pairs of namesakes are known to be two."""

from decimal import Decimal
from typing import TYPE_CHECKING

from review_board.pipeline.dates import instant
from review_board.pipeline.duplicates import DuplicatePair, duplicates
from review_board.pipeline.merge import Merge, merge
from review_board.pipeline.prospect import records_in
from review_board.pipeline.vocabulary import SELLING
from review_board.store.protocol import META

if TYPE_CHECKING:
    from review_board.board.board import Board
    from review_board.board.index import Entry
    from review_board.pipeline.prospect import Prospect
    from review_board.pipeline.stamp import Stamp

_ENTRIES = ("touches", "quotes", "contacts", "notes")
TWO = "not-the-same"
"""The document of the table ``meta`` that says which pairs are no duplicates."""


def preview(board: "Board", kept: str, other: str) -> Merge:
    """Return what a merge would make; raises ``RefusedError`` where it cannot be made."""
    return merge(board.prospect(kept), board.prospect(other), board.stamp())


def in_order(board: "Board", one: str, other: str) -> tuple[str, str]:
    """Return both ids, first of the one that is proposed to be kept.

    That is the one that was won, is open, is worth more, or else of which more or later is on record.
    """
    entries = [entry for i in (one, other) if (entry := board.entry(i))]
    is_one_currency = len({entry.currency for entry in entries if entry.amount is not None}) == 1

    def rank(entry: "Entry") -> tuple[bool, bool, Decimal, int, int, str]:
        counts = {name: len([*records_in(entry.document, name)]) for name in _ENTRIES}
        days = (str(touch.get("at")) for touch in records_in(entry.document, "touches"))
        return (
            entry.won,
            entry.column in SELLING,
            (entry.amount if is_one_currency else None) or Decimal(0),
            counts["contacts"],
            sum(counts.values()),
            max(days, default=""),
        )

    ids = [entry.id for entry in sorted(entries, key=rank, reverse=True)]
    return (ids[0], ids[1]) if len(ids) > 1 else (one, other)


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


def duplicate_pairs(board: "Board", about: str = "") -> list[DuplicatePair]:
    """Return the pairs of prospects that may be one, of all or ``about`` one id; first who is to be kept.

    Those known to be two are left out.
    """
    found = duplicates(board.documents().values(), not_the_same(board), about)
    return [DuplicatePair(*in_order(board, pair.one, pair.other), pair.why) for pair in found]


def may_be_words(board: "Board", pair: DuplicatePair, added: str) -> str:
    """Return whom one that was added looks like, and why: ``It may be Acme, on record already: same name``."""
    entry = board.entry(pair.one if pair.other == added else pair.other)
    return f"It may be {entry.name if entry else '?'}, on record already: {', '.join(pair.why)}"


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
